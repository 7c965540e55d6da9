"""One thing in, a page about it out: what is said of it, what follows, and what refers to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from metrograph import queries, sparql
from metrograph.plan import Plan
from metrograph.tables import Column, Table
from metrograph.terms import MG_NAMESPACE, RDF
from metrograph.wording import word

_SUB_PROPERTY = ox.NamedNode(RDF.subPropertyOf)
_HIDDEN = {RDF.label, RDF.isDefinedBy}  # the title and the id say it
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | None


@dataclass(frozen=True)
class _Fact:
    predicate: ox.NamedNode
    value: _Term
    outgoing: bool
    inferred: bool


def page(plan: Plan, name: str) -> Table:
    """Return the page of a thing: a row per fact, in the plan's language where there is a choice.

    Left out is what another row says more exactly: an inferred super-property or super-class, and
    the same text in other languages. `metrograph query entity` gives every triple.
    """
    query = queries.find("entity")
    found = sparql.run(
        plan.built.store, query.text, queries.bind(query, {"entity": name}, plan.ids), query.name
    )
    facts = [
        _Fact(predicate, value, _true(outgoing), _true(inferred))
        for predicate, value, outgoing, inferred, *_ in found.rows
        if isinstance(predicate, ox.NamedNode) and predicate.value not in _HIDDEN
    ]
    lang = plan.lang
    columns = tuple(Column(key, word(key, lang)) for key in ("relation", "value", "origin"))
    rows = tuple(
        (
            ("" if fact.outgoing else "← ") + plan.label(fact.predicate.value),
            plan.cell(fact.value),
            word("inferred", lang) if fact.inferred else word("written", lang),
        )
        for fact in _in_language(_most_exact(facts, plan), lang)
    )  # fmt: skip
    title = plan.label(plan.ids.iri(name))
    note = name if name != title else ""
    return Table(title, columns, rows, note, lang, word("nothing", lang))


def _true(term: _Term) -> bool:
    return isinstance(term, ox.Literal) and term.value == "true"


def _most_exact(facts: list[_Fact], plan: Plan) -> Iterator[_Fact]:
    supers = _super_properties(plan)
    said = {(fact.predicate.value, str(fact.value), fact.outgoing) for fact in facts}
    implied = {
        (above, value, outgoing)
        for predicate, value, outgoing in said
        for above in supers.get(predicate, ())
    }
    for fact in facts:
        key = (fact.predicate.value, str(fact.value), fact.outgoing)
        is_ours = fact.predicate.value.startswith(MG_NAMESPACE)
        if not fact.inferred or (is_ours and key not in implied):
            yield fact


def _super_properties(plan: Plan) -> dict[str, set[str]]:
    direct: dict[str, set[str]] = {}
    for quad in plan.built.store.quads_for_pattern(None, _SUB_PROPERTY, None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            direct.setdefault(quad.subject.value, set()).add(quad.object.value)
    closed: dict[str, set[str]] = {}
    for start, above in direct.items():
        reached: set[str] = set()
        frontier = set(above)
        while frontier:
            reached |= frontier
            frontier = set().union(*(direct.get(term, set()) for term in frontier)) - reached
        closed[start] = reached
    return closed


def _in_language(facts: Iterable[_Fact], lang: str) -> Iterator[_Fact]:
    facts = list(facts)
    in_lang = {
        fact.predicate.value
        for fact in facts
        if isinstance(fact.value, ox.Literal) and fact.value.language == lang
    }
    for fact in facts:
        language = fact.value.language if isinstance(fact.value, ox.Literal) else None
        if language in (None, lang) or fact.predicate.value not in in_lang:
            yield fact
