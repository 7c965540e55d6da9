"""Tests whether a SPARQL server answers as the embedded engine does, on a plan that both hold.

Servers differ: some return IRIs as texts, booleans as numbers, or leave rows out without a word. So
every question of the library, every rule and every query of the checks is asked on both sides.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox

from metrograph.errors import MetrographError
from metrograph.query import asking, library, sparql
from metrograph.query.library import Query
from metrograph.query.limits import UNLIMITED
from metrograph.store.cache import Built
from metrograph.store.engine import Engine
from metrograph.store.kept import compiled
from metrograph.store.program import Rule

_PROBES = {  # a query, and the rows that it has on any plan, as texts
    "ask": ("ASK { FILTER(1 < 2) }", [("true",)]),
    "ask-false": ("ASK { FILTER(2 < 1) }", [("false",)]),
    "booleans": ("SELECT ?x { BIND(1 < 2 AS ?x) }", [("true",)]),
    "language-tags": ('SELECT (LANG(?t) AS ?x) { VALUES ?t { "été"@fr } }', [("fr",)]),
    "iris-as-constants": (
        "SELECT (ISIRI(?i) AS ?x) ?i { VALUES ?i { <https://example.org/é> } }",
        [("true", "<https://example.org/é>")],
    ),
    "unbound-values": ("SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) } }", [("1", "")]),
    "coalesce-of-unbound": ("SELECT (COALESCE(?no = ?no, false) AS ?x) {}", [("false",)]),
}
_ON_PLANS = {  # compared with the embedded engine
    "union-of-graphs": "SELECT (COUNT(*) AS ?x) { ?s ?p ?o }",
    "names-of-graphs": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g",
    "property-paths": "SELECT ?s ?c { ?s a/rdfs:subClassOf* ?c } ORDER BY ?s ?c",
    "labels": "SELECT ?s ?l (LANG(?l) AS ?in) { ?s rdfs:label ?l } ORDER BY ?s ?in ?l",
}


DIFFERENT = "different"  # the server answers, and not as the embedded engine does


@dataclass(frozen=True)
class Tested:
    """One part of the self-test: its kind and name, and what is wrong, or nothing."""

    kind: str
    name: str
    wrong: str = ""


def tested(built: Built, server: Engine) -> Iterator[Tested]:
    """Yield each part of the self-test of a server that holds a built plan."""
    for name, (text, wanted) in _PROBES.items():
        yield Tested("feature", name, wrong(lambda: wanted, partial(_rows, server, text)))  # noqa: B023  called before the next
    for kind, name, ask in asked(built):
        yield Tested(kind, name, wrong(partial(ask, built.engine), partial(ask, server)))


def asked(built: Built) -> Iterator[tuple[str, str, Callable[[Engine], object]]]:
    """Yield all that is asked of both sides: its kind, its name, and how to ask an engine."""
    for name, text in _ON_PLANS.items():
        yield "feature", name, partial(_rows, text=text)
    for query in library.library():
        for way, typed in _ways(query):
            yield "question", f"{query.name}{way}", partial(_answer, built, query, typed)
    for group in compiled().program.groups:
        for rule in group:
            yield "rule", rule.name, partial(_conclusions, rule)
    for number, (shape, text) in enumerate(compiled().queries, start=1):
        name = shape.strip("<>").rpartition("#")[2]
        yield "check", f"{name} ({number})", partial(_nodes, text)


def wrong(here: Callable[[], object], there: Callable[[], object]) -> str:
    """Return the server's error, or that it answers otherwise, or nothing."""
    try:
        answer = there()
    except (MetrographError, SyntaxError, RuntimeError, ValueError) as error:
        return str(error)[:300] or type(error).__name__
    return "" if answer == here() else DIFFERENT


def _conclusions(rule: Rule, engine: Engine) -> set[str]:
    prefixes = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in rule.prefixes.items())
    text = f"{prefixes} CONSTRUCT {{ {rule.template} }} WHERE {{ {rule.where} }}"
    return set(map(str, engine.construct(text)))


def _nodes(text: str, engine: Engine) -> list[tuple[str, ...]]:
    return sorted(_rows(engine, text))


def _rows(engine: Engine, text: str) -> list[tuple[str, ...]]:
    """Return the rows of a query as texts that tell terms of all kinds apart."""
    rows = sparql.run(engine, text, {}, "test", UNLIMITED).rows
    return [tuple(_written(term) for term in row) for row in rows]


def _written(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return str(term)
    if isinstance(term, ox.Literal):
        return term.value
    return "" if term is None else "_"


def _ways(query: Query) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield how a question is asked: with what it requires, and with all its examples."""
    examples = {
        parameter.name: parameter.example or parameter.default or "2023"
        for parameter in query.parameters
    }
    required = {
        parameter.name: examples[parameter.name]
        for parameter in query.parameters
        if parameter.required and parameter.default is None
    }
    yield "", required
    if examples.keys() - required.keys():
        yield " (all)", examples


def _answer(
    built: Built, query: Query, typed: dict[str, str], engine: Engine
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the names and rows of a question, terms of all kinds told apart."""
    terms = asking.check(built, query, typed, "en")
    every = {parameter.name: terms.get(parameter.name) for parameter in query.parameters}
    answer = sparql.run(engine, query.text, every, query.name, UNLIMITED)
    return answer.names, [tuple(map(str, row)) for row in answer.rows]
