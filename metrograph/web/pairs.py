"""A contested pair of an activity and a category: its history, and the form to decide."""

import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.adjudication import Order, decision
from metrograph.analysis.contested import contested
from metrograph.editing.proposals import version
from metrograph.editing.saving import keep_decision
from metrograph.plan import Plan
from metrograph.tables.table import Cell, Entity
from metrograph.web import decisions
from metrograph.web.access import (
    kept_out,
    token_of,
    with_session,
)
from metrograph.web.entity import with_details
from metrograph.web.pages import address, asked, lang_of, page, plan_of, site_of
from metrograph.web.saving import today
from metrograph.web.writers import who_decides, writers

_VERSION = 16  # signs of a version that tell it from others


async def decide(request: Request) -> Response:
    """Write a decision on a contested pair: accept or reject, by whom and why."""
    return await decisions.decide(request, _FORM)


def _write_decision(request: Request, values: Mapping[str, str]) -> str:
    """Write a decision; return "changed" instead where it rests on what was so before."""
    plan, agent = plan_of(request), values.get("agent", "")
    activity, category = (plan.known(values.get(side, "")) for side in ("activity", "category"))
    seen = _seen(plan, activity, category)
    if values.get("seen", seen) != seen:
        return "changed"
    by, name = who_decides(plan, values.get("by", ""), agent)
    order = Order(
        by=by,
        accepts="accept" in values,
        because=values.get("because", ""),
        as_of=today(),
        lang=plan.lang,
        languages=plan.built.languages,
        name=name,
        replace=True,  # the page shows the decisions that there are
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


def _sides(plan: Plan, names: Mapping[str, str]) -> list[tuple[str, Cell]]:
    """Return what each coder says of a pair, also who does not claim it."""
    table = contested(plan)
    for row in table.rows:
        pair_of = [cell.id for cell in row[:2] if isinstance(cell, Entity)]
        if pair_of == [names["activity"], names["category"]]:
            return [
                (column.heading, cell)
                for column, cell in zip(table.columns, row, strict=True)
                if column.name.startswith("coder/")
            ]
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
    may = site_of(request).edits and (message == decisions.SIGNED_OUT or not kept_out(request))
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
        writers=writers(plan) if may else [],
        given=values,
        message=message,
        may=may,
        token=token_of(request) if may else "",
    )
    return with_session(request, answer) if may else answer


def _address(request: Request, values: Mapping[str, str]) -> str:
    named = {side: values.get(side) for side in ("activity", "category")}
    return address(lang_of(request), "/review/pair", named, done=1)


_FORM = decisions.DecisionForm("activity", pair, _write_decision, _address)
