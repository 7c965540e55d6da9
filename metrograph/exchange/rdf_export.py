"""Exports a plan's triples as Turtle, N-Quads, TriG or JSON-LD."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pyoxigraph as ox

from metrograph.editing.choices import natural
from metrograph.exchange.asserted import iri_of
from metrograph.exchange.jsonld import compacted
from metrograph.plan import Plan
from metrograph.vocabulary import MG, PREFIXES, RDF

if TYPE_CHECKING:
    pass


_FIRST = {RDF.type: 0, RDF.label: 1, MG.citation: 3}  # CONTRIBUTING: the order within a record
_NESTED = {  # what stands within what it is about: a name, and the relation the other way round
    "claims": "onActivity",
    "codings": "codedActivity",
    "figures": "ofIndicator",
}


def rdf(plan: Plan, asserted: Iterable[ox.Quad], kind: str) -> bytes:
    """Return quads in a fixed order, so that two exports can be compared line by line."""
    if kind == "nq":
        return "".join(sorted({f"{quad} .\n" for quad in asserted})).encode()
    place = places(plan)
    if kind == "trig":
        quads_ = sorted(set(asserted), key=lambda quad: (iri_of(quad.graph_name), *place(quad)))
        return _serialized(plan, quads_, ox.RdfFormat.TRIG)
    triples = sorted({quad.triple for quad in asserted}, key=place)
    return _serialized(plan, triples, ox.RdfFormat.TURTLE)


def places(plan: Plan) -> Callable[[ox.Triple | ox.Quad], tuple[Any, ...]]:
    """Return what orders triples: by id, then as within a record of the plan's files."""
    known: dict[str, Any] = {}

    def place(of: ox.Triple | ox.Quad) -> tuple[Any, ...]:
        subject, predicate = iri_of(of.subject), of.predicate.value
        if subject not in known:
            known[subject] = natural(plan.ids.short(subject))
        return known[subject], subject, _FIRST.get(predicate, 2), predicate, str(of.object)

    return place


def _serialized(
    plan: Plan, statements: Sequence[ox.Triple] | Sequence[ox.Quad], kind: ox.RdfFormat
) -> bytes:
    """Return triples or quads with the prefixes that they use, and ids after the plan's base."""
    used = {
        iri_of(term)
        for statement in statements
        for term in (statement.subject, statement.predicate, statement.object)
    }
    used |= {
        statement.object.datatype.value
        for statement in statements
        if isinstance(statement.object, ox.Literal)
    }
    prefixes = {
        prefix: start
        for prefix, start in PREFIXES.items()
        if any(iri.startswith(start) for iri in used)
    }
    base = plan.ids.base if plan.ids.base.endswith("/") else None
    return ox.serialize(statements, None, kind, prefixes=prefixes, base_iri=base) or b""


def json_ld(plan: Plan, triples: set[ox.Triple]) -> bytes:
    """Return triples as JSON-LD 1.1: short names, ids after `@base`, labels by language.

    Claims and codings stand within their activity and figures within their indicator; all else
    names the other by its id. By its context, the document says the same triples.
    """
    context, nodes = compacted(triples)
    base = plan.ids.base
    short = [_shortened(node, context, base) for node in nodes]
    named: dict[str, Any] = {"@version": 1.1, "@base": base, **context}
    top = _nested(short)
    for name, relation in _NESTED.items():
        if any(name in node for node in top):
            named[name] = {"@reverse": context[relation]["@id"], "@type": "@id"}
    document = {"@context": named, "@graph": top}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _shortened(node: Mapping[str, Any], context: Mapping[str, Any], base: str) -> dict[str, Any]:
    """Return a node whose ids, and those of what it names, are without the base."""

    def short(iri: str) -> str:
        rest = iri.removeprefix(base)
        return rest if rest and urljoin(base, rest) == iri else iri

    def value(of: Any, is_id: bool) -> Any:
        if isinstance(of, list):
            return [value(item, is_id) for item in of]
        if isinstance(of, dict):
            return {key: short(item) if key == "id" else item for key, item in of.items()}
        return short(of) if is_id and isinstance(of, str) else of

    def shorten(key: str, of: Any) -> Any:
        term = context.get(key)
        rules = term if isinstance(term, dict) else {}
        if rules.get("@container") == "@language":  # in which "id" is Indonesian
            return of
        return value(of, key == "id" or rules.get("@type") == "@id")

    return {key: shorten(key, of) for key, of in node.items()}


def _nested(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return nodes with those of `_NESTED` within the one that they are about, if it is there."""
    by_id = {node["id"]: node for node in nodes}
    within: dict[str, tuple[str, str]] = {}
    for node in nodes:
        for name, relation in _NESTED.items():
            about = node.get(relation)
            if isinstance(about, str) and about in by_id and not _NESTED.keys() & node.keys():
                within.setdefault(node["id"], (name, about))
    top = [node for node in nodes if node["id"] not in within]
    outside = {node["id"] for node in top}
    for id_, (name, about) in within.items():
        if about in outside:
            inner = {key: of for key, of in by_id[id_].items() if key != _NESTED[name]}
            by_id[about].setdefault(name, []).append(inner)
        else:  # what it is about is within a third: it stays by itself
            top.append(by_id[id_])
    return top
