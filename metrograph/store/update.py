"""Updates a copy of a built store to what the plan's files state now.

Only what can follow from the difference that the files make is derived again, and only the records
that it concerns are checked again (docs/updates.md).
What no update can be sure of raises `Wider`: it is built from scratch.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import pyoxigraph as ox

from metrograph.errors import MetrographError
from metrograph.store.changes import Changes
from metrograph.store.checks import judged
from metrograph.store.classes import kinds_above
from metrograph.store.compiled import Cluster, Steps
from metrograph.store.derivation import Derivation, is_asserted
from metrograph.store.differing import Difference
from metrograph.store.digest import Stated
from metrograph.store.findings import Finding, set_of
from metrograph.store.kept import compiled
from metrograph.store.rechecking import (
    by_contradictions,
    by_shapes,
    by_statements,
    with_classes_above,
)
from metrograph.vocabulary import RDF

SHARE = 10  # the part of all triples beyond which building from scratch is as fast: a tenth


class Wider(MetrographError):  # noqa: N818  no error of the user: it stays in this folder
    """An update is not worth it, or not sure: build from scratch, and say why."""


@dataclass(frozen=True)
class Updated:
    """What an update made of a store."""

    findings: list[Finding]
    files: dict[str, Stated]


def _program() -> tuple[Steps, Iterable[Cluster]]:
    """Return the rules and shapes as an update runs them, or raise `Wider`."""
    kept = compiled()
    if kept.unbounded:
        raise Wider("the change reaches further than an update can follow")
    return kept.steps, kept.clusters


def update(
    old: ox.Store,
    new: ox.Store,
    before: Mapping[str, Stated],
    difference: Difference,
    kept: Iterable[Finding],
) -> Updated:
    """Make of `new`, a copy of `old`, what a build from the files with a difference would give.

    `before` and `kept` are the files and findings of the old store. Raises `Wider` where it is to
    be built from scratch.
    """
    _refuse_much(difference, before)
    steps, every = _program()
    changes = _applied(old, new, difference, steps)
    findings = _findings(changes, difference, every, kept)
    return Updated(set_of(findings), difference.files)


def _refuse_much(difference: Difference, before: Mapping[str, Stated]) -> None:
    changed = len(difference.gained) + len(difference.lost)
    whole = sum(file.triples for file in before.values())
    if changed * SHARE > whole:
        raise Wider("{changed} of {whole} statements changed", changed=changed, whole=whole)
    if any(triple.predicate.value == RDF.subClassOf for triple in difference.triples):
        raise Wider("classes of the plan changed")


def _applied(old: ox.Store, new: ox.Store, difference: Difference, steps: Steps) -> Changes:
    """Put the difference and what follows from it into the new store."""
    for quad in difference.lost:
        new.remove(quad)
    new.extend(difference.gained)
    triples = difference.triples
    changes = Changes(old, new)
    gained = [
        triple for triple in triples if is_asserted(new, triple) and not is_asserted(old, triple)
    ]
    lost = [
        triple for triple in triples if is_asserted(old, triple) and not is_asserted(new, triple)
    ]
    Derivation(changes, steps, gained, lost).run()
    return changes


def _findings(
    changes: Changes, difference: Difference, every: Iterable[Cluster], kept: Iterable[Finding]
) -> list[Finding]:
    """Return what is found now, by what was found before, without places."""
    apart: dict[str, list[Finding]] = {"shapes": [], "contradiction": [], "statements": []}
    for finding in kept:
        kind = _CHECKED_BY.get(finding.shape, "shapes")
        apart[kind].append(replace(finding, file=None, line=None))
    wider = with_classes_above(changes, kinds_above(changes.new))
    return [
        *by_contradictions(changes, compiled().program.contradictions, apart["contradiction"]),
        *by_statements(changes.new, difference.triples, apart["statements"]),
        *by_shapes(wider, every, apart["shapes"], partial(judged, changes.new)),
    ]


_CHECKED_BY = {
    "contradiction": "contradiction",
    "written-conclusion": "statements",
    "unusable-value": "statements",
    "no-effect": "statements",
}
