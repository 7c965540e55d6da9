"""Finds the records that stand beside a record, whose positions are counted together.

The groups are those of the shape `same-position`: the parts of a whole that are of one kind, the
elements at the top of a plan, and the terms of a list under one broader term.
"""

import pyoxigraph as ox

from metrograph.editing.facts import Facts
from metrograph.editing.forms import Form
from metrograph.editing.placement import Now
from metrograph.text import whole_number
from metrograph.vocabulary import MG, RDF, Skos

_AFTER_ALL = 1_000_000  # what has no position stands after all that have one
Terms = tuple[ox.NamedNode | ox.Literal, ...]


def siblings(now: Now, form: Form, facts: Facts) -> list[str]:
    """Return the IRIs of the records of the group of a record, by their positions.

    `facts` are those of the record, which is among them if a file has it.
    """
    members = _members(now, form, facts)
    return sorted(members, key=lambda iri: (position_of(now, iri) or _AFTER_ALL, iri))


def position_of(now: Now, iri: str) -> int | None:
    """Return the position of a record, if it has one."""
    numbers = (whole_number(term.value) for term in objects(now, iri, MG.position))
    return next((number for number in numbers if number is not None), None)


def objects(now: Now, iri: str, path: str) -> Terms:
    """Return what a record has for a property, as the files say it."""
    triples = now.engine.triples(ox.NamedNode(iri), ox.NamedNode(path))
    terms = [
        triple.object for triple in triples if isinstance(triple.object, ox.NamedNode | ox.Literal)
    ]
    return tuple(sorted(terms, key=str))


def subjects_with(now: Now, path: str, term: ox.NamedNode | ox.Literal) -> set[str]:
    """Return the IRIs of the records that have a value for a property."""
    triples = now.engine.triples(None, ox.NamedNode(path), term)
    return {triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)}


def _members(now: Now, form: Form, facts: Facts) -> set[str]:
    alike = subjects_with(now, RDF.type, ox.NamedNode(form.type))
    if whole := facts.get(MG.partOf):
        parts = subjects_with(now, MG.partOf, whole[0])
        return _elements(now, parts) if form.field(MG.level) else parts & alike
    if form.field(MG.level):
        of_plans = (subjects_with(now, MG.ofPlan, plan) for plan in facts.get(MG.ofPlan, ()))
        elements = _elements(now, set().union(*of_plans))
        return {iri for iri in elements if not objects(now, iri, MG.partOf)}
    if lists := facts.get(Skos.inScheme):
        listed = set().union(*(subjects_with(now, Skos.inScheme, scheme) for scheme in lists))
        broader = set(facts.get(Skos.broader, ()))
        return {iri for iri in listed if set(objects(now, iri, Skos.broader)) == broader}
    return alike


def _elements(now: Now, iris: set[str]) -> set[str]:
    """Return the elements of a plan among records: what has a level."""
    return {iri for iri in iris if objects(now, iri, MG.level)}
