"""Shows a set of changes, and the faults of rows, as tables and texts in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from metrograph.editing.shapes import local
from metrograph.editing.values import language_of
from metrograph.exchange.workbook.changes import ORDER, Change, ChangeSet
from metrograph.exchange.workbook.faults import Fault
from metrograph.exchange.workbook.forms import KINDS, form_of
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store.records import Record
from metrograph.tables.table import Column, Entity, Table
from metrograph.vocabulary import MG, RDF

_ABOUT = frozenset({"onActivity", "claimsChallenge", "claimsTheme", "claimsArea", "codedBy",
                    "claimsResult", "wasAttributedTo", "ofTheme", "ofChallenge"})  # fmt: skip
_STAMPS = (MG.recordChangedOn, MG.recordedBy)  # who wrote, and when: no change of its own


def differences(plan: Plan, change: Change) -> tuple[str, str]:
    """Return what a row says, and what the plan says instead, where the two differ."""
    ours, theirs = _values(plan, change.after), _values(plan, change.before)
    keys = [key for key in dict.fromkeys((*ours, *theirs)) if ours.get(key) != theirs.get(key)]
    return _shown(ours, keys), _shown(theirs, keys)


def _shown(values: Mapping[str, str], keys: Iterable[str]) -> str:
    return "; ".join(f"{key} = {values.get(key, '–')}" for key in keys) or "–"


def listed(plan: Plan, proposed: ChangeSet, title: str = "changes") -> Table:
    """Return what would change, a row a value: of which record, what, from what, to what.

    `title` is the key of the table's title.
    """
    names = ("happened_to", "record", "field", "before", "after", "where")
    columns = tuple(Column(name, word(name, plan.lang), name == "record") for name in names)
    named = {plan.ids.iri(change.id): _label(plan, change) for change in proposed.changes}
    rows = tuple(
        row
        for what in ORDER
        if what != "unchanged"
        for change in proposed.changes
        if change.what == what
        for row in _rows(plan, change, named)
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
        for what in ORDER
        if what != "conflict" or proposed.count(what)
    )


def _rows(
    plan: Plan, change: Change, named: Mapping[str, str]
) -> Iterable[tuple[str, Entity, str, str | None, str | None, str]]:
    label = named[plan.ids.iri(change.id)] or _composed(plan, change, named) or change.id
    shown = Entity(change.id, label)
    what = word(f"change_{change.what}", plan.lang)
    before, after = _values(plan, change.before), _values(plan, change.after)
    if change.what in ("added", "removed"):
        is_known = change.kind in KINDS or ":" in change.kind
        kind = plan.label(form_of(plan, change.kind).type) if is_known else change.kind
        yield what, shown, kind, None, None, change.row
        return
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield what, shown, key, before.get(key), after.get(key), change.row


def _label(plan: Plan, change: Change) -> str:
    record = change.after or change.before
    labels = dict(record.facts).get(RDF.label, ()) if record else ()
    by_language = {language_of(term): term.value for term in labels}
    return by_language.get(plan.lang) or next(iter(by_language.values()), "")


def _composed(plan: Plan, change: Change, named: Mapping[str, str]) -> str:
    """Return what to call a record without a name of its own: the records it is about, by name."""
    record = change.after or change.before
    return " · ".join(
        named.get(term.value) or plan.label(term.value)
        for path, terms in (record.facts if record else ())
        if local(path) in _ABOUT
        for term in terms
    )


def _values(plan: Plan, record: Record | None) -> dict[str, str]:
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
