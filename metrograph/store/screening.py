"""Selects the nodes of a store that may violate a SHACL shape, by SPARQL.

What most shapes ask is asked of all their nodes at once by a query (Corman, Florenzano, Reutter,
Savković, "Validating SHACL constraints over a SPARQL endpoint", ISWC 2019). A suspect may turn out
to be innocent, but whoever breaks a shape is a suspect. So pyshacl, which says what is wrong and
takes many times as long for it, needs to look at the suspects only. If a shape asks for something
that has no query here, all of its nodes are suspects.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox
from rdflib import RDF, SH, XSD, Graph, Literal, Node, URIRef
from rdflib.collection import Collection

from metrograph.store.classes import kinds_below
from metrograph.store.picking import picked
from metrograph.store.prebinding import Term
from metrograph.store.shapes import shape_name

_XSD = str(XSD)
_YEAR = "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"  # there is no year 0 in Python
_DAY = "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31"
_WRITTEN: Mapping[str, str | None] = {
    f"{_XSD}date": f"{_YEAR}-({_DAY})",
    f"{_XSD}gYearMonth": f"{_YEAR}-(0[1-9]|1[0-2])",
    f"{_XSD}gYear": _YEAR,
    f"{_XSD}integer": "-?[0-9]{1,18}",
    f"{_XSD}decimal": "-?[0-9]{1,18}([.][0-9]{1,18})?",
    f"{_XSD}boolean": "true|false",
    f"{_XSD}string": None,
    str(RDF.langString): None,
}  # how a value of a datatype is well written beyond doubt; None: it cannot be written wrongly
# Python and Oxigraph read the same into a pattern, but for some escapes and operations on sets.
_DIALECT = re.compile(r"\\[^dwsDWS.+*?()\[\]{}^$|/-]|&&|--|~~|\(\?")
_NUMBERS = {XSD.integer, XSD.decimal, XSD.double}  # others are not ordered alike
_SAID = {RDF.type, SH.severity, SH.message, SH.name, SH.description, SH.order, SH.group}
_TARGETS = {SH.targetClass, SH.targetSubjectsOf, SH.target}


class _Unknown(Exception):  # noqa: N818  no error: it says that there is no query, and stays here
    """A shape asks for what has no query here."""


@dataclass(frozen=True)
class _Asked:
    """What property shapes ask of nodes, which are `?this` in a graph pattern: their `?value`s."""

    nodes: str
    path: str
    values: str


def suspects(store: ox.Store, shapes: Graph) -> Iterator[tuple[Node, Term]]:
    """Yield each shape that has targets with each node that may break it.

    >>> store, shapes = ox.Store(), Graph()
    >>> _ = shapes.parse(format="turtle", data='''
    ...     @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:x:> .
    ...     :S sh:targetSubjectsOf :year ; sh:path :year ; sh:maxCount 1 .''')
    >>> store.load(b'<urn:x:a> <urn:x:year> 1, 2 . <urn:x:b> <urn:x:year> 3 .',
    ...     format=ox.RdfFormat.TURTLE)
    >>> [(str(shape), node.value) for shape, node in suspects(store, shapes)]
    [('urn:x:S', 'urn:x:a')]
    """
    below = kinds_below(store)
    return _select_nodes(
        store, shapes, lambda shape: (*_own(shapes, shape), *_made(shapes, shape, below))
    )


def queries_of(shapes: Graph, shape: Node) -> Iterator[str]:
    """Yield the queries that select the suspects of a shape, where a plan declares no classes."""
    yield from dict.fromkeys((*_own(shapes, shape), *_made(shapes, shape, {})))


def selected(store: ox.Store, shapes: Graph) -> Iterator[tuple[Node, Term]]:
    """Yield each shape whose target is a query (SHACL-AF, section 3.1) with what this selects."""
    return _select_nodes(store, shapes, lambda shape: _own(shapes, shape))


def _select_nodes(
    store: ox.Store, shapes: Graph, queries: Callable[[Node], Iterable[str]]
) -> Iterator[tuple[Node, Term]]:
    """Yield each shape with what its queries select as `?this`."""
    aimed = {shape for term in _TARGETS for shape in shapes.subjects(term)}
    every = (
        (shape, query)
        for shape in sorted(aimed, key=str)
        if (shape, SH.deactivated, Literal(True)) not in shapes
        for query in dict.fromkeys(queries(shape))
    )
    return picked(store, every, partial(shape_name, shapes))


def _own(shapes: Graph, shape: Node) -> Iterator[str]:
    """Yield the queries that a shape has as targets: they pick the doubtful by themselves."""
    for target in shapes.objects(shape, SH.target):
        yield from (str(query) for query in shapes.objects(target, SH.select))


def _made(shapes: Graph, shape: Node, below: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield queries that select the suspects among the nodes of a shape's other targets."""
    targets = list(_targets(shapes, shape, below))
    for nodes in targets:
        try:
            patterns = list(_patterns(shapes, shape, nodes, targets))
        except (_Unknown, ValueError):  # a list without an end is pyshacl's to name
            patterns = [nodes]
        for pattern in patterns:
            yield f"SELECT DISTINCT ?this WHERE {{ {pattern} }}"


def _targets(shapes: Graph, shape: Node, below: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield graph patterns of the nodes that a shape is about (SHACL, section 2.1.3)."""
    for kind in shapes.objects(shape, SH.targetClass):
        yield from (f"?this a {target} ." for target in (kind.n3(), *below.get(kind.n3(), ())))
    yield from (_bearers(target.n3()) for target in shapes.objects(shape, SH.targetSubjectsOf))


def _bearers(path: str) -> str:
    """Return the graph pattern of what has values by a path: each once, however many they are."""
    return f"{{ SELECT DISTINCT ?this WHERE {{ ?this {path} ?any }} }}"


def _patterns(shapes: Graph, shape: Node, nodes: str, targets: Iterable[str]) -> Iterator[str]:
    """Yield graph patterns of those of the nodes that may break a shape, or raise `_Unknown`.

    All that have values are asked of at once, if they are among the targets.
    """
    asked = None
    if path := shapes.value(shape, SH.path):
        by = _path(shapes, path)
        values = f"?this {by} ?value ."
        asked = _Asked(nodes, by, values if _bearers(by) in targets else f"{nodes} {values}")
    doubts = []
    for term, wanted in shapes.predicate_objects(shape):
        if term in _SAID or term in _TARGETS or term == SH.path:
            continue
        if term == SH.property and asked is None:
            yield from _patterns(shapes, wanted, nodes, ())
        elif term in _OF_ALL and asked is not None:
            yield _OF_ALL[term](asked, wanted)
        else:
            doubts.append(_doubt(shapes, term, wanted, "?value" if asked else "?this"))
    if doubts:
        yield f"{asked.values if asked else nodes} FILTER({' || '.join(doubts)})"


def _path(shapes: Graph, path: Node) -> str:
    """Return a property path as SPARQL writes it (SHACL, section 2.3.1), or raise `_Unknown`."""
    if isinstance(path, URIRef):
        return path.n3()
    either = shapes.value(path, SH.alternativePath)
    steps = [_path(shapes, step) for step in Collection(shapes, path if either is None else either)]
    if not steps:
        raise _Unknown
    return f"({('/' if either is None else '|').join(steps)})"


# ---------------------------------------------------------------- what is asked of all values


def _too_few(asked: _Asked, least: Node) -> str:
    if least != Literal(1):
        raise _Unknown
    return f"{asked.nodes} FILTER NOT EXISTS {{ ?this {asked.path} ?value }}"


def _too_many(asked: _Asked, most: Node) -> str:
    return _grouped(asked, "?this", most)


def _twice_in_a_language(asked: _Asked, _: Node) -> str:
    return _grouped(asked, "?this (LCASE(LANG(?value)))", Literal(1))


def _grouped(asked: _Asked, by: str, most: Node) -> str:
    """Return the pattern of the nodes that have more than so many values in a group."""
    return (
        f"{{ SELECT ?this WHERE {{ {asked.values} }} "
        f"GROUP BY {by} HAVING(COUNT(DISTINCT ?value) > {most}) }}"
    )


_OF_ALL: Mapping[Node, Callable[[_Asked, Node], str]] = {
    SH.minCount: _too_few,
    SH.maxCount: _too_many,
    SH.uniqueLang: _twice_in_a_language,
}

# ---------------------------------------------------------------- what is asked of each value


def _doubt(shapes: Graph, term: Node, wanted: Node, what: str) -> str:
    """Return what is true of all that breaks what a shape says by a term, or raise `_Unknown`."""
    if term not in _OF_EACH:
        raise _Unknown
    return f"({_OF_EACH[term](shapes, wanted, what)})"


def _no_instance(_: Graph, kind: Node, what: str) -> str:
    return f"NOT EXISTS {{ {what} a {kind.n3()} }}"


def _otherwise_written(_: Graph, datatype: Node, what: str) -> str:
    if str(datatype) not in _WRITTEN:
        raise _Unknown
    pattern = _WRITTEN[str(datatype)]
    written = f' && REGEX(STR({what}), "^({pattern})$")' if pattern else ""
    return f"!COALESCE(DATATYPE({what}) = {datatype.n3()}{written}, false)"


def _no_iri(_: Graph, kind: Node, what: str) -> str:
    if kind != SH.IRI:
        raise _Unknown
    return f"!ISIRI({what})"


def _no_match(_: Graph, pattern: Node, what: str) -> str:
    if _DIALECT.search(str(pattern)):
        raise _Unknown
    return f"!COALESCE(REGEX(STR({what}), {Literal(str(pattern)).n3()}), false)"


def _too_low(_: Graph, least: Node, what: str) -> str:
    if not isinstance(least, Literal) or least.datatype not in _NUMBERS:
        raise _Unknown
    return f"!COALESCE({what} >= {least.n3()}, false)"


def _not_listed(shapes: Graph, members: Node, what: str) -> str:
    listed = [f"SAMETERM({what}, {member.n3()})" for member in Collection(shapes, members)]
    return f"!({' || '.join(listed) or 'false'})"


def _none_of(shapes: Graph, members: Node, what: str) -> str:
    return " && ".join(_unlike(shapes, member, what) for member in Collection(shapes, members))


def _unlike(shapes: Graph, shape: Node, what: str) -> str:
    """Return what is true of all that breaks a shape of values, or raise `_Unknown`."""
    doubts = [
        _lacks(shapes, wanted, what) if term == SH.property else _doubt(shapes, term, wanted, what)
        for term, wanted in shapes.predicate_objects(shape)
        if term not in _SAID
    ]
    return f"({' || '.join(doubts) or 'false'})"


def _lacks(shapes: Graph, shape: Node, what: str) -> str:
    """Return what is true of a value that has nothing by a path, where no more is asked of it."""
    path, least = shapes.value(shape, SH.path), shapes.value(shape, SH.minCount)
    asked = set(shapes.predicates(shape)) - _SAID
    if path is None or least != Literal(1) or asked != {SH.path, SH.minCount}:
        raise _Unknown
    return f"NOT EXISTS {{ {what} {_path(shapes, path)} ?any }}"


_OF_EACH: Mapping[Node, Callable[[Graph, Node, str], str]] = {
    SH["class"]: _no_instance,
    SH.datatype: _otherwise_written,
    SH.nodeKind: _no_iri,
    SH.pattern: _no_match,
    SH.minInclusive: _too_low,
    SH["in"]: _not_listed,
    SH["or"]: _none_of,
    SH.node: _unlike,
}
