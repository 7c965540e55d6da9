"""Deletes a record or merges two, after a page that shows what depends on them."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.editing.checking import check_rewrite
from metrograph.editing.choices import recorded
from metrograph.editing.facts import Hand
from metrograph.editing.forms import class_of, kind_of
from metrograph.editing.placement import Now, read_now
from metrograph.editing.revising import Revision, deletion, merger
from metrograph.editing.rewriting import Rewrite
from metrograph.editing.saving import save_rewrite, state_of_rewrite
from metrograph.errors import MetrographError, UsageError
from metrograph.plan import Plan
from metrograph.store.working import asserted
from metrograph.vocabulary import RDF
from metrograph.web.access import kept_out, sessions_of, token_of, with_session
from metrograph.web.entity import title
from metrograph.web.pages import address, asked, entity_address, lang_of, page, plan_of, site_of
from metrograph.web.saving import (
    LOCK_SECONDS,
    outcomes_of,
    save_values,
    today,
    word_error,
    writing,
)
from metrograph.web.writers import known_writer, remember, remembered, writers

_SHOWN = 30  # records of a kind that are listed by name


@dataclass(frozen=True)
class Listed:
    """Records of a kind in a list: the kind's label, some of them as (id, label), and how many."""

    kind: str
    records: tuple[tuple[str, str], ...]
    number: int


def open_deletion(request: Request) -> Response:
    """Return the page that shows what deleting a record removes and changes."""
    return kept_out(request) or _shown(request, asked(request, "id"))


def open_merger(request: Request) -> Response:
    """Return the page to choose what a record is merged with, or what that changes."""
    return kept_out(request) or _shown(request, asked(request, "id", "into"))


async def carry_out(request: Request) -> Response:
    """Delete or merge what a page showed."""
    return await save_values(request, "id", _carried_out, _shown)


def _carried_out(request: Request, values: Mapping[str, str]) -> Response:
    if refused := kept_out(request):
        return refused
    if not sessions_of(request).allows(request, values.get("token", "")):
        return _shown(request, values, "form", 403)
    outcomes, once = outcomes_of(request), request.state.once
    plan = plan_of(request)
    after = _after(request, values)
    if outcomes.written(once):
        return after
    by = known_writer(plan, values.get("by", ""))
    if by is None:
        return _shown(request, values, "by")
    make = _made(plan, values, Hand(plan.ids.iri(by), today()))
    try:
        with writing(request):
            save_rewrite(
                plan, lambda now: _allowed(now, make), values.get("seen", ""), LOCK_SECONDS
            )
            outcomes.save(once, sessions_of(request).name(request) or "", values.get("into", ""))
    except MetrographError as error:
        request.state.plan = site_of(request).current()
        return _shown(request, values, word_error(request, error), 409)
    remember(request, by)
    return after


def _allowed(now: Now, make: Callable[[Now], Revision]) -> Rewrite:
    """Return the change of the files, or nothing where something is in the way."""
    revision = make(now)
    if revision.in_the_way:
        raise UsageError("Other records need this one. Change or delete them first.")
    return revision.rewrite


def _after(request: Request, values: Mapping[str, str]) -> Response:
    """Lead to the record into which another was merged, or to the kind of what was deleted."""
    lang = lang_of(request)
    if values.get("into"):
        return RedirectResponse(f"{entity_address(lang, values['into'])}?saved=1", 303)
    return RedirectResponse(address(lang, "/edit/kind", kind=values.get("kind"), deleted=1), 303)


def _made(plan: Plan, values: Mapping[str, str], hand: Hand) -> Callable[[Now], Revision]:
    """Return what works out the change from the files as they are."""
    name, into = values.get("id", ""), values.get("into", "")
    if into:
        return lambda now: merger(plan, now, name, into, hand)
    return lambda now: deletion(plan, now, name, hand)


def _shown(
    request: Request, values: Mapping[str, str], message: str = "", status: int = 422
) -> Response:
    """Return the page of a deletion or merger with what it changes, and what is wrong with it."""
    plan = plan_of(request)
    name = plan.known(values.get("id", ""))
    kind = kind_of(plan, name)
    if not kind:
        raise HTTPException(404, "no_form")
    request.state.why = message
    is_merger = request.url.path.endswith("/merge")
    answer = page(
        request,
        "edit-merge.html" if is_merger else "edit-delete.html",
        status=status if message else 200,
        secret=True,
        name=name,
        label=plan.label(name),
        kind=kind,
        into=values.get("into", ""),
        candidates=[
            (other, label) for other, label in recorded(plan, class_of(kind)) if other != name
        ],
        once=secrets.token_urlsafe(12),
        writers=writers(plan),
        by=values.get("by") or remembered(request),
        token=token_of(request),
        message=message,
        **(_effects(plan, values) if not is_merger or values.get("into") else {}),
    )
    return with_session(request, answer)


def _effects(plan: Plan, values: Mapping[str, str]) -> dict[str, object]:
    """Return what a page shows of a change."""
    now = read_now(plan.built.folder, plan.ids, plan.built)
    revision = _made(plan, values, Hand(None, today()))(now)
    name = plan.ids.iri(values["id"])
    kept = set(dict(revision.merged).values())
    changed = [record.subject for record in revision.changed if record.subject not in kept]
    wrong = [] if revision.in_the_way else check_rewrite(plan, now, revision.rewrite)
    return {
        "seen": state_of_rewrite(now, revision.rewrite),
        "removed": _by_kind(plan, [iri for iri in revision.removed if iri != name]),
        "number": len(revision.removed),
        "changed": _by_kind(plan, changed),
        "in_the_way": _by_kind(plan, revision.in_the_way),
        "wrong": [
            (finding.message(plan.lang), plan.ids.short(finding.focus))
            for finding in wrong
            if finding.severity == "violation"
        ],
    }


def _by_kind(plan: Plan, iris: Iterable[str]) -> list[Listed]:
    """Return records by their kinds, each with its label."""
    named = sorted(
        (_kind_label(plan, iri), title(plan, plan.ids.short(iri)), plan.ids.short(iri))
        for iri in iris
    )
    groups = [(kind, list(group)) for kind, group in groupby(named, key=lambda row: row[0])]
    return [
        Listed(kind, tuple((name, label) for _, label, name in group[:_SHOWN]), len(group))
        for kind, group in groups
    ]


def _kind_label(plan: Plan, iri: str) -> str:
    """Return what the kind of a record is called: the class that its file names."""
    is_a = ox.NamedNode(RDF.type)
    kinds = sorted(
        triple.object.value
        for triple in asserted(plan.built.engine, iri)
        if triple.predicate == is_a and isinstance(triple.object, ox.NamedNode)
    )
    return plan.label(kinds[0]) if kinds else ""
