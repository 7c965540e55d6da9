"""Reads a new file by the map that a plan keeps of its table, wherever its columns are by now.

Columns are known by their headings, so that they may have moved; what the map does not have is
taken for what it seems to be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from metrograph.errors import InputError
from metrograph.exchange.workbook.state import state
from metrograph.reading import sheets
from metrograph.reading.any_table.mapping import KEPT, Column, Mapping, from_toml
from metrograph.reading.any_table.region import framed
from metrograph.reading.sheets import Row, Sheet
from metrograph.store.turtle import decode, read_bytes
from metrograph.text import folded

_SEEN = 100  # rows in which a header is looked for
_LEAST = 0.5  # of the headings of a map, by which a file is known


@dataclass(frozen=True)
class Refitted:
    """A map as it fits a new file, and the headings of the map that the file does not have."""

    mapping: Mapping
    missing: tuple[str, ...]


def kept_map(folder: Path) -> Mapping | None:
    """Return what the table of a plan was taken for, or nothing if the plan keeps no map.

    Raises `InputError` for a map that is not valid.
    """
    path = folder / KEPT
    if not path.is_file():
        return None
    return from_toml(decode(read_bytes(path), path), str(path))


def refitted(path: Path, mapping: Mapping, lang: str) -> Refitted | None:
    """Return a map as it fits a file, or nothing if the file is not of the same table.

    Raises `InputError` for a file of the same table in which the columns of levels are missing.
    """
    read = sheets.read(path, lang)
    if state(read) is not None:
        return None
    headings = [column for column in mapping.columns if column.heading != column.letter]
    if not headings or not mapping.header:
        return _same_places(read, mapping)
    named = [sheet for sheet in read if sheet.name == mapping.sheet]
    fits = [(sheet, row) for sheet in (*named, *read) if (row := _header(sheet, headings))]
    if not fits:
        return None
    sheet, row = max(fits, key=lambda fit: len(_places(fit[0], fit[1], headings)))
    places = _places(sheet, row, headings)
    if len(places) < _LEAST * len(headings):
        return None
    gone = [column for column in headings if column not in places]
    if levels := [column.heading for column in gone if column.role in ("level", "id", "parent")]:
        raise InputError(
            "{path}: the table of this plan has the columns {columns}, and this file does not. "
            "Add them, or name their headings as before.",
            path=path,
            columns=", ".join(f"“{heading}”" for heading in levels),
        )
    columns = tuple(replace(column, index=at) for column, at in places.items())
    return Refitted(
        replace(mapping, sheet=sheet.name, header=row.number, columns=columns),
        tuple(column.heading for column in gone),
    )


def _same_places(read: Sequence[Sheet], mapping: Mapping) -> Refitted | None:
    """Return the map of a table without headings for the sheet of its name, as it stands."""
    sheet = next((sheet for sheet in read if sheet.name == mapping.sheet), read[0])
    fits = max((column.index for column in mapping.columns), default=-1) < sheet.width
    return Refitted(replace(mapping, sheet=sheet.name), ()) if fits and sheet.rows else None


def _header(sheet: Sheet, columns: Sequence[Column]) -> Row | None:
    """Return the row of a sheet that has the most headings, if it has any."""
    wanted = {folded(column.heading) for column in columns}
    seen = replace(sheet, rows=sheet.rows[: 2 * _SEEN])  # a header stands before the many rows
    rows = [(len(wanted & set(_texts(seen, row))), -row.number, row) for row in seen.rows[:_SEEN]]
    most = max(rows, key=lambda counted: counted[:2], default=None)
    return most[2] if most and most[0] else None


def _places(sheet: Sheet, row: Row, columns: Sequence[Column]) -> dict[Column, int]:
    """Return where the columns of a map stand; of repeated headings, each in its turn."""
    left: dict[str, list[int]] = {}
    for at, text in enumerate(_texts(sheet, row)):
        left.setdefault(text, []).append(at)
    places = {}
    for column in columns:
        if at_most := left.get(folded(column.heading)):
            places[column] = at_most.pop(0)
    return places


def _texts(sheet: Sheet, row: Row) -> Iterator[str]:
    """Yield the headings of a table whose header is this row, as the reader names them."""
    return map(folded, framed(sheet, row.number).headings)
