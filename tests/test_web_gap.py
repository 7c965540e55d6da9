"""The page of a gap: what nearly fills it, what filters alone leave empty, what is out of scope.

In the invented plan, one cell is a gap: port transition × port heritage. Two activities are claimed
for both sides. Clean Docks: the challenge is agreed, and decision 5 rejects the theme. Clean Docks
training: decision 3 rejects the challenge, and coder B alone claims the theme.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from metrograph.analysis.candidates import Side, candidates
from metrograph.plan import Plan, open_plan
from tests.conftest import HARBOUR
from tests.explorer import client, hidden, links, words

GAP = {"challenge": "challenge/port-transition", "theme": "theme/port-heritage"}
CELL = "/coverage/activities?challenge=challenge/port-transition&theme=theme/port-heritage"
WALKS = """@base <https://example.org/harbour/> .
@prefix mg: <https://w3id.org/metrograph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<coding/a/heritage-walks> a mg:Coding ;
    mg:codedBy <coder/a> ;
    mg:codedActivity <activity/2023/heritage-walks> ;
    dcterms:created "2024-02-01"^^xsd:date ;
    mg:citation <source/annual-2023#line=18,20> .

<claim/a/heritage-walks/theme/port-heritage> a mg:AlignmentClaim ;
    mg:onActivity <activity/2023/heritage-walks> ;
    prov:wasAttributedTo <coder/a> ;
    mg:claimsTheme <theme/port-heritage> ;
    mg:basis mg:stated ;
    mg:reason "The walks show old quays."@en ;
    dcterms:created "2024-02-01"^^xsd:date ;
    mg:citation <source/annual-2023#line=18,20> .

<claim/a/heritage-walks/challenge/port-transition> a mg:AlignmentClaim ;
    mg:onActivity <activity/2023/heritage-walks> ;
    prov:wasAttributedTo <coder/a> ;
    mg:claimsChallenge <challenge/port-transition> ;
    mg:basis mg:implied ;
    mg:reason "They end at the new terminal."@en ;
    dcterms:created "2024-02-01"^^xsd:date ;
    mg:citation <source/annual-2023#line=19,20> .
"""


@pytest.fixture(scope="module")
def ports(cache: Path) -> Iterator[TestClient]:
    with client(HARBOUR, cache) as asked:
        yield asked


@pytest.fixture
def browser(harbour_copy: Path, tmp_path: Path) -> Iterator[TestClient]:
    with client(harbour_copy, tmp_path / "cache", edits=True) as asked:
        yield asked


def without_decision(folder: Path, number: int) -> None:
    """Remove a decision from the files of the invented plan."""
    path = folder / "decisions.ttl"
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    kept = [block for block in blocks if not block.startswith(f"<decision/{number}>")]
    assert len(kept) == len(blocks) - 1
    path.write_text("\n\n".join(kept), encoding="utf-8")


def test_what_a_decision_rejects_is_not_near(harbour: Plan) -> None:
    known = candidates(harbour, **GAP)
    docks, training = known.near
    assert (docks.activity, training.activity) == (
        "activity/2023/clean-docks",
        "activity/2023/clean-docks-training",
    )
    assert docks.challenge == Side("agreed", ("challenge/port-transition",))
    assert docks.theme == Side("rejected", ("theme/port-heritage",))
    assert training.challenge.state == "rejected"
    assert training.theme.state == "contested"
    assert not docks.is_open
    assert not training.is_open
    # B cites line 15 for the port transition, and line 16 for the crane
    assert not docks.is_in_one_passage
    # Tide School stands for heritage (decision 1), Harbour Forum for the transition
    assert known.of_theme == ("activity/2021/tide-school",)
    assert known.of_challenge == ("activity/2022/harbour-forum",)


def test_a_gap_leads_to_what_was_decided_and_to_the_same_theme_and_challenge(
    ports: TestClient,
) -> None:
    page = ports.get(f"/en{CELL}").text
    shown = words(page)
    assert "No activity addresses this intersection: it is a gap." in shown
    assert "The plan itself does not name this intersection." in shown
    assert "2 activities were claimed here and rejected by a decision" in shown
    assert "Activities of the same theme Tide School ( Rising seas )" in shown
    assert "Activities of the same challenge Harbour Forum ( Clean water )" in shown
    pair = "/en/review/pair?activity=activity%2F2023%2Fclean-docks&category=theme%2Fport-heritage"
    assert pair in links(page)
    assert "edit/record" not in page  # editing is off
    assert "coverage/scope" not in page
    for link in links(page):
        if link.startswith("/en/"):
            assert ports.get(link).status_code == 200, link
    rows = ports.get("/en/coverage/candidates.csv", params=GAP).text.splitlines()
    assert rows[1:] == [
        "Clean Docks,activity/2023/clean-docks,agreed claim,rejected by a decision,co-mention",
        "Clean Docks training,activity/2023/clean-docks-training,rejected by a decision,"
        "contested claim,co-mention",
        "Tide School,activity/2021/tide-school,no claim,agreed claim,",
        "Harbour Forum,activity/2022/harbour-forum,agreed claim,no claim,",
    ]


def test_the_gap_that_the_plan_names_says_where(cache: Path) -> None:
    query = "?challenge=challenge/digital-revolution&theme=theme/gender-equality"
    with client(None, cache) as shipped:
        page = words(shipped.get(f"/fr/coverage/activities{query}").text)
    assert "Le plan lui-même nomme cette intersection :" in page.replace("\xa0", " ")
    assert "Plan d'action stratégique 2021-2023, ligne 266" in page
    # the Brussels summit alone addresses the digital revolution, at three other crossings
    assert (
        "Activités du même défi Sommet urbain de Bruxelles "
        "( Durabilité , Cohésion sociale , Qualité de vie )" in page
    )


def test_a_contested_claim_and_that_of_one_coder_nearly_fill_a_gap(
    browser: TestClient, harbour_copy: Path
) -> None:
    without_decision(harbour_copy, 3)
    (harbour_copy / "walks.ttl").write_text(WALKS, encoding="utf-8")
    training, walks, docks = candidates(open_plan(harbour_copy), **GAP).near
    assert training.activity == "activity/2023/clean-docks-training"
    assert training.contested == ("challenge/port-transition", "theme/port-heritage")
    assert (walks.activity, walks.waits) == ("activity/2023/heritage-walks", True)
    assert walks.is_in_one_passage  # lines 19-20 and 20
    assert not docks.is_open
    page = browser.get(f"/en{CELL}").text
    assert (
        "Clean Docks training Port transition : contested claim · Port heritage : contested claim"
        " · co-mention" in words(page)
    )
    assert (
        "Port transition : claim of one coder so far · Port heritage : claim of one coder so far"
        " · challenge and theme in one passage · Add a second coding" in words(page)
    )
    leads = links(page)
    for category in ("challenge%2Fport-transition", "theme%2Fport-heritage"):
        activity = "activity%2F2023%2Fclean-docks-training"
        assert f"/en/review/pair?activity={activity}&category={category}" in leads
    assert "/en/edit/record?kind=Coding&codedActivity=activity%2F2023%2Fheritage-walks" in leads


def test_an_activity_is_added_to_a_gap_by_a_form_that_knows_it(browser: TestClient) -> None:
    form = (
        "/en/edit/record?kind=Activity&theme=theme%2Fport-heritage"
        "&challenge=challenge%2Fport-transition"
    )
    assert form in links(browser.get(f"/en{CELL}").text)
    assert browser.get(form).status_code == 200


@pytest.mark.parametrize(
    ("lang", "empty", "gap"),
    [
        ("en", "empty with these filters", "gap"),
        ("fr", "vide avec ces filtres", "lacune"),
        ("es", "vacía con estos filtros", "brecha"),
    ],
)
def test_what_filters_leave_empty_is_no_gap(
    ports: TestClient, lang: str, empty: str, gap: str
) -> None:
    # of 2022 is Harbour Forum: it addresses clean water at both challenges, and nothing else
    page = ports.get(f"/{lang}/coverage?year=2022").text
    shown = re.findall(r'<span class="word">([^<]*)</span>', page)
    assert sorted(shown) == sorted([empty] * 3 + [gap])
    unfiltered = ports.get(f"/{lang}/coverage").text
    assert re.findall(r'<span class="word">([^<]*)</span>', unfiltered) == [gap]


def test_files_of_a_filtered_matrix_tell_gaps_from_empty_cells(ports: TestClient) -> None:
    value = json.loads(ports.get("/en/coverage.json?year=2022").text)
    assert [(gap["challenge"], gap["theme"]) for gap in value["gaps"]] == [tuple(GAP.values())]
    assert [tuple(cell.values()) for cell in value["emptyWithFilters"]] == [
        ("challenge/rising-seas", "theme/decent-work"),
        ("challenge/rising-seas", "theme/port-heritage"),
        ("challenge/port-transition", "theme/decent-work"),
    ]
    rows = ports.get("/en/coverage.csv?year=2022").text.splitlines()
    assert rows[2].startswith("Port transition,challenge/port-transition,1,empty,gap,1,")
    assert json.loads(ports.get("/en/coverage.json").text)["emptyWithFilters"] == []


def test_a_cell_that_filters_leave_empty_leads_to_what_it_holds_without_each(
    ports: TestClient,
) -> None:
    # by any claim: Tide School, Clean Docks and its training; agreed: the first two; none of 2022
    query = "year=2022&claims=any&challenge=challenge/rising-seas&theme=theme/decent-work"
    page = ports.get(f"/en/coverage/activities?{query}").text
    shown = words(page)
    assert "This intersection is empty with these filters; it is not a gap." in shown
    assert "Without “Year: 2022”: 3 activities" in shown
    assert "Without filters: 2 activities" in shown
    assert "Without “Claims" not in shown  # nothing of 2022 is agreed there either
    (link,) = [link for link in links(page) if "claims=any" in link and link.count("=") == 3]
    assert "3 activities" in words(ports.get(link).text)


def test_an_intersection_is_put_out_of_scope_and_brought_back(
    browser: TestClient, harbour_copy: Path
) -> None:
    assert "Out of scope, because…" in words(browser.get(f"/en{CELL}").text)
    page = browser.get("/en/coverage/scope", params=GAP).text
    form = {**GAP, **{name: hidden(page, name) for name in ("token", "seen", "once")}}
    nameless = browser.post("/en/coverage/scope", data={**form, "because": "Not ours."})
    assert nameless.status_code == 422
    assert "Not ours." in nameless.text
    reasonless = browser.post("/fr/coverage/scope", data={**form, "by": "coder/c"})
    assert '<a href="#because">' in reasonless.text
    assert open_plan(harbour_copy).coverage().gaps() == (tuple(GAP.values()),)
    done = browser.post(
        "/en/coverage/scope", data={**form, "by": "coder/c", "because": "Not ours."}
    )
    assert done.status_code == 303
    out = words(browser.get(done.headers["location"]).text)
    assert "A decision puts this intersection out of scope: it is not a gap." in out
    assert "Not ours. Decided by" in out
    assert open_plan(harbour_copy).coverage().gaps() == ()
    late = browser.post(
        "/en/coverage/scope", data={**form, "once": "x", "by": "coder/c", "because": "Again."}
    )
    assert late.status_code == 409
    assert "Again." in late.text
    page = browser.get("/en/coverage/scope", params=GAP).text
    form |= {name: hidden(page, name) for name in ("token", "seen", "once")}
    back = browser.post("/en/coverage/scope", data={**form, "agent": "C", "because": "Ours."})
    assert back.status_code == 303
    assert "it is a gap" in words(browser.get(back.headers["location"]).text)
    assert open_plan(harbour_copy).coverage().gaps() == (tuple(GAP.values()),)
    made = open_plan(harbour_copy).rows("decisions-on-scope")
    assert {row["coder"] for row in made} == {"coder/c"}  # chosen or typed, it is the same
    assert [row["superseded"] for row in made] == [True, False]


def test_scope_is_not_decided_where_editing_is_off(ports: TestClient) -> None:
    assert ports.get("/en/coverage/scope", params=GAP).status_code == 403
    assert ports.post("/en/coverage/scope", data=GAP).status_code == 403
    assert ports.get("/en/coverage/candidates.csv?theme=theme/port-heritage").status_code == 404
