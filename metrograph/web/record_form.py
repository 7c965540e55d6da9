"""Renders a form, with errors and changes beside its fields."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from metrograph.editing.facts import Problem
from metrograph.editing.forms import Field, Form
from metrograph.plan import Plan
from metrograph.query.answers import text
from metrograph.web.access import token_of, with_session
from metrograph.web.labels import labelled, search
from metrograph.web.merging import Difference, Values
from metrograph.web.pages import lang_of, page, plan_of, state_of
from metrograph.web.saving import coders

_NOT_NAMED = {"mg:Coding", "mg:AlignmentClaim", "mg:Observation", "mg:Decision", "mg:Section"}
_OFFERED = 3_000  # records to choose from
_SPARE = 2  # empty places for more texts of a field that takes many
FIELD = "f."  # before the names of a form's fields, so that they meet no other
OPENED = "o."  # before those of what the fields held when the form was opened
_CHOSEN_FROM = 8  # choices up to which many are ticked, not picked from a list


@dataclass(frozen=True)
class Entry:
    """A field on a page: what it holds, key by key, and what is wrong with it."""

    field: Field
    values: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]

    def shown(self, key: str) -> tuple[str, ...]:
        """Return what stands under a key, with room for more."""
        held = self.values.get(key, ())
        if self.field.many and not self.field.choices:
            return (*held, *[""] * _SPARE)
        return held or ("",)


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
        **_fields(wanted, held, problems),
        **_choices(request, name),
    )
    return with_session(request, shown)


def _fields(
    wanted: Form, held: Mapping[str, tuple[str, ...]], problems: Sequence[Problem]
) -> dict[str, Any]:
    """Return what the page shows of the fields of a form and of their problems."""
    named = {field.name for field in wanted.fields}
    return {
        "form": wanted,
        "groups": [
            (group.label, [_entry(field, held, problems) for field in group.fields])
            for group in wanted.groups
        ],
        "problems": [problem for problem in problems if problem.field in named],
        "general": [problem for problem in problems if problem.field not in named],
        "labels": {field.name: field.label for field in wanted.fields},
        "prefix": FIELD,
        "opened_prefix": OPENED,
    }


def _choices(request: Request, name: str | None) -> dict[str, Any]:
    """Return what the page lets a person choose from."""
    plan = plan_of(request)
    return {
        "label": plan.label(name) if name else "",
        "writers": _writers(plan),
        "sources": _sources(plan),
        "things": _things(request),
        "ticked": _CHOSEN_FROM,
    }


def _entry(field: Field, held: Mapping[str, tuple[str, ...]], problems: Sequence[Problem]) -> Entry:
    mine = {key: held[key] for key in field.keys if key in held}
    return Entry(field, mine, tuple(problem for problem in problems if problem.field == field.name))


def _sources(plan: Plan) -> list[tuple[str, str]]:
    """Return the documents that can be cited."""
    sources = {text(row["document"]) for row in plan.rows("documents") if row["isSource"]}
    documents = labelled(plan, "documents", "document")
    return [(name, label) for name, label in documents if name in sources]


def _things(request: Request) -> list[tuple[str, str]]:
    """Return what can be named where a field takes any record, as (id, label)."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)

    def make() -> list[tuple[str, str]]:
        hits = [hit for hit in search(state) if hit.kind not in _NOT_NAMED]
        return [(hit.id, plan.label(hit.id)) for hit in hits[:_OFFERED]]

    return state.known(("named", lang), make)


def _writers(plan: Plan) -> list[tuple[str, str]]:
    """Return who may be named as the writer: coders, then bodies."""
    return [*coders(plan), *labelled(plan, "bodies", "body")]
