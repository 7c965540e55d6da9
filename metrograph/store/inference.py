"""Runs a program of rules on a store, and returns the contradictions that it finds.

What is inferred goes to the default graph and, marked as inferred, to a graph of its own; a triple
that a file asserts is never marked as inferred. A literal is never made the subject of a statement
(RDF 1.1 Concepts, section 3.1), and a group of rules that adds nothing is not run again.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

import pyoxigraph as ox

from metrograph.messages import LANGUAGES, word
from metrograph.store.findings import Finding
from metrograph.store.program import Contradiction, Program, Rule, repeats
from metrograph.vocabulary import RDF, Graphs


def infer(store: ox.Store, program: Program) -> list[Finding]:
    """Add what follows from the store by the program; return the contradictions met."""
    _add_schema(store, program)
    for group in program.groups:
        if repeats(group):
            _run_to_fixpoint(store, group)
        else:
            _run(store, group[0])
    return list(_met(store, program.contradictions))


def _add_schema(store: ox.Store, program: Program) -> None:
    """Add what the closed ontology says of classes and properties, so that it can be asked."""
    for triple in program.schema:
        asserted = ox.Quad(*map(ox.NamedNode, triple))
        if asserted not in store:
            store.add(asserted)
            store.add(ox.Quad(*map(ox.NamedNode, (*triple, Graphs.inferred))))


def _run_to_fixpoint(store: ox.Store, group: tuple[Rule, ...]) -> None:
    """Run rules until none has news, or until what they conclude adds no statement."""
    held, now = -1, len(store)  # to count takes as long as a small rule
    while held < now and (fresh := [rule for rule in group if _has_news(store, rule)]):
        for rule in fresh:
            _run(store, rule)
        held, now = now, len(store)


def _where(rule: Rule) -> str:
    guards = " ".join(f"FILTER(!ISLITERAL({name}))" for name in _subjects(rule.template))
    return f"{{ {rule.where} {guards} FILTER NOT EXISTS {{ {rule.template} }} }}"


def _subjects(template: str) -> list[str]:
    """Return the variables that a rule's conclusions have as subjects.

    >>> _subjects("?y <http://example.org/p.q> ?x . ?x a mg:Thing ; mg:of ?y . mg:a mg:b ?z")
    ['?y', '?x']
    """
    parts = re.split(r"\.(?:\s+|$)", re.sub(r"<[^<>]*+>", "<>", template.strip()))
    return list(dict.fromkeys(part.split()[0] for part in parts if part.startswith(("?", "$"))))


def _has_news(store: ox.Store, rule: Rule) -> bool:
    return bool(store.query(f"ASK {_where(rule)}", prefixes=dict(rule.prefixes)))


def _run(store: ox.Store, rule: Rule) -> None:
    store.update(
        f"INSERT {{ {rule.template} . GRAPH <{Graphs.inferred}> {{ {rule.template} }} }} "
        f"WHERE {_where(rule)}",
        prefixes=dict(rule.prefixes),
    )


def exclusions(pairs: Iterable[Contradiction]) -> frozenset[frozenset[str]]:
    """Return the pairs of classes that exclude each other."""
    return frozenset(frozenset((pair.first, pair.second)) for pair in pairs)


def _met(store: ox.Store, pairs: Iterable[Contradiction]) -> Iterator[Finding]:
    """Yield what is of two classes that exclude each other, each class read once."""
    excluded = exclusions(pairs)
    held: dict[str, list[str]] = {}
    for kind in sorted(frozenset().union(*excluded)):
        is_a, of_kind = ox.NamedNode(RDF.type), ox.NamedNode(kind)
        for quad in store.quads_for_pattern(None, is_a, of_kind, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode):
                held.setdefault(quad.subject.value, []).append(kind)
    for node, kinds in held.items():
        yield from excluded_kinds(node, kinds, excluded)


def excluded_kinds(
    node: str, kinds: Iterable[str], excluded: frozenset[frozenset[str]]
) -> Iterator[Finding]:
    """Yield a violation for each two of the classes of a node that exclude each other."""
    for first, second in combinations(kinds, 2):
        if frozenset((first, second)) in excluded:
            names = [iri.rpartition("#")[2] for iri in (first, second)]
            messages = {lang: word("contradiction", lang).format(*names) for lang in LANGUAGES}
            yield Finding("violation", "contradiction", node, messages, RDF.type, second)
