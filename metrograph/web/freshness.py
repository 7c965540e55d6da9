"""Reads the plan's files again when they change, before requests are answered.

Reading takes seconds, so it happens once, in a thread of its own, and requests wait for it only so
long; then they show the plan as it was before, and say so.
"""

import asyncio
import contextlib
from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from metrograph.errors import MetrographError, Text
from metrograph.web.site import Site

_NOT_THE_PLAN = ("/static/", "/vendor/")


@dataclass(frozen=True)
class Notice:
    """Why a page shows the plan as it was before: a problem with its files, or they are read."""

    problem: Text | None = None


class Freshness:
    """Lets each request see the plan as its files are now (ASGI).

    Requests wait for changed files as long as the site's patience, counted from when they are begun
    to be read. What they see stands in the scope's state: the `plan`, a `notice` where it is not
    the newest, and a stamp of its `documents`.
    """

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app = app
        self.site = site
        self._look: asyncio.Task[None] | None = None
        self._began = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request (ASGI)."""
        if scope["type"] != "http" or scope["path"].startswith(_NOT_THE_PLAN):
            await self.app(scope, receive, send)
            return
        is_read = await self._read()
        if not self.site.is_open:  # there is no state before that could be shown
            answer = PlainTextResponse(f"{self.site.problem}\n", 503, {"Retry-After": "5"})
            await answer(scope, receive, send)
            return
        notice = None
        if self.site.problem or not is_read:
            notice = Notice(self.site.problem if is_read else None)
        seen = {
            **scope.get("state", {}),
            "plan": self.site.state,
            "notice": notice,
            "documents": self.site.documents,
        }
        await self.app({**scope, "state": seen}, receive, send)

    async def _read(self) -> bool:
        """Wait until the files were looked at after now, or patience ends; return which."""
        under_way = self._look
        if under_way and not under_way.done() and not await self._waited(under_way):
            return False  # and that look may have come before the newest change
        if self._look is None or self._look.done():
            self._began = asyncio.get_running_loop().time()
            self._look = asyncio.create_task(self._looked())
        return await self._waited(self._look)

    async def _looked(self) -> None:
        with contextlib.suppress(MetrographError):  # the site keeps what the problem is
            await to_thread.run_sync(self.site.current, limiter=CapacityLimiter(1))

    async def _waited(self, look: "asyncio.Task[None]") -> bool:
        """Return whether a look ends before patience does; a first one is always waited for."""
        until = self._began + self.site.patience - asyncio.get_running_loop().time()
        timeout = max(0.0, until) if self.site.is_open else None
        done, _ = await asyncio.wait({look}, timeout=timeout)
        return bool(done)
