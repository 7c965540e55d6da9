"""Places records in columns, from left to right, so that no label can cover another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from metrograph.late import late

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = late("networkx")

Places = dict[str, tuple[float, float]]
Ties = Sequence[tuple[str, str]]
_SWEEPS = 6  # in which columns are put in the order of their neighbours; it changes little after


@dataclass(frozen=True)
class Column:
    """Records below each other; all lengths in pixels. One with a fixed order keeps it."""

    names: tuple[str, ...]
    width: float
    row: float
    is_ordered: bool = False

    @property
    def height(self) -> float:
        """How high the column is where its records stand closest."""
        return self.row * len(self.names)


def layered(
    columns: Sequence[Column], base: range, base_ties: Ties, ties: Ties, gap: float
) -> Places:
    """Return x and y of the middle of each record; the same columns give the same places.

    `multipartite_layout` of networkx puts each column at its place; then records move as near to
    the middle of their neighbours as the rows of their column let them (the barycentre method:
    Sugiyama, Tagawa, Toda 1981, "Methods for visual understanding of hierarchical systems"). The
    columns of `base` know only their own ties, so that what is opened beside them moves nothing.
    """
    inner = [columns[at] for at in base]
    graph = _graph(inner, base_ties)
    if not graph:
        return {}
    placed = nx.multipartite_layout(graph, subset_key="layer", align="vertical", scale=1.0)
    height = max(column.height for column in inner)
    heights = {name: float(placed[name][1]) * height / 2 for name in graph}
    for _ in range(_SWEEPS):
        for column in inner:
            heights |= _aligned(column, graph, heights, height)
    everything = _graph(columns, ties)
    for at in (*reversed(range(base.start)), *range(base.stop, len(columns))):
        heights |= _aligned(columns[at], everything, heights, -1.0)
    lefts = list(accumulate((column.width + gap for column in columns), initial=0.0))
    return {
        name: (round(left - lefts[base.start] + column.width / 2), round(heights[name]))
        for left, column in zip(lefts, columns, strict=False)
        for name in column.names
    }


def _graph(columns: Sequence[Column], ties: Ties) -> "nx.Graph":
    graph = nx.Graph()
    for at, column in enumerate(columns):
        graph.add_nodes_from(column.names, layer=at)
    graph.add_edges_from(tie for tie in ties if tie[0] in graph and tie[1] in graph)
    return graph


def _aligned(
    column: Column, graph: "nx.Graph", heights: Mapping[str, float], height: float
) -> dict[str, float]:
    """Return where the records of a column stand: near their neighbours, in rows of their own."""
    wanted = {
        name: _mean(
            [heights[near] for near in graph[name] if near in heights], heights.get(name, 0.0)
        )
        for name in column.names
    }
    names = list(column.names)
    if not column.is_ordered:
        names.sort(key=lambda name: wanted[name])  # stable: equals keep their order
    elif height == column.height:
        step = column.row
        return {name: (at + 0.5) * step - height / 2 for at, name in enumerate(names)}
    return _spread(names, wanted, column.row)


def _spread(names: Sequence[str], wanted: Mapping[str, float], row: float) -> dict[str, float]:
    """Return heights in this order, a row apart at least: between pushing down and up."""
    down: list[float] = []
    for name in names:
        down.append(max(wanted[name], down[-1] + row) if down else wanted[name])
    up: list[float] = []
    for name in reversed(names):
        up.append(min(wanted[name], up[-1] - row) if up else wanted[name])
    return {
        name: (low + high) / 2 for name, low, high in zip(names, down, reversed(up), strict=True)
    }


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
