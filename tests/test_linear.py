"""Work grows with what is read, not with its square: steps are counted, and inputs doubled."""

import pyoxigraph as ox
from rdflib import SH, URIRef

from metrograph import resources
from metrograph.terms import MG, MG_NAMESPACE
from metrograph.validate import read_shapes

_HERE = "https://example.org/"
_COUNTED = "urn:x:counted"


def _figures(subjects: int) -> ox.Store:
    """Return figures of one indicator: three of each subject for a year, that differ."""
    store = ox.Store()
    for subject in range(subjects):
        for value in range(3):
            figure = ox.NamedNode(f"{_HERE}{subject}/{value}")
            for predicate, term in (
                (MG.ofIndicator, ox.NamedNode(f"{_HERE}trees")),
                (MG.subject, ox.NamedNode(f"{_HERE}{subject}")),
                (MG.year, ox.Literal("2024")),
                (MG.value, ox.Literal(value)),
            ):
                store.add(ox.Quad(figure, ox.NamedNode(predicate), term))
    return store


def _compared(store: ox.Store) -> tuple[int, int]:
    """Return how many figures the shape of differing ones selects, and how often it compares."""
    shapes = read_shapes(resources.ONTOLOGY / "shapes.ttl")
    target = URIRef("https://w3id.org/metrograph/shapes#figures-differ-unmarked-target")
    query = str(shapes.value(target, SH.select))
    calls = 0

    def counted(*parts: object) -> ox.Literal:
        nonlocal calls
        calls += 1
        return ox.Literal("".join(str(getattr(part, "value", part)) for part in parts))

    assert "CONCAT(" in query
    rows = store.query(
        query.replace("CONCAT(", f"<{_COUNTED}>("),
        prefixes={"mg": MG_NAMESPACE},
        custom_functions={ox.NamedNode(_COUNTED): counted},
    )
    assert isinstance(rows, ox.QuerySolutions)
    return len(list(rows)), calls


def test_figures_of_one_indicator_are_compared_once_each() -> None:
    """What a figure is about is worked out twice for each: to group it, and to find its group."""
    assert _compared(_figures(20)) == (60, 120)
    assert _compared(_figures(40)) == (120, 240)
