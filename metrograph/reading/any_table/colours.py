"""Reads the colours of cells: by a legend in the workbook, or by their names where none is there.

A colour says something where the cells of one column differ by it, or where a legend explains it.
A row that is coloured as a whole says something only by a legend: most are striped to be read.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from metrograph.messages import word
from metrograph.reading import looks
from metrograph.reading.any_table import heading_words
from metrograph.reading.any_table.header import filled
from metrograph.reading.any_table.region import Frame, framed
from metrograph.reading.grid import Row, Sheet, Value
from metrograph.reading.notices import GUESSED, LEFT, READ, Remark
from metrograph.reading.numbers import line_of
from metrograph.text import folded

_STRIPE = 0.6  # share of a row's cells that have its colour, in a row that is coloured as a whole
_SWATCH = 2  # cells of a row of a legend: a sign in a colour, and what it means
_LONG = 80  # letters; what a legend says is shorter
_LEGEND = re.compile(r"(?:legend|leyenda|llegenda|key|cle|codigo|farb|colou?r|couleur)")
_DOUBT = 0.9  # of what the name of a colour says
_WORDS = re.compile(r"\w")


@dataclass(frozen=True)
class _Colours:
    """The colours of a table: of whole rows, and of cells that differ from their row's."""

    rows: Mapping[int, str]
    cells: Mapping[int, Mapping[int, str]]  # by column, then by the number of the row


def with_meanings(sheet: Sheet, others: Sequence[Sheet], lang: str) -> Sheet:
    """Return a sheet in which colours that say something are texts, with remarks on them."""
    if not sheet.looks.colours or len(sheet.rows) < 2:
        return sheet
    above = _without_legend(sheet)
    frame = framed(replace(sheet, rows=above))
    colours = _of_body(sheet, frame)
    legend = _legend(sheet, others, frame, colours)
    remarks = list(sheet.remarks)
    kept = above if legend else sheet.rows
    painted = _Painted(sheet, frame, legend, lang, {row.number: list(row.cells) for row in kept})
    for column, cells in sorted(colours.cells.items()):
        if _says(cells, legend):
            remarks.append(painted.read(column, cells))
    if _says(colours.rows, legend) and any(of in legend for of in colours.rows.values()):
        remarks.append(painted.append(colours.rows))
    made = tuple(Row(number, tuple(cells)) for number, cells in painted.rows.items())
    return replace(sheet, rows=made, remarks=tuple(remarks))


def _without_legend(sheet: Sheet) -> tuple[Row, ...]:
    """Return the rows before a legend at the end: a gap, then colours with a text each."""
    coloured = {number for number, _ in sheet.looks.colours}
    at = len(sheet.rows)
    while at > 1 and len(filled(sheet.rows[at - 1])) <= _SWATCH:
        at -= 1
        is_after_gap = sheet.rows[at].number > sheet.rows[at - 1].number + 1
        if is_after_gap and sum(row.number in coloured for row in sheet.rows[at:]) > 1:
            return sheet.rows[:at]
    return sheet.rows


def _last_heading(frame: Frame) -> int:
    """Return the last column with a heading; what stands right of it is not part of the table."""
    columns = [column for row in frame.header for column in filled(row)]
    return max(columns, default=len(frame.headings))


def _of_body(sheet: Sheet, frame: Frame) -> _Colours:
    body = {row.number: row for row in frame.body}
    last = _last_heading(frame)
    by_row: dict[int, dict[int, str]] = {}
    for (number, column), colour in sheet.looks.colours.items():
        if number in body and column <= last:
            by_row.setdefault(number, {})[column] = colour
    rows: dict[int, str] = {}
    cells: dict[int, dict[int, str]] = {}
    for number, colours in by_row.items():
        own, count = Counter(colours.values()).most_common(1)[0]
        is_whole = count > 1 and count >= _STRIPE * sheet.width
        if is_whole:
            rows[number] = own
        for column, colour in colours.items():
            if not is_whole or colour != own:
                cells.setdefault(column, {})[number] = colour
    return _Colours(rows, cells)


def _says(colours: Mapping[int, str], legend: Mapping[str, str]) -> bool:
    """Return whether colours tell rows from each other: several of them, or some of a legend."""
    return len(set(colours.values())) > 1 or any(colour in legend for colour in colours.values())


def _legend(
    sheet: Sheet, others: Sequence[Sheet], frame: Frame, colours: _Colours
) -> dict[str, str]:
    """Return what colours mean: cells outside the body, with the text in them or right of them.

    A legend explains two colours of the body at least; else titles are only coloured alike.
    """
    meanings: dict[str, str] = {}
    last = _last_heading(frame)
    inner = {row.number for row in (*frame.body, *frame.header)}
    for of in (sheet, *(other for other in others if other.name != sheet.name)):
        rows = {row.number: row for row in of.rows}
        is_called = any(_LEGEND.match(folded(text)) for text in (of.name, *_lone(of)))
        for (number, column), colour in sorted(of.looks.colours.items()):
            row = rows.get(number)
            if row is None or (of is sheet and number in inner and column <= last):
                continue
            own = line_of(row.at(column))
            is_named = is_called or heading_words.is_state(own)
            text = own if _WORDS.search(own) else line_of(row.at(column + 1))
            if text and len(text) <= _LONG and (text != own or is_named):
                meanings.setdefault(colour, text)
    used = {of for cells in (colours.rows, *colours.cells.values()) for of in cells.values()}
    own_meanings = {colour: text for colour, text in meanings.items() if colour in used}
    is_legend = len(own_meanings) > 1 and len(set(own_meanings.values())) == len(own_meanings)
    return own_meanings if is_legend else {}


@dataclass(frozen=True)
class _Painted:
    """A table whose colours become texts, in `rows` by their numbers."""

    sheet: Sheet
    frame: Frame
    legend: Mapping[str, str]
    lang: str
    rows: dict[int, list[Value]]

    def read(self, column: int, cells: Mapping[int, str]) -> Remark:
        """Write colours into the cells of a column without words, or into one of their own."""
        where = self.sheet.place(min(cells), column)
        texts = [line_of(row.at(column)) for row in self.frame.body]
        if any(_WORDS.search(text) for text in texts):
            if self.legend:
                return self.append(cells, column)
            return Remark(where, LEFT, self._shown(cells), word("colours_left", self.lang))
        if not self.legend and not self._is_of_states(column, texts):
            return Remark(where, LEFT, self._shown(cells), word("colours_left", self.lang))
        for number, colour in cells.items():
            _put(self.rows[number], column, self.legend.get(colour) or _name(colour, self.lang))
        if self.legend:
            made = word("colours_by_legend", self.lang)
            return Remark(where, READ, self._shown(cells), made)
        made = word("colours_by_name", self.lang)
        return Remark(where, GUESSED, self._shown(cells), made, _DOUBT)

    def _is_of_states(self, column: int, texts: Sequence[str]) -> bool:
        """Return whether a column without words has signs, or is called as one of statuses."""
        roles = heading_words.roles_of(self.frame.headings[column])
        return any(texts) or "status" in roles

    def append(self, colours: Mapping[int, str], column: int | None = None) -> Remark:
        """Write what colours mean into a last column, whose heading says that they are colours."""
        width = max(len(cells) for cells in self.rows.values())
        header = self.frame.header[-1].number if self.frame.header else 0
        if header in self.rows:
            heading = line_of(self.rows[header][column]) if column is not None else ""
            name = word("colour_heading", self.lang)
            _put(self.rows[header], width, f"{name} ({heading})" if heading else name)
        for number, colour in colours.items():
            if colour in self.legend:
                _put(self.rows[number], width, self.legend[colour])
        made = word("colours_by_legend", self.lang)
        return Remark(self.sheet.place(min(colours), column or 0), READ, self._shown(colours), made)

    def _shown(self, cells: Mapping[int, str]) -> str:
        return ", ".join(
            f"{_name(colour, self.lang)} ({count})"
            + (f" = {self.legend[colour]}" if colour in self.legend else "")
            for colour, count in Counter(cells.values()).most_common()
        )


def _lone(sheet: Sheet) -> list[str]:
    """Return the texts that stand alone in a row, as titles do."""
    return [line_of(row.cells[filled(row)[0]]) for row in sheet.rows if len(filled(row)) == 1]


def _name(colour: str, lang: str) -> str:
    return word(f"colour_{looks.name_of(colour)}", lang)


def _put(cells: list[Value], column: int, text: str) -> None:
    cells += [None] * (column + 1 - len(cells))
    cells[column] = text
