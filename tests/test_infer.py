"""Checks that the compiled rules conclude what owlrl concludes, and stop where they must."""

import owlrl
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from metrograph import paths, vocabulary
from metrograph.errors import OntologyError
from metrograph.store.inference import infer
from metrograph.store.program import Program, Rule
from metrograph.store.rules import compile_ontology
from metrograph.vocabulary import MG_NAMESPACE
from tests.conftest import HARBOUR, IS_LONG

SH = Namespace("http://www.w3.org/ns/shacl#")
MG = Namespace(MG_NAMESPACE)
EX = "https://example.org/g/"
PREFIXES = (
    f"@base <{EX}> . @prefix mg: <{MG_NAMESPACE}> . @prefix prov: <http://www.w3.org/ns/prov#> . "
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
)


def ontology(more: str = "") -> Graph:
    graph = Graph().parse(paths.ONTOLOGY / "metrograph.ttl")
    return graph.parse(data=PREFIXES + more, format="turtle")


PROGRAM = compile_ontology(ontology())


def by_metrograph(turtle: str, more: str = "") -> set[tuple[str, str, str]]:
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    infer(store, compile_ontology(ontology(more)) if more else PROGRAM)
    quads = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return {
        (q.subject.value, q.predicate.value, q.object.value)
        for q in quads
        if isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.NamedNode)
        if _ours(q.predicate.value, q.object.value)
    }


def by_owlrl(turtle: str, more: str = "") -> set[tuple[str, str, str]]:
    """Return the same by the reference: owlrl on data and axioms, and the rules, to a fixpoint."""
    onto = ontology(more)
    rules = [
        (
            str(onto.value(rule, SH.construct)),
            {
                str(onto.value(declared, SH.prefix)): str(onto.value(declared, SH.namespace))
                for declared in onto.objects(
                    URIRef("https://w3id.org/metrograph/ontology"), SH.declare
                )
            },
        )
        for rule in onto.subjects(RDF.type, SH.SPARQLRule)
    ]
    data = Graph().parse(data=turtle, format="turtle")
    for triple in onto:  # not labels (they only cost time), nor domain and range (docs/decisions)
        if triple[1] not in (RDFS.label, SKOS.definition, RDFS.domain, RDFS.range):
            data.add(triple)
    before = -1
    while len(data) != before:
        before = len(data)
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
        for text, prefixes in rules:
            data += data.query(text, initNs=prefixes).graph or Graph()
    known = set(onto.subjects())
    return {
        (str(s), str(p), str(o))
        for s, p, o in data
        if isinstance(s, URIRef) and isinstance(o, URIRef) and s not in known
        if str(s) != "https://w3id.org/metrograph/ontology" and _ours(str(p), str(o))
    }


def _ours(predicate: str, value: str) -> bool:
    if predicate == str(RDF.type):
        return value.startswith(MG_NAMESPACE)
    return predicate.startswith(MG_NAMESPACE)


@pytest.mark.long
def test_the_invented_plan_has_the_same_conclusions_as_with_owlrl() -> None:
    turtle = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HARBOUR.glob("*.ttl")))
    expected = by_owlrl(turtle)
    assert by_metrograph(turtle) == expected
    assert any(predicate == str(MG.addressesIntersection) for _, predicate, _ in expected)


def test_axioms_that_the_ontology_does_not_use_yet_are_compiled_as_owlrl_reads_them() -> None:
    """Inverse, equivalent, symmetric, transitive, and what owlrl makes of their combinations."""
    axioms = (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        "mg:xHasPart a owl:ObjectProperty ; owl:inverseOf mg:partOf . "
        "mg:xPiece a owl:ObjectProperty ; owl:equivalentProperty mg:xHasPart . "
        "mg:xNear a owl:ObjectProperty, owl:SymmetricProperty, owl:TransitiveProperty ; "
        "rdfs:subPropertyOf mg:relatesTo . "
        "mg:xGoal a owl:Class ; owl:equivalentClass mg:ActionLine . "
        "mg:xFar a owl:ObjectProperty ; owl:propertyChainAxiom ( mg:xNear mg:partOf mg:xNear ) . "
    )
    data = PREFIXES + (
        "<a> mg:partOf <b> . <b> mg:partOf <c> . <d> mg:xPiece <e> . <l> a mg:xGoal . "
        "<m> a mg:ActionLine . <x> mg:xNear <a> . <b> mg:xNear <y> . <y> mg:xNear <z> . "
    )
    expected = by_owlrl(data, axioms)
    assert by_metrograph(data, axioms) == expected
    assert (EX + "x", MG_NAMESPACE + "xFar", EX + "z") in expected
    assert (EX + "e", MG_NAMESPACE + "partOf", EX + "d") in expected


names = st.integers(min_value=0, max_value=3)
facts = st.one_of(
    st.tuples(st.just("mg:partOf"), names, names),
    st.tuples(st.just("mg:ofPlan"), names, st.just(9)),
    st.tuples(st.just("skos:broader"), names, names),
    st.tuples(st.just("mg:claimsTheme"), st.integers(10, 12), names),
    st.tuples(st.just("mg:claimsArea"), st.integers(10, 12), names),
    st.tuples(st.just("mg:claimsResult"), st.integers(10, 12), names),
    st.tuples(st.just("mg:onActivity"), st.integers(10, 12), st.integers(20, 21)),
    st.tuples(st.just("prov:wasAttributedTo"), st.integers(10, 12), st.integers(30, 31)),
    st.tuples(st.just("mg:codedActivity"), st.integers(40, 42), st.integers(20, 21)),
    st.tuples(st.just("mg:codedBy"), st.integers(40, 42), st.integers(30, 31)),
    st.tuples(st.just("mg:standingClaim"), st.integers(20, 21), st.integers(10, 12)),
    st.tuples(st.just("mg:ofTheme"), st.integers(50, 51), names),
    st.tuples(st.just("mg:ofChallenge"), st.integers(50, 51), names),
    st.tuples(st.just("mg:differsFrom"), st.integers(60, 61), st.integers(60, 61)),
)


@settings(
    max_examples=8 if IS_LONG else 3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(facts, min_size=4, max_size=25))
def test_any_graph_has_the_same_conclusions_as_with_owlrl(
    statements: list[tuple[str, int, int]],
) -> None:
    turtle = PREFIXES + "\n".join(f"<n{s}> {p} <n{o}> ." for p, s, o in statements)
    assert by_metrograph(turtle) == by_owlrl(turtle)


def test_what_a_file_asserts_is_never_marked_as_inferred() -> None:
    store = ox.Store()
    turtle = PREFIXES + "<r> mg:partOf <x> ; mg:within <x> ."
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    infer(store, PROGRAM)
    inferred = ox.NamedNode("https://w3id.org/metrograph/inferred")
    within = ox.NamedNode(MG_NAMESPACE + "within")
    assert list(store.quads_for_pattern(None, within, None, inferred)) == []


def test_what_excludes_each_other_is_found() -> None:
    store = ox.Store()
    store.load((PREFIXES + "<t> a mg:VisionTheme, mg:Challenge .").encode(), ox.RdfFormat.TURTLE)
    found = infer(store, PROGRAM)
    assert [(f.severity, f.focus) for f in found] == [("violation", EX + "t")]
    assert "Challenge" in found[0].message("en")


@pytest.mark.parametrize(
    "more",
    [
        "mg:xp a owl:SymmetricProperty .",
        "mg:xq owl:inverseOf mg:xp .",
        "mg:xp a owl:SymmetricProperty, owl:TransitiveProperty .",
        "mg:xp a owl:SymmetricProperty ; owl:inverseOf mg:xq . mg:xs rdfs:subPropertyOf mg:xp .",
        "mg:xr a sh:SPARQLRule ; sh:construct "
        f"'CONSTRUCT {{ ?y <{MG_NAMESPACE}xp> ?x }} WHERE {{ ?x <{MG_NAMESPACE}xp> ?y }}' .",
    ],
)
def test_a_literal_is_never_the_subject_of_a_conclusion_and_never_runs_a_rule_for_ever(
    more: str,
) -> None:
    """Whatever the rule that would turn a statement round: it ends, and the rest is concluded."""
    words = (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . "
        "@prefix sh: <http://www.w3.org/ns/shacl#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    )
    store = ox.Store()
    turtle = f'{PREFIXES} <a> mg:xp "a text", 5, "fr"@fr, <b> .'
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    infer(store, compile_ontology(ontology(words + more)))
    turned = store.quads_for_pattern(ox.NamedNode(EX + "b"), None, None, ox.DefaultGraph())
    assert {quad.object.value for quad in turned if isinstance(quad.object, ox.NamedNode)} == {
        EX + "a",
        *([EX + "b"] if "Transitive" in more else []),
    }
    assert not any(isinstance(quad.subject, ox.Literal) for quad in store)


def test_rules_that_add_nothing_are_not_run_again() -> None:
    """A conclusion that no store can hold looks new for ever: the count of statements ends it."""
    rule = Rule(
        "never held", "?x ?y ?x", f"?x <{EX}p> ?y", frozenset({"a"}), frozenset({"a"})
    )  # a text stands where a property belongs
    store = ox.Store()
    store.load(f'<{EX}a> <{EX}p> "text" .'.encode(), format=ox.RdfFormat.TURTLE)
    infer(store, Program(((rule,),), ()))
    assert len(store) == 1


def test_range_never_turns_an_error_into_a_type() -> None:
    """An activity that contributes to a member does not make the member a result."""
    concluded = by_metrograph(PREFIXES + "<a> mg:contributesTo <m> . <m> a mg:Member .")
    assert (EX + "m", str(RDF.type), str(MG.PlanElement)) not in concluded


def test_a_claim_rejected_by_a_decision_stands_no_more_until_the_decision_is_superseded() -> None:
    claims = "".join(
        f"<c{k}> mg:onActivity <a> ; prov:wasAttributedTo <k{k}> ; mg:claimsTheme <t> . "
        f"<coding{k}> mg:codedActivity <a> ; mg:codedBy <k{k}> . "
        for k in (1, 2)
    )
    addressed = (EX + "a", str(MG.addressesTheme), EX + "t")
    assert addressed in by_metrograph(PREFIXES + claims)
    rejected = (
        "<d> a mg:Decision ; mg:onActivity <a> ; mg:decidesTheme <t> ; mg:verdict mg:rejected ; "
        "prov:wasAttributedTo <k3> ; mg:settles <c1>, <c2> . "
    )
    assert addressed not in by_metrograph(PREFIXES + claims + rejected)
    superseded = (
        "<e> a mg:Decision ; mg:onActivity <a> ; mg:decidesTheme <t> ; mg:verdict mg:accepted ; "
        "prov:wasAttributedTo <k3> ; mg:settles <c1>, <c2> ; mg:supersedes <d> ."
    )
    assert addressed in by_metrograph(PREFIXES + claims + rejected + superseded)


def test_one_coder_alone_makes_no_claim_stand() -> None:
    alone = (
        "<c> mg:onActivity <a> ; prov:wasAttributedTo <k> ; mg:claimsTheme <t> . "
        "<coding> mg:codedActivity <a> ; mg:codedBy <k> ."
    )
    stands = {triple for triple in by_metrograph(PREFIXES + alone) if "standing" in triple[1]}
    assert stands == set()


def test_an_axiom_that_the_compiler_does_not_know_is_refused() -> None:
    graph = ontology()
    graph.add((MG.partOf, RDF.type, OWL.FunctionalProperty))
    with pytest.raises(OntologyError, match="FunctionalProperty"):
        compile_ontology(graph)


def test_a_rule_that_denies_its_own_conclusion_is_refused() -> None:
    graph = ontology()
    rule = MG.strangeRule
    graph.add((rule, RDF.type, SH.SPARQLRule))
    graph.add((rule, SH.prefixes, URIRef("https://w3id.org/metrograph/ontology")))
    text = (
        "CONSTRUCT { $this mg:relatesTo $this } "
        "WHERE { $this mg:ofPlan ?p FILTER NOT EXISTS { $this mg:relatesTo $this } }"
    )
    graph.add((rule, SH.construct, Literal(text)))
    with pytest.raises(OntologyError, match="negate their own"):
        compile_ontology(graph)


def test_the_program_is_in_the_same_order_every_time() -> None:
    first = [[rule.name for rule in group] for group in PROGRAM.groups]
    again = [[rule.name for rule in group] for group in compile_ontology(ontology()).groups]
    assert first == again


def test_a_citation_of_a_line_that_no_document_has_is_no_citation() -> None:
    """A number past all bounds must not overflow into a small one."""
    cited = "<r> mg:citation <source/s#line=99999999999999999990,99999999999999999999> ."
    assert not [t for t in by_metrograph(PREFIXES + cited) if t[2] == MG_NAMESPACE + "Citation"]


def test_the_terms_that_the_code_names_are_those_of_the_ontology() -> None:
    named = {value for name, value in vars(vocabulary.MG).items() if not name.startswith("_")}
    defined = {str(subject) for subject in ontology().subjects()}
    assert named
    assert named | set(vocabulary.CONCLUSIONS) <= defined
