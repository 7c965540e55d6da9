"""Builds the explorer as an ASGI application: routes, errors and guards."""

import threading
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from metrograph.errors import DataError, LimitError, MetrographError, QueryError, UsageError
from metrograph.late import late
from metrograph.messages import LANGUAGES, in_language
from metrograph.query.workers import Workers
from metrograph.web import evidence, exploring, graphs, home, matrix, protocol
from metrograph.web.endpoints import late_drawn, late_form, late_page
from metrograph.web.freshness import Freshness
from metrograph.web.methods import Methods, Nowhere
from metrograph.web.outcomes import Outcomes
from metrograph.web.page_cache import PageCache
from metrograph.web.pages import page
from metrograph.web.pools import Pool
from metrograph.web.security import Guard
from metrograph.web.sessions import Guesses, Sessions
from metrograph.web.site import Site
from metrograph.web.uploads import Uploads

if TYPE_CHECKING:
    from metrograph.web import entity
else:
    entity = late("metrograph.web.entity")

STATIC = Path(__file__).parent / "static"
_PAGES = (
    *("coverage", "plan", "status", "entity", "explore", "questions"),
    *("review", "search", "edit", "import", "documents", "document"),
)


class _Language(Convertor[str]):
    """The part of an address that names a language of the pages."""

    regex = "|".join(LANGUAGES)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("language", _Language())


def application(
    site: Site, hosts: frozenset[str], shares: bool = False, workers: Workers | None = None
) -> Starlette:
    """Return the explorer of a site, which answers to these names of hosts.

    `shares` lets pages of other sites read the data for programs. `workers` answer queries; they
    end with the application.
    """
    workers = workers or Workers()
    pages = Mount("/{lang:language}", routes=_pages())
    routes = [Nowhere(), *_data(site, workers), *_entry(), pages]

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            workers.close()

    app = Starlette(
        lifespan=running,
        routes=routes,
        middleware=[
            Middleware(Guard, hosts=hosts, shares=shares),
            Middleware(Freshness, site=site),
            Middleware(PageCache, languages=LANGUAGES, is_personal=_is_personal),
            Middleware(Methods, routes=routes, shares=shares),
        ],
        exception_handlers={
            HTTPException: _not_found,
            MetrographError: _refused,
        },
    )
    app.state.workers = workers
    _share(app.state, site)
    return app


def _share(state: State, site: Site) -> None:
    """Put what requests share into the state of an application."""
    state.site = site
    state.writing = threading.Lock()
    state.drawing = Pool(threads=2, waiting=20)
    state.near = Pool(threads=2, waiting=20)
    state.checking = Pool(threads=2, waiting=20)
    state.saving = Pool(threads=4, waiting=20)
    state.outcomes = Outcomes()
    state.sessions = Sessions(site.token)
    state.last_writers = OrderedDict()
    state.guesses = Guesses()
    state.uploads = Uploads()


def _is_personal(scope: Scope) -> bool:
    """Return whether a session has yet to see what became of a save, or sees what others do not."""
    request = Request(scope)
    state = request.app.state
    session = state.sessions.name(request)
    return session is not None and bool(
        state.outcomes.is_waiting(session) or (state.site.token and state.site.documents)
    )


def _data(site: Site, workers: Workers) -> list[BaseRoute]:
    return [
        *protocol.routes(site.plan, workers),
        *graphs.routes(site.plan),
        Route("/vendor/vis-network.js", late_page("explore", "script")),
        Route("/vendor/drawing.js", late_page("explore", "drawing_script")),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
        Route("/id/{name:path}", late_page("entity", "negotiated")),
        Route("/data/{name:path}.{form}", late_page("entity", "data")),
    ]


def _entry() -> list[BaseRoute]:
    """Return the addresses without a language, which lead to the one that the browser prefers."""
    under = [Route(f"/{name}{{rest:path}}", _to_language) for name in _PAGES]
    return [Route("/", _to_language), *under]


def _to_language(request: Request) -> Response:
    target = f"/{entity.preferred(request)}{request.url.path}"
    query = request.url.query
    return RedirectResponse(
        target + (f"?{query}" if query else ""), headers={"Vary": "Accept-Language"}
    )


def _coverage() -> list[BaseRoute]:
    return [
        Route("/coverage", matrix.show),
        Route("/coverage.{form}", matrix.show),
        Route("/coverage/activities", evidence.show),
        Route("/coverage/activities.{form}", evidence.show),
        Route("/coverage/cell", late_page("cell", "show")),
        Route("/coverage/cell.{form}", late_page("cell", "show")),
        Route("/coverage/candidates.{form}", late_page("gap", "listed")),
        Route("/coverage/range", late_page("certainty", "span")),
        Route("/coverage/range.{form}", late_page("certainty", "span")),
        Route("/coverage/concentration", late_page("certainty", "concentration")),
        Route("/coverage/concentration.{form}", late_page("certainty", "concentration")),
        Route("/coverage/what-if", late_drawn("whatif", "show")),
        Route("/coverage/what-if.{form}", late_drawn("whatif", "show")),
        Route("/coverage/losses.{form}", late_drawn("whatif", "losses")),
        Route("/coverage/dependencies.{form}", late_drawn("whatif", "depends")),
        Route("/coverage/scope", late_page("scope", "form")),
        Route("/coverage/scope", late_form("scope", "decide"), methods=["POST"]),
    ]


def _edits() -> list[BaseRoute]:
    return [
        Route("/edit", late_page("kinds", "start")),
        Route("/edit/kind", late_page("kinds", "list_kind")),
        Route("/edit/delete", late_page("revising", "open_deletion")),
        Route("/edit/delete", late_form("revising", "carry_out"), methods=["POST"]),
        Route("/edit/merge", late_page("revising", "open_merger")),
        Route("/edit/merge", late_form("revising", "carry_out"), methods=["POST"]),
        Route("/edit/move", late_page("moving", "open_page")),
        Route("/edit/move", late_form("moving", "carry_out"), methods=["POST"]),
        Route("/edit/cite", late_page("document", "cite")),
        Route("/edit/record", late_page("edit", "open_form")),
        Route("/edit/record", late_form("edit", "enter"), methods=["POST"]),
        Route("/edit/enter", late_page("access", "ask_word")),
        Route("/edit/enter", late_form("access", "check_word"), methods=["POST"]),
        Route("/edit/leave", late_form("access", "sign_out"), methods=["POST"]),
    ]


def _imports() -> list[BaseRoute]:
    return [
        Route("/import", late_page("importing", "open_page")),
        Route("/import", late_form("importing", "upload"), methods=["POST"]),
        Route("/import/{key}", late_page("importing", "show")),
        Route("/import/{key}", late_form("importing", "carry_out"), methods=["POST"]),
    ]


def _pages() -> list[BaseRoute]:
    return [
        Route("/", home.overview),
        *_coverage(),
        Route("/plan", home.tree),
        *(Route(f"/status{form}", late_page("standing", "show")) for form in ("", ".{form}")),
        Route("/plan/compare", late_drawn("comparing", "show")),
        Route("/plan/compare.{form}", late_drawn("comparing", "show")),
        Route("/entity/{name:path}", late_page("entity", "show")),
        Route("/documents", late_page("document", "listed")),
        Route("/document/{name:path}", late_page("document", "show")),
        *exploring.routes(),
        Route("/questions", late_page("library", "listed")),
        *(
            Route(f"/questions/sparql{form}", late_page("library", "own"))
            for form in ("", ".{form}")
        ),
        Route("/questions/{name}.{form}", late_page("library", "question")),
        Route("/questions/{name}", late_page("library", "question")),
        Route("/review", late_page("review", "show")),
        Route("/review/pair", late_page("pairs", "pair_page")),
        Route("/review/decide", late_form("pairs", "decide"), methods=["POST"]),
        Route("/review/{part}.{form}", late_page("review", "show")),
        Route("/review/{part}", late_page("review", "show")),
        Route("/search", home.find),
        *_imports(),
        *_edits(),
    ]


def _not_found(request: Request, error: Exception) -> Response:
    """Return the page of an address that leads nowhere, or of a request that is refused."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else ""
    answer = _problem(request, status, detail)
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


def _refused(request: Request, error: Exception) -> Response:
    """Return the page of an error that the asker can correct: an unknown id, a wrong filter.

    Any other is the server's own (files that cannot be read, say), and its words name places on
    this machine: it goes to the log, and `Guard` answers.
    """
    if not isinstance(error, QueryError | UsageError | DataError):
        raise error
    status = 503 if isinstance(error, LimitError) else 404
    return _problem(request, status, in_language(error, request.path_params.get("lang", "en")))


def _problem(request: Request, status: int, detail: str) -> Response:
    if request.path_params.get("lang") not in LANGUAGES:
        first = request.scope["path"].strip("/").partition("/")[0]
        if first not in LANGUAGES:
            return PlainTextResponse(f"{detail or 'Not found'}\n", status)
        request.scope["path_params"] = {**request.path_params, "lang": first}
    return page(request, "error.html", status=status, message=detail, code=status)
