"""Asks a store the queries that select the nodes which may violate shapes."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pyoxigraph as ox

from metrograph.errors import ShapesError
from metrograph.store.prebinding import Term

_AT_ONCE = 4  # queries
Shape = TypeVar("Shape")


def picked(
    store: ox.Store, asked: Iterable[tuple[Shape, str]], name: Callable[[Shape], object]
) -> Iterator[tuple[Shape, Term]]:
    """Yield each shape with what its queries select as `?this`; several are run at once.

    Raises `ShapesError` for a query that cannot be run, with the name of its shape.
    """

    def run(pair: tuple[Shape, str]) -> list[tuple[Shape, Term]]:
        shape, query = pair
        try:
            rows = store.query(query)
        except (SyntaxError, ValueError, RuntimeError) as error:
            raise ShapesError(
                "{shape_name} cannot be run: {error}", shape_name=name(shape), error=error
            ) from None
        nodes = [row["this"] for row in rows] if isinstance(rows, ox.QuerySolutions) else []
        return [(shape, node) for node in nodes if isinstance(node, Term)]

    with ThreadPoolExecutor(_AT_ONCE) as pool:  # queries leave Python's lock to each other
        for pairs in pool.map(run, list(asked)):
            yield from pairs
