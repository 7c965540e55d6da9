"""Tries a change of records on a checkpoint of a built store, and returns what is found there."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from metrograph.store import entries, transition
from metrograph.store.changes import of_file, quad_of
from metrograph.store.differing import Difference
from metrograph.store.findings import Finding, from_json
from metrograph.store.records import Record
from metrograph.store.turtle import File
from metrograph.vocabulary import Graphs

_PROPOSAL = ox.NamedNode(Graphs.files + "proposal")
_REMEMBERED = 20  # differences of a store that were tried
_Key = tuple[frozenset[ox.Quad], frozenset[ox.Quad]]
_OF_VALUES = ("unusable-value", "no-effect")  # what a form reads has neither


def before_and_after(
    built: entries.Built, files: Iterable[File], proposed: Iterable[Record], removed: Iterable[str]
) -> tuple[list[Finding], list[Finding]] | None:
    """Return what was found in a store, and what would be with records proposed, others removed.

    None if the store is in memory or not of these files. Raises `Wider`, `CacheError` or `OSError`
    where no update can tell.
    """
    if built.path is None:
        return None
    kept = entries.files_of(built.path.parent)
    if {file.name: file.sha256 for file in files} != {
        name: stated.sha256 for name, stated in kept.items()
    }:
        return None
    before = [from_json(values) for values in entries.kept_findings(built.path.parent)]
    after = _tried(built, built.path, _difference(built.store, proposed, removed))
    return before, [finding for finding in after if finding.shape not in _OF_VALUES]


def _tried(built: entries.Built, path: Path, difference: Difference) -> tuple[Finding, ...]:
    """Return what would be found with a difference; of the last few, it is remembered.

    A built store does not change, and what a person was shown is tried again when it is saved.
    """
    known: dict[_Key, tuple[Finding, ...]] = built.derived.setdefault("tried", {})
    key = (frozenset(difference.gained), frozenset(difference.lost))
    findings = known.get(key)
    if findings is None:
        findings = tuple(transition.findings_with(built, path, difference))
        known[key] = findings
        for oldest in list(known)[:-_REMEMBERED]:
            known.pop(oldest, None)
    return findings


def _difference(store: ox.Store, proposed: Iterable[Record], removed: Iterable[str]) -> Difference:
    """Return what files would state and do not, and the other way round."""
    alone = ox.Store()  # which gives values back as a store does: 01 as 1
    subjects = set(removed)
    for record in proposed:
        subjects.add(record.subject)
        alone.extend(quad_of(triple, _PROPOSAL) for triple in record.triples())
    lost = [
        quad
        for subject in subjects
        for quad in store.quads_for_pattern(ox.NamedNode(subject), None, None)
        if of_file(quad)
    ]
    return Difference(list(alone), lost, {})
