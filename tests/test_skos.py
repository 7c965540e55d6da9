"""Checks that a tool that knows SKOS, and nothing of metrograph, can read the lists of a plan."""

import logging

import pytest
import skosify
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Node

from metrograph.exchange.asserted import Choice
from metrograph.exchange.exporter import export
from metrograph.plan import Plan
from metrograph.vocabulary import MG_NAMESPACE


@pytest.fixture(scope="module")
def exported(metropolis: Plan) -> Graph:
    """Return what `metrograph export --inferred` writes of the shipped plan."""
    return Graph().parse(data=export(metropolis, Choice("ttl", inferred=True)), format="turtle")


def lists(graph: Graph) -> list[Node]:
    return sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str)


def members(graph: Graph, scheme: Node) -> set[Node]:
    return set(graph.subjects(SKOS.inScheme, scheme))


def one_list(graph: Graph, scheme: Node) -> Graph:
    """Return a list and its terms, without what is said in other vocabularies."""
    kept = Graph()
    for node in (scheme, *members(graph, scheme)):
        for triple in graph.triples((node, None, None)):
            if triple[1] == RDF.type or str(triple[1]).startswith(str(SKOS)):
                kept.add(triple)
    return kept


def test_skosify_reads_each_list_and_has_nothing_to_complain_of(
    exported: Graph, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(lists(exported)) >= 14  # as many as plan.ttl, vocabularies.ttl and others declare
    for scheme in lists(exported):
        with caplog.at_level(logging.WARNING):
            read = skosify.skosify(one_list(exported, scheme))
        assert [record.getMessage() for record in caplog.records] == [], scheme
        assert set(read.subjects(SKOS.topConceptOf, scheme)) == {
            term
            for term in members(exported, scheme)
            if not set(exported.objects(term, SKOS.broader)) & members(exported, scheme)
        }


def test_skosify_does_complain_of_a_term_with_two_preferred_labels(
    exported: Graph, caplog: pytest.LogCaptureFixture
) -> None:
    """So that silence above says something."""
    scheme = lists(exported)[0]
    broken = one_list(exported, scheme)
    term = sorted(members(exported, scheme), key=str)[0]
    broken.add((term, SKOS.prefLabel, Literal("Another name", lang="en")))
    with caplog.at_level(logging.WARNING):
        skosify.skosify(broken)
    assert any("prefLabel" in record.getMessage() for record in caplog.records)


def test_every_term_and_list_has_one_preferred_label_in_each_language(exported: Graph) -> None:
    for kind in (SKOS.Concept, SKOS.ConceptScheme):
        for term in exported.subjects(RDF.type, kind):
            if str(term).startswith(MG_NAMESPACE):
                continue  # a fixed value: the ontology labels it, and is not exported
            preferred = set(exported.objects(term, SKOS.prefLabel))
            assert preferred == set(exported.objects(term, RDFS.label))
            tags = [label.language for label in preferred if isinstance(label, Literal)]
            assert sorted(map(str, tags)) == ["en", "es", "fr"], term
