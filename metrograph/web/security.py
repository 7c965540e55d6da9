"""Requests in, the same requests or a refusal out: hosts, sizes, origins, tokens, headers."""

import asyncio
import hashlib
import hmac
import logging
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from metrograph.wording import LANGUAGES, word

LARGEST = 1_000_000  # bytes of a request's body
SESSION = "metrograph_session"
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
_TOO_LARGE = f"The request is larger than {LARGEST:,} bytes."
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
        read = 0
        has_begun = False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > LARGEST:
                raise HTTPException(413, _TOO_LARGE)
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
        if not length.isdecimal() or int(length[:20]) > LARGEST:
            return PlainTextResponse(_TOO_LARGE + "\n", 413)
        writes = scope["method"] not in _READS and scope["path"] != "/sparql"  # that only reads
        if writes and not _same_origin(headers, host):
            return PlainTextResponse(
                "This was sent by a page of another site. Nothing was done.\n", 403
            )
        return None


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


def cookie_name(request: Request) -> str:
    """Return the name of the session's cookie: browsers share cookies among a host's ports."""
    return f"{SESSION}_{request.url.port or request.url.scheme}"


class Sessions:
    """Who may write: a cookie that this server gave, and in each form a token made from it.

    Another site's page can send a browser here with its cookie, but cannot read the token (OWASP,
    Cross-Site Request Forgery Prevention). The secret is made anew when the server starts.
    """

    def __init__(self, word: str | None) -> None:
        self.secret = secrets.token_bytes(32)
        self.word = word

    def name(self, request: Request) -> str | None:
        """Return the session of a request, if this server gave it one."""
        name, _, seal = request.cookies.get(cookie_name(request), "").partition(".")
        right = self._sealed("session", name).encode()
        return name if name and hmac.compare_digest(seal.encode(), right) else None

    def new(self) -> str:
        """Return the value of a new session's cookie."""
        name = secrets.token_urlsafe(24)
        return f"{name}.{self._sealed('session', name)}"

    def token(self, cookie: str) -> str:
        """Return the token that forms of a session carry."""
        return self._sealed("form", cookie.partition(".")[0])

    def allows(self, request: Request, token: str) -> bool:
        """Return whether a form was sent by a page that this server gave to this session."""
        name = self.name(request)
        return name is not None and hmac.compare_digest(
            token.encode(), self._sealed("form", name).encode()
        )

    def knows(self, word: str) -> bool:
        """Return whether someone knows the word that the server asks for."""
        return self.word is not None and hmac.compare_digest(
            word.strip().encode(), self.word.encode()
        )

    def _sealed(self, purpose: str, name: str) -> str:
        return hmac.new(self.secret, f"{purpose}:{name}".encode(), hashlib.sha256).hexdigest()
