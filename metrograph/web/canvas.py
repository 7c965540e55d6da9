"""The canvas: the network to explore by eye, by keyboard or in a list; its state is its address."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from metrograph.messages import word
from metrograph.network.canvas import Choice, Shown
from metrograph.network.canvas import show as shown_of
from metrograph.network.details import STANDINGS, Details, details, name_claims, shown_years
from metrograph.network.drawing import graphml, html
from metrograph.network.families import family
from metrograph.network.mindmap import icon
from metrograph.network.network import LEFT_OUT, kinds_of
from metrograph.network.paths import groups
from metrograph.network.plotting import data, svg
from metrograph.network.scene import COLOURS, Look, Scene, scene
from metrograph.network.starts import CLAIMS, EVIDENCE, VIEWS, default
from metrograph.text import folded
from metrograph.web.canvas_panel import lost_by, panel
from metrograph.web.canvas_state import PATH, changed, choice_of, fields, link
from metrograph.web.labels import match_hits, search, things
from metrograph.web.networks import network_of
from metrograph.web.pages import asked, lang_of, page, site_of, state_of
from metrograph.web.site import State

if TYPE_CHECKING:
    import networkx as nx

_OFFERED = 8
_FILES = {
    "svg": "image/svg+xml",
    "graphml": "application/xml",
    "html": "text/html; charset=utf-8",
}
_YEARS = 12  # years and lines that have a switch each


def show(request: Request) -> Response:
    """Return the page of a canvas; a click is an address that leads to the state after it."""
    state, lang = state_of(request), lang_of(request)
    choice = choice_of(request.query_params)
    if action := request.query_params.get("do", ""):
        return RedirectResponse(link(lang, changed(choice, action)), 303)
    words = asked(request, "q").get("q", "")
    hits = _hits(state, words[:200])
    exact = [hit for hit in hits if folded(words).strip() in hit.folded]
    if len(hits) == 1 or len(exact) == 1:
        target = changed(choice, f"add:{(exact or hits)[0].id}")
        return RedirectResponse(link(lang, target), 303)
    return _page(request, choice, words, [(hit.id, hit.kind) for hit in hits[:_OFFERED]])


def start(request: Request) -> Response:
    """Return the first page of the network: the canvas with the view that says most of the plan."""
    return _page(request, Choice(), "", [])


def _hits(state: State, words: str) -> list[Any]:
    """Return the records that words fit: those of the network first, else any."""
    hits = match_hits(search(state), words) if words else []
    graph = network_of(state, "en")
    return [hit for hit in hits if hit.id in graph] or hits


def _page(request: Request, choice: Choice, words: str, hits: list[tuple[str, str]]) -> Response:
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    choice = _complete(state, lang, choice)
    known, shown, drawn = _drawn(request, choice)
    lines = _lines(state, lang)
    return page(
        request,
        "canvas.html",
        choice=choice,
        colour_chosen=bool(request.query_params.get("colour")),
        fields=[
            (name, value)
            for name, values in fields(choice).items()
            for value in (values if isinstance(values, list) else [values])
            if value and name not in ("view", "coder", "colour", "size")
        ],
        link=link(lang, choice),
        files={form: link(lang, choice, f"{PATH}.{form}") for form in _FILES},
        drawing=data(drawn),
        scene=drawn,
        views={name: word(f"view_{name}", lang) for name in VIEWS},
        colours={name: word(f"colour_{name}", lang) for name in COLOURS},
        words=words,
        hits=[(name, plan.label(name), plan.label(kind)) for name, kind in hits],
        legend=_legend(drawn, choice, lang),
        years=shown_years(known, known.years)[-_YEARS:],
        lines=list(lines.items())[:_YEARS],
        standings=STANDINGS if choice.view == EVIDENCE or _has_claims(shown) else (),
        coders=[(name, plan.label(name)) for name in sorted(set(known.coders.values()) - {""})],
        panel=panel(state, lang, choice, shown, known),
        groups=_groups(shown, drawn),
        icons={thing.kind: icon(thing.kind) for thing in shown.view.things},
        gaps=known.gaps,
        lost=drawn.lost,
    )


def _complete(state: State, lang: str, choice: Choice) -> Choice:
    """Return a state that shows something: the first view where nothing is chosen."""
    if not (choice.view or choice.added or choice.opened or choice.picked):
        choice = replace(choice, view=default(_network(state, lang, choice)))
    by = "status" if choice.view == EVIDENCE else "kind"
    return choice if choice.colour else replace(choice, colour=by)


def _network(state: State, lang: str, choice: Choice) -> "nx.MultiDiGraph":
    """Return the network that a state walks in: that with claims, where it asks for them."""
    plan = state.plan(lang)
    if choice.view == EVIDENCE:
        return state.known(("evidence", lang), lambda: _with_claims(state, lang))
    graph = network_of(state, lang)
    also = [name for name in (*choice.added, *choice.opened, *choice.picked) if name not in graph]
    held = [name for name in also if name in things(state)]
    if not held:
        return graph
    return name_claims(plan.network(also=held), _details(state, lang))


def _with_claims(state: State, lang: str) -> "nx.MultiDiGraph":
    plan = state.plan(lang)
    kinds = (kinds_of(plan).keys() - LEFT_OUT) | {*CLAIMS, "Coder"}
    return name_claims(plan.network(kinds=kinds, citations=True), _details(state, lang))


def _details(state: State, lang: str) -> Details:
    return state.known(("details", lang), lambda: details(state.plan(lang)))


def _lines(state: State, lang: str) -> dict[str, str]:
    """Return the action lines of a plan with their labels."""
    plan = state.plan(lang)
    return {
        str(row["line"]): plan.label(str(row["line"])) for row in plan.rows("lines-with-records")
    }


def _drawn(request: Request, choice: Choice) -> tuple[Details, Shown, Scene]:
    """Return what a canvas shows and its scene, made once for a state of the plan."""
    state, lang = state_of(request), lang_of(request)
    known = _details(state, lang)
    graph = _network(state, lang, choice)

    def make() -> tuple[Shown, Scene]:
        shown = shown_of(graph, known, choice)
        communities: tuple[tuple[str, ...], ...] = ()
        if choice.colour == "community":
            communities = state.known(("communities", len(graph), lang), lambda: groups(graph))
        look = Look(known, communities, lost_by(state, lang, choice), _lines(state, lang))
        return shown, scene(shown, choice, look)

    return known, *state.known(("canvas", lang, repr(choice)), make)


def _has_claims(shown: Shown) -> bool:
    return any(thing.kind in CLAIMS for thing in shown.view.things)


def _legend(drawn: Scene, choice: Choice, lang: str) -> list[Mapping[str, Any]]:
    """Return the entries of a legend; what is hidden keeps its entry, so that it can come back."""
    entries: list[Mapping[str, Any]] = [
        {"key": entry.key, "label": entry.label, "colour": entry.colour, "kind": entry.kind}
        for entry in drawn.legend
    ]
    shown = {entry["key"] for entry in entries}
    for key in sorted(choice.hidden - shown):
        if key.startswith("kind:"):
            label = word(f"family_{key.removeprefix('kind:')}", lang)
            entries.append({"key": key, "label": label, "colour": "", "kind": ""})
    return entries


def _groups(shown: Shown, drawn: Scene) -> list[tuple[str, list[Any]]]:
    """Return what is shown by families, in the order of the legend, each with its records."""
    by_family: dict[str, list[Any]] = {}
    for thing in shown.view.things:
        by_family.setdefault(family(thing.kind), []).append(thing)
    labels = {entry.key.removeprefix("kind:"): entry.label for entry in drawn.legend}
    lang = shown.view.lang
    return [
        (
            labels.get(name) or word(f"family_{name}", lang),
            sorted(things, key=lambda thing: folded(thing.label)),
        )
        for name, things in by_family.items()
    ]


def saved(request: Request) -> Response:
    """Return a canvas as a file: SVG, GraphML, or one HTML page by pyvis."""
    form = request.path_params["form"]
    if form not in _FILES:
        raise HTTPException(404)
    state, lang = state_of(request), lang_of(request)
    choice = _complete(state, lang, choice_of(request.query_params))
    _, shown, drawn = _drawn(request, choice)
    if form == "graphml":
        graph = _network(state, lang, choice)
        text = graphml(graph.subgraph(_members(shown)))
    else:
        text = (
            svg(drawn)
            if form == "svg"
            else site_of(request).drawings.known(
                ("canvas", lang, state.digest, repr(choice)), lambda: html(shown.view, drawn)
            )
        )
    disposition = "inline" if form == "svg" else "attachment"
    return HTMLResponse(
        text,
        headers={"Content-Disposition": f'{disposition}; filename="network.{form}"'},
        media_type=_FILES[form],
    )


def _members(shown: Shown) -> list[str]:
    """Return the ids of what is shown, those in bundles too."""
    bundled = (node.id for bundle in shown.view.bundles for node in bundle.members)
    return [*(node.id for node in shown.view.nodes), *bundled]
