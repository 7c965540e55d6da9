"""Analyses SHACL shapes: which changed triple concerns which node.

A shape says something of a node by the paths that it follows from it, by what is asked of the
values, and by its queries. Each of these is read as a pattern (see `patterns`). A shape that asks
for what is not known here is asked of all its nodes whenever anything changed.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import networkx as nx
from rdflib import RDF, SH, Graph, Literal, Node, URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath

from metrograph.store.algebra import reading_of
from metrograph.store.along import of_path
from metrograph.store.compiled import KEY, Cluster, Watched
from metrograph.store.patterns import Pattern, Reading, Trigger, Unbounded, new_variable
from metrograph.store.screening import queries_of
from metrograph.store.shapes import with_path

_TYPE = RDF.type.n3()
_VALUES_ONLY = {
    SH.datatype,
    SH.nodeKind,
    SH.minCount,
    SH.maxCount,
    SH.minInclusive,
    SH.maxInclusive,
    SH.minExclusive,
    SH.maxExclusive,
    SH.minLength,
    SH.maxLength,
    SH.pattern,
    SH.flags,
    SH.languageIn,
    SH.uniqueLang,
    SH.hasValue,
    SH["in"],
    SH.path,
    SH.targetNode,
    SH.deactivated,
    SH.severity,
    SH.message,
    SH.name,
    SH.description,
    SH.order,
    SH.group,
    SH.defaultValue,
    SH.targetClass,
    SH.targetSubjectsOf,
    SH.target,
    RDF.type,
}
_OF_FOCUS = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
_OF_NODES = (SH.node, SH["not"], SH.property)
_OF_LISTS = (SH["and"], SH["or"], SH.xone)


def watched(shapes: Graph) -> list[Watched]:
    """Return each shape that has targets with what it depends on.

    Raises `Unbounded` for targets with parameters, which are asked of in their own way.
    """
    aimed = {
        shape
        for term in (SH.targetClass, SH.targetSubjectsOf, SH.target)
        for shape in shapes.subjects(term)
        if (shape, SH.deactivated, Literal(True)) not in shapes
    }
    return [_watched(shapes, shape) for shape in sorted(aimed, key=str)]


def clusters(shapes: Iterable[Watched]) -> list[Cluster]:
    """Group shapes by the parts through which they report."""
    listed = list(shapes)
    shared: nx.Graph[object] = nx.Graph()
    for at, shape in enumerate(listed):
        shared.add_edges_from((at, source) for source in shape.sources)
    members = (
        sorted(node for node in group if isinstance(node, int))
        for group in nx.connected_components(shared)
    )
    return [Cluster(tuple(listed[at] for at in group)) for group in members]


def _watched(shapes: Graph, shape: Node) -> Watched:
    try:
        triggers = tuple(
            trigger.nearest(KEY)
            for reading in (*_targets(shapes, shape), _reading(shapes, shape, KEY))
            for trigger in reading.triggers
        )
        is_unbounded = False
    except Unbounded:
        triggers = (Trigger(Pattern("?any1", "?any2", "?any3")),)
        is_unbounded = True
    parts = list(_parts(shapes, shape))
    return Watched(
        shape.n3(),
        tuple(dict.fromkeys(triggers)),
        frozenset(str(part).rpartition("#")[2] for part in parts),
        tuple(queries_of(shapes, shape)),
        is_unbounded or any(_reports_of_values(shapes, part) for part in parts),
    )


def _targets(shapes: Graph, shape: Node) -> Iterator[Reading]:
    for kind in shapes.objects(shape, SH.targetClass):
        yield of_path(KEY, RDF.type, kind.n3())
    for path in shapes.objects(shape, SH.targetSubjectsOf):
        yield of_path(KEY, path, new_variable())
    for target in shapes.objects(shape, SH.target):
        selects = list(shapes.objects(target, SH.select))
        if not selects:
            raise Unbounded(f"{target} takes parameters")
        for select in selects:
            read = reading_of(str(select))
            yield read.apart({KEY})


def _reading(shapes: Graph, shape: Node, focus: str) -> Reading:
    """Return what a shape reads of a node, which a variable stands for."""
    value, along = focus, Reading(is_plain=True)
    path = shapes.value(shape, SH.path)
    if path is not None:
        value = new_variable()
        along = of_path(focus, _path(shapes, path), value)
    triggers = list(along.triggers)
    for says in shapes.predicate_objects(shape):
        for part in _constraint(shapes, shape, says, focus, value):
            triggers += (trigger.beside(along.required) for trigger in part.triggers)
    return Reading((), tuple(triggers))


def _constraint(
    shapes: Graph, shape: Node, says: tuple[Node, Node], focus: str, value: str
) -> Iterator[Reading]:
    """Yield what a shape reads for one of the things that it says."""
    term, wanted = says
    if term in _VALUES_ONLY:
        return
    if term == SH["class"]:
        yield of_path(value, RDF.type, wanted.n3())
    elif term in _OF_NODES:
        yield _reading(shapes, wanted, value)
    elif term in _OF_LISTS:
        for part in shapes.items(wanted):
            yield _reading(shapes, part, value)
    elif term in _OF_FOCUS:
        yield of_path(focus, wanted, new_variable())
    elif term == SH.closed:
        yield of_path(focus, new_variable(), new_variable())
    elif term == SH.ignoredProperties:
        return
    elif term == SH.sparql:
        yield from _queries(shapes, shape, wanted, focus, value)
    else:
        yield from _component(shapes, shape, term, focus, value)


def _component(shapes: Graph, shape: Node, term: Node, focus: str, value: str) -> Iterator[Reading]:
    """Yield what the validators of a constraint component read, or raise `Unbounded`."""
    components = {
        component
        for parameter in shapes.subjects(SH.path, term)
        for component in shapes.subjects(SH.parameter, parameter)
    }
    if not components:
        raise Unbounded(f"{term} is not known")
    for component in components:
        for kind in (SH.validator, SH.nodeValidator, SH.propertyValidator):
            for validator in shapes.objects(component, kind):
                yield from _queries(shapes, shape, validator, focus, value)


def _queries(shapes: Graph, shape: Node, node: Node, focus: str, value: str) -> Iterator[Reading]:
    path = shapes.value(shape, SH.path)
    along = f"({_path_text(_path(shapes, path))})" if path is not None else "<urn:path>"
    for term in (SH.select, SH.ask):
        for text in shapes.objects(node, term):
            read = reading_of(with_path(str(text), along)).apart({"?this", "?value"})
            yield read.renamed({"?this": focus, "?value": value})


def _parts(shapes: Graph, shape: Node) -> Iterator[Node]:
    """Yield a shape and those of the same node and of its values that report by themselves."""
    yield shape
    for part in shapes.objects(shape, SH.property):
        yield from _parts(shapes, part)


def _reports_of_values(shapes: Graph, shape: Node) -> bool:
    return (shape, SH.path, None) in shapes and (shape, SH.property, None) in shapes


# ---------------------------------------------------------------- paths


def _path(shapes: Graph, node: Node) -> URIRef | Path:
    """Return a property path of a shape as rdflib has it (SHACL, section 2.3.1)."""
    if isinstance(node, URIRef):
        return node
    if (head := shapes.value(node, SH.alternativePath)) is not None:
        return AlternativePath(*(_path(shapes, step) for step in shapes.items(head)))
    if (step := shapes.value(node, SH.inversePath)) is not None:
        return InvPath(_path(shapes, step))
    repeated: dict[URIRef, Callable[[URIRef | Path], Path]] = {
        SH.zeroOrMorePath: partial(MulPath, mod="*"),
        SH.oneOrMorePath: partial(MulPath, mod="+"),
        SH.zeroOrOnePath: partial(MulPath, mod="?"),
    }
    for term, made in repeated.items():
        if (step := shapes.value(node, term)) is not None:
            return made(_path(shapes, step))
    steps = [_path(shapes, step) for step in shapes.items(node)]
    if not steps:
        raise Unbounded("an empty path")
    return SequencePath(*steps) if len(steps) > 1 else steps[0]


def _path_text(path: URIRef | Path) -> str:
    return str(path.n3())
