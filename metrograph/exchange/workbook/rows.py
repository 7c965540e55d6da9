"""Reads the rows of sheets as records, using the plan's forms to identify columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metrograph.editing.forms import Form
from metrograph.editing.forms import values as values_of
from metrograph.editing.values import plain
from metrograph.errors import QueryError, UsageError
from metrograph.exchange.workbook.cells import values_of_cell
from metrograph.exchange.workbook.forms import forms
from metrograph.exchange.workbook.headings import ID, key_of, keys_of, kind_of, unplaced
from metrograph.messages import in_language, word
from metrograph.plan import Plan
from metrograph.reading.notices import LEFT, READ, Remark
from metrograph.reading.policy import Habit, habit_of
from metrograph.reading.sheets import Row, Sheet


@dataclass(frozen=True)
class Entry:
    """A record as a row of a sheet gives it: values by field keys, and the place of each.

    `name` is the id, if the row has one. `row` is the row's place, such as `Activities!A14`.
    """

    kind: str
    name: str | None
    values: Mapping[str, tuple[str, ...]]
    places: Mapping[str, str]
    row: str


@dataclass(frozen=True)
class Reading:
    """What sheets say: entries, and what was noticed."""

    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...]


def read(
    plan: Plan,
    sheets: Iterable[Sheet],
    kind: str | None = None,
    picks: Mapping[str, str] | None = None,
) -> Reading:
    """Return the records that sheets hold; `kind` says of which kind those of all sheets are.

    `picks` are the ids behind the labels that a workbook offered when it was made. Raises
    `UsageError` for a sheet of which nothing tells the kind.
    """
    entries: list[Entry] = []
    noticed: list[Remark] = []
    offered = {key_of(label): name for label, name in (picks or {}).items()}
    unknown: list[tuple[Sheet, UsageError]] = []
    filled = [sheet for sheet in sheets if sheet.rows]
    for sheet in filled:
        noticed += sheet.remarks
        try:
            reading = _sheet(plan, sheet, kind, offered)
        except UsageError as error:
            unknown.append((sheet, error))
            continue
        entries += reading.entries
        noticed += reading.remarks
    if unknown and len(unknown) == len(filled):
        raise unknown[0][1]
    noticed += [
        Remark(sheet.name, LEFT, sheet.name, in_language(error, plan.lang))
        for sheet, error in unknown
    ]
    return Reading(tuple(entries), tuple(noticed))


def _sheet(plan: Plan, sheet: Sheet, kind: str | None, offered: Mapping[str, str]) -> Reading:
    head, rows = sheet.rows[0], sheet.rows[1:]
    headings = [key_of(cell) if isinstance(cell, str) else "" for cell in head.cells]
    form_ = forms(plan)[kind or kind_of(plan, sheet, headings)]
    keys = keys_of(plan, form_, headings)
    columns = {at: key for at, key in enumerate(keys) if key}
    noticed = unplaced(plan, sheet, head, rows, keys, form_)
    habits = {at: habit_of(row.at(at) for row in rows) for at in columns}
    entries: list[Entry] = []
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        if row.cells == head.cells:
            noticed.append(_remark(plan, sheet, row, "row_heading"))
            continue
        if row.cells in seen:
            noticed.append(_remark(plan, sheet, row, "row_repeated", seen[row.cells]))
            continue
        seen[row.cells] = row.number
        entry, remarks = _entry(plan, sheet, row, form_, columns, habits, offered)
        noticed += remarks
        if entry:
            entries.append(entry)
    return Reading(tuple(entries), tuple(noticed))


def _entry(  # noqa: PLR0913, PLR0917  a row, and what its columns and labels are
    plan: Plan,
    sheet: Sheet,
    row: Row,
    form_: Form,
    columns: Mapping[int, str],
    habits: Mapping[int, Habit],
    offered: Mapping[str, str],
) -> tuple[Entry | None, list[Remark]]:
    """Return the record of a row, if it has any value, and what had to be interpreted."""
    noticed: list[Remark] = []
    values: dict[str, tuple[str, ...]] = {}
    places: dict[str, str] = {}
    name = _name(row, columns)
    held = _held(plan, name)
    fields = {key: field for field in form_.fields for key in field.keys}
    for at, key in columns.items():
        if key == ID:
            continue
        value, place = row.at(at), sheet.place(row.number, at)
        field, known = fields[key], values.get(key, ())
        if isinstance(value, str) and plain(value) in held.get(key, ()):
            cell_values = [(value, False)]  # as it is: nothing to interpret
        else:
            cell_values = values_of_cell(field, value, habits[at], offered)
        values[key] = tuple(dict.fromkeys((*known, *(text for text, _ in cell_values))))
        places[key] = place
        noticed += [
            Remark(place, READ, str(value), text)
            for text, interpreted in cell_values
            if interpreted
        ]
    if not name and not any(values.values()):
        return None, noticed
    return Entry(form_.kind, name, values, places, sheet.place(row.number, 0)), noticed


def _name(row: Row, columns: Mapping[int, str]) -> str | None:
    """Return the id in a row, if it has one."""
    ids = (row.at(at) for at, key in columns.items() if key == ID)
    return next((str(value).strip() for value in ids if value is not None), None)


def _held(plan: Plan, name: str | None) -> Mapping[str, tuple[str, ...]]:
    """Return what the plan holds of a record, as a person would type it."""
    try:
        return values_of(plan, name) if name else {}
    except QueryError:  # a new one
        return {}


def _remark(plan: Plan, sheet: Sheet, row: Row, key: str, *values: object) -> Remark:
    shown = " · ".join(str(cell) for cell in row.cells if cell is not None)
    return Remark(sheet.place(row.number, 0), LEFT, shown, word(key, plan.lang).format(*values))
