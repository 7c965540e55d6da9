"""The page that follows a plan: what is late, due, stale and done, by level, owner or year."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.rollup import BY, Standing, standing
from metrograph.web.pages import asked, file, lang_of, page, state_of
from metrograph.web.site import State

_MOST = 500  # rows that are shown
_COUNTED = ("late", "due", "stale", "done")


def standing_of(state: State, lang: str, level: str = "", owner: str = "") -> Standing:
    """Return how the elements of the plan stand today, found once for a state of its files."""
    today = date.today()
    plan = state.plan(lang)
    return state.known(
        ("standing", lang, today, level, owner),
        lambda: standing(plan, today, level=level, owner=owner),
    )


def show(request: Request) -> Response:
    """Return the page, or its table as a file."""
    state, lang = state_of(request), lang_of(request)
    chosen = asked(request, "by", "level", "owner")
    stands = standing_of(state, lang, chosen.get("level", ""), chosen.get("owner", ""))
    by = chosen.get("by", "")
    table = stands.rollup(by) if by else stands.table
    if form := request.path_params.get("form"):
        return file(table, form, "status")
    plan = state.plan(lang)
    return page(
        request,
        "status.html",
        table=table,
        standing=stands,
        counts=[(name, stands.count(name)) for name in _COUNTED],
        chosen=chosen,
        ways=BY,
        most=_MOST,
        levels=[(name, plan.label(name)) for name in stands.levels],
        owners=[(name, plan.label(name)) for name in stands.owners],
    )
