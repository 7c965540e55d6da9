"""Requests that no browser sends, each answered as HTTP says: methods, paths, headers, faults."""

import logging
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from metrograph.errors import CacheError, InputError
from metrograph.plan import Plan
from metrograph.web.security import HEADERS
from metrograph.web.site import Site
from tests.conftest import HARBOUR
from tests.explorer import client

ASKS = {"Origin": "https://reader.example", "Access-Control-Request-Method": "GET"}


@pytest.fixture(scope="module")
def reading(cache: Any) -> Iterator[TestClient]:
    with client(HARBOUR, cache) as found:
        yield found


@pytest.fixture(scope="module")
def sharing(cache: Any) -> Iterator[TestClient]:
    with client(HARBOUR, cache, shares=True) as found:
        yield found


def is_guarded(answer: Any) -> bool:
    """Return whether an answer has all security headers, each once."""
    return all(answer.headers.get_list(name) == [value] for name, value in HEADERS.items())


# ---------------------------------------------------------------- methods


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", "GET, HEAD, OPTIONS"),
        ("/coverage", "GET, HEAD, OPTIONS"),
        ("/en/", "GET, HEAD, OPTIONS"),
        ("/fr/coverage.csv", "GET, HEAD, OPTIONS"),
        ("/es/entity/theme/clean-water", "GET, HEAD, OPTIONS"),
        ("/en/edit/record", "GET, HEAD, POST, OPTIONS"),  # two routes, one address
        ("/en/review/decide", "GET, HEAD, POST, OPTIONS"),  # a part of the review, and a form
        ("/sparql", "GET, HEAD, POST, OPTIONS"),
        ("/graphs", "GET, HEAD, OPTIONS"),
        ("/dump.nq", "GET, HEAD, OPTIONS"),
        ("/catalog", "GET, HEAD, OPTIONS"),
        ("/id/theme/clean-water", "GET, HEAD, OPTIONS"),
        ("/data/theme/clean-water.ttl", "GET, HEAD, OPTIONS"),
        ("/static/explorer.css", "GET, HEAD, OPTIONS"),
        ("/vendor/vis-network.js", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_method_that_an_address_does_not_take_gets_the_list_of_those_it_takes(
    reading: TestClient, path: str, allowed: str
) -> None:
    for method in ("DELETE", "PUT", "PATCH", "TRACE", "PROPFIND"):
        answer = reading.request(method, path)
        assert answer.status_code == 405
        assert answer.headers["allow"] == allowed
        assert is_guarded(answer)
    told = reading.options(path)
    assert told.status_code == 204
    assert told.headers["allow"] == allowed
    assert is_guarded(told)


def test_every_route_refuses_an_unknown_method_with_allow(reading: TestClient) -> None:
    def paths(routes: Any, start: str = "") -> Iterator[str]:
        for route in routes:
            if isinstance(route, Mount):
                yield from paths(route.routes, start + route.path.replace("{lang:language}", "en"))
            elif isinstance(route, Route):
                plain = route.path.replace("{name:path}", "x").replace("{rest:path}", "")
                yield start + plain.replace("{form}", "csv").replace("{part}", "gaps")

    every = list(paths(reading.app.routes))  # type: ignore[attr-defined]  # Starlette has them
    assert len(every) > 40
    for path in every:
        answer = reading.request("BREW", path.replace("{name}", "themes"))
        assert answer.status_code == 405, path
        assert re.match("GET, HEAD, |POST, OPTIONS$", answer.headers["allow"]), path


def test_an_address_that_leads_nowhere_takes_no_method(reading: TestClient) -> None:
    for method in ("OPTIONS", "GET", "DELETE"):
        answer = reading.request(method, "/nowhere")
        assert answer.status_code == 404
        assert "allow" not in answer.headers


@pytest.mark.parametrize(
    ("path", "methods"),
    [("/sparql", "GET, HEAD, POST, OPTIONS"), ("/graphs", "GET, HEAD, OPTIONS"),
     ("/dump.nt", "GET, HEAD, OPTIONS"), ("/data/theme/clean-water.ttl", "GET, HEAD, OPTIONS"),
     ("/.well-known/void", "GET, HEAD, OPTIONS"), ("/context.jsonld", "GET, HEAD, OPTIONS")],
)  # fmt: skip
def test_a_preflight_is_answered_as_share_says(
    reading: TestClient, sharing: TestClient, path: str, methods: str
) -> None:
    answer = sharing.options(path, headers=ASKS)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == methods
    assert "If-None-Match" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in answer.headers
    alone = reading.options(path, headers=ASKS)
    assert alone.status_code == 204
    assert not [name for name in alone.headers if name.startswith("access-control")]


def test_a_preflight_of_a_page_allows_nothing(sharing: TestClient) -> None:
    for path in ("/en/", "/en/edit/record", "/static/explorer.css"):
        answer = sharing.options(path, headers=ASKS)
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("more", ["", "&query=ASK%7B%7D"])
def test_an_update_by_get_is_refused_in_a_sentence(reading: TestClient, more: str) -> None:
    for method in ("GET", "HEAD"):
        answer = reading.request(method, f"/sparql?update=DROP%20ALL{more}")
        assert answer.status_code == 400
        assert is_guarded(answer)
    assert "edit its files" in reading.get(f"/sparql?update=DROP%20ALL{more}").text


# ---------------------------------------------------------------- paths


ODD = ("%0A", "%0D", "%00", "%09", "%1B%5B31m", "%7F", "%C2%85", "%E2%80%A8", "%FF", "%C3%28",
       "%ED%A0%80", "%0D%0ASet-Cookie:x=1")  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_a_path_with_what_is_no_text_leads_nowhere(reading: TestClient, odd: str) -> None:
    for start in (
        "/", "/en/", "/sparql", "/graphs", "/en/entity/x", "/id/theme/clean-water", "/coverage",
        "/static/explorer.css", "/en/review/gaps", "/data/x.ttl",
    ):  # fmt: skip
        for path in (start + odd, f"/{odd}{start}"):
            answer = reading.get(path)
            assert answer.status_code == 404, path
            assert is_guarded(answer), path
            assert "set-cookie" not in answer.headers
            assert reading.options(path).status_code == 404


def test_a_path_with_letters_of_all_alphabets_is_looked_up(reading: TestClient) -> None:
    answer = reading.get("/en/entity/thème/水")
    assert answer.status_code == 404
    assert "thème/水" in answer.text


# ---------------------------------------------------------------- faults


def failing(error: Exception) -> Callable[..., Any]:
    def fail(*_: object) -> Any:
        raise error

    return fail


@pytest.mark.parametrize(
    "error",
    [ValueError("x"), InputError("/srv/plans/mine/plan.ttl:3: not valid Turtle"), KeyError("y"),
     OSError(24, "Too many open files", "/srv/plans/mine"), RecursionError(), MemoryError(),
     CacheError("/srv/cache/0a1b: cannot be opened")],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", ["/en/coverage", "/fr/", "/graphs", "/dump.nt", "/sparql?query=ASK%7B%7D", "/catalog",
             "/id/theme/clean-water", "/data/theme/clean-water.json"],
)  # fmt: skip
def test_a_fault_is_answered_safely_and_logged_once(
    reading: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    path: str,
    error: Exception,
) -> None:
    monkeypatch.setattr(Site, "plan", failing(error))
    monkeypatch.setattr(Site, "state", property(failing(error)))
    answer = reading.get(path)
    assert answer.status_code == 500
    assert is_guarded(answer)
    assert "/srv" not in answer.text
    assert len(answer.text.splitlines()) == 1
    records = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert len(records) == 1
    assert records[0].exc_info
    assert records[0].exc_info[1] is error


def test_a_plan_is_still_asked_for_by_those_pages(reading: TestClient, harbour: Plan) -> None:
    assert reading.get("/en/coverage").status_code == 200  # what the test above breaks
    assert harbour.digest in reading.get("/en/").text


# ---------------------------------------------------------------- /sparql names no place


QUERIES = (
    "", "SELECT", "SELECT ?x WHERE { ?x @ }", "DROP ALL", "ASK { SERVICE <file:///x> {} }",
    "LOAD <file:///etc/passwd>", "SELECT * FROM <file:///nowhere/x> WHERE { ?a ?b ?c }",
    "SELECT * { ?a ?b ?c FILTER regex(str(?a), '(') }", "ASK { GRAPH <nowhere> { } }",
    "BASE <file:///a/> SELECT <b> { }", "PREFIX x: <\\u0000> ASK {}", "# " + "x" * 20_000,
    "SELECT (1/0 AS ?x) (<no such function>(1) AS ?y) {}", "DESCRIBE <file:///etc/passwd>",
    "SELECT" + "(" * 3_000 + "1", "SELECT * { { SELECT * { ?a ?b ?c } LIMIT -1 } }",
)  # fmt: skip


def names_no_place(answer: Any, *places: Path) -> bool:
    """Return whether neither these places, nor where the program and its files lie, are named."""
    said = answer.text + str(answer.headers)
    own = Path(__file__).parents[1]
    every = [*places, HARBOUR, own, Path(sys.prefix), Path.home(), Path(tempfile.gettempdir())]
    return not [place for place in every if f"{place}/" in f"{said}/"]


@pytest.fixture
def lonely(tmp_path: Path, harbour: Plan) -> Iterator[tuple[TestClient, Path]]:
    """Give an explorer whose store is in a folder of its own, and that folder."""
    assert harbour.built.path
    entry = tmp_path / "cache" / harbour.digest
    shutil.copytree(harbour.built.path.parent, entry)
    with client(HARBOUR, tmp_path / "cache") as found:
        found.get("/en/")
        yield found, entry / "store"


def test_no_query_makes_the_endpoint_name_a_place(reading: TestClient) -> None:
    for query in QUERIES:
        for accept in ("text/csv", "text/turtle", "application/json", "image/png"):
            answer = reading.get("/sparql", params={"query": query}, headers={"Accept": accept})
            assert names_no_place(answer), query
            assert is_guarded(answer)
        assert names_no_place(reading.get("/en/questions/sparql", params={"query": query})), query


def remove_tables(store: Path) -> None:
    for path in store.glob("*.sst"):
        path.unlink()


def fill_tables(store: Path) -> None:
    for path in store.glob("*.sst"):
        data = path.read_bytes()
        path.write_bytes(data[:40] + bytes(255 - byte for byte in data[40:90]) + data[90:])


def make_a_file(store: Path) -> None:
    shutil.rmtree(store)
    store.write_text("not a folder")


def lose_current(store: Path) -> None:
    (store / "CURRENT").write_text("nonsense")


@pytest.mark.parametrize(
    "damage", [remove_tables, fill_tables, make_a_file, lose_current, shutil.rmtree]
)
def test_a_damaged_store_makes_the_endpoint_name_no_place(
    lonely: tuple[TestClient, Path],
    damage: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    explorer, store = lonely
    damage(store)
    for path in ("/sparql", "/en/questions/sparql"):
        answer = explorer.get(path, params={"query": "SELECT * { ?a ?b ?c }"})
        assert answer.status_code == 500
        assert names_no_place(answer, store)
        assert is_guarded(answer)
    assert len([one for one in caplog.records if one.exc_info]) == 2


def test_a_full_disk_makes_the_endpoint_name_no_place(
    monkeypatch: pytest.MonkeyPatch, harbour: Plan, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr(tempfile, "tempdir", str(blocked))
    with client(HARBOUR, blocked / "cache") as explorer:  # in memory, so queries need a copy
        answer = explorer.get("/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 500
    assert names_no_place(answer, tmp_path)
    assert harbour.digest
