"""Tables of columns and rows, with output for terminals, CSV, JSON, Markdown and HTML."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from metrograph.late import late
from metrograph.tables.cell import Cell, Column, Entity, defused, split_headings, split_row

if TYPE_CHECKING:
    import csv

    import pandas

    from metrograph.tables import html, markdown, terminal, xlsx
else:  # what a form needs is imported with it; pandas is optional
    csv, pandas = late("csv"), late("pandas")
    html, markdown = late("metrograph.tables.html"), late("metrograph.tables.markdown")
    terminal, xlsx = late("metrograph.tables.terminal"), late("metrograph.tables.xlsx")

__all__ = ["FORMATS", "Cell", "Column", "Entity", "Table"]
_DIGITS = 30  # of a number that JSON readers can still be trusted with


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
        return terminal.drawn(self, width, colour)

    def to_csv(self) -> str:
        """Return the table as CSV (RFC 4180); labels are next to ids, formulas are defused."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([defused(heading) for heading in split_headings(self.columns)])
        for row in self.rows:
            writer.writerow([defused(value) for value in split_row(self.columns, row)])
        return out.getvalue()

    def to_json(self, left_out: Mapping[str, Any] | None = None) -> str:
        """Return the table as JSON: title, columns, a dict per row, and what it leaves out."""
        rows = [{name: _plain(cell) for name, cell in row.items()} for row in self]
        columns = {column.name: column.heading for column in self.columns}
        value = {"title": self.title, "columns": columns, "rows": rows, "note": self.note}
        return _dumps({**value, **(left_out or {})})

    def to_markdown(self) -> str:
        """Return the table as a Markdown (GFM) table."""
        return markdown.written(self)

    def to_html(self) -> str:
        """Return the table as an HTML table; every label is escaped."""
        return html.written(self)

    def to_xlsx(self) -> bytes:
        """Return the table as an Excel workbook of one sheet, with the note below the rows.

        Texts are written as texts, never as formulas or links; what begins like a formula keeps
        Excel's own mark for text, so that it stays one when the cell is edited or saved as CSV.
        """
        return xlsx.workbook([(self.title, self)])

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a pandas DataFrame; an entity column X becomes columns X (id) and X_label."""
        names: list[str] = []
        for column in self.columns:
            names += [column.name, f"{column.name}_label"] if column.is_entity else [column.name]
        return pandas.DataFrame(
            [split_row(self.columns, row, id_first=True) for row in self.rows], columns=names
        )


def _plain(cell: Cell) -> Any:
    if isinstance(cell, Entity):
        return {"id": cell.id, "label": cell.label}
    if isinstance(cell, Decimal):
        if not cell.is_finite() or abs(cell.adjusted()) > _DIGITS:
            return str(cell)
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def to_page(table: Table) -> str:
    """Return a table as an HTML document of its own."""
    return html.page(table)


FORMATS: Mapping[str, Callable[[Table], str]] = {
    "table": Table.to_text,
    "csv": Table.to_csv,
    "json": Table.to_json,
    "md": Table.to_markdown,
    "html": to_page,
}
