"""Compares records from sheets with a plan: a set of changes, and how it is written.

A record is named by its id, or known again by what its id is made of (year and name, coder and
category ...), so that the same sheet read twice changes nothing the second time.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from metrograph.editing.facts import Facts, entered, written
from metrograph.editing.forms import Form
from metrograph.editing.placement import NEW, Now, file_for, natural_id, part_of_file, read_now
from metrograph.editing.proposals import current
from metrograph.editing.shapes import local
from metrograph.editing.values import language_of
from metrograph.errors import InputError, MetrographError, UsageError, reason_of
from metrograph.exchange.workbook.rows import Entry, forms
from metrograph.messages import in_language, word
from metrograph.plan import Plan
from metrograph.store import records, writing
from metrograph.store.journal import plan_file, write_all
from metrograph.store.records import Record
from metrograph.tables.table import Column, Entity, Table
from metrograph.vocabulary import MG, RDF

What = Literal["added", "changed", "removed", "unchanged", "conflict"]
_DEFAULT = ox.DefaultGraph()
_ORDER: tuple[What, ...] = ("added", "changed", "removed", "conflict", "unchanged")
_STAMPS = (MG.recordChangedOn, MG.recordedBy)  # who wrote, and when: no change of its own
_ID = r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)+"


@dataclass(frozen=True)
class Fault:
    """What keeps a row from being taken: where, and why."""

    where: str
    message: str


@dataclass(frozen=True)
class Change:
    """What becomes of one record: its id, and as it was and would be, where it is in a file."""

    what: What
    id: str
    kind: str
    row: str
    before: Record | None
    after: Record | None
    places: Mapping[str, str]


@dataclass(frozen=True)
class ChangeSet:
    """All that sheets would change, and what is wrong with them.

    `texts` are the files as they would be, by their names.
    """

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    texts: Mapping[str, str]

    def count(self, what: What) -> int:
        """Return how many records are added, changed, and so on."""
        return sum(change.what == what for change in self.changes)


def version(record: Iterable[ox.Triple], form: Form) -> str:
    """Return a short hash of what a record says in the fields of its form, whoever wrote it when.

    A workbook carries it, so that it can be told whether the record has changed since.
    """
    paths = {field.path for field in form.fields}
    store = ox.Store()  # which spells literals in one way
    store.extend(
        ox.Quad(triple.subject, triple.predicate, triple.object)
        for triple in record
        if triple.predicate.value in paths
    )
    statements = sorted(f"{quad.predicate} {quad.object}" for quad in store)
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()[:16]


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
    now = read_now(plan.built.folder, plan.ids)
    made: list[Change] = []
    faults: list[Fault] = []
    taken: dict[str, str] = {}
    for entry in entries:
        try:
            change = _change(plan, now, entry, was, on, by, taken)
        except _Faulty as error:
            faults += error.faults
        except MetrographError as error:
            faults.append(Fault(entry.row, in_language(error, plan.lang)))
        else:
            made.append(change)
            taken[change.id] = entry.row
    named = {entry.name for entry in entries if entry.name} | set(taken)
    made += [
        _removal(plan, now, name) for name in was if name not in named and _is_there(now, name)
    ]
    return ChangeSet(tuple(made), tuple(faults), texts(plan, now, made))


class _Faulty(Exception):  # noqa: N818  carries faults to where they are collected
    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


def _change(  # noqa: PLR0913, PLR0917  an entry, and all that it may collide with
    plan: Plan,
    now: Now,
    entry: Entry,
    was: Mapping[str, str],
    on: date,
    by: str | None,
    taken: Mapping[str, str],
) -> Change:
    form = forms(plan)[entry.kind]
    name, old = _found(plan, now, form, entry, taken)
    facts, problems = entered(plan, now, form, old, entry.values)
    if problems:
        raise _Faulty(Fault(_place(entry, problem.field), problem.message) for problem in problems)
    iri = plan.ids.iri(name)
    record, unchanged = written(iri, facts, old, by, on)
    if name in taken:
        raise _Faulty([Fault(entry.row, word("row_twice", plan.lang).format(name, taken[name]))])
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


def _place(of: Entry | Change, field: str | None) -> str:
    """Return the cell of a field in a row, or the row."""
    cells = (place for key, place in of.places.items() if key.partition(".")[0] == field)
    return next(cells, of.row)


def _found(
    plan: Plan, now: Now, form: Form, entry: Entry, taken: Mapping[str, str]
) -> tuple[str, Record | None]:
    """Return the id of an entry, and its record if the files have one."""
    if entry.name:
        name = plan.ids.short(plan.ids.iri(entry.name))
        if _is_there(now, name):
            return name, current(now, name, form)
        if not re.fullmatch(_ID, name):
            message = word("id_unfit", plan.lang).format(entry.name)
            raise _Faulty([Fault(entry.row, message)])
        return name, None
    facts, problems = entered(plan, now, form, None, entry.values)
    if problems:
        raise _Faulty(Fault(_place(entry, problem.field), problem.message) for problem in problems)
    first = natural_id(now, form, facts)
    if NEW in first.split("/"):
        missing = [
            field.label for field in form.fields if field.required and not facts.get(field.path)
        ]
        message = word("row_unnamed", plan.lang).format(", ".join(missing) or form.label)
        raise _Faulty([Fault(entry.row, message)])
    return _known_again(now, form, facts, first, taken)


def _known_again(
    now: Now, form: Form, facts: Facts, first: str, taken: Mapping[str, str]
) -> tuple[str, Record | None]:
    """Return the record that is meant by facts, or the first id that is free.

    It is one whose id is made of the same, or that has the same name (and year). Figures of one
    indicator, period and subject are told apart by their kind of value and scope.
    """
    is_figure = form.type == MG.Observation
    name, number = first, 1
    same: list[tuple[str, Record]] = []
    while _is_there(now, name) or (is_figure and name in taken):
        if name not in taken or not is_figure:
            old = current(now, name, form)
            if _says(old, facts):
                return name, old
            if _is_alike(form, old, facts):
                same.append((name, old))
        number += 1
        name = f"{first}-{number}"
    same += [(other, current(now, other, form)) for other in _called(now, form, facts)]
    return same[0] if same else (name if is_figure else first, None)


def _called(now: Now, form: Form, facts: Facts) -> list[str]:
    """Return the ids of records of a kind with the same name, and of the same year if they have."""
    years = set(facts.get(MG.year, ()))
    kind, year = ox.NamedNode(form.type), ox.NamedNode(MG.year)
    ids = []
    for label in facts.get(RDF.label, ()):
        for quad in now.store.quads_for_pattern(None, ox.NamedNode(RDF.label), label, _DEFAULT):
            node = quad.subject
            types = now.store.quads_for_pattern(node, ox.NamedNode(RDF.type), kind, _DEFAULT)
            held = {fact.object for fact in now.store.quads_for_pattern(node, year, None, _DEFAULT)}
            if isinstance(node, ox.NamedNode) and next(iter(types), None) and held == years:
                ids.append(now.ids.short(node.value))
    return sorted(set(ids))


def _says(old: Record, facts: Facts) -> bool:
    """Return whether a record says all that facts say."""
    had = {(path, term) for path, terms in old.facts for term in terms}
    return all((path, term) in had for path, terms in facts.items() for term in terms)


def _is_alike(form: Form, old: Record, facts: Facts) -> bool:
    if form.type != MG.Observation:
        return True
    had = dict(old.facts)
    return all(
        set(had.get(path, ())) == set(facts.get(path, ())) for path in (MG.valueType, MG.scope)
    )


def _is_there(now: Now, name: str) -> bool:
    return now.file_of(now.ids.iri(name)) is not None


def _removal(plan: Plan, now: Now, name: str) -> Change:
    iri = plan.ids.iri(name)
    file = now.file_of(iri)
    if file is None:
        raise UsageError("No file contains the record “{name}”.", name=name)
    old = records.block(file.text, iri, file.path).record
    kinds = [local(term.value) for term in dict(old.facts).get(RDF.type, ())]
    return Change("removed", name, kinds[0] if kinds else "", name, old, None, {})


# ---------------------------------------------------------------- the files as they would be


def texts(plan: Plan, now: Now, changes: Iterable[Change]) -> dict[str, str]:
    """Return the files that changes touch, as they would be, by name."""
    contents: dict[str, str] = {}
    new: dict[str, tuple[str, list[Record]]] = {}
    files: dict[tuple[str, str], tuple[str, str]] = {}
    for change in changes:
        if change.what == "added" and change.after:
            form = forms(plan)[change.kind]
            part = (change.kind, part_of_file(now, form, change.after))
            if part not in files:
                files[part] = file_for(now, form, change.after)
            name, about = files[part]
            new.setdefault(name, (about, []))[1].append(change.after)
        elif change.what in ("changed", "removed"):
            file = now.file_of(plan.ids.iri(change.id))
            if file is not None:
                text = contents.get(file.name, file.text)
                contents[file.name] = _with_changed(text, change, file.path)
    for name, (about, added) in new.items():
        text = contents.get(name) or now.text(name) or f"# {about}\n@base <{plan.ids.base}> .\n"
        contents[name] = records.with_records(text, added)
    return contents


def _with_changed(text: str, change: Change, path: Path) -> str:
    if change.before is None:
        return text
    block = records.block(text, change.before.subject, path)
    if change.after is None:
        return records.without(text, block)
    return records.with_replaced(text, block, change.after)


# ---------------------------------------------------------------- checking and writing


def faults_of(plan: Plan, proposed: ChangeSet) -> list[Fault]:
    """Return what the shapes say of the plan as it would be, and did not say before.

    The files as they would be are built beside the plan. Raises `InputError` where they are no
    Turtle, which would be a mistake of ours.
    """
    from metrograph.store.build import assemble  # noqa: PLC0415  rdflib and pyshacl take long to import
    from metrograph.store.turtle import file_contents, turtle_files  # noqa: PLC0415

    if not proposed.texts:
        return []
    known = {
        (finding.shape, finding.focus, finding.path, finding.value) for finding in plan.findings
    }
    with tempfile.TemporaryDirectory(prefix="metrograph-") as name:
        folder = Path(name) / "plan"
        try:
            files = file_contents(plan.built.folder, turtle_files(plan.built.folder))
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
        findings = assemble(turtle_files(folder), folder).findings
    return [
        _fault(plan, proposed, finding.focus, finding.path, finding.message(plan.lang))
        for finding in findings
        if finding.severity == "violation"
        and (finding.shape, finding.focus, finding.path, finding.value) not in known
    ]


def _fault(plan: Plan, proposed: ChangeSet, focus: str, path: str | None, message: str) -> Fault:
    name = plan.ids.short(focus)
    change = next((other for other in proposed.changes if other.id == name), None)
    if change is None:
        return Fault(name, message)
    return Fault(_place(change, local(path) if path else None), message)


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
    return _left(plan, kept)


def save(plan: Plan, proposed: ChangeSet) -> None:
    """Write a change set into the plan's files, in one step.

    Raises `InputError` if a file has changed since the set was made, or cannot be written; then
    nothing is changed.
    """
    folder = plan.built.folder
    with writing.locked(folder):
        now = read_now(folder, plan.ids)
        for change in proposed.changes:
            if change.what == "added" and _is_there(now, change.id):
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


def only(plan: Plan, proposed: ChangeSet, but: What) -> ChangeSet:
    """Return a change set without changes of one sort."""
    kept = tuple(change for change in proposed.changes if change.what != but)
    return _left(plan, kept, proposed.faults)


def _left(plan: Plan, kept: tuple[Change, ...], faults: tuple[Fault, ...] = ()) -> ChangeSet:
    """Return the set of the changes that are left, with the files as they make them."""
    return ChangeSet(kept, faults, texts(plan, read_now(plan.built.folder, plan.ids), kept))


# ---------------------------------------------------------------- tables for people


def differences(plan: Plan, change: Change) -> tuple[str, str]:
    """Return what a row says, and what the plan says instead, where the two differ."""
    ours, theirs = _said(plan, change.after), _said(plan, change.before)
    keys = [key for key in dict.fromkeys((*ours, *theirs)) if ours.get(key) != theirs.get(key)]
    return _told(ours, keys), _told(theirs, keys)


def _told(values: Mapping[str, str], keys: Iterable[str]) -> str:
    return "; ".join(f"{key} = {values.get(key, '–')}" for key in keys) or "–"


def listed(plan: Plan, proposed: ChangeSet, title: str = "changes") -> Table:
    """Return what would change, a row a value: of which record, what, from what, to what.

    `title` is the key of the table's title.
    """
    names = ("happened_to", "record", "field", "before", "after", "where")
    columns = tuple(Column(name, word(name, plan.lang), name == "record") for name in names)
    rows = tuple(
        row
        for what in _ORDER
        if what != "unchanged"
        for change in proposed.changes
        if change.what == what
        for row in _rows(plan, change)
    )
    return Table(
        word(title, plan.lang),
        columns,
        rows,
        lang=plan.lang,
        note=summary(plan, proposed),
        empty=word("no_changes", plan.lang),
    )


def summary(plan: Plan, proposed: ChangeSet) -> str:
    """Return how many records are added, changed, removed, in conflict and unchanged."""
    return " · ".join(
        f"{word(f'change_{what}', plan.lang)}{word('colon', plan.lang)} {proposed.count(what)}"
        for what in _ORDER
        if what != "conflict" or proposed.count(what)
    )


def _rows(
    plan: Plan, change: Change
) -> Iterable[tuple[str, Entity, str, str | None, str | None, str]]:
    shown = Entity(change.id, _label(plan, change))
    what = word(f"change_{change.what}", plan.lang)
    before, after = _said(plan, change.before), _said(plan, change.after)
    if change.what in ("added", "removed"):
        kind = (
            plan.label(forms(plan)[change.kind].type) if change.kind in forms(plan) else change.kind
        )
        yield what, shown, kind, None, None, change.row
        return
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield what, shown, key, before.get(key), after.get(key), change.row


def _label(plan: Plan, change: Change) -> str:
    record = change.after or change.before
    labels = dict(record.facts).get(RDF.label, ()) if record else ()
    by_language = {language_of(term): term.value for term in labels}
    return by_language.get(plan.lang) or next(iter(by_language.values()), change.id)


def _said(plan: Plan, record: Record | None) -> dict[str, str]:
    """Return the values of a record as texts, by the label of their field."""
    by_label: dict[str, list[str]] = {}
    for path, terms in record.facts if record else ():
        for term in terms if path not in _STAMPS else ():
            tag = language_of(term)
            label = plan.label(path) + (f" ({tag})" if tag else "")
            value = plan.ids.short(term.value) if isinstance(term, ox.NamedNode) else term.value
            by_label.setdefault(label, []).append(value)
    return {key: " | ".join(sorted(values)) for key, values in by_label.items()}


def faults_table(plan: Plan, faults: Sequence[Fault]) -> Table:
    """Return faults as a table: where, and what is wrong."""
    columns = tuple(Column(name, word(name, plan.lang)) for name in ("where", "finding"))
    rows = tuple((fault.where, fault.message) for fault in faults)
    return Table(word("findings", plan.lang), columns, rows, lang=plan.lang)
