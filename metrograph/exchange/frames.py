"""A sheet in, where its table lies out: title, header, body, and what is no row of the body."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from metrograph.exchange import headings, outlines
from metrograph.exchange.cells import days_of, figure_of, line_of
from metrograph.exchange.sheets import Row, Sheet, Value, letters
from metrograph.folding import folded

_FAR = 40  # rows within which a header stands
_SEEN = 1_000  # rows by which it is told
_LONG = 90  # letters; headings are shorter


@dataclass(frozen=True)
class Frame:
    """The parts of a sheet: rows above the header, the header's own, the body, and other rows.

    `headings` has one for each column, made from its letter where there is none.
    """

    above: tuple[Row, ...]
    header: tuple[Row, ...]
    headings: tuple[str, ...]
    body: tuple[Row, ...]
    repeated: tuple[Row, ...] = ()
    totals: tuple[Row, ...] = ()
    below: tuple[Row, ...] = ()


def framed(sheet: Sheet, header: int | None = None) -> Frame:
    """Return where the table lies in a sheet; `header` is its row, if that is known (0: none)."""
    rows = sheet.rows
    at = _header(rows[:_SEEN]) if header is None else _index(rows, header)
    if at is None:
        above = _untold(rows)
        return _frame(sheet, rows[:above], (), rows[above:])
    first, last = _with_neighbours(rows, at)
    return _frame(sheet, rows[:first], rows[first : last + 1], rows[last + 1 :])


def _index(rows: Sequence[Row], number: int) -> int | None:
    return next((at for at, row in enumerate(rows) if number and row.number == number), None)


def _untold(rows: Sequence[Row]) -> int:
    """Return how many rows of one text each stand before those of a table without a header."""
    lone = [len(_filled(row)) == 1 for row in rows]
    if not all(lone):
        first = lone.index(False)
        return 0 if any(lone[first:]) else first
    read = [outlines.read(line_of(row.cells[-1])) for row in rows]
    at = next((at for at, one in enumerate(read) if one), 0)
    return at if outlines.depths(read[at:]) else 0


def _frame(
    sheet: Sheet, above: tuple[Row, ...], header: tuple[Row, ...], rest: tuple[Row, ...]
) -> Frame:
    names = _names(header, sheet.width)
    again = {row.number for row in rest if any(_is_same(row, one) for one in header)}
    repeated = tuple(row for row in rest if row.number in again)
    others = [row for row in rest if row.number not in again]
    below = _below(others)
    body = others[: len(others) - len(below)]
    sums = {row.number for row in body if _is_total(row)}
    totals = tuple(row for row in body if row.number in sums)
    kept = tuple(row for row in body if row.number not in sums)
    return Frame(above, header, names, kept, repeated, totals, below)


# ---------------------------------------------------------------- the header


def _header(rows: Sequence[Row]) -> int | None:
    """Return which row is most like a header, or nothing."""
    if len(rows) < 2:
        return None
    wide = _usual_width(rows)
    scores = {
        at: _likeness(rows, at, wide) - 0.02 * at
        for at, row in enumerate(rows[:_FAR])
        if at + 1 < len(rows) and _may_be(row, wide)
    }
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] > 0 else None


def _usual_width(rows: Sequence[Row]) -> int:
    """Return how many columns have something in more than one row, or in the only one."""
    filled = [0] * max(len(row.cells) for row in rows)
    for row in rows:
        for column in _filled(row):
            filled[column] += 1
    return sum(count > 1 for count in filled) or 1


def _may_be(row: Row, wide: int) -> bool:
    """Tell whether a row could be a header: enough short texts or years, all of them unlike."""
    cells = [row.cells[column] for column in _filled(row)]
    texts = [folded(line_of(cell)) for cell in cells]
    is_named = wide == 1 and bool(headings.years_of(texts[0]) or outlines.read(texts[0]))
    return (
        len(cells) >= (0.6 * wide if wide > 2 else wide)
        and not is_named
        and all(_is_heading(cell) for cell in cells)
        and len(set(texts)) > 0.6 * len(texts)
    )


def _is_heading(cell: Value) -> bool:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return 1900 < cell < 2200
    text = line_of(cell)
    is_year = text.isdigit() and len(text) == 4
    return (
        isinstance(cell, str)
        and len(text) <= _LONG
        and "://" not in text
        and (is_year or (figure_of(text) is None and days_of(text) is None) or len(text) < 2)
    )


def _likeness(rows: Sequence[Row], at: int, wide: int) -> float:
    """Return how much a row is like a header, by its words and by how others below differ from it.

    Words that come again below, in other company, are those of a body.
    """
    row, below = rows[at], [one for one in rows[at + 1 :] if not _is_same(one, rows[at])]
    columns = _filled(row)
    known = sum(bool(headings.roles_of(line_of(row.cells[one]))) for one in columns)
    again = sum(_comes_again(row, below, one) for one in columns)
    unlike = sum(_is_unlike(row, below, one) for one in columns)
    count = len(columns)
    return (
        min(len(columns) / wide, 1)
        + known / count
        + unlike / count
        - 3 * again / count
        - 0.5 * (not known and not unlike and _is_body_like(row, below))
    )


def _comes_again(row: Row, below: Sequence[Row], column: int) -> bool:
    text = folded(line_of(row.cells[column]))
    return any(folded(line_of(one.at(column))) == text for one in below)


def _is_unlike(row: Row, below: Sequence[Row], column: int) -> bool:
    """Tell whether a column has mostly figures, days or long texts, where the row has a word."""
    cells = [cell for one in below[:200] if (cell := one.at(column)) is not None]
    if not cells or isinstance(row.cells[column], int):
        return False
    other = sum(
        not isinstance(cell, str)
        or len(cell) > _LONG
        or figure_of(cell) is not None
        or days_of(cell) is not None
        or "://" in cell
        for cell in cells
    )
    return other > 0.6 * len(cells)


def _is_body_like(row: Row, below: Sequence[Row]) -> bool:
    """Tell whether the texts of a row are as long as those below it; headings are shorter."""
    own = [len(line_of(row.cells[column])) for column in _filled(row)]
    others = [
        len(line_of(cell)) for one in below[:200] for cell in one.cells if isinstance(cell, str)
    ]
    return bool(others) and sum(own) / len(own) > 0.9 * sum(others) / len(others)


def _with_neighbours(rows: Sequence[Row], at: int) -> tuple[int, int]:
    """Return the first and the last row of a header: groups above it, or years below it."""
    if at and _is_grouping(rows[at - 1], rows[at]):
        return at - 1, at
    if at + 2 < len(rows) and _is_below_groups(rows[at], rows[at + 1]):
        return at, at + 1
    return at, at


def _is_grouping(upper: Row, lower: Row) -> bool:
    """Tell whether a row has headings over those of the next: few, and not only at the left."""
    columns = _filled(upper)
    return (
        all(_is_heading(upper.cells[column]) for column in columns)
        and len(columns) < len(_filled(lower))
        and columns[-1] > 0
        and (len(columns) > 1 or _is_year(lower.at(columns[0])))
    )


def _is_below_groups(upper: Row, lower: Row) -> bool:
    """Tell whether a row has only years, or short words, under headings that span columns."""
    columns = _filled(lower)
    return (
        len(columns) > 1
        and all(_is_heading(lower.cells[column]) for column in columns)
        and any(upper.at(column) is None for column in columns)
        and all(_is_year(lower.cells[column]) for column in columns)
    )


def _is_year(cell: Value) -> bool:
    return headings.year_of(line_of(cell)) is not None


def _names(header: Sequence[Row], width: int) -> tuple[str, ...]:
    """Return the heading of each column; one over several columns goes before each of theirs."""
    if not header:
        return tuple(letters(column) for column in range(width))
    names = [line_of(header[-1].at(column)) for column in range(width)]
    if len(header) > 1:
        spans = [line_of(header[0].at(column)) for column in range(width)]
        above = ""
        for column in range(width):
            above = spans[column] or (above if names[column] and _is_year(names[column]) else "")
            names[column] = f"{above} {names[column]}".strip()
    return tuple(name or letters(column) for column, name in enumerate(names))


# ---------------------------------------------------------------- rows that are none of the body


def _below(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the notes at the end: lone texts, marked as notes or after a gap."""
    if sum(len(_filled(row)) > 1 for row in rows) < 0.5 * len(rows):
        return ()
    lone = list(takewhile(lambda row: len(_filled(row)) == 1, reversed(rows)))[::-1]
    for at, row in enumerate(lone):
        before = rows[len(rows) - len(lone) + at - 1]
        has_gap = row.number > before.number + 1 + line_of(before.cells[-1]).count("\n")
        text = line_of(row.cells[-1])
        if headings.is_note(text) or (has_gap and len(text) > 30):
            return tuple(lone[at:])
    return ()


def _is_total(row: Row) -> bool:
    """Tell whether a row is one of sums: a word for that first, and then only figures."""
    cells = [row.cells[column] for column in _filled(row)]
    return headings.is_total(line_of(cells[0])) and all(
        figure_of(cell) is not None for cell in cells[1:]
    )


def _filled(row: Row) -> list[int]:
    return [column for column, cell in enumerate(row.cells) if cell is not None]


def _is_same(one: Row, other: Row) -> bool:
    """Tell whether two rows say the same, in whatever case."""
    return len(one.cells) == len(other.cells) and all(
        folded(line_of(cell)) == folded(line_of(beside))
        for cell, beside in zip(one.cells, other.cells, strict=True)
    )
