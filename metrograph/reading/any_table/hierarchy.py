"""Builds a plan's elements from the body of a table and its mapping, with their rows.

Every row is of one element: one that it begins, or one that it adds to. What is said of rows that
begin none is returned beside the elements.
"""

import re
from collections import Counter
from collections.abc import Sequence

from metrograph.reading.any_table import numbering
from metrograph.reading.any_table.columns import Profile
from metrograph.reading.any_table.mapping import Mapping
from metrograph.reading.any_table.nesting import (
    REPEATED,
    Element,
    Tree,
    add,
    by_numbers,
    by_parents,
    by_rank,
)
from metrograph.reading.numbers import line_of
from metrograph.reading.sheets import Row
from metrograph.text import as_key, folded

_NUMBER = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_TAKEN = frozenset(  # kinds of records that are no elements
    ("indicator", "level", "observation", "place", "plan", "scheme", "source", "stakeholder")
) | {"status", "unit"}


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
    """Return whether words before numbers name levels above, and not that of the rows."""
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
    """Return the elements above that of a row, with placeholders where a name is missing."""
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


def element_keys(tree: Tree, mapping: Mapping) -> dict[Element, tuple[str, str]]:
    """Return the id of each element: its level, then its number, code, or place in the plan."""
    levels = level_keys(tree)
    ids = {one.index for one in mapping.of("id") if not one.depth}
    found: dict[Element, tuple[str, str]] = {}
    taken: set[tuple[str, str]] = set()
    places = _paths(tree)
    for one in tree.elements:
        code = next((line_of(row.at(at)) for row in one.rows for at in ids), "")
        number = one.number if _NUMBER.fullmatch(one.number) else ""
        wanted = [number.lower(), as_key(code)[:80], places[one]]
        level = levels[one.depth]
        free = [(level, key) for key in wanted if key and (level, key) not in taken]
        found[one] = free[0] if free else (level, f"{places[one]}-at-{len(taken) + 1}")
        taken.add(found[one])
    return found


def level_keys(tree: Tree) -> dict[int, str]:
    """Return the key of each level: its name's, but none that another kind of record has."""
    found: dict[int, str] = {}
    for depth in range(1, tree.depth + 1):
        key = as_key(tree.level_names.get(depth, ""))[:40].strip("-") or f"level-{depth}"
        is_free = key not in _TAKEN and key not in found.values()
        found[depth] = key if is_free else f"{key}-{depth}"
    return found


def _paths(tree: Tree) -> dict[Element, str]:
    """Return where each element stands: the places of those above it and its own (`2.1`)."""
    counts: Counter[Element | None] = Counter()
    found: dict[Element, str] = {}
    for one in sorted(tree.elements, key=lambda one: one.depth):
        counts[one.above] += 1
        above = f"{found[one.above]}." if one.above else ""
        found[one] = f"{above}{counts[one.above]}"
    return found


def positions(tree: Tree) -> dict[Element, int]:
    """Return the position of each element, where its printed number does not say another.

    A number and a position agree if the number is that above, a dot and the position (`1.2`).
    """
    found: dict[Element, int] = {}
    taken: dict[Element | None, set[int]] = {}
    last: Counter[Element | None] = Counter()
    for one in tree.elements:
        above = one.above.number if one.above else ""
        begins = f"{above}." if above else ""
        rest = one.number.removeprefix(begins) if one.number.startswith(begins) else ""
        is_counted = re.fullmatch(r"[1-9][0-9]{0,17}", rest) is not None
        hangs = not one.above or bool(above)
        mine = taken.setdefault(one.above, set())
        if one.number and hangs and (not is_counted or int(rest) in mine):
            continue
        place = int(rest) if one.number and hangs else last[one.above] + 1
        last[one.above] = max(last[one.above], place)
        found[one] = place
        mine.add(place)
    return found
