"""Compares an uploaded spreadsheet with the served plan, and imports it: the work of a thread."""

import logging
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from metrograph.errors import BusyError, MetrographError
from metrograph.exchange.workbook import importing, saving, summary
from metrograph.exchange.workbook.headings import KindError
from metrograph.exchange.workbook.own_list import CODER_PLACE, CoderError
from metrograph.messages import in_language, word
from metrograph.plan import Plan
from metrograph.tables.table import Cell, Entity, Table
from metrograph.web.saving import today
from metrograph.web.site import Site
from metrograph.web.uploads import Choices, Stage, Upload
from metrograph.web.writers import known_writer

NO_CODER, BUSY, CHANGED = "coder", "locked", "changed"  # what pages put into words
_LIST = "Activity"  # what the rows are taken for of a list whose headings no form has
_FOLDER = re.compile(r"/metrograph-[^/\s]+/")  # where an upload lies while it is read
_log = logging.getLogger("metrograph.web")


def compare(site: Site, upload: Upload, note: Callable[[Upload], None]) -> Upload:
    """Return an upload with what it would change in the plan as it is now, or why it is refused.

    `note` takes the upload with each step.
    """
    try:
        state = site.current()
        plan = state.plan(upload.lang)
        choices, result = _read(plan, upload, note)
    except CoderError:
        return replace(upload, stage=Stage.REFUSED, step="", message=NO_CODER)
    except Exception as error:
        return replace(upload, stage=Stage.REFUSED, step="", message=_why(site, upload, error))
    return replace(
        upload,
        stage=Stage.REVIEW,
        step="",
        choices=choices,
        digest=state.digest,
        result=result,
        table=_table(plan, result, "changes"),
    )


def save(site: Site, upload: Upload, note: Callable[[Upload], None]) -> Upload:
    """Return an upload whose changes are written, or that is shown again because it cannot be.

    Where the plan has changed since it was compared, it is compared again, and written only if it
    still changes the same.
    """
    checked = upload
    if site.current().digest != upload.digest:
        checked = compare(site, upload, note)
        if not _is_same(checked, upload):
            return replace(checked, message=checked.message or CHANGED)
    if checked.result is None or checked.result.faults:
        return replace(checked, stage=Stage.REVIEW, step="")
    plan = site.plan(upload.lang)
    try:
        saving.save(plan, checked.result.changes)
    except BusyError:
        return replace(checked, stage=Stage.REVIEW, step="", message=BUSY)
    except Exception as error:
        again = compare(site, upload, note)
        return replace(again, message=again.message or _why(site, upload, error))
    table = _table(plan, checked.result, "changes_made")
    return replace(checked, stage=Stage.SAVED, step="", data=b"", table=table)


def _read(
    plan: Plan, upload: Upload, note: Callable[[Upload], None]
) -> tuple[Choices, importing.Result]:
    """Return the choices as they are used, and what the file changes."""
    choices = upload.choices
    with tempfile.TemporaryDirectory(prefix="metrograph-") as name:
        path = Path(name) / upload.name
        path.write_bytes(upload.data)

        def step(text: str) -> None:
            note(replace(upload, step=_FOLDER.sub("", text.replace(tempfile.gettempdir(), ""))))

        writer = known_writer(plan, choices.coder) if choices.coder else None

        def read(kind: str | None) -> importing.Result:
            return importing.result(
                plan,
                path,
                today(),
                kind,
                plan.ids.iri(writer) if writer else None,
                choices.removes,
                choices.coder or None,
                step,
                creates_places=choices.creates_places,
            )

        try:
            return choices, read(choices.kind or None)
        except KindError:
            if choices.kind:
                raise
            return replace(choices, kind=_LIST), read(_LIST)


def _is_same(checked: Upload, other: Upload) -> bool:
    return bool(
        checked.stage is Stage.REVIEW
        and checked.result
        and other.result
        and checked.result.changes.changes == other.result.changes.changes
        and not checked.result.faults
    )


def _table(plan: Plan, result: importing.Result, title: str) -> Table:
    """Return what an import changes; records that are not there yet lead nowhere."""
    table = summary.listed(plan, result.changes, title)
    added = {change.id for change in result.changes.changes if change.what == "added"}
    is_done = title == "changes_made"

    def shown(cell: Cell) -> Cell:
        if isinstance(cell, Entity) and cell.id in added and not is_done:
            return cell.label or cell.id
        return None if cell == CODER_PLACE else cell

    return replace(table, rows=tuple(tuple(map(shown, row)) for row in table.rows))


def _why(site: Site, upload: Upload, error: Exception) -> str:
    """Return what a person reads of an error; one of the program goes to the log."""
    if not isinstance(error, MetrographError):
        _log.error("The import of an uploaded file failed.", exc_info=error)
        return word("server_failed", upload.lang)
    text = in_language(site.plainly(error), upload.lang)
    return _FOLDER.sub("", text.replace(tempfile.gettempdir(), ""))
