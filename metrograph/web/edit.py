"""Forms to add and edit records: shows them, checks entries, reports conflicts, and writes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.editing.countries import with_countries
from metrograph.editing.facts import Problem
from metrograph.editing.forms import Form, form, kind_of, values
from metrograph.editing.making import with_made
from metrograph.editing.proposals import Proposal, propose, version
from metrograph.editing.saving import save
from metrograph.errors import Conflict, MetrographError
from metrograph.plan import Plan
from metrograph.web.access import is_signed_out, kept_out, sent_fields, sessions_of, token_of
from metrograph.web.aligned import ALIGNED, addressed, claims_of
from metrograph.web.entries import FIELD
from metrograph.web.kinds import USUAL
from metrograph.web.merging import merged
from metrograph.web.pages import (
    asked,
    entity_address,
    first_value,
    lang_of,
    page,
    plan_of,
    site_of,
)
from metrograph.web.pools import BUSY, Pool
from metrograph.web.preview import changes, renamed_names, saved_with
from metrograph.web.record_form import by_id, show_form
from metrograph.web.saving import (
    LOCK_SECONDS,
    coder_key,
    content_key,
    outcomes_of,
    saving,
    today,
    word_error,
    writing,
)
from metrograph.web.sent import Sent, joined, sent_form
from metrograph.web.writers import known_writer


def open_form(request: Request) -> Response:
    """Return the form of a new record, or of one that exists."""
    if refused := kept_out(request):
        return refused
    plan = plan_of(request)
    wanted_ = asked(request, "id", "kind")
    name = plan.known(wanted_["id"]) if "id" in wanted_ else None
    wanted = _form(plan, _kind(plan, name) if name else wanted_.get("kind", USUAL))
    held = dict(values(plan, name)) if name else {}
    if not name:  # what the link says is filled in, and what can only be one thing is chosen
        held |= {
            key: (value,)
            for key, value in request.query_params.items()
            if "." not in key and key != "kind"
        }
        held |= {
            field.name: (field.choices[0][0],)
            for field in wanted.fields
            if field.required and len(field.choices) == 1 and field.name not in held
        }
    return show_form(
        request,
        wanted,
        name,
        held,
        version(plan, name),
        opened=held if name else None,
        claims=claims_of(request.query_params),
    )


def _kind(plan: Plan, name: str) -> str:
    """Return the kind of a record for which there is a form."""
    if kind := kind_of(plan, name):
        return kind
    raise HTTPException(404, "no_form")


def _form(plan: Plan, kind: str) -> Form:
    """Return the form of a kind as pages show it: with the countries of the world."""
    return with_countries(plan, form(plan, kind))


async def enter(request: Request) -> Response:
    """Check what was entered; show what would be written, or write it."""
    fields = await sent_fields(request, 2_000)
    fields_: dict[str, list[str]] = defaultdict(list)
    for key, value in fields.multi_items():
        if isinstance(value, str):
            fields_[key].append(value)
    whole = joined({key: tuple(texts) for key, texts in fields_.items()})
    if "save" not in whole:
        pool: Pool = request.app.state.checking
        return await pool.run(_entered, request, whole)
    name = first_value(whole, "id") or first_value(whole, f"{FIELD}label.{lang_of(request)}") or ""
    return await saving(
        request,
        content_key(first_value(whole, "once"), whole),
        name,
        lambda: _entered(request, whole),
        lambda: _form_again(request, whole, [Problem(BUSY)], 503),
    )


def _form_again(
    request: Request,
    sent_fields: Mapping[str, tuple[str, ...]],
    problems: Sequence[Problem],
    status: int = 422,
) -> Response:
    """Return a form with all that was entered, and what is wrong with it."""
    sent = sent_form(sent_fields)
    wanted = _form(plan_of(request), sent.kind)
    return show_form(
        request,
        wanted,
        sent.name,
        sent.held,
        sent.seen,
        opened=sent.opened,
        problems=problems,
        who=sent.who,
        status=status,
        claims=sent.claims,
        named=sent.named,
    )


def _changed(request: Request, sent: Sent) -> Response | None:
    """Return the form with what changed in its record since it was opened, if anything did.

    What the person entered is kept, and what they left as it was follows the record.
    """
    plan = plan_of(request)
    now = version(plan, sent.name)
    if sent.name is None or sent.seen == now:
        return None
    wanted = _form(plan, sent.kind)
    if not now:  # it can only be added again
        return show_form(
            request,
            wanted,
            None,
            sent.held,
            "",
            problems=[Problem("gone")],
            who=sent.who,
            status=409,
            named=sent.named,
        )
    current = values(plan, sent.name)
    shown, differences = merged(wanted, sent.opened, current, sent.held)
    return show_form(
        request,
        wanted,
        sent.name,
        shown,
        now,
        opened=current,
        who=sent.who,
        status=409,
        differences=differences,
        named=sent.named,
    )


def _entered(  # noqa: PLR0911  each way that a form can go is an answer of its own
    request: Request, sent_fields: Mapping[str, tuple[str, ...]]
) -> Response:
    if site_of(request).edits and is_signed_out(request) and "kind" in sent_fields:
        # nothing that was typed is lost: the form waits for who signs in on another page
        return _form_again(request, sent_fields, [Problem("signed_out")], 403)
    if refused := kept_out(request):
        return refused
    sent = sent_form(sent_fields)
    if not sessions_of(request).allows(request, first_value(sent_fields, "token")):
        # of a server started anew, say: nothing is written, and nothing that was typed is lost
        return _form_again(request, sent_fields, [Problem("form")], 403)
    if "save" in sent_fields and (name := outcomes_of(request).written(request.state.once)):
        return _to_saved(request, name)  # it was sent twice
    if changed := _changed(request, sent):
        return changed
    try:
        wanted, proposal = _proposed(request, sent)
        if "change" in sent_fields or not proposal.is_valid:
            problems = () if "change" in sent_fields else proposal.problems
            return _form_again(request, sent_fields, problems)
        if "save" not in sent_fields:
            return _confirm(request, wanted, sent.name, sent_fields, proposal)
        return _saved(request, proposal, sent)
    except MetrographError as error:
        return _form_again(request, sent_fields, [Problem(word_error(request, error))])


def _proposed(request: Request, sent: Sent) -> tuple[Form, Proposal]:
    """Return what a form that was sent proposes, and the form with the records that it names."""
    plan, agent = plan_of(request), sent.who["agent"] or None
    wanted = _form(plan, sent.kind)
    # a list from which nothing is picked sends nothing: the form has it, so it is empty
    known = by_id(request, wanted, sent.held)
    values_: Mapping[str, Sequence[str]] = {
        key: known.get(key, ()) for field in wanted.fields for key in field.keys
    }
    by = sent.who["by"] or ((known_writer(plan, agent) or coder_key(agent)) if agent else "")
    wanted, values_, made = with_made(plan, wanted, values_, sent.named, by, today(), agent)
    is_aligned = sent.kind in ALIGNED and not sent.name
    along = addressed(plan, sent.claims, today()) if is_aligned else None
    proposal = propose(
        plan, wanted, sent.name, values_, by, today(), agent=agent, made=made, along=along
    )
    return wanted, proposal


def _saved(request: Request, proposal: Proposal, sent: Sent) -> Response:
    """Write a proposal and lead to the page of the record, or show what changed meanwhile.

    A form that is sent twice as it is is written once, and leads to what it wrote.
    """
    outcomes = outcomes_of(request)
    with writing(request):
        name = outcomes.written(request.state.once)
        if name is None:
            name = proposal.id
            try:
                built = plan_of(request).built
                save(built.folder, proposal, sent.seen, LOCK_SECONDS, built)
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


def _confirm(
    request: Request,
    wanted: Form,
    name: str | None,
    sent_fields: Mapping[str, tuple[str, ...]],
    proposal: Proposal,
) -> Response:
    return page(
        request,
        "edit-confirm.html",
        secret=True,
        form=wanted,
        name=name,
        proposal=proposal,
        changes=changes(plan_of(request), wanted, proposal),
        along=saved_with(plan_of(request), proposal),
        renamed=renamed_names(plan_of(request), proposal),
        given=[
            (key, text)
            for key, texts in sent_fields.items()
            for text in texts
            if key not in ("token", "check", "save", "change")
        ],
        token=token_of(request),
    )
