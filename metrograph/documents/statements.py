"""What a plan states that its documents should print: figures, dates, names, stated claims."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import pyoxigraph as ox

from metrograph.documents import printed_dates, printed_names, printed_numbers
from metrograph.plan import Plan
from metrograph.query.asking import value_of
from metrograph.text import folded
from metrograph.vocabulary import (
    MG,
    MG_NAMESPACE,
    ORG_NAMESPACE,
    RDF,
    SKOS_NAMESPACE,
    Dcterms,
    Graphs,
    Skos,
)

KINDS = ("figure", "date", "name", "claim")
_PROPER = (MG.Member, ORG_NAMESPACE + "Organization", MG.Place, MG.Document,
           MG_NAMESPACE + "Initiative", MG_NAMESPACE + "GlobalAgenda")  # fmt: skip
_DATES = (MG.startDate, MG.endDate, MG_NAMESPACE + "joined", Dcterms.issued)
_CLAIMED = tuple(f"{MG_NAMESPACE}claims{side}" for side in ("Theme", "Challenge", "Area", "Result"))
_SCALES = {"thousand": 10**3, "millier": 10**3, "million": 10**6, "milliard": 10**9,
           "billion": 10**9, "millon": 10**6}  # fmt: skip
_NOTES = (MG_NAMESPACE + "interpretationNote", SKOS_NAMESPACE + "editorialNote")


@dataclass(frozen=True)
class Statement:
    """What a record states: its kind, the value in words, and the citations that it rests on.

    `is_in` answers whether a text in a language prints it; `note` is what the record itself says
    about how it was read, if anything.
    """

    record: str
    kind: str
    value: str
    citations: tuple[str, ...]
    is_in: Callable[[str, str], bool]
    note: str = ""


@dataclass(frozen=True)
class _Facts:
    """The plan, read record by record."""

    plan: Plan

    def values(self, record: ox.NamedNode, term: str) -> list[ox.NamedNode | ox.Literal]:
        return [
            triple.object
            for triple in self.plan.built.engine.triples(record, ox.NamedNode(term))
            if isinstance(triple.object, ox.NamedNode | ox.Literal)
        ]

    def first(self, record: ox.NamedNode, term: str) -> ox.NamedNode | ox.Literal | None:
        return next(iter(self.values(record, term)), None)

    def of_kind(self, kind: str) -> list[ox.NamedNode]:
        """Return the records that a file of the plan says are of a kind."""
        quads = self.plan.built.engine.quads(None, ox.NamedNode(RDF.type), ox.NamedNode(kind))
        records = {
            quad.subject.value
            for quad in quads
            if getattr(quad.graph_name, "value", "").startswith(Graphs.files)
            and isinstance(quad.subject, ox.NamedNode)
        }
        return [ox.NamedNode(iri) for iri in sorted(records)]

    def citations(self, record: ox.NamedNode) -> tuple[str, ...]:
        cited = (getattr(value, "value", "") for value in self.values(record, MG.citation))
        return tuple(sorted(self.plan.ids.short(iri) for iri in cited))

    def labels(self, record: ox.NamedNode, *terms: str) -> list[tuple[str, str]]:
        """Return the texts of a record as (language or "", text)."""
        return [
            (value.language or "", value.value)
            for term in terms
            for value in self.values(record, term)
            if isinstance(value, ox.Literal)
        ]

    def note(self, record: ox.NamedNode) -> str:
        notes = dict(self.labels(record, *_NOTES))
        return notes.get(self.plan.lang, next(iter(notes.values()), ""))


def statements(plan: Plan) -> list[Statement]:
    """Return what a plan states with a citation: figures, then dates, names and stated claims."""
    facts = _Facts(plan)
    every = [*_figures(facts), *_dates(facts), *_names(facts), *_claims(facts)]
    return [statement for statement in every if statement.citations]


def _figures(facts: _Facts) -> Iterator[Statement]:
    for record in facts.of_kind(MG.Observation):
        value = facts.first(record, MG.value)
        number = value_of(value) if isinstance(value, ox.Literal) else None
        if not isinstance(number, int | Decimal) or isinstance(number, bool):
            continue
        unit = facts.first(record, MG_NAMESPACE + "unit")
        is_percent = getattr(unit, "value", "") == MG_NAMESPACE + "percent"
        scale = _scale(facts, unit) if isinstance(unit, ox.NamedNode) else 1
        shown = f"{number} {facts.plan.label(unit.value)}" if unit else str(number)
        yield Statement(
            facts.plan.ids.short(record.value),
            "figure",
            shown,
            facts.citations(record),
            partial(_prints_number, Decimal(number), is_percent, scale),
            facts.note(record),
        )


def _prints_number(value: Decimal, percent: bool, scale: int, text: str, lang: str) -> bool:
    return printed_numbers.is_printed(abs(value), text, lang, percent=percent, scale=scale)


def _scale(facts: _Facts, unit: ox.NamedNode) -> int:
    """Return what a unit is times one, by its name: a million for "millions of euros"."""
    names = " ".join(folded(text) for _, text in facts.labels(unit, RDF.label))
    return next((times for word, times in _SCALES.items() if word in names), 1)


def _dates(facts: _Facts) -> Iterator[Statement]:
    """Yield the dates of records; that of a figure is the period of its document, not printed."""
    figures = {record.value for record in facts.of_kind(MG.Observation)}
    for term in _DATES:
        for triple in facts.plan.built.engine.triples(None, ox.NamedNode(term)):
            record, value = triple.subject, triple.object
            if getattr(record, "value", "") in figures:
                continue
            if isinstance(record, ox.NamedNode) and isinstance(value, ox.Literal):
                yield Statement(
                    facts.plan.ids.short(record.value),
                    "date",
                    value.value,
                    facts.citations(record),
                    partial(printed_dates.is_printed, value.value),
                    facts.note(record),
                )


def _names(facts: _Facts) -> Iterator[Statement]:
    for kind in _PROPER:
        for record in facts.of_kind(kind):
            labels = facts.labels(record, RDF.label, Skos.prefLabel)
            others = facts.labels(record, Skos.altLabel)
            if labels:
                yield Statement(
                    facts.plan.ids.short(record.value),
                    "name",
                    facts.plan.label(record.value),
                    facts.citations(record),
                    partial(_prints_name, labels, others),
                    facts.note(record),
                )


def _prints_name(
    labels: list[tuple[str, str]], others: list[tuple[str, str]], text: str, lang: str
) -> bool:
    """Return whether a text prints a name in its language, or another name of the same record."""
    names = [name for spoken, name in labels if spoken in {lang, ""} or not lang]
    names = names or [name for _, name in labels]
    return any(printed_names.is_printed(name, text) for name in names + [o for _, o in others])


def _claims(facts: _Facts) -> Iterator[Statement]:
    for record in facts.of_kind(MG.AlignmentClaim):
        basis = facts.first(record, MG.basis)
        category = next((value for term in _CLAIMED for value in facts.values(record, term)), None)
        if getattr(basis, "value", "") != MG_NAMESPACE + "stated":
            continue
        if isinstance(category, ox.NamedNode):
            labels = facts.labels(category, RDF.label, Skos.prefLabel, Skos.altLabel)
            yield Statement(
                facts.plan.ids.short(record.value),
                "claim",
                facts.plan.label(category.value),
                facts.citations(record),
                partial(_prints_words, labels),
            )


def _prints_words(labels: Iterable[tuple[str, str]], text: str, lang: str) -> bool:
    spoken = [label for language, label in labels if language in {lang, ""} or not lang]
    return printed_names.has_words(spoken, text)
