"""Finds the nodes for which an answer may have changed, from the triples gained and lost.

The old and the new store are asked side by side: a triple that was lost has an effect where it
still stands, in the old store; one that was gained, in the new.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

import pyoxigraph as ox

from metrograph.store.patterns import Pattern, Trigger
from metrograph.vocabulary import RDF, Graphs

AT_ONCE = 500  # rows of values in a query
MOST = 5_000  # nodes; beyond, to ask of all is faster than to ask of these
ANY_CLASS = "a"  # the term of patterns with a variable as class
ANY = ""  # the term of patterns with a variable as predicate
DEFAULT = ox.DefaultGraph()
_TYPE = f"<{RDF.type}>"
Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term, ...]


def term_of(triple: ox.Triple) -> str:
    """Return the IRI under which rules and shapes name a triple: its property, or its class."""
    if triple.predicate.value == RDF.type and isinstance(triple.object, ox.NamedNode):
        return str(triple.object.value)
    return str(triple.predicate.value)


def quad_of(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    """Return a triple as a quad of a graph."""
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def of_file(quad: ox.Quad) -> bool:
    """Whether a quad is what a file states."""
    name = quad.graph_name
    return isinstance(name, ox.NamedNode) and name.value.startswith(Graphs.files)


def term_read(pattern: Pattern) -> str:
    """Return the IRI under which a pattern is found, or that it may match any class or property."""
    if pattern.predicate == _TYPE:
        return ANY_CLASS if pattern.object.startswith("?") else pattern.object.strip("<>")
    return ANY if pattern.predicate.startswith("?") else pattern.predicate.strip("<>")


class Index:
    """Triples by their term."""

    def __init__(self, triples: Iterable[ox.Triple] = ()) -> None:
        self._held: dict[str, dict[ox.Triple, None]] = {}
        for triple in triples:
            self.add(triple)

    def add(self, triple: ox.Triple) -> None:
        """Add a triple."""
        self._held.setdefault(term_of(triple), {})[triple] = None

    def discard(self, triple: ox.Triple) -> None:
        """Remove a triple, if it is here."""
        self._held.get(term_of(triple), {}).pop(triple, None)

    def take(self, terms: Iterable[str]) -> list[ox.Triple]:
        """Remove and return the triples of some terms."""
        return [triple for term in terms for triple in self._held.pop(term, ())]

    def of(self, term: str) -> Iterable[ox.Triple]:
        """Return the triples that a pattern of this term may match (see `term_read`)."""
        if term == ANY:
            return list(self)
        if term == ANY_CLASS:
            return [triple for triple in self if triple.predicate.value == RDF.type]
        return list(self._held.get(term, ()))

    def __contains__(self, triple: ox.Triple) -> bool:
        """Whether a triple is here."""
        return triple in self._held.get(term_of(triple), {})

    def __iter__(self) -> Iterator[ox.Triple]:
        """Yield the triples, term by term."""
        return chain.from_iterable(self._held.values())

    def __len__(self) -> int:
        """Return how many triples there are."""
        return sum(map(len, self._held.values()))


@dataclass
class Changes:
    """Two stores, and the triples that the default graph of the new one gained and lost."""

    old: ox.Store
    new: ox.Store
    gained: Index = field(default_factory=Index)
    lost: Index = field(default_factory=Index)

    def sides(self) -> Iterator[tuple[ox.Store, Index]]:
        """Yield each store with the triples that it alone has."""
        yield self.old, self.lost
        yield self.new, self.gained

    def concern(self, pattern: Pattern) -> bool:
        """Whether a triple that changed may match a pattern."""
        term = term_read(pattern)
        return bool(self.gained.of(term) or self.lost.of(term))

    def touched(self, triggers: Iterable[Trigger], key: str) -> set[Term] | None:
        """Return what a variable may stand for where the answer changed; None: anything."""
        nodes: set[Term] = set()
        for trigger in triggers:
            for store, changed in self.sides():
                rows = matches(trigger.pattern, changed.of(term_read(trigger.pattern)))
                if not rows[1]:
                    continue
                reached = self._reached(store, trigger, rows, key)
                if reached is None or len(nodes := nodes | reached) > MOST:
                    return None
        return nodes

    def _reached(
        self, store: ox.Store, trigger: Trigger, rows: tuple[list[str], list[Row]], key: str
    ) -> set[Term] | None:
        names, values = rows
        if trigger.keys:
            names, values = self._fresh_rows(store, trigger, rows)
            if not values:
                return set()
        if key in names:
            at = names.index(key)
            return {row[at] for row in values}
        if not any(key in pattern.variables for pattern in trigger.support):
            return None
        reached: set[Term] = set()
        for row in select(store, (key,), trigger.support, names, values):
            reached.add(row[0])
            if len(reached) > MOST:
                return None
        return reached

    def _fresh_rows(
        self, store: ox.Store, trigger: Trigger, rows: tuple[list[str], list[Row]]
    ) -> tuple[list[str], list[Row]]:
        """Return rows of a list of distinct ones which only one of the two stores has."""
        keys = list(trigger.keys)
        others = [pattern for pattern in trigger.inner if pattern != trigger.pattern]
        listed = set(select(store, keys, others, *rows))
        other = self.new if store is self.old else self.old
        return keys, list(listed - set(select(other, keys, trigger.inner, keys, list(listed))))


def matches(pattern: Pattern, triples: Iterable[ox.Triple]) -> tuple[list[str], list[Row]]:
    """Return the variables of a pattern, and what they stand for in each triple that it matches.

    >>> knows = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("b"))
    >>> matches(Pattern("?x", "<urn:p>", "?y"), [knows])
    (['?x', '?y'], [(<NamedNode value=urn:a>, <Literal value=b datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>)])
    """
    names = list(dict.fromkeys(part for part in pattern.parts if part.startswith("?")))
    rows: dict[Row, None] = {}
    for triple in triples:
        bound: dict[str, Term] = {}
        for part, term in zip(pattern.parts, triple, strict=True):
            if part.startswith("?"):
                if bound.setdefault(part, term) != term:
                    break
            elif part != str(term):
                break
        else:
            rows[tuple(bound[name] for name in names)] = None
    return names, list(rows)


def select(
    store: ox.Store,
    shown: Sequence[str],
    patterns: Iterable[Pattern],
    names: Sequence[str],
    values: Iterable[Row],
) -> Iterator[Row]:
    """Yield the distinct rows of patterns that hold beside rows of values."""
    body = " ".join(map(str, patterns))
    if not names:  # the pattern has no variables: it holds or does not
        yield from _rows(store, f"SELECT DISTINCT {' '.join(shown)} WHERE {{ {body} }}")
        return
    for rows in batches(values):
        yield from _rows(
            store,
            f"SELECT DISTINCT {' '.join(shown)} WHERE {{ {table(names, rows)} {body} }}",
        )


def batches(values: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    """Yield values in rows of as many as one query is to hold."""
    left = iter(values)
    while rows := tuple(islice(left, AT_ONCE)):
        yield rows


def table(names: Sequence[str], rows: Iterable[Row]) -> str:
    """Return rows as SPARQL writes them."""
    lines = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return f"VALUES ({' '.join(names)}) {{ {lines} }}"


def _rows(store: ox.Store, query: str) -> Iterator[Row]:
    for solution in store.query(query):  # type: ignore[union-attr]  # a SELECT gives rows
        yield tuple(solution)
