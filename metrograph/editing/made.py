"""Records that a form makes besides its own: those that it names, and those that follow from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self

from metrograph.editing.facts import Problem
from metrograph.editing.placement import Now
from metrograph.editing.rewriting import Added
from metrograph.plan import Plan
from metrograph.store.records import Record
from metrograph.vocabulary import RDF


@dataclass(frozen=True)
class Made:
    """Records made by a form besides its own, and what is wrong with them.

    `fields` are the names of the fields that make them, by IRI.
    """

    records: tuple[Added, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def name(self, plan: Plan, iri: str) -> str:
        """Return the name by which a record was made, or what its kind is called."""
        facts = next(dict(of.record.facts) for of in self.records if of.record.subject == iri)
        labels = [term.value for term in facts.get(RDF.label, ())]
        return labels[0] if labels else plan.label(facts[RDF.type][0].value)

    def with_(self, other: Self) -> Self:
        """Return these records and others."""
        return type(self)(
            (*self.records, *other.records),
            {**self.fields, **other.fields},
            (*self.problems, *other.problems),
        )


Along = Callable[[Now, Record, Record | None], Made]  # of a record and of a new writer
