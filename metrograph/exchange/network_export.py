"""Exports a plan's network as GraphML or GEXF."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph.exchange.asserted import Choice, iri_of
from metrograph.late import late
from metrograph.plan import Plan

if TYPE_CHECKING:
    import networkx as nx

    from metrograph.network import drawing
else:
    drawing = late("metrograph.network.drawing")


def network(plan: Plan, asserted: Iterable[ox.Quad], choice: Choice) -> bytes:
    """Return the plan's network (records as nodes, relations as edges) for Gephi, yEd, igraph."""
    graph: nx.MultiDiGraph = plan.network(choice.kinds or None)
    if not choice.inferred:
        written = {plan.ids.short(iri_of(quad.subject)) for quad in asserted}
        graph.remove_nodes_from([node for node in graph if node not in written])
        edges = graph.edges(keys=True, data="inferred")
        graph.remove_edges_from([edge[:3] for edge in edges if edge[3]])
    text = drawing.graphml(graph) if choice.form == "graphml" else drawing.gexf(graph)
    return text.encode("utf-8")
