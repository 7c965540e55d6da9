"""People at work in the browser, without Turtle: an officer with her list, and a plan from nothing.

Without Chromium these tests are skipped: `apt-get install chromium` (Debian) brings it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import NARROW, WIDE, browsing, chromium, matrix_of, overflow, serving, watched
from tests.conftest import HARBOUR, Run

CHROMIUM = chromium()
pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is missing. Install it (Debian: apt-get install chromium) to test the pages.",
)
SCREENS = 2  # that a form may take at most
REPORT = "source/annual-2023"
OWN = (  # her list: the title, and the theme and the challenge that it addresses
    ("Nuit des quais", "theme/port-heritage", "challenge/port-transition"),
    ("École des grues", "theme/port-heritage", "challenge/port-transition"),
    ("Marché flottant", "theme/decent-work", "challenge/port-transition"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing(CHROMIUM or "") as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE)
    yield context.new_page()
    context.close()


def height(page: Page) -> float:
    """Return how many screens a page is high."""
    screens: float = page.evaluate("document.documentElement.scrollHeight / innerHeight")
    return screens


def pick(page: Page, field: str, name: str) -> None:
    """Type a name in a pick-list and choose what it offers first."""
    page.locator(f"#f-{field}").fill(name)
    page.locator(f"#f-{field}").press("Enter")


def save(page: Page) -> None:
    """Check a form in words, without Turtle on the page, and save it."""
    page.locator("button[name=check]").click()
    assert not page.locator("pre.code").is_visible()
    page.locator("button[name=save]").click()
    page.locator("p.done").first.wait_for()


def address(page: Page, theme: str, challenge: str) -> None:
    """Choose what an activity addresses."""
    page.locator(f"input[value='{theme}']").check()
    page.locator(f"input[value='{challenge}']").check()
    page.locator("#c-reason").fill("Le rapport le dit.")


def test_an_officer_enters_her_list_a_second_coder_codes_it_and_a_gap_closes(
    page: Page, cache: Path, tmp_path: Path
) -> None:
    assert cache.is_dir()
    folder = shutil.copytree(HARBOUR, tmp_path / "harbour")
    with serving(folder, "--edit") as copy:
        noted = watched(page)
        gap = (
            "/fr/coverage/activities?challenge=challenge/port-transition&theme=theme/port-heritage"
        )
        page.goto(copy.address + gap)
        assert page.locator("article.activity").count() == 0
        ids = []
        for title, theme, challenge in OWN:
            page.goto(f"{copy.address}/fr/edit/record?kind=Activity")
            assert height(page) <= SCREENS
            page.locator("[name='f.label.fr']").fill(title)
            page.locator("[name='f.year']").fill("2023")
            page.locator("[name='s.citation']").first.select_option(REPORT)
            page.locator("[name='l.citation']").first.fill("14-16")
            address(page, theme, challenge)
            if title == "Nuit des quais":
                pick(page, "place", "Lyon")  # not in the list: it offers to add it
                page.locator("[name='x.place.country']").select_option("country/fra")
                page.locator("details.more-fields summary").click()
                pick(page, "partner", "Ville de Lyon")
            page.locator("#by").select_option("coder/a")
            save(page)
            ids.append(page.url.partition("/entity/")[2].partition("?")[0])
        page.goto(f"{copy.address}/fr/entity/{ids[0]}")
        assert page.get_by_role("link", name="Lyon", exact=True).count()
        assert page.get_by_role("link", name="Ville de Lyon").count()
        for name, (_, theme, challenge) in zip(ids, OWN, strict=True):
            page.goto(f"{copy.address}/fr/edit/record?kind=Coding&codedActivity={name}")
            assert height(page) <= SCREENS
            pick(page, "codedBy", "codeur B")
            address(page, theme, challenge)
            page.locator("#by").select_option("coder/b")
            save(page)
        page.goto(copy.address + gap)
        titles = page.locator("article.activity h2").all_inner_texts()
        assert sorted(titles) == ["Nuit des quais", "École des grues"]
        assert noted.complaints == []


def test_an_empty_plan_has_an_activity_in_its_matrix_in_a_few_steps(
    page: Page, cache: Path, tmp_path: Path, run: Run
) -> None:
    assert cache.is_dir()
    folder = tmp_path / "ville"
    assert run("new", folder, "--empty", "--lang", "fr,en").returncode == 0
    steps = 0
    with serving(folder, "--edit") as copy:
        page.goto(f"{copy.address}/fr/")
        source = page.locator("[name='s.citation']").first
        for kind, names in (("VisionTheme", ("Santé", "Nature")), ("Challenge", ("Eau", "Air"))):
            for name in names:
                page.goto(f"{copy.address}/fr/coverage")
                page.locator(f".begin a[href*='kind={kind}']").click()
                assert height(page) <= SCREENS
                page.locator("[name='f.label.fr']").fill(name)
                source.select_option("source/report")
                page.locator("[name='l.citation']").first.fill("1")
                page.locator("[name=agent]").fill("Ana")
                save(page)
                steps += 7  # a link, four fields, check and save
        assert steps == 28
        page.goto(f"{copy.address}/fr/coverage")
        page.locator(".begin a[href*='kind=Activity']").click()
        page.locator("[name='f.label.fr']").fill("Fête de l'eau")
        page.locator("[name='f.year']").fill("2026")
        source.select_option("source/report")
        page.locator("[name='l.citation']").first.fill("1")
        address(page, "theme/sante", "challenge/eau")
        page.locator("#by").select_option("coder/ana")
        save(page)
        activity = page.url.partition("/entity/")[2].partition("?")[0]
        page.locator("p.done a[href*='kind=Coding']").click()
        address(page, "theme/sante", "challenge/eau")
        pick(page, "codedBy", "Ben")
        page.locator("[name=agent]").fill("Ben")
        save(page)
        page.goto(f"{copy.address}/fr/coverage")
        assert matrix_of(page)[0][0] == "1", activity
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            assert overflow(page) == ""
