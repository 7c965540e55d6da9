"""Checks of who may write where a token is asked for: guesses wait, and sessions end."""

import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from metrograph.web.sessions import SESSION, Guesses
from tests.conftest import HARBOUR
from tests.explorer import client, hidden, words

TOKEN = "a long word that is a token"  # noqa: S105  of a test
HOUR = 3600
FORM = {"kind": "Activity", "f.label.en": "A text that took long to write", "check": "1"}


class Clock:
    """A clock that goes when told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asked(tmp_path: Path, cache: Path, clock: Clock) -> Iterator[TestClient]:
    """Give an explorer that asks for a token, with clocks of ours."""
    folder = Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))
    with client(folder, cache, edits=True, token=TOKEN) as found:
        state = found.app.state  # type: ignore[attr-defined]  # Starlette has it
        state.sessions.clock = clock
        state.guesses.clock = clock
        yield found


def sign_in(asked: TestClient) -> str:
    """Return the cookie of a new session."""
    answer = asked.post("/en/edit/enter", data={"word": TOKEN})
    assert answer.status_code == 303
    return answer.cookies[f"{SESSION}_http"]


def may_write(asked: TestClient) -> bool:
    return bool(asked.get("/en/edit").status_code == 200)


# ---------------------------------------------------------------- guesses


def test_guesses_wait_longer_each_time_and_nobody_else_waits(clock: Clock) -> None:
    guesses = Guesses(clock)

    def guess(client_: str = "192.0.2.1", right: bool = False) -> tuple[bool, int]:
        return guesses.allows(client_, lambda: right)

    assert [guess(), guess(), guess()] == [(False, 0), (False, 0), (False, 1)]
    for wait in (1, 2, 4, 8):
        clock.now += wait - 0.5
        assert guess(right=True) == (False, 1)  # the right one, too, is not looked at
        clock.now += 0.5
        assert guess() == (False, wait * 2)
    assert guess("192.0.2.2", right=True) == (True, 0)
    for _ in range(20):
        clock.now += 901
        assert guess()[1] <= 900
    clock.now += 900
    assert guess(right=True) == (True, 0)
    assert guess() == (False, 0)  # begun again


def test_a_client_that_rests_an_hour_begins_again(clock: Clock) -> None:
    guesses = Guesses(clock)
    for _ in range(6):
        guesses.allows("a", lambda: False)
        clock.now += 100
    clock.now += HOUR
    assert guesses.allows("a", lambda: False) == (False, 0)


def test_guesses_of_many_clients_take_little_memory(clock: Clock) -> None:
    guesses = Guesses(clock)
    for number in range(12_000):
        guesses.allows(str(number), lambda: False)
    assert len(guesses._wrong) == 10_000


def test_a_guess_is_logged_and_then_refused_for_a_time(
    asked: TestClient, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        told = asked.post("/en/edit/enter", data={"word": "a guess"})
    assert told.status_code == 429
    assert told.headers["retry-after"] == "1"
    assert told.headers["content-security-policy"]
    assert "Try again in" in words(told.text)
    lines = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
    assert len(lines) == 3
    assert all("testclient" in line and "a guess" not in line for line in lines)
    assert asked.post("/en/edit/enter", data={"word": TOKEN}).status_code == 429
    assert asked.get("/en/coverage").status_code == 200  # who only reads waits for nothing
    clock.now += 1
    sign_in(asked)
    assert may_write(asked)


# ---------------------------------------------------------------- sessions


def test_a_session_ends_after_twelve_hours(asked: TestClient, clock: Clock) -> None:
    sign_in(asked)
    clock.now += 12 * HOUR - 1
    assert may_write(asked)
    clock.now += 1
    assert not may_write(asked)
    assert asked.get("/en/edit").headers["location"].startswith("/en/edit/enter")


def test_the_time_in_a_cookie_cannot_be_changed(asked: TestClient, clock: Clock) -> None:
    cookie = sign_in(asked)
    clock.now += 13 * HOUR
    name, began, seal = cookie.split(".")
    for made in (f"{name}.{int(clock.now)}.{seal}", f"{name}..{seal}", f"{name}.x.{seal}",
                 f"{name}.{seal}", f"{name}.{began}.", ".", "..", "a.b.c.d"):  # fmt: skip
        asked.cookies.clear()
        asked.cookies.set(f"{SESSION}_http", made)
        assert not may_write(asked), made


def test_who_signs_out_can_write_no_more(asked: TestClient) -> None:
    cookie = sign_in(asked)
    page = asked.get("/en/edit").text
    assert "Sign out" in words(page)
    assert "Se déconnecter" in words(asked.get("/fr/edit").text)
    assert "Cerrar sesión" in words(asked.get("/es/edit").text)
    form = re.search(r'<form method="post" action="/en/edit/leave".*?</form>', page, re.DOTALL)
    assert form
    answer = asked.post("/en/edit/leave", data={"token": hidden(form[0], "token")})
    assert answer.headers["location"] == "/en/"
    assert not may_write(asked)
    asked.cookies.clear()
    asked.cookies.set(f"{SESSION}_http", cookie)  # kept by someone
    assert not may_write(asked)
    assert asked.post("/en/edit/record", data=FORM).status_code in (303, 403)
    asked.cookies.clear()
    sign_in(asked)  # and who signs in again may
    assert may_write(asked)


def test_no_other_page_can_sign_a_person_out(asked: TestClient) -> None:
    sign_in(asked)
    for token in ("", "0" * 64):
        assert asked.post("/en/edit/leave", data={"token": token}).status_code == 403
    elsewhere = {"Origin": "https://evil.example"}
    assert asked.post("/en/edit/leave", headers=elsewhere).status_code == 403
    assert asked.get("/en/edit/leave").status_code == 405
    assert may_write(asked)


def test_pages_that_others_see_too_have_no_form_of_a_session(asked: TestClient) -> None:
    sign_in(asked)
    assert "/edit/leave" not in asked.get("/en/").text


def test_nothing_typed_is_lost_when_a_session_ends(asked: TestClient, clock: Clock) -> None:
    sign_in(asked)
    token = hidden(asked.get("/en/edit/record?kind=Activity").text, "token")
    clock.now += 12 * HOUR
    for more in ({}, {"save": "1"}):
        told = asked.post("/en/edit/record", data={**FORM, **more, "token": token})
        assert told.status_code == 403
        assert FORM["f.label.en"] in told.text
        assert "sign in in another tab" in words(told.text)
        assert "set-cookie" not in told.headers  # who is signed out gets no session by this
    assert not may_write(asked)
    sign_in(asked)
    old = asked.post("/en/edit/record", data={**FORM, "token": hidden(told.text, "token")})
    again = {**FORM, "token": hidden(re.sub(r"(?s)^.*<main", "", old.text), "token")}
    assert asked.post("/en/edit/record", data=again).status_code == 422  # only its gaps are wrong


def test_the_reason_of_a_decision_is_kept_when_a_session_ends(
    asked: TestClient, clock: Clock
) -> None:
    pair = {"activity": "activity/2022/harbour-forum", "category": "outcome/1.2"}
    sign_in(asked)
    token = hidden(asked.get("/en/review/pair", params=pair).text, "token")
    sent = {**pair, "because": "A reason & its <proof>", "agent": "Élodie", "reject": "1"}
    clock.now += 12 * HOUR
    told = asked.post("/en/review/decide", data={**sent, "token": token})
    assert told.status_code == 403
    assert "A reason &amp; its &lt;proof&gt;</textarea>" in told.text
    assert 'value="Élodie"' in told.text
    assert "sign in in another tab" in words(told.text)
    assert "set-cookie" not in told.headers
    sign_in(asked)
    old = asked.post("/en/review/decide", data={**sent, "token": hidden(told.text, "token")})
    assert old.status_code == 403
    assert "A reason &amp; its &lt;proof&gt;</textarea>" in old.text
    form = re.sub(r"(?s)^.*<main", "", old.text)
    again = {**sent, "token": hidden(form, "token"), "seen": hidden(form, "seen")}
    answer = asked.post("/en/review/decide", data=again)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("done=1")


def test_without_a_token_a_form_asks_for_nothing_more(cache: Path, clock: Clock) -> None:
    with client(HARBOUR, cache, edits=True) as found:
        found.app.state.sessions.clock = clock  # type: ignore[attr-defined]  # as above
        page = found.get("/en/edit/record?kind=Activity").text
        assert "Sign out" not in words(page)
        sent = {**FORM, "token": hidden(page, "token")}
        assert found.post("/en/edit/record", data=sent).status_code == 422
        clock.now += 12 * HOUR
        old = found.post("/en/edit/record", data=sent)
        assert old.status_code == 403
        assert FORM["f.label.en"] in old.text
        assert (
            found.post(
                "/en/edit/record", data={**sent, "token": hidden(old.text, "token")}
            ).status_code
            == 422
        )
