"""Finds columns of codes that name other rows, or that are no more than a part of other codes."""

import re
from collections.abc import Sequence

from metrograph.reading.any_table.columns import Profile
from metrograph.text import folded

_PARENT = re.compile(
    r"(?<![a-z])(?:parent|padre|pare|mere|superior|superieur|ubergeordnet|eltern|pai|genitore|"
    r"part of|belongs to|fait partie|relevant de)"
)
_PART = 0.95  # share of rows in which a code is the end of another


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


def part_of(column: Profile, others: Sequence[Profile]) -> Profile | None:
    """Return the column whose codes end in those of a column: `F1` beside `P1.F1`."""
    for other in others:
        if other is column or other.kind != "code" or other.distinct <= column.distinct:
            continue
        pairs = [
            (text, whole) for text, whole in zip(column.texts, other.texts, strict=True) if whole
        ]
        ends = sum(bool(text) and _ends(whole, text) for text, whole in pairs)
        if pairs and ends >= _PART * len(pairs):
            return other
    return None


def _ends(whole: str, text: str) -> bool:
    return (
        len(whole) > len(text) + 1 and whole.endswith(text) and not whole[-len(text) - 1].isalnum()
    )
