"""Selects the part of a network to show: few enough nodes, the rest in bundles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrograph.errors import QueryError
from metrograph.messages import word

if TYPE_CHECKING:
    import networkx as nx

BUNDLE = 8  # neighbours of one kind by one relation; more are shown as one
CITATION = "mg:citation"


@dataclass(frozen=True)
class Node:
    """A record, and after how many steps from the focus it is shown (0 where there is none)."""

    id: str
    label: str
    kind: str
    kind_label: str
    description: str = ""
    distance: int = 0


@dataclass(frozen=True)
class Bundle:
    """Many records of one kind, shown as one; its id is not one of the plan ("bundle:...")."""

    id: str
    label: str
    kind: str
    kind_label: str
    members: tuple[Node, ...]
    distance: int = 0


Thing = Node | Bundle


@dataclass(frozen=True)
class Edge:
    """The statements about two shown records or bundles."""

    source: str
    target: str
    predicate: str
    label: str
    inferred: bool


@dataclass(frozen=True)
class View:
    """What is shown: nodes, bundles, the edges among them, and the node in focus, if any."""

    title: str
    nodes: tuple[Node, ...]
    bundles: tuple[Bundle, ...]
    edges: tuple[Edge, ...]
    focus: str | None = None
    lang: str = "en"

    @property
    def things(self) -> tuple[Thing, ...]:
        """The nodes and the bundles."""
        return (*self.nodes, *self.bundles)


@dataclass(frozen=True)
class Group:
    """The neighbours of one node that are of one kind and tied to it by one relation."""

    anchor: str
    predicate: str
    outgoing: bool
    kind: str
    members: tuple[str, ...]


def neighbourhood(
    graph: "nx.MultiDiGraph",
    focus: str,
    depth: int = 1,
    kinds: Iterable[str] | None = None,
    most: int = BUNDLE,
) -> View:
    """Return the connections of a record, up to `depth` steps away, in either direction.

    `kinds` says which kinds of neighbours to show (default: all). Where a node has more than `most`
    neighbours of one kind by one relation, those that nothing else brings in become one bundle,
    which knows its members; what lies beyond a bundle is not shown. Nor is all that cites a
    document, unless it is the focus: half the plan does.
    Raises `QueryError` for an id that the network does not hold.
    """
    need(graph, focus)
    chosen = None if kinds is None else frozenset(kinds)
    distances, frontier = {focus: 0}, [focus]
    large: list[tuple[Group, int]] = []
    for distance in range(1, depth + 1):
        groups = [
            group
            for anchor in frontier
            for group in groups_around(graph, anchor, chosen, anchor == focus)
        ]
        near = {name for group in groups if len(group.members) <= most for name in group.members}
        frontier = sorted(near - distances.keys())
        distances |= dict.fromkeys(frontier, distance)
        large += [(group, distance) for group in groups if len(group.members) > most]
    return _with_bundles(graph, focus, distances, large)


def need(graph: "nx.MultiDiGraph", name: str) -> None:
    """Raise `QueryError` for an id that a network does not hold."""
    if name not in graph:
        raise QueryError(
            "“{name}” is not in the network: the ID is unknown, or records of its kind "
            "are left out. Choose kinds with --kinds.",
            name=name,
        )


def groups_around(
    graph: "nx.MultiDiGraph", anchor: str, chosen: frozenset[str] | None, citing: bool
) -> Iterator[Group]:
    """Yield the neighbours of a record by relation and kind; `citing` also what cites it."""
    members_of: dict[tuple[bool, str, str], set[str]] = {}
    for source, target, predicate in (
        *graph.out_edges(anchor, keys=True),
        *graph.in_edges(anchor, keys=True),
    ):
        outgoing = source == anchor
        other = target if outgoing else source
        kind = graph.nodes[other]["kind"]
        if not outgoing and predicate == CITATION and not citing:
            continue
        if other != anchor and (chosen is None or kind in chosen):
            members_of.setdefault((not outgoing, predicate, kind), set()).add(other)
    for (incoming, predicate, kind), members in sorted(members_of.items()):
        yield Group(anchor, predicate, not incoming, kind, tuple(sorted(members)))


def _with_bundles(
    graph: "nx.MultiDiGraph",
    focus: str,
    distances: dict[str, int],
    large: list[tuple[Group, int]],
) -> View:
    """Return the view of the nodes at their distances, with what is left of the large groups."""
    rest = [(group, distance, _left(group, distances)) for group, distance in large]
    alone = {left[0]: distance for _, distance, left in rest if len(left) == 1}
    distances = alone | distances
    bundles, ties = [], []
    for group, distance, left in rest:
        if len(left) > 1:
            bundle = bundle_of(graph, group, left, distance)
            bundles.append(bundle)
            ties.append(tie_of(graph, group, left, bundle.id))
    nodes = [node_of(graph, name, distances[name]) for name in sorted(distances)]
    nodes.sort(key=lambda node: node.distance)
    return View(
        graph.nodes[focus]["label"],
        tuple(nodes),
        tuple(bundles),
        (*edges_among(graph, distances), *ties),
        focus,
        graph.graph["lang"],
    )


def _left(group: Group, distances: dict[str, int]) -> list[str]:
    return [name for name in group.members if name not in distances]


def node_of(graph: "nx.MultiDiGraph", name: str, distance: int = 0) -> Node:
    """Return a record of a network as a node of a view."""
    return Node(id=name, distance=distance, **graph.nodes[name])


def bundle_of(graph: "nx.MultiDiGraph", group: Group, left: list[str], distance: int) -> Bundle:
    """Return what is left of a group as a bundle; its id says where it hangs."""
    way = "out" if group.outgoing else "in"
    members = tuple(node_of(graph, name, distance) for name in left)
    return Bundle(
        f"bundle:{group.anchor}|{way}|{group.predicate}|{group.kind}",
        f"+{many(members, graph.graph['lang'])}",
        group.kind,
        members[0].kind_label,
        members,
        distance,
    )


def many(members: tuple[Node, ...], lang: str) -> str:
    """Return how many records of one kind there are: "14 members"."""
    key = f"many_{members[0].kind}"
    words = word(key, lang)
    return f"{len(members)} {words if words != key else members[0].kind_label}"


def tie_of(graph: "nx.MultiDiGraph", group: Group, left: list[str], bundle: str) -> Edge:
    """Return the edge between a node and a bundle; inferred if it is for every member."""
    ends = [(group.anchor, name) if group.outgoing else (name, group.anchor) for name in left]
    ties = [graph.edges[source, target, group.predicate] for source, target in ends]
    source, target = (group.anchor, bundle) if group.outgoing else (bundle, group.anchor)
    inferred = all(tie["inferred"] for tie in ties)
    return Edge(source, target, group.predicate, ties[0]["label"], inferred)


def edges_among(graph: "nx.MultiDiGraph", names: Iterable[str]) -> Iterator[Edge]:
    """Yield the edges between these records, in order."""
    shown = graph.subgraph(names)
    for source, target, predicate, attributes in sorted(
        shown.edges(keys=True, data=True), key=lambda edge: edge[:3]
    ):
        yield Edge(source, target, predicate, attributes["label"], attributes["inferred"])
