"""Imports a filled-in spreadsheet: what it would change in a plan, and its errors."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from metrograph.editing.values import language_of
from metrograph.errors import UsageError
from metrograph.exchange.workbook import rows, saving, state
from metrograph.exchange.workbook.changes import Change, ChangeSet
from metrograph.exchange.workbook.comparison import change_set
from metrograph.exchange.workbook.faults import Fault
from metrograph.exchange.workbook.own_list import own_list, with_claims
from metrograph.exchange.workbook.summary import differences
from metrograph.messages import LANGUAGES, word
from metrograph.plan import Plan
from metrograph.reading import sheets
from metrograph.reading.notices import Remark
from metrograph.vocabulary import RDF


@dataclass(frozen=True)
class Result:
    """What an import found: changes, what is wrong with rows, and what was noticed in reading.

    `valid` are the changes without the rows that have faults; there are none if what is wrong is no
    row's. `gone` tells how many records have no row any more and stay, `waiting` how many rows are
    left out only because they refer to rows with faults.
    """

    changes: ChangeSet
    faults: tuple[Fault, ...]
    remarks: tuple[Remark, ...]
    valid: ChangeSet | None
    gone: int = 0
    waiting: int = 0

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
) -> Result:
    """Return what a spreadsheet would change in a plan, and what is wrong with it.

    Without `removes`, records whose rows are gone stay. `coder` is the name or id of who claims
    what the columns of challenges and themes of an own list hold. `progress` is told each step.
    Raises `InputError` for a file that cannot be read, `UsageError` for one that is of another
    plan, or of which nothing tells what it holds.
    """
    progress(word("step_reading", plan.lang).format(path))
    read = sheets.read(path, plan.lang)
    workbook = state.state(read)
    if workbook and workbook.base != plan.ids.base:
        raise UsageError(word("other_plan", plan.lang).format(path, workbook.base))
    guides = {word("template_guide", lang) for lang in LANGUAGES}
    picks = workbook.picks if workbook else {}
    reading = rows.read(plan, state.records_of(read, guides), kind, picks)
    versions = workbook.versions if workbook else {}
    progress(word("step_comparing", plan.lang))
    entries = with_claims(plan, reading.entries, own_list(path, read, coder)) if kind else ()
    changed = change_set(plan, entries or reading.entries, versions, on, by)
    gone = 0 if removes else changed.count("removed")
    if gone:
        changed = saving.only(plan, changed, "removed")
    progress(word("step_checking", plan.lang))
    faults, valid = _checked(plan, changed)
    in_order = sorted(faults, key=lambda fault: place(fault.where))
    waiting = _waiting(changed, faults, valid) if valid else 0
    return Result(changed, tuple(in_order), reading.remarks, valid, gone, waiting)


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
