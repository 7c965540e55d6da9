"""Compares the records of sheets with those of a plan: a set of changes."""

from collections.abc import Mapping, Sequence
from datetime import date

from metrograph.editing.companions import completed
from metrograph.editing.facts import entered, written
from metrograph.editing.placement import Now, read_now
from metrograph.editing.shapes import local
from metrograph.errors import MetrographError, UsageError
from metrograph.exchange.workbook.accompanying import with_companions
from metrograph.exchange.workbook.changes import (
    Change,
    ChangeSet,
    What,
    texts,
    version,
)
from metrograph.exchange.workbook.citing import with_sources
from metrograph.exchange.workbook.faults import Fault, Faulty
from metrograph.exchange.workbook.forms import form_of
from metrograph.exchange.workbook.matching import is_there, matched, unread
from metrograph.exchange.workbook.naming import resolved
from metrograph.exchange.workbook.rows import Entry
from metrograph.messages import in_language, word
from metrograph.plan import Plan
from metrograph.store import records
from metrograph.vocabulary import RDF


def change_set(
    plan: Plan,
    entries: Sequence[Entry],
    was: Mapping[str, str],
    on: date,
    by: str | None = None,
) -> ChangeSet:
    """Return what entries would change in the plan's files as they are now.

    `was` are ids and versions of the records that the workbook held when it was made: what it held
    and no row names is removed. `on` is the day, `by` the IRI of who writes. Raises `InputError`
    where a file cannot be read.
    """
    now = read_now(plan.built.folder, plan.ids, plan.built)
    made: list[Change] = []
    faults: list[Fault] = []
    taken: dict[str, Change] = {}
    resolved_entries, names = resolved(plan, now, with_sources(plan, entries))
    for entry in resolved_entries:
        try:
            change = _change(plan, now, entry, was, on, by, taken)
        except Faulty as error:
            faults += (*entry.faults, *error.faults)
        except MetrographError as error:
            faults += (*entry.faults, Fault(entry.row, in_language(error, plan.lang)))
        else:
            taken[change.id] = change
            faults += entry.faults
            if not entry.faults:
                made.append(change)
    named = {entry.name for entry in entries if entry.name} | set(taken)
    made += [_removal(plan, now, name) for name in was if name not in named and is_there(now, name)]
    made = with_companions(plan, now, made)
    return ChangeSet(
        tuple(made), tuple(faults), texts(plan, now, made), names.new, tuple(names.remarks)
    )


def _change(  # noqa: PLR0913, PLR0917  an entry, and all that it may collide with
    plan: Plan,
    now: Now,
    entry: Entry,
    was: Mapping[str, str],
    on: date,
    by: str | None,
    taken: Mapping[str, Change],
) -> Change:
    form = form_of(plan, entry.kind)
    name, old = matched(plan, now, form, entry, taken)
    facts, problems = entered(plan, now, form, old, entry.values)
    if problems:
        raise Faulty(unread(plan, form, entry, facts, problems))
    if old is None:
        facts = completed(plan, now, form, facts)
    iri = plan.ids.iri(name)
    record, unchanged = written(iri, facts, old, by, on)
    if name in taken:
        raise Faulty([Fault(entry.row, word("row_twice", plan.lang).format(name, taken[name].row))])
    what: What = "added" if old is None else "unchanged" if unchanged else "changed"
    if old is not None and what == "changed" and name in was:
        theirs = version(old.triples(), form)
        if version(record.triples(), form) == was[name]:
            what = "unchanged"  # nobody touched the row; the record was changed elsewhere
        elif theirs != was[name]:
            what = "conflict"
    if old is None and name in was:
        what = "conflict"  # removed elsewhere meanwhile
    return Change(what, name, entry.kind, entry.row, old, record, entry.places)


def _removal(plan: Plan, now: Now, name: str) -> Change:
    iri = plan.ids.iri(name)
    file = now.file_of(iri)
    if file is None:
        raise UsageError("No file contains the record “{name}”.", name=name)
    old = records.block(file.text, iri, file.path).record
    kinds = [local(term.value) for term in dict(old.facts).get(RDF.type, ())]
    return Change("removed", name, kinds[0] if kinds else "", name, old, None, {})
