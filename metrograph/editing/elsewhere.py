"""Says what a name that a field does not know is elsewhere in the plan, and what fits the field."""

from collections.abc import Mapping
from functools import cache

import pyoxigraph as ox

from metrograph.editing.forms import Field
from metrograph.messages import word
from metrograph.network.network import classes
from metrograph.plan import Plan
from metrograph.query.library import near
from metrograph.text import folded
from metrograph.vocabulary import RDF

_FEW = 8  # records that a message lists


def hint(plan: Plan, typed: str, field: Field) -> str:
    """Return what records of that name there are, and what the field takes, or nothing."""
    kinds = _kinds(plan)
    iris = sorted(iri for iri in _called(plan).get(_key(typed), ()) if iri in kinds)
    if not iris or not field.of:
        return ""
    shown = ", ".join(f"{plan.label(kinds[iri])} ({plan.ids.short(iri)})" for iri in iris)
    return another_kind(plan, typed, field, shown)


def meant(plan: Plan, typed: str, classes_: frozenset[str] | None = None) -> list[str]:
    """Return the ids of the records that are called so in any language, of some classes or any."""
    iris = _called(plan).get(_key(typed), frozenset())
    return sorted(
        plan.ids.short(iri)
        for iri in iris
        if classes_ is None or any(iri in _instances(plan, kind) for kind in classes_)
    )


@cache
def called(plan: Plan, kind: str) -> Mapping[str, frozenset[str]]:
    """Return the ids of the records of a class by their names in all languages."""
    by_name: dict[str, set[str]] = {}
    of_kind = _instances(plan, kind)
    for name, iris in _called(plan).items():
        for iri in iris & of_kind:
            by_name.setdefault(name, set()).add(plan.ids.short(iri))
    return {name: frozenset(ids) for name, ids in by_name.items()}


@cache
def _instances(plan: Plan, kind: str) -> frozenset[str]:
    triples = plan.built.engine.triples(None, ox.NamedNode(RDF.type), ox.NamedNode(kind))
    return frozenset(
        triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)
    )


@cache
def _kinds(plan: Plan) -> Mapping[str, str]:
    return classes(plan.built.engine)


def another_kind(plan: Plan, typed: str, field: Field, shown: str) -> str:
    """Return that a name is of another kind, `shown`, than a field takes, and what it takes."""
    kind = plan.label(field.of[0])
    return word("name_elsewhere", plan.lang).format(typed, shown, kind, offered(typed, field))


def offered(typed: str, field: Field) -> str:
    """Return what a field offers, as a short text: what is near to a name, then the first ones."""
    labels = [label for _, label in field.choices]
    if len(labels) <= _FEW:
        return ", ".join(labels) or "–"
    close = near(typed, labels)
    first = [label for label in labels if str(close) and label in str(close)][:3]
    listed = list(dict.fromkeys((*first, *labels)))[:_FEW]
    return f"{', '.join(listed)}, … ({len(labels)})"


@cache
def _called(plan: Plan) -> Mapping[str, frozenset[str]]:
    """Return the records of a plan by their names in all languages."""
    by_name: dict[str, set[str]] = {}
    for triple in plan.built.engine.triples(None, ox.NamedNode(RDF.label)):
        if isinstance(triple.object, ox.Literal) and isinstance(triple.subject, ox.NamedNode):
            by_name.setdefault(_key(triple.object.value), set()).add(triple.subject.value)
    return {name: frozenset(iris) for name, iris in by_name.items()}


def _key(text: str) -> str:
    return " ".join(folded(text).split())
