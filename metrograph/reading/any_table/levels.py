"""Finds the levels of a plan among columns of text: by heading, blanks, blocks, dependence.

A level is a column whose texts come again and again in rows of finer ones. The finest is what a row
is about. Where one column has all levels, numbers, indentation or lone rows tell how deep each is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from metrograph.reading.any_table import heading_words, numbering
from metrograph.reading.any_table.codes import is_code_of_level, names_others
from metrograph.reading.any_table.columns import Profile
from metrograph.reading.any_table.level_order import (
    deeper,
    hangs,
    is_indented,
    ordered,
    pairs_of,
    staggered,
    usual_depth,
    without_lists,
    without_numbers,
)
from metrograph.reading.any_table.numbering import section_of
from metrograph.reading.numbers import indent_of

_NAME = 300  # letters; what is longer on average is no name
_SECTIONS = 0.67  # share of rows that may be names of sections
_ROWS = 5  # from which on repetition tells something
_AGAIN = 0.7  # share of different names below which rows are not elements of their own
_NEAR = 24  # columns beside one that it is compared with
_MOST = 20  # levels; no plan has as many
_Role = tuple[str, str, int, tuple[str, ...]]  # role, why, depth, what stands in the reason
_Level = tuple[Profile, str, tuple[str, ...]]  # a column, why it is a level, what stands in that


@dataclass(frozen=True)
class Shape:
    """How a table says its levels, and the roles of the columns that take part."""

    hierarchy: str
    roles: dict[int, _Role]


def leveled(open_: Sequence[Profile], columns: Sequence[Profile], known: dict[int, str]) -> Shape:
    """Return the levels among columns of texts, beside those whose roles are known."""
    title = _title(open_, columns, known)
    if title is None:
        return Shape("columns", {})
    if shape := _by_parents(title, columns, known):
        return shape
    number = next((column for column in columns if known.get(column.index) == "number"), None)
    if number and not _is_of_rows(title, number) and (shape := _by_numbers(title, number, open_)):
        return shape
    if any(known.get(column.index) in ("id", "number") for column in columns[: title.index]) and (
        shape := _by_sections(title, columns)
    ):
        return shape
    levels = _levels(open_, title)
    if len(levels) == 1 and (shape := _within(title, columns)):
        return shape
    roles = {
        column.index: ("level", why, depth, says)
        for depth, (column, why, says) in enumerate(levels, 1)
    }
    return Shape(
        "columns", roles | _beside(open_, columns, [column for column, _, _ in levels], known)
    )


# ---------------------------------------------------------------- what a row is about


def _title(
    open_: Sequence[Profile], columns: Sequence[Profile], known: dict[int, str]
) -> Profile | None:
    """Return the column whose texts name what a row is about, if only a description or an id."""
    indicator = next((column for column in columns if known.get(column.index) == "indicator"), None)
    candidates = [
        column
        for column in open_
        if column.kind in ("text", "code")
        and column.length < _NAME
        and (not indicator or column.index < indicator.index or _is_called(column))
    ]
    if not candidates:
        spare = (
            *("indicator", "description", "id", "note", "number"),
            *("location", "owner", "status"),
        )
        candidates = [
            column
            for role in spare
            for column in columns
            if known.get(column.index) == role
            and column.filled
            and (role != "note" or column.kind in ("text", "code"))
        ][:1]
    candidates = candidates or [column for column in columns if column.filled][:1]
    called = [column for column in candidates if _is_called(column)]
    best = max(candidates, key=lambda column: _titleness(column, columns, called), default=None)
    return deeper(best, candidates) if best else None


def _is_called(column: Profile) -> bool:
    return bool({"title", "level"} & set(heading_words.roles_of(column.heading)))


def _titleness(column: Profile, columns: Sequence[Profile], called: Sequence[Profile]) -> float:
    """Return how much a column is like the names of rows; the same under two others is two."""
    hints = heading_words.roles_of(column.heading)
    above = [other for other in called if other.index < column.index] if column in called else []
    paths = zip(*(other.downward for other in above), column.texts, strict=True)
    different = len({path for path in paths if path[-1]})
    return (
        different / max(len(column.cells), 1)
        + 0.3 * ("title" in hints)
        - 0.3 * (column.length > 150 or column.has_markup)
        - 0.3 * (column.kind == "code")
        + (0.02 if above and "level" in hints else -0.02) * column.index / len(columns)
    )


# ---------------------------------------------------------------- levels in columns


def _levels(open_: Sequence[Profile], title: Profile) -> list[_Level]:
    """Return the columns that are levels with why they are, the coarsest first."""
    others = [column for column in open_ if column is not title and _may_be_level(column, title)]
    candidates = [
        (column, *why)
        for at, column in enumerate(others)
        if (why := _why(column, title, _near(others, at))) is not None
    ]
    chained = {
        column.index for column, why, _ in candidates if why in ("why_determined", "why_determines")
    }
    kept = [
        candidate
        for candidate in candidates
        if candidate[0].index in chained
        or "level" in heading_words.roles_of(candidate[0].heading)
        or not chained
        or candidate[1] in ("why_filled_down", "why_heading")
    ]
    kept = ordered(without_numbers(without_lists(kept, title)[:_MOST], title), title)
    rows = str(len(title.cells))
    return [*kept, (title, "why_title", (str(title.distinct), rows))]


def _near(columns: Sequence[Profile], at: int) -> Sequence[Profile]:
    """Return the columns that are nearest to a place, so that all are compared in linear time."""
    first = max(min(at - _NEAR // 2, len(columns) - _NEAR - 1), 0)
    return columns[first : first + _NEAR + 1]


def _may_be_level(column: Profile, title: Profile) -> bool:
    """Return whether a column can be a level: names, and fewer than titles."""
    hints = heading_words.roles_of(column.heading)
    return (
        (column.kind in ("text", "code") or is_code_of_level(column))
        and column.length < _NAME
        and not column.has_grades
        and not column.has_markup
        and (
            column.distinct < pairs_of(column, title)
            or (
                column.distinct == title.distinct
                and "level" in hints
                and column.index < title.index
            )
        )
    )


def _why(
    column: Profile, title: Profile, others: Sequence[Profile]
) -> tuple[str, tuple[str, ...]] | None:
    """Return why a column is a level, or nothing."""
    hints = heading_words.roles_of(column.heading)
    is_left, is_few = column.index < title.index, column.distinct <= 0.5 * len(column.cells)
    is_level, is_group, is_titled = "level" in hints, "group" in hints, hints[:1] == ("title",)
    may_hang = is_few and (is_level or len(column.filled) == len(column.cells))
    over = next((other for other in others if may_hang and hangs(column, other)), None)
    under = next((other for other in others if may_hang and hangs(other, column)), None)
    is_block = column.distinct > 1 and len(column.cells) >= _ROWS and column.is_in_blocks
    cases = (
        (column.is_filled_down and is_left, "why_filled_down", None),
        (over, "why_determined", over),
        (under, "why_determines", under),
        (is_level and (is_left or is_few), "why_heading", None),
        (is_group and is_left and is_few, "why_heading", None),
        (is_titled and is_left, "why_heading", None),
        (is_left and is_few and is_block, "why_blocks", None),
    )
    return next(
        ((why, (other.heading,) if other else ()) for holds, why, other in cases if holds), None
    )


def _beside(
    open_: Sequence[Profile],
    columns: Sequence[Profile],
    levels: Sequence[Profile],
    known: dict[int, str],
) -> dict[int, _Role]:
    """Return the columns that number or describe a level above the last: one for each of its."""
    roles: dict[int, _Role] = {}
    named = {level.index for level in levels}
    codes = {column.index for column in open_ if column.kind in ("code", "number", "year")} - named
    for column in columns:
        is_code = column.index in codes
        is_description = known.get(column.index) == "description"
        for depth, level in enumerate(levels[:-1] if is_code or is_description else (), 1):
            pairs = set(zip(column.downward, level.downward, strict=True))
            if len(pairs) == level.distinct and (
                (is_code and column.distinct == level.distinct)
                or (is_description and level.distinct < 0.7 * len(level.cells))
            ):
                role = "number" if is_code else "description"
                roles[column.index] = (role, "why_one_to_one", depth, (level.heading,))
                break
    return roles


# ---------------------------------------------------------------- levels within one column


def _by_parents(title: Profile, columns: Sequence[Profile], known: dict[int, str]) -> Shape | None:
    """Return the shape of a table in which a column has the code of the row that one is part of."""
    codes = next((column for column in columns if known.get(column.index) == "id"), None)
    for column in columns if codes and codes is not title else ():
        may_be = known.get(column.index, "note") in ("note", "id")
        is_other = column is not codes and column is not title and may_be
        if is_other and column.sample and codes and names_others(column, codes):
            roles: dict[int, _Role] = {
                title.index: ("level", "why_titles_parents", 1, ()),
                column.index: ("parent", "why_parent", 0, (codes.heading,)),
            }
            return Shape("parents", roles)
    return None


def _by_numbers(title: Profile, number: Profile, open_: Sequence[Profile]) -> Shape | None:
    """Return the shape of a table whose numbers say the depth of a row."""
    depths = numbering.depths(number.numbered) or [1]
    pairs = zip(title.cells, number.numbered, strict=True)
    parts = staggered(title, open_)
    full = [any(part.cells[at] is not None for part in parts) for at in range(len(title.cells))]
    named = sum(
        is_full or bool(of and of.rest) for is_full, (_, of) in zip(full, pairs, strict=True)
    )
    if max(depths) == 1 or named < 0.7 * len(title.cells):
        return None
    roles: dict[int, _Role] = {
        part.index: ("level", "why_titles_numbered", depth if len(parts) > 1 else 1, ())
        for part in parts
        if (depth := usual_depth(part, depths))
    }
    for column in open_:
        if column not in parts and _names_depth(column, depths):
            roles[column.index] = ("kind", "why_kind", 0, ())
    return Shape("numbers", roles)


def _is_of_rows(title: Profile, number: Profile) -> bool:
    """Return whether words without numbers say what rows are, whose names come again and again."""
    has_numbers = any(of and of.number for of in number.numbered)
    return not has_numbers and title.distinct < _AGAIN * len(title.cells)


def _names_depth(column: Profile, depths: Sequence[int]) -> bool:
    """Return whether a column has one word for each depth, such as Goal and Target."""
    pairs = {(text, depth) for text, depth in zip(column.texts, depths, strict=True) if text}
    return (
        len(column.filled) == len(column.cells)
        and column.length < 40
        and 1 < len(pairs) == column.distinct == len(set(depths))
    )


def _within(title: Profile, columns: Sequence[Profile]) -> Shape | None:
    """Return the shape of a table whose only names are numbered, indented, or at times alone."""
    depths = numbering.depths(title.numbered)
    if depths and max(depths) > 1:
        return Shape("numbers", {title.index: ("level", "why_titles_numbered", 1, ())})
    if is_indented([indent_of(cell) for cell in title.cells]):
        return Shape("indentation", {title.index: ("level", "why_titles_indented", 1, ())})
    return _by_sections(title, columns)


def _by_sections(title: Profile, columns: Sequence[Profile]) -> Shape | None:
    """Return the shape of a table in which lone names stand over others, from the first one on."""
    rows = list(zip(*(column.cells for column in columns), strict=True))
    lone = [section_of(row, title.index) is not None for row in rows]
    if not (lone and lone[0] and not lone[-1] and sum(lone) <= _SECTIONS * len(lone)):
        return None
    return Shape("sections", {title.index: ("level", "why_titles_sectioned", 1, ())})
