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
from metrograph.messages import in_language, word
from metrograph.store.writing import check_apart, replace_file

if TYPE_CHECKING:
    from metrograph.report import board, composing, page, snapshot
else:
    board, composing, page, snapshot = late_from(
        "metrograph.report", "board", "composing", "page", "snapshot"
    )

FORMS = (".html",)


@dataclass(frozen=True)
class Reporting:
    """What is reported, and where to."""

    output: Path
    year: int | None
    since: date | None
    as_of: date | None


@command("report", "metrograph report -o board.html --year 2023", into=Reporting)
@option("-o", "--output", type=File(), required=True, metavar="FILE", help="opt_report_output")
@option("--year", type=Year(), help="opt_report_year")
@option("--since", type=Day(), metavar="DAY", help="opt_report_since")
@option("--as-of", type=Day(), metavar="DAY", help="opt_report_as_of")
def report(session: Session, chosen: Reporting) -> int:
    """Write the report to the Board to a file, and keep its figures beside the plan."""
    path = chosen.output
    _check(session, path)
    plan = opened(session)
    folder = plan.built.folder
    check_apart(path, folder)
    warn_of_empty(plan, chosen.year)
    asked = board.Asked(chosen.as_of or date.today(), chosen.year)
    earlier = snapshot.before(folder, asked.as_of, chosen.since)
    values = board.board(plan, asked, earlier)
    replace_file(path, page.to_html(composing.composed(values)))
    say(word("exported", session.lang).format(path))
    try:
        kept = snapshot.keep(folder, values.snapshot)
    except InputError as error:  # a plan in a folder that cannot be written can be reported, too
        say(in_language(error, session.lang))
        say(word("report_not_kept", session.lang))
    else:
        say(word("report_kept", session.lang).format(kept))
    return 0


def _check(session: Session, path: Path) -> None:
    """Raise `UsageError` for a file whose name does not say what it is to be."""
    if path.suffix.lower() not in FORMS:
        raise UsageError(
            "{path}: the ending of the file decides what the report becomes. Choose one of "
            "these: {forms}.",
            path=path,
            forms=", ".join(FORMS),
        )
    if session.format != "table":
        raise UsageError("The ending of the file decides the format: leave out --format.")
