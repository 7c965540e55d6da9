"""The command that writes the report to the Board, and keeps its figures for the next."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.command import command, option
from metrograph.cli.look import warn_of_empty
from metrograph.cli.parameters import Day, File, Year
from metrograph.cli.terminal import Session, opened, say
from metrograph.errors import InputError, UsageError
from metrograph.late import late_from
from metrograph.messages import in_language
from metrograph.messages import word as words
from metrograph.store.turtle import read_bytes
from metrograph.store.writing import check_apart, replace_file

if TYPE_CHECKING:
    from metrograph.report import board, composing, page, pdf, snapshot, word, word_file
    from metrograph.report.document import Document
else:
    board, composing, page, pdf, snapshot = late_from(
        "metrograph.report", "board", "composing", "page", "pdf", "snapshot"
    )
    word, word_file = late_from("metrograph.report", "word", "word_file")

FORMS = (".docx", ".pdf", ".html")


@dataclass(frozen=True)
class Reporting:
    """What is reported, and where to."""

    output: Path
    year: int | None
    since: date | None
    as_of: date | None
    template: Path | None


@command("report", "metrograph report -o board.docx --year 2023", into=Reporting)
@option("-o", "--output", type=File(), required=True, metavar="FILE", help="opt_report_output")
@option("--year", type=Year(), help="opt_report_year")
@option("--since", type=Day(), metavar="DAY", help="opt_report_since")
@option("--as-of", type=Day(), metavar="DAY", help="opt_report_as_of")
@option("--template", type=File(), metavar="FILE", help="opt_report_template")
def report(session: Session, chosen: Reporting) -> int:
    """Write the report to the Board to a file, and keep its figures beside the plan."""
    path = chosen.output
    _check(session, chosen)
    plan = opened(session)
    check_apart(path, plan.built.folder)
    folder = snapshot.home(plan.built.folder)
    warn_of_empty(plan, chosen.year)
    asked = board.Asked(chosen.as_of or date.today(), chosen.year)
    earlier = snapshot.before(folder, asked.as_of, chosen.since)
    values = board.board(plan, asked, earlier)
    replace_file(path, _written(chosen, composing.composed(values)))
    say(words("exported", session.lang).format(path))
    try:
        kept = snapshot.keep(folder, values.snapshot)
    except InputError as error:  # a plan in a folder that cannot be written can be reported, too
        say(in_language(error, session.lang))
        say(words("report_not_kept", session.lang))
    else:
        say(words("report_kept", session.lang).format(kept))
    return 0


def _written(chosen: Reporting, document: "Document") -> bytes:
    """Return the report in the form that the file's name says."""
    path = chosen.output
    if path.suffix.lower() == ".html":
        return page.to_html(document)
    if path.suffix.lower() == ".pdf":
        return pdf.to_pdf(document)
    template = read_bytes(chosen.template) if chosen.template else None
    existing = read_bytes(path) if path.exists() else None
    if existing is not None and not word_file.is_report(existing):
        raise UsageError(
            "{path}: this Word file is not a report to the Board. Choose another file.", path=path
        )
    content = word.to_docx(document, existing, template)
    if existing is not None and word_file.is_changed(existing):
        before = path.with_name(f"{path.stem}.before.docx")
        replace_file(before, existing)
        say(words("report_changed", document.lang).format(before))
    return content


def _check(session: Session, chosen: Reporting) -> None:
    """Raise `UsageError` for a file whose name does not say what it is to be."""
    path = chosen.output
    if chosen.template and path.suffix.lower() != ".docx":
        raise UsageError("--template is for Word files: give -o a name that ends in .docx.")
    if path.suffix.lower() not in FORMS:
        raise UsageError(
            "{path}: the file extension sets the format of the report. Choose one of these: "
            "{forms}.",
            path=path,
            forms=", ".join(FORMS),
        )
    if session.format != "table":
        raise UsageError("The file extension sets the format: leave out --format.")
