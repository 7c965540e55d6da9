"""Finds the table in a sheet: title, header, body, and rows that are not part of the body."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import takewhile

from metrograph.reading.any_table import heading_words, numbering
from metrograph.reading.any_table.header import (
    filled,
    header_row,
    is_same,
    spanned,
    with_neighbours,
)
from metrograph.reading.numbers import figure_of, line_of
from metrograph.reading.sheets import Row, Sheet, letters
from metrograph.text import folded

_SEEN = 1_000  # rows by which it is told
_FIRST = 6  # columns in which what a row sums up stands
_MOST_HELPS = 2  # rows of help below a header


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
    helps: tuple[Row, ...] = ()


def framed(sheet: Sheet, header: int | None = None) -> Frame:
    """Return where the table lies in a sheet; `header` is its row, if that is known (0: none)."""
    rows = sheet.rows
    at = header_row(rows[:_SEEN]) if header is None else _index(rows, header)
    if at is None:
        above = _untold(rows)
        return _frame(sheet, rows[:above], (), rows[above:])
    first, last = with_neighbours(rows, at)
    return _frame(sheet, rows[:first], rows[first : last + 1], rows[last + 1 :])


def _index(rows: Sequence[Row], number: int) -> int | None:
    return next((at for at, row in enumerate(rows) if number and row.number == number), None)


def _untold(rows: Sequence[Row]) -> int:
    """Return how many rows of one text each stand before those of a table without a header."""
    lone = [len(filled(row)) == 1 for row in rows]
    if not all(lone):
        first = lone.index(False)
        return 0 if any(lone[first:]) else first
    read = [numbering.read(line_of(row.cells[-1])) for row in rows]
    at = next((at for at, number in enumerate(read) if number), 0)
    return at if numbering.depths(read[at:]) else 0


def _frame(
    sheet: Sheet, above: tuple[Row, ...], header: tuple[Row, ...], rest: tuple[Row, ...]
) -> Frame:
    names = _names(header, sheet.width)
    again = {row.number for row in rest if any(is_same(row, other) for other in header)}
    repeated = tuple(row for row in rest if row.number in again)
    others = [row for row in rest if row.number not in again]
    below = _below(others)
    texts = {folded(line_of(cell)) for row in others for cell in row.cells[:_FIRST]}
    body = others[: len(others) - len(below)]
    helps = _helps(body)
    body = body[len(helps) :]
    sums = {row.number for row in body if _is_total(row, texts)}
    totals = tuple(row for row in body if row.number in sums)
    kept = tuple(row for row in body if row.number not in sums)
    return Frame(above, header, names, kept, repeated, totals, below, helps)


def _names(header: Sequence[Row], width: int) -> tuple[str, ...]:
    """Return the heading of each column; one over several columns goes before each of theirs."""
    if not header:
        return tuple(letters(column) for column in range(width))
    names = _set_apart([line_of(header[-1].at(column)) for column in range(width)])
    if len(header) > 1:
        above = spanned(header[0], header[-1], width)
        names = [
            name if _is_name(name) else f"{over} {name}".strip()
            for over, name in zip(above, names, strict=True)
        ]
    return tuple(name or letters(column) for column, name in enumerate(names))


def _is_name(heading: str) -> bool:
    """Return whether a heading is of names of elements, which a group over it would hide."""
    roles = set(heading_words.roles_of(heading))
    is_figure = roles & {"target", "baseline", "actual", "budget", "progress"}
    return bool({"level", "title"} & roles and not is_figure)


def _set_apart(names: Sequence[str]) -> list[str]:
    """Return headings, those that come again after the one before them: "Funder 1: Amount"."""
    counts = Counter(folded(name) for name in names if name)
    again = {name for name, count in counts.items() if count > 1}
    made = list(names)
    for at in range(1, len(names)):
        before = names[at - 1]
        if folded(names[at]) in again and before and folded(before) not in again:
            made[at] = f"{before}: {names[at]}"
    return made


# ---------------------------------------------------------------- rows that are none of the body


def _below(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the notes at the end: lone texts, marked as notes or, in a table, after a gap."""
    wide = sum(len(filled(row)) > 1 for row in rows)
    if not wide:
        return ()
    lone = list(takewhile(lambda row: len(filled(row)) == 1, reversed(rows)))[::-1]
    for at, row in enumerate(lone):
        before = rows[len(rows) - len(lone) + at - 1]
        has_gap = row.number > before.number + 1 + line_of(before.cells[-1]).count("\n")
        text = line_of(row.cells[-1])
        if heading_words.is_note(text) or (has_gap and len(text) > 30 and 2 * wide >= len(rows)):
            return tuple(lone[at:])
    return ()


def _is_total(row: Row, texts: Set[str]) -> bool:
    """Return whether a row is one of sums: a word for that first, and then only figures.

    Excel writes it after what it sums up, which stands in other rows alone: "G1 Total".
    """
    cells = [row.cells[column] for column in filled(row)]
    begins = line_of(cells[0])
    summed = heading_words.total_of(begins)
    is_sum = heading_words.is_total(begins) or (summed in texts and len(cells) > 1)
    return is_sum and all(figure_of(cell) is not None for cell in cells[1:])


def _helps(body: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows right below the header that say how to fill in the columns."""
    if len(body) < _MOST_HELPS + 1:
        return ()
    return tuple(takewhile(lambda row: _is_help(row, body), body[:_MOST_HELPS]))


def _is_help(row: Row, body: Sequence[Row]) -> bool:
    if len(filled(row)) == 1:
        return heading_words.is_placeholder(line_of(row.cells[filled(row)[0]]))
    texts = [folded(line_of(row.cells[column])) for column in filled(row)]
    helped = sum(heading_words.is_help(text) for text in texts)
    text, again = Counter(texts).most_common(1)[0]
    is_only = not any(
        folded(line_of(cell)) == text for other in body if other is not row for cell in other.cells
    )
    is_same = again > 2 and again > len(texts) / 2 and not text.isnumeric() and is_only
    return len(texts) > 1 and (helped > len(texts) / 2 or (is_same and len(text) > 3))
