"""Builds the tree of elements from one column of names, by numbers, codes or indentation."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from metrograph.reading.any_table import numbering
from metrograph.reading.any_table.mapping import Column
from metrograph.reading.numbers import indent_of, line_of
from metrograph.reading.sheets import Row
from metrograph.text import folded

_DEEPEST = 50  # levels; no plan has as many, and a longer chain of codes goes in a circle
MERGED, REPEATED = "merged", "repeated"


@dataclass(eq=False)
class Element:
    """An element: its depth from 1, name, printed number, the one above it, its rows.

    One that no row names, but that others stand under, is a stand-in; `named_by` is then its row.
    """

    depth: int
    label: str
    above: "Element | None" = None
    number: str = ""
    word: str = ""  # before its number, such as Goal
    rows: list[Row] = field(default_factory=list)
    is_stand_in: bool = False
    named_by: Row | None = None

    def at(self, depth: int) -> "Element":
        """Return the element itself or one above it, whichever stands at a depth (0: itself)."""
        element = self
        while depth and element.depth > depth and element.above:
            element = element.above
        return element


@dataclass
class Tree:
    """The elements in the order of the rows; names of levels by depth; rows that begin none.

    `others` are a row, what it is (`MERGED` or `REPEATED`) and the number of the row that it is so
    with; `strays` stand before all names; `known` finds an element by what tells it. `misplaced`
    are rows whose parent is not there, or leads back to them (then true), and the column of it.
    """

    elements: list[Element] = field(default_factory=list)
    level_names: dict[int, str] = field(default_factory=dict)
    others: list[tuple[Row, str, int]] = field(default_factory=list)
    strays: list[Row] = field(default_factory=list)
    misplaced: list[tuple[Row, Column, bool]] = field(default_factory=list)
    known: dict[tuple[object, ...], Element] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """Return how many levels there are."""
        return max((element.depth for element in self.elements), default=0)


def add(tree: Tree, element: Element | None, row: Row) -> None:
    """Let a row add to an element that is there; before all elements, it is a stray."""
    if element is None:
        tree.strays.append(row)
        return
    first = element.rows[0] if element.rows else element.named_by
    element.rows.append(row)
    tree.others.append((row, MERGED, first.number if first else row.number))


# ---------------------------------------------------------------- levels by numbers


def by_numbers(
    tree: Tree,
    body: Sequence[Row],
    titles: Sequence[Column],
    number: Column | None,
    kinds: Sequence[Column],
) -> None:
    """Grow a tree whose levels are said by outline numbers, in a column or before each name."""
    index = (number or titles[0]).index
    read = numbering.outline([line_of(row.at(index)) for row in body])
    depths = numbering.depths(read) or [1 if numbered else 0 for numbered in read]
    words: dict[int, Counter[str]] = {}
    path: list[Element] = []
    is_by_parts = any(len(numbered.parts) > 1 for numbered in read if numbered)
    for at in _order(depths, is_by_parts):
        row, numbered = body[at], read[at]
        label = _label(row, titles, depths[at]) if number or not numbered else numbered.rest
        label = label or (numbered.rest if numbered else "")
        depth = depths[at] or (path[-1].depth if path else 1)
        if not label and not numbered:
            add(tree, path[-1] if path else None, row)
            continue
        parts = numbered.parts if numbered and is_by_parts else ()
        above = _numbered_above(tree, parts, depth, path, row)
        shown = numbered.number if numbered else ""
        whole = line_of(row.at(index))
        made = Element(
            depth, label or whole, above, shown, numbered.word if numbered else "", [row]
        )
        tree.elements.append(made)
        if is_by_parts and numbered:
            tree.known[parts] = made
        path = [*_path(above), made]
        word = (numbered.word if numbered else "") or next(_texts(row, kinds), "")
        words.setdefault(depth, Counter()).update([word] if word else [])
    _finish(tree, body, words)


def _finish(tree: Tree, body: Sequence[Row], words: dict[int, Counter[str]]) -> None:
    """Put elements in the order of the rows, and name the levels by the words before numbers."""
    order = {id(row): at for at, row in enumerate(body)}
    tree.elements.sort(
        key=lambda element: order[id(element.rows[0] if element.rows else element.named_by)]
    )
    for depth, counted in words.items():
        tree.level_names[depth] = counted.most_common(1)[0][0] if counted else ""
    for made in tree.elements:
        if made.word and folded(made.word) != folded(tree.level_names.get(made.depth, "")):
            made.label = f"{made.word} {made.number} {made.label}"  # no word of the level's


def _label(row: Row, titles: Sequence[Column], depth: int) -> str:
    """Return the name of a row's element: from the column of its level, if it has its own."""
    ranked = sorted(titles, key=lambda column: column.depth != depth)
    return next(_texts(row, ranked), "")


def _order(depths: Sequence[int], is_by_parts: bool) -> list[int]:
    """Return the rows in which elements come after those above them.

    By parts, one above may stand anywhere; else it stands before. Rows without number keep theirs.
    """
    places = list(range(len(depths)))
    if not is_by_parts or 0 in depths:
        return places
    return sorted(places, key=lambda at: depths[at])


def _texts(row: Row, columns: Sequence[Column]) -> Iterator[str]:
    return (text for column in columns if (text := line_of(row.at(column.index))))


def _path(element: Element | None) -> list[Element]:
    path: list[Element] = []
    while element:
        path.insert(0, element)
        element = element.above
    return path


def _numbered_above(
    tree: Tree, parts: tuple[str, ...], depth: int, path: Sequence[Element], row: Row
) -> Element | None:
    """Return the element above one at a depth: by its parts, or the last before it; else made."""
    if depth == 1:
        return None
    if not parts or (len(parts) == 1 and parts[:-1] not in tree.known):
        before = [element for element in path if element.depth < depth]
        above = before[-1] if before else None
        while (above.depth if above else 0) < depth - 1:
            above = _stand_in(tree, above, "", row)
        return above
    if parts[:-1] not in tree.known:
        higher = _numbered_above(tree, parts[:-1], depth - 1, path, row)
        tree.known[parts[:-1]] = _stand_in(tree, higher, ".".join(parts[:-1]), row)
    return tree.known[parts[:-1]]


def _stand_in(tree: Tree, above: Element | None, number: str, row: Row) -> Element:
    depth = above.depth + 1 if above else 1
    made = Element(depth, "", above, number, is_stand_in=True, named_by=row)
    tree.elements.append(made)
    return made


# ---------------------------------------------------------------- levels by codes of others


def by_parents(
    tree: Tree, body: Sequence[Row], title: Column, codes: Column, parents: Column
) -> None:
    """Grow a tree in which a column says the code of the row that another is part of.

    A code that no row has, and one that leads back to its own row, are kept in `misplaced`.
    """
    by_code = {line_of(row.at(codes.index)): row for row in reversed(body)}
    made: dict[int, Element] = {}

    def element(row: Row, below: frozenset[int]) -> Element:
        if row.number in made:
            return made[row.number]
        code = line_of(row.at(parents.index))
        over = by_code.get(code)
        inner = below | {row.number}
        if code and (over is None or over.number in inner):
            tree.misplaced.append((row, parents, over is not None))
        is_over = over is not None and over.number not in inner and len(inner) < _DEEPEST
        above = element(over, inner) if over and is_over else None
        label = line_of(row.at(title.index)) or line_of(row.at(codes.index))
        depth = above.depth + 1 if above else 1
        return made.setdefault(row.number, Element(depth, label, above, rows=[row]))

    for row in body:
        if line_of(row.at(title.index)) or line_of(row.at(codes.index)):
            element(row, frozenset())
        else:
            tree.strays.append(row)
    tree.elements = [made[row.number] for row in body if row.number in made]


# ---------------------------------------------------------------- levels by indentation, or alone


def by_rank(tree: Tree, body: Sequence[Row], title: Column, hierarchy: str) -> None:
    """Grow a tree whose levels show in how far names are indented, or in lone rows over others."""
    path: list[tuple[int, Element]] = []
    is_indented = hierarchy == "indentation"
    names = [line_of(numbering.section_of(row.cells, title.index)) for row in body]
    deep = numbering.ranks(names)
    for at, row in enumerate(body):
        label = line_of(row.at(title.index)) or ("" if is_indented else names[at])
        if not label:
            add(tree, path[-1][1] if path else None, row)
            continue
        rank = indent_of(row.at(title.index)) if is_indented else deep[at]
        while path and (path[-1][0] >= rank or len(path) >= _DEEPEST):
            path.pop()
        above = path[-1][1] if path else None
        made = Element((above.depth if above else 0) + 1, label, above, rows=[row])
        tree.elements.append(made)
        path.append((rank, made))
