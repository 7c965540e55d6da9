"""Draws a table for a terminal: no column is cut off; a table that is too wide becomes blocks."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrograph.late import late
from metrograph.messages import word
from metrograph.tables.cell import Cell, Column, Entity, Tabular, clean, is_number, shown

if TYPE_CHECKING:
    from rich import box, cells, console, text
    from rich import table as grid
else:
    box, cells, console = late("rich.box"), late("rich.cells"), late("rich.console")
    grid, text = late("rich.table"), late("rich.text")

_DRAWN = 1_000  # rows; to draw more takes long, and nobody reads them on a terminal
_NARROWER = ((20, 1), (14, 1), (11, 0))  # longest unbroken word and padding, as terminals narrow
_WIDE = 7  # columns of text; more do not fit beside each other on most terminals


@dataclass(frozen=True)
class _Part:
    """What is drawn of a table."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lang: str


def drawn(table: Tabular, width: int | None = None, colour: bool = False) -> str:
    """Return the table drawn for a terminal; a table of many columns as a block per row.

    `width` is in columns (default: 140).
    """
    out = io.StringIO()
    terminal = console.Console(
        file=out,
        width=width or 140,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
    )
    terminal.print(text.Text(clean(table.title), style="bold"))
    if table.rows or table.empty:
        terminal.print()
    if not table.rows:
        terminal.print(text.Text(table.empty), end="\n" if table.empty else "")
    else:
        part = _Part(table.columns, table.rows[:_DRAWN], table.lang)
        terminal.print(_fitting(part, terminal.width))
    if len(table.rows) > _DRAWN:
        terminal.print()
        terminal.print(text.Text(word("more_rows", table.lang).format(len(table.rows) - _DRAWN)))
    if table.note:
        terminal.print()
        terminal.print(text.Text(clean(table.note), style="dim"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _is_numeric(table: _Part, index: int) -> bool:
    """Return whether a column holds numbers, perhaps with a short word such as "gap" among them."""
    filled = [row[index] for row in table.rows if row[index] is not None]
    return any(map(is_number, filled)) and all(
        is_number(cell) or (isinstance(cell, str) and len(cell) < 10) for cell in filled
    )


def _weight(table: _Part) -> float:
    """Return how many columns of text a table is as wide as: two of numbers are one of text."""
    return sum(0.5 if _is_numeric(table, at) else 1 for at in range(len(table.columns)))


def _fitting(table: _Part, width: int) -> "grid.Table":
    """Return a table as rich draws it, with no column cut off: as blocks where it is too wide."""
    if _weight(table) <= _WIDE:
        for unbroken, padding in _NARROWER:
            # between two columns stand the padding of both and what divides them
            room = width - (2 * padding + 1) * (len(table.columns) - 1)
            widths = _widths(table, room, unbroken)
            if widths:
                return _drawing(table, widths, padding)
    return _blocks(table)


def _widths(table: _Part, room: int, unbroken: int) -> list[int]:
    """Return the widths of the columns in `room`, or none if they do not fit.

    Each has room for its longest word, but at most `unbroken` of it; what is left goes to those
    that want more, by how much they want. (rich itself would cut columns off.)
    """
    least, wanted = [], []
    for at, column in enumerate(table.columns):
        texts = [_two_lines(row[at], table.lang) for row in table.rows]
        words = [word for value in (column.heading, *texts) for word in value.split()]
        longest = min(max(map(len, words), default=1), unbroken)
        if _is_numeric(table, at):
            longest = max(longest, *map(len, texts))
        lines = [line for value in (column.heading, *texts) for line in value.split("\n")]
        least.append(max(1, longest))
        wanted.append(max(least[-1], *map(_cells, lines)))
    spare, more = room - sum(least), sum(wanted) - sum(least)
    if spare < 0:
        return []
    share = min(1.0, spare / more) if more else 0.0
    return [few + int((many - few) * share) for few, many in zip(least, wanted, strict=True)]


def _cells(line: str) -> int:
    """Return how many columns of a terminal a line takes: a wide character takes two."""
    return cells.cell_len(line)


def _two_lines(cell: Cell, lang: str) -> str:
    """Return what a cell shows in a drawing: a record has its id below its label."""
    if isinstance(cell, Entity) and cell.label != cell.id:
        return f"{cell.label}\n{cell.id}"
    return shown(cell, lang)


def _drawing(table: _Part, widths: list[int], padding: int) -> "grid.Table":
    """Return a table as rich draws it, with these widths of its columns."""
    drawing = grid.Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, padding))
    for index, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        drawing.add_column(
            text.Text(clean(column.heading)),
            justify="right" if _is_numeric(table, index) else "left",
            overflow="fold",
            width=width,
        )
    for row in table.rows:
        drawing.add_row(*(_drawn(cell, table.lang) for cell in row))
    return drawing


def _blocks(table: _Part) -> "grid.Table":
    """Return a table as a block of "heading: value" lines for each row."""
    drawing = grid.Table(box=None, show_header=False, pad_edge=False)
    drawing.add_column(no_wrap=True)
    drawing.add_column(overflow="fold")
    for number, row in enumerate(table.rows, start=1):
        drawing.add_row(text.Text(f"{number}.", style="bold"), "")
        for column, cell in zip(table.columns, row, strict=True):
            if cell is not None and cell != "":
                drawing.add_row(
                    text.Text(f"   {clean(column.heading)}", style="dim"),
                    text.Text(clean(shown(cell, table.lang))),
                )
    return drawing


def _drawn(cell: Cell, lang: str) -> "text.Text":
    if isinstance(cell, Entity) and cell.label != cell.id:
        return text.Text.assemble(clean(cell.label), (f"\n{clean(cell.id)}", "dim"))
    return text.Text(clean(shown(cell, lang)))
