"""What a canvas shows: a view by its name, and what a person added, opened, hid and selected."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metrograph.late import late
from metrograph.network.details import Details
from metrograph.network.families import family
from metrograph.network.starts import WHOLE, Start, start
from metrograph.network.view import (
    BUNDLE,
    Bundle,
    Edge,
    Group,
    Thing,
    View,
    bundle_of,
    edges_among,
    groups_around,
    node_of,
    tie_of,
)

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = late("networkx")

PICKED = 2  # records that can be selected at once: the ends of a path
_PATHS = 12  # of the same length that are shown
_LONGEST = 200  # records that can be opened, so that an address ends


@dataclass(frozen=True)
class Choice:
    """The state of a canvas: all of it stands in a link.

    `view` is a name of `starts.VIEWS`, or empty for a canvas that holds only what was added.
    `hidden` are families ("kind:people"), years ("year:2023"), lines ("line:line/1"), standings
    ("standing:agreed") and "inferred". `without` is a record whose leaving is tried.
    """

    view: str = ""
    added: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    coder: str = ""
    colour: str = ""
    size: str = ""
    without: str = ""
    pins: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """What a canvas shows: a view, its columns, shorter names, and paths between two records.

    `columns` holds the records of each column, by its position from left to right; it is empty
    where the records are laid out by springs. `paths` are chains of ids.
    """

    view: View
    columns: Mapping[int, tuple[str, ...]]
    names: Mapping[str, str]
    ordered: frozenset[int] = frozenset()
    width: int = 1  # columns of the view, from 0 on; the others were opened
    ties: tuple[tuple[str, str], ...] = ()  # those of the view alone, which keep its places
    base: View | None = None  # where records are laid out by springs: what keeps its places
    paths: tuple[tuple[str, ...], ...] = ()


@dataclass
class _Growing:
    """A canvas that grows as records are opened."""

    graph: "nx.MultiDiGraph"
    things: dict[str, Thing]
    edges: dict[tuple[str, str, str], Edge]
    column_of: dict[str, int]
    middle: float
    opened: frozenset[str]

    def add(self, thing: Thing, column: int) -> None:
        """Add a record in a column, with its edges to what is there."""
        if thing.id not in self.things:
            self.things[thing.id] = thing
            self.column_of[thing.id] = column

    def tie(self, names: Iterable[str]) -> None:
        """Add the edges of some records to all that is shown."""
        wanted = set(names)
        near = {other for name in wanted for other in nx.all_neighbors(self.graph, name)}
        held = wanted | (near & self.things.keys())
        for edge in edges_among(self.graph, held):
            if edge.source in wanted or edge.target in wanted:
                self.edges[edge.source, edge.target, edge.predicate] = edge


def show(graph: "nx.MultiDiGraph", known: Details, choice: Choice) -> Shown:
    """Return what a canvas shows. Ids that the network does not hold are passed over."""
    part = _filtered(graph, known, choice)
    # the whole network keeps its places, whatever is hidden: to work them out takes seconds
    of_start = graph if choice.view == WHOLE else part
    first = start(of_start, known, choice.view, choice.opened) if choice.view else Start()
    base = None
    if choice.view and not first.columns:
        before = start(of_start, known, choice.view, ())
        base = _view(before.things, before.edges, choice.view, graph.graph["lang"])
        first = _without(first, part)
    growing = _grown(part, first, choice)
    paths = _paths(part, choice.picked)
    last = max(growing.column_of.values(), default=0)
    via = [name for path in paths for name in path]
    for name in via:
        growing.add(node_of(part, name), last + 1)
    growing.tie(via)
    title = (
        graph.nodes[choice.added[0]]["label"]
        if _has(part, choice.added[:1])
        else graph.graph["title"]
    )
    edges = [growing.edges[key] for key in sorted(growing.edges)]
    view = _view(growing.things.values(), edges, title, graph.graph["lang"])
    columns: dict[int, tuple[str, ...]] = {}
    if first.columns or not choice.view:
        for name, column in growing.column_of.items():
            columns[column] = (*columns.get(column, ()), name)
    ties = tuple((edge.source, edge.target) for edge in first.edges)
    width = len(first.columns) or 1
    return Shown(view, columns, first.names, first.ordered, width, ties, base, paths)


def _view(things: Iterable[Thing], edges: Iterable[Edge], title: str, lang: str) -> View:
    things = list(things)
    bundles = tuple(thing for thing in things if isinstance(thing, Bundle))
    nodes = tuple(thing for thing in things if not isinstance(thing, Bundle))
    return View(title, nodes, bundles, tuple(edges), lang=lang)


def _without(first: Start, part: "nx.MultiDiGraph") -> Start:
    """Return a view without what a filter hides; a bundle goes when all its members do."""
    kept = {
        thing.id: thing
        for thing in first.things
        if any(
            node.id in part for node in (thing.members if isinstance(thing, Bundle) else (thing,))
        )
    }
    edges = tuple(edge for edge in first.edges if edge.source in kept and edge.target in kept)
    return Start(tuple(kept.values()), edges)


def _has(graph: "nx.MultiDiGraph", names: Sequence[str]) -> bool:
    return bool(names) and all(name in graph for name in names)


def _grown(graph: "nx.MultiDiGraph", first: Start, choice: Choice) -> _Growing:
    column_of = {name: at for at, column in enumerate(first.columns) for name in column}
    growing = _Growing(
        graph,
        {thing.id: thing for thing in first.things},
        {(edge.source, edge.target, edge.predicate): edge for edge in first.edges},
        column_of or dict.fromkeys((thing.id for thing in first.things), 0),
        (len(first.columns) - 1) / 2 if first.columns else 0,
        frozenset(choice.opened),
    )
    beside = max(growing.column_of.values(), default=-1) + 1 if choice.view else 0
    for name in (*choice.added, *choice.opened[:_LONGEST], *choice.picked):
        if name in graph and name not in growing.things:
            growing.add(node_of(graph, name), beside)
    growing.tie(
        name for name in (*choice.added, *choice.picked) if name in graph and name not in column_of
    )
    for name in choice.opened[:_LONGEST]:
        if name in graph:
            _open(growing, name)
    return growing


def _open(growing: _Growing, name: str) -> None:
    """Show what a record is connected to, on the side of the canvas where it stands."""
    added = [name]
    column = growing.column_of[name]
    for group in groups_around(growing.graph, name, None, citing=True):
        left = [member for member in group.members if member not in growing.things]
        side = column - growing.middle or (1 if group.outgoing else -1)
        target = column + (1 if side > 0 else -1)
        target = _beyond(growing, target, side)
        if len(left) > BUNDLE and not _is_open(growing, group, left):
            bundle = bundle_of(growing.graph, group, left, 1)
            growing.add(bundle, target)
            edge = tie_of(growing.graph, group, left, bundle.id)
            growing.edges[edge.source, edge.target, edge.predicate] = edge
            continue
        for member in left:
            growing.add(node_of(growing.graph, member), target)
            added.append(member)
    growing.tie(added)


def _beyond(growing: _Growing, target: int, side: float) -> int:
    """Return the column for what is opened: outside the columns of the view."""
    base = int(2 * growing.middle)
    if not base:
        return target
    return max(target, base + 1) if side > 0 else min(target, -1)


def _is_open(growing: _Growing, group: Group, left: list[str]) -> bool:
    return bundle_of(growing.graph, group, left, 1).id in growing.opened


def _filtered(graph: "nx.MultiDiGraph", known: Details, choice: Choice) -> "nx.MultiDiGraph":
    """Return the network without what is hidden; what a person selected stays."""
    if not choice.hidden and not choice.coder:
        return graph
    kept = [
        name
        for name, kind in graph.nodes(data="kind")
        if name in choice.picked or not _is_hidden(name, kind, known, choice)
    ]
    part = graph.subgraph(kept)
    if "inferred" not in choice.hidden:
        return part
    written = [
        (source, target, key)
        for source, target, key, inferred in part.edges(keys=True, data="inferred")
        if not inferred
    ]
    bare = part.edge_subgraph(written).copy()
    bare.add_nodes_from(part.nodes(data=True))
    return bare


def _is_hidden(name: str, kind: str, known: Details, choice: Choice) -> bool:
    lines = known.lines.get(name, frozenset())
    coder = known.coders.get(name, "")
    return (
        f"kind:{family(kind)}" in choice.hidden
        or f"year:{known.years.get(name, '')}" in choice.hidden
        or f"standing:{known.standings.get(name, '')}" in choice.hidden
        or (bool(lines) and all(f"line:{line}" in choice.hidden for line in lines))
        or (bool(choice.coder and coder) and coder != choice.coder)
        or (bool(choice.coder) and kind == "Coder" and name != choice.coder)
    )


def _paths(graph: "nx.MultiDiGraph", picked: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the shortest paths between two selected records, by way of the least connected."""
    if len(picked) < PICKED or not _has(graph, picked):
        return ()
    plain = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in graph.edges() if a != b}))
    ways = nx.all_shortest_paths(plain, picked[0], picked[1])
    try:
        chains = [tuple(chain) for _, chain in zip(range(20 * _PATHS), ways, strict=False)]
    except nx.NetworkXNoPath:
        return ()
    chains.sort(key=lambda chain: (sum(plain.degree[name] for name in chain), chain))
    return tuple(chains[:_PATHS])


def connected(view: View, name: str) -> Iterator[str]:
    """Yield the ids of what an edge of a view ties to a record."""
    for edge in view.edges:
        if name in (edge.source, edge.target):
            yield edge.target if name == edge.source else edge.source
