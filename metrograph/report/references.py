"""Numbers what a report states, so that each number leads to its query and its lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from metrograph import ids
from metrograph.errors import Text
from metrograph.plan import Plan
from metrograph.report.document import reference, written
from metrograph.text import joined, separated
from metrograph.vocabulary import MG_NAMESPACE

_CITATION = ox.NamedNode(MG_NAMESPACE + "citation")
_MOST = 30  # ranges of lines that an entry lists


@dataclass(frozen=True)
class Entry:
    """An entry of the annex: what a number counts, the command that gives it, and its lines."""

    number: int
    counts: str
    command: str
    lines: str


@dataclass
class References:
    """The entries of a report so far; the same command and words give the same entry."""

    plan: Plan
    year: int | None
    entries: list[Entry] = field(default_factory=list)

    def mark(self, counts: Text, command: str, records: Iterable[str] = ()) -> str:
        """Return what refers to the entry of a number, which is added if it is new.

        `records` are the ids of the records that it counts: the entry lists the lines they cite.
        """
        words = written(counts, self.plan.lang)
        for entry in self.entries:
            if (entry.counts, entry.command) == (words, command):
                return reference(entry.number)
        cited = cited_lines(self.plan, records)
        entry = Entry(len(self.entries) + 1, words, command, cited)
        self.entries.append(entry)
        return reference(entry.number)

    def command(self, name: str) -> str:
        """Return a command that takes the year of the report."""
        return f"metrograph {name}" + (f" --year {self.year}" if self.year is not None else "")


def cited_lines(plan: Plan, records: Iterable[str]) -> str:
    """Return the lines that records cite, by source: neighbouring ones as one range."""
    ranges: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for name in dict.fromkeys(records):
        record = ox.NamedNode(plan.iri_of(name))
        for triple in plan.built.engine.triples(record, _CITATION):
            cited = (
                plan.ids.short(triple.object.value)
                if isinstance(triple.object, ox.NamedNode)
                else ""
            )
            if lines := ids.cited_lines(cited):
                ranges[lines[0]].add(lines[1:])
            elif cited:
                ranges[cited]
    return separated(
        "; ", [_source(plan, name, _merged(lines)) for name, lines in sorted(ranges.items())]
    )


def _source(plan: Plan, name: str, lines: list[tuple[int, int]]) -> str:
    """Return a source with its lines."""
    shown = ", ".join(
        str(first) if first == last else f"{first}–{last}" for first, last in lines[:_MOST]
    )
    if len(lines) > _MOST:
        shown += ", …"
    if not lines:
        return plan.label(name)
    is_single = len(lines) == 1 and lines[0][0] == lines[0][1]
    words = (
        Text("line {lines}", values={"lines": shown})
        if is_single
        else Text("lines {lines}", values={"lines": shown})
    )
    return joined(plan.label(name), ", ", written(words, plan.lang))


def _merged(lines: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order; those that touch or overlap become one.

    >>> _merged([(5, 6), (1, 2), (3, 4), (9, 9)])
    [(1, 6), (9, 9)]
    """
    merged: list[tuple[int, int]] = []
    for first, last in sorted(lines):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
