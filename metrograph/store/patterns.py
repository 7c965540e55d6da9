"""Finds what a change of one triple can do to the answer of a query: patterns and triggers.

An answer to a query differs between two stores only if a triple that one of them lacks matches one
of the query's triple patterns. Such a **trigger** comes with its **support**: the patterns that
hold beside it, by which the answer can be found. What a support leaves out (filters, what is
optional or denied, values) would only narrow it, so whoever follows all triggers misses nothing
(docs/updates.md shows why).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pyoxigraph as ox
from rdflib import Literal, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath

_fresh = count(1)


class Unbounded(Exception):  # noqa: N818  no error: it asks for a wider answer
    """A query asks for something whose dependencies are not worked out here."""


@dataclass(frozen=True)
class Pattern:
    """A triple pattern: each part a variable (`?x`) or a term or path as SPARQL writes it."""

    subject: str
    predicate: str
    object: str

    def __str__(self) -> str:
        """Return the pattern as SPARQL writes it."""
        return f"{self.subject} {self.predicate} {self.object} ."

    @property
    def parts(self) -> tuple[str, str, str]:
        """Subject, predicate and object."""
        return self.subject, self.predicate, self.object

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the pattern."""
        return frozenset(part for part in self.parts if part.startswith("?"))

    def renamed(self, names: Mapping[str, str]) -> "Pattern":
        """Return the pattern with other names for some variables."""
        return Pattern(*(names.get(part, part) for part in self.parts))


@dataclass(frozen=True)
class Trigger:
    """A pattern, and those that hold beside it where a triple that matches it has an effect.

    With `keys`, the pattern stands in a list of distinct rows: only rows of these variables count
    that one of the two stores lacks; what holds beside the list is in `support` alone.
    """

    pattern: Pattern
    support: tuple[Pattern, ...] = ()
    inner: tuple[Pattern, ...] = ()
    keys: tuple[str, ...] = ()

    def beside(self, patterns: Iterable[Pattern]) -> "Trigger":
        """Return the trigger with more support."""
        return replace(self, support=(*self.support, *patterns))

    def nearest(self, key: str) -> "Trigger":
        """Return the trigger with no more support than leads to a variable by the fewest steps.

        Less support is a wider net, and a faster one.
        """
        start = frozenset(self.keys) if self.keys else self.pattern.variables
        ways: list[tuple[frozenset[str], tuple[Pattern, ...]]] = [(start, ())]
        seen = {start}
        for reached, way in ways:
            if key in reached:
                inside = [part for part in self.support if part.variables <= reached]
                return replace(self, support=(*way, *(part for part in inside if part not in way)))
            for pattern in self.support:
                wider = reached | pattern.variables
                if pattern.variables & reached and wider not in seen:
                    seen.add(wider)
                    ways.append((wider, (*way, pattern)))
        return replace(self, support=())

    def renamed(self, names: Mapping[str, str]) -> "Trigger":
        """Return the trigger with other names for some variables."""
        return Trigger(
            self.pattern.renamed(names),
            tuple(pattern.renamed(names) for pattern in self.support),
            tuple(pattern.renamed(names) for pattern in self.inner),
            tuple(names.get(key, key) for key in self.keys),
        )


@dataclass(frozen=True)
class Reading:
    """What a query reads: patterns that each of its answers needs, and all its triggers."""

    required: tuple[Pattern, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    is_plain: bool = False  # nothing but the required patterns

    @property
    def variables(self) -> frozenset[str]:
        """All variables of the patterns."""
        every = (
            pattern
            for trigger in self.triggers
            for pattern in (trigger.pattern, *trigger.support, *trigger.inner)
        )
        return frozenset().union(*(pattern.variables for pattern in (*every, *self.required)))

    def renamed(self, names: Mapping[str, str]) -> "Reading":
        """Return the reading with other names for some variables."""
        return Reading(
            tuple(pattern.renamed(names) for pattern in self.required),
            tuple(trigger.renamed(names) for trigger in self.triggers),
            self.is_plain,
        )

    def apart(self, shared: Iterable[str]) -> "Reading":
        """Return the reading with new names for all variables that are not `shared`."""
        kept = frozenset(shared)
        names = {name: new_variable() for name in sorted(self.variables - kept)}
        return self.renamed(names)


def new_variable() -> str:
    """Return a variable that no query has."""
    return f"?v{next(_fresh)}_"


def joined(left: Reading, right: Reading) -> Reading:
    """Return the reading of a join of two."""
    return Reading(
        left.required + right.required,
        (
            *(trigger.beside(right.required) for trigger in left.triggers),
            *(trigger.beside(left.required) for trigger in right.triggers),
        ),
        left.is_plain and right.is_plain,
    )


# ---------------------------------------------------------------- triples and paths


def of_triples(triples: Iterable[tuple[Any, Any, Any]]) -> Reading:
    """Return the reading of a list of triples, whose predicates may be paths."""
    read = Reading((), (), is_plain=True)
    for subject, predicate, value in triples:
        read = joined(read, of_path(_text(subject), predicate, _text(value)))
    return read


def of_path(start: str, path: Any, end: str) -> Reading:
    """Return the reading of a path from one variable or term to another."""
    if not isinstance(path, Path):
        pattern = Pattern(start, _text(path), end)
        return Reading((pattern,), (Trigger(pattern),), is_plain=True)
    whole = Pattern(start, path.n3(), end)
    return Reading((whole,), tuple(_triggers(start, path, end)))


def _triggers(start: str, path: Any, end: str) -> Iterator[Trigger]:
    """Yield the steps of a path, each with the rest of the path on both sides of it."""
    if isinstance(path, URIRef):
        yield Trigger(Pattern(start, path.n3(), end))
    elif isinstance(path, InvPath):
        yield from _triggers(end, path.arg, start)
    elif isinstance(path, AlternativePath):
        for choice in path.args:
            yield from _triggers(start, choice, end)
    elif isinstance(path, SequencePath):
        places = [start, *(new_variable() for _ in path.args[1:]), end]
        steps = [of_path(places[at], step, places[at + 1]) for at, step in enumerate(path.args)]
        for at, step in enumerate(steps):
            others = (*steps[:at], *steps[at + 1 :])
            beside = [part for other in others for part in other.required]
            yield from (trigger.beside(beside) for trigger in step.triggers)
    elif isinstance(path, MulPath) and path.mod in ("*", "+", "?"):
        before, after = new_variable(), new_variable()
        around = f"({_step(path.path)})*"
        rest = (Pattern(start, around, before), Pattern(after, around, end))
        for trigger in _triggers(before, path.path, after):
            yield trigger.beside(rest)
    else:
        raise Unbounded(f"the path {path.n3()} is not analysed")


def _step(path: Any) -> str:
    return str(path.n3())


def _text(term: Any) -> str:
    if isinstance(term, Variable):
        return f"?{term}"
    if isinstance(term, URIRef):
        return term.n3()
    if isinstance(term, Literal):
        return _as_stored(term)
    return f"?b_{term}"  # a blank node of a query is a variable that nobody sees


def _as_stored(literal: Literal) -> str:
    """Return a literal as Oxigraph gives it back: 01 as 1, say."""
    store = ox.Store()
    triple = f"<urn:s> <urn:p> {literal.n3()} ."
    store.load(triple.encode(), format=ox.RdfFormat.N_TRIPLES)
    return str(next(iter(store)).object)
