"""Finds columns of codes that name other rows, or that are no more than a part of other codes."""

import re
from collections.abc import Sequence

from metrograph.reading.any_table import heading_words
from metrograph.reading.any_table.columns import Profile
from metrograph.text import folded

_PARENT = re.compile(
    r"(?<![a-z])(?:parent|padre|pare|mere|superior|superieur|ubergeordnet|eltern|pai|genitore|"
    r"part of|belongs to|fait partie|relevant de)"
)
_JOINT = re.compile(r"[\W_][^\W_]")  # between the parts of a code
_PART = 0.95  # share of rows in which a code is the end of another


def is_code_of_level(column: Profile) -> bool:
    """Tell whether a column has the ids of a level's elements, again and again: `axis_id`."""
    hints = heading_words.roles_of(column.heading)
    is_again = 1 < column.distinct < len(column.filled)
    return {"level", "id"} <= set(hints) and column.kind in ("number", "code") and is_again


def names_others(column: Profile, codes: Profile) -> bool:
    """Tell whether a column has codes of other rows, for some rows none.

    A heading that says so is believed where some of the codes are there. Without one, all must be,
    and none may lead back to its own row.
    """
    is_some = bool(set(column.counts) & set(codes.counts))
    if is_parent(column.heading):
        return is_some
    return (
        len(column.filled) < len(column.cells)
        and set(column.counts) <= set(codes.counts)
        and not _leads_back(column, codes)
    )


def is_parent(heading: str) -> bool:
    """Tell whether a heading is of codes of the rows above.

    >>> is_parent("parent_id"), is_parent("Id. padre"), is_parent("Apparent cost")
    (True, True, False)
    """
    return bool(_PARENT.search(folded(heading).replace("_", " ")))


def _leads_back(column: Profile, codes: Profile) -> bool:
    """Return whether codes go round in a circle somewhere."""
    over = dict(zip(codes.texts, column.texts, strict=True))
    safe: set[str] = {""}
    for first in over:
        code, path = first, set[str]()
        while code not in safe:
            if code in path:
                return True
            path.add(code)
            code = over.get(code, "")
        safe |= path
    return False


def composed(columns: Sequence[Profile]) -> list[Profile]:
    """Return the columns of codes of several parts, such as `P1.F1`: only these have ends."""
    return [
        column
        for column in columns
        if column.kind == "code"
        and sum(bool(_JOINT.search(text)) for text in column.texts) >= _PART * len(column.filled)
    ]


def part_of(column: Profile, wholes: Sequence[Profile]) -> Profile | None:
    """Return which of the columns of composed codes end in those of a column: `F1` in `P1.F1`."""
    for whole in wholes:
        if whole is not column and whole.distinct > column.distinct and _are_ends(column, whole):
            return whole
    return None


def _are_ends(column: Profile, wholes: Profile) -> bool:
    """Return whether the codes of a column end those of another; few misses are enough to know."""
    misses = (1 - _PART) * len(wholes.filled)
    for text, whole in zip(column.texts, wholes.texts, strict=True):
        if whole and not (text and _ends(whole, text)):
            misses -= 1
            if misses < 0:
                return False
    return bool(wholes.filled)


def _ends(whole: str, text: str) -> bool:
    return (
        len(whole) > len(text) + 1 and whole.endswith(text) and not whole[-len(text) - 1].isalnum()
    )
