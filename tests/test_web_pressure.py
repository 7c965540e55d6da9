"""Heavy pages, saves that wait, clients that go away: what others see, and what they learn."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from filelock import FileLock
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from metrograph.network import plotting
from metrograph.plan import open_plan
from metrograph.store.writing import LOCK
from metrograph.web import decisions, edit, explore, saving
from metrograph.web.outcomes import Outcomes, Stage
from metrograph.web.pools import Pool
from tests.explorer import NAME, client, hidden, words
from tests.test_web_edit import DOCKS, NEW, fields_of, opened

PAIR = {"activity": "activity/2022/harbour-forum", "category": "outcome/1.2"}


@pytest.fixture
def browser(harbour_copy: Path, cache: Path) -> Iterator[TestClient]:
    with client(harbour_copy, cache, edits=True) as found:
        yield found


@pytest.fixture
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let saves give up at once where another process holds the folder."""
    for module in (decisions, edit, saving):
        monkeypatch.setattr(module, "LOCK_SECONDS", 0.05)


# ---------------------------------------------------------------- heavy pages


def test_a_drawing_is_made_once_and_again_only_when_it_would_differ(
    browser: TestClient, harbour_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def counted(name: str) -> None:
        make = getattr(explore, name)

        def counting(*args: Any) -> Any:
            drawn.append(name)
            return make(*args)

        monkeypatch.setattr(explore, name, counting)

    for name in ("data", "html", "central", "communities"):
        counted(name)
    paths = ["/en/explore/picture.json", "/en/explore/drawing.html", "/en/explore/centre"]
    with ThreadPoolExecutor(9) as threads:
        first = [one.text for one in threads.map(browser.get, paths * 3)]
    assert sorted(drawn) == ["central", "communities", "data", "html"]
    # a figure is no part of the network
    figure = str(open_plan(harbour_copy).rows("figures")[0]["observation"])
    form = fields_of(browser.get(f"/en/edit/record?id={figure}").text)
    form |= {"f.value": ["4321"], "by": ["coder/c"], "save": ["1"]}
    saved = browser.post("/en/edit/record", data=form)
    assert saved.status_code == 303, words(saved.text)
    assert "4321" in browser.get(f"/data/{figure}.ttl").text
    assert [browser.get(path).text for path in paths[:2]] == first[:2]
    assert browser.get(paths[2]).status_code == 200
    assert sorted(drawn) == ["central", "communities", "data", "html"]
    # a name is
    form = fields_of(browser.get(f"/en/edit/record?id={DOCKS}").text)
    form |= {"f.label.en": ["Tidy Docks"], "by": ["coder/c"], "save": ["1"]}
    assert browser.post("/en/edit/record", data=form).status_code == 303
    assert "Tidy Docks" in browser.get(paths[0]).text
    assert drawn[4:] == ["data"]


def test_beyond_a_limit_heavy_pages_are_put_off_and_others_are_not(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.get("/en/explore/path")
    browser.app.state.drawing = Pool(threads=1, waiting=0)  # type: ignore[attr-defined]  # Starlette
    may_end, has_begun = threading.Event(), threading.Event()

    def slow(*_: Any) -> dict[str, Any]:
        has_begun.set()
        may_end.wait(60)
        return {}

    monkeypatch.setattr(explore, "data", slow)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(browser.get, "/en/explore/picture.json")
        has_begun.wait(60)
        for lang, sentence in (
            ("en", "Many people are requesting this page right now."),
            ("fr", "Beaucoup de personnes demandent cette page en ce moment."),
            ("es", "Muchas personas están pidiendo esta página en este momento."),
        ):
            told = browser.get(f"/{lang}/explore/picture")
            assert told.status_code == 503
            assert int(told.headers["retry-after"]) > 0
            assert sentence in words(told.text)
        assert browser.get("/en/plan").status_code == 200
        may_end.set()
        assert waiting.result().status_code == 200
    assert browser.get("/fr/explore/picture").status_code == 200


def test_what_lies_around_a_record_does_not_wait_for_drawings_of_all(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = f"/explore?focus={DOCKS}"
    may_end, begun = threading.Event(), threading.Barrier(3)
    draw = plotting.data

    def slow(*args: Any) -> Any:
        begun.wait(60)
        may_end.wait(60)
        return draw(*args)

    monkeypatch.setattr(explore, "data", slow)
    with ThreadPoolExecutor(3) as threads:
        drawings = [
            threads.submit(browser.get, f"/{lang}/explore/picture.json") for lang in ("en", "fr")
        ]
        try:
            begun.wait(60)  # each thread for drawings has one
            shown = threads.submit(browser.get, f"/en{near}").result(60)
            kept = browser.get(f"/en/explore/drawing.html?focus={DOCKS}")
        finally:
            may_end.set()
        assert shown.status_code == kept.status_code == 200
        assert [one.result().status_code for one in drawings] == [200, 200]


def test_a_pool_takes_as_many_as_it_has_threads_and_places_to_wait() -> None:
    may_end = threading.Event()

    async def run() -> list[object]:
        pool = Pool(threads=2, waiting=3)
        asking = [asyncio.create_task(pool.run(may_end.wait, 60)) for _ in range(9)]
        await asyncio.sleep(0)
        may_end.set()
        found = await asyncio.gather(*asking, return_exceptions=True)
        assert await pool.run(lambda: "again") == "again"  # all places are free
        return list(found)

    found = asyncio.run(run())
    assert found[:5] == [True] * 5
    assert [type(one) for one in found[5:]] == [HTTPException] * 4


# ---------------------------------------------------------------- a folder that another holds


@pytest.mark.usefixtures("short_wait")
def test_a_save_into_a_folder_that_is_held_says_so_and_keeps_what_was_typed(
    browser: TestClient, harbour_copy: Path
) -> None:
    form = {**opened(browser, "kind=Activity"), **NEW, "save": "1"}
    page = browser.get("/en/review/pair", params=PAIR).text
    verdict = {
        **PAIR,
        "by": "coder/c",
        "accept": "1",
        "because": "The minutes say so.",
        **{name: hidden(page, name) for name in ("token", "seen", "once")},
    }
    before = {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")}
    with FileLock(harbour_copy / LOCK):
        for lang, sentence in (
            ("en", "Another program is changing the plan's files."),
            ("fr", "Un autre programme modifie les fichiers du plan."),
            ("es", "Otro programa está modificando los archivos del plan."),
        ):
            told = browser.post(f"/{lang}/edit/record", data=form)
            assert told.status_code == 422
            assert sentence in words(told.text)
            assert 'value="Night ferry"' in told.text
            told = browser.post(f"/{lang}/review/decide", data=verdict)
            assert told.status_code == 422
            assert sentence in words(told.text)
            assert "The minutes say so." in told.text
        assert browser.get("/en/plan").status_code == 200
    assert {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")} == before
    assert browser.post("/en/edit/record", data=form).status_code == 303
    assert browser.post("/en/review/decide", data=verdict).status_code == 303


def test_a_save_beyond_the_limit_is_put_off_with_what_was_typed(browser: TestClient) -> None:
    form = {**opened(browser, "kind=Activity"), **NEW, "save": "1"}
    browser.app.state.saving = Pool(threads=0, waiting=0)  # type: ignore[attr-defined]  # Starlette
    told = browser.post("/en/edit/record", data=form)
    assert told.status_code == 503
    assert int(told.headers["retry-after"]) > 0
    assert "Many people are saving right now. Nothing was saved" in words(told.text)
    assert 'value="Night ferry"' in told.text
    browser.app.state.saving = Pool(threads=1, waiting=0)  # type: ignore[attr-defined]  # Starlette
    assert browser.post("/en/edit/record", data=form).status_code == 303


# ---------------------------------------------------------------- who went away while saving


def sent_and_gone(browser: TestClient, path: str, form: dict[str, str]) -> None:
    """Send a form and close the connection before the answer comes."""
    body = urlencode(form).encode()
    cookie = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)
    messages: list[Message] = [
        {"type": "http.request", "body": body, "more_body": False},
        {"type": "http.disconnect"},
    ]
    headers = {"host": NAME, "cookie": cookie, "content-length": str(len(body)),
               "content-type": "application/x-www-form-urlencoded"}  # fmt: skip
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "client": ("127.0.0.1", 1),
        "server": (NAME, 80),
        "state": {},
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> Message:
        return messages.pop(0) if len(messages) > 1 else messages[0]

    async def send(_: Message) -> None:
        return

    assert browser.portal is not None
    browser.portal.call(browser.app, scope, receive, send)


def test_who_went_away_while_saving_reads_once_that_it_was_saved(
    browser: TestClient, cache: Path, harbour_copy: Path
) -> None:
    browser.get("/en/plan")  # kept, for everyone
    form = {**opened(browser, "kind=Activity"), **NEW, "save": "1"}
    form["once"] = hidden(browser.get("/en/edit/record?kind=Activity").text, "once")
    sent_and_gone(browser, "/en/edit/record", form)
    assert open_plan(harbour_copy).label("activity/2024/night-ferry") == "Night ferry"
    with client(harbour_copy, cache, edits=True) as stranger:
        assert "Your last change" not in words(stranger.get("/en/plan").text)
    told = browser.get("/fr/plan")
    assert "Votre dernière modification a été enregistrée\u00a0: Bac de nuit" in told.text.replace(
        '<a href="/fr/entity/activity/2024/night-ferry">', ""
    )
    assert told.headers["cache-control"] == "no-store"
    for path in ("/fr/plan", "/en/plan", "/en/edit"):
        assert "Your last change" not in words(browser.get(path).text)
        assert "Votre dernière" not in words(browser.get(path).text)
    # who sends the same form again is led to what it wrote
    again = browser.post("/en/edit/record", data=form)
    assert again.headers["location"] == "/en/entity/activity/2024/night-ferry?saved=1"


@pytest.mark.usefixtures("short_wait")
def test_who_went_away_while_saving_reads_why_it_was_not_saved(
    browser: TestClient, harbour_copy: Path
) -> None:
    form = {**opened(browser, "kind=Activity"), **NEW, "save": "1"}
    with FileLock(harbour_copy / LOCK):
        sent_and_gone(browser, "/en/edit/record", form)
    page = words(browser.get("/en/plan").text)
    assert "Your last change was not saved: Night ferry." in page
    assert "Another program was changing the plan's files." in page
    assert "Your last change" not in words(browser.get("/en/plan").text)


def test_who_reads_the_answer_of_a_save_is_not_told_again(browser: TestClient) -> None:
    form = {**opened(browser, "kind=Activity"), **NEW, "save": "1"}
    saved = browser.post("/en/edit/record", data=form)
    page = words(browser.get(saved.headers["location"]).text)
    assert "Saved." in page
    assert "Your last change" not in page
    assert "Your last change" not in words(browser.get("/en/plan").text)
    wrong = browser.post("/en/edit/record", data={**form, "f.year": "soon"})
    assert wrong.status_code == 422
    assert "Your last change" not in words(browser.get("/en/plan").text)


def test_an_outcome_is_of_its_session_and_shown_once_it_is_known() -> None:
    outcomes = Outcomes()
    outcomes.begin("form-1", "ann", "activity/x")
    assert outcomes.is_waiting("ann")
    assert not outcomes.is_waiting("bob")
    assert [one.stage for one in outcomes.take("ann")] == [Stage.RUNNING]
    assert outcomes.is_waiting("ann")  # what became of it is not known yet
    assert outcomes.take("ann", but="form-1") == []
    outcomes.save("form-1", "ann", "activity/x-2")
    outcomes.fail("form-1", "sent twice, and the second came too late")
    assert outcomes.written("form-1") == "activity/x-2"
    assert [(one.stage, one.name) for one in outcomes.take("ann")] == [
        (Stage.SAVED, "activity/x-2")
    ]
    assert outcomes.take("ann") == []
    outcomes.begin("form-2", "ann", "activity/y")
    outcomes.fail("form-2", None)  # the answer has said it
    assert not outcomes.is_waiting("ann")
    for number in range(2_000):
        outcomes.save(f"form-of-many-{number}", "bob", "activity/z")
    assert len(outcomes.take("bob")) == 500
