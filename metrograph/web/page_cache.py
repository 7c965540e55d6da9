"""Caches pages: each is rendered once for a version of the plan.

What a page shows follows from its address and from the plan's files. Requests for a page that is
being made wait for it. Pages that say `no-store`, what is for one session alone, and all that is no
page in a language, pass through.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from metrograph.web.pages import page
from metrograph.web.parameters import LONGEST, canonical, parameters

KEPT_BYTES = 64 * 2**20  # of pages kept in memory, their addresses included
KEPT_PAGES = 5_000
_LARGEST = 4 * 2**20  # bytes of a page that is kept
_LONGEST_KEY = 4_000  # bytes of an address whose page is kept
_OVERHEAD = 1_000  # bytes that an entry takes besides its texts, about
_Key = tuple[str, bytes]
_Messages = tuple[Message, ...]


class PageCache:
    """Keeps the pages that were made, as long as what they show stays the same (ASGI).

    The scope's state holds the `plan` that is shown, perhaps a `notice` about it, and a stamp of
    its `documents` (see `freshness`). `is_personal` says of a scope whether its page is for one
    session alone.
    """

    def __init__(
        self,
        app: ASGIApp,
        languages: tuple[str, ...],
        is_personal: Callable[[Scope], bool] = lambda _: False,
    ) -> None:
        self.app = app
        self.starts = tuple(f"/{lang}/" for lang in languages)
        self.is_personal = is_personal
        self.pages: OrderedDict[_Key, _Messages] = OrderedDict()
        self.bytes = 0
        self.making: dict[_Key, asyncio.Task[_Messages]] = {}
        self.shown: Hashable = None  # what all pages that are kept show

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not reads or not scope["path"].startswith(self.starts):
            await self.app(scope, receive, send)
            return
        lang, _, rest = scope["path"][1:].partition("/")
        names = parameters(f"/{rest}")
        if names is None:
            await self.app(scope, receive, send)
            return
        try:
            query = canonical(scope["query_string"], names)
            is_too_long = len(scope["path"]) > LONGEST
        except ValueError:
            is_too_long = True
        if is_too_long:
            refusal = await run_in_threadpool(_too_long, scope, lang)
            await refusal(scope, receive, send)
            return
        plain = {**scope, "query_string": query}
        if self.is_personal(scope):
            plain["state"] = {**scope["state"], "is_personal": True}
            await self.app(plain, receive, send)
            return
        for message in await self._page((scope["path"], query), plain):
            is_cut = scope["method"] == "HEAD" and message["type"] == "http.response.body"
            await send({**message, "body": b""} if is_cut else _copied(message))

    async def _page(self, key: _Key, scope: Scope) -> _Messages:
        """Return the answer to a request: kept, being made, or made now."""
        state = scope["state"]
        # of a day, as what is due is due by a day
        shown = (state["plan"].digest, state["notice"], state.get("documents"), date.today())
        if shown != self.shown:
            self.pages.clear()
            self.making.clear()
            self.bytes, self.shown = 0, shown
        if key in self.pages:
            self.pages.move_to_end(key)
            return self.pages[key]
        if key not in self.making:
            # a task of its own: if who asked first goes away, the others still get the page
            self.making[key] = asyncio.create_task(self._made(key, {**scope, "method": "GET"}))
        return await asyncio.shield(self.making[key])

    async def _made(self, key: _Key, scope: Scope) -> _Messages:
        shown = self.shown
        messages: list[Message] = []

        async def note(message: Message) -> None:
            messages.append(_copied(message))

        try:
            await self.app(scope, _nothing_sent, note)
        finally:
            if shown == self.shown:
                self.making.pop(key, None)
        if shown == self.shown:
            self.keep(key, messages)
        return tuple(messages)

    def keep(self, key: _Key, messages: Iterable[Message]) -> None:
        """Keep the answer to a request, unless it is an error, secret or large."""
        kept = tuple(messages)
        if not kept or kept[0]["status"] != 200:
            return
        is_secret = "no-store" in Headers(raw=kept[0]["headers"]).get("cache-control", "")
        is_large = len(key[0]) + len(key[1]) > _LONGEST_KEY or _size(key, kept) > _LARGEST
        if is_secret or is_large:
            return
        self._drop(key)
        self.pages[key] = kept
        self.bytes += _size(key, kept)
        while self.bytes > KEPT_BYTES or len(self.pages) > KEPT_PAGES:
            self._drop(next(iter(self.pages)))

    def _drop(self, key: _Key) -> None:
        if key in self.pages:
            self.bytes -= _size(key, self.pages.pop(key))


def _size(key: _Key, messages: _Messages) -> int:
    """Return about how many bytes of memory a page takes, its address included."""
    bodies = sum(len(message.get("body", b"")) for message in messages)
    return bodies + 4 * len(key[0]) + len(key[1]) + _OVERHEAD


def _copied(message: Message) -> Message:
    """Return a message with headers of its own: what stands before adds to them."""
    return {**message, "headers": list(message["headers"])} if "headers" in message else message


async def _nothing_sent() -> Message:
    """Return the body of a request that has none."""
    return {"type": "http.request", "body": b"", "more_body": False}


def _too_long(scope: Scope, lang: str) -> Response:
    """Return the page that says that there is no page with such a long address."""
    short = {**scope, "path": f"/{lang}/", "query_string": b"", "path_params": {"lang": lang}}
    return page(Request(short), "error.html", status=414, message="long", code=414)
