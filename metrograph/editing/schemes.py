"""Finds the list (concept scheme) in which the records of a kind stand, or makes a first one."""

from collections import Counter

import pyoxigraph as ox

from metrograph.editing.choices import languages
from metrograph.editing.placement import Now, prefix_of
from metrograph.editing.shapes import local
from metrograph.plan import Plan
from metrograph.store.records import Record
from metrograph.vocabulary import RDF, Skos

_LABEL = ox.NamedNode(RDF.label)


def list_of(now: Now, kind: str) -> ox.NamedNode:
    """Return the list in which most records of a kind (a class) stand, or one to be made."""
    used: Counter[str] = Counter()
    is_a, listed = ox.NamedNode(RDF.type), ox.NamedNode(Skos.inScheme)
    for triple in now.engine.triples(None, is_a, ox.NamedNode(kind)):
        for held in now.engine.triples(triple.subject, listed):
            if isinstance(held.object, ox.NamedNode):
                used[held.object.value] += 1
    if used:
        return ox.NamedNode(min(used, key=lambda iri: (-used[iri], iri)))
    return ox.NamedNode(now.ids.iri(f"scheme/{prefix_of(now, kind)}"))


def list_records(plan: Plan, now: Now, kind: str) -> list[Record]:
    """Return the record of the list for a kind, named after it, unless a file has it."""
    node = list_of(now, kind)
    if now.knows(node.value):
        return []
    names = {
        quad.object.language: quad.object.value
        for quad in now.engine.triples(ox.NamedNode(kind), _LABEL)
        if isinstance(quad.object, ox.Literal)
    }
    english = names.get("en") or local(kind)
    labels = tuple(
        ox.Literal(names.get(lang, english).capitalize(), language=lang) for lang in languages(plan)
    )
    scheme = (ox.NamedNode(Skos.ConceptScheme),)
    return [Record(node.value, ((RDF.type, scheme), (RDF.label, labels)))]
