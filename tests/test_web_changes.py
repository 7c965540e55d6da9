"""Files that change under a running explorer: what the next page shows, what an open form says."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from metrograph.plan import Plan, open_plan
from metrograph.web import site as sites
from metrograph.web.site import Site
from metrograph.web.stamps import Stamp, stamp
from tests.explorer import client, hidden, words
from tests.test_web_edit import DOCKS, NEW, fields_of, opened

PAGE = f"/en/entity/{DOCKS}"
PAIR = {"activity": "activity/2022/harbour-forum", "category": "outcome/1.2"}


@pytest.fixture
def browser(harbour_copy: Path, cache: Path) -> Iterator[TestClient]:
    with client(harbour_copy, cache, edits=True) as found:
        yield found


def site_of(browser: TestClient) -> Site:
    found: Site = browser.app.state.site  # type: ignore[attr-defined]  # it is a Starlette
    return found


def file_of(folder: Path, name: str) -> Path:
    """Return the file of a plan in which a record begins."""
    return next(
        path for path in folder.glob("*.ttl") if f"\n<{name}> a " in path.read_text("utf-8")
    )


def rename(folder: Path, old: str, new: str) -> Path:
    """Change the English label of the Clean Docks, as an editor would; return the file."""
    path = file_of(folder, DOCKS)
    text = path.read_text("utf-8")
    assert f'"{old}"@en' in text
    path.write_text(text.replace(f'"{old}"@en', f'"{new}"@en'), "utf-8")
    return path


# ---------------------------------------------------------------- the next page


def test_the_next_page_shows_what_an_editor_changed(
    browser: TestClient, harbour_copy: Path
) -> None:
    assert "Clean Docks" in words(browser.get(PAGE).text)
    rename(harbour_copy, "Clean Docks", "Tidy Docks")
    for path in (PAGE, "/en/search?q=tidy", "/en/coverage/activities"):
        page = browser.get(path).text
        assert "Tidy Docks" in page, path
        assert ">Clean Docks<" not in page, path
    assert "Tidy Docks" in browser.get(f"/data/{DOCKS}.ttl").text


def test_a_change_of_the_same_size_at_the_same_time_shows(
    browser: TestClient, harbour_copy: Path
) -> None:
    path = file_of(harbour_copy, DOCKS)
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    for old, new in (("Clean Docks", "Clear Docks"), ("Clear Docks", "Clean Ducks")):
        rename(harbour_copy, old, new)
        os.utime(path, ns=times)
        assert new in words(browser.get(PAGE).text)


def test_what_one_server_saves_the_other_shows(
    browser: TestClient, harbour_copy: Path, cache: Path
) -> None:
    with client(harbour_copy, cache, edits=True) as other:
        assert "Night ferry" not in words(other.get("/en/search?q=ferry").text)
        form = {**opened(browser, "kind=Activity"), **NEW, "save": "1"}
        assert browser.post("/en/edit/record", data=form).status_code == 303
        assert "Night ferry" in words(other.get("/en/search?q=ferry").text)
        # and it can save in its turn: nobody was first for ever
        again = {**as_sent(other, "activity/2024/night-ferry"), "f.label.en": "Late ferry"}
        again["save"] = "1"
        assert other.post("/en/edit/record", data=again).status_code == 303
        page = words(browser.get("/en/search?q=ferry").text)
        assert "Late ferry" in page, page


def test_a_file_that_is_half_written_is_named_and_the_state_before_stays(
    browser: TestClient, harbour_copy: Path
) -> None:
    browser.get(PAGE)
    path = file_of(harbour_copy, DOCKS)
    whole = path.read_text("utf-8")
    head, _, _ = whole.partition(f"<{DOCKS}> a ")
    path.write_text(f"{head}<{DOCKS}> a mg:Activity ;\n    rdfs:label ", "utf-8")
    line = head.count("\n") + 2
    told = {
        "en": "The plan's files have changed, but cannot be read as they are now.",
        "fr": "Les fichiers du plan ont changé, mais ne peuvent pas être lus",
        "es": "Los archivos del plan han cambiado, pero no se pueden leer tal como están ahora.",
    }
    whys = {"en": "not valid Turtle", "fr": "Turtle non valide", "es": "Turtle no válido"}
    for lang, sentence in told.items():
        answer = browser.get(f"/{lang}/entity/{DOCKS}")
        page = words(answer.text)
        assert answer.status_code == 200
        assert sentence in page
        assert f"{path.name}:{line}: {whys[lang]}" in page
        assert str(harbour_copy) not in answer.text
    path.write_text(whole.replace('"Clean Docks"@en', '"Tidy Docks"@en'), "utf-8")
    page = words(browser.get(PAGE).text)
    assert "Tidy Docks" in page
    assert told["en"] not in page


def test_a_form_that_is_sent_while_a_file_is_half_written_keeps_what_was_typed(
    browser: TestClient, harbour_copy: Path
) -> None:
    form = {**opened(browser, "kind=Activity"), **NEW, "save": "1"}
    path = file_of(harbour_copy, DOCKS)
    whole = path.read_text("utf-8")
    path.write_text(whole[:-40] + '"', "utf-8")
    told = browser.post("/en/edit/record", data=form)
    assert told.status_code == 422
    assert path.name in words(told.text)
    assert str(harbour_copy) not in told.text
    assert 'value="Night ferry"' in told.text
    path.write_text(whole, "utf-8")
    assert browser.post("/en/edit/record", data=form).status_code == 303


def test_many_requests_after_a_change_read_the_files_once(
    browser: TestClient, harbour_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.get(PAGE)
    rename(harbour_copy, "Clean Docks", "Tidy Docks")
    read: list[str] = []

    def counted(*args: Any, **more: Any) -> Plan:
        read.append("read")
        return open_plan(*args, **more)

    monkeypatch.setattr(sites, "open_plan", counted)
    paths = [PAGE, "/fr/", "/es/plan", f"/data/{DOCKS}.ttl"] * 5
    with ThreadPoolExecutor(8) as threads:
        assert {one.status_code for one in threads.map(browser.get, paths)} == {200}
    assert read == ["read"]


def test_while_files_are_read_pages_show_the_state_before(
    browser: TestClient, harbour_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.get(PAGE)
    site_of(browser).patience = 0.0
    may_go_on = threading.Event()

    def slow(*args: Any, **more: Any) -> Plan:
        may_go_on.wait(60)
        return open_plan(*args, **more)

    monkeypatch.setattr(sites, "open_plan", slow)
    rename(harbour_copy, "Clean Docks", "Tidy Docks")
    page = words(browser.get(PAGE).text)
    assert "Clean Docks" in page
    assert "are being read. This page shows the plan as it was before" in page
    assert browser.get("/static/explorer.css").status_code == 200
    may_go_on.set()
    site_of(browser).patience = 60.0
    page = words(browser.get(PAGE).text)
    assert "Tidy Docks" in page
    assert "being read" not in page


# ---------------------------------------------------------------- a form that was opened before


def as_sent(browser: TestClient, name: str) -> dict[str, Any]:
    """Return all fields of the form of a record, hidden ones too."""
    return {**fields_of(browser.get(f"/en/edit/record?id={name}").text), "by": "coder/c"}


def test_a_form_opened_before_says_which_fields_changed_and_keeps_what_was_entered(
    browser: TestClient, harbour_copy: Path
) -> None:
    form = as_sent(browser, DOCKS)
    assert form["f.label.en"] == ["Clean Docks"]
    form["f.label.en"] = ["My Docks"]  # changed by both
    form["f.label.fr"] = ["Mes quais"]  # changed here alone
    path = file_of(harbour_copy, DOCKS)
    text = path.read_text("utf-8")
    start = text.index(f"<{DOCKS}> a ")
    block, rest = text[start:].split("\n\n", 1)
    was = form["f.description.en"][0]
    block = block.replace('"Clean Docks"@en', '"Their Docks"@en').replace(was, "Theirs, all of it")
    path.write_text(text[:start] + block + "\n\n" + rest, "utf-8")  # the description by them alone
    told = browser.post("/en/edit/record", data={**form, "save": "1"})
    page = words(told.text)
    assert told.status_code == 409
    assert "This record has changed since you opened it" in page
    assert "name (en) Clean Docks Their Docks My Docks" in page
    assert f"(en) {was} Theirs, all of it You had not changed it: the new value" in page
    assert 'value="My Docks"' in told.text
    assert 'value="Mes quais"' in told.text
    assert "My Docks" not in path.read_text("utf-8")
    again = {**fields_of(told.text), "by": "coder/c", "save": "1"}
    assert browser.post("/en/edit/record", data=again).status_code == 303
    plan = open_plan(harbour_copy)
    assert plan.label(DOCKS) == "My Docks"
    written = path.read_text("utf-8")
    assert "Mes quais" in written
    assert "Theirs, all of it" in written


def test_a_form_of_a_record_that_was_removed_can_add_it_again(
    browser: TestClient, harbour_copy: Path
) -> None:
    form = {**opened(browser, "kind=Activity"), **NEW, "save": "1"}
    browser.post("/en/edit/record", data=form)
    mine = as_sent(browser, "activity/2024/night-ferry")
    mine["f.label.en"] = ["Late ferry"]
    path = file_of(harbour_copy, "activity/2024/night-ferry")
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("<activity/2024/night-ferry>")], "utf-8")
    told = browser.post("/en/edit/record", data={**mine, "save": "1"})
    assert told.status_code == 409
    assert "This record has been removed since you opened it." in words(told.text)
    assert 'value="Late ferry"' in told.text
    assert hidden(told.text, "id") == ""


def test_a_decision_on_what_changed_meanwhile_is_asked_again(
    browser: TestClient, harbour_copy: Path, cache: Path
) -> None:
    page = browser.get("/en/review/pair", params=PAIR).text
    form = {
        **PAIR,
        "by": "coder/c",
        "accept": "1",
        "because": "The minutes say so.",
        **{name: hidden(page, name) for name in ("token", "seen", "once")},
    }
    with client(harbour_copy, cache, edits=True) as other:
        page = other.get("/en/review/pair", params=PAIR).text
        theirs = {
            **form,
            "because": "The harbour says no.",
            **{name: hidden(page, name) for name in ("token", "seen", "once")},
        }
        assert other.post("/en/review/decide", data=theirs).status_code == 303
    before = {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")}
    told = browser.post("/en/review/decide", data=form)
    page = words(told.text)
    assert told.status_code == 409
    assert "The claims or decisions have changed since you opened this page." in page
    assert page.count("The harbour says no.") == 2  # in the history, and among what changed
    assert "The minutes say so." in page  # what was entered
    assert {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")} == before


# ---------------------------------------------------------------- how changes are seen


def test_files_that_are_younger_than_a_clock_is_coarse_are_looked_into(
    harbour_copy: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(harbour_copy, DOCKS)
    changed = max(path.stat().st_mtime_ns, path.stat().st_ctime_ns)
    assert not stamp(harbour_copy, changed + 1_000_000_000).settled
    assert stamp(harbour_copy, changed + 3_600_000_000_000).settled
    site = Site(harbour_copy, cache=cache)
    for settled, label in ((True, "Clean Docks"), (False, "Tidy Docks")):
        # as if the file system gave the change the time of the file before
        seen = Stamp((), settled)
        monkeypatch.setattr(sites, "stamp", lambda *_, seen=seen: seen)
        assert site.current().plan().label(DOCKS) == "Clean Docks"
        rename(harbour_copy, "Clean Docks", "Tidy Docks")
        assert site.current().plan().label(DOCKS) == label
        rename(harbour_copy, "Tidy Docks", "Clean Docks")


def test_a_file_that_is_wrong_is_read_once_until_it_changes(
    harbour_copy: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(harbour_copy, cache=cache)
    site.current()
    path = file_of(harbour_copy, DOCKS)
    whole = path.read_text("utf-8")
    read: list[str] = []

    def counted(*args: Any, **more: Any) -> Plan:
        read.append("read")
        return open_plan(*args, **more)

    monkeypatch.setattr(sites, "open_plan", counted)
    path.write_text(whole + "<x> <y> ;", "utf-8")
    for _ in range(5):
        assert site.current().plan().label(DOCKS) == "Clean Docks"
        assert f"{path.name}:" in str(site.problem)
    assert read == ["read"]
    path.write_text(whole, "utf-8")
    site.current()
    assert site.problem is None


def test_a_folder_that_cannot_be_looked_into_for_a_while_is_no_end(
    harbour_copy: Path, cache: Path
) -> None:
    site = Site(harbour_copy, cache=cache)
    site.current()
    away = harbour_copy.rename(harbour_copy.with_name("away"))
    assert site.current().plan().label(DOCKS) == "Clean Docks"
    assert "folder not found" in str(site.problem)
    assert str(harbour_copy.parent) not in str(site.problem)
    away.rename(harbour_copy)
    site.current()
    assert site.problem is None


def test_a_fault_of_the_program_while_files_are_read_keeps_the_state_before(
    harbour_copy: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(harbour_copy, cache=cache)
    site.current()

    def broken(*_: Any, **__: Any) -> Plan:
        raise ZeroDivisionError

    monkeypatch.setattr(sites, "open_plan", broken)
    rename(harbour_copy, "Clean Docks", "Tidy Docks")
    assert site.current().plan().label(DOCKS) == "Clean Docks"
    assert "ZeroDivisionError" in str(site.problem)


def test_who_goes_back_changes_a_form_and_sends_it_again_is_not_taken_for_the_first(
    browser: TestClient,
) -> None:
    form = as_sent(browser, DOCKS)
    mine = {**form, "f.label.en": ["My Docks"], "save": "1"}
    assert browser.post("/en/edit/record", data=mine).status_code == 303
    assert browser.post("/en/edit/record", data=mine).status_code == 303  # a second click
    told = browser.post("/en/edit/record", data={**mine, "f.label.en": ["Our Docks"]})
    assert told.status_code == 409
    assert "name (en) Clean Docks My Docks Our Docks" in words(told.text)
    assert 'value="Our Docks"' in told.text
