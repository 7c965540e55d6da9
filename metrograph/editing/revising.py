"""Works out what deleting a record, or merging two, changes in a plan; nothing is written here.

A record names others, and others name it. What is a part of it (a claim on an activity, an
intersection of a theme) goes with it; what can do without it no longer names it; what can do
neither is in the way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from metrograph.editing.facts import Facts, Hand, changed_record
from metrograph.editing.forms import Form, form_of
from metrograph.editing.placement import Now
from metrograph.editing.rewriting import Rewrite
from metrograph.editing.values import Term
from metrograph.errors import UsageError
from metrograph.plan import Plan
from metrograph.store import records
from metrograph.store.records import Record
from metrograph.store.working import is_of_file
from metrograph.vocabulary import MG, MG_NAMESPACE, RDF, Org, Prov, Skos

_SIDES = ("Theme", "Area", "Challenge", "Result")
_CATEGORIES = tuple(
    f"{MG_NAMESPACE}{verb}{side}" for verb in ("claims", "decides") for side in _SIDES
)
_PARTS = (  # properties of what is nothing without the record that they name
    MG.onActivity, MG.codedActivity, MG.ofIndicator, MG.ofChallenge, MG.ofTheme, MG.partOf,
    Skos.broader, MG.inSource, MG.outOfScope, MG.inScope, MG.subject, MG.stakeIn, Org.member,
    Org.organization, f"{MG_NAMESPACE}assesses", *_CATEGORIES,
)  # fmt: skip
_IDENTITY = {  # the properties by which two records are one and the same
    MG.Intersection: (MG.ofChallenge, MG.ofTheme),
    MG.Coding: (MG.codedActivity, MG.codedBy),
    MG.AlignmentClaim: (MG.onActivity, Prov.wasAttributedTo, *_CATEGORIES),
}


@dataclass(frozen=True)
class Revision:
    """What a deletion or a merger changes: records removed, changed, and in the way, by IRIs.

    `merged` are the records that become another one, with that one. Nothing may be written while
    anything is in the way: it would lack what it has to have.
    """

    removed: tuple[str, ...]
    changed: tuple[Record, ...]
    in_the_way: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()

    @property
    def rewrite(self) -> Rewrite:
        """Return the change of the files."""
        return Rewrite(changed=self.changed, removed=self.removed)


def deletion(plan: Plan, now: Now, name: str, hand: Hand) -> Revision:
    """Return what deleting a record (its id) changes, written `by` (an IRI) on a day.

    Raises `UsageError` for the plan itself, or a record that no file has.
    """
    iri = now.ids.iri(name)
    _check_known(plan, now, iri)
    removed = [iri]
    in_the_way: set[str] = set()
    left: dict[str, Facts] = {}
    for gone in removed:
        for mention in sorted(mentions(now, gone)):
            if mention in removed:
                continue
            facts = left.get(mention) or facts_of(now, mention)
            left[mention], lost = _without(facts, gone)
            verdict = _verdict(form_of(plan, _kind(facts)), left[mention], lost)
            if verdict == "part":
                removed.append(mention)
            elif verdict == "needs":
                in_the_way.add(mention)
    changed = [
        changed_record(mention, facts, hand)
        for mention, facts in left.items()
        if mention not in removed and mention not in in_the_way
    ]
    return Revision(tuple(removed), tuple(changed), tuple(sorted(in_the_way - set(removed))))


def merger(plan: Plan, now: Now, gone: str, kept: str, hand: Hand) -> Revision:
    """Return what changes when a record becomes another one of its kind (both by their ids).

    What one has and the other lacks is kept, another name as an alternative one. What names the
    first then names the second; records that become the same by that are merged, too. Raises
    `UsageError` for records of two kinds, for one and the same, or one that no file has.
    """
    source, target = now.ids.iri(gone), now.ids.iri(kept)
    for iri in (source, target):
        _check_known(plan, now, iri)
    if source == target:
        raise UsageError("A record cannot be merged with itself. Choose another one.")
    if _kind(facts_of(now, source)) != _kind(facts_of(now, target)):
        raise UsageError(
            "{gone} and {kept} are of different kinds. Only records of one kind can be merged.",
            gone=plan.label(gone),
            kept=plan.label(kept),
        )
    into = _same_by(now, {source: target})
    touched = {mention for iri in into for mention in mentions(now, iri)}
    facts = {iri: _renamed(facts_of(now, iri), iri, into) for iri in touched - set(into)}
    for old, new in into.items():
        mine = facts.get(new) or _renamed(facts_of(now, new), new, into)
        theirs = _renamed(facts_of(now, old), new, into)
        facts[new] = _united(form_of(plan, _kind(mine)), mine, theirs)
    changed = tuple(changed_record(iri, facts[iri], hand) for iri in sorted(facts))
    return Revision(tuple(into), changed, merged=tuple(into.items()))


def mentions(now: Now, iri: str) -> set[str]:
    """Return the IRIs of the records that name a record, or cite lines of it."""
    cited = {
        triple.subject.value
        for triple in now.engine.triples(None, ox.NamedNode(MG.citation))
        if isinstance(triple.object, ox.NamedNode)
        and triple.object.value.startswith(f"{iri}#")
        and isinstance(triple.subject, ox.NamedNode)
    }
    naming = {
        quad.subject.value
        for quad in now.engine.quads(None, None, ox.NamedNode(iri))
        if isinstance(quad.subject, ox.NamedNode) and is_of_file(quad)
    }
    return (cited | naming) - {iri}


def facts_of(now: Now, iri: str) -> Facts:
    """Return the facts of a record as its file has them. Raises `UsageError` where none has it."""
    file = now.file_of(iri)
    if file is None:
        raise UsageError(
            "No file contains the record “{short}”. Check the ID.", short=now.ids.short(iri)
        )
    record = records.block(file.text, iri, file.path).record
    return {path: tuple(terms) for path, terms in record.facts}


def _check_known(plan: Plan, now: Now, iri: str) -> None:
    facts_of(now, iri)
    if iri == plan.iri:
        raise UsageError("The plan itself cannot be deleted or merged. Edit it instead.")


def _kind(facts: Facts) -> str:
    """Return the class of a record, the first that its file names."""
    return next((kind.value for kind in facts.get(RDF.type, ())), "")


def _names(term: Term, iri: str) -> bool:
    return isinstance(term, ox.NamedNode) and (
        term.value == iri or term.value.startswith(f"{iri}#")
    )


def _without(facts: Facts, gone: str) -> tuple[Facts, list[str]]:
    """Return facts that no longer name a record, and the properties that named it."""
    lost = [path for path, terms in facts.items() if any(_names(term, gone) for term in terms)]
    kept = {
        path: tuple(term for term in terms if not _names(term, gone))
        for path, terms in facts.items()
    }
    return {path: terms for path, terms in kept.items() if terms}, lost


def _verdict(form: Form, facts: Facts, lost: Iterable[str]) -> str:
    """Return "part" for what goes along, "needs" for what cannot do without, else "free"."""
    verdict = "free"
    for path in lost:
        if facts.get(path):
            continue
        field = form.field(path)
        is_claim = path in _CATEGORIES and not any(facts.get(side) for side in _CATEGORIES)
        is_element = path == MG.partOf and form.field(MG.level) is not None
        if is_claim or is_element or (field and field.required and path in _PARTS):
            return "part"
        if path in (MG.outOfScope, MG.inScope):
            return "part"
        if field and field.required:
            verdict = "needs"
    return verdict


# ---------------------------------------------------------------- merging


def _same_by(now: Now, into: Mapping[str, str]) -> dict[str, str]:
    """Return a mapping of records to others with the pairs that become the same by it."""
    known = dict(into)
    queue = list(into)
    for gone in queue:
        for mention in sorted(mentions(now, gone) - set(known)):
            facts = _renamed(facts_of(now, mention), mention, known)
            paths = _IDENTITY.get(_kind(facts), ())
            for other in (
                sorted(mentions(now, known[gone]) - set(known) - {mention}) if paths else ()
            ):
                theirs = facts_of(now, other)
                if _kind(theirs) == _kind(facts) and all(
                    set(theirs.get(path, ())) == set(facts.get(path, ())) for path in paths
                ):
                    known[mention] = other
                    queue.append(mention)
                    break
    return known


def _renamed(facts: Facts, subject: str, into: Mapping[str, str]) -> Facts:
    """Return facts that name other records instead of these, and never their own subject."""

    def renamed(term: Term) -> Term:
        if not isinstance(term, ox.NamedNode):
            return term
        whole, mark, lines = term.value.partition("#line=")
        return ox.NamedNode(into.get(whole, whole) + mark + lines)

    changed = {path: tuple(dict.fromkeys(map(renamed, terms))) for path, terms in facts.items()}
    own = ox.NamedNode(subject)
    kept = {path: tuple(term for term in terms if term != own) for path, terms in changed.items()}
    return {path: terms for path, terms in kept.items() if terms}


def _united(form: Form, mine: Facts, theirs: Facts) -> Facts:
    """Return the facts of two records that become one: what only one can have stays as it was."""
    united = dict(mine)
    for path, terms in theirs.items():
        field = form.field(path)
        if path == RDF.label:
            others = tuple(term for term in terms if term not in mine.get(path, ()))
            united[Skos.altLabel] = tuple(dict.fromkeys((*united.get(Skos.altLabel, ()), *others)))
        elif path not in mine:
            united[path] = terms
        elif (field and field.many) or path in (MG.citation, MG.recordedBy, Skos.altLabel):
            united[path] = tuple(dict.fromkeys((*mine[path], *terms)))
    return {path: terms for path, terms in united.items() if terms}
