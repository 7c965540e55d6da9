"""What both kinds of import share: into a plan, or as a new plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from metrograph.cli.terminal import Session, say
from metrograph.errors import InputError
from metrograph.messages import word
from metrograph.reading.notices import LEFT, Remark, lines, table
from metrograph.store.writing import replace_file

_MOST_DOUBTS = 10


@dataclass(frozen=True)
class Import:
    """What is imported, into what, and what else is written."""

    file: Path
    new: Path | None
    base: str | None
    map: Path | None
    write_map: Path | None
    dry_run: bool
    accept_valid: bool
    remove: bool
    kind: str | None
    by: str | None
    coder: str | None
    create_places: bool
    report: Path | None
    as_of: date | None
    accept_renames: bool
    no_renames: bool
    with_hidden: bool
    all: bool


def report_remarks(remarks: Sequence[Remark], session: Session, report: Path | None) -> None:
    """Say what was interpreted or left, line by line, or write all of it into a file.

    How much was left is kept for the end of the command.
    """
    if left := sum(remark.kind == LEFT for remark in remarks):
        where = report or word("remarks_above", session.lang)
        session.left = word("import_left", session.lang).format(left, where)
    if report:
        replace_file(report, "\ufeff" + table(remarks, session.lang).to_csv())
        return
    for line in lines(remarks, session.lang):
        say(line)


def report_doubts(remarks: Sequence[Remark], session: Session, report: Path | None) -> None:
    """Say the doubtful guesses first, at most ten, then what was left; how many more there are."""
    if report:
        report_remarks(remarks, session, report)
        return
    doubts = sorted(
        (remark for remark in remarks if remark.doubt), key=lambda remark: -remark.doubt
    )[:_MOST_DOUBTS]
    if doubts:
        say(word("doubts_first", session.lang).format(len(doubts)))
    shown = [*doubts, *(remark for remark in remarks if remark.kind == LEFT)]
    report_remarks(shown, session, None)
    if more := len(remarks) - len(shown):
        say(word("remarks_on_demand", session.lang).format(more))


def check_readable(path: Path) -> None:
    """Raise `InputError` for what is no file, or has a name that cannot be written down."""
    if not path.is_file():
        raise InputError(
            "{path}: this is not a file. Give a file to import."
            if path.exists()
            else "{path}: file not found. Give a file to import.",
            path=path,
        )
    if not path.name.isprintable():
        raise InputError(
            "{name}: the file name is not valid. Rename the file, for example to plan.csv.",
            name=ascii(path.name),
        )
