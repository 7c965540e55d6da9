"""Asks a plan that lies on a SPARQL server: the `Engine` for any server of SPARQL 1.1.

A plan's graphs lie there under names of their own for each state, below `STATES`. A query names
the graphs that it sees, so that it sees one whole state of one plan, whatever else lies there.
Here they have the names that all plans' graphs have; in texts and answers one stands for the other.
"""

import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from metrograph.errors import EngineError
from metrograph.store.engine import Answer, Engine, Graphs, in_memory
from metrograph.store.tokens import SPARQL_IRI, blanked
from metrograph.store.wire import ROWS, Wire
from metrograph.vocabulary import PREFIXES
from metrograph.vocabulary import Graphs as Names

ROOT = "https://w3id.org/metrograph/"
STATES = f"{ROOT}state/"
# These IRIs name more than graphs, so they are only replaced where a graph is named.
_GRAPH = re.compile(
    rf"(\bGRAPH\s*)<({re.escape(Names.ontology)}|{re.escape(Names.interface)})>", re.I
)
_FROM = re.compile(r"(?<![?$:\w-])FROM\b", re.IGNORECASE)
_PROLOGUE = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
_FRESH = 2.0  # seconds for which a state that was looked up is taken to be the one in force


@dataclass(frozen=True)
class State:
    """One state of a plan on a server: what a command needs to know of it.

    `key` names its graphs, which are `graphs` by the names that they have here; `before` is the key
    and the graphs of the state before, which somebody may still read.
    """

    key: str
    base: str
    plan: str
    digest: str
    languages: tuple[str, ...]
    violations: int
    graphs: tuple[str, ...]
    before: tuple[str, ...] = ()

    def there(self, graph: str) -> str:
        """Return the name on the server of a graph."""
        return f"{STATES}{self.key}/{graph.removeprefix(ROOT)}"

    def to_json(self) -> dict[str, Any]:
        """Return the state as plain values."""
        return asdict(self)


class Remote(Engine):
    """A state of a plan on a server; `now` looks up which state is in force there."""

    def __init__(self, wire: Wire, state: State, now: Callable[[], str | None]) -> None:
        self.wire, self.state = wire, state
        self._now, self._seen = now, time.monotonic()

    def query(
        self, text: str, default_graphs: Graphs = None, named_graphs: Graphs = None
    ) -> Answer:
        """Return the answer of a query of any form, asked of all graphs or of those given."""
        if _FROM.search(blanked(text, SPARQL_IRI)):
            seen: tuple[list[str], list[str]] = ([], [])
        else:
            seen = self._named(default_graphs), self._named(named_graphs)
        kind, body = self.wire.query(self._there(f"{_PROLOGUE} {text}"), *seen)
        if time.monotonic() - self._seen > _FRESH:
            self.verify()
        return self._read(kind, body.replace(self._prefix.encode(), ROOT.encode()))

    def verify(self) -> None:
        """Raise `EngineError` if another state is in force on the server now."""
        if self._now() != self.state.key:
            raise EngineError(
                "{host}: the plan on the server has changed while it was read. Ask again.",
                host=self.wire.addresses.host,
            )
        self._seen = time.monotonic()

    def update(self, text: str) -> None:
        """Carry out an update: all of it or, if it fails, nothing."""
        self.wire.update(self._there(f"{_PROLOGUE} {text}"))

    def load(self, turtle: bytes, graph: ox.NamedNode) -> None:
        """Add what a text in Turtle states to a graph."""
        self.wire.post(self.state.there(graph.value), turtle, "text/turtle")

    def drop(self, graph: ox.NamedNode) -> None:
        """Remove a graph, if there is one of this name."""
        self.wire.delete(self.state.there(graph.value))

    def swap(self, fresh: ox.NamedNode, graph: ox.NamedNode) -> None:
        """Replace what a graph holds by what a fresh one holds, which is gone then, in one step."""
        fresh_there, there = (self.state.there(name.value) for name in (fresh, graph))
        self.wire.update(f"MOVE <{fresh_there}> TO <{there}>")

    @property
    def _prefix(self) -> str:
        return f"{STATES}{self.state.key}/"

    def _named(self, graphs: Graphs) -> list[str]:
        names = self.state.graphs if graphs is None else [graph.value for graph in graphs]
        return [self.state.there(name) for name in names]

    def _there(self, text: str) -> str:
        """Return a text with the names that graphs have on the server."""
        text = text.replace(Names.files, self.state.there(Names.files))
        text = text.replace(f"<{Names.inferred}>", f"<{self.state.there(Names.inferred)}>")
        return _GRAPH.sub(lambda named: f"{named[1]}<{self.state.there(named[2])}>", text)

    def _read(self, kind: str, body: bytes) -> Answer:
        """Return an answer, all of which has been seen to be readable."""
        read = _read_rows if kind == ROWS else _read_triples
        if problem := _problem(read, body):
            raise EngineError(
                "{host}: the answer is incomplete, or not SPARQL results ({error}).",
                host=self.wire.addresses.host,
                error=problem[:100],
            )
        return read(body)


def _problem(read: Callable[[bytes], Answer], body: bytes) -> str:
    """Return why an answer cannot be read to its end, or nothing.

    It is raised elsewhere: what a frame of pyoxigraph's iterators holds may not leave its thread.
    """
    try:
        answer = read(body)
        if not isinstance(answer, ox.QueryBoolean):
            for _ in answer:
                pass
    except (SyntaxError, ValueError) as error:
        return str(error) or type(error).__name__
    return ""


def _read_rows(body: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)


def _read_triples(body: bytes) -> Answer:
    """Return triples as an answer, which pyoxigraph makes from a store alone."""
    quads = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
    held = in_memory(quad.triple for quad in quads)
    return held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
