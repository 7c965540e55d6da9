"""Imports a filled-in spreadsheet: what it would change in a plan, and its errors."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from metrograph.editing.values import language_of
from metrograph.errors import UsageError
from metrograph.exchange.workbook import rows, saving, state
from metrograph.exchange.workbook.changes import Change, ChangeSet
from metrograph.exchange.workbook.comparison import change_set
from metrograph.exchange.workbook.faults import Fault
from metrograph.exchange.workbook.own_list import new_places, own_list, with_claims
from metrograph.exchange.workbook.rows import Entry
from metrograph.exchange.workbook.summary import differences
from metrograph.messages import LANGUAGES, word
from metrograph.plan import Plan
from metrograph.reading import sheets
from metrograph.reading.notices import Remark
from metrograph.reading.numbers import line_of
from metrograph.reading.sheets import Sheet
from metrograph.vocabulary import RDF


@dataclass(frozen=True)
class Result:
    """What an import found: changes, what is wrong with rows, and what was noticed in reading.

    `valid` are the changes without the rows that have faults; there are none if what is wrong is no
    row's. `gone` tells how many records have no row any more and stay, `waiting` how many rows are
    left out only because they refer to rows with faults. `places` are names of places in an own
    list that the plan does not have, `cells` what stands in the cells that have faults.
    """

    changes: ChangeSet
    faults: tuple[Fault, ...]
    remarks: tuple[Remark, ...]
    valid: ChangeSet | None
    gone: int = 0
    waiting: int = 0
    places: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def provisional(self) -> int:
        """How many claims are added that only one coder makes so far."""
        return sum(item.kind == "AlignmentClaim" for item in _added(self.valid or self.changes))

    def untranslated(self, languages: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the languages in which the names of added records are missing, by their ids."""
        missing = {}
        for item in _added(self.valid or self.changes):
            labels = dict(item.after.facts).get(RDF.label, ()) if item.after else ()
            has = {language_of(label) for label in labels}
            if has and (left := tuple(tag for tag in languages if tag not in has)):
                missing[item.id] = left
        return missing


def _added(proposed: ChangeSet) -> list[Change]:
    return [change for change in proposed.changes if change.what == "added"]


def result(  # noqa: PLR0913, PLR0917  what a person asks of an import
    plan: Plan,
    path: Path,
    on: date,
    kind: str | None = None,
    by: str | None = None,
    removes: bool = True,
    coder: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
    creates_places: bool = False,
) -> Result:
    """Return what a spreadsheet would change in a plan, and what is wrong with it.

    Without `removes`, records whose rows are gone stay. `coder` is the name or id of who claims
    what the columns of challenges and themes of an own list hold; with `creates_places`,
    places that such a list names and the plan does not have are made. `progress` is told each step.
    Raises `InputError` for a file that cannot be read, `UsageError` for one that is of another
    plan, or of which nothing tells what it holds.
    """
    progress(word("step_reading", plan.lang).format(path))
    read = sheets.read(path, plan.lang)
    workbook = state.state(read)
    if workbook and workbook.base != plan.ids.base:
        raise UsageError(word("other_plan", plan.lang).format(path, workbook.base))
    reading = _records(plan, read, kind, workbook)
    progress(word("step_comparing", plan.lang))
    entries: Sequence[Entry] = reading.entries
    places: tuple[str, ...] = ()
    if kind:
        places = new_places(plan, entries)
        entries = with_claims(plan, entries, own_list(path, read, coder, creates_places))
    changed = change_set(plan, entries, workbook.versions if workbook else {}, on, by)
    gone = 0 if removes else changed.count("removed")
    if gone:
        changed = saving.only(plan, changed, "removed")
    progress(word("step_checking", plan.lang))
    unchecked = Result(changed, (), (*reading.remarks, *changed.remarks), None, gone, places=places)
    return _with_faults(plan, read, unchecked)


def _with_faults(plan: Plan, read: Sequence[Sheet], unchecked: Result) -> Result:
    """Return a result with all faults of its changes, and with what stands in their cells."""
    faults, valid = _checked(plan, unchecked.changes)
    return replace(
        unchecked,
        faults=tuple(sorted(faults, key=lambda fault: place(fault.where))),
        valid=valid,
        waiting=_waiting(unchecked.changes, faults, valid) if valid else 0,
        cells=_cells(read, {fault.where for fault in faults}),
    )


def _records(
    plan: Plan, read: Sequence[Sheet], kind: str | None, workbook: state.State | None
) -> rows.Reading:
    """Return the records that the sheets hold, without the guide and the hidden sheets."""
    guides = {word("template_guide", lang) for lang in LANGUAGES}
    picks = workbook.picks if workbook else {}
    return rows.read(plan, state.records_of(read, guides), kind, picks)


def _cells(read: Sequence[Sheet], places: Collection[str]) -> dict[str, str]:
    """Return what stands in cells, by their places."""
    wanted = {(sheet, row) for sheet, row, _, _ in map(place, places)}
    return {
        where: line_of(cell)
        for sheet in read
        for row in sheet.rows
        if (sheet.name, row.number) in wanted
        for at, cell in enumerate(row.cells)
        for where in [sheet.place(row.number, at)]
        if where in places and cell is not None
    }


def _waiting(changed: ChangeSet, faults: list[Fault], valid: ChangeSet) -> int:
    """Return how many changes are left out whose own rows have no fault."""
    faulty, kept = {place(fault.where)[:2] for fault in faults}, {item.id for item in valid.changes}
    return sum(
        item.id not in kept and place(item.row)[:2] not in faulty for item in changed.changes
    )


def _checked(plan: Plan, changed: ChangeSet) -> tuple[list[Fault], ChangeSet | None]:
    """Return all that is wrong with rows, and the changes that are left without these rows.

    The shapes are asked again of what is left: a row may be right only together with another.
    """
    faults = [*changed.faults, *_conflicts(plan, changed)]
    left = saving.without(changed, faults, plan) if faults else changed
    while wrong := saving.faults_of(plan, left):
        faults += wrong
        fewer = saving.without(left, wrong, plan)
        if len(fewer.changes) == len(left.changes):
            return faults, None
        left = fewer
    return faults, left


def _conflicts(plan: Plan, changed: ChangeSet) -> list[Fault]:
    """Return a fault for each record that was changed on both sides, with both values."""
    return [
        Fault(change.row, word("conflict_told", plan.lang).format(change.id, here, there))
        for change in changed.changes
        if change.what == "conflict"
        for here, there in [differences(plan, change)]
    ]


def place(where: str) -> tuple[str, int, int, str]:
    """Return what puts cells in the order in which a sheet is read: row by row, from the left.

    >>> sorted(["Claims!B10", "Claims!AA2", "Claims!C2"], key=place)
    ['Claims!C2', 'Claims!AA2', 'Claims!B10']
    """
    sheet, mark, cell = where.rpartition("!")
    if not mark:
        return where, 0, 0, ""
    column = cell.rstrip("0123456789")
    return sheet, int(cell[len(column) :] or 0), len(column), column
