"""Moves a record by buttons or by dragging: among those beside it, or to another whole."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.editing.facts import Hand
from metrograph.editing.forms import Form, form, kind_of
from metrograph.editing.moving import is_movable, placed, shifted, whole_field
from metrograph.editing.placement import Now, read_now
from metrograph.editing.revising import facts_of
from metrograph.editing.rewriting import Rewrite
from metrograph.editing.saving import save_rewrite, state_of_rewrite
from metrograph.editing.siblings import siblings
from metrograph.errors import MetrographError
from metrograph.plan import Plan
from metrograph.vocabulary import MG
from metrograph.web.access import kept_out, sessions_of, token_of, with_session
from metrograph.web.pages import address, asked, lang_of, page, plan_of, site_of
from metrograph.web.saving import (
    LOCK_SECONDS,
    outcomes_of,
    save_values,
    today,
    word_error,
    writing,
)
from metrograph.web.writers import known_writer, remember, remembered, writers

_STEPS = {"up": -1, "down": 1}


def open_page(request: Request) -> Response:
    """Return the page to move a record."""
    return kept_out(request) or _shown(request, asked(request, "id"))


async def carry_out(request: Request) -> Response:
    """Move a record as a button says."""
    return await save_values(request, "id", _carried_out, _shown)


def _carried_out(  # noqa: PLR0911  each way that it can go is an answer of its own
    request: Request, values: Mapping[str, str]
) -> Response:
    if refused := kept_out(request):
        return refused
    if not sessions_of(request).allows(request, values.get("token", "")):
        return _shown(request, values, "form", 403)
    outcomes, once = outcomes_of(request), request.state.once
    plan, name = plan_of(request), values.get("id", "")
    after = RedirectResponse(address(lang_of(request), "/edit/move", id=name, moved=1), 303)
    if outcomes.written(once):
        return after
    by = known_writer(plan, values.get("by", ""))
    if by is None:
        return _shown(request, values, "by")
    hand = Hand(plan.ids.iri(by), today())
    wanted = _form(plan, name)

    def make(now: Now) -> Rewrite:
        if "step" in values:
            return shifted(now, wanted, name, _steps(values["step"]), hand)
        return placed(now, wanted, name, values.get("whole", ""), hand)

    try:
        with writing(request):
            now = read_now(plan.built.folder, plan.ids, plan.built)
            if values.get("seen", "") != _place(now, wanted, name).seen:
                return _shown(request, values, "moved", 409)
            save_rewrite(plan, make, state_of_rewrite(now, make(now)), LOCK_SECONDS)
            outcomes.save(once, sessions_of(request).name(request) or "", name)
    except MetrographError as error:
        return _shown(request, values, word_error(request, error), 409)
    remember(request, by)
    return after


def _steps(text: str) -> int:
    """Return by how many places a button or a drag moves a record: "up", "down", "-3"."""
    return _STEPS.get(text) or (int(text) if re.fullmatch("-?[0-9]{1,4}", text) else 0)


def _form(plan: Plan, name: str) -> Form:
    kind = kind_of(plan, name)
    if not kind or not is_movable(form(plan, kind)):
        raise HTTPException(404, "no_place")
    return form(plan, kind)


@dataclass(frozen=True)
class _Place:
    """Where a record stands: the ids of those beside it, in order, and of what it is a part of."""

    beside: tuple[str, ...]
    whole: tuple[str, ...]

    @property
    def seen(self) -> str:
        """What a page keeps of the place, to find out later whether it has changed."""
        return " ".join([*self.beside, "<", *self.whole])


def _place(now: Now, wanted: Form, name: str) -> _Place:
    facts = facts_of(now, now.ids.iri(name))
    ordered = siblings(now, wanted, facts) if wanted.field(MG.position) else ()
    field = whole_field(wanted)
    whole = facts.get(field.path, ()) if field else ()
    return _Place(
        tuple(now.ids.short(iri) for iri in ordered),
        tuple(now.ids.short(term.value) for term in whole),
    )


def _shown(
    request: Request, values: Mapping[str, str], message: str = "", status: int = 422
) -> Response:
    """Return the page that moves a record, and what is wrong with what was asked."""
    request.state.why = message
    if message:
        request.state.plan = site_of(request).current()
    plan = plan_of(request)
    name = plan.known(values.get("id", ""))
    wanted = _form(plan, name)
    place = _place(read_now(plan.built.folder, plan.ids, plan.built), wanted, name)
    answer = page(
        request,
        "edit-move.html",
        status=status if message else 200,
        secret=True,
        name=name,
        label=plan.label(name),
        kind=kind_of(plan, name),
        beside=[(other, plan.label(other)) for other in place.beside],
        whole=whole_field(wanted),
        within=place.whole,
        seen=place.seen,
        once=secrets.token_urlsafe(12),
        writers=writers(plan),
        by=values.get("by") or remembered(request),
        token=token_of(request),
        moved="moved" in request.query_params,
        message=message,
    )
    return with_session(request, answer)
