"""Orders columns that are levels: left is higher, unless the data or the headings contradict it."""

import re
from collections import Counter
from collections.abc import Sequence

from metrograph.reading.any_table import heading_words
from metrograph.reading.any_table.codes import is_code_of_level
from metrograph.reading.any_table.columns import Profile, determines
from metrograph.text import folded

_SUB = re.compile(r"(?<![a-z])(?:sous|sub|unter|sotto|sot)[ _-]?(?P<stem>[a-z]{3,4})")
_Level = tuple[Profile, str, tuple[str, ...]]  # a column, why it is a level, what stands in that


def ordered(levels: Sequence[_Level], title: Profile) -> list[_Level]:
    """Return the levels above the titles, the highest first.

    Columns left of the titles keep their order where nothing speaks against it; those right of
    them have no say, so that the ones with fewer texts are higher.
    """
    chain: list[_Level] = []
    for level in sorted(levels, key=lambda level: level[0].index):
        column = level[0]
        at = len(chain)
        if column.index > title.index:
            at = sum(other.distinct <= column.distinct for other, *_ in chain)
        while at and _is_above(column, chain[at - 1][0]):
            at -= 1
        chain.insert(at, level)
    return chain


def _is_above(column: Profile, other: Profile) -> bool:
    """Return whether a column is of a higher level than one to its left."""
    if _is_sub(column, other):
        return False
    return _is_sub(other, column) or (hangs(column, other) and not hangs(other, column))


def _is_sub(column: Profile, other: Profile) -> bool:
    """Return whether a heading is that of another with "sub" before it: "Sous-axe" under "Axe"."""
    match = _SUB.search(folded(column.heading))
    if match is None or _SUB.search(folded(other.heading)):
        return False
    return match["stem"] in folded(other.heading)


def hangs(coarse: Profile, fine: Profile) -> bool:
    """Return whether each fine text comes with one coarse one, and there are fewer of those."""
    return 1 < coarse.distinct < fine.distinct <= 0.5 * len(fine.cells) and determines(
        fine.downward, coarse.downward
    )


def is_one_to_one(column: Profile, other: Profile) -> bool:
    """Return whether each text of a column comes with one text of another, and that with it."""
    pairs = {pair for pair in zip(column.texts, other.texts, strict=True) if all(pair)}
    return bool(pairs) and len(pairs) == column.distinct == other.distinct


def pairs_of(column: Profile, title: Profile) -> int:
    """Return how many different titles there are where the same one under two texts is two."""
    pairs = zip(column.downward, title.downward, strict=True)
    return len(set(pairs))


def deeper(title: Profile, candidates: Sequence[Profile]) -> Profile:
    """Return the column below a title's: parts of some of its elements, by heading and by cells.

    Such a column stands to the right and is filled in some rows only, where titles come again.
    """
    for column in candidates:
        is_partial = 0 < len(column.filled) < len(column.cells)
        if column.index > title.index and is_partial and _is_sub(column, title):
            return deeper(column, candidates)
    return title


def staggered(title: Profile, open_: Sequence[Profile]) -> list[Profile]:
    """Return the columns that have the names of rows between them, each row's in one of them."""
    parts, full = [title], {at for at, text in enumerate(title.texts) if text}
    for column in open_:
        own = {at for at, text in enumerate(column.texts) if text}
        if column.kind in ("text", "code") and own and not own & full:
            parts.append(column)
            full |= own
    return parts


def usual_depth(column: Profile, depths: Sequence[int]) -> int:
    """Return how deep most rows with a text of a column stand."""
    counted = Counter(
        depth for text, depth in zip(column.texts, depths, strict=True) if text and depth
    )
    return counted.most_common(1)[0][0] if counted else 1


def is_indented(indents: Sequence[int]) -> bool:
    """Return whether names are indented on purpose: by more than a stray blank, or again and again.

    >>> is_indented([0, 1, 0, 0]), is_indented([0, 2, 2, 0, 2]), is_indented([0, 1, 1, 0, 1])
    (False, True, True)
    """
    deep = [indent for indent in indents if indent > min(indents)]
    is_clear = min(deep, default=0) - min(indents, default=0) > 1 or len(deep) > 0.4 * len(indents)
    return len(deep) > 1 and is_clear and indents[0] == min(indents)


def without_lists(levels: Sequence[_Level], title: Profile) -> list[_Level]:
    """Return levels without what stands right of the titles by chance, beside others on their left.

    Where columns on the left are called levels, one on the right is a level if it is called so too.
    """
    named = [of for of in levels if "level" in heading_words.roles_of(of[0].heading)]
    is_left_named = any(column.index < title.index for column, *_ in named)
    return [of for of in levels if of[0].index < title.index or of in named or not is_left_named]


def without_numbers(levels: Sequence[_Level], title: Profile) -> list[_Level]:
    """Return levels without columns of ids that belong to another one: they are its numbers."""
    others = [column for column, *_ in levels if not is_code_of_level(column)]
    return [
        of
        for of in levels
        if not is_code_of_level(of[0])
        or not any(is_one_to_one(of[0], other) for other in (*others, title))
    ]
