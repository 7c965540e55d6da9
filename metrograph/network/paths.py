"""Paths between records, central records and communities of a network, as tables."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from metrograph.errors import QueryError
from metrograph.late import late
from metrograph.messages import word
from metrograph.network.view import need
from metrograph.query.answers import columns
from metrograph.tables.cell import rounded
from metrograph.tables.table import Cell, Entity, Table
from metrograph.text import filled, joined, separated

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = late("networkx")

_SAMPLE = 1_000  # nodes from which paths are counted; from all of a large network takes minutes
_NAMED = 3  # things that a group is known by


@dataclass(frozen=True)
class Step:
    """One step of a path; `forward` where the edge runs from `start` to `end`."""

    start: str
    end: str
    predicate: str
    label: str
    forward: bool
    inferred: bool


def shortest_path(graph: "nx.MultiDiGraph", start: str, end: str) -> tuple[Step, ...]:
    """Return the fewest steps from a record to another, in either direction of the edges.

    Of several paths of the same length it is the one through the things with the fewest connections
    (by way of what is tied to everything, anything is connected), and always the same. From a thing
    to itself there are no steps.
    Raises `QueryError` for an unknown id, or if the two are not connected.
    """
    need(graph, start)
    need(graph, end)
    try:
        names = nx.shortest_path(_weighted(graph), start, end, weight="weight")
    except nx.NetworkXNoPath:
        raise QueryError(
            "No path in the network connects “{start}” and “{end}”. Records of other "
            "kinds may connect them: choose kinds with --kinds.",
            start=start,
            end=end,
        ) from None
    return tuple(_step(graph, *pair) for pair in pairwise(names))


def _weighted(graph: "nx.MultiDiGraph") -> "nx.Graph":
    """Return the network with weights: a step outweighs all connections of all records on a way."""
    plain = _plain(graph)
    step = 4 * plain.number_of_edges() + 1
    for start, other in plain.edges:
        plain.edges[start, other]["weight"] = step + plain.degree[start] + plain.degree[other]
    return plain


def _plain(graph: "nx.MultiDiGraph") -> "nx.Graph":
    """Return the network with one undirected edge for all between two records, in order of ids."""
    plain = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    pairs = {(min(a, b), max(a, b)) for a, b in graph.edges() if a != b}
    plain.add_edges_from(sorted(pairs))  # the order decides between equal paths
    return plain


def _step(graph: "nx.MultiDiGraph", start: str, end: str) -> Step:
    """Return the step between two neighbours: what is written first, then what runs forward."""
    steps = [
        Step(start, end, predicate, attributes["label"], forward, attributes["inferred"])
        for forward, (source, target) in ((True, (start, end)), (False, (end, start)))
        for predicate, attributes in (graph.get_edge_data(source, target) or {}).items()
    ]
    return min(steps, key=lambda step: (step.inferred, not step.forward, step.predicate))


def path_table(graph: "nx.MultiDiGraph", start: str, end: str) -> Table:
    """Return the shortest path as a table of a row per step, and as a chain in its note.

    Raises `QueryError` as `shortest_path` does.
    """
    lang = graph.graph["lang"]
    steps = shortest_path(graph, start, end)
    rows = tuple(
        (
            _entity(graph, step.start),
            _arrow(step),
            _entity(graph, step.end),
            word("inferred" if step.inferred else "written", lang),
        )
        for step in steps
    )
    chain = separated(
        " ", [_label(graph, start), *(t for s in steps for t in (_arrow(s), _label(graph, s.end)))]
    )
    title = filled(word("path_title", lang), _label(graph, start), _label(graph, end))
    note = joined(chain, "\n", word("path_note", lang)) if steps else ""
    heads = columns(
        lang, "path_from", "relation", "path_to", "origin", things=("path_from", "path_to")
    )
    return Table(title, heads, rows, note, lang, word("path_same", lang))


def _arrow(step: Step) -> str:
    """Return a relation with arrows that say which way it is to be read."""
    sign = "→" if step.forward else "←"
    return joined(f"{sign} ", step.label, f" {sign}")


def _label(graph: "nx.MultiDiGraph", name: str) -> str:
    label: str = graph.nodes[name]["label"]
    return label


def _entity(graph: "nx.MultiDiGraph", name: str) -> Entity:
    return Entity(name, _label(graph, name))


def central(graph: "nx.MultiDiGraph", n: int = 20, seed: int = 1) -> Table:
    """Return the `n` records that are central to the network, by two measures.

    Degree: with how many other things a thing is directly connected, also as a share of all that it
    could be (Freeman 1978, "Centrality in social networks: conceptual clarification"). Betweenness:
    the share of shortest paths between two others that lead through it, which is who or what would
    be missed as a bridge (Freeman 1977, "A set of measures of centrality based on betweenness"; by
    the algorithm of Brandes 2001, "A faster algorithm for betweenness centrality"). Above 1,000
    nodes with a connection, betweenness is estimated from 1,000 of them, chosen by `seed`.
    Both look at edges without their direction; what has no connection is left out.
    """
    lang = graph.graph["lang"]
    plain = _connected(graph)
    sample = _SAMPLE if len(plain) > _SAMPLE else None
    between = nx.betweenness_centrality(plain, k=sample, seed=seed)
    shares = nx.degree_centrality(plain)
    rows = tuple(
        (
            _entity(graph, name),
            graph.nodes[name]["kind_label"],
            plain.degree[name],
            rounded(shares[name]),
            rounded(between[name]),
        )
        for name in sorted(plain, key=lambda name: (-between[name], -plain.degree[name], name))[:n]
    )
    heads = columns(
        lang, "thing", "kind", "connections", "degree", "betweenness", things=("thing",)
    )
    note = word("central_sampled" if sample else "central_note", lang).format(sample)
    return Table(word("central", lang), heads, rows, note, lang, word("nothing", lang))


def _connected(graph: "nx.MultiDiGraph") -> "nx.Graph":
    plain = _plain(graph)
    plain.remove_nodes_from([name for name, degree in list(plain.degree) if degree == 0])
    return plain


def groups(graph: "nx.MultiDiGraph", seed: int = 1) -> tuple[tuple[str, ...], ...]:
    """Return the communities of a network, the largest first, each with its best connected first.

    A community has many edges within and few to the rest: by the Louvain method, which raises
    modularity (Blondel, Guillaume, Lambiotte, Lefebvre 2008, "Fast unfolding of communities in
    large networks"). It starts from `seed`; the same seed gives the same communities.
    """
    plain = _connected(graph)
    names = sorted(plain)
    # by number, since sets of texts have another order in every process
    numbered = nx.relabel_nodes(plain, {name: at for at, name in enumerate(names)})
    communities_ = nx.community.louvain_communities(numbered, seed=seed) if names else []
    ordered = (
        tuple(sorted((names[at] for at in members), key=lambda name: (-plain.degree[name], name)))
        for members in communities_
    )
    return tuple(sorted(ordered, key=lambda members: (-len(members), members)))


def communities(graph: "nx.MultiDiGraph", seed: int = 1) -> Table:
    """Return the communities of the network (see `groups`): size, best connected, kinds."""
    lang = graph.graph["lang"]
    rows = tuple(
        (
            at,
            len(group),
            _best(graph, group),
            _kinds(graph, group),
        )
        for at, group in enumerate(groups(graph, seed), start=1)
    )
    heads = columns(lang, "community", "things", "best_connected", "kinds")
    return Table(
        word("communities", lang),
        heads,
        rows,
        word("communities_note", lang),
        lang,
        word("nothing", lang),
    )


def _best(graph: "nx.MultiDiGraph", group: tuple[str, ...]) -> Cell:
    return separated(", ", [_entity(graph, name).text for name in group[:_NAMED]])


def _kinds(graph: "nx.MultiDiGraph", group: tuple[str, ...]) -> str:
    counts: dict[str, Any] = {}
    for name in group:
        kind = graph.nodes[name]["kind_label"]
        counts[kind] = counts.get(kind, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{kind} {count}" for kind, count in ordered)
