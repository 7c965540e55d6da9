"""Refuses unsafe requests by host, size and origin, and sets security headers."""

import asyncio
import logging
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from metrograph.messages import LANGUAGES, word

LARGEST = 1_000_000  # bytes of a request's body
LARGEST_UPLOAD = 10_000_000  # bytes of one that sends a spreadsheet
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with none, browsers send no Origin, which writes check
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_DATA = ("/sparql", "/graphs", "/dump.", "/catalog", "/.well-known/", "/data/", "/id/",
         "/ontology.ttl", "/shapes.ttl", "/context.jsonld")  # fmt: skip
_TOO_LARGE = "The request is larger than {:,} bytes."
_UPLOADS = frozenset(f"/{lang}/import" for lang in LANGUAGES)
_READS = ("GET", "HEAD", "OPTIONS")
_log = logging.getLogger("metrograph.web")


def is_shared(path: str) -> bool:
    """Return whether an address is of the data for programs, which `--share` lets others read.

    >>> is_shared("/graphs"), is_shared("/en/coverage")
    (True, False)
    """
    return path.startswith(_DATA)


class Guard:
    """Refuses what no page of this server asks for, and sets the security headers of all answers.

    `hosts` are the names in lower case, with or without port, under which the server is reached: a
    page of another site whose name is made to point here (DNS rebinding) sends its own name.
    `shares` lets pages of other sites read the data for programs: without it, a site that someone
    visits could not read a plan that is served on that person's machine alone.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], shares: bool = False) -> None:
        self.app = app
        self.hosts = hosts
        self.shares = shares

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        read, most = 0, _largest(scope)
        has_begun = False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413, _TOO_LARGE.format(most))
            return message

        async def guarded(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                shared = SHARED if self.shares and is_shared(scope["path"]) else {}
                for name, value in {**HEADERS, **shared}.items():
                    headers[name] = value
            await send(message)

        try:
            await (self._refusal(scope) or self.app)(scope, counted, guarded)
        except ClientDisconnect:
            return  # nobody is there to be answered
        except asyncio.CancelledError:  # the server ends
            if not has_begun:
                await _failure(scope, 503)(scope, receive, guarded)
            raise
        except Exception:
            if has_begun:
                raise  # the server logs it, and cuts the answer off, so that its reader sees that
            _log.exception("%s %s failed", scope["method"], scope["path"])
            await _failure(scope, 500)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if host not in self.hosts:
            return PlainTextResponse(
                f"This server does not answer to the name {host[:100]!r}. It answers to "
                f"{', '.join(sorted(self.hosts))}. (metrograph serve --name adds one.)\n",
                421,
            )
        length = headers.get("content-length", "0")
        most = _largest(scope)
        if not length.isdecimal() or int(length[:20]) > most:
            return PlainTextResponse(_TOO_LARGE.format(most) + "\n", 413)
        writes = scope["method"] not in _READS and scope["path"] != "/sparql"  # that only reads
        if writes and not _same_origin(headers, host):
            return PlainTextResponse(
                "This was sent by a page of another site. Nothing was done.\n", 403
            )
        return None


def _largest(scope: Scope) -> int:
    """Return how many bytes the body of a request may have."""
    return LARGEST_UPLOAD if scope["path"] in _UPLOADS else LARGEST


def _failure(scope: Scope, status: int) -> Response:
    """Return the answer where the server failed: a sentence, and nothing of the cause."""
    lang = scope["path"].strip("/").partition("/")[0]
    message = word("server_failed", lang if lang in LANGUAGES else "en")
    return PlainTextResponse(message + "\n", status)


def _same_origin(headers: Headers, host: str) -> bool:
    """Return whether a request comes from a page of this server, or from no page at all."""
    origin = headers.get("origin")
    if origin is not None:
        try:
            return urlsplit(origin).netloc.lower() == host
        except ValueError:  # no address at all
            return False
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")
