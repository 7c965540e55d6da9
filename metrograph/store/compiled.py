"""Holds the ontology and the shapes as they are run: compiled, and analysed for updates.

These are plain values: who has them needs neither rdflib nor owlrl (`kept` reads and writes them).
"""

from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from metrograph.store.patterns import Pattern, Trigger
from metrograph.store.program import Program

KEY = "?this"


@dataclass(frozen=True)
class Step:
    """A rule as an update runs it.

    One that is patterns alone has a `body`, and is run from the triples that changed. Another is
    run again for what its `key` may stand for by the `triggers`; without a key, for everything.
    """

    name: str
    head: Pattern
    reads: frozenset[str]
    writes: frozenset[str]
    triggers: tuple[Trigger, ...]
    body: tuple[Pattern, ...] = ()
    key: str = ""
    where: str = ""
    prefixes: str = ""


@dataclass(frozen=True)
class Group:
    """Rules that run together; those that feed each other are repeated."""

    steps: tuple[Step, ...]
    repeats: bool


@dataclass(frozen=True)
class Steps:
    """All rules in their order, and the triples that follow from the ontology by themselves."""

    groups: tuple[Group, ...]
    schema: frozenset[ox.Triple]

    @cached_property
    def all_steps(self) -> tuple[Step, ...]:
        """The rules of all groups."""
        return tuple(step for group in self.groups for step in group.steps)

    @cached_property
    def writers(self) -> dict[str, list[Step]]:
        """The rules that conclude triples of a term."""
        writers: dict[str, list[Step]] = {}
        for step in self.all_steps:
            for term in step.writes:
                writers.setdefault(term, []).append(step)
        return writers


@dataclass(frozen=True)
class Watched:
    """A shape that has targets: what concerns it, which shapes report for it, how to ask it.

    `sources` are the local names of the shapes whose findings come from asking it; `is_whole` says
    that these may be about other nodes than the one asked, so it is asked of all or none. The shape
    itself is named as SPARQL does, and the `queries` select its suspects.
    """

    shape: str
    triggers: tuple[Trigger, ...]
    sources: frozenset[str]
    queries: tuple[str, ...]
    is_whole: bool


@dataclass(frozen=True)
class Cluster:
    """Shapes that report through the same parts, and so are asked together."""

    shapes: tuple[Watched, ...]

    @property
    def sources(self) -> frozenset[str]:
        """The local names of the shapes that findings of these have."""
        return frozenset().union(*(shape.sources for shape in self.shapes))

    @property
    def is_whole(self) -> bool:
        """Whether these are asked of all nodes or of none."""
        return any(shape.is_whole for shape in self.shapes)


@dataclass(frozen=True)
class Compiled:
    """All that a build or an update needs to know of the ontology and the shapes.

    `unbounded` is why no update could be sure, if so; then there are no `groups` and no `clusters`.
    `terms` are the local names of what the ontology defines; `shapes` is N-Triples.
    """

    program: Program
    groups: tuple[Group, ...]
    clusters: tuple[Cluster, ...]
    queries: tuple[tuple[str, str], ...]
    terms: tuple[str, ...]
    shapes: str
    unbounded: str = ""

    @cached_property
    def steps(self) -> Steps:
        """The rules as an update runs them."""
        schema = frozenset(ox.Triple(*map(ox.NamedNode, line)) for line in self.program.schema)
        return Steps(self.groups, schema)
