"""Shows a whole network in few enough nodes: similar records become bundles."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TYPE_CHECKING

from metrograph.network.view import Bundle, Edge, View, edges_among, many, node_of

if TYPE_CHECKING:
    import networkx as nx

DRAWN = 300  # nodes; more are a hairball that tells nothing
_FEW = 3  # things that are worth a bundle, where a whole network is drawn


def whole(graph: "nx.MultiDiGraph", most: int = DRAWN) -> View:
    """Return the whole network, in at most `most` nodes and bundles where that can be reached.

    Where it has more, similar records become one, the most numerous kinds first, and only as far as
    needed: those of a kind with the very same neighbours (leaves of one node among them), then
    those whose best connected neighbour is the same, at last all of a kind.
    """
    ways: tuple[Callable[[str], Hashable], ...] = (
        lambda name: name,
        lambda name: frozenset(_neighbours(graph, name)),
        lambda name: _hub(graph, name),
        lambda _: None,
    )
    by_kind: dict[str, list[str]] = {}
    for name in sorted(graph):
        by_kind.setdefault(graph.nodes[name]["kind"], []).append(name)
    groups = {kind: _grouped(names, ways[0]) for kind, names in by_kind.items()}
    level = dict.fromkeys(by_kind, 0)
    while sum(map(len, groups.values())) > most:
        open_ = [kind for kind in sorted(by_kind) if level[kind] < len(ways) - 1]
        if not open_:
            break
        largest = max(open_, key=lambda kind: (-level[kind], len(groups[kind])))
        level[largest] += 1
        groups[largest] = _grouped(by_kind[largest], ways[level[largest]])
    return merged(graph, [group for kind in sorted(groups) for group in groups[kind]])


def _neighbours(graph: "nx.MultiDiGraph", name: str) -> set[str]:
    return {*graph.successors(name), *graph.predecessors(name)} - {name}


def _hub(graph: "nx.MultiDiGraph", name: str) -> str | None:
    """Return the best connected neighbour: where people would look for the record."""
    near = _neighbours(graph, name)
    return max(sorted(near), key=lambda name_: graph.degree[name_], default=None)


def _grouped(names: list[str], key: Callable[[str], Hashable]) -> list[list[str]]:
    """Return the names in groups of one key; groups too small for a bundle fall apart."""
    names_of: dict[Hashable, list[str]] = {}
    for name in names:
        names_of.setdefault(key(name), []).append(name)
    return [
        part
        for group in names_of.values()
        for part in ([group] if len(group) >= _FEW else [[name] for name in group])
    ]


def merged(graph: "nx.MultiDiGraph", groups: list[list[str]]) -> View:
    """Return a network as a view with a node or a bundle for each group of ids."""
    nodes, bundles = [], []
    place: dict[str, str] = {}
    for group in groups:
        members = tuple(node_of(graph, name) for name in group)
        first = members[0]
        if len(members) == 1:
            nodes.append(first)
        else:
            label = many(members, graph.graph["lang"])
            shown = f"bundle:{first.id}"
            bundles.append(Bundle(shown, label, first.kind, first.kind_label, members))
        place |= dict.fromkeys(group, first.id if len(members) == 1 else shown)
    return View(
        graph.graph["title"],
        tuple(nodes),
        tuple(bundles),
        tuple(_merged_edges(edges_among(graph, graph), place)),
        lang=graph.graph["lang"],
    )


def _merged_edges(edges: Iterable[Edge], place: dict[str, str]) -> Iterator[Edge]:
    """Yield one edge for those that now run between the same two by the same relation."""
    edges_of: dict[tuple[str, str, str], list[Edge]] = {}
    for edge in edges:
        key = place[edge.source], place[edge.target], edge.predicate
        if key[0] != key[1] or edge.source == edge.target:
            edges_of.setdefault(key, []).append(edge)
    for (source, target, predicate), same in sorted(edges_of.items()):
        inferred = all(edge.inferred for edge in same)
        yield Edge(source, target, predicate, same[0].label, inferred)
