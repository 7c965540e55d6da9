"""Attacks on the explorer, each tried: who asks, who writes, what labels and files may do."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from metrograph.errors import UsageError
from metrograph.tables.table import Column, Entity, Table
from metrograph.web.security import LARGEST
from metrograph.web.server import Served, hosts, is_loopback, token_of
from metrograph.web.sessions import SESSION
from tests.conftest import HARBOUR, Run
from tests.explorer import client, hidden, words

TOKEN = "a long word that is a token"  # noqa: S105  of a test
PAIR = {"activity": "activity/2022/harbour-forum", "category": "outcome/1.2"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(HARBOUR, tmp_path_factory.mktemp("guarded") / "harbour"))


@pytest.fixture(scope="module")
def reading(cache: Path) -> Iterator[TestClient]:
    with client(HARBOUR, cache) as found:
        yield found


@pytest.fixture
def editing(folder: Path, cache: Path) -> Iterator[TestClient]:
    with client(folder, cache, edits=True) as found:
        yield found


# ---------------------------------------------------------------- who asks


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "testserver.evil.example", "", "127.0.0.1"]
)
def test_another_name_of_host_is_refused(reading: TestClient, host: str) -> None:
    # DNS rebinding: the page of another site makes its own name point to this machine
    for path in ("/en/", "/sparql?query=ASK{}", "/static/explorer.css", "/dump.nt"):
        answer = reading.get(path, headers={"Host": host})
        assert answer.status_code == 421
        assert "Harbour" not in answer.text


def test_the_names_of_a_server_are_those_it_listens_at() -> None:
    names = hosts(Served(port=8000, names=("Plan.Example",)))
    assert {"localhost:8000", "127.0.0.1:8000", "[::1]:8000", "plan.example"} <= names
    assert "localhost" not in hosts(Served(host="192.0.2.1"))
    assert "[2001:db8::1]:8765" in hosts(Served(host="2001:db8::1"))
    for host, alone in (
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104  not listened at
        ("::", False),
        ("example.org", False),
    ):
        assert is_loopback(host) is alone


def test_every_answer_has_the_headers_that_keep_browsers_safe(reading: TestClient) -> None:
    for path in (
        "/en/", "/nowhere", "/en/nowhere", "/static/explorer.css", "/sparql", "/catalog",
        "/vendor/vis-network.js", "/en/coverage.csv", "/en/explore/drawing.html",
    ):  # fmt: skip
        headers = reading.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "set-cookie" not in headers


def test_no_page_holds_script_or_style_of_its_own(reading: TestClient) -> None:
    for path in ("/en/", "/en/coverage", "/en/plan", "/en/explore/picture", "/en/review/gaps",
                 "/en/explore?focus=theme/clean-water", "/en/questions/sparql"):  # fmt: skip
        page = reading.get(path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page), path
        for script in re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL):
            assert not script.strip(), path
        for address in re.findall(r'(?:src|href)="([^"]*)"', page):
            assert not re.match(r"(?i)[a-z]+:|//", address), (path, address)


@pytest.mark.parametrize(
    "path",
    ["/static/../../pyproject.toml", "/static/%2e%2e/%2e%2e/app.py", "/static/..%2fapp.py",
     "/static//etc/passwd", "/data/..%2f..%2fpyproject.toml.ttl", "/en/questions/..%2fcolumns.toml",
     "/en/questions/..%2f..%2fpyproject", "/static/explorer.css%00.html", "/en/review/..%2fx"],
)  # fmt: skip
def test_no_path_leads_out_of_the_folders_that_are_served(reading: TestClient, path: str) -> None:
    assert reading.get(path).status_code == 404


def test_a_request_that_is_too_large_is_refused(editing: TestClient) -> None:
    large = b"x" * (LARGEST + 1)
    told = editing.post("/en/edit/record", content=large)
    assert told.status_code == 413

    def pieces() -> Iterator[bytes]:  # with no length given
        for _ in range(12):
            yield b"x" * (LARGEST // 10)

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for path in ("/en/edit/record", "/en/review/decide", "/en/edit/enter", "/sparql"):
        assert editing.post(path, content=pieces(), headers=form).status_code == 413, path
    wrong = editing.post("/en/edit/record", headers={"Content-Length": "-1"})
    assert wrong.status_code == 413


# ---------------------------------------------------------------- who writes


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.ttl")}


def test_without_edit_nothing_is_written(reading: TestClient) -> None:
    before = state(HARBOUR)
    for path in ("/en/edit", "/en/edit/record?kind=Activity", "/en/edit/enter"):
        answer = reading.get(path)
        assert answer.status_code == 403
        assert "metrograph serve --edit" in words(answer.text)
    for path in ("/en/edit/record", "/en/review/decide"):
        assert reading.post(path, data={**PAIR, "accept": "1"}).status_code == 403
    assert state(HARBOUR) == before
    assert "/en/edit" not in reading.get("/en/").text


def test_a_form_of_another_site_writes_nothing(editing: TestClient, folder: Path) -> None:
    before = state(folder)
    page = editing.get("/en/review/pair", params=PAIR).text
    good = {**PAIR, "token": hidden(page, "token"), "by": "coder/c", "because": "x", "accept": "1"}
    for headers in (
        {"Origin": "https://evil.example"}, {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"}, {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):  # fmt: skip
        answer = editing.post("/en/review/decide", data=good, headers=headers)
        assert answer.status_code == 403
    for token in ("", "0" * 64, good["token"][:-1]):
        assert editing.post("/en/review/decide", data={**good, "token": token}).status_code == 403
    assert state(folder) == before


def test_a_token_is_good_for_its_own_session_only(
    editing: TestClient, folder: Path, cache: Path
) -> None:
    before = state(folder)
    page = editing.get("/en/review/pair", params=PAIR)
    cookie = page.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    token = hidden(page.text, "token")
    form = {**PAIR, "token": token, "by": "coder/c", "because": "x", "accept": "1"}
    editing.cookies.clear()
    assert editing.post("/en/review/decide", data=form).status_code == 403
    editing.cookies.set(f"{SESSION}_http", "made.up")
    assert editing.post("/en/review/decide", data=form).status_code == 403
    with client(folder, cache, edits=True) as other:  # a server started anew
        other.cookies.set(f"{SESSION}_http", cookie.partition("=")[2].partition(";")[0])
        assert other.post("/en/review/decide", data=form).status_code == 403
    assert state(folder) == before


def test_writing_from_elsewhere_asks_for_a_token(tmp_path: Path, run: Run) -> None:
    told = run("serve", "--host", "0.0.0.0", "--edit", "--graph", HARBOUR)  # noqa: S104
    assert told.returncode == 2
    assert "--token-file" in told.stderr
    with pytest.raises(UsageError):
        token_of(Served(host="0.0.0.0", edits=True))  # noqa: S104
    short = tmp_path / "short"
    short.write_text("abc")
    told = run("serve", "--edit", "--graph", HARBOUR, "--token-file", short)
    assert told.returncode != 0
    assert "16 characters" in told.stderr
    told = run("serve", "--edit", "--graph", HARBOUR, "--token-file", tmp_path / "none")
    assert "cannot be read" in told.stderr
    assert "--graph DIR" in run("serve", "--edit").stderr  # the shipped plan is nobody's own


def test_with_a_token_only_who_knows_it_may_write(folder: Path, cache: Path) -> None:
    before = state(folder)
    with client(folder, cache, edits=True, token=TOKEN) as asked:
        assert asked.get("/en/edit").headers["location"].startswith("/en/edit/enter")
        assert asked.get("/en/review/pair", params=PAIR).text.count("<form method") == 0
        wrong = asked.post("/en/edit/enter", data={"word": "guess"})
        assert wrong.status_code == 403
        assert "set-cookie" not in wrong.headers
        form = {**PAIR, "by": "coder/c", "because": "x", "accept": "1", "token": "0" * 64}
        assert asked.post("/en/review/decide", data=form).status_code in (303, 403)
        assert state(folder) == before
        right = asked.post("/en/edit/enter", data={"word": TOKEN})
        assert right.headers["location"] == "/en/edit"
        assert asked.get("/en/edit").status_code == 200


# ---------------------------------------------------------------- what labels and files may do


EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[TestClient]:
    """Give the explorer of a plan whose labels attack browsers and spreadsheets."""
    copy = Path(shutil.copytree(HARBOUR, tmp_path_factory.mktemp("evil") / "harbour"))
    quoted = EVIL.replace('"', '\\"')
    for path in copy.glob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        for lang in ("en", "fr", "es"):
            text = re.sub(
                rf'rdfs:label "([^"]*)"@{lang}', rf'rdfs:label "=\1 {quoted}"@{lang}', text
            )
            text = re.sub(rf', "([^"\\]*)"@{lang}', rf', "=\1 {quoted}"@{lang}', text)
        path.write_text(text, encoding="utf-8")
    with client(copy, cache, edits=True) as found:
        yield found


def test_no_label_is_ever_read_as_markup(poisoned: TestClient) -> None:
    name = "activity/2022/harbour-forum"
    for path in (
        "/en/", "/fr/coverage", "/en/coverage/activities", "/es/plan", f"/en/entity/{name}",
        f"/en/explore?focus={name}", f"/en/explore?focus={name}&depth=2", "/en/explore",
        "/en/explore/picture", "/en/explore/picture.json", "/en/explore/centre",
        f"/en/explore/canvas?view=overview&opened={name}&pick={name}", "/en/explore/canvas.svg",
        "/en/explore/canvas?view=evidence", "/en/explore/canvas.html?view=people",
        f"/en/explore/path?from={name}&to=theme/clean-water", "/en/questions/themes",
        "/en/questions/activities-of-theme", "/en/review/contested", "/en/review/gaps",
        "/en/review/findings", "/en/search?q=script", f"/en/search?q={EVIL}",
        f"/en/edit/record?id={name}", "/en/edit", "/en/explore/drawing.html",
        f"/en/questions/sparql?query={EVIL}",
        "/en/review/pair?activity=activity/2022/harbour-forum&category=outcome/1.2",
    ):  # fmt: skip
        answer = poisoned.get(path)
        if answer.headers["content-type"].startswith("application/json"):
            continue  # the page's script puts its texts where no markup is read
        for attack in ("<script>alert", "<img src=x"):
            assert attack not in answer.text, path
        assert re.search(r"alert\(", answer.text), path


def test_cells_of_files_are_defused(poisoned: TestClient, tmp_path: Path) -> None:
    for path in ("/en/coverage/activities", "/en/questions/themes", "/en/review/contested"):
        text = poisoned.get(f"{path}.csv").text
        assert not re.search(r'(?m)(^|,)"?=', text), path
        assert "'=" in text
        target = tmp_path / "book.xlsx"
        target.write_bytes(poisoned.get(f"{path}.xlsx").content)
        sheet = openpyxl.load_workbook(target).active
        assert sheet is not None
        formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert not formulas, path


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_workbook_holds_no_formula_whatever_a_label_says(start: str, tmp_path: Path) -> None:
    table = Table("=x", (Column("a", start, True),), ((Entity("b", start),), (None,)), start)
    target = tmp_path / "book.xlsx"
    target.write_bytes(table.to_xlsx())
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert sheet["A2"].quotePrefix or not start.strip().startswith(tuple("=+-@"))


def test_a_server_says_plainly_when_its_port_is_taken(cache: Path) -> None:
    command = [sys.executable, "-m", "metrograph", "serve", "--port", "0", "--graph", str(HARBOUR)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as first:
        try:
            assert first.stderr is not None
            place = next(line for line in first.stderr if "http://" in line)
            port = re.search(r":(\d+)/", place)
            assert port
            again = subprocess.run(
                [*command[:-4], "--port", port[1], *command[-2:]],
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        finally:
            first.terminate()
    assert cache.is_dir()
    assert again.returncode == 3
    assert "Cannot listen on" in again.stderr
    assert "Traceback" not in again.stderr


def test_pages_of_other_sites_read_nothing_unless_it_is_shared(
    reading: TestClient, cache: Path
) -> None:
    # a site that someone visits may not read the plan that is served on that person's machine
    data = ("/sparql?query=ASK{}", "/dump.nt", "/catalog", "/data/theme/clean-water.ttl")
    for path in (*data, "/en/"):
        headers = reading.get(path, headers={"Origin": "https://evil.example"}).headers
        assert "access-control-allow-origin" not in headers
        assert headers["cross-origin-resource-policy"] == "same-origin"
    with client(HARBOUR, cache, edits=True, shares=True) as shared:
        for path in data:
            assert shared.get(path).headers["access-control-allow-origin"] == "*"
        for path in ("/en/", "/en/edit", "/en/coverage.csv"):
            assert "access-control-allow-origin" not in shared.get(path).headers


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/en/edit/record", {"Cookie": b"metrograph_session_http=x.\xe9"}, 200),
        ("POST", "/en/edit/record", {"Origin": "http://["}, 403),
        ("POST", "/en/edit/record",
         {"Content-Type": "multipart/form-data; boundary=x; charset=undefined"}, 415),
        ("POST", "/en/review/decide", {"Content-Type": "text/plain"}, 415),
    ],
)  # fmt: skip
def test_odd_headers_break_nothing(
    editing: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    assert editing.request(method, path, headers=headers, content=b"a=1").status_code == status


def test_what_is_no_host_is_refused(run: Run) -> None:
    for wrong in (("--host", ""), ("--name", "http://x.org"), ("--name", "*"), ("--name", "a b")):
        told = run("serve", *wrong)
        assert told.returncode == 2
        assert "must be a host name or address" in told.stderr
