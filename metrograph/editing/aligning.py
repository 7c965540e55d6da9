"""Makes the coding and the claims of a coder from what a form says an activity addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from metrograph.editing.choices import languages
from metrograph.editing.facts import Facts
from metrograph.editing.forms import form
from metrograph.editing.placement import Now, file_for, new_id
from metrograph.editing.rewriting import Added
from metrograph.editing.siblings import objects, subjects_with
from metrograph.editing.values import Term
from metrograph.plan import Plan
from metrograph.store.records import Record
from metrograph.vocabulary import MG, MG_NAMESPACE, RDF, XSD, Dcterms, Prov

SIDES = {  # the classes of categories, and what a claim on one is stated with
    MG.VisionTheme: f"{MG_NAMESPACE}claimsTheme",
    MG.Challenge: f"{MG_NAMESPACE}claimsChallenge",
    MG.WorkArea: f"{MG_NAMESPACE}claimsArea",
    MG.Result: f"{MG_NAMESPACE}claimsResult",
}


@dataclass(frozen=True)
class Alignment:
    """What a coder says an activity addresses: ids of categories, how, and why in one sentence."""

    coder: str
    categories: tuple[str, ...]
    basis: str
    reason: str


def coding_and_claims(
    plan: Plan, now: Now, activity: Record, alignment: Alignment, on: date
) -> list[Added]:
    """Return the coding of a new activity and a claim for each category, each with its file.

    All cite the passages of the activity. They count once a second coder agrees.
    """
    facts = dict(activity.facts)
    coding: Facts = {
        RDF.type: (ox.NamedNode(MG.Coding),),
        MG.codedActivity: (ox.NamedNode(activity.subject),),
        MG.codedBy: (ox.NamedNode(now.ids.iri(alignment.coder)),),
        **_stamps(on, facts.get(MG.recordedBy, ())),
    }
    passages = tuple(facts.get(MG.citation, ()))
    claims = _claims(plan, now, coding, passages, alignment)
    return [_placed(plan, now, "Coding", coding), *claims]


def claims_of_coding(plan: Plan, now: Now, coding: Record, alignment: Alignment) -> list[Added]:
    """Return a claim for each category that a coder finds in an activity, each with its file.

    The claims cite the passages of the activity, and have the day and the author of the coding.
    """
    facts: Facts = {path: tuple(terms) for path, terms in coding.facts}
    passages = [
        term
        for activity in facts.get(MG.codedActivity, ())
        for term in objects(now, activity.value, MG.citation)
    ]
    return _claims(plan, now, facts, tuple(passages), alignment)


def _stamps(on: date, by: Sequence[Term]) -> Facts:
    day = ox.Literal(on.isoformat(), datatype=ox.NamedNode(XSD + "date"))
    return {Dcterms.created: (day,), MG.recordedBy: tuple(by)}


def _claims(
    plan: Plan, now: Now, coding: Facts, passages: tuple[Term, ...], alignment: Alignment
) -> list[Added]:
    """Return the claims of a coding, but for those that its coder makes already."""
    reason = tuple(ox.Literal(alignment.reason, language=lang) for lang in _spoken(plan))
    made = []
    for category in alignment.categories:
        node = ox.NamedNode(now.ids.iri(category))
        if _is_claimed(now, coding, node):
            continue
        claim: Facts = {
            RDF.type: (ox.NamedNode(MG.AlignmentClaim),),
            Prov.wasAttributedTo: coding.get(MG.codedBy, ()),
            MG.onActivity: coding.get(MG.codedActivity, ()),
            _side(now, node): (node,),
            MG.basis: (ox.NamedNode(now.ids.iri(alignment.basis)),),
            MG.reason: reason,
            **{path: coding[path] for path in (Dcterms.created, MG.recordedBy) if path in coding},
            MG.citation: passages,
        }
        made.append(_placed(plan, now, "AlignmentClaim", claim))
    return made


def _is_claimed(now: Now, coding: Facts, category: ox.NamedNode) -> bool:
    """Return whether the coder of a coding claims a category for its activity already."""
    made = subjects_with(now, _side(now, category), category)
    for path, of in ((Prov.wasAttributedTo, MG.codedBy), (MG.onActivity, MG.codedActivity)):
        made &= {iri for term in coding.get(of, ()) for iri in subjects_with(now, path, term)}
    return bool(made)


def _spoken(plan: Plan) -> Sequence[str]:
    """Return the language in which a reason is written: the reader's, if the plan has it."""
    return [plan.lang] if plan.lang in languages(plan) else languages(plan)[:1]


def _side(now: Now, category: ox.NamedNode) -> str:
    """Return the property by which a claim names a category of its class."""
    for kind, path in SIDES.items():
        if category.value in subjects_with(now, RDF.type, ox.NamedNode(kind)):
            return path
    return SIDES[MG.Result]  # an element of any other level


def _placed(plan: Plan, now: Now, kind: str, facts: Facts) -> Added:
    wanted = form(plan, kind)
    record = Record(now.ids.iri(new_id(now, wanted, facts)), tuple(facts.items()))
    return Added(record, *file_for(now, wanted, record))
