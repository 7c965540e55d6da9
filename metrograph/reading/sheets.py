"""Reads a table from CSV or a workbook, as rows with their locations.

What a file is shows in its content, whatever its name ends in.
"""

from dataclasses import replace
from pathlib import Path
from xml.parsers.expat import ExpatError

from metrograph.errors import InputError, reason_of
from metrograph.messages import word
from metrograph.reading import delimited, excel_sheets, open_sheets, word_tables, workbooks
from metrograph.reading.grid import CELLS, Row, Sheet, Value, letters, trimmed
from metrograph.reading.notices import READ, Remark

__all__ = ["Row", "Sheet", "Value", "letters", "read"]

_LARGEST = 500_000_000  # bytes of a file
_LONGEST = 1_000_000  # signs of a cell; Excel takes 32,767


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
        if (cells := trimmed(record)) and not (is_declared and number == 1)
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


# ---------------------------------------------------------------- workbooks


def _workbook(path: Path, data: bytes, lang: str) -> tuple[Sheet, ...]:
    noticed = list(workbooks.checked(path, data, lang))
    kind = workbooks.kind_of(data)
    if path.suffix.lower() not in _ENDINGS[kind]:
        noticed.append(Remark(path.name, READ, path.suffix, word("is_workbook", lang)))
    sheets = _OPENED[kind](path, data, lang)
    if not any(sheet.rows or sheet.remarks for sheet in sheets):
        raise InputError("{path}: all sheets of this workbook are empty.", path=path)
    first = sheets[0]
    return (replace(first, remarks=(*noticed, *first.remarks)), *sheets[1:])


def _of_open(path: Path, data: bytes, lang: str) -> list[Sheet]:
    """Return the sheets of an OpenDocument workbook."""
    if open_sheets.is_locked(data):
        raise InputError(workbooks.locked(path))
    try:
        read_sheets = open_sheets.read(data, CELLS)
    except (ValueError, LookupError, ExpatError):
        raise InputError(workbooks.damaged(path)) from None
    if read_sheets is None:
        raise InputError(
            "{path}: the workbook has more than {cells:,} cells. Remove what is not part of the "
            "table.",
            path=path,
            cells=CELLS,
        )
    return [
        Sheet(
            sheet.name,
            tuple(Row(number, cells) for number, cells in sheet.rows),
            _hidden(sheet, lang),
            looks=sheet.looks,
        )
        for sheet in read_sheets
    ]


def _of_word(path: Path, data: bytes, lang: str) -> list[Sheet]:
    """Return the tables of a Word document, each as a sheet that is called as its heading is."""
    try:
        tables = word_tables.read(data)
    except word_tables.DamagedError:
        raise InputError(workbooks.damaged(path)) from None
    if not tables:
        raise InputError(
            "{path}: this document has no table. A text without tables is read with: "
            "metrograph documents add",
            path=path,
        )
    return [
        Sheet(
            name or f"{word('table', lang)} {number}",
            tuple(
                Row(at, filled) for at, cells in enumerate(rows, 1) if (filled := trimmed(cells))
            ),
        )
        for number, (name, rows) in enumerate(tables, 1)
    ]


def _hidden(sheet: open_sheets.OpenSheet, lang: str) -> tuple[Remark, ...]:
    is_hidden = sheet.looks.is_hidden
    return (Remark(sheet.name, READ, "hidden", word("hidden_read", lang)),) if is_hidden else ()


_OPENED = {
    workbooks.XLSX: excel_sheets.read_excel,
    workbooks.ODS: _of_open,
    workbooks.DOCX: _of_word,
}
_ENDINGS = {
    workbooks.XLSX: (".xlsx", ".xlsm"),
    workbooks.ODS: (".ods",),
    workbooks.DOCX: (".docx",),
}
