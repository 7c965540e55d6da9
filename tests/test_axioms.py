"""Checks that each axiom of OWL is carried out as owlrl reads it, or refused by name."""

import owlrl
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, URIRef

from metrograph.errors import OntologyError
from metrograph.store.inference import infer
from metrograph.store.rules import compile_ontology
from metrograph.vocabulary import Graphs

EX = "http://example.org/"
PREFIXES = (
    f"@prefix : <{EX}> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    "@prefix sh: <http://www.w3.org/ns/shacl#> . "
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
)
DECLARED = "".join(f":p{k} a owl:ObjectProperty . :C{k} a owl:Class . " for k in range(4))

Triples = set[tuple[str, str, str]]


def graph(*turtle: str) -> Graph:
    return Graph().parse(data=PREFIXES + " ".join(turtle), format="turtle")


def inferred(axioms: str, data: str) -> tuple[Triples, set[str]]:
    """Return what the data says when all is inferred, and what is a contradiction."""
    store = ox.Store()
    store.load((PREFIXES + data).encode(), format=ox.RdfFormat.TURTLE)
    findings = infer(store, compile_ontology(graph(DECLARED, axioms)))
    quads = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    said = {
        (q.subject.value, q.predicate.value, q.object.value)
        for q in quads
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.NamedNode)
    }
    return _of_data(said), {finding.focus for finding in findings}


def by_owlrl(axioms: str, data: str) -> Triples:
    whole = graph(DECLARED, axioms, data)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False).expand(whole)
    names = [t for t in whole if all(isinstance(term, URIRef) for term in t)]
    return _of_data({(str(s), str(p), str(o)) for s, p, o in names})


def _of_data(said: Triples) -> Triples:
    """Keep what is said of individuals: they are called n0, n1, ..."""
    return {
        (s, p, o)
        for s, p, o in said
        if s.startswith(f"{EX}n")
        if p.startswith(EX) or (p == str(RDF.type) and o.startswith(EX))
    }


properties = st.integers(0, 3).map(":p{}".format)
classes = st.integers(0, 3).map(":C{}".format)
individuals = st.integers(0, 3).map(":n{}".format)
axioms = st.one_of(
    st.tuples(classes, st.sampled_from(["rdfs:subClassOf", "owl:equivalentClass"]), classes),
    st.tuples(
        properties,
        st.sampled_from(["rdfs:subPropertyOf", "owl:equivalentProperty", "owl:inverseOf"]),
        properties,
    ),
    st.tuples(
        properties,
        st.just("a"),
        st.sampled_from(["owl:TransitiveProperty", "owl:SymmetricProperty"]),
    ),
    st.tuples(
        properties,
        st.just("owl:propertyChainAxiom"),
        st.lists(properties, min_size=2, max_size=3).map(lambda steps: f"( {' '.join(steps)} )"),
    ),
    st.just((":C0", "owl:disjointWith", ":C1")),
    st.just(("[]", "a", "owl:AllDisjointClasses ; owl:members ( :C1 :C2 :C3 )")),
    st.just((":C0", "rdfs:subClassOf", "owl:Thing")),
    st.just((":note", "a", "owl:AnnotationProperty")),
    st.just((":n0", "a", "owl:NamedIndividual")),
)
facts = st.one_of(
    st.tuples(individuals, properties, individuals), st.tuples(individuals, st.just("a"), classes)
)


def _written(statements: list[tuple[str, str, str]]) -> str:
    return " ".join(" ".join(one) + " ." for one in statements)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(axioms, max_size=6).map(_written), st.lists(facts, max_size=8).map(_written))
def test_any_axioms_conclude_what_owlrl_concludes(axioms: str, data: str) -> None:
    expected = by_owlrl(axioms, data)
    concluded, contradictory = inferred(axioms, data)
    assert concluded == expected
    types: dict[str, set[str]] = {}
    for subject, predicate, value in expected:
        if predicate == str(RDF.type):
            types.setdefault(subject, set()).add(value.removeprefix(EX))
    excluded = [{"C0", "C1"}] if "disjointWith" in axioms else []
    if "AllDisjoint" in axioms:
        excluded += [{"C1", "C2"}, {"C1", "C3"}, {"C2", "C3"}]
    assert contradictory == {
        node for node, kinds in types.items() if any(pair <= kinds for pair in excluded)
    }


UNSUPPORTED = [
    (":p0 a owl:FunctionalProperty", "owl:FunctionalProperty"),
    (":p0 a owl:InverseFunctionalProperty", "owl:InverseFunctionalProperty"),
    (":p0 a owl:ReflexiveProperty", "owl:ReflexiveProperty"),
    (":p0 a owl:IrreflexiveProperty", "owl:IrreflexiveProperty"),
    (":p0 a owl:AsymmetricProperty", "owl:AsymmetricProperty"),
    ("[] a owl:SymmetricProperty", "no name"),
    (":p0 owl:propertyDisjointWith :p1", "owl:propertyDisjointWith"),
    ("[] a owl:AllDisjointProperties ; owl:members ( :p0 :p1 )", "owl:AllDisjointProperties"),
    ("[] a owl:AllDisjointClasses", "lists no classes"),
    ("[] a owl:AllDisjointClasses ; owl:members ( :C0 )", "two members"),
    ("[] a owl:AllDisjointClasses ; owl:members ( :C0 [] )", "no name"),
    ("[] a owl:AllDifferent ; owl:distinctMembers ( :n0 :n1 )", "owl:AllDifferent"),
    (":n0 owl:sameAs :n1", "owl:sameAs"),
    (":n0 owl:differentFrom :n1", "owl:differentFrom"),
    ("[] a owl:NegativePropertyAssertion", "owl:NegativePropertyAssertion"),
    (":C0 owl:hasKey ( :p0 )", "owl:hasKey"),
    (":C0 owl:complementOf :C1", "owl:complementOf"),
    (":C0 owl:unionOf ( :C1 :C2 )", "owl:unionOf"),
    (":C0 owl:intersectionOf ( :C1 :C2 )", "owl:intersectionOf"),
    (":C0 owl:disjointUnionOf ( :C1 :C2 )", "owl:disjointUnionOf"),
    (":C0 owl:oneOf ( :n1 )", "owl:oneOf"),
    (":C0 rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p0 ]", "no name|owl:"),
    (":C0 owl:equivalentClass [ rdfs:subClassOf :C1 ]", "no name"),
    (":C0 owl:equivalentClass [ a owl:Class ]", "no name"),
    ("[ a owl:Class ] rdfs:subClassOf :C0", "no name"),
    (":C0 owl:disjointWith []", "no name"),
    (":C0 owl:disjointWith :C0", "excludes itself"),
    ("[ owl:inverseOf :p0 ] rdfs:subPropertyOf :p1", "no name"),
    (":p1 rdfs:subPropertyOf [ owl:inverseOf :p0 ]", "no name"),
    (":p1 owl:equivalentProperty [ owl:inverseOf :p0 ]", "no name"),
    (":p1 owl:inverseOf []", "no name"),
    (":p2 owl:propertyChainAxiom ( :p0 [ owl:inverseOf :p1 ] )", "no name"),
    (":p2 owl:propertyChainAxiom ( :p0 )", "two members"),
    (":p2 owl:propertyChainAxiom ( :p0 rdf:type )", "meaning must not change"),
    ("[] owl:propertyChainAxiom ( :p0 :p1 )", "no name"),
    (":p0 rdfs:subPropertyOf rdf:type", "meaning must not change"),
    ("rdfs:label rdfs:subPropertyOf :p0", "meaning must not change"),
    ("rdf:type owl:equivalentProperty :p0", "meaning must not change"),
    ("owl:sameAs owl:inverseOf :p0", "meaning must not change"),
    (":p0 rdfs:subPropertyOf owl:topObjectProperty", "meaning must not change"),
    ("owl:Thing rdfs:subClassOf :C0", "meaning must not change"),
    (":C0 rdfs:subClassOf owl:Nothing", "meaning must not change"),
    (":C0 owl:equivalentClass owl:Thing", "meaning must not change"),
    (":C0 rdfs:subClassOf xsd:string", "meaning must not change"),
    (':C0 rdfs:subClassOf "C1"', "is a text"),
    (":p0 a rdfs:ContainerMembershipProperty", "rdfs:ContainerMembershipProperty"),
    (":d a rdfs:Datatype ; owl:onDatatype xsd:integer", "owl:onDatatype"),
    ("[] a owl:Axiom ; owl:annotatedSource :C0 ; owl:annotatedProperty rdfs:subClassOf ; "
     "owl:annotatedTarget :C1", "not stated"),
    ("[] a sh:TripleRule", "sh:TripleRule"),
    ("[] a sh:SPARQLRule ; sh:deactivated true ; sh:construct 'CONSTRUCT {} WHERE {}'",
     "sh:deactivated"),
    ("[] sh:construct 'CONSTRUCT { ?a :p0 ?b } WHERE { ?a :p1 ?b }'", "sh:construct"),
    (": owl:imports <urn:other>", "owl:imports"),
]  # fmt: skip


@pytest.mark.parametrize(("axiom", "reason"), UNSUPPORTED)
def test_what_is_not_carried_out_is_refused_by_name(axiom: str, reason: str) -> None:
    with pytest.raises(OntologyError, match=reason) as error:
        compile_ontology(graph(DECLARED, axiom, "."))
    assert "The ontology states “" in str(error.value)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(axioms, max_size=4).map(_written), st.sampled_from(UNSUPPORTED))
def test_among_others_it_is_refused_as_well(others: str, unsupported: tuple[str, str]) -> None:
    with pytest.raises(OntologyError):
        compile_ontology(graph(DECLARED, others, unsupported[0], "."))


def test_a_property_that_is_its_own_inverse_is_symmetric() -> None:
    concluded, _ = inferred(":p0 owl:inverseOf :p0 .", ":n0 :p0 :n1 .")
    assert (f"{EX}n1", f"{EX}p0", f"{EX}n0") in concluded


def test_declarations_and_annotations_are_accepted() -> None:
    axioms = (
        ':note a owl:AnnotationProperty ; rdfs:label "note" . :n0 a owl:NamedIndividual . '
        ":C0 rdfs:subClassOf :C1 ; owl:deprecated true ; :note 'old' . "
        "[] a owl:Axiom ; owl:annotatedSource :C0 ; owl:annotatedProperty rdfs:subClassOf ; "
        "owl:annotatedTarget :C1 ; :note 'why' ."
    )
    concluded, _ = inferred(axioms, ":n0 a :C0 .")
    assert (f"{EX}n0", str(RDF.type), f"{EX}C1") in concluded


def test_what_the_closed_ontology_says_can_be_asked() -> None:
    """C0 below C1 and C1 alike C2: C0 is below C2, which no file says."""
    said = (
        ":C0 rdfs:subClassOf :C1 . :C1 owl:equivalentClass :C2 . :p0 owl:equivalentProperty :p1 ."
    )
    store = ox.Store()
    store.load((PREFIXES + said).encode(), format=ox.RdfFormat.TURTLE)
    infer(store, compile_ontology(graph(DECLARED, said)))
    below = "http://www.w3.org/2000/01/rdf-schema#sub"
    new = [(f"{EX}C0", f"{below}ClassOf", f"{EX}C2"), (f"{EX}p1", f"{below}PropertyOf", f"{EX}p0")]
    for triple in new:
        assert ox.Quad(*map(ox.NamedNode, triple)) in store
        assert ox.Quad(*map(ox.NamedNode, (*triple, Graphs.inferred))) in store
    asserted = (f"{EX}C0", f"{below}ClassOf", f"{EX}C1", Graphs.inferred)
    assert ox.Quad(*map(ox.NamedNode, asserted)) not in store
