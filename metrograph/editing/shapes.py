"""Reads what the shapes say of classes and properties."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from metrograph import paths as resources
from metrograph.store.engine import Engine, in_memory
from metrograph.vocabulary import RDF, Shacl


def local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> local("https://w3id.org/metrograph/ontology#year")
    'year'
    """
    return re.split(r"[#/]", iri)[-1]


@cache
def _shapes() -> Engine:
    text = (resources.ONTOLOGY / "shapes.ttl").read_bytes()
    return in_memory(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


def terms(
    subject: ox.NamedNode | ox.BlankNode | str, predicate: str
) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Literal]:
    """Yield the objects of a subject and a predicate in the shapes."""
    node = ox.NamedNode(subject) if isinstance(subject, str) else subject
    for triple in _shapes().triples(node, ox.NamedNode(predicate)):
        if not isinstance(triple.object, ox.Triple):
            yield triple.object


def iris(subject: str, predicate: str) -> list[str]:
    """Return the IRIs that a subject has for a predicate."""
    return sorted(
        term.value for term in terms(subject, predicate) if isinstance(term, ox.NamedNode)
    )


def texts(subject: str, predicate: str) -> list[str]:
    """Return the texts that a subject has for a predicate, in no order."""
    return [term.value for term in terms(subject, predicate) if isinstance(term, ox.Literal)]


def subjects(predicate: str, value: str) -> list[str]:
    """Return the IRIs of what has a value for a predicate."""
    triples = _shapes().triples(None, ox.NamedNode(predicate), ox.NamedNode(value))
    return sorted(
        triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)
    )


def members(subject: str, predicate: str) -> list[str]:
    """Return the IRIs in the list that a shape gives, in their order."""
    listed = []
    node = next(terms(subject, predicate), None)
    while isinstance(node, ox.BlankNode):
        listed += [term.value for term in terms(node, RDF.first) if isinstance(term, ox.NamedNode)]
        node = next(terms(node, RDF.rest), None)
    return listed


def first(shapes: Iterable[str], path: str, predicate: str) -> list[str]:
    """Return what the nearest shape says: one of the kind, else any of the property."""
    for shape in (*shapes, *subjects(Shacl.path, path)):
        if values := iris(shape, predicate) or texts(shape, predicate):
            return values
    return []
