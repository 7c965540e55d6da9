"""Writes tables as an Excel workbook with a sheet for each."""

import io
import math
from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from metrograph.late import late
from metrograph.tables.cell import (
    FORMULA_STARTS,
    Tabular,
    clean,
    is_number,
    split_headings,
    split_row,
)

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = late("xlsxwriter")

LONGEST_CELL = 32_767  # characters, Excel's own limit


def workbook(sheets: Iterable[tuple[str, Tabular]]) -> bytes:
    """Return tables as an Excel workbook of a sheet each, as `Table.to_xlsx` writes one.

    A sheet has the name given, as far as Excel takes it, with a number where two are the same.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "body": book.add_format({"text_wrap": True, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        "plain": book.add_format({"valign": "top"}),
    }
    names: set[str] = set()
    for title, table in sheets:
        name = _other_name(_sheet_name(title), names)
        names.add(name.casefold())
        _write_sheet(book.add_worksheet(name), table, formats)
    book.close()
    return out.getvalue()


def _write_sheet(sheet: Any, table: Tabular, formats: Mapping[str, Any]) -> None:
    """Write a table into a sheet: headings, rows, and the note below them."""
    headings = split_headings(table.columns)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, clean(heading), formats["head"])
    rows = [split_row(table.columns, row) for row in table.rows]
    for at, cells in enumerate(rows, start=1):
        for column, value in enumerate(cells):
            _write_cell(sheet, at, column, value, formats)
    for column, heading in enumerate(headings):
        longest = max((len(str(cells[column] or "")) for cells in rows), default=0)
        sheet.set_column(column, column, min(60, max(10, len(heading), longest) + 2))
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), max(0, len(headings) - 1))
    for at, line in enumerate(table.note.splitlines(), start=len(rows) + 2):
        sheet.write_string(at, 0, clean(line), formats["plain"])


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: Mapping[str, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, formats["body"])
    elif is_number(value) and math.isfinite(value):
        sheet.write_number(row, column, float(value), formats["body"])
    elif value is not None:
        text = clean(str(value))[:LONGEST_CELL]
        kind = "text" if text.startswith(FORMULA_STARTS) else "body"
        sheet.write_string(row, column, text, formats[kind])


def _other_name(name: str, taken: Container[str]) -> str:
    """Return a name of a sheet that no other has; Excel does not tell capitals apart."""
    number, other = 1, name
    while other.casefold() in taken:
        number += 1
        other = f"{name[:27]} {number}"
    return other


def _sheet_name(title: str) -> str:
    """Return a title as Excel takes it for the name of a sheet: 31 characters, some not allowed."""
    allowed = "".join(char for char in clean(title) if char not in "[]:*?/\\'")
    return allowed[:31].strip() or "metrograph"
