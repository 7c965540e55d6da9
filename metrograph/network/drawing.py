"""Writes a view or a network to a file: an HTML page by pyvis, GraphML or GEXF."""

import io
import json
import re
from collections.abc import Iterator
from importlib import resources as package
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from metrograph.late import late
from metrograph.messages import word
from metrograph.network.mindmap import clean, icon
from metrograph.network.plotting import data
from metrograph.network.scene import Entry, Scene, plain
from metrograph.network.symbols import order
from metrograph.network.view import Bundle, Thing, View
from metrograph.tables.html import finalizer
from metrograph.text import filled, folded

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = late("networkx")

_TEMPLATES = Path(__file__).parent / "templates"
SCRIPT = "lib/vis-9.1.2/vis-network.min.js"  # of the pyvis that pyproject.toml pins


def html(view: View, drawn: Scene | None = None) -> str:
    """Return a view as one HTML page that opens from disk and asks nothing of any network.

    Its drawing is a pyvis network, shown by the vis-network that pyvis brings, with a legend and a
    search in it; below it stands the same in words, folded. Labels are text everywhere: no markup
    in them is ever read as such.
    """
    drawn = drawn or plain(view)
    anchors = {thing.id: f"thing-{at}" for at, thing in enumerate(view.things, start=1)}
    key = "drawing_around" if view.focus else "drawing_whole"
    template = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        keep_trailing_newline=True,
        finalize=finalizer(view.lang),
    ).get_template("drawing.html")
    page = template.render(
        lang=view.lang,
        title=filled(word(key, view.lang), view.title),
        plain_title=word(key, view.lang).format(view.title),
        view=view,
        words=_words(view.lang),
        kinds=list(_kinds(view, anchors)),
        legend=[_key(entry) for entry in drawn.legend],
        script=Markup(vis_network()),  # noqa: S704  the library's own code, no label in it
        drawing=Markup(script()),  # noqa: S704  our own code, no label in it
        data=Markup(_as_script(data(drawn) | {"anchors": anchors})),  # noqa: S704  escaped by _as_script
    )
    return clean(page)


def _key(entry: Entry) -> dict[str, Any]:
    """Return an entry of the legend with the mark of its kind."""
    mark = Markup(icon(entry.kind)) if entry.kind else ""  # noqa: S704  drawn here, no label in it
    return {"icon": mark, "label": entry.label, "colour": entry.colour, "kind": entry.kind}


def script() -> str:
    """Return the script that shows a scene with vis-network, here and in the explorer."""
    return (_TEMPLATES / "drawing.js").read_text(encoding="utf-8")


def _words(lang: str) -> dict[str, str]:
    keys = ("how", "bundled", "no_script", "legend", "list", "search", "fit")
    return {key: word(f"drawing_{key}", lang) for key in keys} | {
        "inferred": word("inferred", lang),
        "colon": word("colon", lang),
    }


def vis_network() -> str:
    """Return the script of vis-network, fit to stand inside a page."""
    script = (package.files("pyvis") / SCRIPT).read_text(encoding="utf-8")
    script = script.partition("//# sourceMappingURL=")[0]  # developers' tools would ask for it
    return script.replace("</script", "<\\/script")


def _as_script(value: Any) -> str:
    r"""Return a value as JSON that no text in it can break out of (HTML standard, 4.12.1.3).

    >>> _as_script("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, sort_keys=True)  # ASCII only, so no line separators either
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _kinds(view: View, anchors: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield, for each kind, its mark, and its records with all that is shown of them."""
    by_kind: dict[str, list[Thing]] = {}
    for thing in view.things:
        by_kind.setdefault(thing.kind, []).append(thing)
    relations = _relations(view, anchors)
    for kind in sorted(by_kind, key=order):
        things = sorted(
            by_kind[kind], key=lambda thing: (isinstance(thing, Bundle), folded(thing.label))
        )
        yield {
            "icon": Markup(icon(kind)),  # noqa: S704  drawn here, no label in it
            "label": things[0].kind_label,
            "count": sum(
                len(thing.members) if isinstance(thing, Bundle) else 1 for thing in things
            ),
            "entries": [_entry(thing, anchors, relations) for thing in things],
        }


def _entry(
    thing: Thing, anchors: dict[str, str], relations: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    bundle = isinstance(thing, Bundle)
    return {
        "anchor": anchors[thing.id],
        "id": "" if bundle else thing.id,
        "label": thing.label,
        "description": "" if isinstance(thing, Bundle) else thing.description,
        "members": thing.members if isinstance(thing, Bundle) else (),
        "relations": relations.get(thing.id, []),
    }


def _relations(view: View, anchors: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Return, for each thing, its relations: an arrow, a label, and the things at the other end."""
    labels = {thing.id: thing.label for thing in view.things}
    entries_of: dict[str, dict[tuple[bool, str, bool], dict[str, Any]]] = {}
    for edge in view.edges:
        for name, other, arrow in (
            (edge.source, edge.target, "→"),
            (edge.target, edge.source, "←"),
        ):
            entry = entries_of.setdefault(name, {}).setdefault(
                (arrow == "←", edge.label, edge.inferred),
                {"arrow": arrow, "label": edge.label, "inferred": edge.inferred, "others": []},
            )
            entry["others"].append({"anchor": anchors[other], "label": labels[other]})
    return {name: [entries[key] for key in sorted(entries)] for name, entries in entries_of.items()}


def graphml(graph: "nx.MultiDiGraph") -> str:
    """Return a network as GraphML, for programs such as yEd, Gephi and igraph."""
    out = io.BytesIO()
    nx.write_graphml_xml(_texts(graph), out, encoding="utf-8", prettyprint=True)
    return out.getvalue().decode("utf-8")


def gexf(graph: "nx.MultiDiGraph") -> str:
    """Return a network as GEXF 1.2, the form of Gephi."""
    out = io.BytesIO()
    nx.write_gexf(_texts(graph), out, encoding="utf-8", prettyprint=True)
    dated = out.getvalue().decode("utf-8")
    return re.sub(r' lastmodifieddate="[^"]*"', "", dated, count=1)  # same plan, same file


def _texts(graph: "nx.MultiDiGraph") -> "nx.MultiDiGraph":
    """Return a network whose attributes are texts that XML can hold; edges are numbered."""
    plain_ = nx.MultiDiGraph()
    for name, attributes in graph.nodes(data=True):
        plain_.add_node(clean(name), **_plain_texts(attributes))
    for at, (source, target, attributes) in enumerate(graph.edges(data=True), start=1):
        plain_.add_edge(clean(source), clean(target), key=str(at), **_plain_texts(attributes))
    return plain_


def _plain_texts(attributes: dict[str, Any]) -> dict[str, str]:
    """Return attributes as texts: true and false as the formats spell them, none as nothing."""
    return {
        name: str(value).lower() if isinstance(value, bool) else clean(str(value or ""))
        for name, value in attributes.items()
    }
