"""Checks that the shipped graph says what its sources say, line by line of what was once missing.

The numbers were counted on the pages of the three documents, as each test says.
"""

import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from metrograph.plan import Plan
from metrograph.query import sparql
from metrograph.store.findings import Finding, set_of
from metrograph.tables.table import Cell, Entity
from tests.test_metropolis import PREFIXES, SHARED, needs_shared, number

SKOS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "


def ids(cell: Cell) -> str:
    """Return the id of what a cell names."""
    return cell.id if isinstance(cell, Entity) else str(cell)


def rows(plan: Plan, query: str) -> list[tuple[str, ...]]:
    """Return the answer of a query as plain texts, IRIs by their ids."""
    found = sparql.run(plan.built.engine, PREFIXES + SKOS + query, {}, "rows").rows
    return [
        tuple(
            plan.ids.short(cell.value)
            if isinstance(cell, ox.NamedNode)
            else getattr(cell, "value", "")
            for cell in row
        )
        for row in found
    ]


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("Purpose", 6),  # the bullets of plan, lines 148 to 153
        ("VisionFactor", 2),  # lines 167 and 168
        ("CoreValue", 5),  # line 96: three; peace, line 222; the right to the city, line 236
        ("ImpactAssessment", 3),  # report, line 407: three lines under three paragraphs
        ("Topic", 6),  # report, lines 23 to 30: four of 2023, two for 2024
        ("Intention", 5),  # lines 27-30, 172-173, 250-251, 334-340, 402-405
    ],
)
def test_everything_of_a_new_kind_is_there(metropolis: Plan, kind: str, count: int) -> None:
    assert number(metropolis, f"?x a mg:{kind}") == count
    assert number(metropolis, f"?x a mg:{kind} FILTER NOT EXISTS {{ ?x mg:citation ?c }}") == 0


@needs_shared
def test_every_address_that_the_report_prints_belongs_to_a_record(metropolis: Plan) -> None:
    """45 different addresses: 15 of activities, initiatives and documents, 30 of members."""
    text = (SHARED / "sources" / "report-2023.fr.txt").read_text(encoding="utf-8")
    printed = set(re.findall(r"(?m)^https?://\S+", text))
    said = {address for (address,) in rows(metropolis, "SELECT ?a WHERE { ?x rdfs:seeAlso ?a }")}
    assert len(printed) == 45
    assert printed <= said
    members = "?x a mg:Member ; rdfs:seeAlso ?a"
    assert number(metropolis, members) == 30


def test_elements_name_the_agendas_audiences_and_bodies_of_their_text(metropolis: Plan) -> None:
    expected = {
        "key-idea/2.5": "agenda/2030-agenda",
        "axis/2.3": "agenda/sustainable-development-goals",
        "result/2.3.1": "agenda/sustainable-development-goals",
        "result/2.3.2": "audience/technical-staff-and-urban-specialists",
        "result/2.2.3": "audience/city-managers",
        "result/1.2.4": "audience/political-representatives",
        "result/2.2.1": "initiative/metropolis-observatory",
        "result/2.2.2": "initiative/use",
        "result/2.2.4": "initiative/pilot-projects",
        "result/2.2.7": "initiative/gender-mainstreaming-strategy",
        "result/1.1.2": "initiative/policy-debates",
        "result/1.3.1": "organization/uclg",
        "result/1.3.2": "organization/global-taskforce",
        "partner-group/local-government-networks": "organization/uclg",
        "call/2020/2": "area/urban-growth/mobility",
        "governance/inclusion": "area/public-legitimacy/engaged-citizenship",
    }
    table = metropolis.query("elements-and-what-they-name")
    named = {(ids(row["named"]), ids(row["entity"])) for row in table}
    assert set(expected.items()) <= named


def test_every_key_idea_is_about_something(metropolis: Plan) -> None:
    silent = "?x a mg:KeyIdea FILTER NOT EXISTS { ?x mg:relatesTo ?y }"
    assert number(metropolis, silent) == 0


def test_no_figure_is_typed_a_baseline_and_those_of_2020_serve_as_such(metropolis: Plan) -> None:
    assert number(metropolis, "?x mg:valueType mg:baseline") == 0
    in_2020 = '?x mg:year "2020"^^<http://www.w3.org/2001/XMLSchema#gYear> ; mg:value ?v'
    plan = metropolis.ids.iri("plan/2021-2023")
    assert number(metropolis, in_2020) == number(metropolis, f"?x mg:baselineFor <{plan}>") > 50


def test_the_board_and_the_followers_show_their_change(metropolis: Plan) -> None:
    """Sources give bounds and one value for each of the two.

    Plan, line 73: more than 20; report, line 120: 35. Figures 2020, line 69: more than 33,000;
    report, line 69: 35.3K, of two networks only.
    """
    moved = {one.series.indicator: one for one in metropolis.progress().movements}
    board, followers = moved["indicator/board-members"], moved["indicator/followers"]
    assert board.change == 15
    assert board.series.is_one_scope
    assert followers.change == 2300
    assert not followers.series.is_one_scope
    assert "LinkedIn and X" in followers.series.scope
    assert "all social media" in followers.series.scope


def test_every_reason_has_three_languages_and_names_the_one_it_was_written_in(
    metropolis: Plan,
) -> None:
    """176 claims of two coders, who wrote in English; 12 of them have a note on the line."""
    assert number(metropolis, '?x mg:originalLanguage "en" ; mg:reason ?r') == 176
    for lang in ("en", "fr", "es"):
        given = f'?x mg:reason ?r FILTER(LANG(?r) = "{lang}")'
        assert number(metropolis, given) == 176
        noted = f'?x mg:lineNote ?r FILTER(LANG(?r) = "{lang}")'
        assert number(metropolis, noted) == 12
    assert len(list(metropolis.query("translated-reasons", language="es"))) == 188


def test_members_are_counted_as_of_a_date(metropolis: Plan) -> None:
    """141 as of November 2020 (plan, note 2); the graph names 152 of 2020 and 2023."""
    assert len(list(metropolis.query("members", as_of=2020))) == 141
    assert len(list(metropolis.query("members"))) == 152
    assert number(metropolis, "?x a mg:Member FILTER NOT EXISTS { ?x mg:asOf ?d }") == 0


def test_the_plan_is_in_french_and_its_records_are_named_in_three_languages(
    metropolis: Plan,
) -> None:
    written = rows(metropolis, "SELECT ?l WHERE { ?p a mg:StrategicPlan ; dcterms:language ?l }")
    assert written == [("fr",)]
    assert metropolis.built.languages == ("en", "es", "fr")


def test_every_warning_is_of_figures_that_may_differ(metropolis: Plan) -> None:
    """More than 100 or 400 experts, more than 32,000 or 33,000 followers: both may hold."""
    warned = [one for one in metropolis.findings if one.severity == "warning"]
    assert {one.shape for one in warned} == {"figures-may-differ"}
    assert {metropolis.ids.short(one.focus).split("/")[1] for one in warned} == {
        "experts",
        "followers",
    }


def test_a_finding_on_a_note_shows_the_note_and_whose_it_is(metropolis: Plan) -> None:
    sentences = {(metropolis.ids.short(one.focus), one.shape): one for one in metropolis.findings}
    odd = sentences["member/kyiv", "editorial-note"]
    ours = sentences["member/victoria", "interpretation"]
    assert odd.message("en").startswith("The source is unclear or silent here: The report counts")
    assert odd.message("fr").startswith(
        "La source est peu claire ou muette sur ce point\u00a0: Le rapport"
    )
    assert ours.message("es").startswith("Interpretación del proyecto: El plan no imprime")


def test_findings_on_one_note_in_two_languages_are_one() -> None:
    def found() -> Iterator[Finding]:
        for lang, text in (("en", "odd"), ("fr", "étrange")):
            messages = {"en": "See", "fr": "Voir", "es": "Véase"}
            yield Finding("info", "note", "x", messages, "p", text, note_in=lang)

    (one,) = set_of(found())
    assert one.messages == {"en": "See: odd", "fr": "Voir\u00a0: étrange", "es": "Véase: odd"}
    assert one.value is None


def test_general_knowledge_is_not_passed_off_as_the_sources(metropolis: Plan) -> None:
    """Annex II prints no country, and says nothing of what outside bodies are."""
    unmarked = (
        "?x a mg:Member ; mg:country ?c FILTER NOT EXISTS { ?x mg:generalKnowledge mg:country }"
    )
    assert number(metropolis, unmarked) == 0
    who = metropolis.ids.iri("organization/unece")
    assert number(metropolis, f"<{who}> mg:generalKnowledge ?x") == 2


def test_the_care_workshop_is_reported_under_line_1(metropolis: Plan) -> None:
    workshop = metropolis.ids.iri("activity/2023/power-of-care-workshop")
    line = metropolis.ids.iri("line/1")
    assert number(metropolis, f"<{workshop}> mg:reportedUnder ?x FILTER(?x = <{line}>)") == 1
    assessed = {
        (ids(row["element"]), ids(row["relatedEntity"]))
        for row in metropolis.query("impact-assessments")
    }
    assert ("line/1", "activity/2023/power-of-care-workshop") in assessed
    assert ("line/2", "activity/2023/avantia") in assessed
    assert ("line/3", "intention/2024-2026/women-in-decision-bodies") in assessed


def test_offices_end_where_the_next_one_is_dated(metropolis: Plan) -> None:
    """Annex I, lines 484 to 502: 1985-1998, 1998-2006, 2006-2015, 2015-2018."""
    ended = rows(
        metropolis,
        "SELECT (STR(?s) AS ?from) (STR(?e) AS ?to) WHERE "
        "{ ?o a org:Membership ; mg:startDate ?s ; mg:endDate ?e } ORDER BY ?s",
    )
    assert ended == [("1985", "1998"), ("1998", "2006"), ("2006", "2015"), ("2015", "2018")]
