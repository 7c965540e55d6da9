"""A form and what its fields hold in; its page out, with problems and changes beside the fields."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from metrograph.editing.forms import Field, Form
from metrograph.editing.proposals import Problem
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
    plan = plan_of(request)
    is_refused = bool(problems) or differences is not None
    request.state.why = problems[0].message if problems else "changed" if is_refused else ""
    groups = [
        (group.label, [_entry(one, held, problems) for one in group.fields])
        for group in wanted.groups
    ]
    named = {one.name for one in wanted.fields}
    return with_session(
        request,
        page(
            request,
            "edit.html",
            status=status if is_refused else 200,
            secret=True,
            once=secrets.token_urlsafe(12),
            form=wanted,
            name=name,
            label=plan.label(name) if name else "",
            groups=groups,
            seen=seen,
            writers=_writers(plan),
            who=who or {},
            problems=[one for one in problems if one.field in named],
            general=[one for one in problems if one.field not in named],
            labels={one.name: one.label for one in wanted.fields},
            token=token_of(request),
            prefix=FIELD,
            sources=_sources(plan),
            things=_things(request),
            ticked=_CHOSEN_FROM,
            opened=opened,
            opened_prefix=OPENED,
            differences=differences,
        ),
    )


def _entry(field: Field, held: Mapping[str, tuple[str, ...]], problems: Sequence[Problem]) -> Entry:
    mine = {key: held[key] for key in field.keys if key in held}
    return Entry(field, mine, tuple(one for one in problems if one.field == field.name))


def _sources(plan: Plan) -> list[tuple[str, str]]:
    """Return the documents that can be cited."""
    sources = {text(row["document"]) for row in plan.rows("documents") if row["isSource"]}
    return [one for one in labelled(plan, "documents", "document") if one[0] in sources]


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
