"""Reads the sheets of an Excel workbook (.xlsx), with remarks on what has no value."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metrograph.errors import InputError
from metrograph.late import late
from metrograph.messages import word
from metrograph.reading import looks, workbooks
from metrograph.reading.grid import CELLS, Row, Sheet, Value, trimmed
from metrograph.reading.notices import LEFT, READ, Remark

if TYPE_CHECKING:
    import openpyxl
else:
    openpyxl = late("openpyxl")

_ROWS = 1_048_576  # of a sheet, Excel's own limit
_BLANK = 10_000  # rows in a row without anything, after which a sheet is taken to have ended


def read_excel(path: Path, data: bytes, lang: str) -> list[Sheet]:
    """Return the sheets of a checked workbook. Raises `InputError` for one that is damaged."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, on styles and validations that are not used
        try:
            return _sheets(path, data, lang)
        except InputError:
            raise
        except Exception:  # openpyxl raises whatever a part that is not as it should be leads to
            raise InputError(workbooks.damaged(path)) from None


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
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for both in zip(values, formulas, strict=True):
            sheet = _sheet(path, *both, lang, CELLS - held)
            sheets.append(replace(sheet, looks=looks.read(package, both[0])))
            held += sum(len(row.cells) for row in sheet.rows)
    return sheets


def _sheet(path: Path, values: Any, formulas: Any, lang: str, most: int) -> Sheet:
    """Return a sheet by its values; beside them, its formulas show which have none.

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
        if filled := trimmed([_value(cell) for cell in cells]):
            rows.append(Row(number, filled))
            most -= len(filled)
            if most < 0:
                raise InputError(
                    "{path}: {place}: the workbook already has more than {cells:,} cells at this "
                    "point. Remove what is not part of the table.",
                    path=path,
                    place=sheet.place(number, len(filled) - 1),
                    cells=CELLS,
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
