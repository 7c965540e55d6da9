"""The body of a table and its mapping in; the elements of the plan out, each with its rows.

Every row is of one element: one that it begins, or one that it adds to. What is said of rows that
begin none is returned beside the elements.
"""

from collections.abc import Sequence

from metrograph.reading.any_table import numbering
from metrograph.reading.any_table.columns import Profile
from metrograph.reading.any_table.elements import REPEATED, Element, Tree, add
from metrograph.reading.any_table.mapping import Mapping
from metrograph.reading.any_table.nesting import by_numbers, by_parents, by_rank
from metrograph.reading.numbers import line_of
from metrograph.reading.sheets import Row
from metrograph.text import folded


def grown(body: Sequence[Row], mapping: Mapping) -> Tree:
    """Return the elements that the rows of a table are about, as its mapping says."""
    tree = Tree()
    levels = mapping.levels
    if not levels:
        tree.strays = list(body)
        return tree
    number = next((one for one in mapping.of("number") if not one.depth), None)
    parents, codes = mapping.of("parent"), mapping.of("id")
    if mapping.hierarchy == "parents" and parents and codes:
        by_parents(tree, body, levels[0], codes[0], parents[0])
    elif mapping.hierarchy == "numbers":
        by_numbers(tree, body, levels[0], number, mapping.of("kind"))
    elif mapping.hierarchy != "columns":
        by_rank(tree, body, levels[0], mapping.hierarchy)
    else:
        _by_columns(tree, body, mapping)
    if mapping.hierarchy != "numbers":
        _number(tree, mapping)
    headings = [one.heading if one.heading != one.letter else "" for one in levels]
    if mapping.hierarchy == "columns":
        tree.level_names = dict(enumerate(headings, 1))
    elif mapping.hierarchy != "numbers" or _is_deepest_unnamed(tree):
        tree.level_names[tree.depth] = headings[0]
    return tree


def _is_deepest_unnamed(tree: Tree) -> bool:
    """Tell whether words before numbers name levels above, and not that of the rows."""
    return any(tree.level_names.values()) and not tree.level_names.get(tree.depth)


def _number(tree: Tree, mapping: Mapping) -> None:
    """Give elements their printed numbers: from columns of numbers, or from before their names."""
    for column in mapping.of("number"):
        for one in tree.elements:
            for row in one.rows:
                at = one.at(column.depth)
                at.number = at.number or line_of(row.at(column.index))
    for depth in range(1, tree.depth + 1):
        named = [one for one in tree.elements if one.depth == depth and not one.is_stand_in]
        read = [numbering.read(one.label) for one in named]
        if numbering.depths(read) and not any(one.number for one in named):
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
            add(tree, path[-1] if path else None, row)
            continue
        above = _above(tree, path, names[: own - 1], fills, row)
        is_last = own == len(levels)
        key = (above[-1] if above else None, folded(names[own - 1]))
        whole = (*key, row.cells)
        if is_last and whole in seen:
            tree.others.append((row, REPEATED, seen[whole].number))
        elif key in tree.known and (repeats or not is_last):
            add(tree, tree.known[key], row)
        else:
            made = Element(own, names[own - 1], above[-1] if above else None, rows=[row])
            tree.elements.append(made)
            tree.known[key] = made
            seen[whole] = row
        path = [*above, tree.known[key]]


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
