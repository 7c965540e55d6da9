"""Reads a plan's files as they are now, and finds what would be wrong with changed records."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph.late import late_from
from metrograph.store.engine import Embedded, Engine
from metrograph.store.findings import Finding, set_of
from metrograph.store.loading import load
from metrograph.store.records import Record
from metrograph.store.turtle import File, load_ontology, turtle_files
from metrograph.vocabulary import RDF, Graphs

if TYPE_CHECKING:
    from metrograph.store import build, inference, statements, validation
else:  # only checks need these
    build, inference, statements, validation = late_from(
        "metrograph.store", "build", "inference", "statements", "validation"
    )


def read_files(folder: Path) -> tuple[Engine, tuple[File, ...]]:
    """Return what the files of a plan folder assert, with the ontology, and the files.

    Nothing is inferred. Raises `InputError` where a file cannot be read.
    """
    store = ox.Store()
    files = load(store, turtle_files(folder), folder)
    load_ontology(store)
    return Embedded(store), tuple(files)


def is_of_file(quad: ox.Quad) -> bool:
    """Return whether a quad stands in the graph of a file."""
    graph = quad.graph_name
    return isinstance(graph, ox.NamedNode) and graph.value.startswith(Graphs.files)


def asserted(engine: Engine, iri: str) -> set[ox.Triple]:
    """Return what the files of a plan assert of a record."""
    return {quad.triple for quad in engine.quads(ox.NamedNode(iri)) if is_of_file(quad)}


def findings_with(
    now: Engine,
    proposed: Sequence[Record],
    before: Iterable[Finding],
    removed: Iterable[str] = (),
) -> list[Finding]:
    """Return what is found in the graph as it would be with proposed records, and without others.

    Shapes judge these, the records that they name, did name, or are named by, and of the others
    what was not found `before`, without the change.
    """
    ontology, program, shapes = build.rules()
    store = _changed(now, proposed, removed)
    written = statements.written_conclusions(store)
    contradictions = inference.infer(store, program)
    pairs = {(finding.shape, finding.focus) for finding in before}
    touched = {iri for record in proposed for iri in _touched(store, now, record)}
    judged = validation.validate_some(store, shapes, ontology, touched, pairs)
    return set_of([*contradictions, *written, *judged])


def _changed(now: Engine, proposed: Iterable[Record], removed: Iterable[str]) -> ox.Store:
    """Return a store of what the files would assert."""
    store = ox.Store()
    new = {ox.NamedNode(record.subject) for record in proposed} | {*map(ox.NamedNode, removed)}
    store.bulk_extend(
        ox.Quad(triple.subject, triple.predicate, triple.object)
        for triple in now.triples()
        if triple.subject not in new
    )
    store.bulk_extend(quad for quad in now.quads() if quad.subject not in new)
    graph = ox.NamedNode(Graphs.files + "proposal")
    for record in proposed:
        for triple in record.triples():
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    return store


def _touched(store: ox.Store, now: Engine, record: Record) -> set[str]:
    """Return the record and the ones that it names, did name, or is named by."""
    node = ox.NamedNode(record.subject)
    named = [
        triple.object
        for triple in (*record.triples(), *asserted(now, record.subject))
        if triple.predicate.value != RDF.type
    ]
    naming = [quad.subject for quad in store.quads_for_pattern(None, None, node, ox.DefaultGraph())]
    return {record.subject} | {
        node.value for node in (*named, *naming) if isinstance(node, ox.NamedNode)
    }
