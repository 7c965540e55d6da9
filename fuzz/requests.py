"""Sends requests stored as JSON to the explorer; an answer that must never occur is a fault."""

import asyncio
import json
import re
import shutil
from collections.abc import MutableMapping
from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.applications import Starlette

from fuzz.files import workplace
from fuzz.inputs import Fault, Input, Taken, Target
from metrograph.query.limits import Limits
from metrograph.query.workers import Workers
from metrograph.web import graphs, protocol
from metrograph.web.app import application
from metrograph.web.site import Site

HOST = "testserver"
_FORM = "application/x-www-form-urlencoded"
_TOKEN = "{token}"  # noqa: S105  in a sample, in the place of what a server gives to each visitor
_QUICK = Limits(2, 20_000)
_TOKEN_FIELD = re.compile(r'name="token" value="([^"]*)"')
_STARTS = (
    "/en/", "/fr/coverage", "/es/plan", "/en/entity/activity/2023/clean-docks", "/fr/explore",
    "/en/explore/path", "/en/explore/picture", "/en/explore/centre", "/es/questions",
    "/en/questions/sparql", "/fr/review", "/en/review/gaps", "/en/review/contested",
    "/es/review/figures", "/fr/search?q=port", "/en/edit", "/en/edit/record?kind=Activity",
    "/fr/edit/record?kind=Coding", "/es/edit/record?kind=AlignmentClaim",
    "/en/edit/record?kind=Observation", "/en/edit/record?id=activity/2023/clean-docks",
    "/en/edit/record?kind=Source", "/fr/edit/record?id=theme/clean-water",
    "/en/edit/kind?kind=Place", "/fr/edit/delete?id=theme/clean-water", "/es/edit/move?id=goal/2",
    "/en/edit/merge?id=place/ndarou&into=place/old-dock", "/en/coverage/scope",
    "/en/review/pair?activity=activity/2022/harbour-forum&category=challenge/rising-seas",
    "/en/questions/activities-of-theme", "/en/coverage/activities", "/data/theme/safety.ttl",
    "/id/theme/safety", "/graphs",
)  # fmt: skip


_SCOPE: dict[str, Any] = {
    "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
    "root_path": "", "client": ("127.0.0.1", 1), "server": (HOST, 80),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A request: method, path, fields (of the address or of a form), headers, and a body."""

    method: str
    path: str
    fields: list[list[str]]
    headers: list[list[str]]
    body: str | None = None

    def to_input(self, name: str = "request.json") -> Input:
        """Return the request as the bytes of a file."""
        return Input(name, json.dumps(asdict(self), ensure_ascii=True, indent=1).encode())


def asked(data: bytes) -> Asked:
    """Return the request in a file."""
    return Asked(**json.loads(data))


@dataclass(frozen=True)
class Answered:
    """The status, headers and body of an answer."""

    status: int
    headers: dict[str, str]
    text: str


class Client:
    """Calls an ASGI application as a server does, with unprocessed bytes."""

    def __init__(self, app: Starlette) -> None:
        self.app = app
        self.loop = asyncio.new_event_loop()
        self.cookie = ""

    def send(self, request: Asked) -> Answered:
        """Return the answer to a request, or raise what the application did not catch."""
        pairs = [(name, value) for name, value in request.fields]
        fields = urlencode(pairs, errors="surrogatepass").encode("ascii")
        in_body = request.method == "POST" and request.body is None
        body = fields if in_body else (request.body or "").encode(errors="surrogatepass")
        path = quote(request.path, safe="/%", errors="surrogatepass")
        headers = [*request.headers, ["host", HOST], ["content-length", str(len(body))]]
        if in_body and not any(name == "content-type" for name, _ in headers):
            headers.append(["content-type", _FORM])
        if self.cookie:
            headers.append(["cookie", self.cookie])
        scope = _SCOPE | {
            "method": request.method,
            "path": unquote(path),
            "raw_path": path.encode("ascii"),
            "query_string": b"" if in_body else fields,
            "headers": [(_latin(name.lower()), _latin(value)) for name, value in headers],
        }
        return self.loop.run_until_complete(self._ask(scope, body))

    async def _ask(self, scope: dict[str, Any], body: bytes) -> Answered:
        sent: list[MutableMapping[str, Any]] = []
        received = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            return next(received, {"type": "http.disconnect"})

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in sent[0]["headers"]
        }
        if "set-cookie" in headers:
            self.cookie = headers["set-cookie"].partition(";")[0]
        text = b"".join(message.get("body", b"") for message in sent[1:]).decode(errors="replace")
        return Answered(sent[0]["status"], headers, text)

    def get(self, address: str) -> Answered:
        """Return the content of an address."""
        parts = urlsplit(address)
        fields = [list(pair) for pair in parse_qsl(parts.query, keep_blank_values=True)]
        return self.send(Asked("GET", parts.path, fields, []))


def _latin(text: str) -> bytes:
    return text.encode("latin-1", "replace")


def judge(request: Asked, answer: Answered, work: Path) -> None:
    """Raise `Fault` for an answer that must never occur."""
    if answer.status >= 500 and answer.status != 503:
        raise Fault(f"{answer.status} for {request.method} {request.path}: {answer.text[:500]}")
    for text in ("Traceback (most recent call last)", str(work)):
        if text in answer.text:
            raise Fault(f"{text!r} in the answer to {request.method} {request.path}")


# ---------------------------------------------------------------- pages and their forms


class _Forms(HTMLParser):
    """The forms of a page, with the fields that a browser would send, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Asked] = []
        self.links: list[str] = []
        self._name = ""
        self._in: Asked | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record a form, a field or a link."""
        has = {name: value or "" for name, value in attrs}
        if tag == "a" and has.get("href", "").startswith("/"):
            self.links.append(has["href"])
        if tag == "form":
            self._in = Asked(has.get("method", "get").upper(), has.get("action", ""), [], [])
            self.forms.append(self._in)
        if self._in is None:
            return
        if tag in ("select", "textarea"):
            self._name = has.get("name", "")
        if (tag == "input" and has.get("name")) or (tag == "option" and "selected" in has):
            self._in.fields.append([has.get("name", self._name), has.get("value", "")])
        if tag == "textarea" or (tag == "button" and has.get("name")):
            self._in.fields.append([has.get("name", self._name), has.get("value", "")])


def page_samples(work: Path) -> list[Input]:
    """Return the forms of the explorer's pages, and some of its links, as requests."""
    place = workplace(work)
    client = _explorer(place, work)
    requests: list[Asked] = []
    for start in _STARTS:
        reader = _Forms()
        reader.feed(client.get(start).text)
        parts = urlsplit(start)
        pairs = [list(pair) for pair in parse_qsl(parts.query)]
        requests += [*reader.forms, Asked("GET", parts.path, pairs, [])]
        for link in reader.links[:: max(1, len(reader.links) // 4)]:
            to = urlsplit(link)
            requests.append(
                Asked("GET", unquote(to.path), [list(pair) for pair in parse_qsl(to.query)], [])
            )
    for request in requests:
        for field in request.fields:
            if field[0] == "token" and request.method == "POST":
                field[1] = _TOKEN
            if field[0] == "by":
                field[1] = "coder/a"
    unique = {request.to_input().data: request for request in requests}
    # forms that write are few, but have the most fields
    return [
        request.to_input()
        for request in unique.values()
        for _ in range(8 if request.method == "POST" else 1)
    ]


def _explorer(place: Path, work: Path) -> Client:
    """Return a client of the explorer of a fresh copy of the invented plan."""
    plan = place / "served"
    shutil.rmtree(plan, ignore_errors=True)
    shutil.copytree(work / "plans" / "harbour", plan)
    site = Site(plan, cache=place / "cache", edits=True)
    return Client(application(site, frozenset({HOST})))


def page_target(work: Path) -> Target:
    """Return the target that sends a changed form, with the token that the server issued."""
    place = workplace(work)
    held: list[tuple[Client, str]] = []

    def fresh() -> tuple[Client, str]:
        client = _explorer(place, work)
        token = _TOKEN_FIELD.search(client.get("/en/edit/record?kind=Activity").text)
        return client, token[1] if token else ""

    def give(entered: Input, _: Random) -> Taken:
        if not held:
            held.append(fresh())
        client, token = held[0]
        request = asked(entered.data)
        for field in request.fields:
            field[1] = token if field[1] == _TOKEN else field[1]
        answer = client.send(request)
        judge(request, answer, work)
        if answer.status == 303 and request.method == "POST":  # written: see it, and begin again
            follow = answer.headers.get("location", "")
            judge(request, client.get(follow), work)
            held.clear()
        return Taken(str(answer.status))

    return give


# ---------------------------------------------------------------- SPARQL


def sparql_target(work: Path) -> Target:
    """Return the target that sends a changed query to the endpoint of the invented plan."""
    place = workplace(work)
    plan = Site(work / "plans" / "harbour", cache=place / "cache").plan
    workers = Workers(1)
    client = Client(
        Starlette(routes=[*protocol.routes(plan, workers, _QUICK), *graphs.routes(plan)])
    )

    def give(entered: Input, _: Random) -> Taken:
        request = asked(entered.data)
        answer = client.send(request)
        judge(request, answer, work)
        return Taken(str(answer.status))

    return give
