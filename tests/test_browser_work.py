"""People at work in the browser, without Turtle: an officer with her list, and a plan from nothing.

Without Chromium these tests are skipped: `apt-get install chromium` (Debian) brings it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from metrograph.editing.forms import kinds, values
from metrograph.plan import open_plan
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


def drag(page: Page, name: str, onto: str) -> None:
    """Drag a record of an order by its handle onto another."""
    rows = page.locator("ol.order li")
    handle = rows.filter(has_text=name).locator(".grip").bounding_box()
    place = rows.filter(has_text=onto).bounding_box()
    assert handle
    assert place
    page.mouse.move(handle["x"] + 4, handle["y"] + 4)
    page.mouse.down()
    page.mouse.move(place["x"] + 40, place["y"] + place["height"] / 2, steps=3)
    page.mouse.up()


def order(page: Page) -> list[str]:
    """Return the names of an order, without their handles and buttons."""
    texts = page.locator("ol.order li").all_inner_texts()
    return [text.replace("⠿", "").partition("↑")[0].strip() for text in texts]


def pick(page: Page, field: str, name: str) -> None:
    """Type a name in a pick-list and choose what it offers first."""
    page.locator(f"#{field}").fill(name)
    page.locator(f"#{field}").press("Enter")


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
                pick(page, "f-place", "Lyon")  # not in the list: it offers to add it
                page.locator("[name='x.place.country']").select_option("country/fra")
                page.locator("details.more-fields summary").click()
                pick(page, "f-partner", "Ville de Lyon")
            page.locator("#by").select_option("coder/a")
            save(page)
            ids.append(page.url.partition("/entity/")[2].partition("?")[0])
        page.goto(f"{copy.address}/fr/entity/{ids[0]}")
        assert page.get_by_role("link", name="Lyon", exact=True).count()
        assert page.get_by_role("link", name="Ville de Lyon").count()
        for name, (_, theme, challenge) in zip(ids, OWN, strict=True):
            page.goto(f"{copy.address}/fr/edit/record?kind=Coding&codedActivity={name}")
            assert height(page) <= SCREENS
            pick(page, "f-codedBy", "codeur B")
            address(page, theme, challenge)
            page.locator("#by").select_option("coder/b")
            save(page)
        page.goto(copy.address + gap)
        titles = page.locator("article.activity h2").all_inner_texts()
        assert sorted(titles) == ["Nuit des quais", "École des grues"]
        assert noted.complaints == []


def test_records_are_moved_by_dragging_and_by_buttons_and_no_form_is_tall(
    page: Page, cache: Path, tmp_path: Path
) -> None:
    assert cache.is_dir()
    folder = shutil.copytree(HARBOUR, tmp_path / "harbour")
    with serving(folder, "--edit") as copy:
        noted = watched(page)
        page.goto(f"{copy.address}/fr/edit/move?id=theme/clean-water")
        assert order(page) == ["Eau propre", "Travail décent", "Patrimoine portuaire"]
        drag(page, "Eau propre", "Patrimoine portuaire")  # nobody is named yet: nothing is sent
        assert order(page)[0] == "Eau propre"
        pick(page, "by", "arbitre C")
        drag(page, "Eau propre", "Patrimoine portuaire")
        page.wait_for_url("**moved=1")
        assert order(page) == ["Travail décent", "Patrimoine portuaire", "Eau propre"]
        drag(page, "Patrimoine portuaire", "Travail décent")  # another one, upwards
        page.wait_for_url("**port-heritage**moved=1")
        assert order(page) == ["Patrimoine portuaire", "Travail décent", "Eau propre"]
        page.get_by_role("button", name="Descendre").click()
        page.locator("ol.order li:nth-child(2)[aria-current]").wait_for()
        page.goto(f"{copy.address}/fr/coverage")
        heads = page.locator("table.matrix thead th").all_inner_texts()
        assert heads[1:4] == ["Travail décent", "Patrimoine portuaire", "Eau propre"]
        assert "coder/c" in values(open_plan(folder), "theme/clean-water")["recordedBy"]
        page.goto(f"{copy.address}/fr/edit/move?id=goal/2")  # an element of the plan
        drag(page, order(page)[1], order(page)[0])
        page.wait_for_url("**goal**moved=1")
        assert values(open_plan(folder), "outcome/2.10")["notation"] == ("1.10",)
        tall = {}
        for kind in sorted(kinds()):
            page.goto(f"{copy.address}/fr/edit/record?kind={kind}")
            assert page.locator("form.record").count() == 1
            tall[kind] = height(page)
        assert {kind: screens for kind, screens in tall.items() if screens > SCREENS} == {}
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
        pick(page, "f-codedBy", "Ben")
        page.locator("[name=agent]").fill("Ben")
        save(page)
        page.goto(f"{copy.address}/fr/coverage")
        assert matrix_of(page)[0][0] == "1", activity
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            assert overflow(page) == ""
