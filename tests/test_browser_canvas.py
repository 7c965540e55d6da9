"""Five questions put to the canvas in Chromium, by mouse and by keyboard, in six actions at most.

Without Chromium these tests are skipped: `apt-get install chromium` (Debian) brings it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import WIDE, Served, browsing, chromium, overflow, serving, watched
from tests.conftest import HARBOUR

CHROMIUM = chromium()
pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is missing. Install it (Debian: apt-get install chromium) to test the pages.",
)
MOST = 6  # actions from the first page of the explorer
DOCKS, FORUM = "Clean Docks", "Harbour Forum"
GAP = "intersection/port-transition/port-heritage"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing(CHROMIUM or "") as running:
        yield running


@pytest.fixture(scope="module")
def served(cache: Path) -> Iterator[Served]:
    assert cache.is_dir()
    with serving(HARBOUR) as running:
        yield running


@dataclass
class Person:
    """Somebody at the canvas, with a mouse or a keyboard alone; `actions` are counted."""

    page: Page
    has_mouse: bool
    actions: int = 0

    def act(self, selector: str) -> None:
        """Press a link, a button or a box, and wait for what comes of it."""
        element = self.page.locator(selector).first
        self.actions += 1
        with self.page.expect_response(lambda response: response.ok):
            if self.has_mouse:
                element.click()
            else:
                element.focus()
                assert element.evaluate("(element) => element === document.activeElement")
                self.page.keyboard.press("Enter")
        self.settle()

    def point(self, name: str, shift: bool = False) -> None:
        """Click a record in the diagram, with Shift to select it; by keyboard in the list."""
        if not self.has_mouse:
            self.act(f'#beside button[value="{"pick" if shift else "open"}:{name}"]')
            return
        self.actions += 1
        spot: dict[str, Any] = self.page.evaluate(
            f"drawing.network.canvasToDOM(drawing.network.getPosition({json.dumps(name)}))"
        )
        place = self.page.locator("#canvas")
        place.scroll_into_view_if_needed()
        with self.page.expect_response(lambda response: response.ok):
            place.click(
                position={"x": spot["x"], "y": spot["y"]}, modifiers=["Shift"] if shift else []
            )
        self.settle()

    def write(self, selector: str, words: str) -> None:
        """Write into a field and send it."""
        self.actions += 1
        self.page.locator(selector).fill(words)
        with self.page.expect_response(lambda response: response.ok):
            self.page.keyboard.press("Enter")
        self.settle()

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list."""
        self.actions += 1
        with self.page.expect_response(lambda response: response.ok):
            self.page.locator(selector).select_option(value)
        self.settle()

    def settle(self) -> None:
        """Wait until the canvas shows the state in the address."""
        self.page.locator("html[data-drawn=yes]").wait_for(state="attached")

    def beside(self) -> str:
        """Return what stands beside the canvas about the selection, in one line."""
        sections = self.page.locator("#beside section").all_inner_texts()
        return " ".join(" ".join(sections).split())


@pytest.fixture(params=["mouse", "keyboard"])
def person(request: pytest.FixtureRequest, browser: Browser, served: Served) -> Iterator[Person]:
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    noted = watched(page)
    page.goto(f"{served.address}/en/")
    somebody = Person(page, request.param == "mouse")
    somebody.act("nav.main a[href$='/explore']")
    yield somebody
    assert somebody.actions <= MOST
    assert overflow(page) == ""
    assert noted.complaints == []
    context.close()


def test_which_activities_join_two_themes(person: Person) -> None:
    person.point("theme/clean-water", shift=True)
    person.point("theme/decent-work", shift=True)
    assert f"Clean water – {DOCKS} – Decent work" in person.beside()
    assert person.page.locator("#beside ol li").count() == 1


def test_what_links_a_city_to_a_challenge(person: Person) -> None:
    person.write("#find", "Puerto Niebla")
    person.point("challenge/port-transition", shift=True)
    for activity in (DOCKS, FORUM):
        assert f"Puerto Niebla – {activity} – Port transition" in person.beside()


def test_what_only_one_coder_claims(person: Person) -> None:
    person.act("a[data-tab=evidence]")
    if not person.page.locator("#filters[open]").count():
        person.page.locator("#filters summary").click()  # counted with the choice below
        person.actions += 1
    person.choose("#coder", "coder/a")
    person.act("button[value='hide:standing:agreed']")
    labels = set(
        person.page.evaluate(
            "drawing.scene.nodes.filter((n) => n.kind === 'AlignmentClaim').map((n) => n.id)"
        )
    )
    contested = {
        "claim/a/harbour-forum/challenge/rising-seas",
        "claim/a/harbour-forum/outcome/1.2",
    }
    assert contested < labels
    assert not any(name.startswith(("claim/b/", "claim/a/tide-school")) for name in labels)


def test_what_a_partners_leaving_would_cut_off(person: Person) -> None:
    person.act("a[data-tab=people]")
    person.point("organization/tidal-institute")
    person.act("button[value='leave:organization/tidal-institute']")
    text = person.beside()
    assert "Intersections that would become gaps (3)" in text
    assert "Rising seas × Clean water" in text


def test_what_surrounds_a_gap(person: Person) -> None:
    person.point(GAP)
    text = person.beside()
    assert "Port transition" in text
    assert "Port heritage" in text
    assert person.page.locator("#beside section a[href*='/coverage/activities']").count() == 1


def test_the_state_is_a_link_that_looks_the_same_and_can_be_undone(person: Person) -> None:
    page = person.page
    before = page.evaluate("JSON.stringify(drawing.network.getPositions())")
    person.point("theme/clean-water")
    after, address = page.evaluate("JSON.stringify(drawing.network.getPositions())"), page.url
    assert "opened=theme%2Fclean-water" in address
    page.locator("#undo").click()
    page.locator("#undo[disabled]").wait_for()  # there is nothing more to undo
    person.settle()
    assert page.url.endswith("/explore")
    assert page.evaluate("JSON.stringify(drawing.network.getPositions())") == before
    page.goto(address)
    person.settle()
    assert page.evaluate("JSON.stringify(drawing.network.getPositions())") == after


def test_a_picture_leaves_the_canvas(person: Person) -> None:
    with person.page.expect_download() as download:
        person.page.locator("#png").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
