"""Returns the asserted triples of a plan, with the inferred ones on request."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from metrograph.editing.shapes import local
from metrograph.network.network import classes
from metrograph.plan import Plan
from metrograph.store import turtle
from metrograph.vocabulary import Graphs

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
INFERRED = ox.NamedNode(Graphs.inferred)


@dataclass(frozen=True)
class Choice:
    """What of a plan is exported, and how.

    `form` is one of `FORMS`; `inferred` adds what follows to what the files assert; `kinds` are
    local names of classes ("Activity"), none for all. Of CSV and XLSX, `long` gives a row a value
    instead of a row a record; of CSV, `packed` a zip with a file a kind.
    """

    form: str
    inferred: bool = False
    kinds: tuple[str, ...] = ()
    long: bool = False
    packed: bool = False


@dataclass(frozen=True)
class Asserted:
    """Triples, to be asked for the values of a record; each list in a fixed order."""

    triples: frozenset[ox.Triple]

    @cached_property
    def facts(self) -> Mapping[str, Mapping[str, Sequence[Term]]]:
        """The values by subject and predicate, both as IRIs."""
        facts: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in sorted(self.triples, key=str):
            if isinstance(triple.subject, ox.NamedNode):
                facts[triple.subject.value][triple.predicate.value].append(triple.object)
        return facts

    def values(self, iri: str, predicate: str) -> Sequence[Term]:
        """Return the values of a property of a record."""
        return self.facts.get(iri, {}).get(predicate, ())

    def literals(self, iri: str, predicate: str) -> list[ox.Literal]:
        """Return the literals of a property of a record."""
        return [value for value in self.values(iri, predicate) if isinstance(value, ox.Literal)]

    def nodes(self, iri: str, predicate: str) -> list[str]:
        """Return the IRIs that a property of a record names."""
        values = self.values(iri, predicate)
        return [value.value for value in values if isinstance(value, ox.NamedNode)]


def quads(plan: Plan, choice: Choice) -> list[ox.Quad]:
    """Return what the files assert, each in the graph of its file, and what was inferred, if asked.

    Literals are spelt as in the files: a store may spell a number otherwise.
    """
    kept = None if not choice.kinds else _records_of(plan, choice.kinds)
    facts = _asserted(plan)
    if choice.inferred:
        inferred = plan.built.engine.triples(graph=INFERRED)
        facts += [
            ox.Quad(triple.subject, triple.predicate, triple.object, INFERRED)
            for triple in inferred
        ]
    return [quad for quad in facts if kept is None or iri_of(quad.subject) in kept]


def _asserted(plan: Plan) -> list[ox.Quad]:
    folder, asserted = plan.built.folder, []
    for path, data in turtle.file_contents(folder, turtle.turtle_files(folder)):
        text = turtle.decode(data, path)
        file, triples = turtle.parsed(path.relative_to(folder).as_posix(), path, text)
        asserted += [
            ox.Quad(triple.subject, triple.predicate, triple.object, file.graph)
            for triple in triples
        ]
    return asserted


def _records_of(plan: Plan, chosen: Sequence[str]) -> set[str]:
    return {iri for iri, kind in classes(plan.built.engine).items() if local(kind) in chosen}


def iri_of(term: object) -> str:
    """Return the IRI of a named node, or an empty text."""
    return term.value if isinstance(term, ox.NamedNode) else ""
