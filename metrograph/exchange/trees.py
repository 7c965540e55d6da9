"""The body of a table and its mapping in; the elements of the plan out, each with its rows.

Every row is of one element: one that it begins, or one that it adds to. What is said of rows that
begin none is returned beside the elements.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from metrograph.exchange import outlines
from metrograph.exchange.cells import line_of
from metrograph.exchange.levels import indent_of, is_lone
from metrograph.exchange.mappings import Column, Mapping
from metrograph.exchange.profiles import Profile
from metrograph.exchange.sheets import Row
from metrograph.folding import folded

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
        found = self
        while depth and found.depth > depth and found.above:
            found = found.above
        return found


@dataclass
class Tree:
    """The elements in the order of the rows; names of levels by depth; rows that begin none.

    `others` are a row, what it is (`MERGED` or `REPEATED`) and the number of the row that it is so
    with; `strays` stand before all names; `known` finds an element by what tells it.
    """

    elements: list[Element] = field(default_factory=list)
    level_names: dict[int, str] = field(default_factory=dict)
    others: list[tuple[Row, str, int]] = field(default_factory=list)
    strays: list[Row] = field(default_factory=list)
    known: dict[tuple[object, ...], Element] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """Return how many levels there are."""
        return max((one.depth for one in self.elements), default=0)


def grown(body: Sequence[Row], mapping: Mapping) -> Tree:
    """Return the elements that the rows of a table are about, as its mapping says."""
    tree = Tree()
    levels = mapping.levels
    if not levels:
        tree.strays = list(body)
        return tree
    number = next((one for one in mapping.of("number") if not one.depth), None)
    if mapping.hierarchy == "numbers":
        _by_numbers(tree, body, levels[0], number, mapping.of("kind"))
    elif mapping.hierarchy in ("indentation", "sections"):
        _by_rank(tree, body, levels[0], mapping.hierarchy)
    else:
        _by_columns(tree, body, mapping)
    if mapping.hierarchy != "numbers":
        _number(tree, mapping)
    headings = [one.heading if one.heading != one.letter else "" for one in levels]
    if mapping.hierarchy == "columns":
        tree.level_names = dict(enumerate(headings, 1))
    elif mapping.hierarchy != "numbers":
        tree.level_names[tree.depth] = headings[0]
    return tree


def _number(tree: Tree, mapping: Mapping) -> None:
    """Give elements their printed numbers: from columns of numbers, or from before their names."""
    for column in mapping.of("number"):
        for one in tree.elements:
            for row in one.rows:
                at = one.at(column.depth)
                at.number = at.number or line_of(row.at(column.index))
    for depth in range(1, tree.depth + 1):
        named = [one for one in tree.elements if one.depth == depth and not one.is_stand_in]
        read = [outlines.read(one.label) for one in named]
        if outlines.depths(read) and not any(one.number for one in named):
            for one, found in zip(named, read, strict=True):
                if found and found.rest:
                    one.number = found.number
                    one.label = one.label if found.word else found.rest


# ---------------------------------------------------------------- levels in columns


def _by_columns(tree: Tree, body: Sequence[Row], mapping: Mapping) -> None:
    """Grow a tree whose levels are columns; blanks left of a row's own level are filled down."""
    levels = mapping.levels
    repeats = bool(mapping.of("indicator"))  # several rows, of one indicator each, are of one thing
    fills = [
        Profile(one.index, one.heading, tuple(row.at(one.index) for row in body)).is_sparse
        for one in levels
    ]
    seen: dict[tuple[object, ...], Row] = {}
    path: list[Element] = []
    for row in body:
        names = [line_of(row.at(one.index)) for one in levels]
        own = max((depth for depth, name in enumerate(names, 1) if name), default=0)
        if not own:
            _add(tree, path[-1] if path else None, row)
            continue
        above = _above(tree, path, names[: own - 1], fills, row)
        is_last = own == len(levels)
        key = (above[-1] if above else None, folded(names[own - 1]))
        whole = (*key, *(folded(line_of(cell)) for cell in row.cells[levels[0].index :]))
        if is_last and whole in seen and _first_cells(seen[whole], row):
            tree.others.append((row, REPEATED, seen[whole].number))
        elif key in tree.known and (repeats or not is_last):
            _add(tree, tree.known[key], row)
        else:
            made = Element(own, names[own - 1], above[-1] if above else None, rows=[row])
            tree.elements.append(made)
            tree.known[key] = made
            seen[whole] = row
        path = [*above, tree.known[key]]


def _first_cells(one: Row, other: Row) -> bool:
    """Tell whether two rows are the same, also in what stands before the levels."""
    return [folded(line_of(cell)) for cell in one.cells] == [
        folded(line_of(cell)) for cell in other.cells
    ]


def _above(
    tree: Tree, path: list[Element], names: Sequence[str], fills: Sequence[bool], row: Row
) -> list[Element]:
    """Return the elements above that of a row, with stand-ins where a name is missing."""
    found: list[Element] = []
    for depth, name in enumerate(names, 1):
        before = path[depth - 1] if len(path) >= depth and path[: depth - 1] == found else None
        if not name and before and (fills[depth - 1] or before.is_stand_in):
            found.append(before)
            continue
        above = found[-1] if found else None
        key = (above, folded(name))
        if key not in tree.known:
            tree.known[key] = Element(depth, name, above, is_stand_in=not name, named_by=row)
            tree.elements.append(tree.known[key])
        found.append(tree.known[key])
    return found


def _add(tree: Tree, element: Element | None, row: Row) -> None:
    """Let a row add to an element that is there; before all elements, it is a stray."""
    if element is None:
        tree.strays.append(row)
        return
    first = element.rows[0] if element.rows else element.named_by
    element.rows.append(row)
    tree.others.append((row, MERGED, first.number if first else row.number))


# ---------------------------------------------------------------- levels by numbers


def _by_numbers(
    tree: Tree, body: Sequence[Row], title: Column, number: Column | None, kinds: Sequence[Column]
) -> None:
    """Grow a tree whose levels are said by outline numbers, in a column or before each name."""
    told = (number or title).index
    read = [outlines.read(line_of(row.at(told))) for row in body]
    depths = outlines.depths(read) or [1 if one else 0 for one in read]
    words: dict[int, Counter[str]] = {}
    path: list[Element] = []
    is_by_parts = any(len(one.parts) > 1 for one in read if one)
    for at in _order(depths, is_by_parts):
        row, one = body[at], read[at]
        label = line_of(row.at(title.index)) if number or not one else one.rest
        depth = depths[at] or (path[-1].depth if path else 1)
        if not label and not one:
            _add(tree, path[-1] if path else None, row)
            continue
        parts = one.parts if one and is_by_parts else ()
        above = _numbered_above(tree, parts, depth, path, row)
        shown = one.number if one else ""
        whole = line_of(row.at(told))
        made = Element(depth, label or whole, above, shown, one.word if one else "", [row])
        tree.elements.append(made)
        if parts:
            tree.known[parts] = made
        path = [*_path(above), made]
        word = (one.word if one else "") or next(_texts(row, kinds), "")
        words.setdefault(depth, Counter()).update([word] if word else [])
    order = {id(row): at for at, row in enumerate(body)}
    tree.elements.sort(key=lambda one: order[id(one.rows[0] if one.rows else one.named_by)])
    for depth, counted in words.items():
        tree.level_names[depth] = counted.most_common(1)[0][0] if counted else ""
    for made in tree.elements:
        if made.word and folded(made.word) != folded(tree.level_names.get(made.depth, "")):
            made.label = f"{made.word} {made.number} {made.label}"  # no word of the level's


def _order(depths: Sequence[int], is_by_parts: bool) -> list[int]:
    """Return the rows in which elements come after those above them.

    By parts, one above may stand anywhere; else it stands before. Rows without number keep theirs.
    """
    places = list(range(len(depths)))
    if not is_by_parts or 0 in depths:
        return places
    return sorted(places, key=lambda at: depths[at])


def _texts(row: Row, columns: Sequence[Column]) -> Iterator[str]:
    return (text for one in columns if (text := line_of(row.at(one.index))))


def _path(element: Element | None) -> list[Element]:
    found: list[Element] = []
    while element:
        found.insert(0, element)
        element = element.above
    return found


def _numbered_above(
    tree: Tree, parts: tuple[str, ...], depth: int, path: Sequence[Element], row: Row
) -> Element | None:
    """Return the element above one at a depth: by its parts, or the last before it; else made."""
    if depth == 1:
        return None
    if not parts:
        before = [one for one in path if one.depth < depth]
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


# ---------------------------------------------------------------- levels by indentation, or alone


def _by_rank(tree: Tree, body: Sequence[Row], title: Column, hierarchy: str) -> None:
    """Grow a tree whose levels show in how far names are indented, or in lone rows over others."""
    path: list[tuple[int, Element]] = []
    for row in body:
        label = line_of(row.at(title.index))
        if not label:
            _add(tree, path[-1][1] if path else None, row)
            continue
        if hierarchy == "sections":
            rank = 0 if is_lone(row.cells, title.index) else 1
        else:
            rank = indent_of(row.at(title.index))
        while path and path[-1][0] >= rank:
            path.pop()
        above = path[-1][1] if path else None
        made = Element((above.depth if above else 0) + 1, label, above, rows=[row])
        tree.elements.append(made)
        path.append((rank, made))
