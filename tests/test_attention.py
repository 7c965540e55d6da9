"""What needs attention, on the overview: counted once, and no page of a large plan waits for it."""

import threading
from pathlib import Path

import pytest

from metrograph.errors import QueryError
from metrograph.web import attention
from metrograph.web.site import State
from tests.conftest import HARBOUR
from tests.explorer import client, words

COUNTING = "Gaps and contested claims are being counted."


def test_the_overview_of_a_large_plan_does_not_wait_for_counts(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The invented plan has five contested pairs; here, its activities make it a large plan."""
    may_count = threading.Event()
    count = attention._kept

    def slow(state: State) -> attention.Attention:
        may_count.wait(60)
        return count(state)

    monkeypatch.setattr(attention, "_kept", slow)
    monkeypatch.setattr(attention, "_WAITED_FOR", 0)
    with client(HARBOUR, cache) as asked:
        first = asked.get("/en/")
        assert COUNTING in words(first.text)
        assert first.headers["cache-control"] == "no-store"
        assert "contested claims" not in words(first.text).replace(COUNTING, "")
        may_count.set()
        monkeypatch.setattr(attention, "_MOMENT", 60)
        second = words(asked.get("/en/").text)
        assert "5 contested claims" in second
        assert COUNTING not in second


def test_what_was_counted_is_not_asked_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with client(HARBOUR, cache) as asked:
        counted = words(asked.get("/en/").text)
    monkeypatch.setattr(State, "gaps", lambda _: pytest.fail("asked again"))
    monkeypatch.setattr(attention, "count_open", lambda _: pytest.fail("asked again"))
    with client(HARBOUR, cache) as asked:
        assert words(asked.get("/en/").text) == counted
        assert "5 contested claims" in counted


def test_a_count_that_failed_is_tried_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a server that answers for the plan is away for a moment."""
    count = attention._kept

    def failing(_: State) -> attention.Attention:
        raise QueryError("The server is away.")

    with client(HARBOUR, cache) as asked:
        monkeypatch.setattr(attention, "_kept", failing)
        assert asked.get("/en/").status_code >= 400
        monkeypatch.setattr(attention, "_kept", count)
        assert "5 contested claims" in words(asked.get("/en/").text)
