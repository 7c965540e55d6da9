"""What a person enters in, records in the plan's files out: forms, checks, conflicts."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.answers import text
from metrograph.editing import Problem, Proposal, propose, save, version
from metrograph.errors import Conflict, MetrographError
from metrograph.forms import Field, Form, form, values
from metrograph.plan import Plan
from metrograph.terms import MG_NAMESPACE, RDF
from metrograph.web.access import kept_out, sent_fields, sessions_of, token_of, with_session
from metrograph.web.labels import search
from metrograph.web.matrix import labelled
from metrograph.web.merging import Difference, Values, merged
from metrograph.web.pages import (
    asked,
    entity_address,
    lang_of,
    page,
    plan_of,
    site_of,
    state_of,
)
from metrograph.web.pools import BUSY, Pool
from metrograph.web.saving import (
    LOCK_SECONDS,
    coder_key,
    coders,
    outcomes_of,
    saving,
    today,
    told,
    writing,
)

KINDS = ("Activity", "Coding", "AlignmentClaim", "Observation")
_NOT_NAMED = {"mg:Coding", "mg:AlignmentClaim", "mg:Observation", "mg:Decision", "mg:Section"}
_OFFERED = 3_000  # records to choose from
_SPARE = 2  # empty places for more texts of a field that takes many
_FIELD = "f."  # before the names of a form's fields, so that they meet no other
_OPENED = "o."  # before those of what the fields held when the form was opened
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


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: of the record `name` (None: a new one), of the version `seen`.

    `held` is what its fields hold, `opened` what they held when the form was opened, where the form
    says so. `once` is the form's own word.
    """

    kind: str
    name: str | None
    seen: str
    held: Values
    opened: Values | None
    who: Mapping[str, str]
    once: str


def start(request: Request) -> Response:
    """Return the page to choose what to add, or the record to edit."""
    if refused := kept_out(request):
        return refused
    plan = plan_of(request)
    return page(
        request,
        "edit-start.html",
        kinds=[(kind, plan.label(f"mg:{kind}")) for kind in KINDS],
        activities=labelled(plan, "activities", "activity"),
        secret=True,
    )  # fmt: skip


def open_form(request: Request) -> Response:
    """Return the form of a new record, or of one that exists."""
    if refused := kept_out(request):
        return refused
    plan = plan_of(request)
    given = asked(request, "id", "kind")
    name = plan.known(given["id"]) if "id" in given else None
    wanted = form(plan, _kind(plan, name) if name else given.get("kind", KINDS[0]))
    held = dict(values(plan, name)) if name else {}
    if not name:  # what the link says is filled in, and what can only be one thing is chosen
        held |= {key: (value,) for key, value in request.query_params.items()
                 if "." not in key and key != "kind"}  # fmt: skip
        held |= {one.name: (one.choices[0][0],) for one in wanted.fields
                 if one.required and len(one.choices) == 1 and one.name not in held}  # fmt: skip
    return _form(request, wanted, name, held, version(plan, name), opened=held if name else None)


def _kind(plan: Plan, name: str) -> str:
    """Return the kind of a record for which there is a form."""
    is_a, node = ox.NamedNode(RDF.type), ox.NamedNode(plan.ids.iri(name))
    for kind in KINDS:
        if ox.Quad(node, is_a, ox.NamedNode(MG_NAMESPACE + kind)) in plan.built.store:
            return kind
    raise HTTPException(404, f"{name}: {', '.join(KINDS)}")


def _form(  # noqa: PLR0913  what a form shows
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
            prefix=_FIELD,
            sources=_sources(plan),
            things=_things(request),
            ticked=_CHOSEN_FROM,
            opened=opened,
            opened_prefix=_OPENED,
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


async def enter(request: Request) -> Response:
    """Check what was entered; show what would be written, or write it."""
    fields = await sent_fields(request, 2_000)
    given: dict[str, list[str]] = defaultdict(list)
    for key, value in fields.multi_items():
        if isinstance(value, str):
            given[key].append(value)
    whole = {key: tuple(texts) for key, texts in given.items()}
    if "save" not in whole:
        pool: Pool = request.app.state.checking
        return await pool.run(_entered, request, whole)
    name = _first(whole, "id") or _first(whole, f"{_FIELD}label.{lang_of(request)}") or ""
    return await saving(
        request,
        _first(whole, "once"),
        name,
        lambda: _entered(request, whole),
        lambda: _form_again(request, whole, [Problem(BUSY)], 503),
    )


def _sent_form(given: Mapping[str, tuple[str, ...]]) -> Sent:
    """Return a form as it was sent."""

    def under(prefix: str) -> dict[str, tuple[str, ...]]:
        return {
            key.removeprefix(prefix): tuple(one for one in texts if one.strip())
            for key, texts in given.items()
            if key.startswith(prefix)
        }

    return Sent(
        kind=_first(given, "kind"),
        name=_first(given, "id") or None,
        seen=_first(given, "seen"),
        held=under(_FIELD),
        opened=under(_OPENED) or None,
        who={"by": _first(given, "by"), "agent": _first(given, "agent")},
        once=_first(given, "once"),
    )


def _form_again(
    request: Request,
    given: Mapping[str, tuple[str, ...]],
    problems: Sequence[Problem],
    status: int = 422,
) -> Response:
    """Return a form with all that was entered, and what is wrong with it."""
    sent = _sent_form(given)
    wanted = form(plan_of(request), sent.kind)
    return _form(
        request, wanted, sent.name, sent.held, sent.seen,
        opened=sent.opened, problems=problems, who=sent.who, status=status,
    )  # fmt: skip


def _changed(request: Request, sent: Sent) -> Response | None:
    """Return the form with what changed in its record since it was opened, if anything did.

    What the person entered is kept, and what they left as it was follows the record.
    """
    plan = plan_of(request)
    now = version(plan, sent.name)
    if sent.name is None or sent.seen == now:
        return None
    wanted = form(plan, sent.kind)
    if not now:  # it can only be added again
        return _form(
            request, wanted, None, sent.held, "",
            problems=[Problem("gone")], who=sent.who, status=409,
        )  # fmt: skip
    found = values(plan, sent.name)
    shown, differences = merged(wanted, sent.opened, found, sent.held)
    return _form(
        request, wanted, sent.name, shown, now,
        opened=found, who=sent.who, status=409, differences=differences,
    )  # fmt: skip


def _entered(  # noqa: PLR0911  each way that a form can go is an answer of its own
    request: Request, given: Mapping[str, tuple[str, ...]]
) -> Response:
    if refused := kept_out(request):
        return refused
    sent = _sent_form(given)
    if not sessions_of(request).allows(request, _first(given, "token")):
        # of a server started anew, say: nothing is written, and nothing that was typed is lost
        return _form_again(request, given, [Problem("form")], 403)
    if name := outcomes_of(request).written(sent.once):  # it was sent twice
        return _to_saved(request, name)
    if changed := _changed(request, sent):
        return changed
    plan, who = plan_of(request), sent.who
    wanted = form(plan, sent.kind)
    # a list from which nothing is picked sends nothing: the form has it, so it is empty
    every = {key: sent.held.get(key, ()) for one in wanted.fields for key in one.keys}
    by = coder_key(who["agent"]) if who["agent"] and not who["by"] else who["by"]
    try:
        proposal = propose(plan, wanted, sent.name, every, by, today(), agent=who["agent"] or None)
        if not proposal.is_valid or "change" in given:
            problems = [] if "change" in given else proposal.problems
            return _form_again(request, given, problems)
        if "save" not in given:
            return _confirm(request, wanted, sent.name, given, proposal)
        return _saved(request, proposal, sent)
    except MetrographError as error:
        return _form_again(request, given, [Problem(told(request, error))])


def _saved(request: Request, proposal: Proposal, sent: Sent) -> Response:
    """Write a proposal and lead to the page of the record, or show what changed meanwhile.

    A form that is sent twice is written once: `once` is its own, and leads to what it wrote.
    """
    outcomes = outcomes_of(request)
    with writing(request):
        name = outcomes.written(sent.once) if sent.once else None
        if name is None:
            name = proposal.id
            try:
                save(plan_of(request).built.folder, proposal, sent.seen, LOCK_SECONDS)
            except Conflict:
                request.state.plan = site_of(request).current()
                if changed := _changed(request, sent):
                    return changed
                raise
            outcomes.save(request.state.once, sessions_of(request).name(request) or "", name)
    return _to_saved(request, name)


def _to_saved(request: Request, name: str) -> Response:
    """Lead to the page of a record that was saved."""
    return RedirectResponse(f"{entity_address(lang_of(request), name)}?saved=1", 303)


def _first(given: Mapping[str, tuple[str, ...]], key: str) -> str:
    return given.get(key, ("",))[0].strip()


def _confirm(
    request: Request,
    wanted: Form,
    name: str | None,
    given: Mapping[str, tuple[str, ...]],
    proposal: Proposal,
) -> Response:
    return page(
        request,
        "edit-confirm.html",
        secret=True,
        form=wanted,
        name=name,
        proposal=proposal,
        given=[(key, one) for key, texts in given.items() for one in texts
               if key not in ("token", "check", "save", "change")],
        token=token_of(request),
    )  # fmt: skip
