"""Describes a record: recorded facts, inferred facts, and records that refer to it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query import asking, library, sparql
from metrograph.store.engine import Node
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
    )
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
        plan.built.engine, query.text, library.bind(query, {"entity": name}, plan.ids), query.name
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
    for triple in plan.built.engine.triples(None, _SUB_PROPERTY):
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            direct.setdefault(triple.subject.value, set()).add(triple.object.value)
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

    ontology = list(plan.built.engine.triples(graph=ox.NamedNode(Graphs.ontology)))
    links = {(triple.subject, triple.predicate.value): triple.object for triple in ontology}
    for subject, predicate, value in ontology:
        term = str(getattr(subject, "value", subject))
        if predicate.value == Owl.propertyChainAxiom:
            note(term, separated(" → ", [named(step) for step in _listed(links, value)]))
        elif predicate.value == RDF.subPropertyOf:
            note(str(getattr(value, "value", value)), named(subject))
        elif predicate.value == Owl.inverseOf:
            note(str(getattr(value, "value", value)), joined("← ", named(subject)))
        elif predicate.value == Sh.construct:
            template = str(getattr(value, "value", "")).partition("WHERE")[0]
            for name in re.findall(r"mg:(\w+)", template):
                note(MG_NAMESPACE + name, named(subject))
    return {term: tuple(sorted(set(sentences))) for term, sentences in rules.items()}


def _listed(links: Mapping[tuple[Node, str], object], head: object) -> Iterator[object]:
    """Yield the members of an RDF list, by the objects of subjects and predicates."""
    while isinstance(head, ox.BlankNode):
        yield links[head, RDF.first]
        head = links.get((head, RDF.rest))
