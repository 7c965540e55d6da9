"""Read-only data routes for programs: whole graphs, and their descriptions.

`/graphs` follows the SPARQL 1.1 Graph Store HTTP Protocol (W3C Recommendation, 21 March 2013), as
far as it reads: GET and HEAD. A route refuses other methods with 405 and Allow.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from metrograph import paths
from metrograph.plan import Plan
from metrograph.web.catalog import DUMPS, Counts, catalog, counts, graph_list, void
from metrograph.web.media import GRAPH_FORMS, base_url, chosen, refusal, reply, written

_FILES = {  # what belongs to metrograph and not to a plan: address, file, media type
    "/ontology.ttl": ("metrograph.ttl", "text/turtle"),
    "/shapes.ttl": ("shapes.ttl", "text/turtle"),
    "/context.jsonld": ("context.jsonld", "application/ld+json"),
}
_CHUNK = 2**16
_Endpoint = Callable[[Request], Response]


def routes(plan_of: Callable[[], Plan]) -> list[Route]:
    """Return the routes of graphs, dumps and descriptions; `plan_of` gives the plan as it is now.

    `/graphs`, `/.well-known/void`, `/catalog`, `/dump.ttl` (`.nt`, `.nq`), `/ontology.ttl`,
    `/shapes.ttl` and `/context.jsonld`.
    """
    counted = _Counted()

    def graphs(request: Request) -> Response:
        names = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if not names:
            return _described(request, plan_of(), graph_list)
        plan = plan_of()
        graph = _graph(plan, names)
        return _dumped(request, plan, chosen(request, GRAPH_FORMS.values()), graph)

    def void_of(request: Request) -> Response:
        plan = plan_of()
        return _described(request, plan, lambda plan, base: void(plan, base, counted.of(plan)))

    def catalog_of(request: Request) -> Response:
        return _described(request, plan_of(), catalog)

    def dump(request: Request) -> Response:
        media_type = DUMPS[request.url.path.rpartition(".")[2]]
        graph = None if media_type == "application/n-quads" else ox.DefaultGraph()
        return _dumped(request, plan_of(), media_type, graph)

    return [
        _route("/graphs", graphs),
        _route("/.well-known/void", void_of),
        _route("/catalog", catalog_of),
        *(_route(f"/dump.{ending}", dump) for ending in DUMPS),
        *(_route(address, _file(*file)) for address, file in _FILES.items()),
    ]


class _Counted:
    """The counts of the plan as it is now; to count takes long."""

    def __init__(self) -> None:
        self._known: dict[str, Counts] = {}

    def of(self, plan: Plan) -> Counts:
        """Return the counts of a plan, counted once."""
        known = self._known.get(plan.digest)
        if known is None:
            known = counts(plan)
            self._known = {plan.digest: known}
        return known


def _described(
    request: Request, plan: Plan, make: Callable[[Plan, str], Iterable[ox.Triple]]
) -> Response:
    """Return what describes a plan in the form that a request wants."""
    base = base_url(request)
    media_type = chosen(request, GRAPH_FORMS.values())
    return reply(request, plan.digest, media_type, lambda: written(make(plan, base), media_type))


def _dumped(
    request: Request,
    plan: Plan,
    media_type: str,
    graph: ox.NamedNode | ox.DefaultGraph | None,
) -> Response:
    """Return a graph, or all of them, in a media type."""
    return reply(request, plan.digest, media_type, lambda: _dump(plan, media_type, graph))


def _route(address: str, endpoint: _Endpoint) -> Route:
    """Return a route whose errors are plain sentences: its readers are programs."""

    def plainly(request: Request) -> Response:
        try:
            return endpoint(request)
        except HTTPException as error:
            return refusal(error)

    return Route(address, plainly, methods=["GET"])


def _graph(plan: Plan, names: list[tuple[str, str]]) -> ox.NamedNode | ox.DefaultGraph:
    """Return the graph that the parameters name (section 4.2: `?default` or `?graph=IRI`).

    Graphs are only named so: none has its IRI on this server (section 4.1). Raises the error 400
    for what names no graph, 404 for a graph that the store does not have.
    """
    match names:
        case [("default", "")]:
            return ox.DefaultGraph()
        case [("graph", iri)]:
            graph = _node(iri)
        case _:
            raise HTTPException(400, "Name one graph: ?default or ?graph=IRI.")
    if graph.value not in plan.built.engine.graphs():
        raise HTTPException(404, "There is no graph with this IRI. /graphs lists those there are.")
    return graph


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise HTTPException(400, "The graph's name is no absolute IRI.") from None


def _dump(
    plan: Plan, media_type: str, graph: ox.NamedNode | ox.DefaultGraph | None
) -> Iterator[bytes]:
    """Yield a graph, or all of them, in a media type; through a file, as it may be large."""
    with tempfile.TemporaryFile() as file:
        plan.built.engine.dump(file, media_type, graph)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _file(name: str, media_type: str) -> _Endpoint:
    """Return what gives a file of the ontology's folder."""

    def read(request: Request) -> Response:
        data = (paths.ONTOLOGY / name).read_bytes()
        return reply(request, hashlib.sha256(data).hexdigest(), media_type, lambda: data)

    return read
