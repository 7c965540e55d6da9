"""The commands that explore the network: what each writes or prints."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.command import argument, command, option
from metrograph.cli.parameters import File, Id, Named, Whole
from metrograph.cli.terminal import Session, opened, say, show_table
from metrograph.errors import UsageError
from metrograph.late import late
from metrograph.messages import word
from metrograph.network import mindmap
from metrograph.network.bundling import DRAWN, whole
from metrograph.network.network import kinds_of
from metrograph.network.view import BUNDLE, View, neighbourhood
from metrograph.plan import Plan
from metrograph.query import library
from metrograph.store.writing import replace_file

if TYPE_CHECKING:
    import networkx as nx

    from metrograph.network import drawing
else:  # pyvis takes long to import
    drawing = late("metrograph.network.drawing")

_ENDINGS = (".html", ".svg", ".graphml", ".gexf")


@dataclass(frozen=True)
class Drawing:
    """What `draw` draws, and where."""

    output: Path
    focus: str | None
    depth: int | None
    kinds: str | None
    all: bool


@command("path", "metrograph path activity/2023/avantia line/1")
@argument("start", type=Id(), metavar="FROM", help="arg_path_from")
@argument("end", type=Id(), metavar="TO", help="arg_path_to")
@option("--kinds", type=Named("kind"), metavar="KIND,KIND", help="opt_path_kinds")
def path(session: Session, start: str, end: str, kinds: str | None) -> int:
    """Show a shortest path between two records."""
    plan = opened(session)
    show_table(plan.path(start, end, _kinds(plan, kinds)), session)
    return 0


def _kinds(plan: Plan, kinds: str | None) -> tuple[str, ...] | None:
    """Return the kinds that a person typed, as the plan spells them."""
    if kinds is None:
        return None
    known = {name.casefold(): name for name in kinds_of(plan)}
    typed = [name.strip().removeprefix("mg:") for name in kinds.split(",") if name.strip()]
    for name in typed:
        if name.casefold() not in known:
            raise UsageError(
                "The plan has no records of the kind “{name}”.{near} Kinds: {kinds}.",
                name=name,
                near=library.near(name, list(known.values())),
                kinds=", ".join(known.values()),
            )
    if not typed:
        raise UsageError(
            "--kinds is empty. Give one or more kinds, such as --kinds Activity,Result."
        )
    return tuple(known[name.casefold()] for name in typed)


@command("draw", "metrograph draw --focus activity/2023/avantia -o avantia.html", into=Drawing)
@option("-o", "--output", type=File(), required=True, metavar="FILE", help="opt_draw_output")
@option("--focus", type=Id(), metavar="ID", help="opt_draw_focus")
@option("--depth", type=Whole(1, 2), metavar="N", help="opt_draw_depth")
@option("--kinds", type=Named("kind"), metavar="KIND,KIND", help="opt_draw_kinds")
@option("--all", is_flag=True, help="opt_draw_all")
def draw(session: Session, chosen: Drawing) -> int:
    """Draw the plan, or what is around a record, into a file."""
    file, ending = chosen.output, chosen.output.suffix.lower()
    if ending not in _ENDINGS:
        raise UsageError(
            "{path}: this format cannot be drawn. Use one of these extensions: {endings}.",
            path=file,
            endings=", ".join(_ENDINGS),
        )
    if chosen.depth and not chosen.focus:
        raise UsageError("--depth counts steps from a record: choose that record with --focus ID.")
    if ending == ".svg" and not chosen.focus:
        raise UsageError(
            "An .svg file shows the connections of one record: choose it with --focus ID, "
            "or draw the whole network as .html."
        )
    plan = opened(session)
    focus = plan.known(chosen.focus) if chosen.focus else None
    also = () if focus is None else (focus,)
    graph = plan.network(_kinds(plan, chosen.kinds), also, citations=focus is not None)
    if ending in (".html", ".svg"):
        _draw_view(_view(graph, focus, chosen), ending, file, session.lang)
    else:
        _draw_network(_around(graph, focus, chosen), ending, file, session.lang)
    return 0


def _view(graph: "nx.MultiDiGraph", focus: str | None, chosen: Drawing) -> View:
    if focus is None:
        return whole(graph, len(graph) if chosen.all else DRAWN)
    most = len(graph) if chosen.all else BUNDLE
    return neighbourhood(graph, focus, chosen.depth or 1, most=most)


def _draw_view(view: View, ending: str, path: Path, lang: str) -> None:
    replace_file(path, drawing.html(view) if ending == ".html" else mindmap.svg(view, columns=2))
    bundled = {member.id for bundle in view.bundles for member in bundle.members}
    say(word("drawing_saved", lang).format(path, len(view.nodes) + len(bundled), len(bundled)))


def _around(graph: "nx.MultiDiGraph", focus: str | None, chosen: Drawing) -> "nx.MultiDiGraph":
    """Return a network, or the part of it around a thing; nothing is bundled for programs."""
    if focus is None:
        return graph
    near = neighbourhood(graph, focus, chosen.depth or 1, most=len(graph))
    return graph.subgraph([node.id for node in near.nodes])


def _draw_network(graph: "nx.MultiDiGraph", ending: str, path: Path, lang: str) -> None:
    replace_file(path, drawing.graphml(graph) if ending == ".graphml" else drawing.gexf(graph))
    say(word("drawing_saved", lang).format(path, len(graph), 0))
