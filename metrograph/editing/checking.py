"""Finds what rules and shapes say against proposed records, and against others because of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from metrograph.editing.forms import asserted
from metrograph.editing.placement import Now
from metrograph.editing.rewriting import Rewrite
from metrograph.late import late_from
from metrograph.plan import Plan
from metrograph.store.findings import Finding, set_of
from metrograph.store.records import Record
from metrograph.vocabulary import RDF, Graphs

if TYPE_CHECKING:
    from metrograph.store import build, inference, statements, validation
else:  # only checks need these
    build, inference, statements, validation = late_from(
        "metrograph.store", "build", "inference", "statements", "validation"
    )

_DEFAULT = ox.DefaultGraph()


def check(plan: Plan, now: Now, *proposed: Record) -> list[Finding]:
    """Return what is found in the graph with proposed records as they would be, of the first.

    Of other records, only what is wrong with them by that: what was not found before.
    """
    ontology, program, shapes = build.rules()
    store = _changed(now, proposed)
    written = statements.written_conclusions(store)
    contradictions = inference.infer(store, program)
    before = plan.findings
    known = {_sign(finding) for finding in before}
    pairs = {(finding.shape, finding.focus) for finding in before}
    touched = {iri for record in proposed for iri in _touched(store, now, record)}
    judged = validation.validate_some(store, shapes, ontology, touched, pairs)
    iri = proposed[0].subject
    return [
        finding
        for finding in set_of([*contradictions, *written, *judged])
        if finding.focus == iri or _sign(finding) not in known
    ]


def check_rewrite(plan: Plan, now: Now, rewrite: Rewrite) -> list[Finding]:
    """Return what would be wrong in the graph by a change of its files that is not wrong now."""
    ontology, program, shapes = build.rules()
    new = [*rewrite.changed, *(addition.record for addition in rewrite.added)]
    store = _changed(now, new, rewrite.removed)
    contradictions = inference.infer(store, program)
    known = {_sign(finding) for finding in plan.findings}
    pairs = {(finding.shape, finding.focus) for finding in plan.findings}
    touched = {iri for record in new for iri in _touched(store, now, record)}
    judged = validation.validate_some(store, shapes, ontology, touched, pairs)
    return [
        finding for finding in set_of([*contradictions, *judged]) if _sign(finding) not in known
    ]


def _sign(finding: Finding) -> tuple[str, str, str | None, str | None]:
    return finding.shape, finding.focus, finding.path, finding.value


def _changed(now: Now, proposed: Iterable[Record], removed: Iterable[str] = ()) -> ox.Store:
    """Return a store of what the files would assert."""
    store = ox.Store()
    new = {ox.NamedNode(record.subject) for record in proposed} | {*map(ox.NamedNode, removed)}
    store.bulk_extend(quad for quad in now.store if quad.subject not in new)
    graph = ox.NamedNode(Graphs.files + "proposal")
    for record in proposed:
        for triple in record.triples():
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object))
            store.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
    return store


def _touched(store: ox.Store, now: Now, record: Record) -> set[str]:
    """Return the record and the ones that it names, did name, or is named by."""
    node = ox.NamedNode(record.subject)
    named = [
        triple.object
        for triple in (*record.triples(), *asserted(now.store, record.subject))
        if triple.predicate.value != RDF.type
    ]
    naming = [quad.subject for quad in store.quads_for_pattern(None, None, node, _DEFAULT)]
    return {record.subject} | {
        node.value for node in (*named, *naming) if isinstance(node, ox.NamedNode)
    }
