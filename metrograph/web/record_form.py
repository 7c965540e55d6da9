"""Renders a form, with errors and changes beside its fields."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from metrograph.editing.choices import natural
from metrograph.editing.companions import goes_without_saying
from metrograph.editing.facts import Problem
from metrograph.editing.forms import Field, Form
from metrograph.editing.making import Named, makes
from metrograph.plan import Plan
from metrograph.query.answers import text
from metrograph.text import folded
from metrograph.vocabulary import MG, MG_NAMESPACE, Dcterms, Skos
from metrograph.web.access import token_of, with_session
from metrograph.web.aligned import ALIGNED, offered
from metrograph.web.entries import EXTRAS, FIELD, LINES, MADE, OPENED, SOURCE, Entry
from metrograph.web.labels import labelled, search
from metrograph.web.merging import Difference, Values
from metrograph.web.pages import lang_of, page, plan_of, state_of
from metrograph.web.writers import writers

_NOT_NAMED = {"mg:Coding", "mg:AlignmentClaim", "mg:Observation", "mg:Decision", "mg:Section"}
_OFFERED = 3_000  # records to choose from
_CHOSEN_FROM = 8  # choices up to which many are ticked, not picked from a list
_ABOUT = ("onActivity", "codedActivity")  # the fields that name what is read
_FEW = 5  # fields up to which a form shows them all at once
_SHOWN = {  # what is worth a place at first sight though it is not required
    MG.place,
    MG.country,
    MG.organizer,
    MG.startDate,
    MG.value,
    MG.year,
    MG.partOf,
    Skos.definition,
    Dcterms.description,
    *(f"{MG_NAMESPACE}claims{side}" for side in ("Theme", "Area", "Challenge", "Result")),
    *(f"{MG_NAMESPACE}coded{side}" for side in ("Factor", "OutputType")),
}


def show_form(  # noqa: PLR0913  what a form shows
    request: Request,
    wanted: Form,
    name: str | None,
    held: Mapping[str, tuple[str, ...]],
    seen: str,
    *,
    opened: Values | None = None,
    problems: Sequence[Problem] = (),
    who: Mapping[str, str] | None = None,
    status: int = 422,
    differences: Sequence[Difference] | None = None,
    claims: Values | None = None,
    named: Sequence[Named] = (),
) -> Response:
    """Return the page of a form: what it holds, what is wrong with that, what changed meanwhile.

    `held` and `opened` are what its fields hold and what the record held, of the version `seen`.
    """
    is_refused = bool(problems) or differences is not None
    request.state.why = problems[0].message if problems else "changed" if is_refused else ""
    shown = page(
        request,
        "edit.html",
        status=status if is_refused else 200,
        secret=True,
        once=secrets.token_urlsafe(12),
        name=name,
        seen=seen,
        who=who or {},
        token=token_of(request),
        opened=opened,
        differences=differences,
        aligning=offered(plan_of(request), claims or {})
        if wanted.kind in ALIGNED and not name
        else None,
        **_fields(plan_of(request), wanted, held, problems, named),
        **_choices(request, name, held),
    )
    return with_session(request, shown)


def _passages(plan: Plan, held: Values) -> list[str]:
    """Return the citations of the activity that a coding, a claim or a figure is about."""
    about = next((held[key][0] for key in _ABOUT if any(held.get(key, ()))), "")
    try:
        node = ox.NamedNode(plan.ids.iri(about))
    except ValueError:  # whatever was typed
        return []
    cited = plan.built.engine.triples(node, ox.NamedNode(MG.citation))
    return sorted(
        (
            plan.ids.short(triple.object.value)
            for triple in cited
            if isinstance(triple.object, ox.NamedNode)
        ),
        key=natural,
    )


def _fields(
    plan: Plan,
    wanted: Form,
    held: Values,
    problems: Sequence[Problem],
    named: Sequence[Named],
) -> dict[str, Any]:
    """Return what the page shows of the fields of a form and of their problems."""
    entries = {
        field.name: replace(
            _entry(wanted, field, held, problems, plan.lang),
            makes=makes(plan, wanted, field),
            made=tuple(new for new in named if new.field == field.name),
        )
        for field in wanted.fields
    }
    asked = [
        entry
        for entry in entries.values()
        if entry.is_asked or _is_shown(entry.field) or len(entries) <= _FEW
    ]
    more = [entry for entry in entries.values() if entry not in asked]
    return {
        "form": wanted,
        "asked": asked,
        "more": more,
        "more_open": any(entry.problems or entry.made for entry in more),
        "problems": [problem for problem in problems if problem.field in entries],
        "general": [problem for problem in problems if problem.field not in entries],
        "labels": {field.name: field.label for field in wanted.fields},
        "prefix": FIELD,
        "opened_prefix": OPENED,
        "made_prefix": MADE,
        "extras_prefix": EXTRAS,
        "source_prefix": SOURCE,
        "lines_prefix": LINES,
    }


def _is_shown(field: Field) -> bool:
    """Return whether a field is worth a place at first sight; a whole, if there is a list of it."""
    return field.path in _SHOWN and (field.path != MG.partOf or bool(field.choices))


def _choices(request: Request, name: str | None, held: Values) -> dict[str, Any]:
    """Return what the page lets a person choose from, and the passages to read for that."""
    plan = plan_of(request)
    return {
        "label": plan.label(name) if name else "",
        "writers": writers(plan),
        "sources": _sources(plan),
        "named": named(request),
        "ticked": _CHOSEN_FROM,
        "read": _passages(plan, held),
    }


def _entry(
    wanted: Form, field: Field, held: Values, problems: Sequence[Problem], lang: str
) -> Entry:
    mine = {key: held[key] for key in field.keys if key in held}
    return Entry(
        field,
        mine,
        tuple(problem for problem in problems if problem.field == field.name),
        lang,
        is_asked=field.required and not goes_without_saying(wanted, field),
    )


def _sources(plan: Plan) -> list[tuple[str, str]]:
    """Return the documents that can be cited."""
    sources = {text(row["document"]) for row in plan.rows("documents") if row["isSource"]}
    documents = labelled(plan, "documents", "document")
    return [(name, label) for name, label in documents if name in sources]


def named(request: Request) -> dict[str, str]:
    """Return what can be named where a field takes any record: a name of its own for each id.

    Where two have the same label, their kind is added.
    """
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)

    def make() -> dict[str, str]:
        hits = [hit for hit in search(state) if hit.kind not in _NOT_NAMED][:_OFFERED]
        labels = Counter(plan.label(hit.id) for hit in hits)
        names: dict[str, str] = {}
        for hit in hits:
            label = plan.label(hit.id)
            name = label if labels[label] == 1 else f"{label} ({plan.label(hit.kind)})"
            names[hit.id] = name if name not in names.values() else f"{label} ({hit.id})"
        return names

    return state.known(("named", lang), make)


def by_id(request: Request, wanted: Form, held: Values) -> Values:
    """Return what fields hold, with ids for the names of records, whatever their accents and case.

    Fields that pick from a list read its labels themselves.
    """
    ids = {folded(name): id_ for id_, name in named(request).items()}
    open_fields = {
        field.name for field in wanted.fields if field.kind == "id" and not field.choices
    }
    return {
        key: tuple(ids.get(folded(text), text) for text in texts) if key in open_fields else texts
        for key, texts in held.items()
    }
