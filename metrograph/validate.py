"""A store with its inferences and SHACL shapes in, findings out: pyshacl checks, this reports.

pyshacl's own `conforms` is false for mere information; what conforms is judged by severity
(SHACL, section 2.1.4).
"""

import difflib
import logging
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from pyshacl import validate as shacl_validate
from rdflib import SH, BNode, Graph, Literal, Node, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from metrograph.findings import Finding, Severity
from metrograph.suspects import Named, selected, suspects
from metrograph.terms import MG_NAMESPACE, RDF
from metrograph.wording import word

_SEVERITY: dict[Node, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}


def validate(store: ox.Store, shapes: Graph, ontology: Graph) -> list[Finding]:
    """Check the default graph of the store by the shapes and return what they find.

    pyshacl looks at the suspects of each shape, which are all that can break it.
    """
    return _judged(store, shapes, suspects(store, shapes), ontology)


def validate_some(
    store: ox.Store,
    shapes: Graph,
    ontology: Graph,
    touched: Collection[str],
    known: Container[tuple[str, str]] = frozenset(),
) -> list[Finding]:
    """Check some records (IRIs) as part of the whole graph, and return what the shapes find.

    A shape whose target is a query (SHACL-AF, section 3.1) sees the whole graph: it may find that a
    change of one record makes another one wrong. So what it selects is checked as well, but for the
    pairs of shape and record that are `known`.
    """
    picked = (
        (shape, node)
        for shape, node in selected(store, shapes)
        if node.value in touched or (_local(shape), node.value) not in known
    )
    return _judged(store, shapes, (*_declared(store, shapes, touched), *picked), ontology)


def _declared(
    store: ox.Store, shapes: Graph, touched: Iterable[str]
) -> Iterator[tuple[Node, ox.NamedNode]]:
    """Yield each shape with each touched node that it has by class or by property."""
    for node in map(ox.NamedNode, touched):
        for quad in store.quads_for_pattern(node, None, None, ox.DefaultGraph()):
            path = URIRef(quad.predicate.value)
            yield from ((shape, node) for shape in shapes.subjects(SH.targetSubjectsOf, path))
            if quad.predicate.value == RDF.type and isinstance(quad.object, ox.NamedNode):
                kind = URIRef(quad.object.value)
                yield from ((shape, node) for shape in shapes.subjects(SH.targetClass, kind))


def _judged(
    store: ox.Store, shapes: Graph, pairs: Iterable[tuple[Node, Named]], ontology: Graph
) -> list[Finding]:
    """Return what pyshacl finds where each shape is asked of the nodes that it is paired with."""
    aimed = Graph()
    aimed += shapes
    for targets in (SH.targetClass, SH.targetSubjectsOf, SH.target):
        aimed.remove((None, targets, None))
    for shape, node in pairs:
        term = URIRef(node.value) if isinstance(node, ox.NamedNode) else BNode(node.value)
        aimed.add((shape, SH.targetNode, term))
    data = Graph(Uncounted(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
    _, report, _ = shacl_validate(
        data, shacl_graph=aimed, advanced=True, inplace=True, inference="none"
    )
    terms = sorted(
        str(term).removeprefix(MG_NAMESPACE)
        for term in set(ontology.subjects())
        if str(term).startswith(MG_NAMESPACE)
    )
    return [_with_suggestion(finding, terms) for finding in _findings(report)]


# rdflib logs a traceback for a literal that is not of its type; the shapes say it better.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


class Uncounted(OxigraphStore):
    """Oxigraph as rdflib sees it, which does not count itself whenever it is asked if it is empty.

    pyshacl asks that for every result, and counting reads the whole store.
    """

    def __len__(self, context: Any = None) -> int:
        """Return a number that is not 0."""
        return 1


def to_rdflib(store: ox.Store) -> Graph:
    """Return the default graph of a store, asserted and inferred, as an rdflib graph in memory."""
    graph = Graph()
    graph += Graph(OxigraphStore(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
    return graph


def read_shapes(path: Path) -> Graph:
    """Read a file of shapes."""
    return Graph().parse(path, format="turtle")


def _findings(report: Graph) -> Iterator[Finding]:
    for result in report.objects(None, SH.result):  # sh:detail tells the same again
        severity = report.value(result, SH.resultSeverity)
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        yield Finding(
            severity=_SEVERITY.get(severity, "violation") if severity else "violation",
            shape=_local(report.value(result, SH.sourceShape)),
            focus=str(report.value(result, SH.focusNode)),
            path=str(path) if isinstance(path, URIRef) else None,
            value=None if value is None else str(value),
            messages={
                message.language or "en": str(message)
                for message in report.objects(result, SH.resultMessage)
                if isinstance(message, Literal)
            },
        )


def _local(shape: Node | None) -> str:
    return str(shape).rpartition("#")[2]


def _with_suggestion(finding: Finding, terms: list[str]) -> Finding:
    """Name a term that the ontology does not define, and the nearest one that it does."""
    for candidate in (finding.value, finding.path):
        local = (candidate or "").removeprefix(MG_NAMESPACE)
        if candidate and local != candidate and local not in terms:
            near = difflib.get_close_matches(local, terms, n=1)
            messages = {
                lang: f"{text} (mg:{local})"
                + (word("did_you_mean", lang).format(f"mg:{near[0]}") if near else "")
                for lang, text in finding.messages.items()
            }
            return replace(finding, messages=messages)
    return finding
