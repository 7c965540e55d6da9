"""The review pages: findings, contested claims, gaps, indicators."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.analysis.gaps import gap_types
from metrograph.errors import DataError
from metrograph.messages import in_language, word
from metrograph.plan import Plan
from metrograph.query.filters import Filters
from metrograph.report import findings as report
from metrograph.report.omissions import left_out, sentence_of_activities
from metrograph.tables.table import Column, Entity, Table
from metrograph.web.entity import title
from metrograph.web.filters import lines
from metrograph.web.matrix import matrix
from metrograph.web.pages import ROWS, asked, file, lang_of, page, state_of

_FINDINGS = ("violation", "warning", "info")


def _findings(plan: Plan, _: Request) -> Table:
    """Return the findings of the checks, with each record as a link to its page."""
    lang = plan.lang
    names = ("severity", "record", "finding", "where")
    heads = tuple(Column(name, word(name, lang), name == "record") for name in names)
    rows = tuple(
        (
            word(finding.severity, lang),
            Entity(name, title(plan, name)),
            finding.message(lang),
            f"{finding.file}:{finding.line}" if finding.file else None,
        )
        for severity in _FINDINGS
        for finding in plan.findings
        if finding.severity == severity
        for name in [plan.ids.short(finding.focus)]
    )
    listed = report.table(plan, [], "info")
    return Table(listed.title, heads, rows, listed.note, lang, word("no_finding", lang))


def _contested(plan: Plan, _: Request) -> Table:
    return plan.contested()


def _gaps(plan: Plan, request: Request) -> Table:
    chosen = asked(request, "type", "line", "challenge", "theme")
    kind = chosen.pop("type", None)
    gaps = plan.gaps(*((kind,) if kind else ()), **chosen)  # type: ignore[arg-type]  # ids, no year
    return gaps.listed if kind or chosen else gaps.table


def _indicators(plan: Plan, _: Request) -> Table:
    """Return the indicators' figures and status, without columns in which nothing stands."""
    table = plan.progress().table
    every = range(len(table.columns))
    kept = [at for at in every if any(row[at] is not None for row in table.rows)]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def _cycle(plan: Plan, _: Request) -> Table:
    return plan.cycle(datetime.now(UTC).date())


def _agreement(plan: Plan, _: Request) -> Table:
    """Return how far the coders agree, or why that cannot be said."""
    try:
        return plan.agreement().table
    except DataError as error:
        return Table(
            word("agreement", plan.lang),
            (),
            (),
            lang=plan.lang,
            empty=in_language(error, plan.lang),
        )


PARTS: dict[str, Callable[[Plan, Request], Table]] = {
    "findings": _findings,
    "contested": _contested,
    "gaps": _gaps,
    "indicators": _indicators,
    "agreement": _agreement,
    "cycle": _cycle,
}


def show(request: Request) -> Response:
    """Return one part of the review, or its table as a file."""
    state, lang = state_of(request), lang_of(request)
    plan = state.plan(lang)
    part = request.path_params.get("part", "contested")
    if part not in PARTS:
        raise HTTPException(404)
    chosen = asked(request, "type", "line", "challenge", "theme")
    key = ("review", lang, part, *chosen.items())
    day = datetime.now(UTC).date() if part == "cycle" else None
    table = state.known((*key, day), lambda: PARTS[part](plan, request))
    if form := request.path_params.get("form"):
        return file(table, form, part, left_out(part, plan))
    covered = matrix(state, lang, Filters())
    return page(
        request,
        "review.html",
        part=part,
        unlooked=state.known(("unlooked", lang, part), lambda: sentence_of_activities(plan, part)),
        parts_listed=tuple(PARTS),
        table=table,
        rows=ROWS,
        chosen=chosen,
        types_listed=[(id_.name, id_.query.title[lang]) for id_ in gap_types()],
        lines=lines(plan),
        challenges=[(id_, plan.label(id_)) for id_ in covered.challenges],
        themes=[(id_, plan.label(id_)) for id_ in covered.themes],
    )
