"""Describes a record: recorded facts, inferred facts, and records that refer to it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query import asking, library, sparql
from metrograph.tables.table import Column, Table
from metrograph.text import joined, separated
from metrograph.vocabulary import MG_NAMESPACE, RDF, Graphs, Owl, Sh, Skos

_SUB_PROPERTY = ox.NamedNode(RDF.subPropertyOf)
_HIDDEN = {RDF.label, RDF.isDefinedBy, Skos.prefLabel}  # the title and the id say it
_RULES = (Owl.propertyChainAxiom, RDF.subPropertyOf, Owl.inverseOf, Sh.construct)
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | None


@dataclass(frozen=True)
class Fact:
    """A fact: about the record (`outgoing`) or by another that refers to it, or inferred."""

    predicate: ox.NamedNode
    value: _Term
    outgoing: bool
    inferred: bool


def page(plan: Plan, name: str) -> Table:
    """Return the page of a record: a row per fact (see `facts`)."""
    lang = plan.lang
    columns = tuple(Column(key, word(key, lang)) for key in ("relation", "value", "origin"))
    rows = tuple(
        (
            joined("" if fact.outgoing else "← ", plan.label(fact.predicate.value)),
            asking.cell(plan.built, fact.value, plan.lang),
            word("inferred", lang) if fact.inferred else word("written", lang),
        )
        for fact in facts(plan, name)
    )  # fmt: skip
    title = plan.label(plan.ids.iri(name))
    note = name if name != title else ""
    return Table(title, columns, rows, note, lang, word("nothing", lang))


def facts(plan: Plan, name: str) -> list[Fact]:
    """Return what the graph holds about a record, in the plan's language where there is a choice.

    Left out is what another fact says more exactly: an inferred super-property or super-class, and
    the same text in other languages. `metrograph query entity` gives every triple.
    """
    query = library.find("entity")
    answer = sparql.run(
        plan.built.store, query.text, library.bind(query, {"entity": name}, plan.ids), query.name
    )
    every = [
        Fact(predicate, value, _true(outgoing), _true(inferred))
        for predicate, value, outgoing, inferred, *_ in answer.rows
        if isinstance(predicate, ox.NamedNode) and predicate.value not in _HIDDEN
    ]
    return list(_in_language(_most_exact(every, plan), plan.lang))


def _true(term: _Term) -> bool:
    return isinstance(term, ox.Literal) and term.value == "true"


def _most_exact(facts: list[Fact], plan: Plan) -> Iterator[Fact]:
    supers = _super_properties(plan)
    stated = {(fact.predicate.value, str(fact.value), fact.outgoing) for fact in facts}
    implied = {
        (above, value, outgoing)
        for predicate, value, outgoing in stated
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


def _in_language(facts: Iterable[Fact], lang: str) -> Iterator[Fact]:
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


def reasons(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return, for each property that can be inferred, the rules that infer it, in words.

    A chain of properties reads "standing claim → claims theme"; a rule of the ontology and a more
    exact property are told by their labels; an inverse by the property that it turns round.
    """
    rules: dict[str, list[str]] = {}

    def note(term: str, sentence: str) -> None:
        rules.setdefault(term, []).append(sentence)

    def named(term: object) -> str:
        return plan.label(str(getattr(term, "value", term)))

    for subject, predicate, value, *_ in _quads(plan, _RULES):
        term = str(getattr(subject, "value", subject))
        if predicate.value == Owl.propertyChainAxiom:
            note(term, separated(" → ", [named(step) for step in _listed(plan, value)]))
        elif predicate.value == RDF.subPropertyOf:
            note(str(getattr(value, "value", value)), named(subject))
        elif predicate.value == Owl.inverseOf:
            note(str(getattr(value, "value", value)), joined("← ", named(subject)))
        elif predicate.value == Sh.construct:
            template = str(getattr(value, "value", "")).partition("WHERE")[0]
            for name in re.findall(r"mg:(\w+)", template):
                note(MG_NAMESPACE + name, named(subject))
    return {term: tuple(sorted(set(sentences))) for term, sentences in rules.items()}


def _quads(plan: Plan, predicates: Iterable[str]) -> Iterator[ox.Quad]:
    for predicate in predicates:
        yield from plan.built.store.quads_for_pattern(
            None, ox.NamedNode(predicate), None, ox.NamedNode(Graphs.ontology)
        )


def _listed(plan: Plan, head: object) -> Iterator[object]:
    """Yield the members of an RDF list of the ontology."""
    ontology = ox.NamedNode(Graphs.ontology)
    while isinstance(head, ox.BlankNode):
        for quad in plan.built.store.quads_for_pattern(
            head, ox.NamedNode(RDF.first), None, ontology
        ):
            yield quad.object
        rest = plan.built.store.quads_for_pattern(head, ox.NamedNode(RDF.rest), None, ontology)
        head = next((quad.object for quad in rest), None)
