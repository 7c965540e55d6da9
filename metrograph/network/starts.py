"""The views that a canvas starts from, chosen by name: their records, in columns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from metrograph.messages import word
from metrograph.network.bundling import DRAWN, merged, whole
from metrograph.network.details import Details
from metrograph.network.view import Bundle, Edge, Thing, View

if TYPE_CHECKING:
    import networkx as nx

OVERVIEW, TREE, PEOPLE, EVIDENCE, WHOLE = "overview", "tree", "people", "evidence", "whole"
VIEWS = (OVERVIEW, TREE, PEOPLE, EVIDENCE, WHOLE)
CLAIMS = ("AlignmentClaim", "Decision")
_MOST = 140  # records that a view in columns names one by one
_FEW_CLAIMS = 40  # that stand on their own
_PARTNERS, _MEMBERS = ("Organization", "Body", "PartnerGroup", "Stakeholder"), ("Member", "Place")
_STRUCTURE = ("ActionLine", "PlanElement", "Axis", "Result")
_PART_OF, _SERVES = "mg:partOf", ("mg:contributesTo", "mg:reportedUnder")


@dataclass(frozen=True)
class Start:
    """A view to start from: its records, edges, and columns by their names (none: by springs).

    `names` are shorter labels than the records' own, where the column says the rest; `ordered`
    are the columns whose order is the plan's.
    """

    things: tuple[Thing, ...] = ()
    edges: tuple[Edge, ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    ordered: frozenset[int] = frozenset()


def start(graph: "nx.MultiDiGraph", known: Details, name: str, opened: Iterable[str]) -> Start:
    """Return a view by its name; of its bundles, those that are `opened` show their members.

    Raises `KeyError` for a name that is not in `VIEWS`.
    """
    makes = (_overview, _tree, _people, _evidence, _whole)
    make = dict(zip(VIEWS, makes, strict=True))[name]
    return make(graph, known, frozenset(opened))


def default(graph: "nx.MultiDiGraph") -> str:
    """Return the view that says most of a plan: its intersections, else its tree."""
    kinds = {kind for _, kind in graph.nodes(data="kind")}
    return OVERVIEW if "VisionTheme" in kinds or "Challenge" in kinds else TREE


def _of(graph: "nx.MultiDiGraph", *kinds: str) -> list[str]:
    return [name for name, kind in graph.nodes(data="kind") if kind in kinds]


def _near(graph: "nx.MultiDiGraph", name: str) -> set[str]:
    return {*graph.successors(name), *graph.predecessors(name)} - {name}


def _shown(graph: "nx.MultiDiGraph", names: Iterable[str], opened: frozenset[str]) -> View:
    """Return these records; where they are many, alike ones become bundles that can be opened."""
    part = graph.subgraph(names)
    view = whole(part, _MOST)
    kept = [bundle for bundle in view.bundles if bundle.id not in opened]
    if len(kept) == len(view.bundles):
        return view
    groups = [[node.id] for node in view.nodes]
    for bundle in view.bundles:
        ids = [member.id for member in bundle.members]
        groups += [ids] if bundle in kept else [[name] for name in ids]
    return merged(part, groups)


def _overview(graph: "nx.MultiDiGraph", known: Details, opened: frozenset[str]) -> Start:
    """Return themes, intersections, activities and challenges; a gap is joined to nothing."""
    crossings = [name for name in known.sides if name in graph]
    themes = _in_order(graph, "VisionTheme", [known.sides[name][1] for name in crossings])
    challenges = _in_order(graph, "Challenge", [known.sides[name][0] for name in crossings])
    ends = {*crossings, *themes, *challenges}
    joined = {*crossings, *challenges} or ends
    activities = [name for name in _of(graph, "Activity") if _near(graph, name) & joined]
    view = _shown(graph, [*ends, *activities], opened)
    shown = {thing.id: thing for thing in view.things}
    doing = [name for name, thing in shown.items() if thing.kind == "Activity"]
    crossings.sort(
        key=lambda name: (
            _place(themes, known.sides[name][1]),
            _place(challenges, known.sides[name][0]),
        )
    )
    names = {
        name: f"× {graph.nodes[known.sides[name][0]]['label']}"
        for name in crossings
        if known.sides[name][0] in graph
    }
    columns = tuple(
        tuple(name for name in column if name in shown)
        for column in (themes, crossings, doing, challenges)
    )
    edges = tuple(_flow(view.edges, shown, known, bool(crossings)))
    return Start(view.things, edges, columns, names, frozenset({0, 1, 3}))


def _in_order(graph: "nx.MultiDiGraph", kind: str, first: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*(name for name in first if name in graph), *_of(graph, kind)]))


def _place(names: list[str], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _flow(
    edges: Iterable[Edge], shown: Mapping[str, Thing], known: Details, has_crossings: bool
) -> Iterator[Edge]:
    """Yield the edges from each column to the next: none runs behind another record."""
    steps = [
        {"VisionTheme", "Intersection"},
        {"Intersection", "Activity"},
        {"Activity", "Challenge"},
    ]
    if not has_crossings:
        steps.append({"VisionTheme", "Activity"})
    for edge in edges:
        kinds = {shown[edge.source].kind, shown[edge.target].kind}
        if kinds in steps and not {edge.source, edge.target} & known.gaps:
            yield edge


def _tree(graph: "nx.MultiDiGraph", known: Details, opened: frozenset[str]) -> Start:
    """Return the elements of the plan by their depth, and the activities that serve them."""
    elements = [
        name for name in graph if graph.nodes[name]["kind"] in _STRUCTURE or name in known.statuses
    ]
    wholes = _wholes(graph, elements)
    activities = [
        name
        for name in _of(graph, "Activity", "Initiative")
        if any(_serves(graph, name, near) for near in _near(graph, name) if near in wholes)
    ]
    view = _shown(graph, [*elements, *activities], opened)
    shown = {thing.id: thing for thing in view.things}
    depths = {name: len(_branch(name, wholes)) - 1 for name in elements}
    last = max(depths.values(), default=-1) + 1
    columns: list[list[str]] = [[] for _ in range(last + 1)]
    for name in sorted(shown, key=lambda name: _branch(name.removeprefix("bundle:"), wholes)):
        columns[depths.get(name.removeprefix("bundle:"), last)].append(name)
    held = tuple(tuple(column) for column in columns if column)
    edges = tuple(_branches(view.edges, wholes, depths))
    return Start(view.things, edges, held, ordered=frozenset(range(len(held) - 1)))


def _branches(
    edges: Iterable[Edge], wholes: Mapping[str, str], depths: Mapping[str, int]
) -> Iterator[Edge]:
    """Yield an element's edge to what it is part of, and an activity's to its nearest elements."""
    deepest: dict[str, int] = {}
    for edge in edges:
        if edge.predicate in _SERVES:
            depth = depths.get(edge.target.removeprefix("bundle:"), 0)
            deepest[edge.source] = max(depth, deepest.get(edge.source, 0))
    for edge in edges:
        source, target = (name.removeprefix("bundle:") for name in (edge.source, edge.target))
        is_nearest = depths.get(target, 0) == deepest.get(edge.source)
        is_part = edge.predicate == _PART_OF and wholes.get(source) == target
        if is_part or (edge.predicate in _SERVES and is_nearest):
            yield edge


def _branch(name: str, wholes: Mapping[str, str]) -> tuple[str, ...]:
    """Return the way from the top to an element, by which a column is put in order."""
    way: list[str] = []
    while name and name not in way:
        way.insert(0, name)
        name = wholes.get(name, "")
    return tuple(way)


def _serves(graph: "nx.MultiDiGraph", name: str, near: str) -> bool:
    return any(predicate in _SERVES for predicate in graph.get_edge_data(name, near) or {})


def _wholes(graph: "nx.MultiDiGraph", elements: list[str]) -> dict[str, str]:
    """Return the element of which each is a part, or the empty text."""
    held = set(elements)
    return {
        name: min(
            (
                near
                for _, near, key in graph.out_edges(name, keys=True)
                if key == _PART_OF and near in held and near != name
            ),
            default="",
        )
        for name in elements
    }


def _people(graph: "nx.MultiDiGraph", known: Details, opened: frozenset[str]) -> Start:
    """Return organisations and bodies, activities, members: who works with whom, on what."""
    del known
    partners, members = _of(graph, *_PARTNERS), _of(graph, *_MEMBERS)
    doing = {"Activity", "Initiative", "Event"}
    everyone = {*partners, *members}
    activities = [name for name in _of(graph, *doing) if _near(graph, name) & everyone]
    involved = {near for name in activities for near in _near(graph, name)} & everyone
    view = _shown(graph, [*involved, *activities], opened)
    edges = tuple(edge for edge in view.edges if len(_ends(edge, view) & doing) == 1)
    columns = tuple(
        tuple(thing.id for thing in view.things if thing.kind in kinds)
        for kinds in (_PARTNERS, doing, _MEMBERS)
    )
    return Start(view.things, edges, tuple(column for column in columns if column))


def _ends(edge: Edge, view: View) -> set[str]:
    kinds = {thing.id: thing.kind for thing in view.things}
    return {kinds[edge.source], kinds[edge.target]}


def _evidence(graph: "nx.MultiDiGraph", known: Details, opened: frozenset[str]) -> Start:
    """Return activities, the claims about them, and the coders and sources of these."""
    claims = [name for name in _of(graph, *CLAIMS) if known.units.get(name) in graph]
    units = dict.fromkeys(known.units[name] for name in claims)
    near = {other for name in claims for other in _near(graph, name)}
    held = [name for name in _of(graph, "Coder", "Source", "Document") if name in near]
    part = graph.subgraph([*claims, *units, *held])
    groups = [[name] for name in (*units, *held)]
    groups += _claims(claims, known, opened)
    view = merged(part, groups)
    kinds = {thing.id: thing.kind for thing in view.things}
    steps = [{"Coder", "claim"}, {"claim", "Activity"}, {"claim", "Source"}, {"claim", "Document"}]
    edges = tuple(
        edge
        for edge in view.edges
        if {_role(kinds[edge.source]), _role(kinds[edge.target])} in steps
    )
    return Start(
        view.things,
        edges,
        tuple(
            tuple(name for name, kind in kinds.items() if _role(kind) in roles)
            for roles in (("Activity",), ("claim",), ("Coder", "Source", "Document"))
        ),
        {bundle.id: _standing(bundle, known, graph.graph["lang"]) for bundle in view.bundles},
    )


def _role(kind: str) -> str:
    return "claim" if kind in CLAIMS else kind


def _claims(claims: list[str], known: Details, opened: frozenset[str]) -> list[list[str]]:
    """Return the claims in groups of one activity and standing; few claims stand alone."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name in sorted(claims):
        groups.setdefault((known.units[name], known.standings[name]), []).append(name)
    return [
        part
        for group in groups.values()
        for part in (
            [[name] for name in group]
            if len(claims) <= _FEW_CLAIMS or f"bundle:{group[0]}" in opened
            else [group]
        )
    ]


def _standing(bundle: Bundle, known: Details, lang: str) -> str:
    standing = known.standings[bundle.members[0].id]
    return f"{len(bundle.members)} {word(f'canvas_{standing}', lang)}"


def _whole(graph: "nx.MultiDiGraph", known: Details, opened: frozenset[str]) -> Start:
    """Return all records, alike ones in bundles, laid out by springs."""
    del known
    view = whole(graph, DRAWN)
    if opened & {bundle.id for bundle in view.bundles}:
        groups = [[node.id] for node in view.nodes]
        for bundle in view.bundles:
            ids = [member.id for member in bundle.members]
            groups += [[name] for name in ids] if bundle.id in opened else [ids]
        view = merged(graph, groups)
    return Start(view.things, view.edges)
