"""Shows of a built store what its files and the ontology assert, and nothing that was inferred.

So a form or a workbook that is compared with the files need not parse them again. What is added
stays in memory; the store is only read.
"""

import errno
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NoReturn

import pyoxigraph as ox

from metrograph.store import engine
from metrograph.store.engine import Embedded, Engine
from metrograph.vocabulary import Graphs


class Asserted(Engine):
    """The asserted part of a store, as an engine."""

    def __init__(self, store: ox.Store) -> None:
        """Show a store, which is not changed."""
        self._store = store
        self._added = ox.Store()

    def query(
        self, text: str, default_graphs: engine.Graphs = None, named_graphs: engine.Graphs = None
    ) -> engine.Answer:
        """Return the answer of a query, asked of what is asserted; what was added is not seen."""
        names = [ox.NamedNode(name) for name in sorted(self.graphs())]
        chosen = names if default_graphs is None else default_graphs
        return Embedded(self._store).query(text, chosen, named_graphs or names)

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples to what `triples` and `holds` see."""
        Embedded(self._added).add(triples)

    def triples(
        self,
        subject: engine.Node | None = None,
        predicate: ox.NamedNode | None = None,
        value: engine.Term | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Triple]:
        """Yield each asserted triple of a pattern once, or those of one graph."""
        if graph:
            yield from Embedded(self._store).triples(subject, predicate, value, graph)
            return
        quads = chain(
            self.quads(subject, predicate, value),
            self._added.quads_for_pattern(subject, predicate, value),
        )
        yield from dict.fromkeys(quad.triple for quad in quads)

    def quads(
        self,
        subject: engine.Node | None = None,
        predicate: ox.NamedNode | None = None,
        value: engine.Term | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the asserted triples of a pattern with the named graphs they are in."""
        for quad in self._store.quads_for_pattern(subject, predicate, value):
            name = quad.graph_name
            if isinstance(name, ox.NamedNode) and name.value != Graphs.inferred:
                yield quad

    def holds(
        self,
        subject: engine.Node | None = None,
        predicate: ox.NamedNode | None = None,
        value: engine.Term | None = None,
        graph: ox.NamedNode | None = None,
    ) -> bool:
        """Return whether any triple of a pattern is asserted, or one graph has any."""
        return next(iter(self.triples(subject, predicate, value, graph)), None) is not None

    def graphs(self) -> set[str]:
        """Return the IRIs of the named graphs."""
        return Embedded(self._store).graphs() - {Graphs.inferred}

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        """Refuse a change: the store is only read."""
        raise PermissionError(errno.EROFS, os.strerror(errno.EROFS))

    update = load = drop = swap = _refuse
