"""The elements of a plan in; their ids, and their positions among those beside them, out."""

import re
from collections import Counter

from metrograph.reading.any_table.elements import Element, Tree
from metrograph.reading.any_table.mapping import Mapping
from metrograph.reading.numbers import line_of
from metrograph.text import as_key

_NUMBER = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_TAKEN = frozenset(  # kinds of records that are no elements
    ("indicator", "level", "observation", "place", "plan", "scheme", "source", "stakeholder")
) | {"status", "unit"}


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
