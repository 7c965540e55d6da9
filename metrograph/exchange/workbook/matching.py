"""Finds the record of a plan that a row means.

A record is named by its id, or known again by what its id is made of (year and name, coder and
category ...), so that the same sheet read twice changes nothing the second time.
"""

import re
from collections.abc import Mapping

import pyoxigraph as ox

from metrograph.editing.facts import Facts, entered
from metrograph.editing.forms import Form
from metrograph.editing.placement import NEW, Now, natural_id
from metrograph.editing.proposals import current
from metrograph.exchange.workbook.changes import Fault, Faulty, place_of
from metrograph.exchange.workbook.rows import Entry
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF

_DEFAULT = ox.DefaultGraph()
_ID = r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)+"


def matched(
    plan: Plan, now: Now, form: Form, entry: Entry, taken: Mapping[str, str]
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
        raise Faulty(Fault(place_of(entry, problem.field), problem.message) for problem in problems)
    first = natural_id(now, form, facts)
    if NEW in first.split("/"):
        missing = [
            field.label for field in form.fields if field.required and not facts.get(field.path)
        ]
        message = word("row_unnamed", plan.lang).format(", ".join(missing) or form.label)
        raise Faulty([Fault(entry.row, message)])
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
    while is_there(now, name) or (is_figure and name in taken):
        if name not in taken or not is_figure:
            old = current(now, name, form)
            if _holds_all(old, facts):
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


def _holds_all(old: Record, facts: Facts) -> bool:
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


def is_there(now: Now, name: str) -> bool:
    """Return whether the files have a record with this id."""
    return now.file_of(now.ids.iri(name)) is not None
