"""Runs pyshacl on selected nodes of a store, and returns its report.

pyshacl runs the core of SHACL as it is. Where it does otherwise than the standard with queries, it
is put right here: pre-binding, values such as 0, and validators that ask of a node without values.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pyshacl.helper
from oxrdflib import OxigraphStore
from pyshacl import validate as shacl_validate
from pyshacl.constraints.sparql.sparql_based_constraint_components import (
    SelectConstraintValidator,
    SPARQLConstraintComponentValidator,
)
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib import SH, BNode, Graph, Literal, Node, URIRef, Variable
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.term import Identifier

from metrograph.errors import ShapesError, Text
from metrograph.store.datatypes import problem
from metrograph.store.prebinding import FUNCTIONS, Term, bind, why_unbindable
from metrograph.store.shapes import shape_name, with_path

# rdflib logs a traceback for a literal that is not of its type; the shapes say it better. pyshacl
# logs what it raises.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


def judge(store: ox.Store, shapes: Graph) -> Graph:
    """Return pyshacl's report on the default graph of a store.

    Raises `ShapesError`, with the name of the shape, for one that pyshacl cannot run.
    """
    data = Graph(Uncounted(store=store), identifier=DATASET_DEFAULT_GRAPH_ID)
    try:
        return _by_pyshacl(data, shapes)
    except Exception as error:  # it raises many kinds: its own, and those of what it calls
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ShapesError(
            "{culprit} cannot be run: {reason}", culprit=_culprit(data, shapes), reason=reason
        ) from error
    finally:
        data.close()  # else the store lives on in a cycle of rdflib's, until Python looks for such


def _by_pyshacl(data: Graph, shapes: Graph) -> Graph:
    SPARQLConstraintComponentValidator.validator_cache.clear()  # its keys outlive their graphs
    _, report, text = shacl_validate(
        data, shacl_graph=shapes, advanced=True, inplace=True, inference="none"
    )
    if not isinstance(report, Graph):  # it returns some of its errors
        raise ShapesError(text.removeprefix("Validation Failure - "))
    return report


def _culprit(data: Graph, shapes: Graph) -> Text:
    """Return the name of a shape that pyshacl cannot run: of its targets, half by half."""
    targets = sorted(shapes.triples((None, SH.targetNode, None)))
    while len(targets) > 1:
        half = targets[: len(targets) // 2]
        targets = half if _fails(data, shapes, half) else targets[len(half) :]
    return shape_name(shapes, targets[0][0]) if targets else Text("A shape")


def _fails(data: Graph, shapes: Graph, targets: list[tuple[Node, Node, Node]]) -> bool:
    some = Graph()
    some += shapes
    some.remove((None, SH.targetNode, None))
    some += targets
    try:
        _by_pyshacl(data, some)
    except Exception:  # whatever it is, it comes from these
        return True
    return False


# ---------------------------------------------------------------- what pyshacl does otherwise


class _PreBinding(SPARQLQueryHelper):
    """pyshacl's helper for queries, but for what it finds by looking at their text.

    It takes a value such as 0 or "" for none, and sees a variable only after a blank or a bracket.
    """

    def pre_bind_variables(
        self, thisnode: Node, valuenode: Node | None = None, extravars: Any = None
    ) -> tuple[dict[str, Node], str]:
        """Return what the variables of the query stand for, and the query with its path."""
        bound = {"this", *(() if valuenode is None else ("value",)), *(extravars or ())}
        if reason := why_unbindable(self.select_text, bound):
            raise ShapesError(reason)
        values = {"this": thisnode, "currentShape": self.shape.node}
        if valuenode is not None:
            values["value"] = valuenode
        if path := self.shape.path():
            sparql = shacl_path_to_sparql_path(self.shape.sg, path)
            return values, with_path(self.select_text, f"({sparql})")
        return values, self.select_text


def _ask_of_node(
    _validator: Any, _executor: Any, focus: Node, _values: Any, graph: Any, helper: Any
) -> set[tuple[Node | None, tuple[Node | None, ...]]]:
    """Return what a validator by `SELECT` finds wrong with a node (SHACL, section 6.2.3).

    It is asked once; pyshacl asks it for each of the node's values, so never if there are none.
    """
    values, query = helper.pre_bind_variables(focus, extravars=helper.param_bind_map)
    rows = graph.query(helper.apply_prefixes(query), initBindings=values | helper.param_bind_map)
    results = [row.asdict() for row in rows]
    if any(Literal(True) == result.get("failure") for result in results):
        raise ShapesError("its query reports a failure")
    value = None if helper.shape.is_property_shape else focus
    names = ("this", "path", "value")
    return {(value, tuple(result.get(name) for name in names)) for result in results}


setattr(pyshacl.helper, "SPARQLQueryHelperCls", _PreBinding)  # noqa: B010  mypy knows no such name
setattr(SelectConstraintValidator, "validate", _ask_of_node)  # noqa: B010  mypy forbids it


class IllTyped(Literal):
    """A literal that is no value of its datatype, though rdflib takes it: NaN as a decimal, say.

    To compare it with a number would raise; as `ill_typed`, a shape refuses it.
    """

    value = None
    ill_typed = True


def _literal(text: str, datatype: str) -> Literal:
    is_wrong = problem(text, datatype) == "ill_typed"
    kind, normalize = (IllTyped, False) if is_wrong else (Literal, None)
    return kind(text, datatype=URIRef(datatype), normalize=normalize)


class Uncounted(OxigraphStore):
    """Oxigraph as rdflib sees it, which does not count itself whenever it is asked if it is empty.

    pyshacl asks that for every result, and counting reads the whole store.
    """

    def __len__(self, context: Any = None) -> int:
        """Return a number that is not 0."""
        return 1

    def triples(self, pattern: Any, context: Any = None) -> Iterator[Any]:  # types of rdflib's own
        """Yield what matches, with literals that are ill-typed by XML Schema as such."""
        for (subject, predicate, value), contexts in super().triples(pattern, context):
            # "none" as a boolean is "false" by now, and only `ill_typed` remembers what it was
            if isinstance(value, Literal) and value.datatype and not value.ill_typed:
                value = _literal(str(value), str(value.datatype))  # noqa: PLW2901  the same value
            yield (subject, predicate, value), contexts

    def query(
        self,
        query: Any,
        initNs: Any,  # noqa: N803  rdflib calls it so
        initBindings: Any,  # noqa: N803  rdflib calls it so
        queryGraph: Any,  # noqa: ARG002, N803  rdflib calls it so; it is the default graph
        **_: Any,
    ) -> Result:
        """Return the answer to a query with its variables bound as SHACL has it."""
        bound = {str(name): _to_oxigraph(term) for name, term in (initBindings or {}).items()}
        answer = self._inner.query(
            bind(query, bound),
            prefixes=dict(self._namespace_for_prefix, **initNs),
            custom_functions=dict(FUNCTIONS),
        )
        if isinstance(answer, ox.QueryBoolean):
            result = Result("ASK")
            result.askAnswer = bool(answer)
            return result
        if isinstance(answer, ox.QueryTriples):
            raise ShapesError("its query is neither SELECT nor ASK")
        result = Result("SELECT")
        result.vars = [Variable(variable.value) for variable in answer.variables]
        result.bindings = [
            {
                name: as_rdflib(term)
                for name, term in zip(result.vars, row, strict=True)
                if term is not None
            }
            for row in answer
        ]
        return result


def _to_oxigraph(term: Node) -> Term:
    if isinstance(term, URIRef):
        return ox.NamedNode(term)
    if isinstance(term, BNode):
        return ox.BlankNode(term)
    language, datatype = getattr(term, "language", None), getattr(term, "datatype", None)
    if language:
        return ox.Literal(str(term), language=language)
    return ox.Literal(str(term), datatype=ox.NamedNode(datatype) if datatype else None)


def as_rdflib(term: Term) -> Identifier:
    """Return a term of Oxigraph as rdflib has it."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    return _literal(term.value, term.datatype.value)
