"""Builds a plan's elements from the body of a table and its mapping, with their rows.

Every row is of one element: one that it begins, or one that it adds to. What is said of rows that
begin none is returned beside the elements.
"""

import re
from collections import Counter
from collections.abc import Sequence

from metrograph.reading.any_table import numbering
from metrograph.reading.any_table.columns import Profile, filled_of
from metrograph.reading.any_table.mapping import Column, Mapping
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
_BEGUN = 0.9  # share of blocks that begin with a text of the level below
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
    number = next((column for column in mapping.of("number") if not column.depth), None)
    parents, codes = mapping.of("parent"), mapping.of("id")
    if mapping.hierarchy == "parents" and parents and codes:
        by_parents(tree, body, levels[0], codes[0], parents[0])
    elif mapping.hierarchy == "numbers":
        by_numbers(tree, body, levels, number, mapping.of("kind"))
    elif mapping.hierarchy != "columns":
        by_rank(tree, body, levels[0], mapping.hierarchy)
    else:
        _by_columns(tree, body, mapping)
    if mapping.hierarchy != "numbers":
        _number(tree, mapping)
    headings = [level.heading if level.heading != level.letter else "" for level in levels]
    if mapping.hierarchy == "columns" or (mapping.hierarchy == "numbers" and len(levels) > 1):
        depths = range(1, len(levels) + 1) if mapping.hierarchy == "columns" else None
        names = zip(depths or (level.depth for level in levels), headings, strict=True)
        tree.level_names |= {depth: name for depth, name in names if depths or name}
    elif mapping.hierarchy != "numbers" or _is_deepest_unnamed(tree):
        tree.level_names[tree.depth] = headings[0]
    return tree


def _is_deepest_unnamed(tree: Tree) -> bool:
    """Return whether words before numbers name levels above, and not that of the rows."""
    return any(tree.level_names.values()) and not tree.level_names.get(tree.depth)


def _number(tree: Tree, mapping: Mapping) -> None:
    """Give elements their printed numbers: from columns of numbers, or from before their names."""
    for column in mapping.of("number"):
        for element in tree.elements:
            for row in element.rows:
                at = element.at(column.depth)
                at.number = at.number or line_of(row.at(column.index))
    for depth in range(1, tree.depth + 1):
        named = [
            element
            for element in tree.elements
            if element.depth == depth and not element.is_stand_in
        ]
        read = [numbering.read(element.label) for element in named]
        if numbering.depths(read) and not any(element.number for element in named):
            for element, numbered in zip(named, read, strict=True):
                if numbered and numbered.rest:
                    element.number = numbered.number
                    element.label = element.label if numbered.word else numbered.rest


# ---------------------------------------------------------------- levels in columns


def _by_columns(tree: Tree, body: Sequence[Row], mapping: Mapping) -> None:
    """Grow a tree whose levels are columns; blanks left of a row's own level are filled down."""
    levels = mapping.levels
    # a row for each indicator or for each year of one element, or as a mapping says
    repeats = bool(mapping.of("indicator", "year")) or mapping.names == "once"
    fills = [mapping.blanks == "filled"] * len(levels) if mapping.blanks else _fills(body, levels)
    seen: dict[tuple[object, ...], Row] = {}
    path: list[Element] = []
    for row in body:
        names = [line_of(filled_of(row.at(level.index))) for level in levels]
        own = max((depth for depth, name in enumerate(names, 1) if name), default=0)
        if not own:
            add(tree, path[-1] if path else None, row)
            continue
        above = _above(tree, path, names[: own - 1], fills, row)
        is_last = own == len(levels)
        key = (above[-1] if above else None, folded(names[own - 1]), own)
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


def _fills(body: Sequence[Row], levels: Sequence[Column]) -> list[bool]:
    """Return for each level whether a blank cell stands for the one above it.

    It does where few texts come again, and every block of the level above begins with one: else
    the level is one that some branches do not have.
    """
    fills: list[bool] = []
    above: tuple[str, ...] = ()
    for level in levels:
        cells = tuple(filled_of(row.at(level.index)) for row in body)
        profile = Profile(level.index, level.heading, cells)
        deeper = [other.index for other in levels if other.depth >= level.depth]
        is_below = [any(filled_of(row.at(at)) is not None for at in deeper) for row in body]
        rows = zip(above, profile.texts, is_below, strict=False)
        own = [(now, text) for now, text, is_filled in rows if is_filled]
        runs = zip([("", ""), *own], own, strict=False)
        begins = [bool(text) for (before, _), (now, text) in runs if now and now != before]
        is_whole = sum(begins) >= _BEGUN * len(begins)
        fills.append(profile.is_sparse and is_whole)
        above = profile.downward if profile.is_filled_down or not above else above
    return fills


def _above(
    tree: Tree, path: list[Element], names: Sequence[str], fills: Sequence[bool], row: Row
) -> list[Element]:
    """Return the elements above that of a row; a blank level is filled from above, or skipped."""
    chain: list[Element] = []
    for depth, name in enumerate(names, 1):
        above = chain[-1] if chain else None
        before = next((element for element in path if element.depth == depth), None)
        if not name:
            if before and before.above is above and fills[depth - 1]:
                chain.append(before)
            continue
        key = (above, folded(name), depth)
        if key not in tree.known:
            tree.known[key] = Element(depth, name, above, named_by=row)
            tree.elements.append(tree.known[key])
        chain.append(tree.known[key])
    return chain


def element_keys(tree: Tree, mapping: Mapping) -> dict[Element, tuple[str, str]]:
    """Return the id of each element: its level, then its number, code, or place in the plan."""
    levels = level_keys(tree)
    ids = {column.index for column in mapping.of("id") if not column.depth}
    keys: dict[Element, tuple[str, str]] = {}
    taken: set[tuple[str, str]] = set()
    places = _paths(tree)
    for element in tree.elements:
        code = next((line_of(row.at(at)) for row in element.rows for at in ids), "")
        number = element.number if _NUMBER.fullmatch(element.number) else ""
        wanted = [number.lower(), as_key(code)[:80], places[element]]
        level = levels[element.depth]
        free = [(level, key) for key in wanted if key and (level, key) not in taken]
        keys[element] = free[0] if free else (level, f"{places[element]}-at-{len(taken) + 1}")
        taken.add(keys[element])
    return keys


def level_keys(tree: Tree) -> dict[int, str]:
    """Return the key of each level: its name's, but none that another kind of record has."""
    keys: dict[int, str] = {}
    for depth in range(1, tree.depth + 1):
        key = as_key(tree.level_names.get(depth, ""))[:40].strip("-") or f"level-{depth}"
        is_free = key not in _TAKEN and key not in keys.values()
        keys[depth] = key if is_free else f"{key}-{depth}"
    return keys


def _paths(tree: Tree) -> dict[Element, str]:
    """Return where each element stands: the places of those above it and its own (`2.1`)."""
    counts: Counter[Element | None] = Counter()
    paths: dict[Element, str] = {}
    for element in sorted(tree.elements, key=lambda element: element.depth):
        counts[element.above] += 1
        above = f"{paths[element.above]}." if element.above else ""
        paths[element] = f"{above}{counts[element.above]}"
    return paths


def positions(tree: Tree) -> dict[Element, int]:
    """Return the position of each element, where its printed number does not say another.

    A number and a position agree if the number is that above, a dot and the position (`1.2`).
    """
    places: dict[Element, int] = {}
    taken: dict[Element | None, set[int]] = {}
    last: Counter[Element | None] = Counter()
    for element in tree.elements:
        above = element.above.number if element.above else ""
        begins = f"{above}." if above else ""
        rest = element.number.removeprefix(begins) if element.number.startswith(begins) else ""
        is_counted = re.fullmatch(r"[1-9][0-9]{0,17}", rest) is not None
        hangs = not element.above or bool(above)
        mine = taken.setdefault(element.above, set())
        if element.number and hangs and (not is_counted or int(rest) in mine):
            continue
        place = int(rest) if element.number and hangs else last[element.above] + 1
        last[element.above] = max(last[element.above], place)
        places[element] = place
        mine.add(place)
    return places
