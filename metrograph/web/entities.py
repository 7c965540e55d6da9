"""Returns the statements about records: as RDF, as JSON-LD, or as plain JSON."""

import json
import math
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from metrograph.errors import UsageError
from metrograph.exchange.jsonld import compacted
from metrograph.plan import Plan
from metrograph.query.asking import value_of
from metrograph.vocabulary import MG_NAMESPACE, RDF, Graphs
from metrograph.web.media import GRAPH_FORMS, negotiated, written

__all__ = ["data_of", "forms", "negotiated", "triples_of"]

forms: Mapping[str, str] = {  # the ending of an address, and its media type
    **GRAPH_FORMS,
    "nq": "application/n-quads",
    "json": "application/json",
}
_LABEL = ox.NamedNode(RDF.label)
_TYPE = ox.NamedNode(RDF.type)
_INFERRED = ox.NamedNode(Graphs.inferred)


@dataclass(frozen=True)
class _Fact:
    """What a relation links a record to, or, coming in, what links to it."""

    predicate: str
    value: ox.NamedNode | ox.BlankNode | ox.Literal
    incoming: bool
    inferred: bool


def data_of(plan: Plan, name: str, form: str) -> bytes:
    """Return all statements of the graph about a record, in a form of `forms` (by its ending).

    In RDF: the triples that it is the subject or object of, written and inferred, and the labels
    of the records in them; `nq` also says in which graph each stands, so what is inferred. In
    `json`: id, iri, label, kinds, and facts with their labels in the plan's language. Raises
    `QueryError` for an unknown id, `UsageError` for an unknown form.
    """
    if _known(form) == "json":
        return _dumped(_described(plan, plan.known(name)))
    return triples_of(plan, [name], form)


def triples_of(plan: Plan, names: Iterable[str], form: str) -> bytes:
    """Return what `data_of` does, for several records at once; in `json` as a list.

    Raises `QueryError` for an unknown id, `UsageError` for an unknown form.
    """
    ids = list(dict.fromkeys(plan.known(name) for name in names))
    if _known(form) == "json":
        return _dumped([_described(plan, name) for name in ids])
    quads = _quads(plan, [ox.NamedNode(plan.ids.iri(name)) for name in ids])
    if form == "nq":
        return b"".join(sorted(f"{quad} .\n".encode() for quad in quads))
    triples = {quad.triple for quad in quads}
    iris = {plan.ids.iri(name) for name in ids}
    return _json_ld(triples, iris) if form == "jsonld" else written(triples, forms[form], iris)


def _known(form: str) -> str:
    if form not in forms:
        raise UsageError(
            "Unknown format: “{form}”. Available formats: {forms}.",
            form=form,
            forms=", ".join(forms),
        )
    return form


def _dumped(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _quads(plan: Plan, nodes: Iterable[ox.NamedNode]) -> set[ox.Quad]:
    """Return the quads about records, in the named graphs, with the labels of what they name."""
    quads = {quad for node in nodes for quad in _around(plan, node)}
    named = {
        term
        for quad in quads
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode)
    }
    return quads | {quad for node in named for quad in plan.built.engine.quads(node, _LABEL)}


def _around(plan: Plan, node: ox.NamedNode) -> Iterator[ox.Quad]:
    yield from plan.built.engine.quads(node)
    yield from plan.built.engine.quads(value=node)


def _json_ld(triples: Iterable[ox.Triple], first: Container[str]) -> bytes:
    """Return triples as JSON-LD; nodes stand in the order of their ids, `first` before others."""
    context, nodes = compacted(triples)
    nodes.sort(key=lambda node: node["id"] not in first)
    return _dumped({"@context": context, "@graph": nodes})


def _described(plan: Plan, name: str) -> dict[str, Any]:
    """Return a record as plain JSON: what it is, and its facts, written ones before inferred."""
    iri = plan.ids.iri(name)
    facts = list(_facts(plan, ox.NamedNode(iri)))
    kinds = sorted(
        {
            str(fact.value.value)
            for fact in facts
            if fact.predicate == RDF.type and not fact.incoming and not fact.inferred
        },
        key=lambda kind: (not kind.startswith(MG_NAMESPACE), kind),
    )
    return {
        "id": name,
        "iri": iri,
        "label": plan.label(name),
        "kinds": [_named(plan, kind) for kind in kinds],
        "facts": _grouped(plan, facts),
    }


def _facts(plan: Plan, node: ox.NamedNode) -> Iterator[_Fact]:
    for quad in set(_around(plan, node)):
        for incoming, value in ((False, quad.object), (True, quad.subject)):
            here = quad.object if incoming else quad.subject
            if here == node and not isinstance(value, ox.Triple):
                yield _Fact(quad.predicate.value, value, incoming, quad.graph_name == _INFERRED)


def _grouped(plan: Plan, facts: Iterable[_Fact]) -> list[dict[str, Any]]:
    """Return facts with the values of one relation together."""
    groups: dict[tuple[bool, bool, str], set[Any]] = {}
    for fact in facts:
        groups.setdefault((fact.incoming, fact.inferred, fact.predicate), set()).add(fact.value)
    return [
        {
            "property": plan.ids.short(predicate),
            "label": plan.label(predicate),
            "incoming": incoming,
            "inferred": inferred,
            "values": [_value(plan, value) for value in sorted(values, key=str)],
        }
        for (incoming, inferred, predicate), values in sorted(groups.items(), key=lambda g: g[0])
    ]


def _named(plan: Plan, iri: str) -> dict[str, str]:
    return {"id": plan.ids.short(iri), "label": plan.label(iri)}


def _value(plan: Plan, term: ox.NamedNode | ox.BlankNode | ox.Literal) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return _named(plan, term.value)
    if isinstance(term, ox.BlankNode):
        return {"id": str(term)}
    if term.language:
        return {"value": term.value, "language": term.language}
    return {"value": _plain(value_of(term)), "datatype": term.datatype.value}


def _plain(value: str | int | Decimal | bool) -> str | int | float | bool:
    """Return a value as JSON has it; a number that JSON has not stays as it is written."""
    if not isinstance(value, Decimal):
        return value
    number = float(value)
    return number if math.isfinite(number) else str(value)
