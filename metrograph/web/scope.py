"""Puts an intersection out of scope, or back in, with a reason: the form, and what it writes."""

import secrets
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.adjudication import Order, scope_decision
from metrograph.editing.saving import keep_decision
from metrograph.messages import word
from metrograph.query.answers import text
from metrograph.web import decisions
from metrograph.web.access import kept_out, token_of, with_session
from metrograph.web.gap import scope_of
from metrograph.web.matrix import intersections
from metrograph.web.pages import address, asked, lang_of, page, plan_of, state_of
from metrograph.web.saving import today
from metrograph.web.writers import who_decides, writers


def form(request: Request) -> Response:
    """Return the form that puts an intersection out of scope, or back in."""
    if refused := kept_out(request):
        return refused
    return _form(request, asked(request, "challenge", "theme"))


async def decide(request: Request) -> Response:
    """Write a decision on the scope of an intersection."""
    return await decisions.decide(request, _FORM)


def _write(request: Request, values: Mapping[str, str]) -> str:
    """Write a decision; return "changed" instead where another one was taken meanwhile."""
    plan, agent = plan_of(request), values.get("agent", "")
    intersection = _intersection(request, values)
    before = scope_of(plan, intersection)
    if values.get("seen", "") != (before.id if before else ""):
        return "changed"
    by, name = who_decides(plan, values.get("by", ""), agent)
    order = Order(
        by=by,
        accepts=before is not None,
        because=values.get("because", ""),
        as_of=today(),
        lang=plan.lang,
        languages=plan.built.languages,
        name=name,
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
        writers=writers(plan),
        given=values,
        message=message,
        token=token_of(request),
    )
    return with_session(request, answer)


def _address(request: Request, values: Mapping[str, str]) -> str:
    sides = {side: values.get(side) for side in ("challenge", "theme")}
    return address(lang_of(request), "/coverage/activities", sides)


_FORM = decisions.DecisionForm("intersection", _form, _write, _address)
