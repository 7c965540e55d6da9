"""Runs the W3C SHACL test suite of ../shared through the validation path: `make suites`.

Prints how many tests gave the expected report, and each that did not. What is known to deviate
stands in `suites.toml` with a reason: more may be reported than expected, or a shape be refused by
name, but nothing may be missed. An entry that does not deviate any more is an error, too.
`METROGRAPH_SHARED` names another folder than ../shared. The documents of the shipped plan are
checked after it, see `document_suite.py`.
"""

import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, SH, BNode, Graph, Namespace, Node, URIRef
from rdflib.collection import Collection

from metrograph.errors import ShapesError
from metrograph.store.validation import read_shapes, report, to_rdflib
from tests import document_suite

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
ROOT = Path(__file__).parents[1]
SUITE = Path(os.environ.get("METROGRAPH_SHARED", ROOT.parent / "shared")) / "suites" / "shacl"
DEVIATIONS = Path(__file__).with_suffix(".toml")

Results = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """A test of the suite: its name, the files of its data and shapes, and what it expects."""

    name: str
    data: Path
    shapes: Path
    expected: Results | None  # None: that it cannot be run


def cases(suite: Path) -> Iterator[Case]:
    """Yield the tests of a suite in the order of their names."""
    yield from sorted(_of_manifest(suite / "manifest.ttl", suite), key=lambda case: case.name)


def _of_manifest(path: Path, suite: Path) -> Iterator[Case]:
    graph = _read(path)
    manifest = URIRef(path.resolve().as_uri())
    for included in graph.objects(manifest, MF.include):
        yield from _of_manifest(_file(included), suite)
    for entries in graph.objects(manifest, MF.entries):
        for entry in Collection(graph, entries):
            action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
            yield Case(
                name=str(entry).removeprefix(f"{suite.resolve().as_uri()}/"),
                data=_file(graph.value(action, SHT.dataGraph)),
                shapes=_file(graph.value(action, SHT.shapesGraph)),
                expected=None if result == SHT.Failure else results(graph, result),
            )


def _read(path: Path) -> Graph:
    """Read a file as the store reads it: 1.50 is 1.5, and "a" is "a"^^xsd:string."""
    return to_rdflib(_store(path))


def _store(path: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=path, format=ox.RdfFormat.TURTLE, base_iri=path.resolve().as_uri())
    return store


def _file(iri: Node | None) -> Path:
    return Path(str(iri).removeprefix("file://"))


def results(graph: Graph, of: Node | None) -> Results:
    """Return what a validation report says of each result, and how often; blank nodes are alike."""
    terms = (
        SH.focusNode,
        SH.value,
        SH.sourceConstraintComponent,
        SH.resultSeverity,
        SH.sourceShape,
    )
    return Counter(
        (
            _path(graph, graph.value(result, SH.resultPath)),
            *(_text(graph.value(result, term)) for term in terms),
        )
        for result in graph.objects(of, SH.result)
    )


def _text(term: Node | None) -> str:
    return "blank" if isinstance(term, BNode) else "" if term is None else term.n3()


def _path(graph: Graph, path: Node | None) -> str:
    """Return a property path with all its steps."""
    if not isinstance(path, BNode):
        return _text(path)
    if graph.value(path, RDF.first) is not None:
        return str([_path(graph, step) for step in Collection(graph, path)])
    return str(
        sorted((term.n3(), _path(graph, step)) for term, step in graph.predicate_objects(path))
    )


def outcome(case: Case) -> str:
    """Return `equal`, `more: ...`, `refused: ...` or `missed: ...` for a test."""
    try:
        found = report(_store(case.data), read_shapes(case.shapes))
    except ShapesError as error:
        return "equal" if case.expected is None else f"refused: {error}"
    reported = results(found, found.value(predicate=RDF.type, object=SH.ValidationReport))
    if case.expected is None:
        return "missed: it should be refused"
    if missed := case.expected - reported:
        return f"missed: {list(missed.elements())}"
    if more := reported - case.expected:
        return f"more: {list(more.elements())}"
    return "equal"


def main() -> int:
    """Run the suite and return 1 if a test deviates that may not, or does not any more."""
    if not SUITE.is_dir():
        print(f"Skipped: {SUITE} is not there. METROGRAPH_SHARED may name the folder of suites/.")
        return 0
    known = tomllib.loads(DEVIATIONS.read_text(encoding="utf-8"))
    outcomes = {case.name: outcome(case) for case in cases(SUITE)}
    equal = [name for name, text in outcomes.items() if text == "equal"]
    wrong = [
        f"{name}: {text}"
        for name, text in outcomes.items()
        if text != "equal" and (text.startswith("missed") or name not in known)
    ]
    stale = [
        f"{name}: is as expected: remove it from {DEVIATIONS.name}"
        for name in known
        if name in equal
    ]
    stale += [f"{name}: is not a test of the suite" for name in known if name not in outcomes]
    print(f"{len(outcomes)} tests: {len(equal)} as expected, {len(known)} known to deviate.")
    for name, text in known.items():
        print(f"  {name}: {text}")
    for line in (*wrong, *stale):
        print(f"WRONG {line}", file=sys.stderr)
    return 1 if wrong or stale else 0


if __name__ == "__main__":
    sys.exit(max(main(), document_suite.main()))
