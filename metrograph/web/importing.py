"""The pages that import a spreadsheet: upload it, see what it changes, and accept that."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from metrograph.exchange.workbook.forms import KINDS, title
from metrograph.plan import Plan
from metrograph.reading import notices
from metrograph.text import as_key
from metrograph.web import upload_work
from metrograph.web.access import kept_out, sent_fields, sessions_of, token_of, with_session
from metrograph.web.pages import ROWS, address, lang_of, page, plan_of, site_of
from metrograph.web.uploads import WORKING, Choices, Stage, Upload, Uploads
from metrograph.web.writers import remembered, writers

_ENDINGS = (".xlsx", ".csv", ".tsv", ".txt")
_LONGEST_NAME = 100
_FIELDS = 10  # of the forms of these pages; none has so many
_FEWEST_STEPS = 2  # seconds after which a page with progress is loaded again


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell: its place, what stands in it, and why it cannot be taken."""

    where: str
    cell: str
    message: str


def open_page(request: Request) -> Response:
    """Return the page to upload a spreadsheet."""
    return kept_out(request) or _start(request)


def _start(
    request: Request, message: str = "", status: int = 200, choices: Choices | None = None
) -> Response:
    plan = plan_of(request)
    answer = page(
        request,
        "import.html",
        status=status,
        secret=True,
        message=message,
        choices=choices or Choices(coder=_remembered_name(request, plan)),
        token=token_of(request),
        **_offered(plan),
    )
    return with_session(request, answer)


def _remembered_name(request: Request, plan: Plan) -> str:
    name = remembered(request)
    return plan.label(name) if name else ""


def _offered(plan: Plan) -> dict[str, object]:
    """Return what the forms of an import offer."""
    return {
        "kinds": [(kind, title(kind, plan.lang)) for kind in KINDS],
        "writers": writers(plan),
        "endings": ",".join(_ENDINGS),
    }


async def upload(request: Request) -> Response:
    """Take a spreadsheet, begin to compare it with the plan, and lead to its page."""
    if refused := await run_in_threadpool(kept_out, request):  # before a large file is read
        return refused
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(415, "form")
    async with request.form(max_files=1, max_fields=_FIELDS) as fields:
        file = fields.get("file")
        data = await file.read() if isinstance(file, UploadFile) else b""
        name = _plain_name(file.filename or "") if isinstance(file, UploadFile) else ""
    return await run_in_threadpool(_taken, request, _texts(fields), name, data)


def _taken(request: Request, values: Mapping[str, str], name: str, data: bytes) -> Response:
    chosen = _choices(values)
    session = sessions_of(request).name(request)
    if session is None or not sessions_of(request).allows(request, values.get("token", "")):
        return _start(request, "form", 403, chosen)
    if not data:
        return _start(request, "empty", 422, chosen)
    if not name.lower().endswith(_ENDINGS):
        return _start(request, "ending", 422, chosen)
    uploads = _uploads(request)
    key = uploads.add(session, name, data, chosen, lang_of(request))
    if key is None:
        return _start(request, "busy", 503, chosen)
    _begin(request, key, Stage.COMPARING, chosen)
    return _lead_to(request, key)


def _plain_name(name: str) -> str:
    r"""Return the last part of a file's name as it can stand anywhere.

    >>> _plain_name("C:\\lists\\Mes activités (1).CSV"), _plain_name("../<b>.xlsx")
    ('Mes activités (1).csv', 'b.xlsx')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    path = PurePosixPath("".join(c for c in last if c.isalnum() or c in " ._-()"))
    stem = path.stem.strip(" .")[:_LONGEST_NAME]
    return f"{stem if as_key(stem) else 'list'}{path.suffix.lower()}"


def _texts(fields: FormData) -> dict[str, str]:
    return {key: value.strip() for key, value in fields.items() if isinstance(value, str)}


def _choices(values: Mapping[str, str]) -> Choices:
    kind = values.get("kind", "")
    return Choices(
        kind if kind in KINDS else "",
        " ".join(values.get("coder", "").split())[:_LONGEST_NAME],
        "removes" in values,
        "places" in values,
    )


def _uploads(request: Request) -> Uploads:
    uploads: Uploads = request.app.state.uploads
    return uploads


def _begin(request: Request, key: str, stage: Stage, choices: Choices) -> None:
    """Begin to compare or to save an upload, unless that is under way."""
    uploads = _uploads(request)
    begun = uploads.begin(key, stage, choices, lang_of(request))
    if begun:
        work = upload_work.save if stage is Stage.SAVING else upload_work.compare
        uploads.start(partial(work, site_of(request), note=uploads.update), begun)


def _lead_to(request: Request, key: str) -> Response:
    return RedirectResponse(address(lang_of(request), f"/import/{key}"), 303)


def _upload_of(request: Request) -> Upload:
    """Return the upload of a request's address and session, or answer 404."""
    held = _uploads(request).settled(request.path_params["key"], sessions_of(request).name(request))
    if held is None:
        raise HTTPException(404, "upload_gone")
    return held


def show(request: Request) -> Response:
    """Return what an upload would change, how far the work on it has come, or its outcome."""
    if refused := kept_out(request):
        return refused
    held = _upload_of(request)
    if held.stage in (Stage.REVIEW, Stage.REFUSED) and held.lang != lang_of(request):
        _begin(request, held.key, Stage.COMPARING, held.choices)  # its words are in a language
        held = _upload_of(request)
    return _page(request, held)


def _page(request: Request, held: Upload, message: str = "", status: int = 200) -> Response:
    plan, result = plan_of(request), held.result
    return page(
        request,
        "import-review.html",
        status=status,
        secret=True,
        upload=held,
        stage=held.stage.value,
        is_working=held.stage in WORKING,
        seconds=_FEWEST_STEPS,
        message=message or held.message,
        choices=held.choices,
        result=result,
        faults=[
            Fault(fault.where, result.cells.get(fault.where, ""), fault.message)
            for fault in result.faults
        ]
        if result
        else [],
        remarks=list(notices.lines(result.remarks, plan.lang)) if result else [],
        places=result.places if result else (),
        untranslated=len(result.untranslated(plan.built.languages)) if result else 0,
        rows=ROWS,
        token=token_of(request),
        **_offered(plan),
    )


async def carry_out(request: Request) -> Response:
    """Import an upload, compare it again with other choices, or drop it."""
    fields = await sent_fields(request, _FIELDS)
    return await run_in_threadpool(_carried_out, request, _texts(fields))


def _carried_out(request: Request, values: Mapping[str, str]) -> Response:
    if refused := kept_out(request):
        return refused
    held = _upload_of(request)
    if not sessions_of(request).allows(request, values.get("token", "")):
        return _page(request, held, "form", 403)
    if "drop" in values:
        _uploads(request).forget(held.key)
        return RedirectResponse(address(lang_of(request), "/import"), 303)
    if "again" in values:
        _begin(request, held.key, Stage.COMPARING, _choices(values))
    elif "accept" in values and _can_be_saved(held):
        _begin(request, held.key, Stage.SAVING, held.choices)
    return _lead_to(request, held.key)


def _can_be_saved(held: Upload) -> bool:
    return bool(
        held.stage is Stage.REVIEW
        and held.result
        and not held.result.faults
        and held.result.changes.texts
    )
