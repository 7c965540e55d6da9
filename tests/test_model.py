"""Checks what a reviewer of knowledge graphs asks: what the ontology says, and does not say."""

from itertools import combinations

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from metrograph import paths
from metrograph.plan import Plan
from metrograph.store.inference import infer
from metrograph.store.rules import compile_ontology
from metrograph.vocabulary import MG_NAMESPACE
from tests.test_infer import EX, PREFIXES

MG = Namespace(MG_NAMESPACE)
CUBE = "http://purl.org/linked-data/cube#"
ORG = "http://www.w3.org/ns/org#"
PPLAN = "http://purl.org/net/p-plan#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
TIME = "http://www.w3.org/2006/time#"
ONTOLOGY = Graph().parse(paths.ONTOLOGY / "metrograph.ttl")
INTERFACE = Graph().parse(paths.ONTOLOGY / "interface.ttl")
SUPERS = {
    (str(one), str(other)) for one, other in ONTOLOGY.subject_objects(RDFS.subPropertyOf)
}  # as written, not closed


def concluded(turtle: str) -> set[tuple[str, str, str]]:
    """Return all that a graph says with what follows from it, in whatever vocabulary."""
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    infer(store, compile_ontology(ONTOLOGY))
    return {
        (str(quad.subject.value), quad.predicate.value, str(getattr(quad.object, "value", "")))
        for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode)
    }


def classes() -> set[str]:
    return {str(term) for term in ONTOLOGY.subjects(RDF.type, OWL.Class)}


def test_the_published_ontology_says_nothing_of_terms_that_others_define() -> None:
    subjects = {str(term) for term in ONTOLOGY.subjects() if isinstance(term, URIRef)}
    ours = "https://w3id.org/metrograph/ontology"
    assert {
        term for term in subjects if term != ours and not term.startswith(MG_NAMESPACE)
    } == set()


def test_the_names_for_the_interface_are_of_others_terms_and_nothing_but_names() -> None:
    assert not [term for term in INTERFACE.subjects() if str(term).startswith(MG_NAMESPACE)]
    assert set(INTERFACE.predicates()) == {RDF.type, RDFS.label}
    assert set(INTERFACE.objects(None, RDF.type)) == {RDF.Property, RDFS.Class}
    for term in set(INTERFACE.subjects()):
        named = [
            label.language
            for label in INTERFACE.objects(term, RDFS.label)
            if isinstance(label, Literal)
        ]
        assert sorted(map(str, named)) == ["en", "es", "fr"], term


def test_a_page_still_names_the_terms_of_others(harbour: Plan) -> None:
    assert harbour.label("http://www.w3.org/2004/02/skos/core#broader") == "broader term"


def test_every_term_of_others_that_a_super_class_or_property_leads_to_has_a_name() -> None:
    predicates = (RDFS.subClassOf, RDFS.subPropertyOf)
    reached = {str(term) for one in predicates for term in ONTOLOGY.objects(None, one)}
    foreign = {term for term in reached if not term.startswith(MG_NAMESPACE)}
    assert foreign <= {str(term) for term in INTERFACE.subjects()}


def test_every_two_classes_exclude_each_other_or_one_is_below_the_other() -> None:
    below = {
        (str(one), str(higher))
        for one in map(URIRef, classes())
        for higher in ONTOLOGY.transitive_objects(one, RDFS.subClassOf)
    }
    declared = {
        frozenset((first, second))
        for group in ONTOLOGY.subjects(RDF.type, OWL.AllDisjointClasses)
        for head in ONTOLOGY.objects(group, OWL.members)
        for first, second in combinations(map(str, Collection(ONTOLOGY, head)), 2)
    }
    above = {one: {str(high) for low, high in below if low == one} for one in classes()}
    for one, other in combinations(sorted(classes()), 2):
        related = (one, other) in below or (other, one) in below
        excluded = any(frozenset((a, b)) in declared for a in above[one] for b in above[other])
        assert related != excluded, (one, other)


def test_every_pair_that_excludes_each_other_is_checked() -> None:
    pairs = {
        frozenset((one.first, one.second)) for one in compile_ontology(ONTOLOGY).contradictions
    }
    assert frozenset((str(MG.KeyIdea), str(MG.Milestone))) in pairs
    assert frozenset((str(MG.Axis), str(MG.Result))) in pairs


def test_a_citation_is_no_statement_about_the_thing_whose_record_cites() -> None:
    assert not [pair for pair in SUPERS if pair[0] == str(MG.citation)]
    said = concluded(PREFIXES + "<activity/x> mg:citation <source/s#line=1,2> .")
    about = {predicate for subject, predicate, _ in said if subject == EX + "activity/x"}
    assert about == {str(MG.citation)}


def test_nothing_claims_to_be_a_data_cube() -> None:
    text = (paths.ONTOLOGY / "metrograph.ttl").read_text(encoding="utf-8")
    assert CUBE not in text


def test_dates_places_and_roles_are_those_of_schema_org_and_of_prov() -> None:
    expected = {
        ("startDate", SCHEMA + "startDate"), ("endDate", SCHEMA + "endDate"),
        ("place", SCHEMA + "location"), ("place", PROV + "atLocation"),
        ("organizer", SCHEMA + "organizer"), ("organizer", PROV + "wasAssociatedWith"),
        ("funder", SCHEMA + "funder"),
    }  # fmt: skip
    assert {(MG_NAMESPACE + name, term) for name, term in expected} <= SUPERS


def test_a_body_of_a_body_is_a_unit_and_one_of_another_organisation_is_not(
    metropolis: Plan,
) -> None:
    unit = ox.NamedNode(f"{ORG}OrganizationalUnit")
    found = metropolis.built.store.quads_for_pattern(None, None, unit, ox.DefaultGraph())
    units = {
        metropolis.built.ids.short(str(quad.subject.value))
        for quad in found
        if isinstance(quad.subject, ox.NamedNode)
    }
    assert {"body/board", "body/secretariat-general"} <= units
    assert "body/metropolis" not in units  # a section of UCLG, which is no body of this plan


def test_the_term_of_an_office_is_what_is_stated_of_its_start_and_end() -> None:
    office = (
        "@prefix org: <http://www.w3.org/ns/org#> . @prefix xsd: "
        "<http://www.w3.org/2001/XMLSchema#> . <o> a org:Membership ; "
        'mg:year "2022"^^xsd:gYear ; mg:endDate "2023-10"^^xsd:gYearMonth . '
        '<p> a org:Membership ; mg:year "2022"^^xsd:gYear .'
    )
    said = concluded(PREFIXES + office)
    assert (EX + "o", ORG + "memberDuring", EX + "o#term") in said
    assert (EX + "o#term", TIME + "hasEnd", EX + "o#term-end") in said
    assert (EX + "o#term-end", TIME + "inXSDgYearMonth", "2023-10") in said
    assert not [one for one in said if TIME + "hasBeginning" in one]
    assert not [one for one in said if one[0] == EX + "p" and one[1] == ORG + "memberDuring"]


def test_a_rejection_claims_nothing(harbour: Plan) -> None:
    """Decision 3 rejects, decision 1 accepts: neither is a claim, and only the second stands."""
    store, ids = harbour.built.store, harbour.built.ids

    def said(subject: str, predicate: str) -> set[str]:
        quads = store.quads_for_pattern(
            ox.NamedNode(ids.iri(subject)),
            ox.NamedNode(ids.iri(predicate)),
            None,
            ox.DefaultGraph(),
        )
        return {
            ids.short(quad.object.value) for quad in quads if isinstance(quad.object, ox.NamedNode)
        }

    training, school = "activity/2023/clean-docks-training", "activity/2021/tide-school"
    assert "decision/3" in said(training, "mg:hasJudgement") - said(training, "mg:hasClaim")
    assert "decision/3" not in said(training, "mg:standingJudgement")
    assert said("decision/3", "mg:claimsCategory") == set()
    assert said("decision/3", "mg:judgesCategory") == {"challenge/port-transition"}
    assert "decision/1" in said(school, "mg:standingJudgement") - said(school, "mg:standingClaim")
    assert "theme/port-heritage" in said(school, "mg:addressesTheme")


def test_who_wrote_a_record_and_when_is_no_statement_about_the_thing() -> None:
    for name in ("recordedBy", "recordedOn", "recordChangedOn"):
        assert (MG[name], RDF.type, OWL.AnnotationProperty) in ONTOLOGY
        assert not set(ONTOLOGY.objects(MG[name], RDFS.subPropertyOf))
        assert not set(ONTOLOGY.objects(MG[name], RDFS.domain))
    said = concluded(PREFIXES + "<a> mg:recordedBy <coder/a> .")
    assert {triple for triple in said if triple[0] == EX + "a"} == {
        (EX + "a", str(MG.recordedBy), EX + "coder/a")
    }


def test_what_a_plan_prescribes_is_a_step_and_what_happened_corresponds_to_it() -> None:
    said = concluded(
        PREFIXES + "<p> a mg:StrategicPlan . <s> a mg:EvaluationStep ; mg:ofPlan <p> ; "
        "mg:evidence <meeting>, <report> . <meeting> a mg:Activity . <report> a mg:Document ."
    )
    is_a = str(RDF.type)
    assert (EX + "s", is_a, PPLAN + "Step") in said
    assert (EX + "s", is_a, PROV + "Activity") not in said
    assert (EX + "s", PPLAN + "isStepOfPlan", EX + "p") in said
    assert (EX + "meeting", PPLAN + "correspondsToStep", EX + "s") in said
    assert (EX + "report", PPLAN + "correspondsToStep", EX + "s") not in said
