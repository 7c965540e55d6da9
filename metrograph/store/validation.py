"""Validates a store by SHACL shapes with pyshacl, and returns findings.

pyshacl's own `conforms` is false for mere information; what conforms is judged by severity
(SHACL, section 2.1.4).
"""

import difflib
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import SH, BNode, Graph, Literal, Node, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from metrograph.messages import word
from metrograph.store.classes import kinds_above
from metrograph.store.engine import Engine
from metrograph.store.findings import Finding, Severity
from metrograph.store.judging import as_rdflib, judge
from metrograph.store.prebinding import Term
from metrograph.store.screening import selected, suspects
from metrograph.store.shapes import ReadyShapes, make_ready
from metrograph.vocabulary import MG_NAMESPACE, RDF

_SEVERITY: dict[Node, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}


def validate(store: ox.Store, shapes: Graph, ontology: Graph) -> list[Finding]:
    """Check the default graph of the store by the shapes and return what they find.

    pyshacl looks at the suspects of each shape, which are all that can break it. Raises
    `ShapesError` for a shape that cannot be run.
    """
    return _with_suggestions(_findings(report(store, shapes)), terms_of(ontology))


def report(store: ox.Store, shapes: Graph) -> Graph:
    """Check the default graph of the store and return a SHACL validation report."""
    ready = make_ready(shapes)
    return _judged(store, ready, suspects(store, ready))


def suspected(store: ox.Store, shapes: ReadyShapes) -> Iterator[tuple[str, Term]]:
    """Yield each shape, as SPARQL names it, with each node that may break it."""
    return ((shape.n3(), node) for shape, node in suspects(store, shapes))


def judged_findings(
    store: ox.Store, shapes: ReadyShapes, terms: list[str], pairs: Iterable[tuple[str, Term]]
) -> list[Finding]:
    """Return what pyshacl finds where each shape is asked of the nodes that it is paired with.

    `terms` are the local names of the ontology, and shapes are named as SPARQL does.
    """
    named = ((_node(shape), node) for shape, node in pairs)
    return _with_suggestions(_findings(_judged(store, shapes, named)), terms)


def _node(text: str) -> Node:
    return BNode(text.removeprefix("_:")) if text.startswith("_:") else URIRef(text[1:-1])


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
    ready = make_ready(shapes)
    picked = (
        (shape, node)
        for shape, node in selected(store, ready)
        if node.value in touched or (_local(shape), node.value) not in known
    )
    judged = _judged(store, ready, (*_declared(store, ready, touched), *picked))
    return _with_suggestions(_findings(judged), terms_of(ontology))


def _declared(
    store: ox.Store, shapes: Graph, touched: Iterable[str]
) -> Iterator[tuple[Node, ox.NamedNode]]:
    """Yield each shape with each touched node that it has by class or by property."""
    above = kinds_above(store)
    for node in map(ox.NamedNode, touched):
        for quad in store.quads_for_pattern(node, None, None, ox.DefaultGraph()):
            path = URIRef(quad.predicate.value)
            yield from ((shape, node) for shape in shapes.subjects(SH.targetSubjectsOf, path))
            if quad.predicate.value == RDF.type and isinstance(quad.object, ox.NamedNode):
                for kind in (quad.object.value, *above.get(f"<{quad.object.value}>", ())):
                    shaped = shapes.subjects(SH.targetClass, URIRef(kind.strip("<>")))
                    yield from ((shape, node) for shape in shaped)


def _judged(store: ox.Store, shapes: Graph, pairs: Iterable[tuple[Node, Term]]) -> Graph:
    """Return what pyshacl reports where each shape is asked of the nodes that it is paired with."""
    aimed = Graph()
    aimed += shapes
    for targets in (SH.targetClass, SH.targetSubjectsOf):
        aimed.remove((None, targets, None))
    for shape, target in shapes.subject_objects(SH.target):
        if any(shapes.objects(target, SH.select)):  # others take parameters: pyshacl asks them
            aimed.remove((shape, SH.target, target))
    for shape, node in pairs:
        aimed.add((shape, SH.targetNode, as_rdflib(node)))
    return judge(store, aimed)


def to_rdflib(store: ox.Store) -> Graph:
    """Return the default graph of a store, asserted and inferred, as an rdflib graph in memory."""
    graph = Graph()
    graph += Graph(OxigraphStore(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
    return graph


def graph_of(engine: Engine) -> Graph:
    """Return what questions see of a store, asserted and inferred, as an rdflib graph in memory."""
    graph = Graph()
    for triple in engine.triples():
        if not isinstance(triple.subject, ox.Triple) and not isinstance(triple.object, ox.Triple):
            subject, predicate = as_rdflib(triple.subject), as_rdflib(triple.predicate)
            graph.add((subject, predicate, as_rdflib(triple.object)))
    return graph


def read_shapes(path: Path, *, trusted: bool = False) -> ReadyShapes:
    """Read a file of shapes; raise `ShapesError` for one that cannot be run.

    Those of metrograph itself are `trusted`: see `make_ready`.
    """
    return make_ready(Graph().parse(path, format="turtle"), trusted=trusted)


def shapes_of(text: str) -> ReadyShapes:
    """Return shapes that were read before, from their N-Triples."""
    shapes = ReadyShapes()
    for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
        shapes.add(tuple(map(as_rdflib, quad.triple)))  # type: ignore[arg-type]  # three terms
    return shapes


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
            note_in=value.language if severity == SH.Info and isinstance(value, Literal) else None,
        )


def _local(shape: Node | None) -> str:
    return str(shape).rpartition("#")[2]


def terms_of(ontology: Graph) -> list[str]:
    """Return the local names of metrograph's own terms that an ontology defines, in order."""
    return sorted(
        str(term).removeprefix(MG_NAMESPACE)
        for term in set(ontology.subjects())
        if str(term).startswith(MG_NAMESPACE)
    )


def _with_suggestions(findings: Iterable[Finding], terms: list[str]) -> list[Finding]:
    return [_with_suggestion(finding, terms) for finding in findings]


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
