"""The SPARQL 1.1 Protocol over HTTP (W3C Recommendation, 21 March 2013).

Only the query operation (section 2.1): an update is refused, and so is SERVICE.
"""

import asyncio
import logging
from collections.abc import Callable
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from metrograph.errors import LimitError, MetrographError, QueryError, RefusedError
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.limits import DEFAULT_LIMITS, Limits
from metrograph.query.results import Answer, Question
from metrograph.query.workers import Workers
from metrograph.web.catalog import service
from metrograph.web.clients import client_of
from metrograph.web.media import (
    GRAPH_FORMS,
    base_url,
    chosen,
    negotiated,
    not_offered,
    refusal,
    reply,
    written,
)

PAGE = "/questions/sparql"  # where a person writes a query
ROW_FORMS = (  # of SELECT and ASK; the last is what many programs ask for and mean the first by
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
    "application/json",
)
_LARGEST = 2**20  # bytes of a request; a query is refused long before that
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_NOT_BY_GET = (
    "An update is not sent by GET (SPARQL 1.1 Protocol, section 2.2), and the graph is only read "
    "here. To change the plan, edit its files."
)
_READ_ONLY = (
    "The graph is only read here: an update is refused. To change the plan, edit its files."
)
_log = logging.getLogger("metrograph.web")
_Fields = list[tuple[str, str]]


def routes(
    plan_of: Callable[[], Plan], workers: Workers, limits: Limits = DEFAULT_LIMITS
) -> list[Route]:
    """Return the route of the endpoint `/sparql`.

    `plan_of` gives the plan as it is now. The caller ends `workers` when the server ends.
    """

    async def endpoint(request: Request) -> Response:
        try:
            if request.method == "OPTIONS":
                return _allowed()
            fields = await _fields(request)
            if request.method != "POST" and any(name == "update" for name, _ in fields):
                raise HTTPException(400, _NOT_BY_GET)
            plan = await run_in_threadpool(plan_of)  # perhaps it is opened anew
            if request.method != "POST" and not any(name == "query" for name, _ in fields):
                return _description(request, plan)
            question = _question(request, fields, plan)
            asked = workers.submit(plan.built, question, limits, client_of(request.scope))
            return _written(question, await asyncio.wrap_future(asked))
        except HTTPException as error:
            return refusal(error)
        except QueryError as error:
            return refusal(HTTPException(status_of(error), str(error)))
        except MetrographError:  # its words name places on this machine
            _log.exception("%s /sparql failed", request.method)
            return refusal(HTTPException(500, word("server_failed", "en")))

    return [Route("/sparql", endpoint, methods=["GET", "POST", "OPTIONS"])]


def _written(question: Question, answer: Answer) -> Response:
    """Return an answer in the form that its question wants; raise the error 406 for none."""
    media_type = question.rows if answer.kind == "rows" else question.triples
    if answer.body is None or media_type is None:
        offered = ROW_FORMS if answer.kind == "rows" else GRAPH_FORMS.values()
        raise HTTPException(406, not_offered(offered))
    # Cells that a spreadsheet would run as formulas stay as they are: the form of CSV and TSV
    # results is fixed (SPARQL 1.1 Query Results CSV and TSV Formats, section 3).
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(answer.body, headers=headers, media_type=media_type)


def status_of(error: QueryError) -> int:
    """Return the status of an error (section 2.1.7; RFC 9110 where it leaves the choice).

    400 is for what is no legal query, 403 for what is understood and refused. A query past its
    limits gets 503, not 408, which says that the asker was too slow to send, and not 500, which
    reads like a fault of the server.
    """
    if isinstance(error, RefusedError):
        return 403
    return 503 if isinstance(error, LimitError) else 400


def _allowed() -> Response:
    """Return what a browser asks before another site may send a query (Fetch, section 3.2.2)."""
    return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})


async def _fields(request: Request) -> _Fields:
    """Return the parameters of a request, however they came (sections 2.1.1 to 2.1.3)."""
    asked = request.scope["query_string"].decode("latin-1")
    if request.method != "POST":
        return _parsed(asked)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise HTTPException(403, _READ_ONLY)
    if kind not in (_FORM, _QUERY):
        raise HTTPException(415, f"Send a query as {_FORM} or as {_QUERY}.")
    try:
        text = (await _body(request)).decode()
    except UnicodeDecodeError:
        raise HTTPException(400, "The query is not UTF-8.") from None
    return _parsed(text) if kind == _FORM else [*_parsed(asked), ("query", text)]


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise HTTPException(413, f"The request has more than {_LARGEST} bytes. Ask for less.")
    return body


def _parsed(text: str) -> _Fields:
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=100, errors="strict")
    except ValueError:  # too many, or not UTF-8
        message = "The parameters cannot be read: they are too many, or not UTF-8."
        raise HTTPException(400, message) from None


def _question(request: Request, fields: _Fields, plan: Plan) -> Question:
    """Return what is asked; raise the error 400 unless it is one query of graphs that exist."""
    if any(name == "update" for name, _ in fields):
        raise HTTPException(403, _READ_ONLY)
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise HTTPException(400, f"Give one query, not {len(queries)}: the parameter query.")
    accept = request.headers.get("accept")
    default = _graphs(fields, "default-graph-uri", plan)
    named = _graphs(fields, "named-graph-uri", plan)
    # Graphs named in the request replace those of the query and of the store (section 2.1.4).
    names_graphs = bool(default or named)
    return Question(
        queries[0],
        negotiated(accept, ROW_FORMS),
        negotiated(accept, GRAPH_FORMS.values()),
        default if names_graphs else None,
        named if names_graphs else None,
    )


def _graphs(fields: _Fields, parameter: str, plan: Plan) -> tuple[str, ...]:
    """Return the graphs that a parameter names; an unknown one would only give empty answers."""
    names = tuple(value for name, value in fields if name == parameter)
    known = plan.built.engine.graphs() if names else set()
    for name in names:
        if name not in known:
            raise HTTPException(400, f"{parameter}: no graph has this IRI. /graphs lists them.")
    return names


def _description(request: Request, plan: Plan) -> Response:
    """Return what the endpoint is: as RDF for programs, or the way to its page for people."""
    media_type = chosen(request, [*GRAPH_FORMS.values(), "text/html"])
    if media_type == "text/html":
        page = request.scope.get("root_path", "") + PAGE
        return RedirectResponse(page, 303, headers={"Vary": "Accept"})
    triples = service(plan, base_url(request), [*_format_iris()])
    return reply(request, plan.digest, media_type, lambda: written(triples, media_type))


def _format_iris() -> list[str]:
    """Return the IRIs of the forms of answers, as service descriptions name them."""
    rows = [ox.QueryResultsFormat.from_media_type(kind) for kind in ROW_FORMS]
    graphs = [ox.RdfFormat.from_media_type(kind) for kind in GRAPH_FORMS.values()]
    return sorted({form.iri for form in (*rows, *graphs) if form})
