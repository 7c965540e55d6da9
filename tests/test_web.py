"""The explorer's pages as a browser without JavaScript gets them: content, files, languages."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

import metrograph
from metrograph.analysis.coverage import Coverage, Grounds
from metrograph.plan import Plan
from metrograph.query.bitmaps import Activities
from metrograph.query.filters import Filters
from metrograph.text import folded
from metrograph.web.attention import Attention
from metrograph.web.next_steps import Step, next_steps
from tests.conftest import HARBOUR, Run
from tests.explorer import LANGUAGES, client, links, words

PAGES = (
    "/", "/coverage", "/coverage?basis=stated", "/coverage/activities", "/plan", "/explore",
    "/explore/path", "/explore/picture", "/explore/centre", "/questions", "/questions/themes",
    "/questions/activities-of-theme", "/questions/sparql", "/review", "/review/findings",
    "/review/contested", "/review/gaps", "/review/indicators", "/review/agreement",
    "/review/cycle", "/search", "/search?q=a", "/search?q=zzzzz",
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped(cache: Path) -> Iterator[TestClient]:
    with client(None, cache) as found:
        yield found


@pytest.fixture(scope="module")
def ports(cache: Path) -> Iterator[TestClient]:
    with client(HARBOUR, cache) as found:
        yield found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("which", ["shipped", "ports"])
def test_every_page_is_there_in_every_language(
    which: str, lang: str, request: pytest.FixtureRequest
) -> None:
    asked: TestClient = request.getfixturevalue(which)
    for path in PAGES:
        answer = asked.get(f"/{lang}{path}")
        assert answer.status_code == 200, path
        assert f'<html lang="{lang}">' in answer.text, path
        assert answer.headers["content-language"] == lang
        assert answer.text.count("<h1>") == 1, path


@pytest.mark.parametrize("which", ["shipped", "ports"])
def test_every_link_of_the_main_pages_leads_somewhere(
    which: str, request: pytest.FixtureRequest
) -> None:
    asked: TestClient = request.getfixturevalue(which)
    seen = set()
    for path in PAGES:
        for link in links(asked.get(f"/en{path}").text):
            place = link.partition("#")[0]
            if place.startswith(("/en", "/catalog")) and place not in seen:
                seen.add(place)
    assert len(seen) > 100
    for place in sorted(seen)[::4]:  # a quarter of them: all take long
        assert asked.get(place).status_code in (200, 303), place


def test_an_address_without_a_language_leads_to_the_one_that_the_browser_prefers(
    shipped: TestClient,
) -> None:
    for header, lang in (("es-MX,es;q=0.9,en;q=0.5", "es"), ("fr", "fr"), ("de", "en"), ("", "en")):
        answer = shipped.get("/coverage?year=2023", headers={"Accept-Language": header})
        assert answer.headers["location"] == f"/{lang}/coverage?year=2023"
        assert "Accept-Language" in answer.headers["vary"]


def test_the_matrix_says_what_the_command_says(ports: TestClient, harbour: Plan) -> None:
    filters: list[dict[str, str]] = [
        {}, {"year": "2022"}, {"claims": "any"}, {"claims": "coder:a"}, {"basis": "implied"},
        {"line": "pillar/1"}, {"year": "2023", "claims": "any", "basis": "stated"},
    ]  # fmt: skip
    for chosen in filters:
        try:
            given = {**chosen, **({"year": int(chosen["year"])} if "year" in chosen else {})}
            matrix = harbour.coverage(**given)  # type: ignore[arg-type]  # a filter each
        except metrograph.errors.QueryError:
            assert ports.get("/en/coverage", params=chosen).status_code == 404
            continue
        page = ports.get("/en/coverage", params=chosen).text
        told = [words(one) for one in re.findall(r"<td class=[^>]*>(.*?)</td>", page, re.DOTALL)]
        expected = []
        for challenge in (*matrix.challenges, None):
            for theme in (*matrix.themes, None):
                expected.append(matrix.count(challenge, theme))
        shown = [int(found[1]) if (found := re.search(r": (\d+)", one)) else 0 for one in told]
        assert shown == expected


def test_a_cell_opens_its_activities_with_reason_and_place(
    shipped: TestClient, metropolis: Plan
) -> None:
    pair = {"challenge": "challenge/resilience", "theme": "theme/gender-equality"}
    page = shipped.get("/en/coverage/activities", params=pair).text
    names = metropolis.coverage().activities(*pair.values())
    assert re.findall(r'<h2><a href="/en/entity/([^"]*)"', page) == list(names)
    told = words(page)
    for row in metropolis.rows("claims-of-activity", activity=names[0], language="en"):
        if row["standing"] and row["category"] == "theme/gender-equality":
            assert str(row["reason"]) in told
    assert "2023 Report, line" in told


def test_a_gap_says_so_and_a_cell_out_of_scope_is_none(ports: TestClient, harbour: Plan) -> None:
    challenge, theme = harbour.coverage().gaps()[0]
    page = ports.get("/fr/coverage/activities", params={"challenge": challenge, "theme": theme})
    assert "c'est une lacune" in words(page.text)


@pytest.mark.parametrize("path", ["/en/coverage", "/en/coverage/activities"])
def test_what_is_shown_can_be_taken_along(shipped: TestClient, path: str) -> None:
    query = "?theme=theme/gender-equality&year=2023" if "activities" in path else "?year=2023"
    shown = words(shipped.get(path + query).text)
    rows = list(csv.reader(io.StringIO(shipped.get(f"{path}.csv{query}").text)))
    assert len(rows) > 3
    for cell in rows[1][:1]:
        assert cell in shown
    book = zipfile.ZipFile(io.BytesIO(shipped.get(f"{path}.xlsx{query}").content))
    assert "xl/worksheets/sheet1.xml" in book.namelist()
    assert json.loads(shipped.get(f"{path}.json{query}").text)
    turtle = shipped.get(f"{path}.ttl{query}")
    told = ox.Store()
    told.load(turtle.content, format=ox.RdfFormat.TURTLE)
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    activities = {
        quad.subject.value
        for quad in told.quads_for_pattern(None, label, None)
        if isinstance(quad.subject, ox.NamedNode) and "/activity/2023/" in quad.subject.value
    }
    assert len(activities) >= 5
    assert json.loads(shipped.get(f"{path}.jsonld{query}").text)
    assert "attachment" in turtle.headers["content-disposition"]


def test_a_thing_leads_to_its_page_or_its_data(shipped: TestClient) -> None:
    name = "/id/activity/2023/avantia"
    for accept, target in (
        ("text/html", "/en/entity/activity/2023/avantia"),
        ("text/turtle", "/data/activity/2023/avantia.ttl"),
        ("application/ld+json", "/data/activity/2023/avantia.jsonld"),
        ("application/json", "/data/activity/2023/avantia.json"),
    ):
        answer = shipped.get(name, headers={"Accept": accept})
        assert answer.status_code == 303
        assert answer.headers["location"] == target
        assert "Accept" in answer.headers["vary"]
        assert 'rel="alternate"; type="text/turtle"' in answer.headers["link"]
        there = shipped.get(target)
        assert there.headers["content-type"].startswith(accept)
    assert (
        "activity/2023/avantia>" in shipped.get("/data/activity/2023/avantia.ttl").headers["link"]
    )
    assert shipped.get("/id/activity/nobody").status_code == 404


def test_a_citation_has_a_page_though_its_id_holds_a_hash(shipped: TestClient) -> None:
    page = shipped.get("/en/entity/activity/2023/avantia").text
    cited = next(link for link in links(page) if "%23line" in link)
    answer = shipped.get(cited)
    assert answer.status_code == 200
    assert "2023 Report, lines" in words(answer.text)


def test_what_is_inferred_is_marked_with_the_rule_that_gave_it(shipped: TestClient) -> None:
    page = words(shipped.get("/en/entity/activity/2023/avantia").text)
    assert re.search(r"by rule: [^:]+ → [^:]+ theme Gender equality inferred", page)
    french = words(shipped.get("/fr/entity/activity/2023/avantia").text)
    assert "par la règle\u00a0:".replace("\u00a0", " ") in french


def test_the_search_folds_accents_and_case_in_all_languages(shipped: TestClient) -> None:
    # the theme is "Gender equality", "Égalité des sexes", "Igualdad de género"
    for wanted in ("EGALITE DES SEXES", "égalité", "genero", "gender EQUAL", "theme/gender"):
        page = shipped.get("/en/search", params={"q": wanted}).text
        assert "/en/entity/theme/gender-equality" in links(page), wanted
    assert folded("ÑANDÚ Straße") == "nandu strasse"
    assert "0 records found" in words(shipped.get("/en/search?q=xyzzy").text)


def test_a_question_is_a_form_with_an_answer(shipped: TestClient) -> None:
    asked = shipped.get("/es/questions/activities-of-theme").text
    assert '<option value="theme/gender-equality">Igualdad de género</option>' in asked
    page = shipped.get("/es/questions/activities-of-theme?theme=theme/gender-equality").text
    assert "5 filas." in words(page)  # the doctest of Plan.query counts them, too
    rows = shipped.get("/es/questions/activities-of-theme.csv?theme=theme/gender-equality").text
    assert len(rows.splitlines()) == 6


def test_a_query_of_ones_own_runs_and_its_mistakes_are_named_by_place(shipped: TestClient) -> None:
    right = shipped.get(
        "/en/questions/sparql", params={"query": "SELECT ?t { ?t a mg:VisionTheme } ORDER BY ?t"}
    )
    assert "5 rows" in words(right.text)
    assert "Gender equality" in words(right.text)
    wrong = shipped.get("/en/questions/sparql", params={"query": "SELECT ?t\n{ ?t a }"})
    assert wrong.status_code == 400
    assert "query:2:" in words(wrong.text)
    assert "SELECT ?t" in wrong.text  # nothing typed is lost
    update = shipped.get("/en/questions/sparql", params={"query": "DELETE WHERE { ?s ?p ?o }"})
    assert update.status_code == 403
    assert "read-only" in words(update.text)


def test_the_way_between_two_is_found_by_their_names(shipped: TestClient) -> None:
    page = shipped.get("/en/explore/path", params={"from": "avantia", "to": "Abidjan"}).text
    assert "AVANTIA project → relates to → Bogotá" in words(page)
    lost = shipped.get("/en/explore/path", params={"from": "avantia", "to": "nowhere at all"}).text
    assert "nowhere at all" in words(lost)


def test_an_unknown_id_or_filter_is_a_page_with_a_sentence(shipped: TestClient) -> None:
    for path in (
        "/en/entity/theme/nothing", "/fr/coverage?line=line/99", "/es/coverage?year=soon",
        "/en/explore?focus=x", "/en/questions/nothing", "/en/review/nothing", "/en/nowhere",
        "/en/coverage?claims=coder:z", "/en/coverage?basis=maybe", "/en/coverage.exe",
        "/en/entity/%3Cscript%3E", "/en/entity/%00", "/en/coverage?region=theme/sustainability",
    ):  # fmt: skip
        answer = shipped.get(path)
        assert answer.status_code == 404, path
        assert "<h1>" in answer.text, path
        assert "<script>" not in answer.text


def test_the_counts_of_the_overview_are_links_to_their_evidence(
    run: Run, shipped: TestClient
) -> None:
    page = shipped.get("/en/").text
    gaps = json.loads(run("gaps", "--format", "json").stdout)
    total = sum(row["gaps"] for row in gaps["rows"])
    assert f"{total} gaps of all types" in words(page)
    contested = json.loads(run("adjudicate", "--format", "json").stdout)
    assert f"Decide {len(contested['rows'])} contested claims" in words(page)
    assert "/en/review/contested" in links(page)


def test_the_overview_gives_the_next_steps_and_the_gap_that_the_plan_names(
    shipped: TestClient,
) -> None:
    page = shipped.get("/en/").text
    steps = re.findall(r"<li>\s*<a[^>]*>([^<]+)</a>", page.split('class="steps"')[1])[:4]
    assert steps[0].startswith("Close a gap: ")
    assert steps[1] == "Code 4 activities a second time"
    assert steps[2].startswith("Decide ")
    assert "The plan itself names this intersection." in words(page)
    assert "4 gaps in the matrix" in words(page)


def test_the_next_steps_are_four_at_most_and_the_most_pressing_come_first() -> None:
    pairs = ("growth", "care"), ("growth", "water")
    cells = {pairs[0]: Activities(1), pairs[1]: Activities(0)}
    grounds = Grounds(waiting={0: Activities(0b110), 1: Activities(0b1)})
    coverage = Coverage(("growth",), ("care", "water"), cells, Filters(), {}, "en", grounds)
    attention = Attention({}, contested=5)
    steps = next_steps(2, coverage, attention, overdue=3)
    assert [(step.kind, step.number) for step in steps] == [
        ("errors", 2), ("gap", 1), ("overdue", 3), ("second", 1)
    ]  # fmt: skip
    assert (steps[1].challenge, steps[1].theme, steps[1].is_named) == ("growth", "water", False)
    quiet = replace(coverage, cells={pairs[0]: Activities(1)}, grounds=Grounds())
    assert next_steps(0, quiet, attention, overdue=0) == (Step("contested", 5),)
    assert next_steps(0, quiet, None, overdue=0) == ()
