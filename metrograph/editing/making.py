"""Makes the records that a form names and the plan lacks, to be saved in the same change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from metrograph.editing.choices import languages
from metrograph.editing.companions import goes_without_saying
from metrograph.editing.countries import with_countries
from metrograph.editing.elsewhere import meant
from metrograph.editing.facts import Problem
from metrograph.editing.forms import Field, Form, form_of, has_form
from metrograph.editing.made import Made
from metrograph.editing.proposals import Proposal, propose
from metrograph.editing.rewriting import Added
from metrograph.editing.values import plain
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.vocabulary import MG, RDF


@dataclass(frozen=True)
class Makes:
    """What a field can make: the form of the new record, and what is asked beside its name."""

    form: Form
    extras: tuple[Field, ...]


@dataclass(frozen=True)
class Named:
    """A record to make: the field that names it, what it is called, and what else it has."""

    field: str
    name: str
    extras: Mapping[str, str]


def makes(plan: Plan, wanted: Form, field: Field) -> Makes | None:
    """Return what a field of a form can make, or None where a name is not enough.

    A record can be made of its name, of the passage that the form cites, and of values to pick
    from lists. The country of a place is asked, and what an element of a plan is part of.
    """
    if len(field.of) != 1 or not has_form(field.of[0]) or goes_without_saying(wanted, field):
        return None
    made = with_countries(plan, form_of(plan, field.of[0]))
    if MG.country == field.path or not made.field(RDF.label):
        return None
    asked = [
        inner
        for inner in made.fields
        if inner.required
        and inner.path not in (RDF.label, MG.citation)
        and not goes_without_saying(made, inner)
    ]
    is_element = made.field(MG.level) is not None
    offered = [
        inner
        for inner in made.fields
        if inner not in asked and inner.path == (MG.partOf if is_element else MG.country)
    ]
    if not all(inner.choices and not inner.many for inner in asked):
        return None
    return Makes(made, (*asked, *(inner for inner in offered if inner.choices)))


def with_made(  # noqa: PLR0913, PLR0917  what a person fills in and names, who, and when
    plan: Plan,
    wanted: Form,
    values: Mapping[str, Sequence[str]],
    named: Iterable[Named],
    by: str,
    on: date,
    agent: str | None = None,
) -> tuple[Form, dict[str, Sequence[str]], Made]:
    """Return a form that offers what it names, its values with that chosen, and the records made.

    What the plan has by that name is chosen, not made again. A new record has its name in the
    reader's language, and cites what the form cites.
    """
    chosen, of_fields = dict(values), {field.name: field for field in wanted.fields}
    labels: dict[str, dict[str, str]] = {}
    records: dict[str, Added] = {}
    fields: dict[str, str] = {}
    problems: list[Problem] = []
    for new in named:
        field, name = of_fields.get(new.field), " ".join(plain(new.name).split())
        can = makes(plan, wanted, field) if field else None
        if field is None or can is None or not name:
            continue
        if is_there := meant(plan, name, frozenset(field.of)):
            _choose(chosen, field, is_there[0])
            continue
        entered = _entered(plan, can, new, name, values.get("citation", ()))
        made = propose(plan, can.form, None, entered, by, on, agent=agent, checks=False)
        _choose(chosen, field, made.id)
        labels.setdefault(field.name, {})[made.id] = name
        fields[made.record.subject] = field.name
        problems += _problems(plan, made, field, name)
        for added in (Added(made.record, made.file, made.about), *made.also):
            records.setdefault(added.record.subject, added)
    everything = Made(tuple(records.values()), fields, tuple(problems))
    return _offering(wanted, labels), chosen, everything


def _problems(plan: Plan, made: Proposal, field: Field, name: str) -> list[Problem]:
    """Return what is wrong with a new record, but not what is wrong with the form, too."""
    own = [problem for problem in made.wrong if problem.field not in ("citation", "by")]
    of = f"{name}{word('colon', plan.lang)} "
    return [Problem(of + problem.message, field.name) for problem in own]


def _choose(chosen: dict[str, Sequence[str]], field: Field, name: str) -> None:
    """Add a record to what a field holds; where it holds one, take its place."""
    held = chosen.get(field.name, ()) if field.many else ()
    chosen[field.name] = tuple(dict.fromkeys((*held, name)))


def _entered(
    plan: Plan, can: Makes, new: Named, name: str, cited: Sequence[str]
) -> dict[str, Sequence[str]]:
    """Return the values of a new record: its name is in the reader's language, or the plan's."""
    spoken = languages(plan)
    label = f"label.{plan.lang if plan.lang in spoken else spoken[0]}"
    values: dict[str, Sequence[str]] = {label: (name,)}
    offered = {extra.name for extra in can.extras}
    values |= {key: (value,) for key, value in new.extras.items() if key in offered}
    return values | ({"citation": tuple(cited)} if can.form.field(MG.citation) else {})


def _offering(wanted: Form, labels: Mapping[str, Mapping[str, str]]) -> Form:
    """Return a form whose pick-lists offer new records, too."""
    groups = [
        replace(
            group,
            fields=tuple(
                replace(field, choices=(*field.choices, *labels.get(field.name, {}).items()))
                for field in group.fields
            ),
        )
        for group in wanted.groups
    ]
    return replace(wanted, groups=tuple(groups))
