"""What a person enters in, records in the plan's files out: forms, checks, conflicts, decisions."""

import secrets
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.adjudicate import Order, decision
from metrograph.agreement import contested
from metrograph.answers import text
from metrograph.editing import Problem, Proposal, keep_decision, propose, save, version
from metrograph.errors import BusyError, Conflict, InputError, MetrographError
from metrograph.folding import as_key
from metrograph.forms import Field, Form, form, values
from metrograph.plan import Plan
from metrograph.records import locked
from metrograph.tables import Cell, Entity
from metrograph.terms import MG_NAMESPACE, RDF
from metrograph.web.entity import with_details
from metrograph.web.labels import search
from metrograph.web.matrix import labelled
from metrograph.web.merging import Difference, Values, merged
from metrograph.web.outcomes import Outcomes
from metrograph.web.pages import (
    address,
    asked,
    entity_address,
    lang_of,
    page,
    plan_of,
    site_of,
    state_of,
)
from metrograph.web.pools import BUSY, Pool
from metrograph.web.security import Sessions, cookie_name

KINDS = ("Activity", "Coding", "AlignmentClaim", "Observation")
_NOT_NAMED = {"mg:Coding", "mg:AlignmentClaim", "mg:Observation", "mg:Decision", "mg:Section"}
_OFFERED = 3_000  # records to choose from
_FORM = "application/x-www-form-urlencoded"
LOCKED = "locked"  # what pages say in the reader's language of a plan that is being changed
LOCK_SECONDS = 5.0  # that a save waits for another process to finish its change
_SPARE = 2  # empty places for more texts of a field that takes many
_FIELD = "f."  # before the names of a form's fields, so that they meet no other
_OPENED = "o."  # before those of what the fields held when the form was opened
_VERSION = 16  # signs of a version that tell it from others
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
    if refused := _kept_out(request):
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
    if refused := _kept_out(request):
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
    return _with_session(
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
            token=_token(request),
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


def _coders(plan: Plan) -> list[tuple[str, str]]:
    """Return who may be named as the one who decides."""
    return labelled(plan, "coders", "coder")


def _writers(plan: Plan) -> list[tuple[str, str]]:
    """Return who may be named as the writer: coders, then bodies."""
    return [*_coders(plan), *labelled(plan, "bodies", "body")]


async def enter(request: Request) -> Response:
    """Check what was entered; show what would be written, or write it."""
    fields = await _sent(request, 2_000)
    given: dict[str, list[str]] = defaultdict(list)
    for key, value in fields.multi_items():
        if isinstance(value, str):
            given[key].append(value)
    whole = {key: tuple(texts) for key, texts in given.items()}
    if "save" not in whole:
        pool: Pool = request.app.state.checking
        return await pool.run(_entered, request, whole)
    name = _first(whole, "id") or _first(whole, f"{_FIELD}label.{lang_of(request)}") or ""
    return await _saving(
        request,
        _first(whole, "once"),
        name,
        lambda: _entered(request, whole),
        lambda: _form_again(request, whole, [Problem(BUSY)], 503),
    )


async def _saving(
    request: Request,
    once: str,
    name: str,
    work: Callable[[], Response],
    turn_away: Callable[[], Response],
) -> Response:
    """Return the answer of what saves, done in threads of its own; or that of `turn_away`.

    Who closed the connection meanwhile reads the outcome on the next page.
    """
    pool: Pool = request.app.state.saving
    request.state.once = once or secrets.token_urlsafe(12)
    outcomes, session = _outcomes(request), _sessions(request).name(request) or ""
    outcomes.begin(request.state.once, session, name)
    why: str | None = None
    try:
        answer = await pool.run(work)
        why = getattr(request.state, "why", "")
    except HTTPException as error:
        why = str(error.detail)
        if error.status_code != 503:
            raise
        answer = await run_in_threadpool(turn_away)
        answer.headers.update(error.headers or {})
    finally:
        outcomes.fail(request.state.once, why if await request.is_disconnected() else None)
    return answer


def _outcomes(request: Request) -> Outcomes:
    found: Outcomes = request.app.state.outcomes
    return found


async def _sent(request: Request, most: int) -> FormData:
    """Return the fields of a form as the pages send them, where anything may be written."""
    if not site_of(request).edits:
        raise HTTPException(403, "off")
    if request.headers.get("content-type", "").partition(";")[0] != _FORM:
        raise HTTPException(415, f"{_FORM} is what a form is sent as.")
    return await request.form(max_files=0, max_fields=most)


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
    if refused := _kept_out(request):
        return refused
    sent = _sent_form(given)
    if not _sessions(request).allows(request, _first(given, "token")):
        # of a server started anew, say: nothing is written, and nothing that was typed is lost
        return _form_again(request, given, [Problem("form")], 403)
    if name := _outcomes(request).written(sent.once):  # it was sent twice
        return _to_saved(request, name)
    if changed := _changed(request, sent):
        return changed
    plan, who = plan_of(request), sent.who
    wanted = form(plan, sent.kind)
    # a list from which nothing is picked sends nothing: the form has it, so it is empty
    every = {key: sent.held.get(key, ()) for one in wanted.fields for key in one.keys}
    by = _coder_key(who["agent"]) if who["agent"] and not who["by"] else who["by"]
    try:
        proposal = propose(plan, wanted, sent.name, every, by, _today(), agent=who["agent"] or None)
        if not proposal.is_valid or "change" in given:
            problems = [] if "change" in given else proposal.problems
            return _form_again(request, given, problems)
        if "save" not in given:
            return _confirm(request, wanted, sent.name, given, proposal)
        return _saved(request, proposal, sent)
    except MetrographError as error:
        return _form_again(request, given, [Problem(_told(request, error))])


def _told(request: Request, error: MetrographError) -> str:
    """Return what a page says of an error."""
    return LOCKED if isinstance(error, BusyError) else site_of(request).plainly(error)


def _saved(request: Request, proposal: Proposal, sent: Sent) -> Response:
    """Write a proposal and lead to the page of the record, or show what changed meanwhile.

    A form that is sent twice is written once: `once` is its own, and leads to what it wrote.
    """
    outcomes = _outcomes(request)
    with _writing(request):
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
            outcomes.save(request.state.once, _sessions(request).name(request) or "", name)
    return _to_saved(request, name)


def _to_saved(request: Request, name: str) -> Response:
    """Lead to the page of a record that was saved."""
    return RedirectResponse(f"{entity_address(lang_of(request), name)}?saved=1", 303)


@contextmanager
def _writing(request: Request) -> Iterator[None]:
    """Let one save of this server write at a time; raise `BusyError` where that takes long."""
    lock: threading.Lock = request.app.state.writing
    if not lock.acquire(timeout=LOCK_SECONDS):
        raise BusyError(LOCKED)
    try:
        yield
    finally:
        lock.release()


def _first(given: Mapping[str, tuple[str, ...]], key: str) -> str:
    return given.get(key, ("",))[0].strip()


def _coder_key(name: str) -> str:
    """Return the id of a new coder by a person's or a body's name.

    >>> _coder_key("Élodie, Board")
    'coder/elodie-board'
    """
    return f"coder/{as_key(name) or 'new'}"


def _today() -> date:
    return datetime.now(UTC).date()


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
        token=_token(request),
    )  # fmt: skip


async def decide(request: Request) -> Response:
    """Write a decision on a contested pair: accept or reject, by whom and why."""
    fields = await _sent(request, 20)
    given = {key: value.strip() for key, value in fields.items() if isinstance(value, str)}
    return await _saving(
        request,
        given.get("once", ""),
        given.get("activity", ""),
        lambda: _decided(request, given),
        lambda: pair(request, given, BUSY, 503),
    )


def _decided(request: Request, given: Mapping[str, str]) -> Response:
    if refused := _kept_out(request, given.get("token", "")):
        return refused
    if message := _missing(given):
        return pair(request, given, message)
    outcomes, once = _outcomes(request), request.state.once
    try:
        with _writing(request):
            if outcomes.written(once) is None:  # else it was sent twice
                if is_old := _write_decision(request, given):
                    return pair(request, given, is_old, 409)
                session = _sessions(request).name(request) or ""
                outcomes.save(once, session, given.get("activity", ""))
    except MetrographError as error:
        return pair(request, given, _told(request, error))
    named = {side: given.get(side) for side in ("activity", "category")}
    return RedirectResponse(address(lang_of(request), "/review/pair", named, done=1), 303)


def _write_decision(request: Request, given: Mapping[str, str]) -> str:
    """Write a decision; return "changed" instead where it rests on what was so before."""
    site, agent = site_of(request), given.get("agent", "")
    with locked(plan_of(request).built.folder, LOCK_SECONDS):
        request.state.plan = site.current()
        if site.problem:
            raise InputError(site.problem)
        plan = plan_of(request)
        activity, category = (plan.known(given.get(one, "")) for one in ("activity", "category"))
        seen = _seen(plan, activity, category)
        if given.get("seen", seen) != seen:
            return "changed"
        order = Order(
            by=given.get("by") or _coder_key(agent),
            accepts="accept" in given,
            because=given.get("because", ""),
            as_of=_today(),
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
    return " ".join(f"{one}={version(plan, one)[:_VERSION]}" for one in ids)


def _new_rows(plan: Plan, activity: str, category: str, seen: str) -> list[tuple[Cell, ...]]:
    """Return the rows of a pair's history that are not as they were when a form was opened."""
    known, before = _seen(plan, activity, category).split(" "), set(seen.split(" "))
    new = {one.partition("=")[0] for one in known if one not in before}
    rows = plan.history(activity, category).rows
    return [row for row in rows if isinstance(row[0], Entity) and row[0].id in new]


def _missing(given: Mapping[str, str]) -> str:
    """Return the field that a decision lacks, if it lacks one that every decision has."""
    if not given.get("because"):
        return "because"
    return "" if given.get("by") or given.get("agent") else "by"


def _sides(plan: Plan, names: Mapping[str, str]) -> list[tuple[str, Cell]]:
    """Return what each coder says of a pair, also who does not claim it."""
    table = contested(plan)
    for row in table.rows:
        pair_of = [one.id for one in row[:2] if isinstance(one, Entity)]
        if pair_of == [names["activity"], names["category"]]:
            return [(column.heading, cell) for column, cell in zip(table.columns, row, strict=True)
                    if column.name.startswith("coder/")]  # fmt: skip
    return []


def pair_page(request: Request) -> Response:
    """Return what was said of one activity and category, and the form to decide on it."""
    return pair(request, asked(request, "activity", "category"))


def pair(
    request: Request, given: Mapping[str, str], message: str = "", status: int = 422
) -> Response:
    """Return the page of a pair, with what was entered and what is wrong with it."""
    plan = plan_of(request)
    request.state.why = message
    names = {side: plan.known(given.get(side, "")) for side in ("activity", "category")}
    may = site_of(request).edits and not _kept_out(request)
    answer = page(
        request,
        "pair.html",
        status=status if message else 200,
        secret=True,
        names=names,
        once=secrets.token_urlsafe(12),
        seen=_seen(plan, **names),
        differences=_new_rows(plan, **names, seen=given.get("seen", ""))
        if message == "changed"
        else [],
        labels={side: plan.label(name) for side, name in names.items()},
        table=with_details(plan.history(names["activity"], names["category"])),
        sides=_sides(plan, names),
        done="done" in request.query_params,
        writers=_coders(plan) if may else [],
        given=given,
        message=message,
        may=may,
        token=_token(request) if may else "",
    )
    return _with_session(request, answer) if may else answer


# ---------------------------------------------------------------- who may write


def _sessions(request: Request) -> Sessions:
    found: Sessions = request.app.state.sessions
    return found


def _kept_out(request: Request, token: str | None = None) -> Response | None:
    """Return the page for who may not write, or whose form was not given by this server."""
    site, sessions = site_of(request), _sessions(request)
    if not site.edits:
        raise HTTPException(403, "off")
    if site.token is not None and sessions.name(request) is None:
        return RedirectResponse(address(lang_of(request), "/edit/enter", to=request.url.path), 303)
    if token is not None and not sessions.allows(request, token):
        raise HTTPException(403, "form")
    return None


def _token(request: Request) -> str:
    """Return the token for a form; a session without a cookie gets one with the answer."""
    return _sessions(request).token(_cookie(request))


def _cookie(request: Request) -> str:
    sessions = _sessions(request)
    if sessions.name(request):
        return request.cookies[cookie_name(request)]
    if not hasattr(request.state, "cookie"):
        request.state.cookie = sessions.new()
    return str(request.state.cookie)


def _with_session(request: Request, answer: Response) -> Response:
    """Give a browser the cookie of its session, if it has none."""
    if not _sessions(request).name(request):
        _set_cookie(request, answer, _cookie(request))
    return answer


def _set_cookie(request: Request, answer: Response, value: str) -> None:
    answer.set_cookie(
        cookie_name(request),
        value,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


def ask_word(request: Request) -> Response:
    """Return the page that asks for the token of the server."""
    if not site_of(request).edits:
        raise HTTPException(403, "off")
    return page(request, "enter.html", secret=True, wrong=False)


async def check_word(request: Request) -> Response:
    """Let in who knows the token of the server."""
    fields = await _sent(request, 5)
    given = fields.get("word")
    if not isinstance(given, str) or not _sessions(request).knows(given):
        return await run_in_threadpool(page, request, "enter.html", 403, True, wrong=True)
    answer = RedirectResponse(address(lang_of(request), "/edit"), 303)
    _set_cookie(request, answer, _sessions(request).new())
    return answer
