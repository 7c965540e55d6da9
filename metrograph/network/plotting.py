"""Draws a scene: as the nodes and edges of a pyvis network, or as SVG."""

import xml.etree.ElementTree as ET
from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING, Any

from metrograph.late import late
from metrograph.messages import word
from metrograph.network.mindmap import clean, wrapped
from metrograph.network.scene import Box, Scene, between
from metrograph.network.symbols import corners, mark
from metrograph.network.view import Bundle, Edge, Thing

if TYPE_CHECKING:
    from pyvis import network as pyvis
else:
    pyvis = late("pyvis.network")

OPTIONS = {
    "physics": False,  # the places are given
    "nodes": {"font": {"size": 14}, "borderWidth": 1, "labelHighlightBold": False},
    "edges": {
        "color": {"color": "#9ca3af", "highlight": "#1d4ed8", "hover": "#1d4ed8"},
        "font": {"size": 12, "strokeWidth": 4},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.4}},
        "smooth": False,
        "selectionWidth": 1,
        "hoverWidth": 0.5,
    },
    "interaction": {
        "hover": True, "tooltipDelay": 150, "hideEdgesOnDrag": False, "multiselect": True,
        "selectConnectedEdges": False, "keyboard": {"bindToWindow": False},
    },
}  # fmt: skip
_ALLUVIAL = {
    "enabled": True,
    "type": "cubicBezier",
    "forceDirection": "horizontal",
    "roundness": 0.5,
}
_MANY = 600  # records; the lines of more are not drawn while the drawing moves
_FADED, _TINT = 0.22, 0.86
_FONT, _SMALL_FONT, _LETTER_ROOM = 14, 11, 18
_STRONG, _LOST = "#1d4ed8", "#b91c1c"


def drawn(scene: Scene) -> "pyvis.Network":
    """Return a scene as a pyvis network, with a place for each node: physics has nothing to do.

    Each node holds what a phone shows instead as `small`, and whether it is a gap as `hollow`.
    """
    network = pyvis.Network(directed=not scene.boxes)  # columns say which way a tie runs
    ties = Counter(end for edge in scene.view.edges for end in {edge.source, edge.target})
    for thing in scene.view.things:
        network.add_node(thing.id, **_node(scene, thing, ties[thing.id]))
    for (source, target), edges in between(scene.view).items():
        network.add_edge(source, target, **_edge(scene, source, target, edges))
    return network


def data(scene: Scene) -> dict[str, Any]:
    """Return what vis-network draws of a scene: nodes with their places, edges, options."""
    network = drawn(scene)
    is_many = len(scene.view.things) > _MANY
    moving = {"hideEdgesOnDrag": is_many, "hideEdgesOnZoom": is_many}
    options = {**OPTIONS, "interaction": {**OPTIONS["interaction"], **moving}}  # type: ignore[dict-item]
    if scene.boxes:
        edges: dict[str, Any] = {**OPTIONS["edges"]}  # type: ignore[dict-item]
        options["edges"] = {**edges, "smooth": _ALLUVIAL, "arrows": {"to": {"enabled": False}}}
    return {"nodes": network.nodes, "edges": network.edges, "options": options}


def label_of(scene: Scene, thing: Thing) -> str:
    """Return the short name of a record where the scene has one, else its label."""
    return scene.names.get(thing.id, thing.label)


def _node(scene: Scene, thing: Thing, ties: int) -> dict[str, Any]:
    box, weight = scene.boxes.get(thing.id), scene.weights.get(thing.id, 0.0)
    x, y = scene.places[thing.id]
    colour = scene.colours.get(thing.id) or mark(thing.kind).colour
    hollow = thing.id in scene.hollow
    node: dict[str, Any] = {
        "title": tip(scene, thing),
        "x": x,
        "y": y,
        "kind": thing.kind,
        "hollow": hollow,
        "borderWidth": 1 + (2 if thing.id in scene.picked else 0) + round(3 * weight),
        "opacity": _opacity(scene, thing.id),
        "color": {
            "border": _LOST if thing.id in scene.lost else colour,
            "background": _inside(scene, thing, colour),
        },
        "shapeProperties": {"borderDashes": [5, 4] if hollow or thing.id in scene.lost else False},
    }
    if scene.small:
        node["small"] = _small(scene, thing)
    if box:
        return node | _boxed(label_of(scene, thing), box, _FONT)
    return node | {
        "label": "\n".join(wrapped(label_of(scene, thing), 170, _FONT, 2)),
        "shape": mark(thing.kind).shape,
        "size": 9 + 2 * min(6.0, sqrt(ties)) + 16 * weight,
    }


def _boxed(label: str, box: Box, font: int) -> dict[str, Any]:
    lines = wrapped(label, box.width - _LETTER_ROOM, font, box.lines)
    return {
        "label": "\n".join(lines),
        "shape": "box",
        "margin": 5,
        "font": {"size": font, "align": "left"},
        "widthConstraint": {"minimum": box.width - 20},
    }


def _small(scene: Scene, thing: Thing) -> dict[str, Any]:
    """Return how a record is drawn on a phone: in a short column as a box, else as a mark."""
    x, y = scene.small[thing.id]
    box = scene.small_boxes.get(thing.id)
    if box:
        return {"x": x, "y": y, **_boxed(label_of(scene, thing), box, _SMALL_FONT)}
    shape = mark(thing.kind).shape
    return {"x": x, "y": y, "shape": shape, "size": 6, "label": "", "widthConstraint": False}


def _opacity(scene: Scene, name: str) -> float:
    return 1.0 if not scene.strong or name in scene.strong else _FADED


def _inside(scene: Scene, thing: Thing, colour: str) -> str:
    """Return the colour inside: none in a gap or a bundle, a tint behind a label."""
    if thing.id in scene.boxes and thing.id not in scene.hollow:
        return tint(colour)
    return "#ffffff" if thing.id in scene.hollow or isinstance(thing, Bundle) else colour


def tint(colour: str) -> str:
    """Return a colour mixed with much white, to stand behind dark letters.

    >>> tint("#000000")
    '#dbdbdb'
    """
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * _TINT):02x}" for part in parts)


def _edge(scene: Scene, source: str, target: str, edges: list[Edge]) -> dict[str, Any]:
    inferred = all(edge.inferred for edge in edges)
    edge: dict[str, Any] = {"title": edge_tip(scene, edges), "dashes": inferred, "width": 1}
    is_strong = (source, target) in scene.strong_ties
    if scene.strong and not is_strong:
        edge["color"] = {"opacity": 0.12, "color": "#9ca3af"}
    elif is_strong:
        edge |= {"color": {"color": _STRONG}, "width": 2.5}
    if {source, target} & scene.lost:
        edge |= {"color": {"color": _LOST}, "dashes": [4, 4]}
    return edge


def edge_tip(scene: Scene, edges: list[Edge]) -> str:
    """Return what relates two records, as plain text."""
    inferred = word("inferred", scene.view.lang)
    return "\n".join(
        f"{edge.label} ({inferred})" if edge.inferred else edge.label for edge in edges
    )


def tip(scene: Scene, thing: Thing) -> str:
    """Return what stands beside a mark: vis-network shows it as text."""
    if isinstance(thing, Bundle):
        names = [member.label for member in thing.members[:12]]
        return "\n".join([thing.label, *names, *(["…"] if len(thing.members) > 12 else [])])
    kind = thing.kind_label
    if thing.id in scene.hollow:
        kind = f"{kind} · {word('gap', scene.view.lang)}"
    return "\n".join(part for part in (thing.label, kind, thing.description) if part)


def svg(scene: Scene) -> str:
    """Return a scene as SVG text without style, script or outside reference."""
    lefts = [x - _half(scene, name) for name, (x, _) in scene.places.items()]
    rights = [x + _half(scene, name) for name, (x, _) in scene.places.items()]
    heights = [y for _, y in scene.places.values()] or [0.0]
    left, top = min(lefts, default=0) - 20, min(heights) - 40
    width = max(rights, default=0) - left + 20
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", role="img", lang=scene.view.lang)
    key = 26 * len(scene.legend)
    height = max(heights) - top + 60 + key
    root.set("viewBox", f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}")
    root.set("width", f"{width:.0f}")
    root.set("height", f"{height:.0f}")
    root.set("aria-label", clean(scene.view.title))
    root.set("font-family", "system-ui, sans-serif")
    ET.SubElement(root, "title").text = clean(scene.view.title)
    _rect(root, (left, top), (width, height), "#ffffff", "none")
    for (source, target), edges in between(scene.view).items():
        _draw_edge(root, scene, (source, target), edges)
    for thing in scene.view.things:
        _draw_node(root, scene, thing)
    for at, entry in enumerate(scene.legend):
        y = max(heights) + 60 + 26 * at
        _rect(root, (left + 20, y - 12), (16, 16), tint(entry.colour), entry.colour)
        _text(root, entry.label, (left + 44, y + 1), 14)
    return ET.tostring(root, encoding="unicode")


def _half(scene: Scene, name: str) -> float:
    return scene.boxes[name].width / 2 if name in scene.boxes else 90


def _draw_edge(root: ET.Element, scene: Scene, ends: tuple[str, str], edges: list[Edge]) -> None:
    (x, y), (to_x, to_y) = (scene.places[end] for end in ends)
    is_strong = ends in scene.strong_ties
    path = ET.SubElement(root, "path", fill="none", stroke=_STRONG if is_strong else "#9ca3af")
    if scene.boxes and x != to_x:
        way = 1 if to_x > x else -1
        x, to_x = x + way * _half(scene, ends[0]), to_x - way * _half(scene, ends[1])
        middle = (x + to_x) / 2
        path.set(
            "d",
            f"M{x:.0f} {y:.0f}C{middle:.0f} {y:.0f} {middle:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}",
        )
    else:
        path.set("d", f"M{x:.0f} {y:.0f}L{to_x:.0f} {to_y:.0f}")
    path.set("stroke-width", "2.5" if is_strong else "1")
    if all(edge.inferred for edge in edges):
        path.set("stroke-dasharray", "4 3")
    if scene.strong and not is_strong:
        path.set("stroke-opacity", "0.2")


def _draw_node(root: ET.Element, scene: Scene, thing: Thing) -> None:
    x, y = scene.places[thing.id]
    colour = scene.colours.get(thing.id) or mark(thing.kind).colour
    group = ET.SubElement(root, "g")
    if _opacity(scene, thing.id) < 1:
        group.set("opacity", "0.3")
    ET.SubElement(group, "title").text = clean(tip(scene, thing))
    box = scene.boxes.get(thing.id)
    if box is None:
        _draw_mark(group, scene, thing, (x, y), colour)
        return
    lines = wrapped(label_of(scene, thing), box.width - _LETTER_ROOM, _FONT, box.lines)
    height = 12 + 17 * len(lines)
    inside = _inside(scene, thing, colour)
    frame = _rect(
        group, (x - box.width / 2 + 5, y - height / 2), (box.width - 10, height), inside, colour
    )
    frame.set("rx", "4")
    if thing.id in scene.hollow:
        frame.set("stroke-dasharray", "5 4")
    for at, line in enumerate(lines):
        _text(group, line, (x - box.width / 2 + 11, y - height / 2 + 18 + 17 * at), _FONT)


def _draw_mark(
    group: ET.Element, scene: Scene, thing: Thing, at: tuple[float, float], colour: str
) -> None:
    points = corners(mark(thing.kind).shape, *at, 9)
    shape = ET.SubElement(group, "circle" if points is None else "polygon")
    if points is None:
        for name, value in (("cx", at[0]), ("cy", at[1]), ("r", 9)):
            shape.set(name, f"{value:.0f}")
    else:
        shape.set("points", points)
    shape.set("fill", _inside(scene, thing, colour))
    shape.set("stroke", colour)
    label = _text(group, wrapped(label_of(scene, thing), 170, 12, 1)[0], (at[0], at[1] + 24), 12)
    label.set("text-anchor", "middle")


def _rect(
    parent: ET.Element, at: tuple[float, float], size: tuple[float, float], fill: str, stroke: str
) -> ET.Element:
    element = ET.SubElement(parent, "rect", fill=fill, stroke=stroke)
    for name, value in zip(("x", "y", "width", "height"), (*at, *size), strict=True):
        element.set(name, f"{value:.0f}")
    return element


def _text(parent: ET.Element, text: str, at: tuple[float, float], size: int) -> ET.Element:
    element = ET.SubElement(parent, "text", fill="#1f2937")
    element.text = clean(text)
    for name, value in (("x", at[0]), ("y", at[1]), ("font-size", size)):
        element.set(name, f"{value:.0f}")
    return element
