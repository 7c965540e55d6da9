"""Decides whether a request may write, by its session and token."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.errors import Text
from metrograph.messages import in_language
from metrograph.web.clients import client_of
from metrograph.web.pages import address, lang_of, page, site_of
from metrograph.web.sessions import HOURS, Guesses, Sessions, cookie_name

_FORM = "application/x-www-form-urlencoded"


def sessions_of(request: Request) -> Sessions:
    """Return the sessions of this server."""
    sessions: Sessions = request.app.state.sessions
    return sessions


def kept_out(request: Request, token: str | None = None) -> Response | None:
    """Return the page for who may not write, or whose form was not given by this server."""
    site, sessions = site_of(request), sessions_of(request)
    if not site.edits:
        raise HTTPException(403, "off")
    if is_signed_out(request):
        return RedirectResponse(address(lang_of(request), "/edit/enter", to=request.url.path), 303)
    if token is not None and not sessions.allows(request, token):
        raise HTTPException(403, "form")
    return None


def is_signed_out(request: Request) -> bool:
    """Return whether a word is asked for, and the request has no session, or one that ended."""
    return site_of(request).token is not None and sessions_of(request).name(request) is None


def token_of(request: Request) -> str:
    """Return the token for a form; a session without a cookie gets one with the answer.

    Where the server asks for a word, only who knows it gets a session: until then, no token is any.
    """
    if is_signed_out(request):
        return ""
    return sessions_of(request).token(_cookie(request))


def _cookie(request: Request) -> str:
    sessions = sessions_of(request)
    if sessions.name(request):
        return request.cookies[cookie_name(request)]
    if not hasattr(request.state, "cookie"):
        request.state.cookie = sessions.new()
    return str(request.state.cookie)


def with_session(request: Request, answer: Response) -> Response:
    """Give a browser the cookie of its session, if it has none and needs no word for it."""
    if not is_signed_out(request) and not sessions_of(request).name(request):
        _set_cookie(request, answer, _cookie(request))
    return answer


def _set_cookie(request: Request, answer: Response, value: str) -> None:
    answer.set_cookie(
        cookie_name(request),
        value,
        httponly=True,
        samesite="strict",
        max_age=HOURS * 3600,
        secure=request.url.scheme == "https",
    )


def ask_word(request: Request) -> Response:
    """Return the page that asks for the token of the server."""
    if not site_of(request).edits:
        raise HTTPException(403, "off")
    return page(request, "enter.html", secret=True, wrong=False, wait=0)


async def check_word(request: Request) -> Response:
    """Let in who knows the token of the server; who guesses waits longer each time."""
    fields = await sent_fields(request, 5)
    typed = fields.get("word")
    guesses: Guesses = request.app.state.guesses
    is_right, wait = guesses.allows(
        client_of(request.scope),
        lambda: isinstance(typed, str) and sessions_of(request).knows(typed),
    )
    if is_right:
        answer: Response = RedirectResponse(address(lang_of(request), "/edit"), 303)
        _set_cookie(request, answer, sessions_of(request).new())
        return answer

    def refused() -> Response:
        return page(request, "enter.html", 429 if wait else 403, secret=True, wrong=True, wait=wait)

    answer = await run_in_threadpool(refused)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


async def sign_out(request: Request) -> Response:
    """End the session of a request, and lead to the overview."""
    fields = await sent_fields(request, 5)
    sessions, token = sessions_of(request), fields.get("token")
    name = sessions.name(request)
    if name and not (isinstance(token, str) and sessions.allows(request, token)):
        raise HTTPException(403, "form")
    if name and site_of(request).token is not None:
        sessions.end(name)
    answer = RedirectResponse(address(lang_of(request), "/"), 303)
    answer.delete_cookie(cookie_name(request), httponly=True, samesite="strict")
    return answer


async def sent_fields(request: Request, most: int) -> FormData:
    """Return the fields of a form as the pages send them, where anything may be written."""
    if not site_of(request).edits:
        raise HTTPException(403, "off")
    if request.headers.get("content-type", "").partition(";")[0] != _FORM:
        problem = Text.of("Send the form as {media_type}.", media_type=_FORM)
        raise HTTPException(415, in_language(problem, lang_of(request)))
    return await request.form(max_files=0, max_fields=most)
