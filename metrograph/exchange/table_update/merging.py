"""Merges what a new file states about a record into what the plan has of it, and drops nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import pyoxigraph as ox

from metrograph.exchange.table_update.held import Facts, Term
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, Dcterms, Skos

_TEXTS = (RDF.label, Dcterms.description)  # one in each language: that of the file replaces its own
REPLACED = (
    MG.level, Skos.notation, MG.partOf, MG.ofPlan, MG.startDate, MG.endDate, MG.status, MG.place,
    Dcterms.identifier, Dcterms.source,
)  # fmt: skip
_ORDER = (
    RDF.type, RDF.label, Dcterms.description, MG.level, MG.position, Skos.notation, MG.partOf,
    MG.ofPlan, MG.startDate, MG.endDate, Dcterms.identifier, MG.unit, MG.measures,
    MG.stakeholderRole, MG.stakeIn, MG.status, MG.place, Skos.note,
)  # fmt: skip


def element(before: Facts, new: Facts) -> dict[str, Sequence[Term]]:
    """Return the facts of an element after a file; what the file leaves blank stays as it was."""
    if not before:
        return dict(new)
    after = dict(before)
    for path in _TEXTS:
        if texts := new.get(path):
            after[path] = _by_language(before.get(path, ()), texts)
    for path in REPLACED:
        if values := new.get(path):
            after[path] = tuple(values)
    if new.get(MG.partOf) or new.get(MG.ofPlan):  # an element that moved has one place
        for path in (MG.partOf, MG.ofPlan):
            if not new.get(path):
                after.pop(path, None)
    if notes := new.get(Skos.note):
        after[Skos.note] = _noted(before.get(Skos.note, ()), notes)
    return after


def joined(before: Facts, new: Facts, *paths: str) -> dict[str, Sequence[Term]]:
    """Return the facts of a record with the values that a file adds to some properties."""
    after = dict(before)
    for path in paths:
        if values := new.get(path):
            after[path] = tuple(dict.fromkeys((*before.get(path, ()), *values)))
    return after


def blanks(before: Facts, new: Facts, paths: Collection[str]) -> int:
    """Return how many of some properties the plan has and the file leaves blank."""
    return sum(bool(before.get(path)) and not new.get(path) for path in paths)


def cited(facts: Mapping[str, Sequence[Term]], also: Iterable[Term]) -> dict[str, Sequence[Term]]:
    """Return facts that rest on further citations."""
    known = (*facts.get(MG.citation, ()), *also)
    return {**facts, MG.citation: tuple(dict.fromkeys(known))}


def is_same(before: Facts, after: Facts) -> bool:
    """Return whether two records state the same."""
    paths = {*before, *after}
    return all(set(before.get(path, ())) == set(after.get(path, ())) for path in paths)


def record(iri: str, facts: Facts) -> Record:
    """Return a record with its facts in the order in which plans are written."""
    ranks = {path: at for at, path in enumerate(_ORDER)}
    paths = sorted(facts, key=lambda path: (path == MG.citation, ranks.get(path, len(ranks)), path))
    return Record(iri, tuple((path, tuple(facts[path])) for path in paths if facts[path]))


def _by_language(before: Iterable[Term], new: Iterable[Term]) -> tuple[Term, ...]:
    def language(term: Term) -> str:
        return (term.language or "") if isinstance(term, ox.Literal) else ""

    replaced = {language(term) for term in new}
    return (*new, *(term for term in before if language(term) not in replaced))


def _noted(before: Iterable[Term], new: Iterable[Term]) -> tuple[Term, ...]:
    """Return notes; one of a column ("Heading: text") replaces the one that the column had."""
    heads = {term.value.partition(": ")[0] for term in new if ": " in term.value}
    kept = [term for term in before if term.value.partition(": ")[0] not in heads]
    return tuple(dict.fromkeys((*kept, *new)))
