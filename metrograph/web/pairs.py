"""A contested pair of an activity and a category: its history, and the form to decide."""

import secrets
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.analysis.adjudication import Order, decision
from metrograph.analysis.contested import contested
from metrograph.editing.proposals import version
from metrograph.editing.saving import keep_decision
from metrograph.errors import InputError, MetrographError
from metrograph.plan import Plan
from metrograph.store.writing import locked
from metrograph.tables.table import Cell, Entity
from metrograph.web.access import (
    is_signed_out,
    kept_out,
    sent_fields,
    sessions_of,
    token_of,
    with_session,
)
from metrograph.web.entity import with_details
from metrograph.web.pages import address, asked, lang_of, page, plan_of, site_of
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

_SIGNED_OUT, _OLD_FORM = "signed_out", "form"  # why a form comes back with all that was entered
_VERSION = 16  # signs of a version that tell it from others


async def decide(request: Request) -> Response:
    """Write a decision on a contested pair: accept or reject, by whom and why."""
    fields = await sent_fields(request, 20)
    values = {key: value.strip() for key, value in fields.items() if isinstance(value, str)}
    return await saving(
        request,
        content_key(values.get("once", ""), values),
        values.get("activity", ""),
        lambda: _decided(request, values),
        lambda: pair(request, values, BUSY, 503),
    )


def refusal(
    request: Request,
    values: Mapping[str, str],
    form: Callable[[Request, Mapping[str, str], str, int], Response],
) -> Response | None:
    """Return the form with all that was entered, for who may not write, or not by this form."""
    if site_of(request).edits and is_signed_out(request):
        return form(request, values, _SIGNED_OUT, 403)  # it waits for who signs in on another page
    if refused := kept_out(request):
        return refused
    if not sessions_of(request).allows(request, values.get("token", "")):
        return form(request, values, _OLD_FORM, 403)  # of a server started again, say
    return None


def _decided(request: Request, values: Mapping[str, str]) -> Response:
    if refused := refusal(request, values, pair):
        return refused
    if message := missing(values):
        return pair(request, values, message)
    outcomes, once = outcomes_of(request), request.state.once
    try:
        with writing(request):
            if outcomes.written(once) is None:  # else it was sent twice
                if is_old := _write_decision(request, values):
                    return pair(request, values, is_old, 409)
                session = sessions_of(request).name(request) or ""
                outcomes.save(once, session, values.get("activity", ""))
    except MetrographError as error:
        return pair(request, values, word_error(request, error))
    named = {side: values.get(side) for side in ("activity", "category")}
    return RedirectResponse(address(lang_of(request), "/review/pair", named, done=1), 303)


def _write_decision(request: Request, values: Mapping[str, str]) -> str:
    """Write a decision; return "changed" instead where it rests on what was so before."""
    site, agent = site_of(request), values.get("agent", "")
    with locked(plan_of(request).built.folder, LOCK_SECONDS):
        request.state.plan = site.current()
        if site.problem:
            raise InputError(site.problem)
        plan = plan_of(request)
        activity, category = (plan.known(values.get(side, "")) for side in ("activity", "category"))
        seen = _seen(plan, activity, category)
        if values.get("seen", seen) != seen:
            return "changed"
        order = Order(
            by=values.get("by") or coder_key(agent),
            accepts="accept" in values,
            because=values.get("because", ""),
            as_of=today(),
            lang=plan.lang,
            languages=plan.built.languages,
            name=agent or None,
        )
        keep_decision(plan, decision(plan, plan.ids, activity, category, order))
    return ""


def _seen(plan: Plan, activity: str, category: str) -> str:
    """Return the claims and decisions on a pair, each with its version, as a form keeps them."""
    table = plan.history(activity, category)
    ids = [row[0].id for row in table.rows if isinstance(row[0], Entity)]
    return " ".join(f"{id_}={version(plan, id_)[:_VERSION]}" for id_ in ids)


def _new_rows(plan: Plan, activity: str, category: str, seen: str) -> list[tuple[Cell, ...]]:
    """Return the rows of a pair's history that are not as they were when a form was opened."""
    known, before = _seen(plan, activity, category).split(" "), set(seen.split(" "))
    new = {claim.partition("=")[0] for claim in known if claim not in before}
    rows = plan.history(activity, category).rows
    return [row for row in rows if isinstance(row[0], Entity) and row[0].id in new]


def missing(values: Mapping[str, str]) -> str:
    """Return the field that a decision lacks, if it lacks one that every decision has."""
    if not values.get("because"):
        return "because"
    return "" if values.get("by") or values.get("agent") else "by"


def _sides(plan: Plan, names: Mapping[str, str]) -> list[tuple[str, Cell]]:
    """Return what each coder says of a pair, also who does not claim it."""
    table = contested(plan)
    for row in table.rows:
        pair_of = [cell.id for cell in row[:2] if isinstance(cell, Entity)]
        if pair_of == [names["activity"], names["category"]]:
            return [(column.heading, cell) for column, cell in zip(table.columns, row, strict=True)
                    if column.name.startswith("coder/")]  # fmt: skip
    return []


def pair_page(request: Request) -> Response:
    """Return what was stated about one activity and category, and the form to decide on it."""
    return pair(request, asked(request, "activity", "category"))


def pair(
    request: Request, values: Mapping[str, str], message: str = "", status: int = 422
) -> Response:
    """Return the page of a pair, with what was entered and what is wrong with it."""
    plan = plan_of(request)
    request.state.why = message
    names = {side: plan.known(values.get(side, "")) for side in ("activity", "category")}
    may = site_of(request).edits and (message == _SIGNED_OUT or not kept_out(request))
    answer = page(
        request,
        "pair.html",
        status=status if message else 200,
        secret=True,
        names=names,
        once=secrets.token_urlsafe(12),
        seen=_seen(plan, **names),
        differences=_new_rows(plan, **names, seen=values.get("seen", ""))
        if message == "changed"
        else [],
        labels={side: plan.label(name) for side, name in names.items()},
        table=with_details(plan.history(names["activity"], names["category"])),
        sides=_sides(plan, names),
        done="done" in request.query_params,
        writers=coders(plan) if may else [],
        given=values,
        message=message,
        may=may,
        token=token_of(request) if may else "",
    )
    return with_session(request, answer) if may else answer
