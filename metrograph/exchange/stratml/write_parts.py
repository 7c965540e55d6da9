"""Writes texts and indicators as elements of a StratML document."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from lxml import etree

from metrograph.exchange.stratml import ids, vocabulary
from metrograph.exchange.stratml.view import Figure, Said
from metrograph.ids import free_id
from metrograph.messages import LANGUAGES, word
from metrograph.reading.dates import is_xml_day
from metrograph.vocabulary import MG, Dcterms, Skos


class Pen:
    """What is said, for which part, and which names were given: identifiers, ids made of names."""

    def __init__(self, said: Said, part: int) -> None:
        self.said = said
        self.part = part
        self.given = {said.short(said.plan), said.foreign(said.plan)}
        self.identifiers = dict(self._named())

    def _named(self) -> Iterable[tuple[str, str]]:
        """Yield an identifier for each record that has one: that of others, or our own id."""
        said = self.said
        named = [("Organization", iri) for iri in said.bodies]
        for goal in said.goals:
            named += [("Goal", goal), *(("Objective", iri) for iri in said.objectives[goal])]
        for of in said.indicators.values():
            named += [("PerformanceIndicator", iri) for iri in of]
        tried: dict[str, int] = {}
        for name, iri in named:
            short, foreign = said.short(iri), said.foreign(iri)
            made = free_id(said.by_name(name, iri), self.given.__contains__, tried)
            is_theirs = foreign and made == short and foreign not in self.given
            identifier = foreign if is_theirs else short
            self.given |= {identifier, short}
            yield iri, ids.escaped(identifier)

    def attributes(self, name: str, notes: Sequence[str]) -> tuple[dict[str, str], list[str]]:
        """Return what of the notes are attributes of the standard, and the others."""
        found: dict[str, str] = {}
        known = vocabulary.ATTRIBUTES[name] if (name, self.part) != (vocabulary.PLAN, 1) else {}
        for note in notes:
            key, _, value = note.partition(": ")
            if value in known.get(key, ()):
                found.setdefault(key, value)
        told = {f"{key}: {value}" for key, value in found.items()}
        return found, [note for note in notes if note not in told]

    def add(self, above: etree._Element, name: str, text: str = "") -> etree._Element:
        """Add an element with a text, perhaps empty, and return it."""
        made = etree.SubElement(above, f"{{{vocabulary.NAMESPACES[self.part]}}}{name}")
        made.text = ids.for_xml(text) or None
        return made

    def told(self, above: etree._Element, name: str, text: str, is_due: bool = False) -> None:
        """Add an element with a text, if there is one or the schema wants the element."""
        if text or is_due:
            self.add(above, name, text)

    def id_note(self, iri: str, made_id: str) -> list[str]:
        """Return an id as a note, unless it is the one that a reader makes."""
        short = self.said.short(iri)
        is_made = made_id == short and short not in self.given
        self.given |= {made_id, short}
        return [] if is_made else [f"{ids.IDENTIFIER}{short}"]


def add_indicator(pen: Pen, above: etree._Element, iri: str) -> None:
    """Add an indicator with its results to an objective."""
    said = pen.said
    attributes, notes = pen.attributes("PerformanceIndicator", said.texts(iri, Skos.note))
    made = pen.add(above, "PerformanceIndicator")
    for name, value in attributes.items():
        made.set(name, value)
    pen.told(made, "SequenceIndicator", said.word(iri, Skos.notation))
    pen.add(made, "MeasurementDimension", said.label(iri))
    pen.add(made, "UnitOfMeasurement", _unit(pen, iri))
    pen.told(made, "Identifier", pen.identifiers[iri])
    for other in said.nodes(iri, MG.relatesTo):
        if identifier := pen.identifiers.get(other, ""):
            pen.told(pen.add(made, "Relationship"), "ReferentIdentifier", identifier)
    in_words = [(note, result) for note in notes if (result := _in_words(note))]
    for _, (name, text, others) in in_words:
        _result(pen, pen.add(made, "MeasurementInstance"), name, text, others)
    for _, figures in groupby(said.figures(iri), key=lambda one: (one.start, one.end)):
        _instance(pen, made, list(figures), iri)
    description = said.text(iri, Dcterms.description)
    own = [f"{ids.DESCRIPTION}{description}"] if description else []
    rest = [note for note in notes if note not in dict(in_words)]
    pen.told(made, "OtherInformation", ids.joined([*own, *rest]))


def _unit(pen: Pen, indicator: str) -> str:
    unit = next(iter(pen.said.nodes(indicator, MG.unit)), "")
    label = "%" if unit == MG.percent else pen.said.label(unit)
    lang = pen.said.lang if pen.said.lang in LANGUAGES else "en"
    is_none = pen.said.short(unit) == "unit/not-stated" and label == word("no_unit", lang)
    return "" if is_none else label


def _instance(pen: Pen, above: etree._Element, figures: Sequence[Figure], indicator: str) -> None:
    made = pen.add(above, "MeasurementInstance")
    subject = next(iter(pen.said.bodies), pen.said.plan)
    short = pen.said.short
    for one in sorted(figures, key=lambda one: one.name != "TargetResult"):
        about = (short(indicator), one.start, one.end, short(subject))
        note = pen.id_note(one.iri, ids.id_of_figure(*about))
        first = [word("stratml_baseline", pen.said.lang)] if one.is_baseline else []
        scope = [ids.SCOPE + text for text in pen.said.texts(one.iri, MG.scope)]
        texts = [*first, *pen.said.texts(one.iri, Skos.note), *scope, *note]
        others = {"StartDate": one.start, "EndDate": one.end, "NumberOfUnits": one.number}
        if qualifier := _qualifier(pen, one.iri):
            others |= {"DescriptorName": ids.QUALIFIER, "DescriptorValue": qualifier}
        _result(pen, made, one.name, ids.joined(texts), others)


def _qualifier(pen: Pen, figure: str) -> str:
    """Return how exactly a figure is known; a number alone is exact."""
    named = [pen.said.short(one) for one in pen.said.nodes(figure, MG.qualifier)]
    found = "".join(named[:1]).removeprefix("mg:")
    return found if found in ids.QUALIFIERS else ""


def _result(
    pen: Pen, above: etree._Element, name: str, text: str, others: Mapping[str, str]
) -> None:
    made = pen.add(above, name)
    for one in ("StartDate", "EndDate", "NumberOfUnits"):
        pen.told(made, one, others.get(one, ""))
    named = [one for one in ("DescriptorName", "DescriptorValue") if one in others]
    descriptor = pen.add(made, "Descriptor") if named else made
    for one in named:
        pen.add(descriptor, one, others[one])
    pen.told(made, "Description", text)


def _in_words(note: str) -> tuple[str, str, dict[str, str]] | None:
    """Return the result in words that a note tells, if an element of the standard can hold it."""
    found = ids.result_of_note(note)
    if found is None:
        return None
    name, text, others = found
    is_same = ids.result_note(name, text, list(others.items())) == note
    days = [value for key, value in others.items() if key.endswith("Date")]
    return found if is_same and all(map(is_xml_day, days)) else None
