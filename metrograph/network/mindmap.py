"""Draws a view as SVG: the focus, and its neighbours grouped by relation and kind.

The SVG is a tree of texts, not a cloud of dots: labels are long, and a phone is narrow. It holds no
style, no script and no outside reference, so that a page may show it under any content policy.
"""

import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from metrograph.messages import word
from metrograph.network.symbols import corners, mark
from metrograph.network.view import CITATION, Bundle, Edge, Node, Thing, View
from metrograph.tables.html import language_of
from metrograph.text import folded, joined, separated

WIDTH = 380  # of one column, so that it stands on a phone unshrunk
_BOX = 544  # of the focus, at most
_TEXT, _SMALL, _LARGE = 14, 12, 16  # font sizes
_LINE, _GAP, _INDENT = 18, 12, 22
_LETTER = 0.54  # average width of a letter, as a share of the font size
_INK, _GREY, _RULE, _LINK = "#1f2937", "#4b5563", "#9ca3af", "#1d4ed8"
Link = Callable[[str], str]
Point = tuple[float, float]


@dataclass(frozen=True)
class _Group:
    """Neighbours of one kind that one relation links to a node."""

    label: str
    kind_label: str
    outgoing: bool
    inferred: bool
    things: tuple[Thing, ...]


@dataclass(frozen=True)
class _Map:
    """The drawing under way: its element grows; what it draws stays."""

    root: ET.Element
    view: View
    by_id: dict[str, Thing]
    link: Link | None
    open_bundle: Callable[[Bundle], str] | None


def svg(
    view: View,
    link: Link | None = None,
    columns: int = 1,
    open_bundle: Callable[[Bundle], str] | None = None,
) -> str:
    """Return the neighbourhood as SVG text: real links, readable on paper and at 390 pixels.

    `link` gives the address of a thing by its id, `open_bundle` that of a bundle; without them they
    are text. One column fits a phone, two a screen or a sheet of paper. A dashed branch is
    inferred. Raises `ValueError` for a view without a focus.
    """
    focus = next((node for node in view.nodes if node.id == view.focus), None)
    if focus is None:
        raise ValueError("A view without a focus has no middle to draw from.")
    by_id = {thing.id: thing for thing in view.things}
    drawn = _Map(_root(view, focus), view, by_id, link, open_bundle)
    width = WIDTH * columns
    top = _focus(drawn, focus, width)
    branches = list(_groups(drawn, focus.id, 0))
    if not branches:
        _text(drawn.root, word("drawing_alone", view.lang), (16, top + _LINE), _SMALL, _GREY)
    bottoms = [
        _column(drawn, part, at * WIDTH, top, columns)
        for at, part in enumerate(_shared(drawn, branches, columns))
    ]
    height = max(*bottoms, top + 2 * _LINE) + _GAP
    drawn.root.set("viewBox", f"0 0 {width} {height:.0f}")
    drawn.root.set("width", str(width))
    drawn.root.set("height", f"{height:.0f}")
    return ET.tostring(drawn.root, encoding="unicode")


def icon(kind: str) -> str:
    """Return the mark of a kind as a small SVG of its own, for a legend."""
    root = ET.Element("svg", width="18", height="18", viewBox="0 0 18 18")
    root.set("aria-hidden", "true")
    _shape(root, kind, (9, 9), 7)
    return ET.tostring(root, encoding="unicode")


def clean(text: str) -> str:
    """Return text without what XML cannot hold, such as control characters (XML 1.0, 2.2)."""
    return "".join(
        char
        for char in text
        if char in "\n\t" or (char >= " " and not "\ud800" <= char <= "\udfff")
        if char not in "\ufffe\uffff"
    )


def wrapped(text: str, width: float, size: int = _TEXT, most: int = 2) -> list[str]:
    """Return a text in at most so many lines of about a width in pixels; the rest is cut off.

    >>> wrapped("one two three four", 60)
    ['one two', 'three…']
    """
    letters = max(4, int(width / (size * _LETTER)))
    words = " ".join(clean(text).split())
    return textwrap.wrap(words, letters, max_lines=most, placeholder="…") or [""]


def _root(view: View, focus: Node) -> ET.Element:
    title = clean(word("drawing_around", view.lang).format(focus.label))
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", role="group", lang=view.lang)
    root.set("aria-label", title)
    root.set("font-family", "system-ui, sans-serif")
    ET.SubElement(root, "title").text = title
    return root


def _focus(drawn: _Map, focus: Node, width: int) -> float:
    """Draw the focus as a box at the top, and return where it ends."""
    box = min(width - 16, _BOX)
    left = (width - box) / 2
    lines = wrapped(focus.label, box - 74, _LARGE, 3)
    height = 22 * len(lines) + 2 * _LINE
    group = _anchor(drawn, focus)
    frame = ET.SubElement(group, "rect", fill="#ffffff", stroke=mark(focus.kind).colour)
    for name, value in (("x", left), ("y", 4), ("width", box), ("height", height), ("rx", 8)):
        frame.set(name, f"{value:.0f}")
    frame.set("stroke-width", "2.5")
    _mark(group, focus, (left + 26, 4 + height / 2), 12)
    for at, line in enumerate(lines):
        text = _text(group, line, (left + 52, 30 + 22 * at), _LARGE)
        text.set("font-weight", "bold")
        _set_language(text, focus.label, drawn)
    _text(group, focus.kind_label, (left + 52, 30 + 22 * len(lines)), _SMALL, _GREY)
    return 4 + height


def _column(drawn: _Map, groups: list[_Group], left: float, top: float, columns: int) -> float:
    """Draw groups below each other, joined by a trunk from the focus; return the bottom."""
    trunk, middle = left + 18, WIDTH * columns / 2
    start = top if columns == 1 else top + _GAP
    y, last = start + _GAP, start
    for group in groups:
        last = y + 12
        _line(drawn, (trunk, last), (trunk + 16, last), group.inferred)
        y = _branch(drawn, group, (trunk + 22, y), left + WIDTH) + _GAP
    if groups:
        _line(drawn, (trunk, start), (trunk, last))
    if groups and columns > 1:
        _line(drawn, (trunk, start), (middle, start))
        _line(drawn, (middle, top), (middle, start))
    return y


def _branch(drawn: _Map, group: _Group, at: Point, right: float) -> float:
    """Draw what relates a group, and its records below each other; return the bottom."""
    x, y = at
    for line in wrapped(_heading(drawn, group), right - x - 8, _SMALL):
        _text(drawn.root, line, (x, y + 16), _SMALL, _GREY).set("font-style", "italic")
        y += 16
    y += 6
    for thing in group.things:
        y = _thing(drawn, thing, (x, y), right)
    return y


def _heading(drawn: _Map, group: _Group) -> str:
    parts = [f"{'→' if group.outgoing else '←'} {group.label}", group.kind_label]
    return " · ".join([*parts, *([word("inferred", drawn.view.lang)] if group.inferred else [])])


def _thing(drawn: _Map, thing: Thing, at: Point, right: float) -> float:
    """Draw a record, and what lies beyond it; return the bottom."""
    x, y = at
    anchor = _anchor(drawn, thing)
    _mark(anchor, thing, (x + 8, y + 12), 7)
    for line in wrapped(thing.label, right - x - _INDENT - 12):
        text = _text(anchor, line, (x + _INDENT, y + 17), _TEXT)
        _set_language(text, thing.label, drawn)
        if anchor.tag == "a":
            text.set("fill", _LINK)
            text.set("text-decoration", "underline")
        y += _LINE
    y += 8
    for group in _groups(drawn, thing.id, thing.distance):
        _line(drawn, (x + 8, y + 12), (x + _INDENT, y + 12), group.inferred)
        y = _branch(drawn, group, (x + _INDENT + 4, y), right) + 4
    return y


def _anchor(drawn: _Map, thing: Thing) -> ET.Element:
    """Return an element to draw a record in: a link where there is an address for it."""
    address = None
    if isinstance(thing, Bundle):
        address = drawn.open_bundle(thing) if drawn.open_bundle else None
    elif drawn.link:
        address = drawn.link(thing.id)
    anchor = ET.SubElement(drawn.root, "a" if address else "g")
    if address:
        anchor.set("href", clean(address))
    title, tip = ET.SubElement(anchor, "title"), _tip(thing)
    title.text = clean(tip)
    _set_language(title, tip, drawn)
    return anchor


def _set_language(element: ET.Element, text: str, drawn: _Map) -> None:
    """Set the language of an element with a text, where it is another than the drawing's."""
    if language := language_of(text, drawn.view.lang):
        element.set("lang", language)


def _tip(thing: Thing) -> str:
    if isinstance(thing, Bundle):
        return separated("\n", [member.label for member in thing.members])
    return joined(thing.label, *(["\n", thing.description] if thing.description else []))


def _mark(parent: ET.Element, thing: Thing, at: Point, size: float) -> None:
    if isinstance(thing, Bundle):  # a second mark behind it: there are more
        _shape(parent, thing.kind, (at[0] + 4, at[1] - 3), size, hollow=True)
    _shape(parent, thing.kind, at, size)


def _shape(parent: ET.Element, kind: str, at: Point, size: float, hollow: bool = False) -> None:
    look = mark(kind)
    points = corners(look.shape, *at, size)
    shape = ET.SubElement(parent, "circle" if points is None else "polygon")
    if points is None:
        for name, value in (("cx", at[0]), ("cy", at[1]), ("r", size)):
            shape.set(name, f"{value:.1f}")
    else:
        shape.set("points", points)
    shape.set("fill", "#ffffff" if hollow else look.colour)
    shape.set("stroke", look.colour if hollow else "#ffffff")


def _text(parent: ET.Element, text: str, at: Point, size: int, colour: str = _INK) -> ET.Element:
    element = ET.SubElement(parent, "text", fill=colour)
    element.text = clean(text)
    for name, value in (("x", at[0]), ("y", at[1]), ("font-size", size)):
        element.set(name, f"{value:.0f}")
    return element


def _line(drawn: _Map, start: Point, end: Point, dashed: bool = False) -> None:
    line = ET.SubElement(drawn.root, "line", stroke=_RULE)
    for name, value in (("x1", start[0]), ("y1", start[1]), ("x2", end[0]), ("y2", end[1])):
        line.set(name, f"{value:.0f}")
    line.set("stroke-width", "1.5")
    if dashed:
        line.set("stroke-dasharray", "4 3")


def _groups(drawn: _Map, anchor: str, distance: int) -> Iterator[_Group]:
    """Yield what lies further out than a record, in groups; documents come last."""
    members_of: dict[tuple[bool, bool, str, str, bool], list[Thing]] = {}
    labels = {edge.predicate: edge.label for edge in drawn.view.edges}
    for edge in drawn.view.edges:
        other = _other(drawn, edge, anchor)
        if other and other.distance > distance:
            incoming = edge.source != anchor
            is_last = edge.predicate == CITATION
            key = (is_last, incoming, edge.predicate, other.kind, edge.inferred)
            members_of.setdefault(key, []).append(other)
    for (_, incoming, predicate, _, inferred), members in sorted(members_of.items()):
        members.sort(key=lambda thing: (isinstance(thing, Bundle), folded(thing.label), thing.id))
        kind = members[0].kind_label
        yield _Group(labels[predicate], kind, not incoming, inferred, tuple(members))


def _other(drawn: _Map, edge: Edge, anchor: str) -> Thing | None:
    """Return the record at the other end of an edge, if the edge has this end."""
    if anchor == edge.source:
        return drawn.by_id[edge.target]
    return drawn.by_id[edge.source] if anchor == edge.target else None


def _shared(drawn: _Map, groups: list[_Group], columns: int) -> list[list[_Group]]:
    """Return the groups in columns of about the same height, in their order."""
    heights = [_height(drawn, group) for group in groups]
    parts: list[list[_Group]] = [[] for _ in range(columns)]
    above = 0
    for group, height in zip(groups, heights, strict=True):
        at = int((above + height / 2) / sum(heights) * columns)
        parts[min(at, columns - 1)].append(group)
        above += height
    return parts


def _height(drawn: _Map, group: _Group) -> int:
    """Return about how many lines a group takes."""
    beyond = (
        beside for thing in group.things for beside in _groups(drawn, thing.id, thing.distance)
    )
    return 2 + 2 * len(group.things) + sum(_height(drawn, beside) for beside in beyond)
