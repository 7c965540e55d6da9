"""Tables: columns and rows in; text for a terminal, CSV, JSON, Markdown or HTML out."""

import io
import json
import math
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from metrograph.messages import word

if TYPE_CHECKING:
    import pandas

_DIGITS = 30  # of a number that JSON readers can still be trusted with
_DRAWN = 1_000  # rows; to draw more takes long, and nobody reads them on a terminal
_NARROWER = ((20, 1), (14, 1), (11, 0))  # longest unbroken word and padding, as terminals narrow
_WIDE = 7  # columns of text; more do not fit beside each other on most terminals
_PAGE = """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; margin: 1rem; color: #111; }}
main {{ overflow-x: auto; }}
table {{ border-collapse: collapse; }}
caption {{ text-align: left; font-weight: bold; padding: .4rem 0; }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; }}
th {{ border-bottom: 2px solid #444; }}
td {{ border-bottom: 1px solid #ddd; }}
code {{ display: block; color: #555; font-size: .85em; }}
</style>
</head>
<body><main>
{table}</main></body>
</html>
"""
LONGEST_CELL = 32_767  # characters, Excel's own limit
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Entity:
    """A cell that is a thing of the graph: its id and its label in the table's language."""

    id: str
    label: str

    def __str__(self) -> str:
        """Return the label, and the id after it where the two differ."""
        return self.label if self.label == self.id else f"{self.label} ({self.id})"


Cell = Entity | str | int | float | Decimal | bool | None


@dataclass(frozen=True)
class Column:
    """A column: the name that programs use and the heading that people read."""

    name: str
    heading: str
    is_entity: bool = False


@dataclass(frozen=True)
class Table:
    """An answer: a title, columns, rows of as many cells, and a note on how to read it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    lang: str = "en"
    empty: str = field(default="Nothing found.", repr=False)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Yield each row as a dict from column name to cell."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def __str__(self) -> str:
        """Return the table as text for a terminal of 140 columns."""
        return self.to_text()

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return self.to_html()

    def to_text(self, width: int | None = None, colour: bool = False) -> str:
        """Return the table drawn for a terminal; a table of many columns as a block per row.

        `width` is in columns (default: 140).
        """
        from rich.console import Console  # noqa: PLC0415  only drawing needs it
        from rich.text import Text  # noqa: PLC0415

        out = io.StringIO()
        console = Console(
            file=out, width=width or 140, force_terminal=colour, no_color=not colour,
            color_system="standard" if colour else None, legacy_windows=False,
        )  # fmt: skip
        console.print(Text(_clean(self.title), style="bold"))
        if self.rows or self.empty:
            console.print()
        if not self.rows:
            console.print(Text(self.empty), end="\n" if self.empty else "")
        else:
            drawn = replace(self, rows=self.rows[:_DRAWN])
            console.print(_fitting(drawn, console.width))
        if len(self.rows) > _DRAWN:
            console.print()
            console.print(Text(word("more_rows", self.lang).format(len(self.rows) - _DRAWN)))
        if self.note:
            console.print()
            console.print(Text(_clean(self.note), style="dim"))
        return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"

    def to_csv(self) -> str:
        """Return the table as CSV (RFC 4180); labels stand beside ids, formulas are defused."""
        import csv  # noqa: PLC0415  only this form needs it

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([defused(heading) for heading in self._split_headings()])
        for row in self.rows:
            writer.writerow([defused(value) for value in self._split(row)])
        return out.getvalue()

    def to_json(self, left_out: Mapping[str, Any] | None = None) -> str:
        """Return the table as JSON: title, columns, a dict per row, and what it leaves out."""
        rows = [{name: _plain(cell) for name, cell in row.items()} for row in self]
        columns = {column.name: column.heading for column in self.columns}
        value = {"title": self.title, "columns": columns, "rows": rows, "note": self.note}
        return _dumps({**value, **(left_out or {})})

    def to_markdown(self) -> str:
        """Return the table as a Markdown (GFM) table."""
        lines = [f"**{markdown(self.title)}**", ""]
        lines.append("| " + " | ".join(markdown(column.heading) for column in self.columns) + " |")
        lines.append("|" + " --- |" * len(self.columns))
        lines += [
            "| " + " | ".join(markdown(_text(cell, self.lang)) for cell in row) + " |"
            for row in self.rows
        ]
        if not self.rows:
            lines += ["", markdown(self.empty)]
        for paragraph in self.note.splitlines():
            lines += ["", markdown(paragraph)]
        return "\n".join(lines) + "\n"

    def to_html(self) -> str:
        """Return the table as an HTML table; every label is escaped."""
        head = "".join(f'<th scope="col">{_escape(c.heading)}</th>' for c in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_html(cell, self.lang)}</td>" for cell in row) + "</tr>\n"
            for row in self.rows
        )
        after = [*([] if self.rows else [self.empty]), *self.note.splitlines()]
        notes = "".join(f"<p>{_escape(text)}</p>\n" for text in after if text)
        return (
            f'<table lang="{_escape(self.lang)}">\n'
            f"<caption>{_escape(self.title)}</caption>\n"
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n{notes}"
        )

    def to_xlsx(self) -> bytes:
        """Return the table as an Excel workbook of one sheet, with the note below the rows.

        Texts are written as texts, never as formulas or links; what begins like a formula keeps
        Excel's own mark for text, so that it stays one when the cell is edited or saved as CSV.
        """
        return workbook([(self.title, self)])

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a pandas DataFrame; an entity column X becomes columns X (id) and X_label."""
        import pandas  # noqa: PLC0415  optional: only this needs it

        names: list[str] = []
        for column in self.columns:
            names += [column.name, f"{column.name}_label"] if column.is_entity else [column.name]
        return pandas.DataFrame(
            [self._split(row, id_first=True) for row in self.rows], columns=names
        )

    def _split_headings(self) -> list[str]:
        headings: list[str] = []
        for column in self.columns:
            headings += (
                [column.heading, f"{column.heading} (id)"] if column.is_entity else [column.heading]
            )
        return headings

    def _split(self, row: tuple[Cell, ...], id_first: bool = False) -> list[Any]:
        values: list[Any] = []
        for column, cell in zip(self.columns, row, strict=True):
            if not column.is_entity:
                values.append(_text(cell) if isinstance(cell, Entity) else cell)
            elif isinstance(cell, Entity):
                values += [cell.id, cell.label] if id_first else [cell.label, cell.id]
            else:
                values += [cell, None] if id_first else [cell, ""]
        return values


def workbook(sheets: Iterable[tuple[str, Table]]) -> bytes:
    """Return tables as an Excel workbook of a sheet each, as `Table.to_xlsx` writes one.

    A sheet has the name given, as far as Excel takes it, with a number where two are the same.
    """
    import xlsxwriter  # noqa: PLC0415  only this form needs it

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


def _write_sheet(sheet: Any, table: Table, formats: Mapping[str, Any]) -> None:
    """Write a table into a sheet: headings, rows, and the note below them."""
    headings = table._split_headings()
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, _clean(heading), formats["head"])
    rows = [table._split(row) for row in table.rows]
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
        sheet.write_string(at, 0, _clean(line), formats["plain"])


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: Mapping[str, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, formats["body"])
    elif is_number(value) and math.isfinite(value):
        sheet.write_number(row, column, float(value), formats["body"])
    elif value is not None:
        said = _clean(str(value))[:LONGEST_CELL]
        kind = "text" if said.startswith(FORMULA_STARTS) else "body"
        sheet.write_string(row, column, said, formats[kind])


def _other_name(name: str, taken: Container[str]) -> str:
    """Return a name of a sheet that no other has; Excel does not tell capitals apart."""
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{name[:27]} {number}"
    return found


def is_number(cell: Any) -> bool:
    """Return whether a cell is a number (True and False are none)."""
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def rounded(value: Decimal | float, places: str = "0.001") -> Decimal:
    """Return a number rounded for reading, to as many places as `places` has.

    >>> rounded(2 / 3)
    Decimal('0.667')
    """
    return Decimal(str(value)).quantize(Decimal(places))


def percent(share: Decimal | float) -> Decimal:
    """Return a share of 1 in per cent, to one decimal place."""
    return rounded(100 * share, "0.1")


def _is_numeric(table: Table, index: int) -> bool:
    """Return whether a column holds numbers, perhaps with a short word such as "gap" among them."""
    filled = [row[index] for row in table.rows if row[index] is not None]
    return any(map(is_number, filled)) and all(
        is_number(cell) or (isinstance(cell, str) and len(cell) < 10) for cell in filled
    )


def _weight(table: Table) -> float:
    """Return how many columns of text a table is as wide as: two of numbers are one of text."""
    return sum(0.5 if _is_numeric(table, at) else 1 for at in range(len(table.columns)))


def _text(cell: Cell, lang: str = "en") -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "✓" if cell else "–"
    if isinstance(cell, Decimal | float):
        return spoken(cell, lang)
    return str(cell)


def spoken(number: Decimal | float, lang: str) -> str:
    """Return a number as people write it in a language: with a point, or with a comma.

    >>> spoken(Decimal("76.25"), "fr")
    '76,25'
    """
    digits = f"{number:f}" if isinstance(number, Decimal) else str(number)
    return digits if lang == "en" else digits.replace(".", ",")


def _fitting(table: Table, width: int) -> Any:
    """Return a table as rich draws it, with no column cut off: as blocks where it is too wide."""
    if _weight(table) <= _WIDE:
        for unbroken, padding in _NARROWER:
            # between two columns stand the padding of both and what divides them
            room = width - (2 * padding + 1) * (len(table.columns) - 1)
            widths = _widths(table, room, unbroken)
            if widths:
                return _drawing(table, widths, padding)
    return _blocks(table)


def _widths(table: Table, room: int, unbroken: int) -> list[int]:
    """Return the widths of the columns in `room`, or none if they do not fit.

    Each has room for its longest word, but at most `unbroken` of it; what is left goes to those
    that want more, by how much they want. (rich itself would cut columns off.)
    """
    least, wanted = [], []
    for at, column in enumerate(table.columns):
        texts = [_shown(row[at], table.lang) for row in table.rows]
        words = [word for text in (column.heading, *texts) for word in text.split()]
        longest = min(max(map(len, words), default=1), unbroken)
        if _is_numeric(table, at):
            longest = max(longest, *map(len, texts))
        lines = [line for text in (column.heading, *texts) for line in text.split("\n")]
        least.append(max(1, longest))
        wanted.append(max(least[-1], *map(_cells, lines)))
    spare, more = room - sum(least), sum(wanted) - sum(least)
    if spare < 0:
        return []
    share = min(1.0, spare / more) if more else 0.0
    return [few + int((many - few) * share) for few, many in zip(least, wanted, strict=True)]


def _cells(line: str) -> int:
    """Return how many columns of a terminal a line takes: a wide character takes two."""
    from rich.cells import cell_len  # noqa: PLC0415

    return cell_len(line)


def _shown(cell: Cell, lang: str) -> str:
    """Return what a cell shows in a drawing: a thing has its id below its label."""
    if isinstance(cell, Entity) and cell.label != cell.id:
        return f"{cell.label}\n{cell.id}"
    return _text(cell, lang)


def _drawing(table: Table, widths: list[int], padding: int) -> Any:
    """Return a table as rich draws it, with these widths of its columns."""
    from rich import box  # noqa: PLC0415
    from rich.table import Table as Drawing  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    drawing = Drawing(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, padding))
    for index, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        drawing.add_column(
            Text(_clean(column.heading)),
            justify="right" if _is_numeric(table, index) else "left",
            overflow="fold",
            width=width,
        )
    for row in table.rows:
        drawing.add_row(*(_drawn(cell, Text, table.lang) for cell in row))
    return drawing


def _blocks(table: Table) -> Any:
    """Return a table as a block of "heading: value" lines for each row."""
    from rich.table import Table as Drawing  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    drawing = Drawing(box=None, show_header=False, pad_edge=False)
    drawing.add_column(no_wrap=True)
    drawing.add_column(overflow="fold")
    for number, row in enumerate(table.rows, start=1):
        drawing.add_row(Text(f"{number}.", style="bold"), "")
        for column, cell in zip(table.columns, row, strict=True):
            if cell is not None and cell != "":
                drawing.add_row(
                    Text(f"   {_clean(column.heading)}", style="dim"),
                    Text(_clean(_text(cell, table.lang))),
                )
    return drawing


def _drawn(cell: Cell, text: Callable[..., Any], lang: str) -> Any:
    if isinstance(cell, Entity) and cell.label != cell.id:
        return text.assemble(_clean(cell.label), (f"\n{_clean(cell.id)}", "dim"))  # type: ignore[attr-defined]  # rich.text.Text, imported late
    return text(_clean(_text(cell, lang)))


def _clean(value: str) -> str:
    """Drop control characters: a label must not steer the terminal."""
    return "".join(char for char in value if char in "\n\t\u00a0\u202f" or char.isprintable())


def _plain(cell: Cell) -> Any:
    if isinstance(cell, Entity):
        return {"id": cell.id, "label": cell.label}
    if isinstance(cell, Decimal):
        if not cell.is_finite() or abs(cell.adjusted()) > _DIGITS:
            return str(cell)
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


def defused(value: Any) -> Any:
    """Put a quote before text that a spreadsheet would run as a formula (OWASP, CSV injection).

    Control characters are dropped: CSV is shown on terminals, too.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        plain = "".join(
            char for char in value if char in "\n\r\t" or unicodedata.category(char) != "Cc"
        )
        return "'" + plain if value.startswith(FORMULA_STARTS) else plain
    return value


def _sheet_name(title: str) -> str:
    """Return a title as Excel takes it for the name of a sheet: 31 characters, some not allowed."""
    allowed = "".join(char for char in _clean(title) if char not in "[]:*?/\\'")
    return allowed[:31].strip() or "metrograph"


def _escape(text: str) -> str:
    """Return text that no browser reads as HTML."""
    import html  # noqa: PLC0415  only this form needs it

    return html.escape(text)


def markdown(text: str) -> str:
    """Return text as one line that Markdown (GFM) shows as it is."""
    escaped = "".join("\\" + char if char in "\\`*_[]<>|" else char for char in _clean(text))
    return " ".join(escaped.split())


def _html(cell: Cell, lang: str) -> str:
    if isinstance(cell, Entity) and cell.label != cell.id:
        return f"{_escape(cell.label)} <code>{_escape(cell.id)}</code>"
    return _escape(_text(cell, lang))


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def to_page(table: Table) -> str:
    """Return a table as an HTML document of its own."""
    return _PAGE.format(lang=table.lang, title=_escape(table.title), table=table.to_html())


FORMATS: Mapping[str, Callable[[Table], str]] = {
    "table": Table.to_text,
    "csv": Table.to_csv,
    "json": Table.to_json,
    "md": Table.to_markdown,
    "html": to_page,
}
