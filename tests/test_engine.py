"""Checks the interface to stores, and its readings in SPARQL against those of pyoxigraph."""

import ast
import io
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from metrograph import paths
from metrograph.plan import Plan
from metrograph.store.engine import Answer, Engine, Graphs, in_memory, opened, write
from metrograph.store.validation import graph_of, to_rdflib
from metrograph.vocabulary import RDF
from metrograph.vocabulary import Graphs as Names

MODULES = sorted(Path(paths.__file__).parent.rglob("*.py"))
FIRST, SECOND = ox.NamedNode("urn:graph:first"), ox.NamedNode("urn:graph:second")
ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
LABEL = ox.NamedNode(RDF.label)


class Texts(Engine):
    """An engine that only takes texts, as a server does."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def query(
        self, text: str, default_graphs: Graphs = None, named_graphs: Graphs = None
    ) -> Answer:
        return self.engine.query(text, default_graphs, named_graphs)

    def update(self, text: str) -> None:
        self.engine.update(text)

    def load(self, turtle: bytes, graph: ox.NamedNode) -> None:
        self.engine.load(turtle, graph)

    def drop(self, graph: ox.NamedNode) -> None:
        self.engine.drop(graph)

    def swap(self, fresh: ox.NamedNode, graph: ox.NamedNode) -> None:
        self.engine.swap(fresh, graph)


def stores_named_in(source: str) -> list[int]:
    """Return the lines that name `pyoxigraph.Store`, or the store behind an engine."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr in {"Store", "store", "_store"})
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "pyoxigraph"
            and any(name.name in {"Store", "*"} for name in node.names)
        )
    ]


def test_nothing_outside_its_folder_touches_the_store_of_pyoxigraph() -> None:
    package = Path(paths.__file__).parent
    inside = [path for path in MODULES if path.parent == package / "store"]
    assert sum(bool(stores_named_in(path.read_text("utf-8"))) for path in inside) > 10
    named = {
        path.relative_to(package).as_posix(): lines
        for path in MODULES
        if path not in inside and (lines := stores_named_in(path.read_text("utf-8")))
    }
    assert named == {}


@pytest.mark.parametrize(
    "source", ["ox.Store()", "plan.built.store", "from pyoxigraph import Store"]
)
def test_each_way_to_a_store_is_seen(source: str) -> None:
    assert stores_named_in(source) == [1]


def test_readings_in_sparql_are_those_of_pyoxigraph(harbour: Plan) -> None:
    native, texts = harbour.built.engine, Texts(harbour.built.engine)
    node, kind = ox.NamedNode(harbour.iri), ox.NamedNode(RDF.type)
    ontology = ox.NamedNode(Names.ontology)
    label = next(native.triples(node, LABEL)).object
    patterns: list[tuple[Any, ...]] = [
        (node,),
        (None, LABEL),
        (None, None, label),
        (node, kind, None),
        (node, LABEL, label),
    ]
    for pattern in patterns:
        triples = sorted(map(str, native.triples(*pattern)))
        assert triples
        assert sorted(map(str, texts.triples(*pattern))) == triples
        assert sorted(map(str, texts.quads(*pattern))) == sorted(map(str, native.quads(*pattern)))
        assert native.holds(*pattern)
        assert texts.holds(*pattern)
    stated = sorted(map(str, native.triples(None, LABEL, graph=ontology)))
    assert len(stated) > 100
    assert sorted(map(str, texts.triples(None, LABEL, graph=ontology))) == stated
    for engine in (native, texts):
        assert not engine.holds(node, LABEL, ox.Literal("another"))
        assert not engine.holds(node, LABEL, graph=ontology)
    assert texts.graphs() == native.graphs() > {Names.ontology, Names.inferred}


def test_dumps_in_sparql_are_those_of_pyoxigraph(harbour: Plan) -> None:
    native, texts = harbour.built.engine, Texts(harbour.built.engine)
    graph = ox.NamedNode(Names.files + "activities.ttl")
    assert graph.value in native.graphs()
    for which, form in (
        (graph, "application/n-triples"),
        (ox.DefaultGraph(), "application/n-triples"),
    ):
        written = []
        for engine in (native, texts):
            file = io.BytesIO()
            engine.dump(file, form, which)
            written.append({line for line in file.getvalue().splitlines() if b"_:" not in line})
        assert written[0] == written[1]
        assert len(written[0]) > 10


def test_a_blank_node_is_not_asked_for_by_its_name() -> None:
    with pytest.raises(ValueError, match="blank node"):
        next(Texts(in_memory()).triples(ox.BlankNode("a")))


def objects(engine: Engine) -> list[str]:
    return sorted(getattr(row["o"], "value", "") for row in engine.select(ALL))


def test_a_question_sees_what_is_in_any_graph_until_it_is_in_none() -> None:
    engine = in_memory()
    engine.load(b"<urn:a> <urn:b> 1, 2 .", FIRST)
    engine.load(b"<urn:a> <urn:b> 2, 3 .", SECOND)
    assert objects(engine) == ["1", "2", "3"]
    engine.drop(FIRST)
    assert objects(engine) == ["2", "3"]
    assert engine.graphs() == {SECOND.value}
    engine.drop(FIRST)
    assert objects(engine) == ["2", "3"]


def test_a_graph_is_swapped_for_a_fresh_one() -> None:
    engine = in_memory()
    engine.load(b"<urn:a> <urn:b> 1, 2 .", FIRST)
    engine.load(b"<urn:a> <urn:b> 2, 3 .", SECOND)
    engine.swap(SECOND, FIRST)
    assert objects(engine) == ["2", "3"]
    assert engine.graphs() == {FIRST.value}


def test_a_swap_that_fails_leaves_all_as_it_was() -> None:
    engine = in_memory()
    engine.load(b"<urn:a> <urn:b> 1 .", FIRST)
    with pytest.raises(RuntimeError):
        engine.swap(SECOND, FIRST)
    assert objects(engine) == ["1"]
    assert engine.graphs() == {FIRST.value}


def test_an_update_and_each_form_of_question() -> None:
    engine = in_memory()
    engine.update("INSERT DATA { <urn:a> rdfs:label 'a' }")
    assert engine.ask("ASK { ?s rdfs:label 'a' }")
    assert not engine.ask("ASK { ?s rdfs:label 'b' }")
    (triple,) = engine.construct("CONSTRUCT { ?s <urn:p> ?o } WHERE { ?s rdfs:label ?o }")
    assert triple == ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("a"))


def test_triples_are_added_by_text_as_pyoxigraph_adds_them() -> None:
    label = ox.Literal('"b" }\n\\u0022', language="en")
    triples = {ox.Triple(ox.NamedNode("urn:a"), LABEL, term) for term in (label, ox.Literal(1))}
    for engine in (in_memory(), Texts(in_memory())):
        engine.add(triples)
        assert set(engine.triples()) == triples
        assert engine.graphs() == set()


def test_a_store_that_is_written_holds_the_same_and_is_only_read(tmp_path: Path) -> None:
    engine = in_memory()
    engine.load(b"<urn:a> <urn:b> 1 .", FIRST)
    write(engine, tmp_path)
    again = opened(tmp_path)
    assert list(again.quads()) == list(engine.quads())
    assert list(again.triples()) == list(engine.triples())
    with pytest.raises(RuntimeError):
        again.drop(FIRST)


def test_the_graph_for_rdflib_is_that_of_its_own_bridge(harbour: Plan) -> None:
    assert set(graph_of(harbour.built.engine)) == set(to_rdflib(harbour.built.store))
