"""Takes a decision from a form: refuses it, returns the form with the fault, or writes it once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.errors import InputError, MetrographError
from metrograph.store.writing import locked
from metrograph.web.access import is_signed_out, kept_out, sessions_of
from metrograph.web.pages import plan_of, site_of
from metrograph.web.saving import (
    LOCK_SECONDS,
    outcomes_of,
    save_values,
    word_error,
    writing,
)

SIGNED_OUT, _OLD_FORM = "signed_out", "form"  # why a form comes back with all that was entered
Values = Mapping[str, str]


@dataclass(frozen=True)
class DecisionForm:
    """A form that takes a decision.

    `field` names what is decided on. `show` returns the form with what was entered, what is wrong
    with it, and a status. `write` writes the decision to the locked plan, or returns "changed" if
    it rests on what was so before. `address` is the page that a decision leads to.
    """

    field: str
    show: Callable[[Request, Values, str, int], Response]
    write: Callable[[Request, Values], str]
    address: Callable[[Request, Values], str]


async def decide(request: Request, form: DecisionForm) -> Response:
    """Write the decision that a form sends, and lead on; or return the form with the fault."""
    return await save_values(request, form.field, partial(_decided, form), form.show)


def _decided(form: DecisionForm, request: Request, values: Values) -> Response:
    if refused := _refusal(request, values, form):
        return refused
    if message := _missing(values):
        return form.show(request, values, message, 422)
    outcomes, once = outcomes_of(request), request.state.once
    try:
        with writing(request):
            if outcomes.written(once) is None:  # else it was sent twice
                if is_old := _write(request, values, form):
                    return form.show(request, values, is_old, 409)
                session = sessions_of(request).name(request) or ""
                outcomes.save(once, session, values.get(form.field, ""))
    except MetrographError as error:
        return form.show(request, values, word_error(request, error), 422)
    return RedirectResponse(form.address(request, values), 303)


def _refusal(request: Request, values: Values, form: DecisionForm) -> Response | None:
    """Return the form with all that was entered, for who may not write, or not by this form."""
    if site_of(request).edits and is_signed_out(request):
        return form.show(request, values, SIGNED_OUT, 403)  # waits for who signs in elsewhere
    if refused := kept_out(request):
        return refused
    if not sessions_of(request).allows(request, values.get("token", "")):
        return form.show(request, values, _OLD_FORM, 403)  # of a server started again, say
    return None


def _missing(values: Values) -> str:
    """Return the field that a decision lacks, if it lacks one that every decision has."""
    if not values.get("because"):
        return "because"
    return "" if values.get("by") or values.get("agent") else "by"


def _write(request: Request, values: Values, form: DecisionForm) -> str:
    """Write a decision to the plan as it is now, which nobody else changes meanwhile."""
    site = site_of(request)
    with locked(plan_of(request).built.folder, LOCK_SECONDS):
        request.state.plan = site.current()
        if site.problem:
            raise InputError(site.problem)
        return form.write(request, values)
