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
    iris = sorted(_called(plan).get(_key(typed), ()))
    if not iris or not field.of:
        return ""
    kinds = classes(plan.built.engine)
    shown = ", ".join(
        f"{plan.label(kinds[iri])} ({plan.ids.short(iri)})" for iri in iris if iri in kinds
    )
    return another_kind(plan, typed, field, shown) if shown else ""


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
