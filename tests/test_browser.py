"""The explorer as people use it: every page in Chromium, in three languages and on two screens.

Without Chromium these tests are skipped: `apt-get install chromium` (Debian) brings it.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import (
    LANGUAGES,
    NARROW,
    WIDE,
    Noted,
    Served,
    browsing,
    chromium,
    english,
    focus_shows,
    focused,
    matrix_of,
    overflow,
    serving,
    watched,
)
from tests.conftest import HARBOUR, IS_LONG, Run, some

CHROMIUM = chromium()
pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is missing. Install it (Debian: apt-get install chromium) to test the pages.",
)
_CELL = "/coverage/activities?challenge=challenge/resilience&theme=theme/gender-equality"
_GAP = "/coverage/activities?challenge=challenge/urban-growth&theme=theme/economic-development"
_PAIR = "activity=activity/2023/avantia&category=result/2.2.7"
_PAIR_OF_HARBOUR = "activity=activity/2022/harbour-forum&category=challenge/rising-seas"
_GAP_OF_HARBOUR = "challenge=challenge/port-transition&theme=theme/port-heritage"
READ = {  # pages of the shipped plan, which is served for reading only
    "overview": "/",
    "coverage": "/coverage",
    "coverage-filtered": "/coverage?year=2023&line=line/1&basis=stated",
    "coverage-of-a-coder": "/coverage?claims=coder:a",
    "coverage-of-no-activity": "/coverage?year=2022",
    "axes": "/coverage?rows=level/axis&columns=region",
    "axes-cell": "/coverage/cell?rows=member&columns=theme&row=member/brussels",
    "cell": _CELL,
    "gap": _GAP,
    "range": "/coverage/range",
    "concentration": "/coverage/concentration",
    "what-if": "/coverage/what-if",
    "what-if-a-member-left": "/coverage/what-if?without=member/brussels",
    "what-if-unknown": "/coverage/what-if?without=member/nowhere",
    "cell-that-filters-leave-empty": f"{_CELL}&year=2022",
    "plan": "/plan",
    "activity": "/entity/activity/2023/avantia",
    "claim": "/entity/claim/a/avantia/theme/sustainability",
    "result": "/entity/result/1.2.3",
    "indicator": "/entity/indicator/members",
    "member": "/entity/member/abidjan",
    "source": "/entity/source/report-2023",
    "theme": "/entity/theme/sustainability",
    "explore": "/explore",
    "explore-found": "/explore?q=gender",
    "around": "/explore?focus=activity/2023/avantia",
    "around-two-steps": "/explore?focus=theme/sustainability&depth=2",
    "path-asked": "/explore/path",
    "path": "/explore/path?from=member/abidjan&to=theme/sustainability",
    "path-unknown": "/explore/path?from=xyzzy&to=theme/sustainability",
    "picture": "/explore/picture",
    "centre": "/explore/centre",
    "questions": "/questions",
    "question": "/questions/activities-of-theme",
    "answer": "/questions/activities-of-theme?theme=theme/sustainability",
    "sparql": "/questions/sparql",
    "sparql-answer": "/questions/sparql?query=SELECT+?s+WHERE+{?s+a+mg:Activity}+LIMIT+5",
    "sparql-wrong": "/questions/sparql?query=SELECT+nothing",
    "findings": "/review/findings",
    "contested": "/review/contested",
    "gaps": "/review/gaps",
    "gaps-of-a-type": "/review/gaps?type=results-without-activity&line=line/1",
    "indicators": "/review/indicators",
    "agreement": "/review/agreement",
    "cycle": "/review/cycle",
    "pair": f"/review/pair?{_PAIR}",
    "search": "/search?q=metropol",
    "search-none": "/search?q=xyzzy",
    "search-empty": "/search",
    "not-found": "/entity/nothing/here",
    "edit-is-off": "/edit",
}
EDIT = {  # pages of a copy of the invented plan, which may be edited
    "edit": "/edit",
    "edit-add": "/edit/record?kind=Activity",
    "edit-kind": "/edit/kind?kind=VisionTheme",
    "edit-delete": "/edit/delete?id=theme/clean-water",
    "edit-merge": "/edit/merge?id=theme/clean-water&into=theme/decent-work",
    "edit-move": "/edit/move?id=outcome/1.2",
    "edit-add-theme": "/edit/record?kind=VisionTheme",
    "edit-add-claim": "/edit/record?kind=AlignmentClaim",
    "edit-add-figure": "/edit/record?kind=Observation",
    "edit-activity": "/edit/record?id=activity/2023/storm-alert",
    "edit-decide": f"/review/pair?{_PAIR_OF_HARBOUR}",
    "edit-gap": f"/coverage/activities?{_GAP_OF_HARBOUR}",
    "edit-scope": f"/coverage/scope?{_GAP_OF_HARBOUR}",
    "edit-word": "/edit/enter",
    "other-overview": "/",
    "other-coverage": "/coverage",
    "other-plan": "/plan",
    "other-activity": "/entity/activity/2023/clean-docks",
    "other-around": "/explore?focus=activity/2023/clean-docks",
}
STATUS = {"what-if-unknown": 404, "sparql-wrong": 400, "not-found": 404, "edit-is-off": 403}
# a wheel needs to show only that its templates, styles and scripts are there
IN_WHEEL = ("coverage", "axes", "picture", "edit-add")
PAGES = IN_WHEEL if os.environ.get("METROGRAPH_TESTED") == "wheel" else (*READ, *EDIT)
ALIKE = {  # made of the same parts as another page: `make long` looks at them all
    "coverage-filtered", "coverage-of-a-coder", "result", "member", "source", "theme",
    "explore-found", "path-asked", "path-unknown", "question", "sparql", "gaps", "agreement",
    "cycle", "search-none", "edit-is-off", "edit-add", "edit-add-figure", "other-overview",
    "other-plan", "other-activity", "other-around",
}  # fmt: skip
# One half is measured and read in each language, the other judged by axe; `make long` does both.
LOOKED_AT = [name for name in PAGES if IS_LONG or name not in ALIKE]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run one browser for this module: its event loop would disturb tests that have their own."""
    with browsing(CHROMIUM or "") as running:
        yield running


@pytest.fixture(scope="module")
def shipped(cache: Path) -> Iterator[Served]:
    """Serve the shipped plan, for reading."""
    assert cache.is_dir()
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def copy(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the invented plan, to be edited."""
    assert cache.is_dir()
    folder = shutil.copytree(HARBOUR, tmp_path_factory.mktemp("served") / "harbour")
    with serving(folder, "--edit") as running:
        yield running


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open one context: pages of it share their cache."""
    made = browser.new_context(viewport=WIDE)
    yield made
    made.close()


@pytest.fixture(scope="module")
def tab(context: BrowserContext) -> tuple[Page, Noted]:
    """Open one tab for all that only look at pages: a new one each time takes long."""
    made = context.new_page()
    return made, watched(made)


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Open a tab."""
    made = context.new_page()
    yield made
    made.close()


def address(name: str, lang: str, shipped: Served, copy: Served) -> str:
    """Return the address of a page by its name."""
    if name in READ:
        return f"{shipped.address}/{lang}{READ[name]}"
    return f"{copy.address}/{lang}{EDIT[name]}"


@pytest.mark.parametrize("name", some(LOOKED_AT, 2))
def test_page_is_whole_in_each_language_on_each_screen(
    name: str, tab: tuple[Page, Noted], shipped: Served, copy: Served
) -> None:
    page, noted = tab
    noted.clear()
    wrong, sizes = [], [WIDE, NARROW]
    page.set_viewport_size(WIDE)
    for lang in LANGUAGES:
        answer = page.goto(address(name, lang, shipped, copy))
        assert answer is not None
        assert answer.status == STATUS.get(name, 200), lang
        if page.get_attribute("html", "lang") != lang or not page.inner_text("h1").strip():
            wrong.append(f"{lang}: lang or heading")
        text = page.inner_text("body")
        wrong += [f"{lang}: {said}" for said in english(lang) if said in text]
        for size in sizes:
            page.set_viewport_size(size)
            if found := overflow(page):
                wrong.append(f"{lang}: sideways {found}")
        sizes.reverse()  # from the size that the tab has now
    home = (shipped.address + "/", copy.address + "/", "data:")
    wrong += [f"asks {one}" for one in noted.requests if not one.startswith(home)]
    assert wrong + noted.complaints == []


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on a page."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"][:3]]


@pytest.mark.parametrize("name", some(LOOKED_AT, 2, start=1))
def test_page_is_accessible(
    name: str, tab: tuple[Page, Noted], shipped: Served, copy: Served
) -> None:
    page, _ = tab
    page.set_viewport_size(WIDE)
    page.goto(address(name, "en", shipped, copy))
    assert violations(page) == []


@pytest.mark.parametrize("name", ["overview", "around", "plan", "edit-activity"])
def test_page_is_accessible_on_a_phone(
    name: str, page: Page, shipped: Served, copy: Served
) -> None:
    page.set_viewport_size(NARROW)
    page.goto(address(name, "fr", shipped, copy))
    assert violations(page) == []


@pytest.mark.parametrize("name", ["overview", "coverage", "cell", "edit-activity", "findings"])
def test_page_is_accessible_in_the_dark(
    name: str, page: Page, shipped: Served, copy: Served
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(address(name, "en", shipped, copy))
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall("[0-9]+", dark))) < 64
    assert violations(page) == []


def test_people_read_words_and_not_ids(page: Page, shipped: Served) -> None:
    for name, said in (
        ("indicator", "Membres, Metropolis, 2020"),  # a figure has no name of its own
        ("findings", "Metropolis, 2020"),
        ("pair", "Détails"),  # nor has a claim
        ("not-found", "Aucune fiche ne s'appelle «\u00a0nothing/here\u00a0»."),
    ):
        page.goto(f"{shipped.address}/fr{READ[name]}")
        text = page.inner_text("main")
        assert said in text
        assert "observation/" not in text
        assert "claim/" not in text


# ---------------------------------------------------------------- without a script, by keyboard


def test_no_page_but_the_picture_has_a_script(
    context: BrowserContext, shipped: Served, copy: Served
) -> None:
    """Then each page says the same with JavaScript off; a form works without its script, too."""
    scripted = re.compile("<script|<[^>]+ on[a-z]+=|javascript:", re.IGNORECASE)
    found = [
        name
        for name in PAGES
        if scripted.search(context.request.get(address(name, "en", shipped, copy)).text())
    ]
    assert {name for name in found if not name.startswith("edit")} == {
        "explore",
        "picture",
    }


def test_without_javascript_the_matrix_the_drawing_and_the_list_are_there(
    browser: Browser, shipped: Served
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{shipped.address}/en/coverage")
        assert page.locator(".matrix td a").count() == 5 * 6  # 4 challenges, 5 themes, totals
        page.goto(f"{shipped.address}/en{READ['around']}")
        assert page.locator(".mindmap.wide svg a >> visible=true").count() > 5
        page.goto(f"{shipped.address}/en{READ['picture']}")
        assert page.locator("noscript .warning").is_visible()
        page.locator("main details summary", has_text="Vision theme").click()
        page.get_by_role("link", name="Gender equality", exact=True).click()
        assert page.url.endswith("/en/explore?focus=theme%2Fgender-equality")


def test_by_keyboard_one_skips_to_the_content(page: Page, shipped: Served) -> None:
    page.goto(f"{shipped.address}/en/coverage")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert focus_shows(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_by_keyboard_one_opens_a_cell_of_the_matrix(page: Page, shipped: Served) -> None:
    page.goto(f"{shipped.address}/en/coverage")
    assert focused(page, ".matrix td a[href*='gender-equality'][href*='resilience']")
    assert focus_shows(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/coverage/activities?**")
    assert page.locator("article.activity").count() == 3


def test_by_keyboard_one_opens_a_node_of_the_drawing(page: Page, shipped: Served) -> None:
    page.goto(f"{shipped.address}/en{READ['around']}")
    assert focused(page, ".mindmap.wide a[href*='member']")
    assert focus_shows(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore?focus=member**")
    assert page.locator(".mindmap.wide svg").is_visible()


def test_by_keyboard_one_fills_in_a_form(page: Page, shipped: Served) -> None:
    page.goto(f"{shipped.address}/en/coverage")
    assert focused(page, "#f-basis")
    assert focus_shows(page)
    page.keyboard.type("stated")
    assert focused(page, ".filters button")
    page.keyboard.press("Enter")
    page.wait_for_url("**basis=stated**")
    assert page.input_value("#f-basis") == "stated"


def test_picture_is_drawn_and_leads_on(page: Page, shipped: Served) -> None:
    noted = watched(page)
    page.goto(f"{shipped.address}/en{READ['picture']}")
    page.locator("#picture canvas").wait_for()
    colours = """() => {
      const canvas = document.querySelector("#picture canvas");
      const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(data.buffer)).size;
    }"""
    page.wait_for_function(f"({colours})() > 20")  # the marks of many kinds
    assert violations(page) == []
    assert overflow(page) == ""
    assert noted.complaints == []


# ---------------------------------------------------------------- figures, and paper


def counted(run: Run, served: Served, *options: str) -> list[list[str]]:
    """Return the matrix of the command line as the page shows it: a number or a gap's word."""
    where = ("--graph", served.folder) if served.folder else ()
    told = json.loads(run("coverage", "--format", "json", *where, *options).stdout)
    held = {(one["challenge"], one["theme"]): set(one["activities"]) for one in told["cells"]}

    def many(challenges: list[str], themes: list[str]) -> int:
        pairs = [(one, other) for one in challenges for other in themes]
        return len(set[str]().union(*(held[pair] for pair in pairs)))

    gaps = {(one["challenge"], one["theme"]) for one in told["gaps"]}
    sides, themes = told["challenges"], told["themes"]

    def shown(side: str, theme: str) -> str:
        word = "gap" if (side, theme) in gaps else "empty with these filters"
        return str(many([side], [theme]) or word)

    rows = [
        [*(shown(side, theme) for theme in themes), str(many([side], themes))] for side in sides
    ]
    totals = [*(str(many(sides, [other])) for other in themes), str(many(sides, themes))]
    return [*rows, totals]


@pytest.mark.parametrize(
    "state", ["", "basis=stated", "claims=any&basis=implied", "claims=coder:b&year=2023"]
)
def test_shipped_matrix_shows_what_the_command_counts(
    state: str, page: Page, shipped: Served, run: Run
) -> None:
    options = [f"--{one}" for one in state.split("&") if one]
    page.goto(f"{shipped.address}/en/coverage?{state}")
    assert matrix_of(page) == counted(run, shipped, *options)


def test_other_matrix_shows_what_was_worked_out_by_hand(page: Page, copy: Served) -> None:
    """tests/data/harbour/README.md, "The coverage matrix": any claim, and year 2022."""
    page.goto(f"{copy.address}/en/coverage?claims=any&basis=stated")
    empty = "empty with these filters"
    assert matrix_of(page) == [["2", "1", "1", "3"], ["2", empty, "1", "2"], ["2", "1", "1", "3"]]
    page.goto(f"{copy.address}/en/coverage?year=2022")
    assert matrix_of(page) == [
        ["1", empty, empty, "1"],
        ["1", empty, "gap", "1"],
        ["1", "0", "0", "1"],
    ]


def test_overview_counts_gaps_and_contested_claims_as_the_command_does(
    page: Page, shipped: Served, run: Run
) -> None:
    page.goto(f"{shipped.address}/en/")
    shown = {
        link.get_attribute("href"): "".join(filter(str.isdigit, link.inner_text()))
        for link in page.locator(".steps a, .steps ~ p a").all()
    }
    gaps = json.loads(run("gaps", "--format", "json").stdout)["rows"]
    contested = json.loads(run("agreement", "--contested", "--format", "json").stdout)["rows"]
    assert shown["/en/review/gaps"] == str(sum(one["gaps"] for one in gaps))
    assert shown["/en/review/contested"] == str(len(contested))


def test_on_paper_the_matrix_stands_without_navigation(page: Page, shipped: Served) -> None:
    page.goto(f"{shipped.address}/en/coverage")
    page.emulate_media(media="print")
    for gone in (".top", ".skip", ".filters", ".files >> nth=0", "footer"):
        assert not page.locator(gone).is_visible(), gone
    assert page.locator(".matrix").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF-")


# ---------------------------------------------------------------- writing


LABEL = "Night of the <script>alert(1)</script> Lamps"


def test_added_activity_is_mended_shown_as_turtle_and_saved(page: Page, copy: Served) -> None:
    assert copy.folder is not None
    noted = watched(page)
    page.goto(f"{copy.address}/en/edit")
    page.get_by_role("link", name="Activity", exact=False).first.click()
    name = page.get_by_role("group", name="name")
    name.get_by_label("Français").fill("Nuit des lampes")
    name.get_by_label("Español").fill("Noche de las lámparas")
    page.locator("[name='f.year']").fill("next year")
    page.locator("[name='s.citation']").first.select_option("source/annual-2023")
    page.locator("[name='l.citation']").first.fill("3-5")
    page.locator("#by").select_option("coder/a")
    page.get_by_role("button", name="Check and preview").click()

    page.get_by_role("alert").locator("a[href='#f-year']").click()  # from the summary to the field
    assert page.evaluate("document.activeElement.name") == "f.year"
    assert violations(page) == []
    assert page.locator("[name='f.year']").input_value() == "next year"  # nothing typed is lost
    assert name.get_by_label("Français").input_value() == "Nuit des lampes"
    assert page.locator("[name='f.ofPlan']").first.is_checked()
    assert page.locator("#by").input_value() == "coder/a"
    name.get_by_label("English").fill(LABEL)
    page.locator("[name='f.year']").fill("2024")
    page.get_by_role("button", name="Check and preview").click()

    assert '"2024"^^xsd:gYear' in str(page.locator("pre.code").text_content())
    assert violations(page) == []
    written = (copy.folder / "activities.ttl").read_text("utf-8")
    assert "Noche" not in written  # a preview writes nothing
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/entity/activity/2024/**")
    assert page.inner_text("h1") == LABEL
    assert "Noche de las lámparas" in (copy.folder / "activities.ttl").read_text("utf-8")
    page.goto(f"{copy.address}/es/search?q=lamparas")
    assert page.locator(".hits a").all_inner_texts() == ["Noche de las lámparas"]
    assert noted.complaints == []


def test_edited_activity_is_shown_at_once(page: Page, copy: Served) -> None:
    assert copy.folder is not None
    page.goto(f"{copy.address}/en/entity/activity/2022/annual-assembly")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("[name='f.label.en']").fill("Assembly on line")
    page.locator("#by").select_option("coder/b")
    page.get_by_role("button", name="Check and preview").click()
    page.get_by_role("button", name="Continue editing").click()  # and back again
    assert page.locator("[name='f.label.en']").input_value() == "Assembly on line"
    page.get_by_role("button", name="Check and preview").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/entity/activity/2022/annual-assembly?saved=1")
    assert page.inner_text("h1") == "Assembly on line"
    text = (copy.folder / "activities.ttl").read_text("utf-8")
    assert '"Assemblée de 2022"@fr' in text  # what was not touched stays
    assert "Assembly of 2022" not in text


def test_who_comes_second_sees_both_versions_and_writes_nothing(page: Page, copy: Served) -> None:
    assert copy.folder is not None
    file = copy.folder / "activities.ttl"
    page.goto(f"{copy.address}/en/edit/record?id=activity/2021/tide-school")
    page.locator("[name='f.label.en']").fill("School of Tides")
    page.locator("#by").select_option("coder/a")
    page.get_by_role("button", name="Check and preview").click()
    text = file.read_text("utf-8").replace('"Tide School"@en', '"Tidal School"@en')
    file.write_text(text, "utf-8")  # by another hand, meanwhile
    page.get_by_role("button", name="Save").click()
    shown = page.locator("main").inner_text()
    assert "Tide School" in shown  # as the form was opened
    assert "Tidal School" in shown  # as it is now
    assert page.locator("[name='f.label.en']").input_value() == "School of Tides"
    assert file.read_text("utf-8") == text
    assert violations(page) == []


def test_decision_takes_the_pair_off_the_list_and_fills_the_cell(page: Page, copy: Served) -> None:
    """Clean Docks training has Decent work; with dikes accepted it counts at Rising seas, too."""
    page.goto(f"{copy.address}/en/coverage")
    assert matrix_of(page)[0][1] == "2"  # Tide School, Clean Docks
    page.goto(f"{copy.address}/en/review/contested")
    assert page.locator("tbody tr").count() == 5
    page.get_by_role("link", name="Clean Docks training × Dikes").click()
    page.get_by_label("reason").fill("The dike is part of the course.")
    page.get_by_label("or a new name").fill("Élodie Board")
    page.get_by_role("button", name="Accept the claim").click()
    page.wait_for_url("**/review/pair?*done=1")
    assert "The decision is recorded." in page.inner_text("main")
    page.goto(f"{copy.address}/en/review/contested")
    assert page.locator("tbody tr").count() == 4
    assert page.get_by_role("link", name="Clean Docks training × Dikes").count() == 0
    page.goto(f"{copy.address}/en/coverage")
    assert matrix_of(page)[0][1] == "3"
    page.goto(f"{copy.address}/en/entity/activity/2023/clean-docks-training")
    assert "The dike is part of the course." in page.inner_text("main")
