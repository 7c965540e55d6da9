"""Finds the record of a plan that a row means.

A record is named by its id, or known again by what its id is made of (year and name, coder and
category ...), so that the same sheet read twice changes nothing the second time.
"""

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from metrograph.editing.companions import goes_without_saying
from metrograph.editing.facts import Facts, Problem, entered
from metrograph.editing.forms import Form
from metrograph.editing.placement import NEW, Now, natural_id
from metrograph.editing.proposals import current
from metrograph.exchange.workbook.changes import Change, place_of
from metrograph.exchange.workbook.faults import Fault, Faulty
from metrograph.exchange.workbook.rows import Entry
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, Prov

_ABOUT = {
    MG.Observation: (MG.valueType, MG.scope),
    MG.Coding: (MG.codedActivity, MG.codedBy),
    MG.AlignmentClaim: (MG.onActivity, Prov.wasAttributedTo),
}  # what two records of one id may differ in: an activity of each year has the same last part
_ID = r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)+"


def matched(
    plan: Plan, now: Now, form: Form, entry: Entry, taken: Mapping[str, Change]
) -> tuple[str, Record | None]:
    """Return the id of an entry, and its record if the files have one."""
    if entry.name:
        name = plan.ids.short(plan.ids.iri(entry.name))
        if is_there(now, name):
            return name, current(now, name, form)
        if not re.fullmatch(_ID, name):
            message = word("id_unfit", plan.lang).format(entry.name)
            raise Faulty([Fault(entry.row, message)])
        return name, None
    facts, problems = entered(plan, now, form, None, entry.values)
    if problems:
        raise Faulty(unread(plan, form, entry, facts, problems))
    first = natural_id(now, form, facts)
    if NEW in first.split("/"):
        if entry.faults or entry.waits:  # what names it could not be read
            raise Faulty([])
        missing = [
            field.label for field in form.fields if field.required and not facts.get(field.path)
        ]
        message = word("row_unnamed", plan.lang).format(", ".join(missing) or form.label)
        raise Faulty([Fault(entry.row, message)])
    return known_again(now, form, facts, first, taken)


def unread(
    plan: Plan, form: Form, entry: Entry, facts: Facts, problems: Iterable[Problem]
) -> list[Fault]:
    """Return what is wrong with a row of which something cannot be read, and what is empty in it.

    The shapes are not asked of such a row, so that what is missing would only be told afterwards.
    """
    faults = [Fault(place_of(entry, problem.field), problem.message) for problem in problems]
    places = {fault.where for fault in (*faults, *entry.faults)}
    for field in form.fields:
        place = next((entry.places[key] for key in field.keys if key in entry.places), None)
        if goes_without_saying(form, field):
            continue
        if field.required and place and place not in places and not facts.get(field.path):
            faults.append(Fault(place, word("value_required", plan.lang).format(field.label)))
    return faults


def known_again(
    now: Now, form: Form, facts: Facts, first: str, taken: Mapping[str, Change]
) -> tuple[str, Record | None]:
    """Return the record that is meant by facts, or the first id that is free.

    It is one whose id is made of the same, or that has the same name (and year). Figures of one
    indicator, period and subject are told apart by their kind of value and scope. `taken` are the
    changes of the rows before.
    """
    is_figure = form.type == MG.Observation
    name, number = first, 1
    same: list[tuple[str, Record]] = []
    while is_there(now, name) or name in taken:
        old = current(now, name, form) if is_there(now, name) else None
        if not (is_figure and name in taken):
            if old and _holds_all(old, facts):
                return name, old
            if _is_alike(form, old or taken[name].after, facts):
                if old is None:
                    return name, None
                same.append((name, old))
        number += 1
        name = f"{first}-{number}"
    same += [(other, current(now, other, form)) for other in records_called(now, form, facts)]
    return same[0] if same else (name, None)


def records_called(now: Now, form: Form, facts: Facts) -> list[str]:
    """Return the ids of records of a kind with the same name, and of the same year if they have."""
    years = set(facts.get(MG.year, ()))
    kind, year = ox.NamedNode(form.type), ox.NamedNode(MG.year)
    ids = []
    for label in facts.get(RDF.label, ()):
        for triple in now.engine.triples(None, ox.NamedNode(RDF.label), label):
            node = triple.subject
            types = now.engine.triples(node, ox.NamedNode(RDF.type), kind)
            held = {fact.object for fact in now.engine.triples(node, year)}
            if isinstance(node, ox.NamedNode) and next(iter(types), None) and held == years:
                ids.append(now.ids.short(node.value))
    return sorted({name for name in ids if is_there(now, name)}, key=lambda name: (len(name), name))


def _holds_all(old: Record, facts: Facts) -> bool:
    """Return whether a record says all that facts say."""
    had = {(path, term) for path, terms in old.facts for term in terms}
    return all((path, term) in had for path, terms in facts.items() for term in terms)


def _is_alike(form: Form, old: Record | None, facts: Facts) -> bool:
    """Return whether a record is about the same: ids are made of parts of other ids."""
    had = dict(old.facts) if old else {}
    return all(
        set(had.get(path, ())) == set(facts.get(path, ())) for path in _ABOUT.get(form.type, ())
    )


def is_there(now: Now, name: str) -> bool:
    """Return whether the files have a record with this id."""
    return now.file_of(now.ids.iri(name)) is not None
