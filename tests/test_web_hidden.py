"""Checks that any field of a form may hold anything: the answer is a sentence, never a fault."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.conftest import HARBOUR, some
from tests.explorer import client, hidden

ODD = (
    "a b",
    "<x",
    "http://[",
    "http://a b/",
    "{",
    "mg:a b",
    "\x00",
    "é\n",
    "urn:x",
    "%zz",
    "x" * 3_000,
)
CHANGED = ("id", "kind", "seen", "by", "agent", "f.ofPlan", "f.citation", "f.year", "f.organizer")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[TestClient]:
    folder = shutil.copytree(HARBOUR, tmp_path_factory.mktemp("hidden") / "harbour")
    with client(folder, cache, edits=True) as found:
        yield found


@pytest.mark.parametrize("field", CHANGED)
def test_a_field_of_a_form_may_hold_anything(browser: TestClient, field: str) -> None:
    page = browser.get("/en/edit/record?id=activity/2023/clean-docks").text
    form = {name: hidden(page, name) for name in ("token", "kind", "id", "seen")}
    form |= {"f.label.en": "Night ferry", "f.year": "2024", "by": "coder/c"}
    for odd in some(ODD, 4, CHANGED.index(field)):
        for save in ({}, {"save": "1"}):
            answer = browser.post("/en/edit/record", data={**form, field: odd, **save})
            assert answer.status_code < 500, (field, odd)
            assert "unexpected" not in answer.text


@pytest.mark.parametrize(
    "path", ["/en/edit/record", "/en/review/pair", "/en/entity/", "/en/explore"]
)
def test_an_address_may_name_anything(browser: TestClient, path: str) -> None:
    for odd in ODD:
        for name in ("id", "kind", "activity", "category", "focus", "from", "to"):
            answer = browser.get(path, params={"kind": "Activity", name: odd})
            assert answer.status_code < 500, (path, name, odd)


def test_a_decision_may_name_anything(browser: TestClient) -> None:
    page = browser.get("/en/edit/record?id=activity/2023/clean-docks").text
    form = {
        "token": hidden(page, "token"), "accept": "1", "because": "So it is written.",
        "activity": "activity/2023/clean-docks", "category": "theme/port-heritage", "by": "coder/c",
    }  # fmt: skip
    for at, field in enumerate(("activity", "category", "by", "agent", "because")):
        for odd in some(ODD, 4, at):
            answer = browser.post("/en/review/decide", data={**form, field: odd})
            assert answer.status_code < 500, (field, odd)
            assert "unexpected" not in answer.text
