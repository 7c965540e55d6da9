"""Drawings: files that stand alone, whatever labels hold; looked at by a browser and parsers."""

import contextlib
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from metrograph.network.bundling import whole
from metrograph.network.drawing import gexf, graphml, html
from metrograph.network.layout import places
from metrograph.network.mindmap import WIDTH, clean, svg, wrapped
from metrograph.network.symbols import _MARKS
from metrograph.network.view import View, neighbourhood
from metrograph.plan import Plan, open_plan
from tests.conftest import HARBOUR, Run

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVIL = (
    '</script><script>window.stolen=1</script><img src="http://evil.example/x" onerror="stolen=1">'
)
DOCKS = "activity/2023/clean-docks"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["harbour", "metropolis"])
def plan(request: pytest.FixtureRequest) -> Plan:
    found: Plan = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def evil(harbour_copy: Path, cache: Path) -> Plan:
    """Return the invented plan with an activity whose label and description attack a page."""
    file = harbour_copy / "activities.ttl"
    text = file.read_text(encoding="utf-8")
    escaped = EVIL.replace('"', '\\"')
    text = text.replace('"Clean Docks"@en', f'"{escaped}\\u0007"@en')
    file.write_text(text.replace('"Cleaning of docks', f'"{escaped} \\u0007'), encoding="utf-8")
    return open_plan(harbour_copy, "en", cache)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return Chromium, or skip what needs it."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed, so that no page can be opened.")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextlib.contextmanager
def opened(browser: Any, file: Path, width: int = 1280) -> Iterator["Page"]:
    """Open a file from disk; in the end it must have asked for and complained of nothing."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(file.as_uri())
    yield page
    assert (requests, complaints) == ([file.as_uri()], [])
    page.close()


class Words(HTMLParser):
    """What a page says outside its scripts, and the tags that it says it in."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.ids: set[str] = set()
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        self.targets.add(given.get("href") or "#")

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["script"]:
            self.text.append(data)


def words(page: str) -> Words:
    read = Words()
    read.feed(page)
    return read


def around(plan: Plan, focus: str, depth: int = 1) -> View:
    return neighbourhood(plan.network(citations=True), focus, depth)


def data_of(page: str) -> dict[str, Any]:
    """Return what the page gives to vis-network."""
    found = re.search(r"^const data = (.*);$", page, re.MULTILINE)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


# The page


def test_a_page_names_everything_in_words(plan: Plan) -> None:
    view = whole(plan.network())
    read = words(html(view))
    text = " ".join(" ".join(read.text).split())
    for thing in view.things:
        assert " ".join(thing.label.split()) in text
    for bundle in view.bundles:
        assert all(member.id in text for member in bundle.members)
    assert read.tags.count("h1") == read.tags.count("title") == 1
    assert {target.removeprefix("#") for target in read.targets} <= read.ids  # no dead link


def test_the_list_says_each_relation_from_both_its_ends(harbour: Plan) -> None:
    page = html(around(harbour, "outcome/2.2"))
    read = " ".join("".join(words(page).text).split())
    assert "← contributes to (inferred): Clean Docks training" in read
    assert "→ contributes to (inferred): Trained dockers" in read
    assert "→ is part of: Change how we work" in read


def test_a_page_speaks_the_language_of_the_plan(cache: Path) -> None:
    for lang, title in (("fr", "Liens\u00a0: Docks propres"), ("es", "Conexiones: Dársenas")):
        page = html(around(open_plan(HARBOUR, lang, cache), "outcome/2.1"))
        assert f'<html lang="{lang}">' in page
        assert f"<title>{title}" in page
        assert '<meta charset="utf-8">' in page


def test_a_page_holds_no_address_outside_itself(plan: Plan) -> None:
    page = html(whole(plan.network()))
    outside = re.compile(r"""<(?:script|link|img|iframe)[^>]*(?:src|href)\s*=""", re.IGNORECASE)
    assert not outside.search(page)
    assert "sourceMappingURL" not in page
    assert "default-src 'none'" in page


def test_labels_never_become_markup_or_script(evil: Plan) -> None:
    page = html(around(evil, DOCKS))
    assert "<script>window.stolen" not in page
    assert "<img src=" not in page
    tags = words(page).tags
    assert (tags.count("script"), tags.count("img")) == (2, 0)
    (focus,) = [node for node in data_of(page)["nodes"] if node["id"] == DOCKS]
    assert "\x07" not in page
    assert focus["title"].startswith(EVIL)  # whole, and vis-network shows it as text


def test_shapes_and_places_are_given_and_the_browser_moves_nothing(harbour: Plan) -> None:
    view = whole(harbour.network())
    data = data_of(html(view))
    assert data["options"]["physics"] is False
    at = places(view)
    assert {node["id"]: (node["x"], node["y"]) for node in data["nodes"]} == at
    assert len(set(at.values())) == len(at)  # no two in one place
    assert places(view) == at
    shapes = {node["id"]: (node["shape"], node["color"]["border"]) for node in data["nodes"]}
    assert shapes["theme/clean-water"] != shapes["challenge/rising-seas"] != shapes[DOCKS]


def test_no_two_kinds_look_alike() -> None:
    assert len({(look.shape, look.colour) for look in _MARKS.values()}) == len(_MARKS)


def test_inferred_lines_are_dashed_and_written_ones_are_not(harbour: Plan) -> None:
    data = data_of(html(around(harbour, DOCKS)))
    dashed = {(edge["from"], edge["to"]): edge["dashes"] for edge in data["edges"]}
    assert dashed[DOCKS, "theme/clean-water"] is True
    assert dashed[DOCKS, "initiative/blue-docks"] is False


def test_a_browser_draws_the_page_and_asks_for_nothing(
    plan: Plan, browser: Any, tmp_path: Path
) -> None:
    view = whole(plan.network())
    file = tmp_path / "plan.html"
    file.write_text(html(view), encoding="utf-8")
    with opened(browser, file) as page:
        placed = page.evaluate("network.getPositions()")
        assert {name: (at["x"], at["y"]) for name, at in placed.items()} == places(view)
        assert page.evaluate(
            "(() => { const canvas = document.querySelector('#drawing canvas');"
            " const all = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);"
            " return all.data.some((value) => value > 0 && value < 255); })()"
        )  # something is drawn


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_the_first_screen_holds_the_drawing_its_legend_and_a_search(
    metropolis: Plan, browser: Any, tmp_path: Path, width: int, height: int
) -> None:
    file = tmp_path / "plan.html"
    file.write_text(html(whole(metropolis.network())), encoding="utf-8")
    with opened(browser, file, width=width) as page:
        page.set_viewport_size({"width": width, "height": height})
        box = page.locator("#drawing").bounding_box()
        assert box
        assert box["y"] + box["height"] <= height
        assert box["height"] > height / 2
        assert page.locator("ul.legend li").count() <= 8
        legend = page.locator("ul.legend").bounding_box()
        assert legend
        assert legend["y"] < height
        whole_page = page.evaluate("document.documentElement.scrollHeight")
        assert whole_page < 2 * height  # it was 36,586 pixels
        page.locator("#words").fill("gender equality")
        selected = page.evaluate("network.getSelectedNodes()")
        assert "theme/gender-equality" in selected


def test_a_browser_runs_no_label(evil: Plan, browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "evil.html"
    file.write_text(html(around(evil, DOCKS)), encoding="utf-8")
    with opened(browser, file) as page:
        assert page.title() == f"Connections: {EVIL}"
        page.locator("#drawing").scroll_into_view_if_needed()
        spot = page.evaluate(f"network.canvasToDOM(network.getPosition({json.dumps(DOCKS)}))")
        box = page.locator("#drawing").bounding_box()
        assert box
        page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
        tip = page.locator("div.vis-tooltip")
        tip.wait_for(state="visible")
        assert (tip.text_content() or "").startswith(EVIL)
        assert page.evaluate("window.stolen") is None


def test_the_page_has_no_barrier_that_axe_finds(
    harbour: Plan, browser: Any, tmp_path: Path
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    file = tmp_path / "plan.html"
    # its page policy forbids scripts from outside, so that axe is let in by the test
    text = html(whole(harbour.network(), 40))
    file.write_text(text.replace('http-equiv="Content-Security-Policy"', 'name="x"'), "utf-8")
    with opened(browser, file) as page:
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


# The SVG


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("focus", ["goal/2", DOCKS, "member/akwasi-bay", "audience/residents"])
def test_an_svg_links_each_thing_once_or_more_and_holds_nothing_a_page_forbids(
    harbour: Plan, focus: str, columns: int
) -> None:
    view = neighbourhood(harbour.network(), focus)
    text = svg(view, lambda name: f"/thing/{name}?a=1&b=2", columns, lambda one: f"/open/{one.id}")
    root = ET.fromstring(text)  # noqa: S314  our own text
    links = {link.get("href") for link in root.iter(f"{SVG}a")}
    assert links == {f"/thing/{node.id}?a=1&b=2" for node in view.nodes} | {
        f"/open/{bundle.id}" for bundle in view.bundles
    }
    assert {one.tag for one in root.iter()} <= {
        SVG + tag for tag in ("svg", "title", "a", "g", "text", "rect", "line", "circle", "polygon")
    }
    names = {name for one in root.iter() for name in one.attrib}
    assert not {name for name in names if name.startswith(("style", "on", "class"))}
    assert root[0].tag == f"{SVG}title"


def test_an_svg_says_relation_direction_kind_and_whether_it_is_inferred(harbour: Plan) -> None:
    root = ET.fromstring(svg(around(harbour, "outcome/2.2")))  # noqa: S314  our own text
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert "← contributes to · activity · inferred" in texts
    assert "→ is part of · plan element" in texts
    assert not list(root.iter(f"{SVG}a"))  # no addresses, no links
    dashed = [line for line in root.iter(f"{SVG}line") if line.get("stroke-dasharray")]
    assert len(dashed) == 1


def test_a_label_in_an_svg_is_text(evil: Plan) -> None:
    text = svg(around(evil, DOCKS), lambda name: f'/"><script>{name}')
    root = ET.fromstring(text)  # noqa: S314  our own text
    assert not [one for one in root.iter() if one.tag.endswith(("script", "img"))]
    assert root.get("aria-label") == f"Connections: {EVIL}"
    assert "\x07" not in text  # XML cannot hold it


@pytest.mark.parametrize(
    ("focus", "depth", "columns"),
    [
        (DOCKS, 2, 1),
        ("goal/2", 2, 2),
        ("line/2", 1, 1),
        ("line/2", 2, 2),
        ("body/metropolis", 1, 2),
    ],
)
def test_no_text_of_an_svg_is_cut_or_covered(  # noqa: PLR0913, PLR0917  fixtures and cases
    harbour: Plan,
    metropolis: Plan,
    browser: Any,
    tmp_path: Path,
    focus: str,
    depth: int,
    columns: int,
) -> None:
    plan = metropolis if focus in ("line/2", "body/metropolis") else harbour
    file = tmp_path / "around.svg"
    file.write_text(svg(around(plan, focus, depth), columns=columns), encoding="utf-8")
    with opened(browser, file, width=WIDTH * columns + 10) as page:
        boxes = page.evaluate(
            "[...document.querySelectorAll('text')].map((text) => { const box = text.getBBox();"
            " return [box.x, box.y + 3, box.x + box.width, box.y + box.height - 3]; })"
        )
    assert all(left >= 0 and right <= WIDTH * columns for left, _, right, _ in boxes)
    overlaps = [
        (one, other)
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    assert not overlaps


def test_one_column_is_as_wide_as_a_phone(harbour: Plan) -> None:
    root = ET.fromstring(svg(around(harbour, DOCKS)))  # noqa: S314  our own text
    assert int(root.get("width", "0")) <= 390
    assert min(int(text.get("font-size", "0")) for text in root.iter(f"{SVG}text")) >= 12


def test_a_thing_with_no_neighbour_says_so(harbour: Plan) -> None:
    view = neighbourhood(harbour.network(), "audience/residents")
    assert "No connections are shown for it." in svg(view)
    with pytest.raises(ValueError, match="focus"):
        svg(whole(harbour.network()))


def test_long_and_odd_texts_are_wrapped_and_cleaned() -> None:
    assert wrapped("a" * 500, 100, most=2)[0] == "a" * 13
    assert len(wrapped("word " * 100, 100)) == 2
    assert wrapped("", 100) == [""]
    assert clean("a\x00b\ud800c\ufffe\nd") == "abc\nd"


# Files for programs


def test_graphml_and_gexf_come_back_as_the_same_network(evil: Plan) -> None:
    graph = evil.network()
    for text, read in ((graphml(graph), nx.read_graphml), (gexf(graph), nx.read_gexf)):
        back = read(io.BytesIO(text.encode("utf-8")))
        assert set(back) == set(graph)
        assert back.nodes[DOCKS]["label"] == EVIL
        assert back.nodes[DOCKS]["kind"] == "Activity"
        ours = sorted((s, o, d["predicate"]) for s, o, d in graph.edges(data=True))
        assert sorted((s, o, d["predicate"]) for s, o, d in back.edges(data=True)) == ours
        inferred = {d["inferred"] for _, _, d in back.edges(data=True)}
        assert inferred == {"true", "false"}


def test_files_are_the_same_on_another_day(harbour: Plan) -> None:
    assert "lastmodifieddate" not in gexf(harbour.network())


# The command


def test_draw_writes_a_file_by_its_ending(run: Run, tmp_path: Path) -> None:
    for ending, start in (
        ("html", "<!doctype html>"), ("svg", "<svg "), ("graphml", "<?xml"), ("GEXF", "<?xml"),
    ):  # fmt: skip
        file = tmp_path / f"plan.{ending}"
        answer = run("draw", "--focus", DOCKS, "-o", file, "--graph", HARBOUR, "--lang", "fr")
        assert (answer.returncode, answer.stdout) == (0, ""), answer.stderr
        assert str(file) in answer.stderr
        text = file.read_text(encoding="utf-8")
        assert text.startswith(start)
        assert "Opération docks propres" in text
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [
        ".GEXF", ".graphml", ".html", ".svg",
    ]  # fmt: skip


def test_draw_around_a_thing_for_programs_bundles_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "goal.graphml"
    run("draw", "--focus", "goal/2", "-o", file, "--graph", HARBOUR, "--kinds", "result")
    assert set(nx.read_graphml(file)) == {"goal/2", *(f"outcome/2.{n}" for n in range(1, 11))}


def test_draw_all_bundles_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "goal.html"
    bundled = run("draw", "--focus", "goal/2", "-o", file, "--graph", HARBOUR, "--kinds", "Result")
    assert "records: 11; of these in groups: 10" in bundled.stderr
    assert "+10 results" in file.read_text(encoding="utf-8")
    run("draw", "--focus", "goal/2", "-o", file, "--graph", HARBOUR, "--kinds", "Result", "--all")
    assert "+10 results" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-o", "plan.pdf"], 2, ".html, .svg, .graphml, .gexf"),
        (["-o", "plan"], 2, ".html, .svg, .graphml, .gexf"),
        ([], 2, "-o"),
        (["-o", "plan.svg"], 2, "--focus"),
        (["-o", "plan.html", "--depth", "2"], 2, "--focus"),
        (["-o", "plan.html", "--focus", "goal/1", "--depth", "3"], 2, "from 1 to 2"),
        (["-o", "plan.html", "--kinds", "Activty"], 2, "Did you mean Activity?"),
        (["-o", "plan.html", "--kinds", ","], 2, "--kinds is empty"),
        (["-o", "plan.html", "--focus", "goal/x"], 3, "The plan has no record “goal/x”"),
        (["-o", "no/such/folder/plan.html"], 3, "cannot be written"),
    ],
)
def test_draw_says_what_is_wrong_and_leaves_the_file_as_it_was(
    run: Run, tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    placed = [str(tmp_path / one) if one.startswith(("plan", "no/")) else one for one in arguments]
    before = tmp_path / "plan.html"
    before.write_text("as it was", encoding="utf-8")
    answer = run("draw", *placed, "--graph", HARBOUR)
    assert (answer.returncode, answer.stdout) == (code, "")
    assert message in answer.stderr
    assert "Traceback" not in answer.stderr
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [
        ("plan.html", "as it was")
    ]


def test_a_thing_of_a_kind_that_is_left_out_can_be_drawn(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "claim.svg"
    claim = "claim/a/tide-school/theme/decent-work"
    answer = run("draw", "--focus", claim, "-o", file, "--graph", HARBOUR)
    assert answer.returncode == 0, answer.stderr
    assert "Tide School" in file.read_text(encoding="utf-8")
