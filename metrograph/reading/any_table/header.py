"""Finds the header rows of a sheet, by their words and by the rows below."""

from collections import Counter
from collections.abc import Sequence

from metrograph.reading.any_table import heading_words, numbering
from metrograph.reading.dates import days_of
from metrograph.reading.numbers import figure_of, line_of
from metrograph.reading.sheets import Row, Value
from metrograph.text import folded

_FAR = 40  # rows within which a header stands
_LONG = 90  # letters; headings are shorter
_MANY = 6  # headings, whose words outweigh one that is numbered as the cells below it
_ODD = 0.15  # share of cells that may be odd among headings


def header_row(rows: Sequence[Row]) -> int | None:
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
    counts = Counter(column for row in rows for column in filled(row))
    return sum(count > 1 for count in counts.values()) or 1


def _may_be(row: Row, wide: int) -> bool:
    """Return whether a row could be a header: enough short texts or years, all of them unlike."""
    cells = [row.cells[column] for column in filled(row)]
    texts = [folded(line_of(cell)) for cell in cells]
    is_named = wide == 1 and bool(heading_words.years_of(texts[0]) or numbering.read(texts[0]))
    return (
        len(cells) >= (0.6 * wide if wide > 2 else wide)
        and not is_named
        and sum(not _is_heading(cell) for cell in cells) <= _ODD * len(cells)
        and len(set(texts)) > 0.6 * len(texts)
    )


def _is_heading(cell: Value) -> bool:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return 1900 < cell < 2200
    text = line_of(cell)
    is_year = heading_words.year_of(text) is not None
    return (
        isinstance(cell, str)
        and len(text) <= _LONG
        and "://" not in text
        and (not _is_value(text) or is_year or len(text) < 2)
    )


def _is_value(text: str) -> bool:
    """Return whether a text is a figure, perhaps of a currency, or a day: no heading is."""
    figure, day = figure_of(text), days_of(text)
    return bool(figure and not figure.unit.isalpha()) or bool(day and len(day[0]) == 10)


def _likeness(rows: Sequence[Row], at: int, wide: int) -> float:
    """Return how much a row is like a header, by its words and by how others below differ from it.

    Words that come again below, in other company, are those of a body.
    """
    row, below = rows[at], [other for other in rows[at + 1 :] if not is_same(other, rows[at])]
    columns = filled(row)
    numbered = sum(_is_numbered(row, below, column) for column in columns)
    known = sum(bool(heading_words.roles_of(line_of(row.cells[column]))) for column in columns)
    again = sum(_comes_again(row, below, column) for column in columns)
    unlike = sum(_is_unlike(row, below, column) for column in columns)
    count = len(columns)
    if numbered and (known <= 0.6 * count or count < _MANY):
        return -1
    return (
        min(len(columns) / wide, 1)
        + known / count
        + unlike / count
        - 3 * again / count
        - 0.5 * (not known and not unlike and _is_body_like(row, below))
    )


def _comes_again(row: Row, below: Sequence[Row], column: int) -> bool:
    text = folded(line_of(row.cells[column]))
    return any(folded(line_of(other.at(column))) == text for other in below)


def _is_numbered(row: Row, below: Sequence[Row], column: int) -> bool:
    """Return whether a cell is numbered as cells below it are: "Goal 1" over "Goal 2"."""
    own = numbering.read(line_of(row.cells[column]))
    cells = [line_of(cell) for other in below[:200] if (cell := other.at(column)) is not None]
    if own is None:
        return False
    read = [number for number in map(numbering.read, cells) if number]
    return len(read) > 0.6 * len(cells) and any(
        folded(number.word) == folded(own.word)
        and number.number[:1].isdigit() == own.number[:1].isdigit()
        for number in read
    )


def _is_unlike(row: Row, below: Sequence[Row], column: int) -> bool:
    """Return whether a column has mostly figures, days or long texts, where the row has a word."""
    cells = [cell for other in below[:200] if (cell := other.at(column)) is not None]
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
    """Return whether the texts of a row are as long as those below it; headings are shorter."""
    own = [len(line_of(row.cells[column])) for column in filled(row)]
    others = [
        len(line_of(cell)) for other in below[:200] for cell in other.cells if isinstance(cell, str)
    ]
    return bool(others) and sum(own) / len(own) > 0.9 * sum(others) / len(others)


def with_neighbours(rows: Sequence[Row], at: int) -> tuple[int, int]:
    """Return the first and the last row of a header: groups above it, or years below it."""
    if at and (_is_grouping(rows[at - 1], rows[at]) or _is_below_groups(rows[at - 1], rows[at])):
        return at - 1, at
    if at + 2 < len(rows) and _is_below_groups(rows[at], rows[at + 1]):
        return at, at + 1
    return at, at


def _is_grouping(upper: Row, lower: Row) -> bool:
    """Return whether a row has headings over those of the next: few, and not only at the left."""
    columns = filled(upper)
    return (
        all(_is_heading(upper.cells[column]) for column in columns)
        and len(columns) < len(filled(lower))
        and columns[-1] > 0
        and (len(columns) > 1 or is_year(lower.at(columns[0])))
    )


def _is_below_groups(upper: Row, lower: Row) -> bool:
    """Tell whether a row has only years, or words of headings, under headings that span columns."""
    columns = filled(lower)
    return (
        len(columns) > 1
        and all(_is_heading(lower.cells[column]) for column in columns)
        and any(upper.at(column) is None for column in columns)
        and (
            all(is_year(lower.cells[column]) for column in columns)
            or (len(columns) < len(filled(upper)) and _is_parting(upper, lower))
        )
    )


def _is_parting(upper: Row, lower: Row) -> bool:
    """Return whether a row has known words only under headings over two columns: "Start", "End"."""
    columns = filled(lower)
    return all(
        heading_words.roles_of(line_of(lower.cells[column]))
        and (upper.at(column) is None or (upper.at(column + 1) is None and column + 1 in columns))
        for column in columns
    )


def spanned(upper: Row, lower: Row, width: int) -> list[str]:
    """Return what stands over each column of two rows of headings.

    A group goes on to the right over years, and over all words where only groups are parted.
    """
    is_parted = len(filled(lower)) < len(filled(upper))
    texts: list[str] = []
    for column in range(width):
        below = lower.at(column)
        goes_on = upper.at(column) is None and below is not None and (is_parted or is_year(below))
        texts.append(texts[-1] if texts and goes_on else line_of(upper.at(column)))
    return texts


def is_year(cell: Value) -> bool:
    """Return whether a cell names a year."""
    return heading_words.year_of(line_of(cell)) is not None


def filled(row: Row) -> list[int]:
    """Return the columns (from 0) of the cells that are not empty."""
    return [column for column, cell in enumerate(row.cells) if cell is not None]


def is_same(row: Row, other: Row) -> bool:
    """Return whether two rows say the same, in whatever case."""
    return len(row.cells) == len(other.cells) and all(
        folded(line_of(cell)) == folded(line_of(beside))
        for cell, beside in zip(row.cells, other.cells, strict=True)
    )
