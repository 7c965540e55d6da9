"""What all records of a plan that is made from a table share: ids, texts, citations."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from metrograph.reading.any_table.editions import Edition
from metrograph.reading.sheets import Sheet
from metrograph.store import new_plan

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True)
class Setting:
    """What all records of a plan share."""

    base: str
    lang: str
    title: str
    period: tuple[int, int]
    notes: tuple[str, ...]
    sheet: Sheet
    edition: Edition
    key: str

    def iri(self, *parts: str) -> str:
        """Return the IRI of an id."""
        return self.base + "/".join(parts)

    def node(self, *parts: str) -> ox.NamedNode:
        """Return the term of an id."""
        return ox.NamedNode(self.iri(*parts))

    def text(self, text: str) -> ox.Literal:
        """Return a text in the plan's language."""
        return ox.Literal(text, language=self.lang)

    @property
    def plan(self) -> ox.NamedNode:
        """Return the plan, whose id has its period."""
        first, last = self.period
        return self.node("plan", f"{first}-{last}" if last > first else str(first))

    def cited(self, rows: Iterable[int]) -> list[Term]:
        """Return the places of rows, by their numbers, in the text edition."""
        source = self.iri("source", self.edition.key)
        return [new_plan.citation(source, *lines) for lines in self.edition.ranges(rows)]
