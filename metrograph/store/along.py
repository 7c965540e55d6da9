"""Reads triples and property paths as patterns and triggers (see `patterns`)."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox
from rdflib import Literal, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath

from metrograph.store.patterns import Pattern, Reading, Trigger, Unbounded, joined, new_variable


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
