"""Leaves out what a workbook hides, and states it; comments are stated too.

What somebody hid is often not meant for others, and a plan is passed on with the text of its table.
"""

from collections.abc import Sequence
from dataclasses import replace

from metrograph.messages import word
from metrograph.reading.grid import Row, Sheet, Value, letters, trimmed
from metrograph.reading.notices import LEFT, READ, Remark
from metrograph.reading.numbers import line_of

_SHOWN = 3  # rows or comments, of which the others are only counted


def visible(sheet: Sheet, lang: str) -> Sheet:
    """Return a sheet without its hidden rows and the cells of hidden columns, with remarks."""
    looks = sheet.looks
    remarks = [remark for remark in sheet.remarks if not _is_of_hidden(remark, sheet)]
    remarks += _on_comments(sheet, lang)
    if not looks.hidden_rows and not looks.hidden_columns:
        return replace(sheet, remarks=tuple(remarks))
    hidden = [row for row in sheet.rows if row.number in looks.hidden_rows]
    columns = sorted(at for at in looks.hidden_columns if at < sheet.width)
    remarks += [*_on_rows(sheet, hidden, lang), *_on_columns(sheet, columns, lang)]
    rows = tuple(
        row if not columns else _without(row, columns)
        for row in sheet.rows
        if row.number not in looks.hidden_rows
    )
    kept = tuple(row for row in rows if any(cell is not None for cell in row.cells))
    return replace(sheet, rows=kept, remarks=tuple(remarks))


def as_shown(sheet: Sheet, lang: str) -> Sheet:
    """Return a sheet with all that it hides, and a remark on that."""
    rows, columns = len(sheet.looks.hidden_rows), len(sheet.looks.hidden_columns)
    remarks = [*sheet.remarks, *_on_comments(sheet, lang)]
    if rows or columns:
        made = word("hidden_taken", lang).format(rows, columns)
        remarks.append(Remark(sheet.name, READ, "", made))
    return replace(sheet, remarks=tuple(remarks))


def _is_of_hidden(remark: Remark, sheet: Sheet) -> bool:
    """Return whether a remark says that a hidden sheet was read, which here it is not."""
    return sheet.looks.is_hidden and remark.where == sheet.name and remark.kind == READ


def _without(row: Row, columns: Sequence[int]) -> Row:
    cells: list[Value] = list(row.cells)
    for at in columns:
        if at < len(cells):
            cells[at] = None
    return replace(row, cells=trimmed(cells))


def _on_rows(sheet: Sheet, rows: Sequence[Row], lang: str) -> list[Remark]:
    if not rows:
        return []
    named = ", ".join(str(row.number) for row in rows[:_SHOWN])
    shown = named + (", …" if len(rows) > _SHOWN else "")
    made = word("hidden_rows_left", lang).format(len(rows))
    return [Remark(sheet.place(rows[0].number, 0), LEFT, shown, made)]


def _on_columns(sheet: Sheet, columns: Sequence[int], lang: str) -> list[Remark]:
    """Return a remark on each hidden column that has something, by its first text."""
    remarks = []
    for at in columns:
        cells = [cell for row in sheet.rows if (cell := row.at(at)) is not None]
        if cells:
            made = word("hidden_column_left", lang).format(len(cells))
            where = f"{sheet.name}!{letters(at)}"
            remarks.append(Remark(where, LEFT, line_of(cells[0])[:60], made))
    return remarks


def _on_comments(sheet: Sheet, lang: str) -> list[Remark]:
    hidden = sheet.looks
    return [
        Remark(sheet.place(row, column), LEFT, text[:200], word("comment_left", lang))
        for (row, column), text in sorted(sheet.looks.comments.items())
        if row not in hidden.hidden_rows and column not in hidden.hidden_columns
    ]
