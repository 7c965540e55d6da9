"""Finds the classes that a plan itself declares below others."""

import pyoxigraph as ox

from metrograph.vocabulary import RDF, Graphs


def kinds_below(store: ox.Store) -> dict[str, list[str]]:
    """Return the classes that a plan itself declares below others: instances were not inferred."""
    rows = store.query(
        f"SELECT ?class ?below WHERE {{ ?below <{RDF.subClassOf}>+ ?class "
        f"FILTER(ISIRI(?below)) FILTER NOT EXISTS {{ GRAPH <{Graphs.ontology}> "
        f"{{ ?below <{RDF.subClassOf}>+ ?class }} }} }}"
    )
    below: dict[str, list[str]] = {}
    for row in rows if isinstance(rows, ox.QuerySolutions) else ():
        below.setdefault(str(row["class"]), []).append(str(row["below"]))
    return below


def kinds_above(store: ox.Store) -> dict[str, list[str]]:
    """Return the classes that a plan declares above others (see `kinds_below`)."""
    above: dict[str, list[str]] = {}
    for kind, lower in kinds_below(store).items():
        for narrower in lower:
            above.setdefault(narrower, []).append(kind)
    return above
