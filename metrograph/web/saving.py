"""Saves what forms send: one save at a time, within seconds."""

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.errors import BusyError, MetrographError
from metrograph.messages import in_language
from metrograph.text import as_key
from metrograph.web.access import sent_fields, sessions_of
from metrograph.web.outcomes import Outcomes
from metrograph.web.pages import lang_of, site_of
from metrograph.web.pools import BUSY, Pool

LOCKED = "locked"  # what pages say in the reader's language of a plan that is being changed
_FIELDS = 20  # of a form of single values; none has so many
LOCK_SECONDS = 5.0  # that a save waits for another process to finish its change


async def saving(
    request: Request,
    once: str,
    name: str,
    work: Callable[[], Response],
    turn_away: Callable[[], Response],
) -> Response:
    """Return the answer of what saves, done in threads of its own; or that of `turn_away`.

    `once` is the form with its content (`content_key`), `name` the record that it is about. Who
    closed the connection meanwhile reads the outcome on the next page.
    """
    pool: Pool = request.app.state.saving
    request.state.once = once
    outcomes, session = outcomes_of(request), sessions_of(request).name(request)
    if session:
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


async def save_values(
    request: Request,
    field: str,
    work: Callable[[Request, Mapping[str, str]], Response],
    show: Callable[[Request, Mapping[str, str], str, int], Response],
) -> Response:
    """Return the answer of `work` to a form whose fields hold one value each.

    `field` holds the record that the form is about. `show` returns the form again, with what was
    entered, a message and a status.
    """
    fields = await sent_fields(request, _FIELDS)
    values = {key: value.strip() for key, value in fields.items() if isinstance(value, str)}
    return await saving(
        request,
        content_key(values.get("once", ""), values),
        values.get(field, ""),
        lambda: work(request, values),
        lambda: show(request, values, BUSY, 503),
    )


def content_key(once: str, values: Mapping[str, str | tuple[str, ...]]) -> str:
    """Return what two forms share that are the same form with the same content.

    `once` is the form's own word. Who goes back, changes the form and sends it again means it.
    """
    content = {key: value for key, value in values.items() if key not in ("token", "seen")}
    return hashlib.sha256(
        repr((once or secrets.token_hex(), sorted(content.items()))).encode()
    ).hexdigest()


def outcomes_of(request: Request) -> Outcomes:
    """Return what became of the forms that were sent to this server."""
    outcomes: Outcomes = request.app.state.outcomes
    return outcomes


def word_error(request: Request, error: MetrographError) -> str:
    """Return what a page says of an error."""
    if isinstance(error, BusyError):
        return LOCKED
    return in_language(site_of(request).plainly(error), lang_of(request))


@contextmanager
def writing(request: Request) -> Iterator[None]:
    """Let one save of this server write at a time; raise `BusyError` where that takes long."""
    lock: threading.Lock = request.app.state.writing
    if not lock.acquire(timeout=LOCK_SECONDS):
        raise BusyError(LOCKED)
    try:
        yield
    finally:
        lock.release()


def coder_key(name: str) -> str:
    """Return the id of a new coder by a person's or a body's name.

    >>> coder_key("Élodie, Board")
    'coder/elodie-board'
    """
    return f"coder/{as_key(name) or 'new'}"


def today() -> date:
    """Return the day that records are stamped with."""
    return datetime.now(UTC).date()
