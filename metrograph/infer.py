"""A store and a program of rules in, the same store with what follows, and findings, out.

What is inferred goes to the default graph and, marked as inferred, to a graph of its own; a triple
that a file asserts is never marked as inferred.
"""

import pyoxigraph as ox

from metrograph.axioms import Contradiction, Program, Rule, repeats
from metrograph.findings import Finding
from metrograph.terms import CONCLUSIONS, RDF, Graphs
from metrograph.wording import LANGUAGES, word


def infer(store: ox.Store, program: Program) -> list[Finding]:
    """Add what follows from the store by the program; return the contradictions met."""
    for group in program.groups:
        if repeats(group):
            _run_to_fixpoint(store, group)
        else:
            _run(store, group[0])
    return [finding for pair in program.contradictions for finding in _met(store, pair)]


def _run_to_fixpoint(store: ox.Store, group: tuple[Rule, ...]) -> None:
    while fresh := [rule for rule in group if _has_news(store, rule)]:
        for rule in fresh:
            _run(store, rule)


def _where(rule: Rule) -> str:
    return f"{{ {rule.where} FILTER NOT EXISTS {{ {rule.template} }} }}"


def _has_news(store: ox.Store, rule: Rule) -> bool:
    return bool(store.query(f"ASK {_where(rule)}", prefixes=dict(rule.prefixes)))


def _run(store: ox.Store, rule: Rule) -> None:
    store.update(
        f"INSERT {{ {rule.template} . GRAPH <{Graphs.inferred}> {{ {rule.template} }} }} "
        f"WHERE {_where(rule)}",
        prefixes=dict(rule.prefixes),
    )


def written_conclusions(store: ox.Store) -> list[Finding]:
    """Return a violation for each alignment that a file writes instead of the claim behind it.

    It would count like one that follows from claims, with nobody's word to show for it. To be asked
    of what files assert, before anything is inferred.
    """
    messages = {lang: word("written_conclusion", lang) for lang in LANGUAGES}
    return [
        Finding("violation", "written-conclusion", quad.subject.value, messages, term, _text(quad))
        for term in CONCLUSIONS
        for quad in store.quads_for_pattern(None, ox.NamedNode(term), None, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode)
    ]


def _text(quad: ox.Quad) -> str:
    return str(getattr(quad.object, "value", quad.object))


def _met(store: ox.Store, pair: Contradiction) -> list[Finding]:
    first, second = ox.NamedNode(pair.first), ox.NamedNode(pair.second)
    is_a = ox.NamedNode(RDF.type)
    both = [
        quad.subject
        for quad in store.quads_for_pattern(None, is_a, first, ox.DefaultGraph())
        if ox.Quad(quad.subject, is_a, second) in store
    ]
    names = [iri.rpartition("#")[2] for iri in (pair.first, pair.second)]
    messages = {lang: word("contradiction", lang).format(*names) for lang in LANGUAGES}
    return [
        Finding("violation", "contradiction", node.value, messages, RDF.type, pair.second)
        for node in both
        if isinstance(node, ox.NamedNode)
    ]
