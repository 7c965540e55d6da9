"""Corrects findings after a change: asks the shapes again of the nodes concerned.

Findings are kept by shape and node. Those of a node that a change concerns are dropped, and its
shapes are asked of it again; all others are as they were. Shapes that report through the same part
are asked together, so that no finding is dropped whose shape is not asked again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

import pyoxigraph as ox

from metrograph.store.changes import DEFAULT, Changes, Index, Term, batches, of_file, quad_of, table
from metrograph.store.compiled import KEY, Cluster
from metrograph.store.findings import Finding
from metrograph.store.inference import excluded_kinds, exclusions
from metrograph.store.program import Contradiction
from metrograph.store.restriction import restricted
from metrograph.store.statements import effect_of, unusable_values, written_conclusions
from metrograph.vocabulary import RDF, Graphs

Pair = tuple[str, Term]  # a shape, and the node of which it is to be asked
_ASSERTED_ONLY = ("written-conclusion", "unusable-value")
_IS_A = ox.NamedNode(RDF.type)


def by_shapes(
    changes: Changes,
    every: Iterable[Cluster],
    kept: Iterable[Finding],
    judge: Callable[[list[Pair]], list[Finding]],
) -> list[Finding]:
    """Return what shapes find now, by what they found before."""
    findings = list(kept)
    pairs: list[Pair] = []
    for cluster in every:
        touched = _touched(changes, cluster)
        if touched is not None and not touched:
            continue
        names = None if touched is None else {node.value for node in touched}
        findings = [
            finding
            for finding in findings
            if finding.shape not in cluster.sources or not (names is None or finding.focus in names)
        ]
        pairs += _suspects(changes.new, cluster, touched)
    return [*findings, *(judge(pairs) if pairs else ())]


def _touched(changes: Changes, cluster: Cluster) -> set[Term] | None:
    """Return the nodes of which the shapes of a cluster are to be asked again; None: of all."""
    nodes: set[Term] = set()
    for shape in cluster.shapes:
        more = changes.touched(shape.triggers, KEY)
        if more is None:
            return None
        nodes |= more
    return None if nodes and cluster.is_whole else nodes


def _suspects(store: ox.Store, cluster: Cluster, touched: set[Term] | None) -> Iterator[Pair]:
    for shape in cluster.shapes:
        nodes: dict[Term, None] = {}
        for query in shape.queries:
            for row in _answers(store, query, touched):
                nodes[row["this"]] = None
        yield from ((shape.shape, node) for node in nodes)


def _answers(store: ox.Store, query: str, touched: set[Term] | None) -> Iterator[ox.QuerySolution]:
    if touched is None:
        yield from store.query(query)  # type: ignore[misc]  # a SELECT gives rows
        return
    named = sorted((node for node in touched if not isinstance(node, ox.BlankNode)), key=str)
    for rows in batches((node,) for node in named):
        yield from store.query(restricted(query, KEY, table((KEY,), rows)))  # type: ignore[misc]  # as above


# ---------------------------------------------------------------- checks that are no shapes


def with_classes_above(changes: Changes, above: Mapping[str, Iterable[str]]) -> Changes:
    """Return changes where what became of a plan's own class became of those above it, too.

    The checks follow `rdfs:subClassOf` also where nothing was inferred.
    """
    if not above:
        return changes
    sides = []
    for _, changed in changes.sides():
        wider = Index(changed)
        for triple in changed:
            if triple.predicate == _IS_A and isinstance(triple.object, ox.NamedNode):
                for kind in above.get(str(triple.object), ()):
                    wider.add(ox.Triple(triple.subject, _IS_A, ox.NamedNode(kind.strip("<>"))))
        sides.append(wider)
    lost, gained = sides
    return Changes(changes.old, changes.new, gained, lost)


def by_contradictions(
    changes: Changes, pairs: Iterable[Contradiction], kept: Iterable[Finding]
) -> list[Finding]:
    """Return what is of classes that exclude each other, by what was."""
    excluded = exclusions(pairs)
    touched = {
        triple.subject.value: triple.subject
        for _, changed in changes.sides()
        for triple in changed
        if triple.predicate == _IS_A and isinstance(triple.subject, ox.NamedNode)
    }
    known = frozenset().union(*excluded)
    findings = [finding for finding in kept if finding.focus not in touched]
    for node, subject in touched.items():
        kinds = {
            quad.object.value
            for quad in changes.new.quads_for_pattern(subject, _IS_A, None, DEFAULT)
            if isinstance(quad.object, ox.NamedNode)
        }
        findings += excluded_kinds(node, sorted(kinds & known), excluded)
    return findings


def by_statements(
    new: ox.Store, stated: Iterable[ox.Triple], kept: Iterable[Finding]
) -> list[Finding]:
    """Return what is found on what files state, by what was, and the statements that changed."""
    changed = list(stated)
    subjects = {triple.subject for triple in changed if isinstance(triple.subject, ox.NamedNode)}
    names = {subject.value for subject in subjects}
    alone = ox.Store()
    for subject in subjects:
        for quad in new.quads_for_pattern(subject, None, None):
            if of_file(quad):
                alone.add(quad_of(quad.triple, DEFAULT))
    terms = {triple.predicate for triple in changed} | {
        triple.object
        for triple in changed
        if triple.predicate == _IS_A and isinstance(triple.object, ox.NamedNode)
    }
    paths = {term.value for term in terms}
    findings = [
        finding
        for finding in kept
        if not (finding.shape in _ASSERTED_ONLY and finding.focus in names)
        and not (finding.shape == "no-effect" and finding.path in paths)
    ]
    known = {
        quad.subject.value
        for graph in (Graphs.ontology, Graphs.interface)
        for quad in new.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        if isinstance(quad.subject, ox.NamedNode)
    }
    for term in sorted(terms, key=str):
        findings += effect_of(term, known, lambda *pattern: _stated(new, pattern))
    return [*findings, *written_conclusions(alone), *unusable_values(alone)]


def _stated(store: ox.Store, pattern: tuple[object, ...]) -> list[ox.Quad]:
    return [quad for quad in store.quads_for_pattern(None, *pattern) if of_file(quad)]  # type: ignore[arg-type]  # a property and a value, or none
