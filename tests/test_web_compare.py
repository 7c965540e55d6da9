"""The page that compares an earlier plan: what became of its elements, by its successor's page."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from metrograph.plan import open_plan
from metrograph.web.app import application
from metrograph.web.site import Site
from tests.conftest import HARBOUR
from tests.explorer import NAME, client, links, words

SUCCESSOR = HARBOUR.parent / "harbour-2026"
EVENTS = ("kept", "renamed", "merged", "split", "dropped", "new")


@pytest.fixture(scope="module")
def later(cache: Path) -> Iterator[TestClient]:
    site = Site(SUCCESSOR, cache=cache, compared=(open_plan(HARBOUR, cache=cache),))
    with TestClient(application(site, frozenset({NAME})), follow_redirects=False) as asked:
        yield asked


def stated() -> Counter[str]:
    """Return how many elements the successor's page, written by hand, lists by event."""
    text = (SUCCESSOR / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!kind|-)(.*) \|$", text, re.MULTILINE)
    return Counter(row.split("|")[3].strip() for row in rows)


def test_it_counts_what_became_of_the_elements_and_lists_them(later: TestClient) -> None:
    page = later.get("/en/plan/compare").text
    assert "What changed since the “Harbour Cities plan 2022-2025”?" in words(page)
    counts = dict(re.findall(r'event=(\w+)"[^>]*><b>(\d+)</b>', page))
    by_hand = stated()
    assert {event: int(counts[event]) for event in EVENTS} == {e: by_hand[e] for e in EVENTS}
    for event in EVENTS:
        narrowed = later.get(f"/en/plan/compare.csv?event={event}").text.splitlines()
        assert len(narrowed) == by_hand[event] + 1, event
    assert later.get("/en/plan/compare?event=lost").status_code == 404
    assert later.get("/en/plan/compare?with=2").status_code == 404


def test_it_leads_to_this_plan_and_back(later: TestClient) -> None:
    for path in ("/", "/plan"):
        assert "/fr/plan/compare" in links(later.get(f"/fr{path}").text)
    leads = links(later.get("/fr/plan/compare").text)
    for link in sorted(set(leads)):
        if link.startswith("/fr/"):
            assert later.get(link).status_code == 200, link


def test_without_an_earlier_plan_there_is_nothing_to_compare(cache: Path) -> None:
    with client(HARBOUR, cache) as alone:
        assert "/en/plan/compare" not in links(alone.get("/en/plan").text)
        answer = alone.get("/en/plan/compare")
    assert answer.status_code == 404
    assert "Earlier plan not found" in words(answer.text)
