"""The network of a plan as its files are now, made once in each language."""

from typing import TYPE_CHECKING

from metrograph.web.site import State

if TYPE_CHECKING:
    import networkx as nx


def network_of(state: State, lang: str) -> "nx.MultiDiGraph":
    """Return the network of a plan, with its labels in a language."""
    return state.known(("network", lang), state.plan(lang).network)
