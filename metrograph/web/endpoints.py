"""Pages whose modules are imported when they are first asked for: the server starts sooner."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from metrograph.late import late
from metrograph.web.pools import Pool


def late_page(module: str, name: str) -> Callable[[Request], Response]:
    """Return a page whose module is imported when first asked for: the server starts sooner."""

    def endpoint(request: Request) -> Response:
        made: Response = getattr(late(f"metrograph.web.{module}"), name)(request)
        return made

    return endpoint


def late_form(module: str, name: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what `late_page` does, for what reads a form."""

    async def endpoint(request: Request) -> Response:
        made: Response = await getattr(late(f"metrograph.web.{module}"), name)(request)
        return made

    return endpoint


def late_drawn(module: str, name: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what `late_page` does, for what takes seconds: in threads of its own, with a limit."""

    async def endpoint(request: Request) -> Response:
        pool: Pool = request.app.state.drawing
        return await pool.run(late_page(module, name), request)

    return endpoint


def late_near(
    module: str, name: str, *, always: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """Return what `late_drawn` does, but for what lies around a record: that waits for no other.

    It takes a tenth of a second where a drawing of all takes many, and has threads of its own.
    Without a record in focus a page counts as a drawing of all, unless it is `always` near.
    """

    async def endpoint(request: Request) -> Response:
        state = request.app.state
        is_near = always or request.query_params.get("focus")
        pool: Pool = state.near if is_near else state.drawing
        return await pool.run(late_page(module, name), request)

    return endpoint
