"""Compiles the ontology and the shapes of metrograph to what builds and updates run."""

from rdflib import Graph

from metrograph import paths
from metrograph.store.compiled import Compiled, Group
from metrograph.store.dependencies import clusters, watched
from metrograph.store.patterns import Unbounded
from metrograph.store.program import Program
from metrograph.store.rules import compile_ontology
from metrograph.store.stepping import groups_of
from metrograph.store.validation import read_shapes, terms_of


def compile_all() -> Compiled:
    """Return the ontology and the shapes, compiled and analysed; it takes seconds.

    Raises `OntologyError` or `ShapesError` for what cannot be run.
    """
    ontology = Graph().parse(paths.ONTOLOGY / "metrograph.ttl", format="turtle")
    shapes = read_shapes(paths.ONTOLOGY / "shapes.ttl", trusted=True)
    program = compile_ontology(ontology, "ontology/metrograph.ttl")
    groups, unbounded = _groups(program)
    aimed = watched(shapes)
    return Compiled(
        program=program,
        groups=groups,
        clusters=tuple(clusters(aimed)),
        queries=tuple((shape.shape, query) for shape in aimed for query in shape.queries),
        terms=tuple(terms_of(ontology)),
        shapes=shapes.serialize(format="nt"),
        unbounded=unbounded,
    )


def _groups(program: Program) -> tuple[tuple[Group, ...], str]:
    """Return the rules as an update runs them, or none and the reason."""
    try:
        return groups_of(program), ""
    except Unbounded as error:
        return (), str(error)
