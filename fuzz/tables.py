"""Changes the cells, columns, rows, parts and containers of tables and workbooks."""

import csv
import io
import warnings
import zipfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import IllegalCharacterError

from fuzz.markup import MARKUP_CHANGES, printable
from fuzz.mutation import BYTES, changed
from fuzz.words import COMMON, HEADINGS

_DELIMITERS = (",", ";", "\t", "|")
_CELLS: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 0.1 + 0.2, 10**20, 1900, 2024, 45_000, -45_000, 3_000_000,
    datetime(1900, 1, 1), datetime(9999, 12, 31), datetime(2024, 2, 29, 23, 59), time(12, 30),
    timedelta(days=-1), "=A1", "=1/0", "#DIV/0!", "=HYPERLINK(\"http://x\",\"y\")",
)  # fmt: skip
_FORMATS = (
    "0%",
    "0.00",
    "yyyy",
    "dd/mm/yyyy",
    "[h]:mm",
    "@",
    "#,##0 €",
    '"x"0',
    "mmm yy",
    ";;;",
    "[Red]",
)
_NAMES = (
    "Activity",
    "Activities",
    "AlignmentClaim",
    "Members",
    "Data",
    "x" * 31,
    "a'b",
    "Ümlaut",
    "Claims",
    "_",
)
Rows = list[list[Any]]


def change_cells(rng: Random, data: bytes, other: bytes) -> bytes:
    """Change the cells of a delimited text."""
    delimiter, rows = rows_of(data)
    _, spare = rows_of(other)
    for _ in range(rng.choice((1, 2, 4, 12))):
        _change_rows(rng, rows, spare, lambda: rng.choice(COMMON))
    written = io.StringIO()
    if rng.random() < 0.1:
        delimiter = rng.choice(_DELIMITERS)
    csv.writer(written, delimiter=delimiter, lineterminator=rng.choice(("\n", "\r\n"))).writerows(
        rows
    )
    return written.getvalue().encode(errors="replace")


def rows_of(data: bytes) -> tuple[str, Rows]:
    """Return the delimiter and the cells of a text (at least one cell)."""
    text = data.decode(errors="replace").replace("\0", "")
    delimiter = max(_DELIMITERS, key=text[:2_000].count)
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error:
        rows = [list(line.split(delimiter)) for line in text.splitlines()]
    return delimiter, rows or [[""]]


def _change_rows(  # noqa: PLR0912  each change is a case of its own
    rng: Random, rows: Rows, spare: Rows, word: Callable[[], Any]
) -> None:
    if not rows:
        rows.append([word()])
    place = rng.randrange(len(rows))
    row = rows[place] or [""]
    column = rng.randrange(len(row))
    match rng.randrange(14):
        case 0 | 1 | 2 | 3:
            _set(rows[place], column, word())
        case 4:
            _set(rows[0], column, rng.choice(HEADINGS))
        case 5:
            _set(rows[place], column, rng.choice(rng.choice(spare) or [""]))
        case 6:
            rows.insert(place, list(row))
        case 7:
            del rows[place]
        case 8:
            rows[place:place] = [list(row) for _ in range(rng.choice((2, 20)))]
        case 9:
            for cells in rows:
                del cells[column : column + 1]
        case 10:
            times = rng.choice((1, 1, 3, 60))
            for cells in rows:
                cells[column:column] = cells[column : column + 1] * times
        case 11:
            for cells in rows[1:]:
                _set(cells, column, word())
        case 12:
            rows.insert(place, [word()])
        case _:
            there = rng.randrange(len(rows))
            rows[place], rows[there] = rows[there], rows[place]


def _set(row: list[Any], column: int, value: Any) -> None:
    row.extend([""] * (column + 1 - len(row)))
    row[column] = value


def change_workbook(rng: Random, data: bytes, other: bytes) -> bytes:
    """Change a workbook as a person could (cells), or as a program could (its zip parts)."""
    way = rng.random()
    try:
        if way < 0.45:
            return _with_cells(rng, data)
        if way < 0.85:
            return _with_parts(rng, data, other)
    except (KeyError, ValueError, zipfile.BadZipFile):  # a sample that is damaged already
        pass
    return changed(rng, data, other, BYTES, times=rng.choice((1, 2)))


def _with_cells(rng: Random, data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = rng.choice(book.worksheets)
    for _ in range(rng.choice((1, 2, 4, 12))):
        row, column = (
            rng.randint(1, min(sheet.max_row + 1, 40)),
            rng.randint(1, sheet.max_column + 1),
        )
        _change_sheet(rng, book, sheet, row, column)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _change_sheet(rng: Random, book: Any, sheet: Any, row: int, column: int) -> None:
    cell = sheet.cell(row, column)
    match rng.randrange(12):
        case 0 | 1 | 2 | 3:
            _fill(rng, cell, rng.choice((*_CELLS, *COMMON)))
        case 4:
            _fill(rng, sheet.cell(1, column), rng.choice(HEADINGS))
        case 5:
            sheet.merge_cells(
                start_row=row, end_row=row + 1, start_column=column, end_column=column + 1
            )
        case 6:
            sheet.insert_rows(row, rng.choice((1, 5)))
        case 7:
            sheet.delete_cols(column)
        case 8:
            sheet.title = rng.choice(_NAMES)
        case 9:
            sheet.row_dimensions[row].hidden = sheet.column_dimensions["B"].hidden = True
            sheet.sheet_state = rng.choice(("visible", "hidden", "veryHidden"))
            book.active.sheet_state = "visible"
        case 10:
            book.copy_worksheet(sheet)
        case _:
            cell.number_format = rng.choice(_FORMATS)


def _fill(rng: Random, cell: Any, value: Any) -> None:
    """Write a cell; leave out values that openpyxl does not write."""
    try:
        cell.value = printable(value[:30_000]) if isinstance(value, str) else value
        if rng.random() < 0.3:
            cell.number_format = rng.choice(_FORMATS)
    except (ValueError, AttributeError, IllegalCharacterError):  # also: part of a merged cell
        return


def _with_parts(rng: Random, data: bytes, other: bytes) -> bytes:
    """Change the content of a workbook's zip, part by part."""
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        parts = [(name, read.read(name)) for name in read.namelist()]
    with zipfile.ZipFile(io.BytesIO(other)) as read:
        spare = [(name, read.read(name)) for name in read.namelist()]
    for _ in range(rng.choice((1, 1, 2))):
        _change_part(rng, parts, spare)
    if rng.random() < 0.95:  # the format forbids two parts of one name, and zipfile warns of it
        parts = list(dict(parts).items())
    written = io.BytesIO()
    ways = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
    way = rng.choice((ways[1], ways[1], rng.choice(ways)))
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w", way) as made:
        warnings.simplefilter("ignore", UserWarning)
        for name, content in parts:
            entry = zipfile.ZipInfo(name or "x")
            entry.compress_type = made.compression
            made.writestr(entry, content)
    return written.getvalue()


def _change_part(
    rng: Random, parts: list[tuple[str, bytes]], spare: list[tuple[str, bytes]]
) -> None:
    place = rng.randrange(len(parts))
    name, content = parts[place]
    match rng.randrange(9):
        case 0 | 1 | 2 | 3 | 4:
            parts[place] = name, changed(rng, content, rng.choice(spare)[1], MARKUP_CHANGES)
        case 5:
            parts[place] = name, rng.choice(spare)[1]
        case 6:
            if len(parts) > 1:
                del parts[place]
        case 7:
            parts[place] = (
                rng.choice(("xl/styles.xml", "../x", name.upper(), "[Content_Types].xml")),
                content,
            )
        case _:
            parts[place] = name, changed(rng, content, rng.choice(spare)[1], BYTES)
