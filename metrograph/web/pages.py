"""What all pages share: renders a request and values as an HTML page or a download."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from metrograph.messages import LANGUAGES, in_language, translations, word
from metrograph.plan import Plan
from metrograph.query.answers import Id
from metrograph.query.asking import tabled
from metrograph.report.omissions import sentence_of_files
from metrograph.store.cache import cache_folder
from metrograph.tables.cell import is_number, spoken
from metrograph.tables.html import attribute, finalizer
from metrograph.tables.table import FORMATS, Cell, Entity, Table
from metrograph.text import lines
from metrograph.web.outcomes import Outcome, Outcomes
from metrograph.web.shelves import functions, seen_of
from metrograph.web.site import Site, State
from metrograph.web.sparkline import sparklines

TEMPLATES = Path(__file__).parent / "templates"
LANGUAGE_NAMES = {"en": "English", "fr": "Français", "es": "Español"}
ROWS = 200  # of a table on a page; a file holds all
_OTHERS_WRITE = 0o022
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "xlsx": _XLSX,
}


def site_of(request: Request) -> Site:
    """Return the site that a request asks."""
    site: Site = request.app.state.site
    return site


def state_of(request: Request) -> State:
    """Return the plan as it was when the request first asked: all it shows is of one time."""
    if not hasattr(request.state, "plan"):
        request.state.plan = site_of(request).state
    state: State = request.state.plan
    return state


def first_value(fields: Mapping[str, tuple[str, ...]], key: str) -> str:
    """Return what a field of a form holds, or the empty text where it holds nothing."""
    return next(iter(fields.get(key, ())), "").strip()


def lang_of(request: Request) -> str:
    """Return the language in a request's address."""
    return str(request.path_params["lang"])


def plan_of(request: Request) -> Plan:
    """Return the plan in the language of the request."""
    return state_of(request).plan(lang_of(request))


def asked(request: Request, *names: str) -> dict[str, str]:
    """Return what the address asks for under these names; what is empty is left out."""
    return {name: value for name in names if (value := request.query_params.get(name, "").strip())}


def address(lang: str, path: str, query: Mapping[str, object] | None = None, **more: object) -> str:
    """Return the address of a page: what is None or empty is left out of the query.

    >>> address("fr", "/coverage", {"year": 2023, "line": ""})
    '/fr/coverage?year=2023'
    """
    values = {**(query or {}), **more}
    chosen = {name: value for name, value in values.items() if value not in (None, "")}
    return f"/{lang}{path}" + (f"?{urlencode(chosen, doseq=True)}" if chosen else "")


def entity_address(lang: str, name: str) -> str:
    """Return the address of the page of a record.

    >>> entity_address("en", "source/report#line=1,2")
    '/en/entity/source/report%23line%3D1%2C2'
    """
    return f"/{lang}/entity/{quote(name, safe='/')}"


@cache
def environment(lang: str) -> jinja2.Environment:
    """Return the templates in a language; every value is escaped.

    A value in another language is marked with it. Where only text can stand (attributes, options,
    titles), a template writes it as `plain`, and `tongue` gives the element's language.
    """
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalizer(lang),
        bytecode_cache=_compiled(),
    )
    words = translations(lang)
    made.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        words.gettext, words.ngettext, newstyle=True
    )
    made.globals.update(
        lang=lang,
        languages=LANGUAGE_NAMES,
        word=lambda key: word(key, lang),
        in_language=lambda text: in_language(text, lang),
        url=lambda path, query=None, **more: address(lang, path, query, **more),
        entity_url=lambda name: entity_address(lang, name),
        tongue=lambda text: Markup(attribute(text, lang)),  # noqa: S704  escaped by it
    )
    made.filters["plain"] = str
    made.filters["spoken"] = lambda number: spoken(number, lang)
    made.filters["pieces"] = lambda cell: list(pieces(cell, lang))
    made.tests["entity"] = lambda cell: isinstance(cell, Entity)
    made.tests["number"] = is_number
    return made


def _compiled() -> jinja2.BytecodeCache | None:
    """Return where compiled templates are kept from one start to the next, if they can be.

    Only in a folder of the user's own: what lies there is run (Jinja's warning on it).
    """
    folder = cache_folder() / "pages"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_own = not hasattr(os, "getuid") or (
            folder.stat().st_uid == os.getuid() and not folder.stat().st_mode & _OTHERS_WRITE
        )
    except OSError:
        return None
    if not (is_own and os.access(folder, os.W_OK)):
        return None
    return jinja2.FileSystemBytecodeCache(str(folder))


def pieces(cell: Cell, lang: str) -> Iterator[str]:
    """Yield the lines of a cell that is not a record, as people read them."""
    if isinstance(cell, bool):
        yield word("yes" if cell else "no", lang)
    elif is_number(cell):
        yield spoken(cell, lang)  # type: ignore[arg-type]  # is_number says so
    elif cell is not None:
        yield from lines(cell if isinstance(cell, str) else str(cell))


def page(
    request: Request, template: str, status: int = 200, secret: bool = False, **values: Any
) -> Response:
    """Return a page made from a template; a `secret` one is kept nowhere, nor a private passage."""
    lang = lang_of(request)
    state = state_of(request)
    plan = state.plan(lang)
    rest = request.url.path.removeprefix(f"/{lang}") or "/"
    query = request.url.query
    outcomes = unseen(request) if secret or getattr(request.state, "is_personal", False) else []
    text = (
        environment(lang)
        .get_template(template)
        .render(
            plan=plan,
            plan_label=state.known(("label", lang), lambda: plan.label(plan.iri)),
            here=rest,
            others={
                other: f"/{other}{rest}" + (f"?{query}" if query else "") for other in LANGUAGES
            },
            edits=site_of(request).edits,
            unread=state.known(("unread", lang), lambda: sentence_of_files(plan)),
            notice=getattr(request.state, "notice", None),
            outcomes=outcomes,
            leave=_leave(request) if secret else "",
            sparklines=lambda name: sparklines(plan, str(name)),
            **functions(request, state, lang),
            **values,
        )
    )
    headers = {"Content-Language": lang}
    if secret or outcomes or seen_of(request, state).has_private:
        headers["Cache-Control"] = "no-store"
    return Response(text, status, headers, "text/html; charset=utf-8")


def _leave(request: Request) -> str:
    """Return the token of the form to sign out, where the session of a request was signed in."""
    sessions = request.app.state.sessions
    name = sessions.name(request) if site_of(request).token is not None else None
    return str(sessions.token(name)) if name else ""


def unseen(request: Request) -> list[Outcome]:
    """Return what became of what the request's session saved, where it has not seen that."""
    session = request.app.state.sessions.name(request)
    outcomes: Outcomes = request.app.state.outcomes
    return outcomes.take(session, getattr(request.state, "once", "")) if session else []


def file(table: Table, form: str, name: str, left: Mapping[str, object] | None = None) -> Response:
    """Return a table as a file to keep: csv, json, md or xlsx; JSON says what it leaves out."""
    if form not in _FILES:
        raise HTTPException(404)
    mark = "\ufeff" if form == "csv" else ""  # by this Excel knows that it is UTF-8
    if form == "json":
        content: str | bytes = table.to_json(left)
    else:
        content = table.to_xlsx() if form == "xlsx" else mark + FORMATS[form](table)
    safe = "".join(char if char.isalnum() else "-" for char in name).strip("-") or "table"
    disposition = f"attachment; filename*=UTF-8''{quote(f'{safe}.{form}')}"
    return Response(content, headers={"Content-Disposition": disposition}, media_type=_FILES[form])


def value_cell(plan: Plan, value: object) -> Cell:
    """Return a value of a row as a cell: an id with its label."""
    if isinstance(value, Id):
        return Entity(str(value), plan.label(str(value)))
    return value  # type: ignore[return-value]  # rows hold nothing else


def table_of(
    plan: Plan, title: str, rows: Iterable[Mapping[str, Any]], names: Sequence[str]
) -> Table:
    """Return rows of the library as a table with these columns, under the library's headings."""
    cells = tuple(tuple(value_cell(plan, row[name]) for name in names) for row in rows)
    return tabled(title, names, cells, plan.lang)
