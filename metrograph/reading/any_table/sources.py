"""Gets the tables of a file ready: what is hidden left out, colours read, blocks taken apart."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from metrograph.messages import word
from metrograph.reading import sheets
from metrograph.reading.any_table import blocks
from metrograph.reading.any_table.blocks import Block
from metrograph.reading.any_table.colours import with_meanings
from metrograph.reading.any_table.mapping import Mapping
from metrograph.reading.any_table.region import framed
from metrograph.reading.any_table.table_remarks import shown
from metrograph.reading.any_table.visible import as_shown, visible
from metrograph.reading.grid import Sheet
from metrograph.reading.notices import LEFT, Remark


def tables_of(
    path: Path, lang: str, mapping: Mapping | None, with_hidden: bool
) -> tuple[list[Sheet], list[Remark]]:
    """Return the tables of a file, and remarks on its hidden sheets, which are left out.

    A hidden sheet is read where a mapping names it, or where no other is there.
    """
    every = sheets.read(path, lang)
    asked = mapping.sheet if mapping else ""
    seen = [sheet for sheet in every if not sheet.looks.is_hidden or sheet.name == asked]
    chosen = list(every) if with_hidden or not seen else seen
    left = [
        Remark(sheet.name, LEFT, str(len(sheet.rows)), word("hidden_sheet_left", lang))
        for sheet in every
        if sheet not in chosen and sheet.rows
    ]
    ready = [as_shown(sheet, lang) if with_hidden else visible(sheet, lang) for sheet in chosen]
    ready = [with_meanings(sheet, ready, lang) for sheet in ready]
    if every[0] not in chosen:
        ready[0] = replace(ready[0], remarks=(*_of_file(every[0]), *ready[0].remarks))
    return [block for sheet in ready for block in blocks.blocks_of(sheet)], left


def _of_file(sheet: Sheet) -> list[Remark]:
    """Return the remarks on a file as a whole, which its first sheet has."""
    return [remark for remark in sheet.remarks if remark.where != sheet.name]


def named(all_sheets: Sequence[Sheet], mapping: Mapping) -> list[Sheet]:
    """Return the tables that a mapping means: by name, or by the row of the header in a sheet."""
    within: list[Sheet] = [
        sheet
        for sheet in all_sheets
        if isinstance(sheet, Block)
        and mapping.sheet in ("", sheet.name, sheet.within)
        and any(row.number == mapping.header for row in sheet.rows)
    ]
    return within or [sheet for sheet in all_sheets if sheet.name == mapping.sheet]


def on_left(other: Sheet, sheet: Sheet, lang: str) -> Remark:
    """Return the remark on a table that was not read, and how it can be."""
    if not isinstance(other, Block):
        made = word("sheet_left", lang).format(sheet.name)
        return Remark(other.name, LEFT, str(len(other.rows)), made)
    header = framed(other).header
    number = header[-1].number if header else other.rows[0].number
    made = word("table_left", lang).format(sheet.name, number)
    return Remark(other.place(number, 0), LEFT, other.name, made)


def without_aside(sheet: Sheet, lang: str) -> tuple[Sheet, list[Remark]]:
    """Return a table without what stands beside it, and remarks on that."""
    table, aside = blocks.without_aside(sheet)
    remarks = [
        Remark(sheet.place(row.number, len(table.rows[0].cells)), LEFT, shown(row), made)
        for row in aside
        for made in [word("aside_left", lang)]
    ]
    return table, remarks
