"""Checks a plan as a set of changes would make it, and writes its files, all or none."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from metrograph.editing.placement import read_now
from metrograph.editing.shapes import local
from metrograph.errors import InputError, reason_of
from metrograph.exchange.workbook.changes import Change, ChangeSet, What, place_of, texts
from metrograph.exchange.workbook.faults import Fault
from metrograph.exchange.workbook.matching import is_there
from metrograph.plan import Plan
from metrograph.store import records, turtle, writing
from metrograph.store.cache import cache_folder, open_store
from metrograph.store.entries import assign
from metrograph.store.findings import Finding, from_json
from metrograph.store.journal import plan_file, write_all


def faults_of(plan: Plan, proposed: ChangeSet) -> list[Fault]:
    """Return what the shapes say of the plan as it would be, and did not say before.

    The files as they would be are copied beside the plan, whose store is updated to them. Raises
    `InputError` where they are no Turtle, which would be a mistake of ours.
    """
    if not proposed.texts:
        return []
    known = {
        (finding.shape, finding.focus, finding.path, finding.value) for finding in plan.findings
    }
    with tempfile.TemporaryDirectory(prefix="metrograph-") as name:
        folder = Path(name) / "plan"
        try:
            files = turtle.file_contents(plan.built.folder, turtle.turtle_files(plan.built.folder))
            for path, data in files:
                target = folder / path.relative_to(plan.built.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            for file, text in proposed.texts.items():
                plan_file(folder, file).write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise InputError(
                "{name}: the plan cannot be copied there for checking ({reason}). Nothing was "
                "changed. Free some space, and import again.",
                name=name,
                reason=reason_of(error),
            ) from None
        findings = _findings_in(folder, plan)
    return [
        _fault(plan, proposed, finding.focus, finding.path, finding.message(plan.lang))
        for finding in findings
        if finding.severity == "violation"
        and (finding.shape, finding.focus, finding.path, finding.value) not in known
    ]


def _findings_in(folder: Path, plan: Plan) -> list[Finding]:
    """Return what is found in files beside a plan; their store is kept for when they are saved."""
    kept_in = plan.built.path.parent.parent if plan.built.path else cache_folder()
    built = open_store(folder, kept_in)
    values = built.findings_json()
    if built.path:
        assign(built.path.parent, plan.built.folder)
    return [from_json(value) for value in values]


def _fault(plan: Plan, proposed: ChangeSet, focus: str, path: str | None, message: str) -> Fault:
    name = plan.ids.short(focus)
    change = next((other for other in proposed.changes if other.id == name), None)
    if change is None:
        return Fault(name, message)
    return Fault(place_of(change, local(path) if path else None), message)


def without(proposed: ChangeSet, faults: Iterable[Fault], plan: Plan) -> ChangeSet:
    """Return a change set without the rows that have these faults."""
    places = {fault.where for fault in faults}
    kept = tuple(
        change
        for change in proposed.changes
        if change.row not in places
        and not places & set(change.places.values())
        and change.what != "conflict"
    )
    return waiting(plan, replace(_left(plan, kept), new=proposed.new))


def waiting(plan: Plan, proposed: ChangeSet) -> ChangeSet:
    """Return a change set without what refers to a new record whose own row was left out."""
    kept = proposed.changes
    while True:
        ids = {change.id for change in kept}
        missing = {plan.ids.iri(name) for name in proposed.new if name not in ids}
        fewer = tuple(change for change in kept if not _refers(change, missing))
        if len(fewer) == len(kept):
            return proposed if kept == proposed.changes else _left(plan, kept)
        kept = fewer


def _refers(change: Change, iris: set[str]) -> bool:
    facts = change.after.facts if change.after else ()
    return any(term.value in iris for _, terms in facts for term in terms)


def only(plan: Plan, proposed: ChangeSet, but: What) -> ChangeSet:
    """Return a change set without changes of one sort."""
    kept = tuple(change for change in proposed.changes if change.what != but)
    return replace(_left(plan, kept, proposed.faults), new=proposed.new)


def _left(plan: Plan, kept: tuple[Change, ...], faults: tuple[Fault, ...] = ()) -> ChangeSet:
    """Return the set of the changes that are left, with the files as they make them."""
    return ChangeSet(
        kept, faults, texts(plan, read_now(plan.built.folder, plan.ids, plan.built), kept)
    )


def save(plan: Plan, proposed: ChangeSet) -> None:
    """Write a change set into the plan's files, in one step.

    Raises `InputError` if a file has changed since the set was made, or cannot be written; then
    nothing is changed.
    """
    folder = plan.built.folder
    with writing.locked(folder):
        now = read_now(folder, plan.ids, plan.built)
        for change in proposed.changes:
            if change.what == "added" and is_there(now, change.id):
                raise InputError(
                    "{id} has meanwhile been added by someone else. Nothing was saved. Import "
                    "again.",
                    id=change.id,
                )
            if change.before is None:
                continue
            file = now.file_of(change.before.subject)
            block = records.block(file.text, change.before.subject, file.path) if file else None
            if block is None or set(block.record.triples()) != set(change.before.triples()):
                raise InputError(
                    "{id} has meanwhile been changed by someone else. Nothing was saved. Import "
                    "again.",
                    id=change.id,
                )
        write_all(folder, texts(plan, now, proposed.changes))
