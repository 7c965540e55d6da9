"""The commands for seeing and walking the graph: their options, and what each writes or prints.

`add_commands` gets the function by which the command line adds one; `cli.py` has the rest.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.terminal import number, opened, say, show_table
from metrograph.errors import UsageError
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query import library
from metrograph.store.writing import replace_file

if TYPE_CHECKING:
    import networkx as nx

    from metrograph.network.view import View

Run = Callable[[argparse.Namespace], int]
Add = Callable[[str, Run, str, str], argparse.ArgumentParser]
_ENDINGS = (".html", ".svg", ".graphml", ".gexf")


def add_commands(add: Add) -> None:
    """Add the commands for seeing and walking the graph to the command line."""
    _add_draw(add)
    _add_path(add)


def _add_draw(add: Add) -> None:
    command = add(
        "draw",
        _draw,
        "Draw the network of the plan, or the connections of one record, into a single file.",
        "metrograph draw --focus activity/2023/avantia -o avantia.html",
    )
    command.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE",
        help="the file to write; its extension sets the format: .html (interactive diagram "
        "with a text version), .svg (connections of --focus), .graphml or .gexf (for software "
        "such as Gephi)",
    )  # fmt: skip
    command.add_argument("--focus", metavar="ID", help="draw the connections of this record")
    command.add_argument(
        "--depth", type=number(1, 2), metavar="N",
        help="number of steps from --focus: 1 (default) or 2",
    )  # fmt: skip
    _add_kinds(command, "draw")
    command.add_argument(
        "--all", action="store_true",
        help="draw every record by itself, instead of grouping similar ones",
    )  # fmt: skip


def _add_path(add: Add) -> None:
    command = add(
        "path",
        _path,
        "Show a shortest path between two records, step by step.",
        "metrograph path activity/2023/avantia line/1",
    )
    command.add_argument("start", metavar="FROM", help="the ID of a record")
    command.add_argument("end", metavar="TO", help="the ID of another record")
    _add_kinds(command, "pass through")


def _add_kinds(command: argparse.ArgumentParser, do: str) -> None:
    command.add_argument(
        "--kinds", metavar="KIND,KIND",
        help=f"{do} only records of these kinds, such as Activity,Result (default: all but claims, "
        "codings, values, citations and other supporting records)",
    )  # fmt: skip


def _path(options: argparse.Namespace) -> int:
    plan = opened(options)
    show_table(plan.path(options.start, options.end, _kinds(plan, options.kinds)), options)
    return 0


def _kinds(plan: Plan, given: str | None) -> tuple[str, ...] | None:
    """Return the kinds that a person typed, as the plan spells them."""
    if given is None:
        return None
    from metrograph.network.network import kinds_of  # noqa: PLC0415  only these commands need it

    known = {name.casefold(): name for name in kinds_of(plan)}
    typed = [name.strip().removeprefix("mg:") for name in given.split(",") if name.strip()]
    for name in typed:
        if name.casefold() not in known:
            raise UsageError(
                f"The plan has no things of the kind {name!r}."
                f"{library.near(name, list(known.values()))} Kinds: {', '.join(known.values())}."
            )
    if not typed:
        raise UsageError("--kinds names no kind. Give some, such as --kinds Activity,Result.")
    return tuple(known[name.casefold()] for name in typed)


def _draw(options: argparse.Namespace) -> int:
    path, ending = options.output, options.output.suffix.lower()
    if ending not in _ENDINGS:
        raise UsageError(
            f"{path}: a file that ends in {ending or 'nothing'} cannot be drawn. "
            f"Give it one of these endings: {', '.join(_ENDINGS)}."
        )
    if options.depth and not options.focus:
        raise UsageError("--depth counts steps around a thing: give that thing with --focus ID.")
    if ending == ".svg" and not options.focus:
        raise UsageError(
            "An .svg shows what lies around one thing: give it with --focus ID, "
            "or draw the whole plan as .html."
        )
    plan = opened(options)
    focus = plan.known(options.focus) if options.focus else None
    also = () if focus is None else (focus,)
    graph = plan.network(_kinds(plan, options.kinds), also, citations=focus is not None)
    if ending in (".html", ".svg"):
        _draw_view(_view(graph, focus, options), ending, path, options.lang)
    else:
        _draw_network(_around(graph, focus, options), ending, path, options.lang)
    return 0


def _view(graph: "nx.MultiDiGraph", focus: str | None, options: argparse.Namespace) -> "View":
    from metrograph.network.view import BUNDLE, DRAWN, neighbourhood, whole  # noqa: PLC0415  only this

    if focus is None:
        return whole(graph, len(graph) if options.all else DRAWN)
    most = len(graph) if options.all else BUNDLE
    return neighbourhood(graph, focus, options.depth or 1, most=most)


def _draw_view(view: "View", ending: str, path: Path, lang: str) -> None:
    from metrograph.network import (  # noqa: PLC0415  late: pyvis takes long to import
        drawing,
        mindmap,
    )

    replace_file(path, drawing.html(view) if ending == ".html" else mindmap.svg(view, columns=2))
    bundled = {member.id for bundle in view.bundles for member in bundle.members}
    say(word("drawing_saved", lang).format(path, len(view.nodes) + len(bundled), len(bundled)))


def _around(
    graph: "nx.MultiDiGraph", focus: str | None, options: argparse.Namespace
) -> "nx.MultiDiGraph":
    """Return a network, or the part of it around a thing; nothing is bundled for programs."""
    if focus is None:
        return graph
    from metrograph.network.view import neighbourhood  # noqa: PLC0415  only this needs it

    near = neighbourhood(graph, focus, options.depth or 1, most=len(graph))
    return graph.subgraph([node.id for node in near.nodes])


def _draw_network(graph: "nx.MultiDiGraph", ending: str, path: Path, lang: str) -> None:
    from metrograph.network import drawing  # noqa: PLC0415  only this needs it

    replace_file(path, drawing.graphml(graph) if ending == ".graphml" else drawing.gexf(graph))
    say(word("drawing_saved", lang).format(path, len(graph), 0))
