"""Turns what a canvas shows into a scene: places, colours, sizes and what is emphasised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

from metrograph.late import late
from metrograph.messages import word
from metrograph.network.canvas import Choice, Shown, connected
from metrograph.network.details import STANDINGS, Details
from metrograph.network.families import colour, family, legend
from metrograph.network.layers import Column, Places, layered
from metrograph.network.layout import kept_places, places, steady_places
from metrograph.network.view import Bundle, Edge, Thing, View

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = late("networkx")

COLOURS = ("kind", "line", "status", "community")
_PALETTE = (  # told apart by people who are colour-blind (Okabe and Ito 2008), dark enough on white
    "#0072b2", "#b35900", "#007a5a", "#a3447a", "#8a6d00", "#2b7fb8", "#7a4fa3",
)  # fmt: skip
_GREY = "#6b7280"
_STANDING = {"agreed": "#007a5a", "contested": "#b35900", "rejected": "#a3241d", "pending": _GREY}
_GAP, _WIDE, _ROW, _LINE = 60, 250, 31, 17
_CROWDED = 12  # records in a column; those of a shorter one have labels of several lines
_SMALL_WIDE, _SMALL_DOT, _SMALL_ROW, _SMALL_GAP = 104, 24, 17, 26
_SMALL_BOX = 52  # height of a box on a phone, with labels of three lines
_SMALL_CROWDED = 9
_SMALL_COLUMNS = 3  # a phone has room for the labels of all


@dataclass(frozen=True)
class Box:
    """How a record is drawn in a column: its width, and how many lines its label may take."""

    width: float
    lines: int


@dataclass(frozen=True)
class Entry:
    """An entry of a legend: what hides or shows it (empty: nothing), label, colour, and a kind."""

    key: str
    label: str
    colour: str
    kind: str = ""


@dataclass(frozen=True)
class Scene:
    """What is drawn: a view with places; `small` are those for a phone, where they differ.

    `boxes` are the records whose label stands in a box; others are marks. `strong` and
    `strong_ties` are emphasised (none: everything is), `lost` are cut off, `hollow` are gaps.
    """

    view: View
    places: Places
    small: Places = field(default_factory=dict)
    boxes: Mapping[str, Box] = field(default_factory=dict)
    small_boxes: Mapping[str, Box] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    hollow: frozenset[str] = frozenset()
    picked: tuple[str, ...] = ()
    opened: frozenset[str] = frozenset()
    strong: frozenset[str] = frozenset()
    strong_ties: frozenset[tuple[str, str]] = frozenset()
    lost: frozenset[str] = frozenset()
    legend: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Look:
    """What colours and emphasis are taken from beside the view."""

    known: Details
    communities: Sequence[Sequence[str]] = ()
    lost: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)  # of lines


def plain(view: View) -> Scene:
    """Return the scene of a view in the colours of its kinds, laid out by springs."""
    kinds = {thing.kind: thing.kind_label for thing in view.things}
    entries = (
        Entry(f"kind:{name}", label, colour(name), kind)
        for name, label, kind in legend(kinds, view.lang)
    )
    focus = (view.focus,) if view.focus else ()
    return Scene(view, steady_places(view), picked=focus, legend=tuple(entries))


def scene(shown: Shown, choice: Choice, look: Look) -> Scene:
    """Return the scene of a canvas; the same state always gives the same scene."""
    view = shown.view
    if shown.columns:
        at, small, boxes, small_boxes = _in_columns(shown)
    else:
        small, boxes, small_boxes = {}, {}, {}
        at = kept_places(view, shown.base) if shown.base else places(view)
    at = at | {name: place for name, place in choice.pins.items() if name in at}
    strong, ties = _emphasis(shown, choice)
    return Scene(
        view,
        at,
        small,
        boxes,
        small_boxes,
        shown.names,
        {thing.id: _colour(thing, choice, look) for thing in view.things},
        _weights(view, choice),
        look.known.gaps,
        choice.picked,
        frozenset(choice.opened),
        strong | (look.lost if look.lost else frozenset()),
        ties,
        look.lost,
        tuple(_legend(view, choice, look)),
    )


def _in_columns(shown: Shown) -> tuple[Places, Places, dict[str, Box], dict[str, Box]]:
    """Return places and boxes in columns, for a screen and for a phone."""
    ties = [(edge.source, edge.target) for edge in shown.view.edges]
    order = sorted(shown.columns)
    wide, small = [], []
    boxes: dict[str, Box] = {}
    small_boxes: dict[str, Box] = {}
    for at in order:
        names = shown.columns[at]
        is_ordered = at in shown.ordered
        lines = 1 if len(names) > _CROWDED else 2
        row = _ROW + (lines - 1) * _LINE + (8 if lines > 1 else 0)
        wide.append(Column(names, _WIDE, row, is_ordered))
        boxes |= dict.fromkeys(names, Box(_WIDE, lines))
        is_short = len(names) <= _SMALL_CROWDED
        is_box = is_short or shown.width <= _SMALL_COLUMNS
        box_row = _SMALL_BOX if is_short else _SMALL_BOX - _LINE
        width, row = (_SMALL_WIDE, box_row + 6) if is_box else (_SMALL_DOT, _SMALL_ROW)
        small.append(Column(names, width, row, is_ordered))
        if is_box:
            small_boxes |= dict.fromkeys(names, Box(_SMALL_WIDE, 3 if is_short else 2))
    inner = [at for at, column in enumerate(order) if 0 <= column < shown.width]
    base = range(inner[0], inner[-1] + 1) if inner else range(len(order))
    return (
        layered(wide, base, shown.ties, ties, _GAP),
        layered(small, base, shown.ties, ties, _SMALL_GAP),
        boxes,
        small_boxes,
    )


def _emphasis(shown: Shown, choice: Choice) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Return the records and ties that stand out: paths, or what a selected record is tied to."""
    if shown.paths:
        steps = {
            pair for path in shown.paths for step in pairwise(path) for pair in (step, step[::-1])
        }
        return frozenset(name for path in shown.paths for name in path), frozenset(steps)
    here = [name for name in choice.picked if name in {thing.id for thing in shown.view.things}]
    near = {name: set(connected(shown.view, name)) for name in here}
    strong = {*here, *(other for others in near.values() for other in others)}
    ties = {
        pair
        for name, others in near.items()
        for other in others
        for pair in ((name, other), (other, name))
    }
    return frozenset(strong), frozenset(ties)


def _colour(thing: Thing, choice: Choice, look: Look) -> str:
    names = [thing.id] if not isinstance(thing, Bundle) else [node.id for node in thing.members]
    if choice.colour == "line":
        return _shared_colour(_line_colours(look), [_line(name, look) for name in names])
    if choice.colour == "community":
        colours = dict(zip(map(str, range(len(_PALETTE))), _PALETTE, strict=True))
        return _shared_colour(colours, [_community(name, look) for name in names])
    if choice.colour == "status":
        return _shared_colour(_status_colours(look), [_status(name, look) for name in names])
    return colour(family(thing.kind))


def _shared_colour(colours: Mapping[str, str], keys: Iterable[str]) -> str:
    """Return the colour of what all of a bundle share, else grey."""
    shared = set(keys)
    return colours.get(shared.pop(), _GREY) if len(shared) == 1 else _GREY


def _line(name: str, look: Look) -> str:
    lines = look.known.lines.get(name, frozenset())
    if name in look.labels:
        return name
    return next(iter(lines)) if len(lines) == 1 else ""


def _line_colours(look: Look) -> dict[str, str]:
    return dict(zip(sorted(look.labels), _PALETTE, strict=False))


def _community(name: str, look: Look) -> str:
    for at, group in enumerate(look.communities[: len(_PALETTE)]):
        if name in group:
            return str(at)
    return ""


def _status(name: str, look: Look) -> str:
    known = look.known
    if name in known.standings:
        return known.standings[name]
    if name in known.sides:
        return "contested" if name in known.gaps else "agreed"
    return known.statuses.get(name, "")


def _status_colours(look: Look) -> dict[str, str]:
    return _STANDING | dict(zip(sorted(set(look.known.statuses.values())), _PALETTE, strict=False))


def _weights(view: View, choice: Choice) -> dict[str, float]:
    """Return how large each record is drawn, from 0 to 1: by its degree centrality, if wanted."""
    graph = nx.Graph()
    graph.add_nodes_from(thing.id for thing in view.things)
    graph.add_edges_from((edge.source, edge.target) for edge in view.edges)
    if choice.size != "centrality" or len(graph) < 2:
        return {}
    shares = nx.degree_centrality(graph)
    most = max(shares.values()) or 1.0
    return {name: sqrt(share / most) for name, share in shares.items()}


def _legend(view: View, choice: Choice, look: Look) -> Iterable[Entry]:
    kinds = {thing.kind: thing.kind_label for thing in view.things}
    lang = view.lang
    if choice.colour == "line":
        for name, shade in _line_colours(look).items():
            yield Entry(f"line:{name}", look.labels[name], shade)
    elif choice.colour == "community":
        for at, (group, shade) in enumerate(zip(look.communities, _PALETTE, strict=False)):
            label = next((thing.label for thing in view.things if thing.id == group[0]), "")
            yield Entry("", f"{at + 1} {label}".strip(), shade)
    elif choice.colour == "status":
        present = {_status(thing.id, look) for thing in view.things}
        present |= {_status(node.id, look) for bundle in view.bundles for node in bundle.members}
        for name, shade in _status_colours(look).items():
            if name in present and name:
                is_standing = name in STANDINGS
                label = word(f"canvas_{name}", lang) if is_standing else name
                yield Entry(f"standing:{name}" if is_standing else "", label, shade)
    else:
        for name, label, kind in legend(kinds, lang):
            yield Entry(f"kind:{name}", label, colour(name), kind)


def between(view: View) -> dict[tuple[str, str], list[Edge]]:
    """Return the edges by their two ends: one line is drawn for all of them."""
    edges_of: dict[tuple[str, str], list[Edge]] = {}
    for edge in view.edges:
        edges_of.setdefault((edge.source, edge.target), []).append(edge)
    return edges_of
