"""Joins the sheets of a workbook that are of one form: one plan, with a level of sheets."""

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from metrograph.messages import word
from metrograph.reading.any_table import numbering
from metrograph.reading.any_table.blocks import Block
from metrograph.reading.any_table.mapping import Column, Mapping
from metrograph.reading.any_table.region import framed
from metrograph.reading.sheets import Row, Sheet, Value
from metrograph.text import folded


@dataclass(frozen=True)
class JoinedSheet(Sheet):
    """Rows of several sheets, each with the name of its sheet in a last column of its own."""

    sources: AnyMapping[int, tuple[str, int]] = field(default_factory=dict)
    column: int = 0
    names: tuple[str, ...] = ()

    def place(self, row: int, column: int) -> str:
        """Return the place of a cell in the sheet that it comes from."""
        name, number = self.sources.get(row, (self.name, row))
        return Sheet(name, ()).place(number, column)

    @property
    def alone(self) -> Sheet:
        """Return the rows without the names of the sheets."""
        rows = tuple(replace(row, cells=row.cells[: self.column]) for row in self.rows)
        return Sheet(self.name, rows)


def joined(sheets: Sequence[Sheet], lang: str) -> JoinedSheet | None:
    """Return the sheets that have the same headings as one, or nothing where no two have."""
    frames = [(sheet, framed(sheet)) for sheet in sheets if len(sheet.rows) > 1]
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, (_, frame) in enumerate(frames):
        if frame.header and len(frame.headings) > 1:
            groups.setdefault(tuple(map(folded, frame.headings)), []).append(at)
    alike = max(groups.values(), key=len, default=[])
    if len(alike) < 2 or 2 * len(alike) < len(frames):
        return None
    width = len(frames[alike[0]][1].headings)
    names = tuple(frames[at][0].name for at in alike)
    head: tuple[Value, ...] = (*frames[alike[0]][1].headings, _heading(names, lang))
    rows = [Row(1, head)]
    sources = {1: (_placed_in(frames[alike[0]][0]), frames[alike[0]][1].header[-1].number)}
    for at in alike:
        sheet, frame = frames[at]
        for row in frame.body:
            cells = tuple(row.at(column) for column in range(width))
            sources[len(rows) + 1] = (_placed_in(sheet), row.number)
            rows.append(Row(len(rows) + 1, (*cells, sheet.name)))
    return JoinedSheet(names[0], tuple(rows), sources=sources, column=width, names=names)


def _placed_in(sheet: Sheet) -> str:
    return sheet.within if isinstance(sheet, Block) else sheet.name


def _heading(names: Sequence[str], lang: str) -> str:
    """Return what the names of sheets are of: the word before their numbers, such as Goal."""
    read = [numbering.read(name) for name in names]
    words = {number.word for number in read if number}
    is_shared = all(read) and len(words) == 1 and words != {""}
    return words.pop() if is_shared else word("sheet", lang)


def with_sheets(mapping: Mapping, sheet: JoinedSheet, lang: str) -> Mapping | None:
    """Return a guess with the sheets as its highest level; nothing where levels are no columns."""
    if mapping.hierarchy != "columns" or mapping.header is None:
        return None
    columns = [
        replace(column, depth=column.depth + 1) if column.depth else column
        for column in mapping.columns
    ]
    heading = str(sheet.rows[0].cells[sheet.column])
    reason = word("why_sheets", lang).format(len(sheet.names))
    top = Column(sheet.column, heading, "level", reason, 1)
    return replace(mapping, columns=(*columns, top))
