"""The canvas: views by name, what a click changes, what is shown of it, and how it leaves."""

import html
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from pyvis.network import Network
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from metrograph.network import plotting
from metrograph.network.canvas import Choice, Shown, show
from metrograph.network.details import Details, details, name_claims
from metrograph.network.families import ORDER, family
from metrograph.network.network import LEFT_OUT, kinds_of
from metrograph.network.scene import Look, Scene, scene
from metrograph.network.starts import VIEWS
from metrograph.network.symbols import _MARKS
from metrograph.plan import Plan
from metrograph.web.canvas_state import changed, choice_of, fields
from metrograph.web.canvas_state import link as link_of
from tests.conftest import HARBOUR
from tests.explorer import client, words

DOCKS, FORUM, SCHOOL = (
    "activity/2023/clean-docks",
    "activity/2022/harbour-forum",
    "activity/2021/tide-school",
)
WATER, WORK = "theme/clean-water", "theme/decent-work"
GAP = "intersection/port-transition/port-heritage"
ONLY_A = {  # by hand from claims-a.ttl, claims-b.ttl, decisions.ttl: only A claims it
    "claim/a/harbour-forum/challenge/rising-seas",
    "claim/a/harbour-forum/outcome/1.2",
}


@pytest.fixture(scope="module")
def known(harbour: Plan) -> Details:
    return details(harbour)


@pytest.fixture(scope="module")
def graph(harbour: Plan) -> Any:
    return harbour.network()


@pytest.fixture(scope="module")
def evidence(harbour: Plan, known: Details) -> Any:
    kinds = (kinds_of(harbour).keys() - LEFT_OUT) | {"AlignmentClaim", "Decision", "Coder"}
    return name_claims(harbour.network(kinds=kinds, citations=True), known)


@pytest.fixture(scope="module")
def browser(cache: Any) -> Iterator[TestClient]:
    with client(HARBOUR, cache) as served:
        yield served


def drawn(shown: Shown, choice: Choice, known: Details) -> Scene:
    return scene(shown, choice, Look(known))


def ids(shown: Shown) -> set[str]:
    return {thing.id for thing in shown.view.things}


def ends(shown: Shown) -> set[frozenset[str]]:
    return {frozenset((edge.source, edge.target)) for edge in shown.view.edges}


# Views by name


def test_the_overview_stands_in_layers_and_a_gap_is_joined_to_nothing(
    graph: Any, known: Details
) -> None:
    shown = show(graph, known, Choice("overview"))
    kinds = {thing.id: thing.kind for thing in shown.view.things}
    layered = [{kinds[name] for name in shown.columns[at]} for at in sorted(shown.columns)]
    assert layered == [{"VisionTheme"}, {"Intersection"}, {"Activity"}, {"Challenge"}]
    assert set(shown.columns[2]) == {DOCKS, FORUM, SCHOOL}
    assert known.gaps == {GAP}
    assert [pair for pair in ends(shown) if GAP in pair] == []
    made = drawn(shown, Choice("overview"), known)
    assert len(made.legend) <= 8
    nodes = {node["id"]: node for node in plotting.data(made)["nodes"]}
    assert nodes[GAP]["hollow"]
    assert nodes[GAP]["shapeProperties"]["borderDashes"]
    assert not nodes[DOCKS]["hollow"]


@pytest.mark.parametrize("view", ["overview", "tree", "people", "evidence"])
def test_no_label_of_a_view_in_columns_can_cover_another(
    evidence: Any, known: Details, view: str
) -> None:
    choice = Choice(view, opened=(DOCKS, WATER))
    made = drawn(show(evidence, known, choice), choice, known)
    for at, boxes in ((made.places, made.boxes), (made.small, made.small_boxes)):
        frames = [
            (
                at[name][0] - box.width / 2,
                at[name][1] - 15,
                at[name][0] + box.width / 2,
                at[name][1] + 15,
            )
            for name, box in boxes.items()
        ]
        assert len(frames) > 5
        assert not [
            (frame, other)
            for index, frame in enumerate(frames)
            for other in frames[index + 1 :]
            if frame[0] < other[2]
            and other[0] < frame[2]
            and frame[1] < other[3]
            and other[1] < frame[3]
        ]


@pytest.mark.parametrize("view", VIEWS)
def test_the_same_state_always_looks_the_same(evidence: Any, known: Details, view: str) -> None:
    choice = Choice(view, opened=(DOCKS,), picked=(WATER,))
    first, second = (
        plotting.data(drawn(show(evidence, known, choice), choice, known)) for _ in range(2)
    )
    assert json.dumps(first) == json.dumps(second)


def test_places_come_from_networkx_and_drawings_from_pyvis(
    graph: Any, known: Details, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[str] = []

    def noting(name: str, function: Any) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            used.append(name)
            return function(*arguments, **named)

        return call

    for name in ("multipartite_layout", "kamada_kawai_layout", "spring_layout"):
        monkeypatch.setattr(nx, name, noting(name, getattr(nx, name)))
    monkeypatch.setattr(Network, "add_node", noting("pyvis", Network.add_node))
    choice = Choice("overview")
    made = plotting.drawn(drawn(show(graph, known, choice), choice, known))
    assert isinstance(made, Network)
    assert {"multipartite_layout", "pyvis"} <= set(used)
    whole = Choice("whole", opened=(DOCKS, "body/harbour-cities"), hidden=frozenset({"year:2021"}))
    drawn(show(graph, known, whole), whole, known)
    assert "kamada_kawai_layout" in used


def test_claims_are_agreed_contested_rejected_or_wait_for_a_second_coder(known: Details) -> None:
    of_standing: dict[str, set[str]] = {}
    for claim, standing in known.standings.items():
        if claim.startswith("claim/a/"):
            of_standing.setdefault(standing, set()).add(claim)
    assert of_standing["contested"] == ONLY_A
    assert of_standing["rejected"] == {"claim/a/clean-docks-training/challenge/port-transition"}
    assert {claim.split("/")[2] for claim in of_standing["pending"]} == {"storm-alert"}
    assert known.standings["claim/b/harbour-forum/area/rising-seas/dikes"] == "agreed"  # decided


def test_evidence_can_be_filtered_by_coder_and_standing(evidence: Any, known: Details) -> None:
    choice = Choice(
        "evidence",
        coder="coder/a",
        hidden=frozenset({"standing:agreed", "standing:rejected", "standing:pending"}),
    )
    shown = show(evidence, known, choice)
    assert {name for name in ids(shown) if name.startswith("claim/")} == ONLY_A
    assert {thing.id for thing in shown.view.things if thing.kind == "Coder"} == {"coder/a"}
    colours = drawn(shown, replace(choice, colour="status"), known).colours
    assert len({colours[name] for name in ONLY_A}) == 1


# What a click changes


def test_a_click_opens_in_place_and_a_second_click_closes(graph: Any, known: Details) -> None:
    before = Choice("overview")
    opened = changed(before, f"open:{DOCKS}")
    near = {*graph.successors(DOCKS), *graph.predecessors(DOCKS)}
    shown = show(graph, known, opened)
    assert near <= ids(shown)
    first, then = (
        drawn(show(graph, known, choice), choice, known).places for choice in (before, opened)
    )
    assert {name: then[name] for name in first} == first  # nothing moves
    assert changed(opened, f"open:{DOCKS}") == before


def test_what_is_much_of_a_kind_opens_on_demand(graph: Any, known: Details) -> None:
    choice = Choice(added=("goal/2",), opened=("goal/2",))
    (bundle,) = [
        thing for thing in show(graph, known, choice).view.bundles if thing.kind == "Result"
    ]
    assert len(bundle.members) == 10
    members = {node.id for node in bundle.members}
    assert not members & ids(show(graph, known, choice))
    assert members <= ids(show(graph, known, changed(choice, f"open:{bundle.id}")))


def test_two_selected_records_show_the_paths_between_them(graph: Any, known: Details) -> None:
    shown = show(graph, known, Choice("overview", picked=(WATER, WORK)))
    assert shown.paths == ((WATER, DOCKS, WORK),)
    city = show(
        graph,
        known,
        Choice("overview", picked=("member/puerto-niebla", "challenge/port-transition")),
    )
    assert {path[1] for path in city.paths} == {DOCKS, FORUM}
    hidden = Choice("overview", picked=(WATER, WORK), hidden=frozenset({"year:2023"}))
    assert all(DOCKS not in path for path in show(graph, known, hidden).paths)


@pytest.mark.parametrize(
    ("key", "gone"),
    [
        ("kind:actions", {DOCKS, FORUM, SCHOOL}),
        ("year:2022", {FORUM}),
        ("line:goal/1", {SCHOOL}),
    ],
)
def test_kinds_years_and_lines_can_be_hidden(
    graph: Any, known: Details, key: str, gone: set[str]
) -> None:
    choice = changed(Choice("overview"), f"hide:{key}")
    left = {DOCKS, FORUM, SCHOOL} & ids(show(graph, known, choice))
    assert left == {DOCKS, FORUM, SCHOOL} - gone
    assert changed(choice, f"hide:{key}") == Choice("overview")


def test_inferred_links_can_be_hidden(graph: Any, known: Details) -> None:
    choice = Choice("overview", hidden=frozenset({"inferred"}))
    assert not [edge for edge in show(graph, known, choice).view.edges if edge.inferred]


def test_a_state_is_a_link_and_a_link_is_a_state() -> None:
    choice = Choice(
        "people",
        ("member/ndarou",),
        (DOCKS, WATER),
        (WATER, WORK),
        frozenset({"year:2021", "inferred"}),
        "coder/a",
        "line",
        "centrality",
        "organization/tidal-institute",
        {DOCKS: (-12.0, 40.0)},
    )
    assert choice_of(QueryParams(link_of("en", choice).partition("?")[2])) == choice
    assert set(fields(choice)) == {
        "view",
        "add",
        "opened",
        "pick",
        "hide",
        "coder",
        "colour",
        "size",
        "without",
        "pin",
    }
    assert choice_of(QueryParams("view=x&colour=y&pin=1,2&pin=a,b,c&size=big")) == Choice()


def test_every_kind_belongs_to_one_of_eight_families() -> None:
    assert {family(kind) for kind in _MARKS} <= set(ORDER)
    assert len(ORDER) == 8


# The page


def drawing(text: str) -> dict[str, Any]:
    found = re.search(r'data-drawing="([^"]*)"', text)
    assert found
    data: dict[str, Any] = json.loads(html.unescape(found[1]))
    return data


def test_the_network_opens_with_the_overview_and_needs_no_script(browser: TestClient) -> None:
    page = browser.get("/en/explore").text
    assert {GAP, DOCKS, WATER} <= {node["id"] for node in drawing(page)["nodes"]}
    assert '<noscript><img src="/en/explore/canvas.svg' in page
    assert not re.search(r"<script(?! src=)", page)
    answer = browser.get("/en/explore/canvas", params={"view": "overview", "do": f"open:{DOCKS}"})
    assert answer.status_code == 303
    assert "opened=activity%2F2023%2Fclean-docks" in answer.headers["location"]
    assert "Dockers' Union" in words(browser.get(answer.headers["location"]).text)


def test_a_name_adds_a_record_or_offers_those_that_it_fits(browser: TestClient) -> None:
    answer = browser.get("/en/explore/canvas", params={"view": "overview", "q": "Puerto Niebla"})
    assert "add=member%2Fpuerto-niebla" in answer.headers["location"]
    offered = browser.get("/en/explore/canvas", params={"view": "overview", "q": "docks"}).text
    assert f'value="add:{DOCKS}"' in offered
    assert "No record has this name" in browser.get("/en/explore/canvas?q=zzzz").text


def test_a_partner_who_leaves_takes_cells_along(browser: TestClient) -> None:
    leaving = "organization/tidal-institute"
    text = browser.get("/en/explore/canvas", params={"view": "people", "without": leaving}).text
    # by hand: docks and forum go, so three cells lose their last activity; Tide School stays
    assert "Intersections that would become gaps (3)" in words(text)
    assert "Rising seas × Clean water" in words(text)
    nodes = {node["id"]: node for node in drawing(text)["nodes"]}
    assert nodes[DOCKS]["color"]["border"] != nodes[SCHOOL]["color"]["border"]
    assert nodes[SCHOOL]["opacity"] < 1
    nothing = browser.get("/en/explore/canvas", params={"view": "people", "without": WATER}).text
    assert "Nothing depends on it." in words(nothing)


def test_cells_and_network_lead_to_each_other(browser: TestClient) -> None:
    cell = "/en/coverage/activities?challenge=challenge%2Frising-seas&theme=theme%2Fclean-water"
    network = "/en/explore/canvas?opened=intersection%2Frising-seas%2Fclean-water"
    assert network in browser.get(cell).text
    text = browser.get(
        "/en/explore/canvas",
        params={
            "opened": "intersection/rising-seas/clean-water",
            "pick": "intersection/rising-seas/clean-water",
        },
    ).text
    assert html.escape(cell) in text
    assert {DOCKS, FORUM} <= {node["id"] for node in drawing(text)["nodes"]}
    pair = browser.get(
        "/en/explore/canvas", params={"pick": [WATER, "challenge/rising-seas"], "view": "overview"}
    )
    assert html.escape(cell) in pair.text
    crossed = browser.get(
        "/en/coverage/cell",
        params={"rows": "member", "columns": "theme", "row": "member/ndarou", "column": WATER},
    ).text
    assert "/en/explore/canvas?add=member%2Fndarou&amp;add=theme%2Fclean-water" in crossed


def test_a_canvas_leaves_as_svg_graphml_and_one_page(browser: TestClient) -> None:
    root = ET.fromstring(browser.get("/en/explore/canvas.svg?view=overview").text)  # noqa: S314
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Clean Docks" in texts
    assert "× Port transition" in texts
    assert not [
        element for element in root.iter() if element.tag.endswith(("script", "style", "a"))
    ]
    graphml = browser.get("/en/explore/canvas.graphml?view=overview").content
    assert GAP in set(nx.parse_graphml(graphml.decode()))
    page = browser.get("/en/explore/canvas.html?view=overview")
    assert "attachment" in page.headers["content-disposition"]
    assert "class Drawing" in page.text
    assert "Clean Docks" in page.text
    assert browser.get("/en/explore/canvas.pdf").status_code == 404


def test_a_canvas_passes_over_what_is_not_there(browser: TestClient) -> None:
    odd = {
        "add": "no/such",
        "opened": ["x", "bundle:y|out|z|w"],
        "pick": "<script>",
        "hide": "kind:<b>",
    }
    answer = browser.get("/en/explore/canvas", params={**odd, "view": "overview"})
    assert answer.status_code == 200
    assert "<script>" not in re.sub(r"<script src=", "", answer.text)
    assert browser.get("/en/explore/canvas", params={"without": "no/such"}).status_code == 200
    for action in ("", "open", "open:", "nothing:x", "pin:1,2", "hide:"):
        assert browser.get("/en/explore/canvas", params={"do": action}).status_code in (200, 303)
