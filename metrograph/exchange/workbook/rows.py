"""Reads the rows of sheets as records, using the plan's forms to identify columns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from metrograph.editing.companions import goes_without_saying
from metrograph.editing.forms import Form
from metrograph.editing.forms import values as values_of
from metrograph.editing.values import plain
from metrograph.errors import QueryError, UsageError
from metrograph.exchange.workbook.beside import edited
from metrograph.exchange.workbook.cells import values_of_cell
from metrograph.exchange.workbook.faults import Fault
from metrograph.exchange.workbook.forms import form_of
from metrograph.exchange.workbook.headings import ID, key_of
from metrograph.exchange.workbook.layout import Layout, layout, own_names
from metrograph.messages import in_language, word
from metrograph.plan import Plan
from metrograph.reading.notices import LEFT, READ, Remark
from metrograph.reading.policy import Habit, habit_of
from metrograph.reading.sheets import Row, Sheet
from metrograph.vocabulary import Dcterms


@dataclass(frozen=True)
class Entry:
    """A record as a row of a sheet gives it: values by field keys, and the place of each.

    `name` is the id, if the row has one. `row` is the row's place, such as `Activities!A14`.
    `faults` are known before the row is compared with the plan, `claims` what the row says the
    record addresses, by property; what `waits` is made from another row, which has faults.
    """

    kind: str
    name: str | None
    values: Mapping[str, tuple[str, ...]]
    places: Mapping[str, str]
    row: str
    faults: tuple[Fault, ...] = ()
    claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waits: bool = False


@dataclass(frozen=True)
class Words:
    """What names may mean: ids by the labels that a workbook offered, and the rows' own names."""

    offered: Mapping[str, str]
    own: frozenset[str]


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
    layouts: list[Layout] = []
    filled = [sheet for sheet in sheets if sheet.rows]
    for sheet in filled:
        try:
            layouts.append(layout(plan, sheet, kind))
        except UsageError as error:
            unknown.append((sheet, error))
    if unknown and len(unknown) == len(filled):
        raise unknown[0][1]
    words = Words(offered, own_names(layouts))
    for known in layouts:
        reading = _sheet(plan, known, words)
        entries += reading.entries
        noticed += (*known.sheet.remarks, *reading.remarks)
    for sheet, refusal in unknown:
        left = Remark(sheet.name, LEFT, sheet.name, in_language(refusal, plan.lang))
        noticed += (*sheet.remarks, left)
    return Reading(tuple(entries), tuple(noticed))


def _sheet(plan: Plan, known: Layout, words: Words) -> Reading:
    sheet, head, rows = known.sheet, known.sheet.rows[0], known.sheet.rows[1:]
    noticed = list(known.remarks)
    habits = {at: habit_of(row.at(at) for row in rows) for at in (*known.columns, *known.names)}
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
        entry, remarks = _entry(plan, known, row, habits, words)
        noticed += remarks
        if entry:
            entries.append(entry)
    return Reading(tuple(entries), tuple(noticed))


def _entry(
    plan: Plan, known: Layout, row: Row, habits: Mapping[int, Habit], words: Words
) -> tuple[Entry | None, list[Remark]]:
    """Return the record of a row, if it has any value, and what had to be interpreted."""
    noticed: list[Remark] = []
    values: dict[str, tuple[str, ...]] = {}
    places: dict[str, str] = {}
    name = _name(row, known.columns)
    held = _held(plan, name)
    fields = {key: field for field in known.form.fields for key in field.keys}

    def take(key: str, at: int) -> None:
        value, place = row.at(at), known.sheet.place(row.number, at)
        before = values.get(key, ())
        if isinstance(value, str) and plain(value) in held.get(key, ()):
            cell_values = [(value, False)]  # as it is: nothing to interpret
        else:
            cell_values = values_of_cell(fields[key], value, habits[at], words.offered, words.own)
        values[key] = tuple(dict.fromkeys((*before, *(text for text, _ in cell_values))))
        places[key] = place
        noticed.extend(
            Remark(place, READ, str(value), text)
            for text, interpreted in cell_values
            if interpreted
        )

    for at, key in known.columns.items():
        if key != ID:
            take(key, at)
    counting, faults = edited(plan, known, row, name, values, held)
    for key, at in counting.items():
        del values[key]
        take(key, at)
    if not name and not any(values.values()):
        return None, noticed
    where, kept = known.sheet.place(row.number, 0), values if name else _kept(known.form, values)
    claims, claimed_at = _claims(plan, known, row, words)
    return Entry(
        known.form.kind, name, kept, {**places, **claimed_at}, where, tuple(faults), claims
    ), noticed


def _claims(
    plan: Plan, known: Layout, row: Row, words: Words
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return what a row claims, by property, and the cell of each."""
    fields = {field.name: field for field in form_of(plan, "AlignmentClaim").fields}
    claims = {
        name: tuple(
            text
            for text, _ in values_of_cell(
                fields[name], row.at(at), Habit(), words.offered, words.own
            )
        )
        for at, name in known.claims.items()
    }
    places = {name: known.sheet.place(row.number, at) for at, name in known.claims.items()}
    return claims, places


def _kept(form: Form, values: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Return the values of a row without the empty ones that are filled in for a new record.

    Known again by its name, the record keeps them.
    """
    filled_in = {
        field.name
        for field in form.fields
        if field.path == Dcterms.created or goes_without_saying(form, field)
    }
    return {key: texts for key, texts in values.items() if texts or key not in filled_in}


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
