"""Holds records as facts by predicate: those of a plan as it is, and those that a file makes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from metrograph.editing.placement import Now
from metrograph.store.records import Record
from metrograph.store.working import is_of_file
from metrograph.text import folded
from metrograph.vocabulary import RDF

Term = ox.NamedNode | ox.Literal
Facts = Mapping[str, Sequence[Term]]


@dataclass(frozen=True)
class Held:
    """Records by their IRI, each with its facts by predicate."""

    records: Mapping[str, Facts]

    def of_kind(self, kind: str) -> Iterator[tuple[str, Facts]]:
        """Yield the records of a class (its IRI)."""
        for iri, facts in self.records.items():
            if any(term.value == kind for term in facts.get(RDF.type, ())):
                yield iri, facts


def from_plan(now: Now) -> Held:
    """Return what the files of a plan assert, in a total order."""
    records: dict[str, dict[str, list[Term]]] = {}
    for quad in now.engine.quads():
        term = quad.object
        if not (isinstance(quad.subject, ox.NamedNode) and is_of_file(quad)):
            continue
        if isinstance(term, ox.NamedNode | ox.Literal):
            facts = records.setdefault(quad.subject.value, {})
            facts.setdefault(quad.predicate.value, []).append(term)
    return Held({iri: _sorted(facts) for iri, facts in sorted(records.items())})


def _sorted(facts: Mapping[str, Iterable[Term]]) -> dict[str, tuple[Term, ...]]:
    return {path: tuple(sorted(terms, key=str)) for path, terms in facts.items()}


def from_records(records: Iterable[Record]) -> Held:
    """Return records that were made, in their order."""
    return Held(
        {
            record.subject: {path: tuple(terms) for path, terms in record.facts if terms}
            for record in records
        }
    )


def value(facts: Facts, path: str) -> str:
    """Return the first value of a property, or nothing."""
    return next((term.value for term in facts.get(path, ())), "")


def name(facts: Facts, lang: str = "") -> str:
    """Return the name of a record: in a language if it has one there, else any."""
    labels = facts.get(RDF.label, ())
    own = [label for label in labels if isinstance(label, ox.Literal) and label.language == lang]
    return next((label.value for label in (*own, *labels)), "")


def names(facts: Facts) -> set[str]:
    """Return the names of a record in all languages, as they are compared."""
    return {folded(" ".join(label.value.split())) for label in facts.get(RDF.label, ())}
