"""Reads the performance indicators of a StratML document: units, indicators and values.

A target or actual result is a figure where it gives a number; what is said in words alone is kept
as a note on its indicator.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from metrograph.exchange.stratml import ids as stratml_ids
from metrograph.exchange.stratml.elements import Doc, facts, place
from metrograph.exchange.stratml.ids import IDENTIFIER, QUALIFIER, QUALIFIERS, SCOPE
from metrograph.exchange.stratml.nodes import Node, first_text, shown
from metrograph.ids import unique_ids
from metrograph.messages import LANGUAGES, word
from metrograph.reading.notices import GUESSED, KEPT, READ
from metrograph.store.records import Record
from metrograph.text import folded
from metrograph.vocabulary import MG, MG_NAMESPACE, RDF, Skos

_PERCENT = {"%", "percent", "per cent", "percentage", "pourcent", "pour cent", "pourcentage",
            "por ciento", "porcentaje"}  # fmt: skip
_LIMIT = 100


@cache
def _baselines() -> frozenset[str]:
    """Return the words that name a baseline, folded, in all languages."""
    return frozenset(folded(word("stratml_baseline", lang)) for lang in LANGUAGES)


def records(plan: Node, doc: Doc) -> list[Record]:
    """Return the records of all indicators, their units before and their figures after them."""
    found = [(one, whole) for one, whole in _indicators(plan, plan) if one in doc.iris]
    read = {one: list(_results(one, doc)) for one, _ in found}
    units = _units([(one, read[one]) for one, _ in found], doc)
    made = [_indicator(one, whole, units[one], read[one], doc) for one, whole in found]
    figures = [
        (one, result) for one, _ in found for result in read[one] if result.value is not None
    ]
    ids = unique_ids(_figure_id(one, result, doc) for one, result in figures)
    seen = [
        _figure(doc.base + id_, one, result, units[one], doc)
        for id_, (one, result) in zip(ids, figures, strict=True)
    ]
    return [*_unit_records(found, units, doc), *made, *seen]


class _Result:
    """A target or actual result as it was read: its value, its days, and what else it says."""

    def __init__(self, node: Node, doc: Doc) -> None:
        number = node.one("NumberOfUnits")
        self.node = node
        self.value, self.unread = doc.number(number) if number else (None, [])
        self.start, self.end, notes = doc.days(node)
        self.unread += notes
        self.is_dated = bool(self.start or self.end)
        if not self.is_dated:
            self.start, self.end = doc.period
        descriptor = node.one("Descriptor")
        self.descriptor = [
            (child.name, child.text) for child in (descriptor.children if descriptor else ())
            if child.text
        ]  # fmt: skip
        self.texts = stratml_ids.parted(node.said("Description"))
        ids = [one for one in self.texts if one.startswith(f"{IDENTIFIER}observation/")]
        self.id = "".join(ids[:1]).removeprefix(IDENTIFIER)
        self.is_baseline = node.name == "ActualResult" and folded(self.texts[0]) in _baselines()
        scopes = [one for one in self.texts if one.startswith(SCOPE)]
        self.scope = "".join(scopes[:1]).removeprefix(SCOPE)
        own = {*ids[:1], *scopes[:1], *(self.texts[:1] if self.is_baseline else ())}
        self.notes = [one for one in self.texts if one and one not in own]

    @property
    def qualifier(self) -> str:
        """The term that says how exactly the number is known, if a descriptor does."""
        found = dict(self.descriptor)
        value = found.get("DescriptorValue", "")
        is_told = found.get("DescriptorName") == QUALIFIER and value in QUALIFIERS
        return MG_NAMESPACE + value if is_told else ""


def _indicators(node: Node, whole: Node) -> Iterator[tuple[Node, Node]]:
    for child in node.children:
        if child.name == "PerformanceIndicator":
            yield child, whole
        yield from _indicators(child, child)


def _results(indicator: Node, doc: Doc) -> Iterator[_Result]:
    for instance in indicator.every("MeasurementInstance"):
        for node in instance.every("TargetResult", "ActualResult"):
            yield _Result(node, doc)


def _units(found: Sequence[tuple[Node, Sequence[_Result]]], doc: Doc) -> dict[Node, ox.NamedNode]:
    """Return the unit of each indicator; parts of a hundred have one in the ontology."""
    labels = dict.fromkeys(
        text for one, results in found
        if (text := one.said("UnitOfMeasurement")) and not _is_percent(text, results)
    )  # fmt: skip
    ids = dict(zip(labels, unique_ids(map(stratml_ids.id_of_unit, labels)), strict=True))
    units = {}
    for one, _ in found:
        text = one.said("UnitOfMeasurement")
        if text and text not in ids:
            units[one] = ox.NamedNode(MG.percent)
            if text != "%":
                doc.desk.say(one.line, READ, f"UnitOfMeasurement: {text}", "stratml_read_as", "%")
        else:
            units[one] = ox.NamedNode(doc.base + ids.get(text, "unit/not-stated"))
    return units


def _is_percent(text: str, results: Sequence[_Result]) -> bool:
    """Return whether a unit is per cent, and the figures are parts of a hundred."""
    values = [Decimal(one.value.value) for one in results if one.value is not None]
    return folded(text).strip(" .") in _PERCENT and all(0 <= one <= _LIMIT for one in values)


def _unit_records(
    found: Sequence[tuple[Node, Node]], units: dict[Node, ox.NamedNode], doc: Doc
) -> Iterator[Record]:
    scheme = ox.NamedNode(f"{doc.base}scheme/units")
    own = {units[one]: one for one, _ in reversed(found) if units[one].value != MG.percent}
    if own:
        yield Record(scheme.value, (
            (RDF.type, (ox.NamedNode(Skos.ConceptScheme),)), (RDF.label, (doc.own("unit_list"),)),
        ))  # fmt: skip
    for unit, node in reversed(own.items()):
        text = node.one("UnitOfMeasurement")
        is_told = text is not None and text.text
        yield Record(unit.value, (
            (RDF.type, (ox.NamedNode(MG.Unit),)),
            (RDF.label, (doc.text(text.text, text) if text and is_told else doc.own("no_unit"),)),
            (Skos.inScheme, (scheme,)),
        ))  # fmt: skip


def _indicator(
    node: Node, whole: Node, unit: ox.NamedNode, results: Sequence[_Result], doc: Doc
) -> Record:
    related, notes = doc.relations(node)
    for result in results:
        if result.value is None:
            notes += _in_words(result, doc)
    notes += [f"{name}: {value}" for name, value in node.attributes.items()]
    if node.said("Name") and node.said("MeasurementDimension"):
        notes.append(f"Name: {node.said('Name')}")
    number = node.said("SequenceIndicator")
    measured = [ox.NamedNode(doc.iris[whole])] if whole in doc.iris else []
    if not node.said("UnitOfMeasurement"):
        doc.desk.say(node.line, GUESSED, "UnitOfMeasurement", "stratml_no_unit")
    return facts(node, doc, MG.Indicator, notes, node.one("Identifier"), (
        (MG.position, place(node, whole, doc)),
        (Skos.notation, [ox.Literal(number)] if number else []),
        (MG.unit, [unit]),
        (MG.measures, measured),
        (MG.ofPlan, [ox.NamedNode(doc.plan)]),
        (MG.relatesTo, related),
    ), label=_name(node, whole, results, doc))  # fmt: skip


def _name(node: Node, whole: Node, results: Sequence[_Result], doc: Doc) -> str:
    """Return what an indicator is called: what it measures, or else what is to be reached."""
    if told := first_text(node, "MeasurementDimension", "Name"):
        return told
    texts = [text for result in results for text in result.texts if text]
    made = shown(next(iter(texts), "") or first_text(whole, "Name", "Description"))
    doc.desk.say(node.line, GUESSED, node.name, "stratml_called", made)
    return made


def _in_words(result: _Result, doc: Doc) -> list[str]:
    """Return a result without a number as a note, if it says anything."""
    node = result.node
    days = [(name, node.said(name)) for name in ("StartDate", "EndDate")]
    number = [("NumberOfUnits", node.said("NumberOfUnits"))]
    text = node.said("Description")
    others = [*days, *result.descriptor, *number]
    if not (text or any(value for _, value in others)):
        return []
    doc.desk.say(node.line, KEPT, f"{node.name}: {shown(text)}", "stratml_in_words")
    return [stratml_ids.result_note(node.name, text, others)]


def _figure_id(indicator: Node, result: _Result, doc: Doc) -> str:
    if stratml_ids.is_ours(result.id):
        return result.id
    start = result.start.value if result.start else ""
    end = result.end.value if result.end else ""
    about = (doc.short(doc.iris[indicator]), start, end, doc.short(doc.subject))
    return stratml_ids.id_of_figure(*about)


def _figure(iri: str, indicator: Node, result: _Result, unit: ox.NamedNode, doc: Doc) -> Record:
    node = result.node
    kind = MG.target if node.name == "TargetResult" else MG.actual
    kind = MG.baseline if result.is_baseline else kind
    told = [f"{name}: {text}" for name, text in result.descriptor if not result.qualifier]
    notes = [*result.notes, *told, *result.unread]
    return Record(iri, (
        (RDF.type, (ox.NamedNode(MG.Observation),)),
        (MG.ofIndicator, (ox.NamedNode(doc.iris[indicator]),)),
        (MG.subject, (ox.NamedNode(doc.subject),)),
        (MG.value, (result.value,) if result.value is not None else ()),
        (MG.unit, (unit,)),
        *_time(result, doc),
        (MG.valueType, (ox.NamedNode(kind),)),
        (MG.qualifier, (ox.NamedNode(result.qualifier),) if result.qualifier else ()),
        (MG.scope, (doc.text(result.scope, node),) if result.scope else ()),
        (Skos.note, tuple(doc.text(one, node) for one in dict.fromkeys(notes))),
        (MG.citation, (doc.cite(node),)),
    ))  # fmt: skip


def _time(result: _Result, doc: Doc) -> Iterator[tuple[str, tuple[ox.Literal, ...]]]:
    """Yield when a figure is of: its days, and the year of which they are."""
    start, end = result.start, result.end
    if not result.is_dated:
        doc.desk.say(result.node.line, GUESSED, result.node.name, "stratml_no_days")
    if start and end:
        year = stratml_ids.year_of(start.value, end.value)
    else:
        year = "".join(one.value[:4] for one in (start, end) if one)
    yield MG.year, (doc.year(year),) if year else ()
    yield MG.startDate, (start,) if start else ()
    yield MG.endDate, (end,) if end else ()
