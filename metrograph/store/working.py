"""Reads a plan's files as they are now, and finds what would be wrong with changed records."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph.errors import CacheError
from metrograph.late import late_from
from metrograph.store.asserted import Asserted
from metrograph.store.engine import Embedded, Engine
from metrograph.store.entries import Built, file_of, files_of
from metrograph.store.findings import Finding, set_of
from metrograph.store.loading import load
from metrograph.store.records import Record
from metrograph.store.turtle import (
    File,
    Place,
    decode,
    file_contents,
    load_ontology,
    places,
    turtle_files,
)
from metrograph.vocabulary import RDF, Graphs

if TYPE_CHECKING:
    from metrograph.store import build, inference, statements, validation
else:  # only checks need these
    build, inference, statements, validation = late_from(
        "metrograph.store", "build", "inference", "statements", "validation"
    )


def read_files(folder: Path, built: Built | None = None) -> tuple[Engine, tuple[File, ...]]:
    """Return what the files of a plan folder assert, with the ontology, and the files.

    Nothing is inferred. A store that was `built` of the files as they are now answers for them;
    else they are parsed. Raises `InputError` where a file cannot be read.
    """
    if built and (files_ := _files_of(built, folder)):
        return Asserted(built.store), files_
    store = ox.Store()
    files = load(store, turtle_files(folder), folder)
    load_ontology(store)
    return Embedded(store), tuple(files)


def _files_of(built: Built, folder: Path) -> tuple[File, ...]:
    """Return the files of a folder, if they are those that a store was built of, or nothing."""
    if built.path is None:
        return ()
    known = {}
    with contextlib.suppress(CacheError):
        known = files_of(built.path.parent)
    files = []
    for path, data in file_contents(folder, turtle_files(folder)):
        name = path.relative_to(folder).as_posix()
        stated = known.pop(name, None)
        if stated is None or not stated.is_of(data):
            return ()
        file = file_of(name, stated, path, decode(data, path))
        files.append(replace(file, sha256=stated.sha256, triples=stated.triples))
    return () if known else tuple(files)


def place_of(file: File, iri: str) -> Place | None:
    """Return where a record begins in a file, as `places` does, without a look at every line."""
    if '"""' not in file.text:
        for name in _spellings(file, iri):
            if (at := _line_begun(file.text, name)) is not None:
                return Place(file.name, file.text.count("\n", 0, at) + 1)
    return places([file]).get(iri)


def _spellings(file: File, iri: str) -> Iterator[str]:
    """Yield how a file usually names a record."""
    if file.base and iri.startswith(file.base):
        yield f"<{iri.removeprefix(file.base)}>"
    yield f"<{iri}>"


def _line_begun(text: str, name: str) -> int | None:
    """Return where a line begins with a name and a blank."""
    at = 0 if text.startswith(name) else text.find("\n" + name) + 1
    while at or text.startswith(name):
        if text[at + len(name) : at + len(name) + 1].isspace():
            return at
        at = text.find("\n" + name, at) + 1
        if not at:
            return None
    return None


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
