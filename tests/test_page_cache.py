"""What is kept of pages, and what is not: by address, by size, and for whom."""

import ast
import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from metrograph.web import page_cache
from metrograph.web.page_cache import PageCache
from metrograph.web.parameters import canonical, parameters
from tests.catalogue import modules
from tests.conftest import HARBOUR
from tests.explorer import LANGUAGES, client, links, words

START: Message = {"type": "http.response.start", "status": 200, "headers": []}


@dataclass(frozen=True)
class FakePlan:
    """As much of a plan as the cache looks at."""

    digest: str


class Counting:
    """An application that counts what it makes: a page that says its address."""

    def __init__(self, size: int = 0, status: int = 200, headers: Any = ()) -> None:
        self.made: list[str] = []
        self.size, self.status, self.headers = size, status, list(headers)
        self.may_end: asyncio.Event | None = None

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        address = f"{scope['path']}?{scope['query_string'].decode()}"
        self.made.append(address)
        if self.may_end:
            await self.may_end.wait()
        await send({**START, "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": address.encode() + b"x" * self.size})


def scope_of(address: str, digest: str = "1", method: str = "GET", notice: str = "") -> Scope:
    path, _, query = address.partition("?")
    state = {"plan": FakePlan(digest), "notice": notice}
    return {"type": "http", "method": method, "path": path, "query_string": query.encode(),
            "headers": [], "state": state}  # fmt: skip


async def asked(cache: PageCache, scope: Scope) -> bytes:
    """Return the body of the answer to a request."""
    body = b""

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        nonlocal body
        body += message.get("body", b"")

    await cache(scope, receive, send)
    return body


def cached(app: Counting, **more: Any) -> PageCache:
    return PageCache(app, LANGUAGES, **more)


def test_what_a_page_does_not_read_makes_no_page_and_no_entry() -> None:
    app = Counting()
    cache = cached(app)
    for address in (
        "/en/coverage?year=2023",
        "/en/coverage?year=2023&utm=x",
        "/en/coverage?x=1&year=2023",
        "/en/coverage?year=2022&year=2023",
        "/en/coverage?line=&year=2023&basis=",
        "/en/coverage?year=%32023",
        f"/en/coverage?year=2023&junk={'j' * 5_000}",
        "/en/coverage?year=2023&" + "&".join(f"n{one}={one}" for one in range(1_000)),
    ):
        assert asyncio.run(asked(cache, scope_of(address))) == b"/en/coverage?year=2023"
    assert len(cache.pages) == len(app.made) == 1


def test_each_page_reads_its_own_parameters_and_files_as_their_pages() -> None:
    assert canonical(b"kinds=b&kinds=a&kinds=a&depth=7&open=yes", ("depth", "open", "kinds")) == (
        b"open=1&kinds=a&kinds=b"
    )
    assert canonical(b"page=007", ("page",)) == b"page=7"
    assert canonical("page=²".encode(), ("page",)) == b""
    assert canonical(b"q=" + b"a" * 300, ("q",)) == b"q=" + b"a" * 200
    assert parameters("/questions/activities-of-theme") == parameters(
        "/questions/activities-of-theme.csv"
    )
    assert "theme" in (parameters("/questions/activities-of-theme") or ())
    assert parameters("/review/gaps") == ("type", "line", "challenge", "theme")
    assert parameters("/review/contested") == ()
    for path in ("/edit", "/edit/record", "/review/pair", "/nowhere", "/questions/a/b"):
        assert not parameters(path), path


@given(st.lists(st.tuples(st.sampled_from(["year", "line", "x", ""]), st.text(max_size=5))))
def test_an_address_in_its_own_form_stays_as_it_is(asked_for: list[tuple[str, str]]) -> None:
    query = urlencode(asked_for).encode()
    names = ("year", "line")
    assert canonical(canonical(query, names), names) == canonical(query, names)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_is_made_once_and_a_head_has_no_body(method: str) -> None:
    app = Counting()
    cache = cached(app)
    first = asyncio.run(asked(cache, scope_of("/en/plan", method=method)))
    again = asyncio.run(asked(cache, scope_of("/en/plan", method="GET")))
    assert (first, again) == (b"" if method == "HEAD" else b"/en/plan?", b"/en/plan?")
    assert len(app.made) == 1


def test_many_who_ask_at_once_get_the_page_that_is_made_once() -> None:
    async def run() -> list[bytes]:
        app = Counting()
        app.may_end = asyncio.Event()
        cache = cached(app)
        asking = [asyncio.create_task(asked(cache, scope_of("/en/plan"))) for _ in range(20)]
        await asyncio.sleep(0)
        asking[0].cancel()  # who asked first goes away
        await asyncio.sleep(0)
        app.may_end.set()
        found = await asyncio.gather(*asking[1:])
        assert len(app.made) == 1
        assert not cache.making
        return found

    assert asyncio.run(run()) == [b"/en/plan?"] * 19


def test_pages_of_another_state_or_notice_are_dropped() -> None:
    app = Counting()
    cache = cached(app)
    for number in range(50):
        asyncio.run(asked(cache, scope_of("/en/plan", digest=str(number))))
    assert len(app.made) == 50
    assert len(cache.pages) == 1
    asyncio.run(asked(cache, scope_of("/en/plan", digest="49", notice="being read")))
    assert len(app.made) == 51


def test_memory_is_counted_with_addresses_and_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "KEPT_BYTES", 100_000)
    app = Counting(size=10)
    cache = cached(app)
    for number in range(400):  # small pages with long addresses
        asyncio.run(asked(cache, scope_of(f"/en/search?q={number}&{'x' * 900}")))
        asyncio.run(asked(cache, scope_of(f"/en/entity/{number}{'y' * 900}")))
    held = sum(
        len(path) + len(query) + sum(len(one.get("body", b"")) for one in messages)
        for (path, query), messages in cache.pages.items()
    )
    assert 0 < held <= cache.bytes <= 100_000
    monkeypatch.setattr(page_cache, "KEPT_PAGES", 7)
    asyncio.run(asked(cache, scope_of("/en/plan")))
    assert len(cache.pages) == 7


def test_a_page_that_is_made_twice_is_counted_once() -> None:
    cache = cached(Counting())
    for _ in range(100):
        cache.keep(("/en/", b""), [START, {"type": "http.response.body", "body": b"x" * 1_000_000}])
    assert 1_000_000 <= cache.bytes < 1_010_000
    assert len(cache.pages) == 1


@pytest.mark.parametrize(
    ("app", "address"),
    [
        (Counting(status=404), "/en/entity/none"),
        (Counting(headers=[(b"cache-control", b"no-store")]), "/en/plan"),
        (Counting(size=5_000_000), "/en/plan"),
        (Counting(), "/en/questions/sparql?query=" + "x" * 6_000),
        (Counting(), "/en/edit/record?kind=Activity"),
        (Counting(), "/data/theme/x.ttl"),
    ],
)
def test_what_is_secret_wrong_or_large_is_not_kept(app: Counting, address: str) -> None:
    cache = cached(app)
    for _ in range(2):
        asyncio.run(asked(cache, scope_of(address)))
    assert not cache.pages
    assert cache.bytes == 0
    assert len(app.made) == 2


def test_a_page_for_one_session_is_neither_kept_nor_taken_from_what_is_kept() -> None:
    app = Counting()
    cache = cached(app, is_personal=lambda scope: scope["state"].get("whose") == "mine")
    asyncio.run(asked(cache, scope_of("/en/plan")))
    mine = scope_of("/en/plan")
    mine["state"]["whose"] = "mine"
    asyncio.run(asked(cache, mine))
    asyncio.run(asked(cache, scope_of("/en/plan")))
    assert len(app.made) == 2
    assert len(cache.pages) == 1


@pytest.fixture(scope="module")
def reading(cache: Path) -> Iterator[TestClient]:
    with client(HARBOUR, cache) as found:
        yield found


def test_what_is_too_long_for_any_page_is_refused_in_the_reader_s_language(
    reading: TestClient,
) -> None:
    for path in (
        f"entity/{'x' * 2_000}",
        f"explore?focus={'x' * 2_000}",
        f"coverage?year={'1' * 2_000}",
    ):
        told = reading.get(f"/fr/{path}")
        assert told.status_code == 414
        assert "Cette adresse est trop longue" in words(told.text)
        assert len(told.content) < 20_000


def test_no_page_links_to_a_parameter_that_its_page_does_not_read(reading: TestClient) -> None:
    # else the page would be shown without what was asked for
    seen: set[str] = set()
    waiting = ["/en/"]
    checked = 0
    while waiting and len(seen) < 60:
        address = waiting.pop(0)
        path, _, query = address.partition("?")
        kind = (
            path.split("/")[2:4],
            tuple(sorted(one.partition("=")[0] for one in query.split("&"))),
        )
        if str(kind) in seen or not path.startswith("/en/"):
            continue
        seen.add(str(kind))
        names = parameters(path.removeprefix("/en"))
        if names is not None and query:
            checked += 1
            assert {one.partition("=")[0] for one in query.split("&")} <= set(names), address
        waiting += [one.partition("#")[0] for one in links(reading.get(address).text)]
    assert checked >= 5


def test_no_two_modules_keep_different_things_of_a_state_under_one_key() -> None:
    """Else a page would get what another made, in the order in which people happen to open them."""
    keys: dict[str, list[str]] = {}
    for path, module in modules():
        for call in ast.walk(module):
            if not (isinstance(call, ast.Call) and ast.unparse(call.func).endswith("state.known")):
                continue
            key = call.args[0].elts[0] if isinstance(call.args[0], ast.Tuple) else call.args[0]
            if isinstance(key, ast.Constant):
                keys.setdefault(str(key.value), []).append(f"{path.name}:{call.lineno}")
    assert {"categories", "kinds"} <= keys.keys()
    assert {key: places for key, places in keys.items() if len(places) > 1} == {}
