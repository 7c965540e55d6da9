"""Sends requests to a SPARQL server, and returns what it answers or raises a sentence.

Requests follow SPARQL 1.1 Protocol (sections 2.1 and 2.2) and SPARQL 1.1 Graph Store HTTP Protocol.
Redirects are never followed, and a password goes to the one host that it is for.
"""

import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from metrograph.errors import EngineError
from metrograph.late import late

if TYPE_CHECKING:
    import httpx
else:  # only who uses a server needs it
    httpx = late("httpx")

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
_LARGEST = 2**30  # bytes of an answer
_SHOWN = 200  # characters of a server's own words


@dataclass(frozen=True)
class Addresses:
    """Where a server takes queries, updates and graphs."""

    query: str
    update: str
    graphs: str

    @property
    def host(self) -> str:
        """The host and port of the queries."""
        return urlsplit(self.query).netloc.rpartition("@")[2]


@dataclass(frozen=True)
class Credentials:
    """A user and password (basic) or a token (bearer), and the one host that gets them."""

    host: str
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


class Wire:
    """The connection to a server; `requests` counts what was sent.

    `seconds` are how long the server may take for an answer.
    """

    def __init__(
        self,
        addresses: Addresses,
        credentials: Credentials | None = None,
        seconds: float = 60,
        transport: "httpx.BaseTransport | None" = None,
    ) -> None:
        self.addresses = addresses
        self.seconds = seconds
        self.requests = 0
        self._credentials = credentials
        self._client = httpx.Client(
            follow_redirects=False,
            timeout=httpx.Timeout(seconds, connect=min(seconds, 10)),
            transport=transport,
        )
        weakref.finalize(self, self._client.close)

    def query(
        self, text: str, default_graphs: list[str], named_graphs: list[str]
    ) -> tuple[str, bytes]:
        """Return the media type and the bytes of an answer: JSON for rows, else N-Triples.

        Raises `SyntaxError` for a query that the server does not understand, else `EngineError`.
        """
        form = {"query": [text]}
        if default_graphs:
            form |= {"default-graph-uri": default_graphs, "named-graph-uri": named_graphs}
        headers = {"Accept": f"{ROWS}, {TRIPLES};q=0.9"}
        return self._answer("POST", self.addresses.query, {"data": form, "headers": headers})

    def update(self, text: str) -> None:
        """Carry out an update, which is never sent twice."""
        self._sent("POST", self.addresses.update, {"data": {"update": [text]}}, is_safe=False)

    def put(self, graph: str, content: IO[bytes] | bytes, media_type: str = TRIPLES) -> None:
        """Replace what a graph holds."""
        request = {
            "params": {"graph": graph},
            "content": content,
            "headers": {"Content-Type": media_type},
        }
        self._sent("PUT", self.addresses.graphs, request, is_safe=False)

    def post(self, graph: str, content: bytes, media_type: str) -> None:
        """Add to what a graph holds."""
        request = {
            "params": {"graph": graph},
            "content": content,
            "headers": {"Content-Type": media_type},
        }
        self._sent("POST", self.addresses.graphs, request, is_safe=False)

    def delete(self, graph: str) -> None:
        """Remove a graph, if there is one of this name."""
        request = {"params": {"graph": graph}}
        self._sent("DELETE", self.addresses.graphs, request, is_safe=True, fine=(404,))

    # ------------------------------------------------------------ one request

    def _answer(self, method: str, url: str, request: dict[str, Any]) -> tuple[str, bytes]:
        kind, body = self._sent(method, url, request, is_safe=True)
        if kind not in (ROWS, TRIPLES):
            raise EngineError(
                "{host}: the server answered in {kind}, not in SPARQL results. Check the address "
                "of its queries: {url}",
                host=self.addresses.host,
                kind=kind or "?",
                url=url,
            )
        return kind, body

    def _sent(
        self,
        method: str,
        url: str,
        request: dict[str, Any],
        is_safe: bool,
        fine: tuple[int, ...] = (),
    ) -> tuple[str, bytes]:
        """Send a request, once more where the connection fails and that `is_safe`."""
        try:
            return self._tried(method, url, request, fine)
        except httpx.TimeoutException:
            raise EngineError(
                "{host}: no answer within {seconds:g} seconds. Ask for less, or allow more with "
                "METROGRAPH_ENGINE_SECONDS.",
                host=self.addresses.host,
                seconds=self.seconds,
            ) from None
        except (httpx.TransportError, httpx.InvalidURL, OSError) as error:
            if is_safe:
                return self._sent(method, url, request, is_safe=False, fine=fine)
            self._refuse(error)
            raise

    def _refuse(self, error: Exception) -> None:
        host = self.addresses.host
        if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
            raise EngineError("{host}: the answer was cut short. Ask again.", host=host) from None
        raise EngineError(
            "{host}: the server cannot be reached ({error}). Check that it is running, and its "
            "address.",
            host=host,
            error=str(error) or type(error).__name__,
        ) from None

    def _tried(
        self, method: str, url: str, request: dict[str, Any], fine: tuple[int, ...]
    ) -> tuple[str, bytes]:
        self.requests += 1
        headers = {**request.get("headers", {}), **self._authorization(url)}
        request = {**request, "headers": headers}
        with self._client.stream(method, url, **request) as response:
            body = bytearray()
            for part in response.iter_bytes():
                body += part
                if len(body) > _LARGEST:
                    raise EngineError(
                        "{host}: the answer is larger than 1 GB. Ask for less.",
                        host=self.addresses.host,
                    )
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            status = response.status_code
        if status not in fine:
            self._check(status, url, kind, bytes(body))
        return kind, bytes(body)

    def _authorization(self, url: str) -> Mapping[str, str]:
        known = self._credentials
        if known is None or urlsplit(url).netloc.rpartition("@")[2] != known.host:
            return {}
        if known.token:
            return {"Authorization": f"Bearer {known.token}"}
        request = httpx.Request("GET", url)
        next(httpx.BasicAuth(known.user, known.password).auth_flow(request))
        return {"Authorization": request.headers["Authorization"]}

    def _check(self, status: int, url: str, kind: str, body: bytes) -> None:
        """Raise what a status means, unless it is that all went well."""
        host, words = self.addresses.host, body[:_SHOWN].decode("utf-8", "replace").strip()
        if kind == "text/html":
            words = ""  # a page for people, whose first lines say nothing
        if status in (200, 201, 204):
            return
        if status == 206:  # Virtuoso's way to say that time was up
            raise EngineError("{host}: the answer was cut short. Ask again.", host=host)
        if 300 <= status < 400:
            raise EngineError(
                "{host}: the server redirects requests to another address, which is not followed. "
                "Give that address instead.",
                host=host,
            )
        if status in (401, 403, 407):
            raise EngineError(
                "{host}: the server refuses access. Set METROGRAPH_ENGINE_USER and "
                "METROGRAPH_ENGINE_PASSWORD, or METROGRAPH_ENGINE_TOKEN.",
                host=host,
            )
        if status == 400 and url == self.addresses.query:
            raise SyntaxError(words)
        raise EngineError(
            "{host}: the server answered with error {status}. {words}",
            host=host,
            status=status,
            words=words,
        )
