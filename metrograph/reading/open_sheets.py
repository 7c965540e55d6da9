"""Reads an OpenDocument workbook (.ods, ODF 1.2) as sheets: values, hidden parts, colours.

The package was checked before: its parts have no document type, and unpack to what they declare.
"""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from xml.parsers import expat

from metrograph.reading.looks import WHITE, Looks, Place
from metrograph.text import whole_number

Value = str | int | float | bool | date | datetime | None
_CHUNK = 65_536
_WIDEST = 16_384  # columns
_NS = {
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
}


@dataclass
class OpenSheet:
    """A sheet as it was read: its name, its full rows (number and cells), and how it looks."""

    name: str
    rows: list[tuple[int, tuple[Value, ...]]] = field(default_factory=list)
    looks: Looks = field(default_factory=Looks)


def is_locked(data: bytes) -> bool:
    """Return whether parts of an OpenDocument package are encrypted."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        manifest = "META-INF/manifest.xml"
        return manifest in package.namelist() and b"encryption-data" in package.read(manifest)


def read(data: bytes, most: int) -> list[OpenSheet] | None:
    """Return the sheets of a workbook, or nothing for one with more than `most` full cells.

    Raises `ValueError` or `expat.ExpatError` for what is damaged.
    """
    reader = _Reader(most)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("content.xml") as file:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
            if reader.most < 0:
                return None
    parser.Parse(b"", True)
    return reader.sheets


def _short(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"{_NS.get(space, '')}:{local}"


class _Reader:
    """Collects the sheets while the parser goes through the text."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.sheets: list[OpenSheet] = []
        self.colours: dict[str, str] = {}
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row, self.row_times = 0, 1
        self.cells: list[Value] = []
        self.tinted: dict[int, str] = {}
        self.noted: dict[int, str] = {}
        self.column = 0
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.sheet_colours: dict[Place, str] = {}
        self.sheet_comments: dict[Place, str] = {}
        self.is_hidden = False
        self.cell: dict[str, str] | None = None
        self.words: list[str] = []
        self.note: list[str] | None = None

    def start(self, name: str, raw: dict[str, str]) -> None:
        tag = _short(name)
        of = {_short(key): value for key, value in raw.items()}
        begins = _BEGINS.get(tag)
        if begins:
            begins(self, of)

    def end(self, name: str) -> None:
        ends = _ENDS.get(_short(name))
        if ends:
            ends(self)

    def text(self, text: str) -> None:
        if self.note is not None:
            self.note.append(text)
        elif self.cell is not None:
            self.words.append(text)

    def begin_style(self, of: dict[str, str]) -> None:
        self.style = of.get("style:name", "")

    def begin_cell_style(self, of: dict[str, str]) -> None:
        colour = of.get("fo:background-color", "").lstrip("#").upper()
        if len(colour) == 6 and colour != WHITE:
            self.colours[self.style] = colour

    def begin_table_style(self, of: dict[str, str]) -> None:
        if of.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def begin_table(self, of: dict[str, str]) -> None:
        self.sheets.append(OpenSheet(of.get("table:name", f"Table {len(self.sheets) + 1}")))
        self.is_hidden = of.get("table:style-name", "") in self.hidden_styles
        self.row = self.column = 0
        self.hidden_rows, self.hidden_columns = set(), set()
        self.sheet_colours, self.sheet_comments = {}, {}

    def end_table(self) -> None:
        if self.sheets:
            self.sheets[-1].looks = Looks(
                frozenset(self.hidden_rows),
                frozenset(self.hidden_columns),
                self.is_hidden,
                self.sheet_colours,
                self.sheet_comments,
            )

    def begin_column(self, of: dict[str, str]) -> None:
        times = min(_times(of, "table:number-columns-repeated"), _WIDEST)
        if of.get("table:visibility") in ("collapse", "filter"):
            self.hidden_columns.update(range(self.column, self.column + times))
        self.column += times

    def begin_row(self, of: dict[str, str]) -> None:
        self.row += 1
        self.row_times = _times(of, "table:number-rows-repeated")
        self.cells, self.tinted, self.noted, self.column = [], {}, {}, 0
        if of.get("table:visibility") in ("collapse", "filter") and self.row_times < _WIDEST:
            self.hidden_rows.update(range(self.row, self.row + self.row_times))

    def end_row(self) -> None:
        while self.cells and self.cells[-1] is None:
            self.cells.pop()
        times = self.row_times if self.cells else 0
        for at in range(times):
            self.most -= len(self.cells)
            if self.most < 0:
                return
            self.sheets[-1].rows.append((self.row + at, tuple(self.cells)))
        for column, colour in self.tinted.items():
            for at in range(min(self.row_times, max(times, 1))):
                self.sheet_colours[self.row + at, column] = colour
        for column, note in self.noted.items():
            self.sheet_comments[self.row, column] = note
        self.row += self.row_times - 1

    def begin_cell(self, of: dict[str, str]) -> None:
        self.cell, self.words = of, []

    def end_cell(self) -> None:
        if self.cell is None:
            return
        times = min(_times(self.cell, "table:number-columns-repeated"), _WIDEST)
        value = _value(self.cell, "".join(self.words))
        if value is None and times > 1000:
            times = 0  # the rest of the row is empty
        self.cells += [value] * times
        if colour := self.colours.get(self.cell.get("table:style-name", "")):
            self.tinted |= {self.column + at: colour for at in range(min(times, 100))}
        self.column += times
        self.cell = None

    def begin_paragraph(self, _: dict[str, str]) -> None:
        into = self.note if self.note is not None else self.words
        if into:
            into.append("\n")

    def begin_space(self, of: dict[str, str]) -> None:
        self.text(" " * min(_times(of, "text:c"), 100))

    def begin_note(self, _: dict[str, str]) -> None:
        self.note = []

    def end_note(self) -> None:
        note, self.note = self.note, None
        if note:
            self.noted[self.column] = " ".join("".join(note).split())


_BEGINS = {
    "style:style": _Reader.begin_style,
    "style:table-cell-properties": _Reader.begin_cell_style,
    "style:table-properties": _Reader.begin_table_style,
    "table:table": _Reader.begin_table,
    "table:table-column": _Reader.begin_column,
    "table:table-row": _Reader.begin_row,
    "table:table-cell": _Reader.begin_cell,
    "table:covered-table-cell": _Reader.begin_cell,
    "text:p": _Reader.begin_paragraph,
    "text:s": _Reader.begin_space,
    "office:annotation": _Reader.begin_note,
}
_ENDS = {
    "table:table": _Reader.end_table,
    "table:table-row": _Reader.end_row,
    "table:table-cell": _Reader.end_cell,
    "table:covered-table-cell": _Reader.end_cell,
    "office:annotation": _Reader.end_note,
}


def _times(of: dict[str, str], key: str) -> int:
    return max(whole_number(of.get(key, "1")) or 1, 1)


def _value(of: dict[str, str], text: str) -> Value:
    """Return what a cell says, as it says it is: a day, a number, a share as a percentage."""
    kind, raw = of.get("office:value-type", ""), of.get("office:value", "")
    if kind == "date":
        return _day(of.get("office:date-value", "")) or text or None
    if kind == "boolean":
        return of.get("office:boolean-value") == "true"
    if kind in ("float", "percentage", "currency") and raw:
        number = float(raw)
        if kind == "percentage":
            return f"{round(number * 100, 10):.12g}%"
        if kind == "currency" and of.get("office:currency"):
            return f"{number:.12g} {of['office:currency']}"
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return text if text.strip() else None


def _day(text: str) -> date | datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read.date() if read.time() == time() else read
