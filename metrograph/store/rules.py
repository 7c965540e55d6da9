"""Compiles the ontology to ordered rules: OWL 2 RL axioms and SPARQL rules alike.

owlrl closes the ontology alone (classes and properties, not data); what the closed ontology then
says is compiled to patterns that Oxigraph can run. Rule names are those of OWL 2 RL (OWL 2 Web
Ontology Language Profiles, section 4.3) or of the `sh:SPARQLRule` in the ontology. `rdfs:domain`
and `rdfs:range` are left out: they would turn an error into a type (docs/decisions).
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import combinations
from typing import Any

import networkx as nx
import owlrl
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, URIRef, Variable
from rdflib.collection import Collection
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from metrograph.errors import OntologyError
from metrograph.store.profile import (
    BETWEEN_CLASSES,
    BETWEEN_PROPERTIES,
    OF_PROPERTIES,
    refuse_what_is_not_carried_out,
)
from metrograph.store.program import Contradiction, Program, Rule, repeats

_TYPE = f"<{RDF.type}>"
_NEGATIONS = ("NOT EXISTS", "MINUS", "COUNT")  # a count, too, can fall when more is known
_SCHEMA = BETWEEN_CLASSES | BETWEEN_PROPERTIES | OF_PROPERTIES | {
    RDF.type, OWL.propertyChainAxiom,
    OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty,
}  # fmt: skip


def compile_ontology(ontology: Graph, source: str = "The ontology") -> Program:
    """Compile an ontology, which messages call by its `source`, to a program.

    Raises `OntologyError` for an axiom that this compiler does not know, and for rules whose
    negation depends on their own conclusions.
    """
    refuse_what_is_not_carried_out(ontology, source)
    closed = _close(ontology)
    rules = [*_axiom_rules(ontology, closed), *_sparql_rules(ontology)]
    return Program(order(rules), tuple(_contradictions(ontology)), tuple(_read_axioms(closed)))


def order(rules: Iterable[Rule]) -> tuple[tuple[Rule, ...], ...]:
    """Group rules so that each group runs after all that it reads from is complete.

    The groups are the strongly connected components of the graph "writes what another reads", in
    topological order; ties are broken by name, so the order is always the same.
    """
    by_name = {rule.name: rule for rule in rules}
    feeds: Any = nx.DiGraph()
    feeds.add_nodes_from(by_name)
    readers: dict[str, list[str]] = {}
    for rule in by_name.values():
        for term in rule.reads:
            readers.setdefault(term, []).append(rule.name)
    for rule in by_name.values():
        feeds.add_edges_from(
            (rule.name, reader) for term in rule.writes for reader in readers.get(term, ())
        )
    condensed = nx.condensation(feeds)
    members = nx.get_node_attributes(condensed, "members")
    ordered = nx.lexicographical_topological_sort(condensed, key=lambda node: min(members[node]))
    groups = tuple(tuple(by_name[name] for name in sorted(members[node])) for node in ordered)
    for group in groups:
        if any(rule.negation for rule in group) and repeats(group):
            names = ", ".join(rule.name for rule in group)
            raise OntologyError("These rules negate their own conclusions: {names}.", names=names)
    return groups


def _close(ontology: Graph) -> Graph:
    """Return the ontology's axioms closed under OWL 2 RL by owlrl, without labels and shapes."""
    schema = Graph()
    for subject, predicate, value in ontology:
        about_terms = predicate != RDF.type or value in _SCHEMA
        if predicate in _SCHEMA and about_terms and not isinstance(subject, BNode):
            schema.add((subject, predicate, value))
    for head in ontology.objects(predicate=OWL.propertyChainAxiom):
        for node in ontology.transitive_objects(head, RDF.rest):
            for triple in ontology.triples((node, None, None)):
                schema.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False).expand(schema)
    return schema


def _axiom_rules(ontology: Graph, closed: Graph) -> Iterator[Rule]:
    for sub, sup in _named_pairs(closed, RDFS.subClassOf):
        is_sup, is_sub = f"?x {_TYPE} <{sup}>", f"?x {_TYPE} <{sub}>"
        yield Rule(f"cax-sco {sub} {sup}", is_sup, is_sub, frozenset({sub}), frozenset({sup}))
    for sub, sup in _named_pairs(closed, RDFS.subPropertyOf):
        yield _property_rule("prp-spo1", f"?x <{sup}> ?y", [(sub, "?x", "?y")], sup)
    for term in _typed(closed, OWL.TransitiveProperty):
        direct, path, terms = f"?x <{term}> ?z", f"?x <{term}>+ ?z", frozenset({term})
        yield Rule(f"prp-trp {term}", direct, path, terms, terms, complete=True)
    for term in _typed(closed, OWL.SymmetricProperty):
        yield _property_rule("prp-symp", f"?y <{term}> ?x", [(term, "?x", "?y")], term)
    for term, inverse in _inverses(closed):
        yield _property_rule("prp-inv1", f"?y <{inverse}> ?x", [(term, "?x", "?y")], inverse)
        yield _property_rule("prp-inv2", f"?y <{term}> ?x", [(inverse, "?x", "?y")], term)
    for property_, head in sorted(ontology.subject_objects(OWL.propertyChainAxiom), key=str):
        steps = [str(step) for step in Collection(ontology, head)]
        body = [(step, f"?x{i}", f"?x{i + 1}") for i, step in enumerate(steps)]
        yield _property_rule("prp-spo2", f"?x0 <{property_}> ?x{len(steps)}", body, str(property_))


def _inverses(closed: Graph) -> list[tuple[str, str]]:
    """Return pairs of inverse properties, also those that are their own: symmetric ones."""
    pairs = closed.subject_objects(OWL.inverseOf)
    return sorted((str(term), str(inverse)) for term, inverse in pairs)


def _read_axioms(closed: Graph) -> Iterator[tuple[str, str, str]]:
    """Yield what the closed ontology says of named classes and properties, but for the trivial."""
    for predicate in sorted(BETWEEN_CLASSES | BETWEEN_PROPERTIES):
        pairs = (
            _inverses if predicate == OWL.inverseOf else partial(_named_pairs, predicate=predicate)
        )
        yield from ((term, str(predicate), other) for term, other in pairs(closed))
    for kind in sorted(OF_PROPERTIES):
        yield from ((term, str(RDF.type), str(kind)) for term in _typed(closed, kind))


def _typed(closed: Graph, kind: URIRef) -> list[str]:
    return sorted(str(term) for term in closed.subjects(RDF.type, kind))


def _property_rule(name: str, head: str, body: list[tuple[str, str, str]], writes: str) -> Rule:
    reads = [term for term, _, _ in body]
    where = " . ".join(f"{subject} <{term}> {value}" for term, subject, value in body)
    return Rule(
        " ".join([name, *reads, writes]), head, where, frozenset(reads), frozenset({str(writes)})
    )


def _named_pairs(closed: Graph, predicate: URIRef) -> list[tuple[str, str]]:
    trivial = {OWL.Thing, OWL.Nothing}
    return sorted(
        (str(subject), str(value))
        for subject, value in closed.subject_objects(predicate)
        if isinstance(subject, URIRef) and isinstance(value, URIRef)
        if subject != value and not {subject, value} & trivial
        if subject not in OWL and subject not in RDF and subject not in RDFS
    )


def _sparql_rules(ontology: Graph) -> Iterator[Rule]:
    for node in sorted(ontology.subjects(RDF.type, SH.SPARQLRule), key=str):
        prefixes = {
            str(ontology.value(declared, SH.prefix)): str(ontology.value(declared, SH.namespace))
            for owner in ontology.objects(node, SH.prefixes)
            for declared in ontology.objects(owner, SH.declare)
        }
        text = str(ontology.value(node, SH.construct))
        where = _where_of(str(node), text)
        try:
            algebra = prepareQuery(text, initNs=prefixes).algebra
        except Exception as error:  # rdflib raises its parser's own errors, of many kinds
            raise OntologyError(
                "The rule {node} cannot be parsed: {error}", node=node, error=error
            ) from None
        reads = _read(algebra.p)
        for at, triple in enumerate(algebra.template, start=1):
            name = f"{node} {at}" if len(algebra.template) > 1 else str(node)
            yield Rule(
                name,
                " ".join(term.n3() for term in triple),
                where,
                reads,
                frozenset(_written(triple, algebra.p)) - {str(RDF.type)},
                negation=any(word in text for word in _NEGATIONS),
                prefixes=prefixes,
            )


def _written(triple: Iterable[object], where: object) -> Iterator[str]:
    """Yield the IRIs of a conclusion, also those that a variable is given by VALUES."""
    for term in triple:
        if isinstance(term, URIRef):
            yield str(term)
        elif isinstance(term, Variable):
            yield from _listed(term, where)


def _listed(name: Variable, node: object) -> Iterator[str]:
    if isinstance(node, CompValue) and node.name == "values":
        yield from (str(row[name]) for row in node.res if isinstance(row.get(name), URIRef))
    elif isinstance(node, CompValue):
        for value in node.values():
            yield from _listed(name, value)


def _where_of(name: str, text: str) -> str:
    """Return what stands in the WHERE of a CONSTRUCT; templates have no braces of their own."""
    _, opened, rest = text.partition("{")
    _, closed, tail = rest.partition("}")
    where = tail.strip().removeprefix("WHERE").strip()
    if not (opened and closed and where.startswith("{") and where.endswith("}")):
        raise OntologyError(
            "The rule {name} is not of the form CONSTRUCT {{...}} WHERE {{...}}.", name=name
        )
    return where[1:-1]


def _read(node: object) -> frozenset[str]:
    """Return the IRIs that a query names, also those that VALUES give to its triples."""
    iris: set[str] = set()
    _add_iris(node, iris)
    for name in _variables_of_triples(node):
        iris.update(_listed(name, node))
    return frozenset(iris)


def _add_iris(node: object, iris: set[str]) -> None:
    if isinstance(node, URIRef) and node != RDF.type:
        iris.add(str(node))
    elif isinstance(node, CompValue) and node.name != "values":
        _add_iris(list(node.values()), iris)
    elif isinstance(node, list | tuple | set | frozenset):
        for value in node:
            _add_iris(value, iris)
    elif isinstance(node, Path):
        _add_iris([getattr(node, part, ()) for part in ("arg", "args", "path")], iris)


def _variables_of_triples(node: object) -> set[Variable]:
    """Return the variables that stand for a property, or for a value such as a class."""
    if not isinstance(node, CompValue):
        parts = node if isinstance(node, list | tuple) else ()
    elif node.name == "BGP":
        return {
            term for triple in node.triples for term in triple[1:] if isinstance(term, Variable)
        }
    else:
        parts = list(node.values())
    return {name for part in parts for name in _variables_of_triples(part)}


def _contradictions(ontology: Graph) -> Iterator[Contradiction]:
    for first, second in _named_pairs(ontology, OWL.disjointWith):
        yield Contradiction(first, second)
    for group in ontology.subjects(RDF.type, OWL.AllDisjointClasses):
        for head in ontology.objects(group, OWL.members):
            members = sorted(str(member) for member in Collection(ontology, head))
            for first, second in combinations(members, 2):
                yield Contradiction(first, second)
