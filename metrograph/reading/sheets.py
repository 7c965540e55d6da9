"""Reads a table from CSV or a workbook, as rows with their locations.

What a file is shows in its content, whatever its name ends in.
"""

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metrograph.errors import InputError, reason_of
from metrograph.late import late
from metrograph.messages import word
from metrograph.reading import delimited, workbooks
from metrograph.reading.notices import LEFT, READ, Remark

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = late("openpyxl")

Value = str | int | float | bool | date | datetime | None
_LARGEST = 500_000_000  # bytes of a file
_ROWS = 1_048_576  # of a sheet, Excel's own limit
_CELLS = 10_000_000  # of a workbook: 100,000 rows of 100 columns
_LONGEST = 1_000_000  # signs of a cell; Excel takes 32,767
_BLANK = 10_000  # rows in a row without anything, after which a sheet is taken to have ended


@dataclass(frozen=True)
class Row:
    """A row: its number (from 1; of a text, the line at which it begins) and its cells.

    Empty cells are None; those after the last that is not are left out.
    """

    number: int
    cells: tuple[Value, ...]

    def at(self, column: int) -> Value:
        """Return the cell of a column (from 0), also of one that the row does not reach."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name (of a text, the file's), its rows that are not blank, and remarks."""

    name: str
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()
    is_text: bool = False

    def place(self, row: int, column: int) -> str:
        """Return the place of a cell by the number of its row and its column (from 0).

        >>> Sheet("Activities", ()).place(14, 3), Sheet("Activities", ()).place(2, 27)
        ('Activities!D14', 'Activities!AB2')
        """
        return f"{self.name}!{letters(column)}{row}"

    @property
    def width(self) -> int:
        """Return how many columns the longest row has."""
        return max((len(row.cells) for row in self.rows), default=0)


def letters(column: int) -> str:
    """Return a column (from 0) as spreadsheets name it.

    >>> letters(0), letters(25), letters(26), letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name = chr(ord("A") + letter) + name
        column -= 1
    return name


def read(path: Path, lang: str = "en") -> tuple[Sheet, ...]:
    """Return the sheets of a file: all of a workbook, or the one of a text.

    Raises `InputError` for what is no table, is not safe to read, or cannot be read.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(
                "{path}: the file is larger than {largest} MB. Split it into smaller files.",
                path=path,
                largest=_LARGEST // 1000000,
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            "{path}: cannot be read ({reason}).", path=path, reason=reason_of(error)
        ) from None
    workbooks.refuse_ole(path, data)
    if workbooks.is_package(data):
        return _workbook(path, data, lang)
    return (_text_sheet(path, data, lang),)


# ---------------------------------------------------------------- texts


def _text_sheet(path: Path, data: bytes, lang: str) -> Sheet:
    text, encoding = delimited.decoded(path, data)
    delimiter, is_declared = delimited.delimiter_of(text)
    rows = tuple(
        Row(number, cells)
        for number, record in delimited.records(path, text, delimiter)
        if (cells := _trimmed(record)) and not (is_declared and number == 1)
    )
    sheet = Sheet(path.name, rows, _noticed(path, encoding, delimiter, lang), is_text=True)
    for row in rows:
        for at, cell in enumerate(row.cells):
            if isinstance(cell, str) and len(cell) > _LONGEST:
                raise InputError(
                    "{path}: {place}: this cell contains {number:,} characters, too many for a "
                    "table. Shorten it.",
                    path=path,
                    place=sheet.place(row.number, at),
                    number=len(cell),
                )
    return sheet


def _noticed(path: Path, encoding: str, delimiter: str, lang: str) -> tuple[Remark, ...]:
    """Return remarks on a text that is not what most programs expect of one."""
    remarks = []
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        remarks.append(Remark(path.name, READ, path.suffix, word("is_text", lang)))
    if encoding != "utf-8":
        remarks.append(Remark(path.name, READ, encoding, word("encoding_read", lang)))
    if delimiter != ",":
        shown = "TAB" if delimiter == "\t" else delimiter
        remarks.append(Remark(path.name, READ, shown, word("delimiter_read", lang)))
    return tuple(remarks)


def _trimmed(cells: Sequence[Value]) -> tuple[Value, ...]:
    """Return cells with nothing for blank ones, without those at the end."""
    filled = [None if isinstance(cell, str) and not cell.strip() else cell for cell in cells]
    while filled and filled[-1] is None:
        filled.pop()
    return tuple(filled)


# ---------------------------------------------------------------- workbooks


def _workbook(path: Path, data: bytes, lang: str) -> tuple[Sheet, ...]:
    noticed = list(workbooks.checked(path, data, lang))
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        noticed.append(Remark(path.name, READ, path.suffix, word("is_workbook", lang)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, on styles and validations that are not used
        try:
            sheets = _sheets(path, data, lang)
        except InputError:
            raise
        except Exception:  # openpyxl raises whatever a part that is not as it should be leads to
            raise InputError(workbooks.damaged(path)) from None
    if not sheets:
        raise InputError("{path}: all sheets of this workbook are empty.", path=path)
    first = sheets[0]
    return (Sheet(first.name, first.rows, (*noticed, *first.remarks)), *sheets[1:])


def _sheets(path: Path, data: bytes, lang: str) -> list[Sheet]:
    """Return the sheets of a workbook; it is read beside itself only where it has formulas."""

    def opened(data_only: bool) -> Any:  # openpyxl has no types
        return openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False
        )

    values = opened(data_only=True).worksheets
    formulas = opened(data_only=False).worksheets if workbooks.has_formulas(data) else values
    sheets: list[Sheet] = []
    held = 0
    for both in zip(values, formulas, strict=True):
        sheets.append(_sheet(path, *both, lang, _CELLS - held))
        held += sum(len(row.cells) for row in sheets[-1].rows)
    return sheets


def _sheet(path: Path, values: Any, formulas: Any, lang: str, most: int) -> Sheet:
    """Return a sheet by its values; beside them, its formulas tell which have none.

    Raises `InputError` for more than `most` cells, empty ones before the last of a row among them.
    """
    rows: list[Row] = []
    remarks: list[Remark] = []
    sheet = Sheet(values.title, ())
    if values.sheet_state != "visible":
        remarks.append(Remark(sheet.name, READ, values.sheet_state, word("hidden_read", lang)))
    last = 0  # the row that has something
    for number, (cells, raw) in enumerate(_rows(values, formulas), 1):
        if number - last > _BLANK or number > _ROWS:
            left = word("blank_rows_left", lang).format(last)
            remarks.append(Remark(sheet.place(number, 0), LEFT, "", left))
            break
        missing = [
            Remark(sheet.place(number, column), LEFT, what, word("formula_left", lang))
            for column, (cell, behind) in enumerate(zip(cells, raw, strict=True))
            if (what := _lost(cell, behind))
        ]
        remarks += missing
        if filled := _trimmed([_value(cell) for cell in cells]):
            rows.append(Row(number, filled))
            most -= len(filled)
            if most < 0:
                raise InputError(
                    "{path}: {place}: the workbook already has more than {cells:,} cells at this "
                    "point. Remove what is not part of the table.",
                    path=path,
                    place=sheet.place(number, len(filled) - 1),
                    cells=_CELLS,
                )
        if filled or missing:
            last = number
    return Sheet(sheet.name, tuple(rows), tuple(remarks))


def _rows(values: Any, formulas: Any) -> Iterator[tuple[Sequence[Any], Sequence[Any]]]:
    """Yield the cells of each row, and what stands behind them."""
    for grid in (values, formulas):
        grid.reset_dimensions()  # programs write wrong ones, and then cells would be missed
    if formulas is values:
        yield from ((row, row) for row in values.iter_rows())
    else:
        yield from zip(values.iter_rows(), formulas.iter_rows(), strict=True)


def _lost(cell: Any, behind: Any) -> str:
    """Return what is not read of a cell: an error, or a formula that was never worked out."""
    if cell.data_type == "e":
        return str(cell.value)
    is_unread = cell.value is None and cell.data_type != "str"  # of an empty text, the type is kept
    is_formula = behind.data_type == "f" and is_unread
    return str(getattr(behind.value, "text", behind.value)) if is_formula else ""


def _value(cell: Any) -> Value:
    """Return what a cell says: a day for midnight, `45%` where a share is shown as such."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return None
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, bool | str | date):
        return value
    if isinstance(value, int | float):
        return _share(value) if _shows_shares(cell.number_format) else value
    return str(value)


@cache
def _shows_shares(number_format: str) -> bool:
    return any("%" in part for part in number_format.split('"')[::2])  # outside of quoted texts


def _share(value: float) -> str:
    """Return a share of 1 as a percentage.

    >>> _share(0.45), _share(1), _share(0.125)
    ('45%', '100%', '12.5%')
    """
    return f"{round(value * 100, 10):.12g}%"
