"""Asks and changes a store: the interface for everything outside this folder, and pyoxigraph.

An `Engine` holds named graphs: one for each file of a plan, one for what was inferred, one for the
ontology. A question sees all of them together as its default graph. Everything is asked by SELECT,
ASK or CONSTRUCT and changed by SPARQL Update, so that a server of SPARQL 1.1 can stand behind this
interface. Values are pyoxigraph's terms, which belong to no store.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Protocol, cast

import pyoxigraph as ox

from metrograph.vocabulary import PREFIXES

Node = ox.NamedNode | ox.BlankNode | ox.Triple
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Graphs = Sequence[ox.NamedNode] | None
_DEFAULT = ox.DefaultGraph()
_DROPPED = """
DELETE {{ ?s ?p ?o }} WHERE {{
  GRAPH {0} {{ ?s ?p ?o }}
  FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER(?other != {0}) }}
}} ;
DROP SILENT GRAPH {0}"""


class Engine(Protocol):
    """A store that answers and carries out SPARQL 1.1, with the prefixes of `vocabulary` known.

    A wrong text raises `SyntaxError`, and one that cannot be carried out `RuntimeError` or
    `OSError` (`query.sparql` makes sentences of them). `triples`, `quads`, `holds` and `graphs` are
    SPARQL, too; an engine with a quicker way overrides them.
    """

    @abstractmethod
    def query(
        self, text: str, default_graphs: Graphs = None, named_graphs: Graphs = None
    ) -> Answer:
        """Return the answer of a query of any form, asked of all graphs or of those given."""

    @abstractmethod
    def update(self, text: str) -> None:
        """Carry out an update: all of it or, if it fails, nothing."""

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples that are in no graph of a file, such as those of records to come."""
        self.update(f"INSERT DATA {{ {' . '.join(map(str, triples))} }}")

    @abstractmethod
    def load(self, turtle: bytes, graph: ox.NamedNode) -> None:
        """Add what a text in Turtle states to a graph."""

    @abstractmethod
    def drop(self, graph: ox.NamedNode) -> None:
        """Remove a graph, if there is one of this name."""

    @abstractmethod
    def swap(self, fresh: ox.NamedNode, graph: ox.NamedNode) -> None:
        """Replace what a graph holds by what a fresh one holds, which is gone then, in one step."""

    def verify(self) -> None:
        """Raise `EngineError` if what is asked has been replaced by another state meanwhile."""
        return

    def select(self, text: str) -> ox.QuerySolutions:
        """Return the rows of a SELECT."""
        return cast("ox.QuerySolutions", self.query(text))

    def ask(self, text: str) -> bool:
        """Return the answer of an ASK."""
        return bool(self.query(text))

    def construct(self, text: str) -> Iterator[ox.Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE."""
        return cast("ox.QueryTriples", self.query(text))

    def triples(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Triple]:
        """Yield the triples of a pattern that a question sees, or those of one graph."""
        pattern = _pattern(subject, predicate, value)
        within = f"GRAPH {graph} {{ {pattern} }}" if graph else pattern
        for row in self.select(f"SELECT ?s ?p ?o {{ {within} }}"):
            yield ox.Triple(subject or row["s"], predicate or row["p"], value or row["o"])

    def quads(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the triples of a pattern with the named graphs they are in, once for each graph."""
        pattern = _pattern(subject, predicate, value)
        for row in self.select(f"SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ {pattern} }} }}"):
            parts = (subject or row["s"], predicate or row["p"], value or row["o"], row["g"])
            yield ox.Quad(*parts)

    def holds(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
        graph: ox.NamedNode | None = None,
    ) -> bool:
        """Return whether a question sees any triple of a pattern, or one graph has any."""
        pattern = _pattern(subject, predicate, value)
        return self.ask(
            f"ASK {{ GRAPH {graph} {{ {pattern} }} }}" if graph else f"ASK {{ {pattern} }}"
        )

    def graphs(self) -> set[str]:
        """Return the IRIs of the named graphs."""
        rows = self.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        return {cast("ox.NamedNode", row["g"]).value for row in rows}

    def dump(
        self, file: IO[bytes], media_type: str, graph: ox.NamedNode | ox.DefaultGraph | None
    ) -> None:
        """Write a graph in a media type; the default graph is what questions see, None is all."""
        if graph is None:
            quads = [*map(_unnamed, self.triples()), *self.quads()]
            ox.serialize(quads, file, _form(media_type), prefixes=PREFIXES)
        else:
            triples = self.triples(graph=graph if isinstance(graph, ox.NamedNode) else None)
            ox.serialize(triples, file, _form(media_type), prefixes=PREFIXES)


def _form(media_type: str) -> ox.RdfFormat:
    form = ox.RdfFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(f"{media_type} is no form of RDF")
    return form


def _unnamed(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)


def _pattern(*terms: Term | None) -> str:
    """Return a triple pattern, with variables for what is open.

    Raises `ValueError` for a blank node: its name means nothing in a question.
    """
    if any(isinstance(term, ox.BlankNode) for term in terms):
        raise ValueError("a blank node cannot be named in SPARQL")
    return " ".join(str(term) if term else name for term, name in zip(terms, _OPEN, strict=True))


_OPEN = ("?s", "?p", "?o")


class Embedded(Engine):
    """pyoxigraph in this process. The default graph of its store repeats what named graphs hold."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def query(
        self, text: str, default_graphs: Graphs = None, named_graphs: Graphs = None
    ) -> Answer:
        """Return the answer of a query of any form, asked of all graphs or of those given."""
        return self._store.query(
            text,
            prefixes=PREFIXES,
            default_graph=None if default_graphs is None else list(default_graphs),
            named_graphs=None if named_graphs is None else list(named_graphs),
        )

    def update(self, text: str) -> None:
        """Carry out an update: all of it or, if it fails, nothing."""
        self._store.update(text, prefixes=PREFIXES)

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Add triples that are in no graph of a file, such as those of records to come."""
        self._store.extend(map(_unnamed, triples))

    def load(self, turtle: bytes, graph: ox.NamedNode) -> None:
        """Add what a text in Turtle states to a graph."""
        self._store.load(turtle, format=ox.RdfFormat.TURTLE, to_graph=graph)
        self.update(f"ADD SILENT {graph} TO DEFAULT")

    def drop(self, graph: ox.NamedNode) -> None:
        """Remove a graph, if there is one of this name."""
        self.update(_DROPPED.format(graph))

    def swap(self, fresh: ox.NamedNode, graph: ox.NamedNode) -> None:
        """Replace what a graph holds by what a fresh one holds, which is gone then, in one step."""
        self.update(f"{_DROPPED.format(graph)} ; MOVE {fresh} TO {graph}")

    def triples(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Triple]:
        """Yield the triples of a pattern that a question sees, or those of one graph."""
        quads = self._store.quads_for_pattern(subject, predicate, value, graph or _DEFAULT)
        return (quad.triple for quad in quads)

    def quads(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
    ) -> Iterator[ox.Quad]:
        """Yield the triples of a pattern with the named graphs they are in, once for each graph."""
        quads = self._store.quads_for_pattern(subject, predicate, value)
        return (quad for quad in quads if isinstance(quad.graph_name, ox.NamedNode))

    def holds(
        self,
        subject: Node | None = None,
        predicate: ox.NamedNode | None = None,
        value: Term | None = None,
        graph: ox.NamedNode | None = None,
    ) -> bool:
        """Return whether a question sees any triple of a pattern, or one graph has any."""
        quads = self._store.quads_for_pattern(subject, predicate, value, graph or _DEFAULT)
        return next(iter(quads), None) is not None

    def graphs(self) -> set[str]:
        """Return the IRIs of the named graphs."""
        names = self._store.named_graphs()
        return {name.value for name in names if isinstance(name, ox.NamedNode)}

    def dump(
        self, file: IO[bytes], media_type: str, graph: ox.NamedNode | ox.DefaultGraph | None
    ) -> None:
        """Write a graph in a media type; the default graph is what questions see, None is all."""
        self._store.dump(file, _form(media_type), from_graph=graph, prefixes=PREFIXES)


def opened(path: Path) -> Engine:
    """Return the store in a folder, to be read only. Raises `OSError` where there is none."""
    return Embedded(ox.Store.read_only(str(path)))


def in_memory(triples: Iterable[ox.Triple] = ()) -> Engine:
    """Return a new store in memory that holds triples, literals in the spelling of stores."""
    store = ox.Store()
    store.extend(map(_unnamed, triples))
    return Embedded(store)


def write(engine: Engine, folder: Path) -> None:
    """Write all that an engine holds to a new store in a folder. Raises `OSError`."""
    store = ox.Store(str(folder))
    store.bulk_extend(map(_unnamed, engine.triples()))
    store.bulk_extend(engine.quads())
    store.flush()
