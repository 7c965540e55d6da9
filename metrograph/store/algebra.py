"""Analyses a SPARQL query: its triple patterns as triggers, each with its support.

The algebra that rdflib makes of a query is walked once. What a group needs in any case supports
all that stands in it; what is optional, denied, or one of two choices supports nothing else. The
variables of a sub-query, and those that only a denied group has, are its own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from rdflib import Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from metrograph.store.along import of_triples
from metrograph.store.patterns import Pattern, Reading, Trigger, Unbounded, joined


def reading_of(query: str, prefixes: Mapping[str, str] | None = None) -> Reading:
    """Return what a SELECT, ASK or CONSTRUCT query reads, or raise `Unbounded`.

    >>> print(*(trigger.pattern for trigger in reading_of(
    ...     "SELECT ?this { ?this <urn:p> ?o FILTER NOT EXISTS { ?o <urn:q> ?z } }"
    ... ).triggers))  # doctest: +ELLIPSIS
    ?this <urn:p> ?o . ?o <urn:q> ?v..._ .
    """
    try:
        algebra = prepareQuery(query, initNs=dict(prefixes or {})).algebra
    except Exception as error:  # rdflib raises its parser's own errors, of many kinds
        raise Unbounded(str(error)) from None
    top = algebra.p
    while top.name in (
        "Distinct",
        "Reduced",
        "OrderBy",
        "Project",
    ):  # its variables are the answer's
        top = top.p
    return _reading(top)


def _reading(node: Any) -> Reading:
    if node.name not in _READ:
        raise Unbounded(f"{node.name} is not analysed")
    return _READ[node.name](node)


def _without(node: Any) -> Reading:
    """Return the reading of a group from which another is taken away (MINUS)."""
    left = _reading(node.p1)
    return _beside(left, _reading(node.p2).apart(_variables(left.required)))


def _either(node: Any) -> Reading:
    return Reading((), (*_reading(node.p1).triggers, *_reading(node.p2).triggers))


def _table(node: Any) -> Reading:
    return Reading() if node.p.name == "values" else _sub_select(node.p)


def _narrowed(node: Any) -> Reading:
    """Return the reading of a group with something optional, a filter, or a value that is bound."""
    if node.name == "LeftJoin":
        base = _reading(node.p1)
        optional = _reading(node.p2)
        read = _beside(base, optional)
        visible = _variables((*base.required, *optional.required))
    else:
        read = base = _reading(node.p)
        visible = _variables(base.required)
    for group in _groups_in(node.expr):
        read = _beside(read, _reading(group).apart(visible))
    return replace(read, is_plain=False)


def _beside(base: Reading, other: Reading) -> Reading:
    """Return the reading of a group beside which another is looked at: optional, or denied."""
    more = (trigger.beside(base.required) for trigger in other.triggers)
    return Reading(base.required, (*base.triggers, *more))


def _groups_in(expression: Any) -> Iterator[Any]:
    """Yield the groups of EXISTS and NOT EXISTS in an expression."""
    if isinstance(expression, CompValue):
        if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            yield expression.graph
            return
        for value in expression.values():
            yield from _groups_in(value)
    elif isinstance(expression, list | tuple):
        for value in expression:
            yield from _groups_in(value)


def _grouped(node: Any) -> Reading:
    """Return the reading of grouped rows; without keys there is a row in any case."""
    group = node.p if node.name == "AggregateJoin" else node
    read = _reading(group.p)
    if any(True for part in node.get("A", ()) for _ in _groups_in(part)):
        raise Unbounded("a count asks whether something exists")
    if group.expr is None:
        return Reading((), read.apart(()).triggers)
    keys = [f"?{key}" for key in group.expr if isinstance(key, Variable)]
    return replace(read.apart(keys), is_plain=False)


def _sub_select(node: Any) -> Reading:
    """Return the reading of a SELECT within a query, whose other variables are its own."""
    distinct = False
    while node.name in ("Distinct", "Reduced", "OrderBy"):
        distinct = distinct or node.name == "Distinct"
        node = node.p
    if node.name != "Project":
        raise Unbounded(f"{node.name} is not analysed")
    shown = [f"?{name}" for name in node.PV]
    listed = _distinct_patterns(node, distinct=distinct)
    if listed is not None:
        read = listed.apart(shown)
        keys = tuple(name for name in shown if name in _variables(read.required))
        triggers = tuple(
            Trigger(trigger.pattern, (), read.required, keys) for trigger in read.triggers
        )
        return Reading(read.required, triggers)
    return replace(_reading(node.p).apart(shown), is_plain=False)


def _distinct_patterns(node: Any, *, distinct: bool) -> Reading | None:
    """Return the reading of what a list of distinct rows is made of, if it is patterns alone."""
    inner = node.p
    if not distinct:
        while inner.name == "Extend" and str(inner.expr).startswith("__agg"):
            inner = inner.p
        counted = (
            inner.name == "AggregateJoin"
            and inner.p.expr
            and all(aggregate.name == "Aggregate_Sample" for aggregate in inner.A)
        )
        if not counted:
            return None
        inner = inner.p.p
    try:
        read = _reading(inner)
    except Unbounded:
        return None
    return read if read.is_plain and read.required else None


def _variables(patterns: Iterable[Pattern]) -> frozenset[str]:
    return frozenset().union(*(pattern.variables for pattern in patterns))


_READ: Mapping[str, Callable[[Any], Reading]] = {
    "BGP": lambda node: of_triples(node.triples),
    "Join": lambda node: joined(_reading(node.p1), _reading(node.p2)),
    "LeftJoin": _narrowed,
    "Filter": _narrowed,
    "Extend": _narrowed,
    "Minus": _without,
    "Union": _either,
    "ToMultiSet": _table,
    "Distinct": _sub_select,
    "Reduced": _sub_select,
    "OrderBy": _sub_select,
    "Project": _sub_select,
    "AggregateJoin": _grouped,
    "Group": _grouped,
}
