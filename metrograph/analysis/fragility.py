"""Finds coverage that depends on a single activity, member, partner or source."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrograph.analysis.evidence import Evidence, Reach, evidence, judged, reached
from metrograph.late import late
from metrograph.messages import word
from metrograph.query.answers import Answers, columns, entity, out_of_scope, text
from metrograph.tables.table import Table

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = late("networkx")

Goal = tuple[str, str] | str  # a cell (challenge, theme), or a result


@dataclass(frozen=True)
class Support:
    """How much depends on a single record: the cells and results that only it covers.

    `critical`: without it, the graph of records of its kind and what they reach falls into more
    pieces than before (an articulation point).
    """

    thing: str
    kind: str
    activities: int
    cells: tuple[tuple[str, str], ...]
    results: tuple[str, ...]
    critical: bool


def fragile(answers: Answers) -> tuple[Support, ...]:
    """Return activities, members, partners and sources on which coverage depends, most first.

    A cell depends on a single record if it loses coverage without it. Critical nodes are those
    whose removal disconnects the bipartite graph of the records of a kind and the cells and
    results that they reach (networkx, `articulation_points`).
    """
    now = reached(answers)
    outside = out_of_scope(answers)
    goals: dict[Goal, frozenset[str]] = {}
    goals.update((pair, held) for pair, held in now.cells.items() if pair not in outside)
    goals.update(now.results.items())
    holders: dict[str, dict[str, set[str]]] = {
        "activity": {
            text(row["activity"]): {text(row["activity"])} for row in answers.rows("activities")
        },
        "organization": defaultdict(set),
    }
    for row in answers.rows("involved-in-activities"):
        thing, activity = text(row["entity"]), text(row["activity"])
        if row["predicate"] != "mg:within":
            holders["organization"][thing].add(activity)
        elif thing in holders["activity"]:
            holders["activity"][thing].add(activity)
    supports = [
        support for kind, hangs in holders.items() for support in _supports(kind, hangs, goals)
    ]
    supports += _sources(evidence(answers), now, goals)
    return tuple(
        sorted(
            supports,
            key=lambda support: (
                -len(support.cells) - len(support.results),
                -len(support.cells),
                support.kind,
                support.thing,
            ),
        )
    )


def _supports(
    kind: str, hangs: Mapping[str, set[str]], goals: Mapping[Goal, frozenset[str]]
) -> Iterator[Support]:
    """Yield what depends on each record of a kind, where it is alone or critical."""
    things: dict[str, set[str]] = defaultdict(set)
    for thing, taken in hangs.items():
        for activity in taken:
            things[activity].add(thing)
    alone: dict[str, list[Goal]] = defaultdict(list)
    reached: set[tuple[str, Goal]] = set()
    for goal, activities in goals.items():
        holders = [things.get(activity, set()) for activity in activities]
        reached |= {(thing, goal) for those in holders for thing in those}
        for thing in set.intersection(*holders) if holders else ():
            alone[thing].append(goal)
    critical = _critical(reached)
    for thing in sorted({thing for thing, _ in reached}):
        if thing in alone or thing in critical:
            yield Support(thing, kind, len(hangs[thing]), *_split(alone[thing]), thing in critical)


def _sources(
    known: Evidence, now: Reach, goals: Mapping[Goal, frozenset[str]]
) -> Iterator[Support]:
    """Yield what depends on each source: what loses coverage when its claims are taken away."""
    cited: dict[str, set[str]] = defaultdict(set)
    for claim in known.claims:
        for source in known.cited.get(claim.id, ()):
            cited[source].add(claim.activity)
    critical = _critical(
        (source, goal)
        for goal, activities in goals.items()
        for source, read in cited.items()
        if activities & read
    )
    for source in sorted(cited):
        then = judged(known, now, sources=frozenset((source,)))
        cells = tuple(
            pair
            for pair, had in now.cells.items()
            if had and not then.cells[pair] and pair in goals
        )
        results = tuple(
            result for result, had in now.results.items() if had and not then.results[result]
        )
        if cells or results or source in critical:
            reads = len(cited[source])
            yield Support(source, "source", reads, cells, results, source in critical)


def _split(goals: Iterable[Goal]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    cells = tuple(goal for goal in goals if isinstance(goal, tuple))
    return cells, tuple(goal for goal in goals if isinstance(goal, str))


def _critical(reached: Iterable[tuple[str, Goal]]) -> set[str]:
    """Return the records that are articulation points of the graph of records and goals."""
    graph: nx.Graph[str | tuple[str, Goal]] = nx.Graph()
    graph.add_edges_from((thing, ("goal", goal)) for thing, goal in reached)
    return {node for node in nx.articulation_points(graph) if isinstance(node, str)}


def fragility(answers: Answers) -> Table:
    """Return the records on which most depends, as a table: see `fragile`."""
    lang = answers.lang

    rows = tuple(
        (
            entity(answers, support.thing),
            word(f"kind_{support.kind}", lang),
            support.activities,
            len(support.cells),
            len(support.results),
            support.critical,
        )
        for support in fragile(answers)
    )
    heads = columns(
        lang,
        "thing",
        "kind",
        "activities",
        "cells_alone",
        "results_alone",
        "critical",
        things=("thing",),
    )
    title, note = word("fragile", lang), word("fragile_note", lang)
    return Table(title, heads, rows, note, lang, word("nothing_fragile", lang))
