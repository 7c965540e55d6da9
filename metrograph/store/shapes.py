"""Prepares SHACL shapes for pyshacl and Oxigraph, or refuses them.

A shape that is passed over would call a wrong plan right. So what cannot be run is refused by name,
before anything is checked.
"""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from pyshacl.entrypoints import meta_validate
from rdflib import OWL, RDF, SH, Graph, Literal, Node, URIRef

from metrograph.errors import ShapesError, Text
from metrograph.store.prebinding import tokens, variables

_NEVER = ("MINUS", "VALUES", "SERVICE")  # SHACL, section 5.3.2
_NOT_RUN = {
    SH.rule: Text("rules belong in the ontology"),
    SH.entailment: Text("the ontology determines what is inferred, before the checks"),
    URIRef(f"{SH}values"): Text("the ontology determines which values are inferred"),
    **{
        URIRef(f"{SH}{name}"): Text("JavaScript is not supported")
        for name in ("js", "jsFunctionName", "jsLibrary", "jsLibraryURL")
    },
}


class ReadyShapes(Graph):
    """Shapes that were looked through, with literals and queries as the checks need them."""


def make_ready(shapes: Graph, *, trusted: bool = False) -> ReadyShapes:
    """Return shapes ready to be run; raise `ShapesError` for one that nobody can run.

    Shapes that are `trusted` are not checked by the shapes of shapes (SHACL, appendix C), which
    takes two seconds for those of metrograph: its tests do that.
    Literals become what Oxigraph makes of those of the data, so that `"A"` and `"A"^^xsd:string`,
    `1.50` and `1.5` are equal. Queries get the prefixes that they are declared with.
    """
    if isinstance(shapes, ReadyShapes):
        return shapes
    _refuse_unknown(shapes)
    _refuse_several_values(shapes)
    _refuse_recursion(shapes)
    if not trusted:
        _refuse_ill_formed(shapes)
    stored, ready = Graph(OxigraphStore()), ReadyShapes()
    stored += shapes
    ready += stored
    for shape in set(ready.subjects(SH.target)):  # pyshacl takes it for one only by its class
        ready.add(
            (shape, RDF.type, SH.PropertyShape if ready.value(shape, SH.path) else SH.NodeShape)
        )
    for term in (SH.select, SH.ask):
        for node, text in list(ready.subject_objects(term)):
            ready.remove((node, term, text))
            ready.add((node, term, Literal(_ready_query(ready, node, text))))
    return ready


def _refuse_unknown(shapes: Graph) -> None:
    for subject in sorted(set(shapes.subjects()), key=str):
        terms = {
            term
            for term in (*shapes.predicates(subject), *shapes.objects(subject))
            if isinstance(term, URIRef) and term.startswith(str(SH))
        }
        for term in sorted(terms):
            name = f"sh:{term.removeprefix(str(SH))}"
            if term in _NOT_RUN and (subject, term, None) in shapes:
                raise ShapesError(
                    "{shape_name}: {name}: {not_run}.",
                    shape_name=shape_name(shapes, subject),
                    name=name,
                    not_run=_NOT_RUN[term],
                )
            if term not in SH and len(terms) > 1:  # else it is no shape, but data beside shapes
                raise ShapesError(
                    "{shape_name}: {name} is not a SHACL term and would be ignored. Correct or "
                    "remove it.",
                    shape_name=shape_name(shapes, subject),
                    name=name,
                )


def _refuse_several_values(shapes: Graph) -> None:
    """Refuse a shape with two values for a parameter of a component: pyshacl would check one."""
    for component in set(shapes.subjects(RDF.type, SH.ConstraintComponent)):
        for parameter in shapes.objects(component, SH.parameter):
            path = shapes.value(parameter, SH.path)
            for shape in set(shapes.subjects(path, None)) if path else ():
                if len(set(shapes.objects(shape, path))) > 1:
                    raise ShapesError(
                        "{shape_name} has several values for <{path}>. Write a separate shape for "
                        "each value.",
                        shape_name=shape_name(shapes, shape),
                        path=path,
                    )


def _refuse_recursion(shapes: Graph) -> None:
    """Refuse shapes that refer to themselves: SHACL, section 3.4.3, leaves open what they mean."""
    parts: dict[Node, set[Node]] = {}
    for term in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape):
        for shape, part in shapes.subject_objects(term):
            parts.setdefault(shape, set()).add(part)
    for term in (SH["and"], SH["or"], SH.xone):
        for shape, members in shapes.subject_objects(term):
            parts.setdefault(shape, set()).update(shapes.items(members))
    try:
        TopologicalSorter(parts).prepare()
    except CycleError as error:
        name = shape_name(shapes, error.args[1][0])
        raise ShapesError(
            "{name} refers to itself, and SHACL does not define what that means.", name=name
        ) from None


def _refuse_ill_formed(shapes: Graph) -> None:
    copy = Graph()
    copy += shapes
    _, report, _ = meta_validate(copy, inference="none")
    for result in sorted(report.objects(None, SH.result), key=str):
        if report.value(result, SH.sourceConstraintComponent) == SH.XoneConstraintComponent:
            continue  # of paths that say two things, of which SHACL reads the first
        name = shape_name(shapes, report.value(result, SH.focusNode))
        what = (report.value(result, SH.resultMessage), report.value(result, SH.resultPath))
        terms = " ".join(str(term) for term in what if isinstance(term, Literal | URIRef))
        raise ShapesError("{name} is not well-formed: {said}", name=name, said=terms)


def shape_name(shapes: Graph, node: Node | None) -> Text:
    """Return what a person knows a node of the shapes by: its IRI, or that of what it belongs to.

    >>> graph = Graph().parse(format="turtle", data='<urn:s> <urn:has> [ <urn:has> [] ] .')
    >>> str(shape_name(graph, next(node for node in graph.objects() if not any(graph[node]))))
    'The shape <urn:s>'
    """
    seen = [] if node is None else [node]
    for owner in seen:
        if isinstance(owner, URIRef):
            return Text.of("The shape <{iri}>", iri=owner)
        seen += sorted(set(shapes.subjects(None, owner)) - set(seen), key=str)
    return Text("A shape without a name")


# ---------------------------------------------------------------- queries


def _ready_query(shapes: Graph, node: Node, text: Node) -> str:
    """Return a query of a shape with its prefixes, or raise `ShapesError`."""
    name = shape_name(shapes, node)
    pieces = tokens(str(text))
    of_target = _selects_targets(shapes, node)
    for word in (piece.text.upper() for piece in pieces if piece.is_word(*_NEVER)):
        if not of_target or word == "SERVICE":
            raise ShapesError(
                "{name}: its query must not use {word} (SHACL, section 5.3.2).",
                name=name,
                word=word,
            )
    if "shapesGraph" in variables(str(text)):
        raise ShapesError("{name}: its query uses $shapesGraph, which is not supported.", name=name)
    query = "".join((*_prefixes(shapes, node, name), *(piece.text for piece in pieces)))
    try:
        answer = ox.Store().query(with_path(query, "<urn:path>"))
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise ShapesError(
            "{name}: its query cannot be run: {error}", name=name, error=error
        ) from None
    if isinstance(answer, ox.QuerySolutions) and ox.Variable("this") not in answer.variables:
        raise ShapesError(
            "{name}: its query does not select $this (SHACL, section 5.3.1).", name=name
        )
    return query


def with_path(query: str, path: str) -> str:
    """Return a query with a property path where it has `$PATH` (SHACL, section 5.3.2)."""
    return "".join(
        path if piece.text in ("$PATH", "?PATH") else piece.text for piece in tokens(query)
    )


def _selects_targets(shapes: Graph, node: Node) -> bool:
    kinds = {SH.SPARQLTarget, SH.SPARQLTargetType}
    return bool(kinds & set(shapes.objects(node, RDF.type))) or any(
        shapes.subjects(SH.target, node)
    )


def _prefixes(shapes: Graph, node: Node, name: Text) -> Iterator[str]:
    """Yield the declarations of a query's prefixes, also of imported ontologies (section 5.2.1)."""
    owners = list(shapes.objects(node, SH.prefixes))
    for owner in owners:
        owners += [
            imported for imported in shapes.objects(owner, OWL.imports) if imported not in owners
        ]
    declared: dict[str, str] = {}
    for owner in owners:
        for declaration in shapes.objects(owner, SH.declare):
            prefix = shapes.value(declaration, SH.prefix)
            namespace = shapes.value(declaration, SH.namespace)
            if prefix is None or namespace is None:
                raise ShapesError(
                    "{name}: a declared prefix lacks sh:prefix or sh:namespace.", name=name
                )
            if declared.setdefault(str(prefix), str(namespace)) != str(namespace):
                raise ShapesError(
                    "{name}: the prefix {prefix}: is declared twice, with different namespaces.",
                    name=name,
                    prefix=prefix,
                )
    yield from (f"PREFIX {short}: <{whole}>\n" for short, whole in sorted(declared.items()))
