"""Computes a position for each node of a view, so that no browser has to."""

from collections.abc import Iterable
from functools import lru_cache
from math import cos, sin, sqrt
from typing import TYPE_CHECKING

from metrograph.late import late
from metrograph.network.view import View

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = late("networkx")

_ROOM = 190  # between neighbours, so that most labels fit
_TURN = 2.4  # radians, from one new record to the next: the golden angle
_SMALL = 60  # nodes
_KAMADA = 320  # nodes; its time grows with their square
Places = dict[str, tuple[float, float]]


def places(view: View, seed: int = 1) -> Places:
    """Return x and y of each node and bundle, in pixels; the same view gives the same places.

    Each connected part is laid out by Kamada and Kawai (1989, "An algorithm for drawing general
    undirected graphs"), a very large one by springs (Fruchterman and Reingold 1991) from `seed`;
    parts stand side by side, in rows, the largest first.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(thing.id for thing in view.things))
    graph.add_edges_from((edge.source, edge.target) for edge in view.edges)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    return _packed([_part(graph, sorted(part), seed) for part in parts])


def _part(graph: "nx.Graph", names: list[str], seed: int) -> Places:
    if len(names) == 1:
        return {names[0]: (0.0, 0.0)}
    part = nx.Graph()  # in order: a subgraph's order is that of a set
    part.add_nodes_from(names)
    for name, other in sorted(tuple(sorted(edge)) for edge in graph.subgraph(names).edges):
        # in a large part, a line from what is tied to many is longer: else they stand on one heap
        ties = max(graph.degree[name], graph.degree[other]) if len(names) > _SMALL else 1
        part.add_edge(name, other, weight=sqrt(ties))
    positions = (
        nx.kamada_kawai_layout(part)
        if len(names) <= _KAMADA
        else nx.spring_layout(part, seed=seed, weight=None)
    )
    scale = _ROOM * sqrt(len(names)) * 0.62
    return {
        name: (float(positions[name][0]) * scale, float(positions[name][1]) * scale)
        for name in names
    }


def _packed(parts: Iterable[Places]) -> Places:
    """Put parts below each other; small ones side by side, in rows as wide as the first part."""
    packed: Places = {}
    x = y = row = widest = 0.0
    for part in parts:
        left, top = (min(place[at] for place in part.values()) for at in (0, 1))
        width, height = (
            max(place[at] for place in part.values()) - low + _ROOM
            for at, low in ((0, left), (1, top))
        )
        if x + width > widest:
            x, y, row = 0.0, y + row, 0.0
        for name, place in part.items():
            packed[name] = (round(place[0] - left + x), round(place[1] - top + y))
        widest = widest or max(width, 6 * _ROOM)
        is_first = len(packed) == len(part)
        x, row = (widest if is_first else x + width), max(row, height)
    return packed


def kept_places(view: View, base: View) -> Places:
    """Return x and y of what a view shows: what its base shows keeps the places that it has there.

    What is new comes near its neighbours, or where the bundle was that held it, by springs.
    """
    steady = steady_places(base)
    bundle_of = {node.id: bundle.id for bundle in base.bundles for node in bundle.members}
    graph = nx.Graph()
    graph.add_nodes_from(sorted(thing.id for thing in view.things))
    graph.add_edges_from(sorted((edge.source, edge.target) for edge in view.edges))
    fixed = [name for name in graph if name in steady]
    first = {name: steady[name] for name in fixed}
    for at, name in enumerate(name for name in graph if name not in steady):
        near = [steady[other] for other in graph[name] if other in steady]
        x, y = steady.get(bundle_of.get(name, ""), near[0] if near else (0.0, 0.0))
        first[name] = (x + _ROOM * cos(at * _TURN) / 2, y + _ROOM * sin(at * _TURN) / 2)
    if len(fixed) == len(graph) or not fixed:
        return first
    placed = nx.spring_layout(graph, k=_ROOM, pos=first, fixed=fixed, iterations=30, seed=1)
    return {
        name: (round(float(place[0])), round(float(place[1]))) for name, place in placed.items()
    }


@lru_cache(maxsize=12)
def steady_places(view: View) -> Places:
    """Return the places of a view, worked out once: for a large one that takes seconds."""
    return places(view)
