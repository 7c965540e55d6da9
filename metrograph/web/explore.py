"""Pages of the network: connections of a record, path between two records, whole network."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from metrograph.errors import QueryError
from metrograph.messages import in_language
from metrograph.network import drawing
from metrograph.network.bundling import whole
from metrograph.network.drawing import html, vis_network
from metrograph.network.mindmap import icon, svg
from metrograph.network.network import content_hash
from metrograph.network.paths import central, communities, path_table
from metrograph.network.plotting import data
from metrograph.network.scene import plain
from metrograph.network.symbols import order
from metrograph.network.view import BUNDLE, Bundle, Node, Thing, View, neighbourhood
from metrograph.report.omissions import left_out
from metrograph.tables.table import Table
from metrograph.text import folded
from metrograph.web import canvas
from metrograph.web.labels import match_hits, search
from metrograph.web.networks import network_of
from metrograph.web.pages import address, asked, file, lang_of, page, site_of, state_of
from metrograph.web.site import State

if TYPE_CHECKING:
    import networkx as nx

_EVERYTHING = 1_000  # neighbours of one kind that are drawn one by one when bundles are open
_OFFERED = 20
_CENTRAL, _MIDDLE = 30, 10  # most central things on their page, and where one begins


@dataclass(frozen=True)
class Relation:
    """Records that one relation links to another record; `arrow` says which way it runs."""

    arrow: str
    label: str
    inferred: bool
    others: tuple[Thing, ...]


def _network_with(state: State, lang: str, name: str) -> "nx.MultiDiGraph":
    """Return the network with a record in it: a claim or a figure, with what it is tied to."""
    graph = network_of(state, lang)
    return graph if name in graph else state.plan(lang).network(also=[name])


def _kept(request: Request, name: str, make: Callable[["nx.MultiDiGraph"], Table]) -> Table:
    """Return a table that takes seconds to work out, once for all states with the same network."""
    state, lang = state_of(request), lang_of(request)
    graph = network_of(state, lang)
    content = state.known(("content", lang), lambda: content_hash(graph))
    return site_of(request).drawings.known((name, lang, content), lambda: make(graph))


def show(request: Request) -> Response:
    """Return the connections of a record as a drawing and a list, or the way to choose a record."""
    state, lang = state_of(request), lang_of(request)
    wanted = asked(request, "focus", "depth", "open", "q")
    if "focus" not in wanted:
        return _choose(request, wanted["q"]) if "q" in wanted else canvas.start(request)
    focus = state.plan(lang).known(wanted["focus"])
    graph = _network_with(state, lang, focus)
    depth = 2 if wanted.get("depth") == "2" else 1
    kinds = request.query_params.getlist("kinds")
    most = _EVERYTHING if "open" in wanted else BUNDLE
    every = neighbourhood(graph, focus, depth, most=most)
    offered = {thing.kind: thing.kind_label for thing in every.things if thing.id != focus}
    kinds = [thing for thing in kinds if thing in offered]
    view = neighbourhood(graph, focus, depth, kinds, most) if kinds else every
    here = {"focus": focus, "depth": depth, "kinds": kinds}

    def link(name: str) -> str:
        return address(lang, "/explore", focus=name)

    def opened(_: Bundle) -> str:
        return address(lang, "/explore", here, open=1)

    return page(
        request,
        "explore.html",
        view=view,
        focus=focus,
        label=view.title,
        drawings=[svg(view, link, columns, opened) for columns in (1, 2)],
        groups=list(_groups(view)),
        kinds=sorted(offered.items(), key=lambda thing: order(thing[0])),
        icons={kind: icon(kind) for kind in offered},
        chosen=kinds,
        depth=depth,
        state=here,
        is_open="open" in wanted,
    )


def _groups(view: View) -> Iterator[tuple[Thing, list[Relation]]]:
    """Yield each record that is shown, the nearest first, with what links it to the others."""
    by_id = {thing.id: thing for thing in view.things}
    ties: dict[str, dict[tuple[str, str, bool], list[Thing]]] = {name: {} for name in by_id}
    for edge in view.edges:
        out = ("→", edge.label, edge.inferred)
        back = ("←", edge.label, edge.inferred)
        ties[edge.source].setdefault(out, []).append(by_id[edge.target])
        ties[edge.target].setdefault(back, []).append(by_id[edge.source])
    for thing in sorted(
        view.things, key=lambda thing: (thing.distance, order(thing.kind), thing.label)
    ):
        if thing.distance == 0 or len(ties[thing.id]) > 1 or isinstance(thing, Bundle):
            yield thing, [Relation(*key, tuple(others)) for key, others in ties[thing.id].items()]


def find(request: Request) -> Response:
    """Return the page to choose a record by its name, without a drawing."""
    return _choose(request, asked(request, "q").get("q", ""))


def _choose(request: Request, words: str) -> Response:
    """Return the page to choose a record; a name that fits a single record leads to it."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    graph = network_of(state, lang)
    hits = [hit for hit in match_hits(search(state), words[:200]) if hit.id in graph]
    exact = [hit for hit in hits if folded(words).strip() in hit.folded]
    if words and (len(hits) == 1 or len(exact) == 1):
        target = (exact or hits)[0].id
        return RedirectResponse(address(lang, "/explore", focus=target), 303)
    return page(
        request,
        "explore-start.html",
        words=words,
        hits=[(hit.id, plan.label(hit.id), plan.label(hit.kind)) for hit in hits[:_OFFERED]],
        total=len(hits),
        central=_central(request).rows[:_MIDDLE],
    )


def _central(request: Request) -> Table:
    """Return the most central records."""
    return _kept(request, "central", lambda graph: central(graph, _CENTRAL))


def path(request: Request) -> Response:
    """Return the shortest path between two records, as a chain and a table."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    wanted = asked(request, "from", "to")
    ends = {end: _meant(state, words) for end, words in wanted.items()}
    message, table = "", None
    if len(wanted) == 2 and all(ends.values()):
        try:
            table = path_table(network_of(state, lang), ends["from"] or "", ends["to"] or "")
        except QueryError as error:
            message = in_language(error, lang)
    if form := request.path_params.get("form"):
        if table is None:
            raise QueryError(message or "from, to")
        return file(table, form, "path", left_out("path", plan))
    return page(
        request,
        "path.html",
        given=wanted,
        missing=[wanted[end] for end, name in ends.items() if name is None],
        meant={end: (name, plan.label(name)) for end, name in ends.items() if name},
        table=table,
        message=message,
    )


def _meant(state: State, words: str) -> str | None:
    """Return the id of the record that a person's words fit best: an id, or a label."""
    plan = state.plan()
    try:
        return plan.known(words)
    except QueryError:
        graph = network_of(state, "en")
        hits = [hit for hit in match_hits(search(state), words[:200]) if hit.id in graph]
        return hits[0].id if hits else None


def _picture(state: State, lang: str) -> View:
    return state.known(("picture", lang), lambda: whole(network_of(state, lang)))


def picture(request: Request) -> Response:
    """Return the page of the whole network, with its legend; the list stands in the file."""
    state, lang = state_of(request), lang_of(request)
    view = _picture(state, lang)
    kinds = {thing.kind: thing.kind_label for thing in view.things}
    return page(
        request,
        "picture.html",
        view=view,
        kinds=[
            (label, icon(kind), kind)
            for kind, label in sorted(kinds.items(), key=lambda thing: order(thing[0]))
        ],
        things=[
            (
                label,
                (members := [thing for thing in view.things if thing.kind == kind]),
                sum(len(thing.members) if isinstance(thing, Bundle) else 1 for thing in members),
            )
            for kind, label in sorted(kinds.items(), key=lambda thing: order(thing[0]))
        ],
    )


def plotted(request: Request) -> Response:
    """Return what the picture's script draws: nodes with places, edges, and where they lead."""
    state, lang = state_of(request), lang_of(request)
    view = _picture(state, lang)

    def make() -> bytes:
        links = {
            thing.id: address(lang, "/explore", focus=thing.id)
            for thing in view.things
            if isinstance(thing, Node)
        }
        return bytes(JSONResponse(data(plain(view)) | {"links": links}).body)

    drawn = site_of(request).drawings.known(("plotted", view), make)
    return Response(drawn, media_type="application/json")


def alone(request: Request) -> Response:
    """Return the drawing as one file that opens from disk, to keep."""
    state, lang = state_of(request), lang_of(request)
    wanted = asked(request, "focus", "depth")
    if "focus" in wanted:
        depth = 2 if wanted.get("depth") == "2" else 1
        view = neighbourhood(
            network_of(state, lang), state.plan(lang).known(wanted["focus"]), depth
        )
    else:
        view = _picture(state, lang)
    return HTMLResponse(
        site_of(request).drawings.known(("file", view), lambda: html(view)),
        headers={"Content-Disposition": 'attachment; filename="drawing.html"'},
    )


def centre(request: Request) -> Response:
    """Return the records that are central to the network, and its communities."""
    return page(
        request,
        "centre.html",
        tables=[_central(request), _kept(request, "communities", communities)],
    )


def script(_: Request) -> Response:
    """Return the script of vis-network, from the installed pyvis."""
    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(_vis(), headers=headers, media_type="text/javascript; charset=utf-8")


def drawing_script(_: Request) -> Response:
    """Return the script that shows a scene, which a file of a drawing holds, too."""
    return Response(drawing.script(), media_type="text/javascript; charset=utf-8")


@cache
def _vis() -> bytes:
    return vis_network().encode()
