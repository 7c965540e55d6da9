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
    indicators = [(node, whole) for node, whole in _indicators(plan, plan) if node in doc.iris]
    read = {node: list(_results(node, doc)) for node, _ in indicators}
    units = _units([(node, read[node]) for node, _ in indicators], doc)
    made = [_indicator(node, whole, units[node], read[node], doc) for node, whole in indicators]
    figures = [
        (node, result)
        for node, _ in indicators
        for result in read[node]
        if result.value is not None
    ]
    ids = unique_ids(_figure_id(node, result, doc) for node, result in figures)
    seen = [
        _figure(doc.base + id_, node, result, units[node], doc)
        for id_, (node, result) in zip(ids, figures, strict=True)
    ]
    return [*_unit_records(indicators, units, doc), *made, *seen]


class _Result:
    """A target or actual result as it was read: its value, its days, and what else it says."""

    def __init__(self, node: Node, doc: Doc) -> None:
        number = node.find_child("NumberOfUnits")
        self.node = node
        self.value, self.unread = doc.number(number) if number else (None, [])
        self.start, self.end, notes = doc.days(node)
        self.unread += notes
        self.is_dated = bool(self.start or self.end)
        if not self.is_dated:
            self.start, self.end = doc.period
        descriptor = node.find_child("Descriptor")
        self.descriptor = [
            (child.name, child.text)
            for child in (descriptor.children if descriptor else ())
            if child.text
        ]
        self.texts = stratml_ids.parted(node.text_of("Description"))
        ids = [text for text in self.texts if text.startswith(f"{IDENTIFIER}observation/")]
        self.id = "".join(ids[:1]).removeprefix(IDENTIFIER)
        self.is_baseline = node.name == "ActualResult" and folded(self.texts[0]) in _baselines()
        scopes = [text for text in self.texts if text.startswith(SCOPE)]
        self.scope = "".join(scopes[:1]).removeprefix(SCOPE)
        own = {*ids[:1], *scopes[:1], *(self.texts[:1] if self.is_baseline else ())}
        self.notes = [text for text in self.texts if text and text not in own]

    @property
    def qualifier(self) -> str:
        """The term that says how exactly the number is known, if a descriptor does."""
        descriptor = dict(self.descriptor)
        value = descriptor.get("DescriptorValue", "")
        is_told = descriptor.get("DescriptorName") == QUALIFIER and value in QUALIFIERS
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


def _units(
    indicators: Sequence[tuple[Node, Sequence[_Result]]], doc: Doc
) -> dict[Node, ox.NamedNode]:
    """Return the unit of each indicator; parts of a hundred have one in the ontology."""
    labels = dict.fromkeys(
        text
        for node, results in indicators
        if (text := node.text_of("UnitOfMeasurement")) and not _is_percent(text, results)
    )
    ids = dict(zip(labels, unique_ids(map(stratml_ids.id_of_unit, labels)), strict=True))
    units = {}
    for node, _ in indicators:
        text = node.text_of("UnitOfMeasurement")
        if text and text not in ids:
            units[node] = ox.NamedNode(MG.percent)
            if text != "%":
                doc.desk.say(node.line, READ, f"UnitOfMeasurement: {text}", "stratml_read_as", "%")
        else:
            units[node] = ox.NamedNode(doc.base + ids.get(text, "unit/not-stated"))
    return units


def _is_percent(text: str, results: Sequence[_Result]) -> bool:
    """Return whether a unit is per cent, and the figures are parts of a hundred."""
    values = [Decimal(result.value.value) for result in results if result.value is not None]
    return folded(text).strip(" .") in _PERCENT and all(0 <= value <= _LIMIT for value in values)


def _unit_records(
    indicators: Sequence[tuple[Node, Node]], units: dict[Node, ox.NamedNode], doc: Doc
) -> Iterator[Record]:
    scheme = ox.NamedNode(f"{doc.base}scheme/units")
    own = {units[node]: node for node, _ in reversed(indicators) if units[node].value != MG.percent}
    if own:
        yield Record(scheme.value, (
            (RDF.type, (ox.NamedNode(Skos.ConceptScheme),)), (RDF.label, (doc.own("unit_list"),)),
        ))  # fmt: skip
    for unit, node in reversed(own.items()):
        text = node.find_child("UnitOfMeasurement")
        is_told = text is not None and text.text
        yield Record(
            unit.value,
            (
                (RDF.type, (ox.NamedNode(MG.Unit),)),
                (
                    RDF.label,
                    (doc.text(text.text, text) if text and is_told else doc.own("no_unit"),),
                ),
                (Skos.inScheme, (scheme,)),
            ),
        )


def _indicator(
    node: Node, whole: Node, unit: ox.NamedNode, results: Sequence[_Result], doc: Doc
) -> Record:
    related, notes = doc.relations(node)
    for result in results:
        if result.value is None:
            notes += _in_words(result, doc)
    notes += [f"{name}: {value}" for name, value in node.attributes.items()]
    if node.text_of("Name") and node.text_of("MeasurementDimension"):
        notes.append(f"Name: {node.text_of('Name')}")
    number = node.text_of("SequenceIndicator")
    measured = [ox.NamedNode(doc.iris[whole])] if whole in doc.iris else []
    if not node.text_of("UnitOfMeasurement"):
        doc.desk.say(node.line, GUESSED, "UnitOfMeasurement", "stratml_no_unit")
    return facts(
        node,
        doc,
        MG.Indicator,
        notes,
        node.find_child("Identifier"),
        (
            (MG.position, place(node, whole, doc)),
            (Skos.notation, [ox.Literal(number)] if number else []),
            (MG.unit, [unit]),
            (MG.measures, measured),
            (MG.ofPlan, [ox.NamedNode(doc.plan)]),
            (MG.relatesTo, related),
        ),
        label=_name(node, whole, results, doc),
    )


def _name(node: Node, whole: Node, results: Sequence[_Result], doc: Doc) -> str:
    """Return what an indicator is called: what it measures, or else what is to be reached."""
    if name := first_text(node, "MeasurementDimension", "Name"):
        return name
    texts = [text for result in results for text in result.texts if text]
    made = shown(next(iter(texts), "") or first_text(whole, "Name", "Description"))
    doc.desk.say(node.line, GUESSED, node.name, "stratml_called", made)
    return made


def _in_words(result: _Result, doc: Doc) -> list[str]:
    """Return a result without a number as a note, if it says anything."""
    node = result.node
    days = [(name, node.text_of(name)) for name in ("StartDate", "EndDate")]
    number = [("NumberOfUnits", node.text_of("NumberOfUnits"))]
    text = node.text_of("Description")
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
    descriptors = [f"{name}: {text}" for name, text in result.descriptor if not result.qualifier]
    notes = [*result.notes, *descriptors, *result.unread]
    return Record(
        iri,
        (
            (RDF.type, (ox.NamedNode(MG.Observation),)),
            (MG.ofIndicator, (ox.NamedNode(doc.iris[indicator]),)),
            (MG.subject, (ox.NamedNode(doc.subject),)),
            (MG.value, (result.value,) if result.value is not None else ()),
            (MG.unit, (unit,)),
            *_time(result, doc),
            (MG.valueType, (ox.NamedNode(kind),)),
            (MG.qualifier, (ox.NamedNode(result.qualifier),) if result.qualifier else ()),
            (MG.scope, (doc.text(result.scope, node),) if result.scope else ()),
            (Skos.note, tuple(doc.text(note, node) for note in dict.fromkeys(notes))),
            (MG.citation, (doc.cite(node),)),
        ),
    )


def _time(result: _Result, doc: Doc) -> Iterator[tuple[str, tuple[ox.Literal, ...]]]:
    """Yield when a figure is of: its days, and the year of which they are."""
    start, end = result.start, result.end
    if not result.is_dated:
        doc.desk.say(result.node.line, GUESSED, result.node.name, "stratml_no_days")
    if start and end:
        year = stratml_ids.year_of(start.value, end.value)
    else:
        year = "".join(day.value[:4] for day in (start, end) if day)
    yield MG.year, (doc.year(year),) if year else ()
    yield MG.startDate, (start,) if start else ()
    yield MG.endDate, (end,) if end else ()
