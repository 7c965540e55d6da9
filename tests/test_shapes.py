"""Checks every shape on a good and a bad example, and that ontology and shapes belong together.

`tests/shapes/NAME.good.ttl` and `NAME.bad.ttl` hold the least that shape NAME accepts and refuses.
The record that is judged is `<this>`, unless the first line names another focus.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, Node, URIRef
from rdflib.collection import Collection

from metrograph import paths
from metrograph.store.findings import Finding
from metrograph.store.inference import infer
from metrograph.store.rules import compile_ontology
from metrograph.store.validation import read_shapes, to_rdflib, validate
from metrograph.vocabulary import MG_NAMESPACE

EXAMPLES = Path(__file__).parent / "shapes"
BASE = "https://example.org/shapes/"
MG = Namespace(MG_NAMESPACE)
MGSH = Namespace("https://w3id.org/metrograph/shapes#")
LANGUAGES = {"en", "fr", "es"}
FORMS = [MG.Activity, MG.AlignmentClaim, MG.Observation, MG.Member, MG.Indicator]

SHAPES = read_shapes(paths.ONTOLOGY / "shapes.ttl")
ONTOLOGY = Graph().parse(paths.ONTOLOGY / "metrograph.ttl")


def local(term: Node) -> str:
    return str(term).rpartition("#")[2]


def shapes_of_all_kinds() -> set[Node]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    return {shape for kind in kinds for shape in SHAPES.subjects(RDF.type, kind)}


CAN_FIRE = sorted(local(shape) for shape in SHAPES.subjects(SH.severity))


def declared(*kinds: URIRef) -> list[URIRef]:
    """Return the terms of these kinds that the ontology declares, sorted."""
    terms = {term for kind in kinds for term in ONTOLOGY.subjects(RDF.type, kind)}
    return sorted(term for term in terms if isinstance(term, URIRef))


@cache
def judged(verdict: str) -> tuple[Graph, list[Finding]]:
    """Return all good, or all bad, examples inferred as one graph, and what is found in it.

    Each example has a base of its own, so that one validation serves for all of them.
    """
    store = ox.Store()
    for name in CAN_FIRE:
        store.load(example(name, verdict).encode(), format=ox.RdfFormat.TURTLE)
    store.load(path=paths.ONTOLOGY / "metrograph.ttl", format=ox.RdfFormat.TURTLE)
    infer(store, compile_ontology(ONTOLOGY))
    return to_rdflib(store), validate(store, SHAPES, ONTOLOGY)


def example(name: str, verdict: str) -> str:
    text = (EXAMPLES / f"{name}.{verdict}.ttl").read_text(encoding="utf-8")
    return text.replace(BASE, f"{BASE}{name}/")


def focus(name: str, verdict: str) -> str:
    named = re.search(r"\(focus: (.+)\)", example(name, verdict).splitlines()[0])
    return urljoin(f"{BASE}{name}/", str(named[1]) if named else "this")


def findings(name: str, verdict: str) -> list[Finding]:
    """Return what a shape finds in its own example."""
    expected = focus(name, verdict)
    return [
        finding
        for finding in judged(verdict)[1]
        if finding.shape == name
        if finding.focus == expected or finding.focus.startswith(f"{BASE}{name}/")
    ]


def declared_focus(shape: Node, graph: Graph) -> set[Node]:
    """Return the focus nodes of a shape, and of those that it hangs from, without its queries."""
    nodes: set[Node] = set()
    for kind in SHAPES.objects(shape, SH.targetClass):
        nodes.update(graph.subjects(RDF.type, kind))
    for path in SHAPES.objects(shape, SH.targetSubjectsOf):
        nodes.update(graph.subjects(path))
    for owner in SHAPES.subjects(SH.property, shape):
        nodes |= declared_focus(owner, graph)
    return nodes


@pytest.mark.parametrize("name", CAN_FIRE)
def test_the_bad_example_is_found(name: str) -> None:
    if name == "blank-node":
        found = [finding for finding in judged("bad")[1] if finding.shape == name]
        assert not any(finding.focus.startswith("http") for finding in found)
    else:
        found = [f for f in findings(name, "bad") if f.focus == focus(name, "bad")]
    assert found
    assert all(set(finding.messages) == LANGUAGES for finding in found)


@pytest.mark.parametrize("name", CAN_FIRE)
def test_the_good_example_is_judged_and_passes(name: str) -> None:
    graph, _ = judged("good")
    node = URIRef(focus(name, "good"))
    # Where only a query finds what is wrong, what is right is a record of some kind.
    assert node in (declared_focus(MGSH[name], graph) or set(graph.subjects(RDF.type)))
    assert findings(name, "good") == []


def test_the_ontology_passes_under_a_plan_in_another_language() -> None:
    plan = f"<{BASE}plan> a <{MG.StrategicPlan}> ; <{DCTERMS.language}> 'ca' ."
    store = ox.Store()
    store.load(plan.encode(), format=ox.RdfFormat.TURTLE)
    store.load(path=paths.ONTOLOGY / "metrograph.ttl", format=ox.RdfFormat.TURTLE)
    found = validate(store, SHAPES, ONTOLOGY)
    assert {finding.focus for finding in found} == {f"{BASE}plan"}


def test_each_example_belongs_to_a_shape() -> None:
    files = {f"{name}.{verdict}.ttl" for name in CAN_FIRE for verdict in ("good", "bad")}
    assert {path.name for path in EXAMPLES.iterdir()} == files


def test_every_shape_has_a_name() -> None:
    unnamed = {node for node in SHAPES.subjects() if isinstance(node, BNode)}
    structure = {RDF.first, RDF.rest, SH.alternativePath}
    assert {predicate for node in unnamed for predicate in SHAPES.predicates(node)} <= structure
    assert all(str(shape).startswith(MGSH) for shape in shapes_of_all_kinds())


def test_no_two_names_differ_by_case_alone() -> None:
    assert len({name.lower() for name in CAN_FIRE}) == len(CAN_FIRE)


def test_what_can_fire_has_severity_and_sentences() -> None:
    for shape in shapes_of_all_kinds():
        reached = any(
            (node, target, None) in SHAPES
            for node in (shape, *SHAPES.subjects(SH.property, shape))
            for target in (SH.targetClass, SH.targetSubjectsOf, SH.target)
        )
        constraints = set(SHAPES.predicates(shape)) - {
            RDF.type, SH.targetClass, SH.targetSubjectsOf, SH.target, SH.path, SH.property,
            SH.name, SH.group, SH.order,
        }  # fmt: skip
        if reached and constraints and (shape, SH.deactivated, Literal(True)) not in SHAPES:
            assert (shape, SH.severity, None) in SHAPES, shape
            component = MGSH["VocabularyComponent-validator"]
            speaker = component if (shape, MGSH.vocabulary, None) in SHAPES else shape
            assert languages(SHAPES, speaker, SH.message) == LANGUAGES, shape


def languages(graph: Graph, subject: Node, predicate: URIRef) -> set[str | None]:
    texts = [text for text in graph.objects(subject, predicate) if isinstance(text, Literal)]
    assert len(texts) == len({text.language for text in texts})
    return {text.language for text in texts}


@pytest.mark.parametrize(
    "term", declared(OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty), ids=local
)
def test_every_term_is_documented_and_used(term: URIRef) -> None:
    assert languages(ONTOLOGY, term, RDFS.label) == LANGUAGES
    assert languages(ONTOLOGY, term, SKOS.definition) == LANGUAGES
    use = re.compile(rf"\bmg:{local(term)}\b")
    queries = sorted(paths.QUERIES.glob("*.rq"))
    texts = [*queries, paths.ONTOLOGY / "shapes.ttl"]
    assert any(use.search(path.read_text(encoding="utf-8")) for path in texts)


@pytest.mark.parametrize("kind", declared(OWL.Class), ids=local)
def test_every_class_has_a_node_shape(kind: URIRef) -> None:
    assert (MGSH[local(kind)], RDF.type, SH.NodeShape) in SHAPES
    assert (MGSH[local(kind)], SH.targetClass, kind) in SHAPES


@pytest.mark.parametrize("path", declared(OWL.ObjectProperty), ids=local)
def test_every_object_property_says_what_its_values_are(path: URIRef) -> None:
    shapes = list(SHAPES.subjects(SH.path, path))
    assert any(
        (shape, SH["class"], None) in SHAPES or (shape, SH.node, MGSH["on-record"]) in SHAPES
        for shape in shapes
    )


@pytest.mark.parametrize("path", declared(OWL.DatatypeProperty), ids=local)
def test_every_literal_property_says_how_it_is_written(path: URIRef) -> None:
    shapes = list(SHAPES.subjects(SH.path, path))
    assert any(
        (shape, SH.datatype, None) in SHAPES or (shape, SH["or"], None) in SHAPES
        for shape in shapes
    )


@pytest.mark.parametrize("form", FORMS, ids=local)
def test_the_fields_of_forms_have_names_groups_and_order(form: URIRef) -> None:
    fields = [
        shape
        for shape in SHAPES.subjects(SH.targetClass, form)
        if (shape, RDF.type, SH.PropertyShape) in SHAPES
    ]
    order: dict[URIRef, Node | None] = {}
    for field in fields:
        assert languages(SHAPES, field, SH.name) == LANGUAGES
        assert (SHAPES.value(field, SH.group), RDF.type, SH.PropertyGroup) in SHAPES
        path = SHAPES.value(field, SH.path)
        if isinstance(path, URIRef):
            assert order.setdefault(path, SHAPES.value(field, SH.order)) is not None
            assert order[path] == SHAPES.value(field, SH.order)
    assert len(set(order.values())) == len(order) > 5


def test_fixed_lists_are_those_of_the_ontology() -> None:
    for shape, values in SHAPES.subject_objects(SH["in"]):
        if values != RDF.nil:
            kind = SHAPES.value(shape, SH.targetClass)
            own = set(ONTOLOGY.subjects(RDF.type, kind))
            assert set(Collection(SHAPES, values)) == own, shape
