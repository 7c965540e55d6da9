"""Writes texts and indicators as elements of a StratML document."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from lxml import etree

from metrograph.exchange.stratml import ids, vocabulary
from metrograph.exchange.stratml.view import Figure, View
from metrograph.ids import free_id
from metrograph.messages import LANGUAGES, word
from metrograph.reading.dates import is_xml_day
from metrograph.vocabulary import MG, Dcterms, Skos


class Pen:
    """What is said, for which part, and which names were given: identifiers, ids made of names."""

    def __init__(self, view: View, part: int) -> None:
        self.view = view
        self.part = part
        self.given = {view.short(view.plan), view.foreign(view.plan)}
        self.identifiers = dict(self._named())

    def _named(self) -> Iterable[tuple[str, str]]:
        """Yield an identifier for each record that has one: that of others, or our own id."""
        view = self.view
        named = [("Organization", iri) for iri in view.bodies]
        for goal in view.goals:
            named += [("Goal", goal), *(("Objective", iri) for iri in view.objectives[goal])]
        for of in view.indicators.values():
            named += [("PerformanceIndicator", iri) for iri in of]
        tried: dict[str, int] = {}
        for name, iri in named:
            short, foreign = view.short(iri), view.foreign(iri)
            made = free_id(view.by_name(name, iri), self.given.__contains__, tried)
            is_theirs = foreign and made == short and foreign not in self.given
            identifier = foreign if is_theirs else short
            self.given |= {identifier, short}
            yield iri, ids.escaped(identifier)

    def attributes(self, name: str, notes: Sequence[str]) -> tuple[dict[str, str], list[str]]:
        """Return what of the notes are attributes of the standard, and the others."""
        attributes: dict[str, str] = {}
        known = vocabulary.ATTRIBUTES[name] if (name, self.part) != (vocabulary.PLAN, 1) else {}
        for note in notes:
            key, _, value = note.partition(": ")
            if value in known.get(key, ()):
                attributes.setdefault(key, value)
        taken = {f"{key}: {value}" for key, value in attributes.items()}
        return attributes, [note for note in notes if note not in taken]

    def add(self, above: etree._Element, name: str, text: str = "") -> etree._Element:
        """Add an element with a text, perhaps empty, and return it."""
        made = etree.SubElement(above, f"{{{vocabulary.NAMESPACES[self.part]}}}{name}")
        made.text = ids.for_xml(text) or None
        return made

    def add_text(self, above: etree._Element, name: str, text: str, is_due: bool = False) -> None:
        """Add an element with a text, if there is one or the schema wants the element."""
        if text or is_due:
            self.add(above, name, text)

    def id_note(self, iri: str, made_id: str) -> list[str]:
        """Return an id as a note, unless it is the one that a reader makes."""
        short = self.view.short(iri)
        is_made = made_id == short and short not in self.given
        self.given |= {made_id, short}
        return [] if is_made else [f"{ids.IDENTIFIER}{short}"]


def add_indicator(pen: Pen, above: etree._Element, iri: str) -> None:
    """Add an indicator with its results to an objective."""
    view = pen.view
    attributes, notes = pen.attributes("PerformanceIndicator", view.texts(iri, Skos.note))
    made = pen.add(above, "PerformanceIndicator")
    for name, value in attributes.items():
        made.set(name, value)
    pen.add_text(made, "SequenceIndicator", view.word(iri, Skos.notation))
    pen.add(made, "MeasurementDimension", view.label(iri))
    pen.add(made, "UnitOfMeasurement", _unit(pen, iri))
    pen.add_text(made, "Identifier", pen.identifiers[iri])
    for other in view.nodes(iri, MG.relatesTo):
        if identifier := pen.identifiers.get(other, ""):
            pen.add_text(pen.add(made, "Relationship"), "ReferentIdentifier", identifier)
    in_words = [(note, result) for note in notes if (result := _in_words(note))]
    for _, (name, text, others) in in_words:
        _result(pen, pen.add(made, "MeasurementInstance"), name, text, others)
    for _, figures in groupby(view.figures(iri), key=lambda figure: (figure.start, figure.end)):
        _instance(pen, made, list(figures), iri)
    description = view.text(iri, Dcterms.description)
    own = [f"{ids.DESCRIPTION}{description}"] if description else []
    rest = [note for note in notes if note not in dict(in_words)]
    pen.add_text(made, "OtherInformation", ids.joined([*own, *rest]))


def _unit(pen: Pen, indicator: str) -> str:
    unit = next(iter(pen.view.nodes(indicator, MG.unit)), "")
    label = "%" if unit == MG.percent else pen.view.label(unit)
    lang = pen.view.lang if pen.view.lang in LANGUAGES else "en"
    is_none = pen.view.short(unit) == "unit/not-stated" and label == word("no_unit", lang)
    return "" if is_none else label


def _instance(pen: Pen, above: etree._Element, figures: Sequence[Figure], indicator: str) -> None:
    made = pen.add(above, "MeasurementInstance")
    subject = next(iter(pen.view.bodies), pen.view.plan)
    short = pen.view.short
    for figure in sorted(figures, key=lambda figure: figure.name != "TargetResult"):
        about = (short(indicator), figure.start, figure.end, short(subject))
        note = pen.id_note(figure.iri, ids.id_of_figure(*about))
        first = [word("stratml_baseline", pen.view.lang)] if figure.is_baseline else []
        scope = [ids.SCOPE + text for text in pen.view.texts(figure.iri, MG.scope)]
        texts = [*first, *pen.view.texts(figure.iri, Skos.note), *scope, *note]
        others = {"StartDate": figure.start, "EndDate": figure.end, "NumberOfUnits": figure.number}
        if qualifier := _qualifier(pen, figure.iri):
            others |= {"DescriptorName": ids.QUALIFIER, "DescriptorValue": qualifier}
        _result(pen, made, figure.name, ids.joined(texts), others)


def _qualifier(pen: Pen, figure: str) -> str:
    """Return how exactly a figure is known; a number alone is exact."""
    named = [pen.view.short(iri) for iri in pen.view.nodes(figure, MG.qualifier)]
    qualifier = "".join(named[:1]).removeprefix("mg:")
    return qualifier if qualifier in ids.QUALIFIERS else ""


def _result(
    pen: Pen, above: etree._Element, name: str, text: str, others: Mapping[str, str]
) -> None:
    made = pen.add(above, name)
    for tag in ("StartDate", "EndDate", "NumberOfUnits"):
        pen.add_text(made, tag, others.get(tag, ""))
    named = [tag for tag in ("DescriptorName", "DescriptorValue") if tag in others]
    descriptor = pen.add(made, "Descriptor") if named else made
    for tag in named:
        pen.add(descriptor, tag, others[tag])
    pen.add_text(made, "Description", text)


def _in_words(note: str) -> tuple[str, str, dict[str, str]] | None:
    """Return the result in words that a note tells, if an element of the standard can hold it."""
    result = ids.result_of_note(note)
    if result is None:
        return None
    name, text, others = result
    is_same = ids.result_note(name, text, list(others.items())) == note
    days = [value for key, value in others.items() if key.endswith("Date")]
    return result if is_same and all(map(is_xml_day, days)) else None
