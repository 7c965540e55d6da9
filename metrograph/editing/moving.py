"""Works out what moving a record changes: its position among its like, or what it is a part of.

An element of a plan is numbered by its position, and so is what is below it: these numbers follow.
"""

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from metrograph.editing.facts import Facts, Hand, changed_record
from metrograph.editing.forms import Field, Form
from metrograph.editing.placement import Now
from metrograph.editing.revising import facts_of
from metrograph.editing.rewriting import Rewrite
from metrograph.editing.siblings import objects, position_of, siblings, subjects_with
from metrograph.errors import UsageError
from metrograph.text import whole_number
from metrograph.vocabulary import MG, RDF, Org, Skos

_WHOLES = (MG.partOf, Skos.broader, Org.subOrganizationOf)


def whole_field(form: Form) -> Field | None:
    """Return the field that says what a record of a form is a part of, if there is one."""
    fields = (form.field(path) for path in _WHOLES)
    return next((field for field in fields if field and field.choices), None)


def is_movable(form: Form) -> bool:
    """Return whether records of a form have a place: a position, or a whole."""
    return form.field(MG.position) is not None or whole_field(form) is not None


def shifted(now: Now, form: Form, name: str, step: int, hand: Hand) -> Rewrite:
    """Return the change that moves a record up (-1, -2 …) or down (1 …) among those beside it.

    Nothing changes where there is no such place. Raises `UsageError` where no file has the record.
    """
    iri = now.ids.iri(name)
    order = siblings(now, form, facts_of(now, iri))
    at = order.index(iri) if iri in order else -1
    to = at + step
    if at < 0 or not 0 <= to < len(order):
        return Rewrite()
    order.insert(to, order.pop(at))
    return _numbered(now, order, {}, hand)


def placed(now: Now, form: Form, name: str, whole: str, hand: Hand) -> Rewrite:
    """Return the change that makes a record a part of another, after the parts that this has.

    Without a whole it is a part of nothing. Raises `UsageError` where that cannot be.
    """
    iri, field = now.ids.iri(name), whole_field(form)
    facts = facts_of(now, iri)
    if field is None or (whole and whole not in dict(field.choices)):
        raise UsageError("This record cannot be moved there. Choose another place.")
    if whole and now.ids.iri(whole) in (iri, *_below(now, iri)):
        raise UsageError("A record cannot be a part of itself. Choose another place.")
    moved: Facts = {path: terms for path, terms in facts.items() if path != field.path}
    if whole:
        moved[field.path] = (ox.NamedNode(now.ids.iri(whole)),)
        if field.path == MG.partOf:  # what is a part is of the plan of its whole
            moved.pop(MG.ofPlan, None)
    elif form.field(MG.ofPlan) and MG.ofPlan not in moved:
        plans = subjects_with(now, RDF.type, ox.NamedNode(MG.StrategicPlan))
        moved[MG.ofPlan] = tuple(ox.NamedNode(plan) for plan in sorted(plans)[:1])
    if not form.field(MG.position):
        return Rewrite(changed=(changed_record(iri, moved, hand),))
    order = [other for other in siblings(now, form, moved) if other != iri]
    return _numbered(now, [*order, iri], {iri: moved}, hand)


def _below(now: Now, iri: str) -> list[str]:
    """Return what is part of a record, at any depth."""
    below = [iri]
    for above in below:
        node = ox.NamedNode(above)
        parts: set[str] = set().union(*(subjects_with(now, path, node) for path in _WHOLES))
        below += sorted(parts - set(below))
    return below[1:]


def _numbered(now: Now, order: Sequence[str], moved: Mapping[str, Facts], hand: Hand) -> Rewrite:
    """Return the change that gives records the positions of an order, and the numbers they make."""
    held = (position_of(now, iri) for iri in order if iri not in moved)
    taken = sorted({position for position in held if position})
    after = (taken[-1] if taken else 0) + 1
    positions = [*taken, *range(after, after + len(order))]
    changed: dict[str, Facts] = {}
    for iri, position in zip(order, positions, strict=False):
        facts = moved.get(iri) or facts_of(now, iri)
        new: Facts = {**facts, MG.position: (ox.Literal(position),)}
        if number := _number(now, facts, position):
            new[Skos.notation] = (ox.Literal(number),)
        if new != facts_of(now, iri):
            changed[iri] = new
            _renumber_parts(now, iri, number, changed)
    return Rewrite(changed=tuple(changed_record(iri, changed[iri], hand) for iri in changed))


def _number(now: Now, facts: Facts, position: int) -> str:
    """Return the number that an element has by its place, or nothing where it has none."""
    if not facts.get(Skos.notation) or not facts.get(MG.level):
        return ""
    above = [objects(now, whole.value, Skos.notation) for whole in facts.get(MG.partOf, ())]
    if not all(above):
        return facts[Skos.notation][0].value
    return ".".join([*(number[0].value for number in above), str(position)])


def _renumber_parts(now: Now, whole: str, number: str, changed: dict[str, Facts]) -> None:
    """Give the elements below an element the numbers that follow from its own."""
    for iri in sorted(subjects_with(now, MG.partOf, ox.NamedNode(whole))):
        facts = facts_of(now, iri)
        position = next((whole_number(term.value) for term in facts.get(MG.position, ())), None)
        if not facts.get(MG.level) or not facts.get(Skos.notation) or position is None:
            continue
        below = f"{number}.{position}"
        if facts[Skos.notation][0].value != below:
            changed[iri] = {**facts, Skos.notation: (ox.Literal(below),)}
        _renumber_parts(now, iri, below, changed)
