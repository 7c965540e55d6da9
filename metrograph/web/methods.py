"""Determines the methods that each address accepts: for OPTIONS, and for Allow with 405."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from metrograph.web.security import is_shared

_ORDER = ("GET", "HEAD", "POST", "OPTIONS")
_STATIC = ("GET", "HEAD")  # of a mounted application, which has no routes to ask
_MAX_AGE = 600  # seconds for which a browser may remember a preflight
# control characters, line separators, and halves of characters
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Nowhere(BaseRoute):
    """The route of all paths that are not UTF-8 text in one line: they lead nowhere.

    It stands before the others, whose patterns end in `$` and so match before a last line break.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether this route takes a request."""
        is_taken = scope["type"] == "http" and not _is_text(scope)
        return (Match.FULL if is_taken else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  as all routes
        """Raise the error 404."""
        raise HTTPException(404)


def _is_text(scope: Mapping[str, Any]) -> bool:
    try:
        unquote_to_bytes(scope.get("raw_path") or b"").decode()
    except UnicodeDecodeError:
        return False
    return not _UNPRINTABLE.search(scope["path"])


def methods_of(routes: Iterable[BaseRoute], scope: Mapping[str, object]) -> tuple[str, ...]:
    """Return the methods that the address of a request takes; none where it leads nowhere.

    Every address that takes any takes OPTIONS, too (RFC 9110, section 9.3.7).
    """
    methods = set(_gathered(routes, dict(scope)))
    return tuple(method for method in _ORDER if method in methods | {"OPTIONS"}) if methods else ()


def _gathered(routes: Iterable[BaseRoute], scope: Scope) -> Iterable[str]:
    for route in routes:
        match, child = route.matches(scope)
        if match is Match.NONE:
            continue
        if isinstance(route, Nowhere):
            return
        if isinstance(route, Mount) and route.routes:
            yield from _gathered(route.routes, {**scope, **child})
        elif isinstance(route, Mount):
            yield from _STATIC
        elif isinstance(route, Route):
            yield from route.methods or ()


def preflight(methods: Sequence[str], asked: Headers, shares: bool) -> dict[str, str]:
    """Return the headers of the answer to OPTIONS.

    A browser asks so before a page of another site may send what no form could (Fetch, "CORS
    protocol"). Unless the data is shared, the answer allows nothing, and the browser sends nothing.
    """
    headers = {"Allow": ", ".join(methods)}
    if shares and "origin" in asked and "access-control-request-method" in asked:
        headers |= {
            "Access-Control-Allow-Methods": ", ".join(methods),
            "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
            "Access-Control-Max-Age": str(_MAX_AGE),
        }
    return headers


class Methods:
    """Answers OPTIONS for every address, and says in each 405 which methods there are."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], shares: bool = False) -> None:
        self.app = app
        self.routes = routes
        self.shares = shares

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        as_asked = dict(scope)  # routing changes it
        is_of_all = scope["path"] == "*"  # of the server as a whole (RFC 9110, section 9.3.7)
        of_address = _ORDER if is_of_all else methods_of(self.routes, as_asked)
        methods = of_address if scope["method"] == "OPTIONS" else ()
        if methods:
            shares = self.shares and is_shared(scope["path"])
            headers = preflight(methods, Headers(scope=scope), shares)
            await Response(status_code=204, headers=headers)(scope, receive, send)
            return

        async def allowing(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                allowed = ", ".join(methods_of(self.routes, as_asked))
                MutableHeaders(scope=message)["Allow"] = allowed
            await send(message)

        await self.app(scope, receive, allowing)
