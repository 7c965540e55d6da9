"""Finds several tables in one sheet: those below each other, and a legend beside one.

A table begins after a blank row, with a header of its own, perhaps under a title. Tables of one
form are one plan, as sheets of one form are; of others the largest is read, and each is stated.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrograph.reading.any_table import heading_words
from metrograph.reading.any_table.header import filled, header_row, is_same
from metrograph.reading.grid import Row, Sheet
from metrograph.reading.numbers import line_of

_KNOWN = 0.5  # share of headings whose words are known
_LEAST = 2  # rows of a table below its header
_TITLES = 2  # lone rows over a header
_LONG = 120  # letters of a title


@dataclass(frozen=True)
class Block(Sheet):
    """A table among several of a sheet, called by its title; its cells are placed in the sheet."""

    within: str = ""

    def place(self, row: int, column: int) -> str:
        """Return the place of a cell in the sheet that the table is in."""
        return Sheet(self.within, ()).place(row, column)


def blocks_of(sheet: Sheet) -> tuple[Sheet, ...]:
    """Return the tables of a sheet, or the sheet itself if it has one.

    What stands before the first table or after a blank row without a header stays with the table
    above it.
    """
    runs = _runs(sheet)
    begins = [at for at, run in enumerate(runs) if _header(run) is not None]
    if len(begins) < 2:
        return (sheet,)
    groups = [
        [row for run in runs[first:last] for row in run]
        for first, last in zip(begins, [*begins[1:], len(runs)], strict=True)
    ]
    groups[0] = [row for run in runs[: begins[0]] for row in run] + groups[0]
    headers = [_header(runs[at]) or 0 for at in begins]
    first = runs[begins[0]][headers[0]]
    is_one_form = all(
        is_same(runs[at][own], first) for at, own in zip(begins, headers, strict=True)
    )
    if is_one_form and not all(headers):
        return (sheet,)  # a header that comes again on each page, under no title
    return tuple(
        _block(sheet, group, runs[at][: headers[number]], number)
        for number, (group, at) in enumerate(zip(groups, begins, strict=True))
    )


def _block(sheet: Sheet, rows: Sequence[Row], titles: Sequence[Row], number: int) -> Block:
    title = line_of(titles[-1].cells[filled(titles[-1])[0]]) if titles else ""
    name = title or (sheet.name if number == 0 else f"{sheet.name} {number + 1}")
    remarks = sheet.remarks if number == 0 else ()
    return Block(name, tuple(rows), remarks, sheet.is_text, sheet.looks, sheet.name)


def _runs(sheet: Sheet) -> list[list[Row]]:
    """Return the rows that stand together, without a blank row between them."""
    runs: list[list[Row]] = []
    last = 0
    for row in sheet.rows:
        if not runs or row.number > last + 1:
            runs.append([])
        runs[-1].append(row)
        last = row.number + (_breaks(row) if sheet.is_text else 0)
    return runs


def _breaks(row: Row) -> int:
    """Return how many lines more than one a row of a text takes."""
    return sum(line.count("\n") for line in row.cells if isinstance(line, str))


def _header(run: Sequence[Row]) -> int | None:
    """Return which row of a run is the header of a table, under lone titles at most."""
    titles = 0
    while titles < min(_TITLES, len(run)) and _is_title(run[titles]):
        titles += 1
    table = run[titles:]
    if len(table) <= _LEAST or len(filled(table[0])) < 2 or header_row(table[:200]) != 0:
        return None
    texts = [line_of(table[0].cells[column]) for column in filled(table[0])]
    known = sum(bool(heading_words.roles_of(text)) for text in texts)
    return titles if known >= _KNOWN * len(texts) else None


def _is_title(row: Row) -> bool:
    cells = filled(row)
    return len(cells) == 1 and len(line_of(row.cells[cells[0]])) <= _LONG


def without_aside(sheet: Sheet) -> tuple[Sheet, tuple[Row, ...]]:
    """Return a sheet without what stands beside its table, after an empty column, and that.

    It is beside the table where the header has nothing over it, or few rows have something in it.
    """
    at = header_row(sheet.rows[:1000])
    if at is None or len(sheet.rows) < 2:
        return sheet, ()
    used = {column for row in sheet.rows for column in filled(row)}
    heads = filled(sheet.rows[at])
    last = next((column for column in heads if column + 1 not in used), None)
    if last is None or last + 1 >= sheet.width or any(column > last for column in heads):
        return sheet, ()
    aside = tuple(
        replace(row, cells=tuple([None] * (last + 1)) + row.cells[last + 1 :])
        for row in sheet.rows
        if any(cell is not None for cell in row.cells[last + 1 :])
    )
    kept = tuple(
        replace(row, cells=row.cells[: last + 1])
        for row in sheet.rows
        if any(cell is not None for cell in row.cells[: last + 1])
    )
    return (replace(sheet, rows=kept), aside) if 2 * len(aside) < len(kept) else (sheet, ())
