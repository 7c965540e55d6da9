"""What a new activity addresses, in its form: categories to choose, and claims made from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from metrograph.editing.aligning import Alignment, claims_of_coding, coding_and_claims
from metrograph.editing.choices import choices
from metrograph.editing.facts import Problem
from metrograph.editing.made import Along, Made
from metrograph.editing.placement import Now
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, Skos
from metrograph.web.merging import Values
from metrograph.web.pages import first_value

CLAIMS = "c."  # before the names of the fields that make claims
ALIGNED = ("Activity", "Coding")  # the kinds of records whose forms make claims


@dataclass(frozen=True)
class Chip:
    """A category to choose: its id, label and definition, and whether it is chosen."""

    id: str
    label: str
    definition: str
    is_chosen: bool


def claims_of(request_values: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what a link to the form of an activity says that it addresses."""
    named = [request_values[side] for side in ("theme", "challenge") if request_values.get(side)]
    return {"category": tuple(named)} if named else {}


def offered(plan: Plan, claims: Values) -> dict[str, object]:
    """Return the categories, coders and bases to choose from."""
    chosen = set(claims.get("category", ()))

    def chips(kind: str) -> list[Chip]:
        return [
            Chip(name, label, _definition(plan, name), name in chosen)
            for name, label in choices(plan, [kind])
        ]

    return {
        "themes": chips(MG.VisionTheme),
        "challenges": [*chips(MG.Challenge), *chips(MG.WorkArea)],
        "results": chips(MG.Result),
        "coders": choices(plan, [MG.Coder]),
        "coder": first_value(claims, "coder"),
        "basis": first_value(claims, "basis") or "mg:stated",
        "bases": [("mg:stated", plan.label("mg:stated")), ("mg:implied", plan.label("mg:implied"))],
        "reason": first_value(claims, "reason"),
        "prefix": CLAIMS,
    }


def addressed(plan: Plan, claims: Values, on: date) -> Along:
    """Return what makes the claims of a form of an activity or a coding.

    An activity also gets the coding that they are part of. Its coder is who writes, unless the form
    names another one.
    """

    def make(now: Now, record: Record, agent: Record | None) -> Made:
        categories = tuple(name for name in claims.get("category", ()) if name)
        if not categories:
            return Made()
        is_coding = ox.NamedNode(MG.Coding) in dict(record.facts)[RDF.type]
        coder = first_value(claims, "coder") or _writing_coder(plan, record, agent)
        reason = first_value(claims, "reason")
        missing = [
            Problem(word(key, plan.lang), "category")
            for key, value in (("claims_coder", is_coding or coder), ("claims_reason", reason))
            if not value
        ]
        if missing:
            return Made(problems=tuple(missing))
        basis = first_value(claims, "basis") or "mg:stated"
        alignment = Alignment(coder, categories, basis, reason)
        made = (
            claims_of_coding(plan, now, record, alignment)
            if is_coding
            else coding_and_claims(plan, now, record, alignment, on)
        )
        return Made(tuple(made), {added.record.subject: "category" for added in made})

    return make


def _writing_coder(plan: Plan, record: Record, agent: Record | None) -> str:
    """Return the id of who writes a record, if that is a coder, or ""."""
    by = [term.value for term in dict(record.facts).get(MG.recordedBy, ())]
    coders = {plan.ids.iri(name) for name, _ in choices(plan, [MG.Coder])}
    coders |= {agent.subject} if agent else set()
    return next((plan.ids.short(iri) for iri in by if iri in coders), "")


def _definition(plan: Plan, name: str) -> str:
    """Return the definition of a category in the plan's language, or another one."""
    node = ox.NamedNode(plan.ids.iri(name))
    triples = plan.built.engine.triples(node, ox.NamedNode(Skos.definition))
    texts = {
        triple.object.language: triple.object.value
        for triple in triples
        if isinstance(triple.object, ox.Literal)
    }
    return texts.get(plan.lang) or next(iter(texts.values()), "")
