"""Completes a new record with what goes without saying, and makes the records that go with it.

A theme of a plan meets each of its challenges in an intersection, a country lies in a region, a
term stands in a list: nobody has to enter these.
"""

from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox

from metrograph.editing.countries import country_records
from metrograph.editing.facts import Facts
from metrograph.editing.forms import Field, Form, form_of
from metrograph.editing.placement import Now, file_for, natural_id, new_id
from metrograph.editing.renaming import intersection_name
from metrograph.editing.rewriting import Added
from metrograph.editing.schemes import list_of, list_records
from metrograph.editing.siblings import Terms, objects, position_of, siblings, subjects_with
from metrograph.plan import Plan
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, Dcterms, Prov, Skos

_WHOLES = (MG.partOf, Skos.broader)


def completed(plan: Plan, now: Now, form: Form, facts: Facts) -> Facts:
    """Return the facts of a new record with what can only be one thing, or is usual.

    That is the list of its kind, the plan, the position after all that stand beside it with the
    number that follows from it, and the unit of the indicator.
    """
    complete = dict(facts)
    listed, planned = form.field(Skos.inScheme), form.field(MG.ofPlan)
    if listed and not facts.get(Skos.inScheme):
        complete[Skos.inScheme] = (list_of(now, form.type),)
    if planned and not facts.get(MG.ofPlan) and not any(facts.get(path) for path in _WHOLES):
        complete[MG.ofPlan] = (ox.NamedNode(plan.iri),)
    if form.field(MG.position):
        complete |= _numbered(now, form, complete)
    if form.type == MG.Observation and not facts.get(MG.unit):
        for measured in facts.get(MG.ofIndicator, ()):
            complete[MG.unit] = objects(now, measured.value, MG.unit)
    return _in_order(form, complete)


def goes_without_saying(form: Form, field: Field) -> bool:
    """Return whether `completed` knows a value for a field of a form that is left empty."""
    if field.path in (Skos.inScheme, MG.ofPlan, MG.position):
        return True
    is_number = field.path == Skos.notation and form.field(MG.level) is not None
    return is_number or (field.path == MG.unit and form.type == MG.Observation)


def companions(plan: Plan, now: Now, form: Form, record: Record) -> tuple[Added, ...]:
    """Return the records that a record needs and no file has, each with its file."""
    facts: Facts = {path: tuple(terms) for path, terms in record.facts}
    needed = country_records(plan, now, facts)
    if form.field(Skos.inScheme) and list_of(now, form.type) in facts.get(Skos.inScheme, ()):
        needed += list_records(plan, now, form.type)
    if form.type == MG.AlignmentClaim:
        needed += _codings(plan, now, facts)
    if form.type in (MG.VisionTheme, MG.Challenge):
        needed += _intersections(plan, now, record.subject, facts)
    once = {needed_record.subject: needed_record for needed_record in needed}
    return tuple(_placed(plan, now, made) for made in once.values())


@cache
def _form(plan: Plan, kind: str) -> Form:
    """Return the form of a class, made once for a plan: thousands of claims bring their codings."""
    return form_of(plan, kind)


def _placed(plan: Plan, now: Now, record: Record) -> Added:
    kind = dict(record.facts)[RDF.type][0].value
    return Added(record, *file_for(now, _form(plan, kind), record))


def _in_order(form: Form, facts: Facts) -> Facts:
    """Return facts in the order of the form, after the type."""
    paths = [RDF.type, *(field.path for field in form.fields)]
    return {path: facts[path] for path in dict.fromkeys((*paths, *facts)) if path in facts}


def _numbered(now: Now, form: Form, facts: Facts) -> Facts:
    """Return the position after all of the group, and for an element the number that it makes."""
    numbers = [position_of(now, iri) or 0 for iri in siblings(now, form, facts)]
    position = facts.get(MG.position) or (ox.Literal(max(numbers, default=0) + 1),)
    numbered: Facts = {MG.position: position}
    if form.field(MG.level) and not facts.get(Skos.notation):
        above = [objects(now, whole.value, Skos.notation) for whole in facts.get(MG.partOf, ())]
        if all(above):
            parts = [*(number[0].value for number in above), position[0].value]
            numbered[Skos.notation] = (ox.Literal(".".join(parts)),)
    return numbered


# ---------------------------------------------------------------- intersections


def _intersections(plan: Plan, now: Now, subject: str, facts: Facts) -> list[Record]:
    """Return the intersections that a theme or challenge of a plan has none of yet."""
    is_theme = MG.VisionTheme in {kind.value for kind in facts.get(RDF.type, ())}
    sides = (MG.ofTheme, MG.ofChallenge) if is_theme else (MG.ofChallenge, MG.ofTheme)
    others = sorted(
        subjects_with(now, RDF.type, ox.NamedNode(MG.Challenge if is_theme else MG.VisionTheme))
    )
    plans = set(facts.get(MG.ofPlan, ()))
    met = {
        term
        for iri in subjects_with(now, sides[0], ox.NamedNode(subject))
        for term in objects(now, iri, sides[1])
    }
    made = []
    for other in others:
        shared = sorted(plans & set(objects(now, other, MG.ofPlan)), key=str)
        if shared and ox.NamedNode(other) not in met:
            pair = (subject, other) if is_theme else (other, subject)
            labels = (facts.get(RDF.label, ()), objects(now, other, RDF.label))
            made.append(
                _intersection(plan, now, pair, labels if is_theme else labels[::-1], shared)
            )
    return made


def _intersection(
    plan: Plan,
    now: Now,
    pair: tuple[str, str],
    labels: tuple[Terms, Terms],
    plans: Iterable[ox.NamedNode | ox.Literal],
) -> Record:
    """Return the intersection of a theme and a challenge, named after both as the plan's are."""
    theme, challenge = pair
    of_theme, of_challenge = (
        {term.language: term.value for term in side if isinstance(term, ox.Literal)}
        for side in labels
    )
    names = tuple(
        ox.Literal(intersection_name(name, of_theme[lang]), language=lang)
        for lang, name in of_challenge.items()
        if lang in of_theme
    )
    facts: Facts = {
        RDF.type: (ox.NamedNode(MG.Intersection),),
        RDF.label: names,
        MG.ofChallenge: (ox.NamedNode(challenge),),
        MG.ofTheme: (ox.NamedNode(theme),),
        MG.ofPlan: tuple(plans),
    }
    iri = now.ids.iri(natural_id(now, _form(plan, MG.Intersection), facts))
    return Record(iri, tuple(facts.items()))


# ---------------------------------------------------------------- codings


def _codings(plan: Plan, now: Now, facts: Facts) -> list[Record]:
    """Return the coding that a claim is part of, unless its coder has one of the activity."""
    coders, activities = facts.get(Prov.wasAttributedTo, ()), facts.get(MG.onActivity, ())
    if not coders or not activities:
        return []
    by_coder = subjects_with(now, MG.codedBy, coders[0])
    if by_coder & subjects_with(now, MG.codedActivity, activities[0]):
        return []
    coding: Facts = {
        RDF.type: (ox.NamedNode(MG.Coding),),
        MG.codedActivity: activities[:1],
        MG.codedBy: coders[:1],
        **{path: facts[path] for path in (Dcterms.created, MG.recordedBy) if path in facts},
    }
    iri = now.ids.iri(new_id(now, _form(plan, MG.Coding), coding))
    return [Record(iri, tuple(coding.items()))]
