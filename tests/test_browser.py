"""The explorer as people use it: every page in Chromium, in three languages and on two screens.

Without Chromium these tests are skipped: `apt-get install chromium` (Debian) brings it.
"""

import json
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
from tests.conftest import HARBOUR, Run

CHROMIUM = chromium()
pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is missing. Install it (Debian: apt-get install chromium) to test the pages.",
)
_CELL = "/coverage/activities?challenge=challenge/resilience&theme=theme/gender-equality"
_GAP = "/coverage/activities?challenge=challenge/urban-growth&theme=theme/economic-development"
_PAIR = "activity=activity/2023/avantia&category=result/2.2.7"
_PAIR_OF_HARBOUR = "activity=activity/2022/harbour-forum&category=challenge/rising-seas"
READ = {  # pages of the shipped plan, which is served for reading only
    "overview": "/",
    "coverage": "/coverage",
    "coverage-filtered": "/coverage?year=2023&line=line/1&basis=stated",
    "coverage-of-a-coder": "/coverage?claims=coder:a",
    "coverage-of-no-activity": "/coverage?year=2022",
    "cell": _CELL,
    "gap": _GAP,
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
    "edit-add-claim": "/edit/record?kind=AlignmentClaim",
    "edit-add-figure": "/edit/record?kind=Observation",
    "edit-activity": "/edit/record?id=activity/2023/storm-alert",
    "edit-decide": f"/review/pair?{_PAIR_OF_HARBOUR}",
    "edit-word": "/edit/enter",
    "other-overview": "/",
    "other-coverage": "/coverage",
    "other-plan": "/plan",
    "other-activity": "/entity/activity/2023/clean-docks",
    "other-around": "/explore?focus=activity/2023/clean-docks",
}
STATUS = {"sparql-wrong": 400, "not-found": 404, "edit-is-off": 403}
PAGES = [*READ, *EDIT]


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
    made = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]  # a dict of two numbers
    yield made
    made.close()


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


@pytest.mark.parametrize("name", PAGES)
def test_page_is_whole_in_each_language_on_each_screen(
    name: str, page: Page, shipped: Served, copy: Served
) -> None:
    noted, wrong = watched(page), []
    for lang in LANGUAGES:
        answer = page.goto(address(name, lang, shipped, copy))
        assert answer is not None
        assert answer.status == STATUS.get(name, 200), lang
        if page.get_attribute("html", "lang") != lang or not page.inner_text("h1").strip():
            wrong.append(f"{lang}: lang or heading")
        text = page.inner_text("body")
        wrong += [f"{lang}: {said}" for said in english(lang) if said in text]
        for size in (NARROW, WIDE):  # the tab is wide again for the next language
            page.set_viewport_size(size)  # type: ignore[arg-type]  # a dict of two numbers
            if found := overflow(page):
                wrong.append(f"{lang}: sideways {found}")
    home = (shipped.address + "/", copy.address + "/", "data:")
    wrong += [f"asks {one}" for one in noted.requests if not one.startswith(home)]
    assert wrong + noted.complaints == []


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on a page."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"][:3]]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible(name: str, page: Page, shipped: Served, copy: Served) -> None:
    page.goto(address(name, "en", shipped, copy))
    assert violations(page) == []


@pytest.mark.parametrize("name", ["overview", "coverage", "around", "plan", "edit-activity"])
def test_page_is_accessible_on_a_phone(
    name: str, page: Page, shipped: Served, copy: Served
) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a dict of two numbers
    page.goto(address(name, "fr", shipped, copy))
    assert violations(page) == []


def test_without_javascript_every_page_says_the_same(
    browser: Browser, page: Page, shipped: Served, copy: Served
) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain, differ = context.new_page(), []
    for name in PAGES:
        for tab in (page, plain):
            tab.goto(address(name, "en", shipped, copy))
        if name != "picture" and plain.inner_text("main") != page.inner_text("main"):
            differ.append(name)
    assert differ == []
    plain.goto(address("overview", "en", shipped, copy))
    assert plain.locator(".matrix td a").count() == 5 * 6  # 4 challenges, 5 themes, and totals
    plain.goto(address("around", "en", shipped, copy))
    assert plain.locator(".mindmap.wide svg a").count() > 5
    plain.goto(address("picture", "en", shipped, copy))
    assert plain.locator("noscript .warning").is_visible()
    plain.locator("main details summary").first.click()
    assert plain.locator("main details a").first.is_visible()
    context.close()
