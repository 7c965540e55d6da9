"""Reads the names and descriptions of fields from the shapes and the ontology, in a language."""

import pyoxigraph as ox

from metrograph.editing.shapes import subjects, terms
from metrograph.plan import Plan
from metrograph.vocabulary import Shacl, Skos


def shapes_text(plan: Plan, path: str, shapes: list[str], predicate: str) -> str:
    """Return what the nearest shape of a property says under a predicate, or nothing."""
    for shape in (*shapes, *subjects(Shacl.path, path)):
        if text := worded(plan, shape, predicate):
            return text
    return ""


def worded(plan: Plan, subject: str, predicate: str) -> str:
    """Return a text of the shapes in the plan's language, or in English."""
    texts_by_language = {
        term.language: term.value
        for term in terms(subject, predicate)
        if isinstance(term, ox.Literal)
    }
    return texts_by_language.get(plan.lang) or texts_by_language.get("en", "")


def definition(plan: Plan, path: str) -> str:
    """Return the definition of a property in the plan's language, or in English."""
    texts_by_language = {
        triple.object.language: triple.object.value
        for triple in plan.built.engine.triples(ox.NamedNode(path), ox.NamedNode(Skos.definition))
        if isinstance(triple.object, ox.Literal)
    }
    return texts_by_language.get(plan.lang) or texts_by_language.get("en", "")
