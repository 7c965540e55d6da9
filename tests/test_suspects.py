"""Checks that asking the suspects alone finds what pyshacl finds when it asks everybody."""

from functools import cache

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyshacl import validate as shacl_validate
from rdflib import SH, Graph, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from metrograph import paths
from metrograph.store.build import assemble
from metrograph.store.inference import infer
from metrograph.store.judging import Uncounted
from metrograph.store.rules import compile_ontology
from metrograph.store.screening import suspects
from metrograph.store.turtle import turtle_files
from metrograph.store.validation import validate
from tests.conftest import HARBOUR
from tests.test_shapes import CAN_FIRE, ONTOLOGY, SHAPES, example

Found = set[tuple[str, str, str | None, str | None]]
DEFAULT = ox.DefaultGraph()
# What people and programs write where something else belongs.
WRONG: tuple[ox.Literal | ox.NamedNode | ox.BlankNode, ...] = (
    ox.Literal("text"),
    ox.Literal("text", language="en"),
    ox.Literal("another", language="en"),
    ox.Literal("2023-02-30", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
    ox.Literal("2023-02-28", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
    ox.Literal("2023-13", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")),
    ox.Literal("23", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
    ox.Literal("many", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    ox.Literal("1,5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal("maybe", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")),
    ox.Literal(-3),
    ox.Literal(0),
    ox.Literal(4.5),
    ox.Literal(True),
    ox.NamedNode("https://example.org/nobody-knows"),
    ox.NamedNode("https://w3id.org/metrograph/ontology#Activity"),
    ox.BlankNode("nobody"),
)


def by_pyshacl_alone(store: ox.Store) -> Found:
    """Return what pyshacl reports by itself: shape, record, property and value."""
    data = Graph(Uncounted(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
    _, report, _ = shacl_validate(
        data, shacl_graph=SHAPES, advanced=True, inplace=True, inference="none"
    )
    return {
        (
            str(report.value(one, SH.sourceShape)).rpartition("#")[2],
            str(report.value(one, SH.focusNode)),
            str(path) if isinstance(path := report.value(one, SH.resultPath), URIRef) else None,
            None if (value := report.value(one, SH.value)) is None else str(value),
        )
        for one in report.objects(None, SH.result)
    }


def by_suspects(store: ox.Store) -> Found:
    return {
        (one.shape, one.focus, one.path, one.value) for one in validate(store, SHAPES, ONTOLOGY)
    }


@cache
def harbour() -> tuple[ox.Quad, ...]:
    """Return all that is said in the invented plan and follows from it, in a fixed order."""
    store = assemble(turtle_files(HARBOUR), HARBOUR).store
    return tuple(sorted(store.quads_for_pattern(None, None, None, DEFAULT), key=str))


@pytest.mark.parametrize("verdict", ["good", "bad"])
def test_the_examples_of_all_shapes(verdict: str) -> None:
    store = ox.Store()
    for name in CAN_FIRE:
        store.load(example(name, verdict).encode(), format=ox.RdfFormat.TURTLE)
    store.load(path=paths.ONTOLOGY / "metrograph.ttl", format=ox.RdfFormat.TURTLE)
    infer(store, compile_ontology(ONTOLOGY))
    found = by_suspects(store)
    assert found == by_pyshacl_alone(store)
    assert len({shape for shape, *_ in found}) > (150 if verdict == "bad" else 0)


def test_the_shipped_plan() -> None:
    folder = paths.SHIPPED_GRAPH
    store = assemble(turtle_files(folder), folder).store
    assert by_suspects(store) == by_pyshacl_alone(store)


@st.composite
def spoilt(draw: st.DrawFn) -> ox.Store:
    """Make the invented plan with some of its statements left out, exchanged or misspelt."""
    quads = harbour()
    places = st.lists(st.integers(0, len(quads) - 1), max_size=60)
    left = dict.fromkeys(quads)
    for at in draw(places):
        left.pop(quads[at], None)
    for at in draw(places):
        left.pop(quads[at], None)
        wrong = draw(st.sampled_from(WRONG))
        left[ox.Quad(quads[at].subject, quads[at].predicate, wrong)] = None
    for at, other in zip(draw(places), draw(places), strict=False):
        one, two = quads[at], quads[other]
        left[ox.Quad(one.subject, one.predicate, two.object)] = None
        left[ox.Quad(one.subject, two.predicate, two.object)] = None
    store = ox.Store()
    store.bulk_extend(left)
    return store


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(spoilt())
def test_whatever_is_wrong_with_a_plan(store: ox.Store) -> None:
    assert by_suspects(store) == by_pyshacl_alone(store)


def test_classes_that_a_plan_declares_below_others_are_checked_as_these() -> None:
    store = ox.Store()
    store.bulk_extend(harbour())
    store.load(
        b"@prefix mg: <https://w3id.org/metrograph/ontology#> . @prefix : <https://example.org/> . "
        b"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        b":Fair rdfs:subClassOf :Market . :Market rdfs:subClassOf mg:Activity . :one a :Fair .",
        format=ox.RdfFormat.TURTLE,
    )
    found = by_suspects(store)
    assert found == by_pyshacl_alone(store)
    assert ("label-missing", "https://example.org/one") in {(shape, of) for shape, of, *_ in found}


def test_who_is_clean_is_no_suspect() -> None:
    """The check is fast because few are asked: not one of the invented plan's but by a query."""
    store = ox.Store()
    store.bulk_extend(harbour())
    queried = set(SHAPES.subjects(SH.target))
    assert not [one for one in suspects(store, SHAPES) if one[0] not in queried]


@pytest.mark.parametrize(
    ("says", "good", "bad"),
    [
        ("sh:datatype xsd:date", "'2023-12-31'^^xsd:date", "'2023-06-31'^^xsd:date"),
        ("sh:datatype xsd:date", "'2023-02-28'^^xsd:date", "'2023-02-28'"),
        ("sh:datatype xsd:gYearMonth", "'2023-12'^^xsd:gYearMonth", "'2023-13'^^xsd:gYearMonth"),
        ("sh:datatype xsd:gYear", "'2023'^^xsd:gYear", "'23'^^xsd:gYear"),
        ("sh:datatype xsd:integer", "-12", "'a dozen'^^xsd:integer"),
        ("sh:datatype xsd:integer", "0", "1.5"),
        ("sh:datatype xsd:decimal", "-1.25", "'1,25'^^xsd:decimal"),
        ("sh:datatype xsd:boolean", "false", "'no'^^xsd:boolean"),
        ("sh:datatype xsd:string", "'a'", "'a'@en"),
        ("sh:datatype rdf:langString", "'a'@en", "'a'"),
        ("sh:datatype xsd:string", "'a'", ":a"),
        ("sh:minInclusive 1", "1", "0"),
        ("sh:minInclusive 1", "1.5", "'many'"),
        ("sh:pattern '^a+$'", "'aa'", "'ab'"),
        ("sh:pattern '^urn:x:k'", ":kin", "[]"),
        ("sh:nodeKind sh:IRI", ":a", "'a'"),
        ("sh:nodeKind sh:IRI", ":a", "[]"),
        ("sh:class :Kind", ":kin", ":a"),
        ("sh:class :Kind", ":kin", "'kin'"),
        ("sh:in (:a 1)", ":a, 1", ":b"),
        ("sh:in (:a 1)", "1", "2"),
        ("sh:or (:Kin :Text)", ":kin, 'a'", ":a"),
        ("sh:or (:Kin :Text)", "'a'", "1"),
        ("sh:node :Known", ":kin", ":a"),
        ("sh:minCount 1 ; sh:maxCount 1", "1", "1, 2"),
        ("sh:maxCount 2", "1, 2", "1, 2, 3"),
        ("sh:uniqueLang true", "'a'@en, 'b'@fr", "'a'@en, 'b'@en"),
        ("sh:maxCount 1 ; sh:class :Kind", ":kin", ":a"),
    ],
)
def test_what_a_shape_says_of_values(says: str, good: str, bad: str) -> None:
    """Who has what is right is no suspect, who has what is wrong is one, as pyshacl has it or not.

    (It takes years of two digits, and thirteenth months.)
    """
    prefixes = (
        "@prefix : <urn:x:> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
        "@prefix sh: <http://www.w3.org/ns/shacl#> . "
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
    )
    helping = (
        ":Kin sh:class :Kind . :Text sh:datatype xsd:string . :Known sh:property :known . "
        ":known sh:path rdf:type ; sh:minCount 1 . "
    )
    store = ox.Store()
    data = f":kin a :Kind . :innocent a :Kind ; :says {good} . :guilty a :Kind ; :says {bad} ."
    store.load((prefixes + data).encode(), format=ox.RdfFormat.TURTLE)
    graph = Graph().parse(data=prefixes + data, format="turtle")
    for target in ("sh:targetSubjectsOf :says", "sh:targetClass :Kind", "sh:targetSubjectsOf :no"):
        shape = f":Shape a sh:PropertyShape ; {target} ; sh:path :says ; {says} ."
        shapes = Graph().parse(data=prefixes + helping + shape, format="turtle")
        found = {node.value for _, node in suspects(store, shapes)} - {"urn:x:kin"}
        _, report, _ = shacl_validate(graph, shacl_graph=shapes)
        results = report.subjects(SH.sourceShape, URIRef("urn:x:Shape"))
        reported = {str(report.value(one, SH.focusNode)) for one in results} - {"urn:x:kin"}
        assert reported <= found == ({"urn:x:guilty"} if ":no" not in target else set())


def test_paths_of_several_steps_are_followed() -> None:
    shapes = Graph().parse(
        format="turtle",
        data="""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:x:> .
            :Steps sh:targetClass :Kind ; sh:path (:part :name) ; sh:minCount 1 .
            :Either sh:targetClass :Kind ; sh:path [ sh:alternativePath (:part :name) ] ;
                sh:minCount 1 .""",
    )
    store = ox.Store()
    store.load(
        b"@prefix : <urn:x:> . :both a :Kind ; :part :p . :p :name 'p' . "
        b":one a :Kind ; :name 'n' . :none a :Kind .",
        format=ox.RdfFormat.TURTLE,
    )
    pairs = {(str(shape)[6:], node.value[6:]) for shape, node in suspects(store, shapes)}
    assert pairs == {("Steps", "one"), ("Steps", "none"), ("Either", "none")}


def test_a_shape_that_asks_for_more_has_all_its_nodes_as_suspects() -> None:
    shapes = Graph().parse(
        format="turtle",
        data="""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:x:> .
            :Hidden sh:targetClass :Kind ; sh:path :name ; sh:maxLength 3 .
            :Off sh:targetClass :Kind ; sh:path :name ; sh:minCount 9 ; sh:deactivated true .
            :Many sh:targetClass :Kind ; sh:path :name ; sh:minCount 2 .
            :Not sh:targetClass :Kind ; sh:not :Odd . :Odd sh:class :Strange .""",
    )
    store = ox.Store()
    store.load(
        b"@prefix : <urn:x:> . :a a :Kind ; :name 'Ann' . :b a :Other .",
        format=ox.RdfFormat.TURTLE,
    )
    pairs = {(str(shape), node.value) for shape, node in suspects(store, shapes)}
    assert pairs == {
        ("urn:x:Hidden", "urn:x:a"),
        ("urn:x:Many", "urn:x:a"),
        ("urn:x:Not", "urn:x:a"),
    }
