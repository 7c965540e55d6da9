"""Puts an intersection out of scope, or back in, with a reason: the form, and what it writes."""

import secrets
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.analysis.adjudication import Order, scope_decision
from metrograph.editing.saving import keep_decision
from metrograph.errors import InputError, MetrographError
from metrograph.messages import word
from metrograph.query.answers import text
from metrograph.store.writing import locked
from metrograph.web.access import kept_out, sent_fields, sessions_of, token_of, with_session
from metrograph.web.gap import scope_of
from metrograph.web.matrix import intersections
from metrograph.web.pages import address, asked, lang_of, page, plan_of, site_of, state_of
from metrograph.web.pairs import missing, refusal
from metrograph.web.pools import BUSY
from metrograph.web.saving import (
    LOCK_SECONDS,
    coder_key,
    coders,
    content_key,
    outcomes_of,
    saving,
    today,
    word_error,
    writing,
)


def form(request: Request) -> Response:
    """Return the form that puts an intersection out of scope, or back in."""
    if refused := kept_out(request):
        return refused
    return _form(request, asked(request, "challenge", "theme"))


async def decide(request: Request) -> Response:
    """Write a decision on the scope of an intersection."""
    fields = await sent_fields(request, 20)
    values = {key: value.strip() for key, value in fields.items() if isinstance(value, str)}
    return await saving(
        request,
        content_key(values.get("once", ""), values),
        values.get("intersection", ""),
        lambda: _decided(request, values),
        lambda: _form(request, values, BUSY, 503),
    )


def _decided(request: Request, values: Mapping[str, str]) -> Response:
    if refused := refusal(request, values, _form):
        return refused
    if message := missing(values):
        return _form(request, values, message)
    outcomes, once = outcomes_of(request), request.state.once
    try:
        with writing(request):
            if outcomes.written(once) is None:  # else it was sent twice
                if is_old := _write(request, values):
                    return _form(request, values, is_old, 409)
                session = sessions_of(request).name(request) or ""
                outcomes.save(once, session, values.get("intersection", ""))
    except MetrographError as error:
        return _form(request, values, word_error(request, error))
    sides = {side: values.get(side) for side in ("challenge", "theme")}
    return RedirectResponse(address(lang_of(request), "/coverage/activities", sides), 303)


def _write(request: Request, values: Mapping[str, str]) -> str:
    """Write a decision; return "changed" instead where another one was taken meanwhile."""
    site, agent = site_of(request), values.get("agent", "")
    with locked(plan_of(request).built.folder, LOCK_SECONDS):
        request.state.plan = site.current()
        if site.problem:
            raise InputError(site.problem)
        plan, intersection = plan_of(request), _intersection(request, values)
        before = scope_of(plan, intersection)
        if values.get("seen", "") != (before.id if before else ""):
            return "changed"
        by = values.get("by") or coder_key(agent)
        order = Order(
            by=by,
            accepts=before is not None,
            because=values.get("because", ""),
            as_of=today(),
            lang=plan.lang,
            languages=plan.built.languages,
            name=None if by in dict(coders(plan)) else agent,
            replace=True,
        )
        keep_decision(plan, scope_decision(plan, plan.ids, intersection, order))
    return ""


def _intersection(request: Request, values: Mapping[str, str]) -> str:
    """Return the id of the intersection of a challenge and a theme, or answer 404."""
    pair = (values.get("challenge", ""), values.get("theme", ""))
    known = intersections(state_of(request)).get(pair)
    if known is None:
        raise HTTPException(404, word("nothing", lang_of(request)))
    return text(known)


def _form(
    request: Request, values: Mapping[str, str], message: str = "", status: int = 422
) -> Response:
    """Return the form with what was entered, and what is wrong with it."""
    plan = plan_of(request)
    request.state.why = message
    intersection = _intersection(request, values)
    answer = page(
        request,
        "scope.html",
        status=status if message else 200,
        secret=True,
        names={side: values[side] for side in ("challenge", "theme")},
        labels={side: plan.label(values[side]) for side in ("challenge", "theme")},
        intersection=intersection,
        scope=scope_of(plan, intersection),
        once=secrets.token_urlsafe(12),
        writers=coders(plan),
        given=values,
        message=message,
        token=token_of(request),
    )
    return with_session(request, answer)
