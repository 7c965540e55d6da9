"""Says in words what a proposal changes: fields and values by name."""

from dataclasses import dataclass

import pyoxigraph as ox

from metrograph.editing.forms import Form
from metrograph.editing.proposals import Proposal
from metrograph.editing.values import Term, language_of
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store.working import asserted
from metrograph.vocabulary import MG, RDF, Prov

# what tells records of a name apart, and what a coder claims from what others do
_TELLING = (MG.country, MG.level, MG.partOf, MG.unit, Prov.wasAttributedTo, MG.basis)
_NO_NAME = (RDF.type, MG.recordedBy, MG.citation, *_TELLING)  # of no help in naming a record


@dataclass(frozen=True)
class Change:
    """What becomes of a field: its label, and its values before and after, as people read them."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Along:
    """A record that is saved with another: its kind, and what it is called."""

    kind: str
    name: str


def changes(plan: Plan, form: Form, proposal: Proposal) -> list[Change]:
    """Return the fields of a record that a proposal fills in or changes, in the form's order."""
    iri = proposal.record.subject
    new = {path: set(terms) for path, terms in proposal.record.facts}
    old: dict[str, set[Term]] = {}
    for triple in asserted(plan.built.engine, iri):
        if isinstance(triple.object, ox.NamedNode | ox.Literal):
            old.setdefault(triple.predicate.value, set()).add(triple.object)
    return [
        Change(
            field.label,
            _read(plan, old.get(field.path, set()), dict(field.choices)),
            _read(plan, new.get(field.path, set()), dict(field.choices)),
        )
        for field in form.fields
        if old.get(field.path, set()) != new.get(field.path, set())
    ]


def saved_with(plan: Plan, proposal: Proposal) -> list[Along]:
    """Return the records that are saved with a proposal, as people call them."""
    records = [*(addition.record for addition in proposal.also)]
    if proposal.agent:
        records.append(proposal.agent)
    named = {record.subject: _label(plan, record.facts) for record in (*records, proposal.record)}
    listed = []
    for record in records:
        facts = dict(record.facts)
        kind = facts[RDF.type][0].value
        name = named[record.subject] or " · ".join(
            named.get(term.value) or plan.label(term.value)
            for path, terms in record.facts
            if path not in _NO_NAME
            for term in terms
            if isinstance(term, ox.NamedNode) and term.value != proposal.record.subject
        )
        more = [
            named.get(term.value) or plan.label(term.value)
            for path in _TELLING
            for term in facts.get(path, ())
        ]
        listed.append(Along(plan.label(kind), f"{name} ({', '.join(more)})" if more else name))
    return listed


def renamed_names(plan: Plan, proposal: Proposal) -> list[tuple[str, str]]:
    """Return the names of the records that are renamed with a proposal, before and after."""
    return [(plan.label(record.subject), _label(plan, record.facts)) for record in proposal.renamed]


def _label(plan: Plan, facts: tuple[tuple[str, object], ...]) -> str:
    """Return the label that facts give in the plan's language, or another one."""
    texts = {language_of(term): term.value for term in dict(facts).get(RDF.label, ())}  # type: ignore[attr-defined]
    return texts.get(plan.lang) or next(iter(texts.values()), "")


def _read(plan: Plan, terms: set[Term], labels: dict[str, str]) -> tuple[str, ...]:
    """Return values as people read them: records by name, passages by source and lines."""

    def read(term: Term) -> str:
        if isinstance(term, ox.NamedNode):
            return labels.get(plan.ids.short(term.value)) or plan.label(term.value)
        if term.datatype.value.endswith("boolean"):
            return word("yes" if term.value == "true" else "no", plan.lang)
        return f"{term.value} ({term.language})" if term.language else term.value

    return tuple(sorted(map(read, terms)))
