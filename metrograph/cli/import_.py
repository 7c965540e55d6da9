"""A file of other people's making in, the plan's files changed by it, or a new plan folder, out.

`add_commands` gets the function by which the command line adds the commands; `cli.py` has the rest.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.terminal import opened, say, show_table, step
from metrograph.errors import InputError, UsageError
from metrograph.messages import LANGUAGES, word
from metrograph.plan import Plan
from metrograph.store.findings import count
from metrograph.store.turtle import decode, read_bytes, turtle_files
from metrograph.store.writing import check_apart, replace_file
from metrograph.text import as_key

if TYPE_CHECKING:
    from metrograph.exchange.workbook.changes import ChangeSet, Fault
    from metrograph.reading.notices import Read, Remark

_OPENED_AT_ONCE = 5_000_000  # bytes of Turtle; to store what follows from more takes minutes
Run = Callable[[argparse.Namespace], int]
_BEGINS = 10_000  # bytes
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n"  # byte order marks and blanks, before a file begins
Add = Callable[[str, Run, str, str], argparse.ArgumentParser]


def add_commands(add: Add) -> None:
    """Add the commands of spreadsheets to the command line."""
    command = add(
        "template",
        _template,
        "Write an Excel workbook to fill in: activities, codings, claims, values and members.",
        "metrograph template -o activities.xlsx --lang fr",
    )
    command.add_argument(
        "-o", "--output", required=True, metavar="FILE", help="the workbook to write (.xlsx)"
    )
    command.add_argument("--empty", action="store_true", help="leave out the records of the plan")
    _add_import(add)


def _add_import(add: Add) -> None:
    command = add(
        "import",
        _import,
        "Import a spreadsheet into the plan, or create a new plan from almost any kind of file.",
        "metrograph import activities.xlsx --graph my-plan --dry-run",
    )
    command.add_argument(
        "file", type=Path, metavar="FILE",
        help="a workbook (.xlsx) or a CSV file; with --new also StratML or IATI (.xml), or RDF",
    )  # fmt: skip
    command.add_argument(
        "--new", type=Path, metavar="DIR", help="create a new plan from the file, in this folder"
    )
    command.add_argument(
        "--base", metavar="IRI",
        help="address with which the IDs of a new plan begin (default: https://example.org/DIR/)",
    )  # fmt: skip
    command.add_argument(
        "--map",
        type=Path,
        metavar="FILE",
        help="mapping of the columns of a table to a new plan (TOML)",
    )
    command.add_argument(
        "--write-map", type=Path, metavar="FILE",
        help="write the mapping that was used, to edit and give to --map",
    )  # fmt: skip
    command.add_argument(
        "--dry-run", action="store_true", help="show what would change, without writing anything"
    )
    command.add_argument(
        "--accept-valid", action="store_true",
        help="import the rows without errors, even if others have some",
    )  # fmt: skip
    command.add_argument(
        "--remove", action="store_true",
        help="remove the records whose rows were removed from the workbook",
    )  # fmt: skip
    command.add_argument(
        "--kind",
        metavar="KIND",
        help="kind of the records in the rows, if the headings do not show it, such as Activity",
    )
    command.add_argument(
        "--by", metavar="ID", help="who enters the records: a coder or an organisation of the plan"
    )
    command.add_argument(
        "--report", type=Path, metavar="FILE",
        help="write what was interpreted or not imported to a CSV file",
    )  # fmt: skip


# ---------------------------------------------------------------- template


def _template(options: argparse.Namespace) -> int:
    from metrograph.exchange.workbook.template import template  # noqa: PLC0415  takes long to import

    path = Path(options.output)
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path}: a workbook ends in .xlsx. Give it that ending.")
    replace_file(path, template(opened(options), date.today(), options.empty))
    say(word("exported", options.lang).format(path))
    return 0


# ---------------------------------------------------------------- import


@dataclass(frozen=True)
class Result:
    """What an import found: changes, what is wrong with rows, and what was noticed in reading.

    `valid` are the changes without the rows that have faults; there are none if what is wrong is no
    row's. `gone` tells how many records have no row any more and stay.
    """

    changes: "ChangeSet"
    faults: "tuple[Fault, ...]"
    remarks: "tuple[Remark, ...]"
    valid: "ChangeSet | None"
    gone: int = 0


def result(  # noqa: PLR0913, PLR0917  what a person asks of an import
    plan: Plan,
    path: Path,
    on: date,
    kind: str | None = None,
    by: str | None = None,
    removes: bool = True,
) -> Result:
    """Return what a spreadsheet would change in a plan, and what is wrong with it.

    Without `removes`, records whose rows are gone stay. Raises `InputError` for a file that cannot
    be read, `UsageError` for one that is of another plan, or of which nothing tells what it holds.
    """
    from metrograph.exchange.workbook import (  # noqa: PLC0415  as above
        changes,
        rows,
        template,
    )
    from metrograph.reading import sheets  # noqa: PLC0415  as above

    step(word("step_reading", plan.lang).format(path))
    read = sheets.read(path, plan.lang)
    made = template.state(read)
    if made and made.base != plan.ids.base:
        raise UsageError(word("other_plan", plan.lang).format(path, made.base))
    guides = {word("template_guide", lang) for lang in LANGUAGES}
    picks = made.picks if made else {}
    reading = rows.read(plan, template.records_of(read, guides), kind, picks)
    versions = made.versions if made else {}
    step(word("step_comparing", plan.lang))
    found = changes.change_set(plan, reading.entries, versions, on, by)
    gone = 0 if removes else found.count("removed")
    if gone:
        found = changes.only(plan, found, "removed")
    step(word("step_checking", plan.lang))
    faults, valid = _checked(plan, found)
    in_order = sorted(faults, key=lambda one: _place(one.where))
    return Result(found, tuple(in_order), reading.remarks, valid, gone)


def _checked(plan: Plan, found: "ChangeSet") -> "tuple[list[Fault], ChangeSet | None]":
    """Return all that is wrong with rows, and the changes that are left without these rows.

    The shapes are asked again of what is left: a row may be right only together with another.
    """
    from metrograph.exchange.workbook import changes  # noqa: PLC0415  as above

    faults = [*found.faults, *_conflicts(plan, found)]
    left = changes.without(found, faults, plan) if faults else found
    while wrong := changes.faults_of(plan, left):
        faults += wrong
        fewer = changes.without(left, wrong, plan)
        if len(fewer.changes) == len(left.changes):
            return faults, None
        left = fewer
    return faults, left


def _conflicts(plan: Plan, found: "ChangeSet") -> list["Fault"]:
    """Return a fault for each record that was changed on both sides, with both values."""
    from metrograph.exchange.workbook.changes import Fault, differences  # noqa: PLC0415

    return [
        Fault(one.row, word("conflict_told", plan.lang).format(one.id, here, there))
        for one in found.changes
        if one.what == "conflict"
        for here, there in [differences(plan, one)]
    ]


def _import(options: argparse.Namespace) -> int:
    if options.new is not None:
        return _import_new(options)
    for name in ("base", "map", "write_map"):
        if getattr(options, name) is not None:
            raise UsageError(f"--{name.replace('_', '-')} is for a new plan: --new DIR.")
    if options.graph is None and "METROGRAPH_GRAPH" not in os.environ and not options.dry_run:
        raise UsageError("import changes files: say which with --graph DIR, a folder of your own.")
    _check_readable(options.file)
    plan = opened(options)
    if options.report:
        check_apart(options.report, plan.built.folder, options.file)
    by = _writer(plan, options.by)
    kind = _kind(options.kind)
    found = result(plan, options.file, date.today(), kind, by, options.remove)
    _tell(found.remarks, options)
    if found.gone:
        say(word("import_kept", plan.lang).format(found.gone))
    return _finish(plan, found, options)


def _finish(plan: Plan, found: Result, options: argparse.Namespace) -> int:
    from metrograph.exchange.workbook import changes  # noqa: PLC0415

    chosen = found.changes
    if found.faults:
        show_table(changes.faults_table(plan, found.faults), options)
        if not options.accept_valid or found.valid is None:
            key = "import_refused" if found.valid is not None else "import_stuck"
            say(word(key, plan.lang).format(_rows(found.faults)))
            return 1
        chosen = found.valid
    writes = bool(chosen.texts) and not options.dry_run
    if writes:
        step(word("step_writing", plan.lang).format(plan.built.folder))
        changes.save(plan, chosen)
    show_table(changes.listed(plan, chosen, "changes_made" if writes else "changes"), options)
    if options.dry_run:
        say(word("import_dry", plan.lang))
    elif writes:
        summary = changes.summary(plan, chosen)
        say(word("imported", plan.lang).format(summary, plan.built.folder))
    return 1 if found.faults else 0


def _place(where: str) -> tuple[str, int, int, str]:
    """Return what puts cells in the order in which a sheet is read: row by row, from the left.

    >>> sorted(["Claims!B10", "Claims!AA2", "Claims!C2"], key=_place)
    ['Claims!C2', 'Claims!AA2', 'Claims!B10']
    """
    sheet, mark, cell = where.rpartition("!")
    if not mark:
        return where, 0, 0, ""
    column = cell.rstrip("0123456789")
    return sheet, int(cell[len(column) :] or 0), len(column), column


def _rows(faults: "Sequence[Fault]") -> int:
    """Return how many rows have faults: `Activities!D14` and `Activities!F14` are of one."""
    return len({_place(one.where)[:2] for one in faults})


def _tell(remarks: "Sequence[Remark]", options: argparse.Namespace) -> None:
    """Say what was interpreted or left, line by line, or write all of it into a file.

    How much was left is kept for the end of the command.
    """
    from metrograph.reading.notices import LEFT, lines, table  # noqa: PLC0415

    if left := sum(one.kind == LEFT for one in remarks):
        where = options.report or word("remarks_above", options.lang)
        options.left = word("import_left", options.lang).format(left, where)
    if options.report:
        replace_file(options.report, "\ufeff" + table(remarks, options.lang).to_csv())
        return
    for line in lines(remarks, options.lang):
        say(line)


def _writer(plan: Plan, name: str | None) -> str | None:
    return plan.ids.iri(plan.known(name)) if name else None


def _kind(name: str | None) -> str | None:
    """Return a kind as the ontology spells it."""
    from metrograph.exchange.workbook.rows import KINDS  # noqa: PLC0415

    known = {kind.casefold(): kind for kind in KINDS}
    if name is None:
        return None
    if name.casefold() not in known:
        raise UsageError(f"There is no kind {name!r} of rows. Kinds: {', '.join(KINDS)}.")
    return known[name.casefold()]


# ---------------------------------------------------------------- a new plan


def _import_new(options: argparse.Namespace) -> int:
    """Make a new plan folder of a file, whatever it is, and say what was noticed."""
    from metrograph.store import new_plan as folder  # noqa: PLC0415  takes long to import

    if options.graph is not None:
        raise UsageError("--new makes a folder, and takes no --graph.")
    _check_readable(options.file)
    for output in (options.report, options.write_map):
        if output:
            check_apart(output, options.new, options.file)
    step(word("step_reading", options.lang).format(options.file))
    read = new_plan(options)
    _tell(read.remarks, options)
    if options.dry_run:
        say(word("import_dry", options.lang))
        return 0
    step(word("step_writing", options.lang).format(options.new))
    options.graph = folder.write(options.new, read.draft)
    del read  # of a large file, to check it needs the room
    say(word("plan_imported", options.lang).format(options.graph, options.new))
    files = turtle_files(options.graph)
    if sum(path.stat().st_size for path in files) <= _OPENED_AT_ONCE:
        return 1 if opened(options).built.violations else 0
    return _check_large(files, options)


def _check_large(files: Sequence[Path], options: argparse.Namespace) -> int:
    """Say what the checks find in a new plan that is too large to be built for questions now."""
    from metrograph.store.build import check  # noqa: PLC0415  takes long to import

    step(word("step_checking", options.lang))
    violations = count(check(files))["violation"]
    if violations:
        say(word("plan_violates", options.lang).format(violations, options.new))
        return 1
    say(word("opens_later", options.lang))
    return 0


def new_plan(options: argparse.Namespace) -> "Read":
    """Return the plan that a file makes, by what the file is.

    Raises `InputError` for a file that is none of those that can be read.
    """
    from metrograph.exchange import rdf  # noqa: PLC0415

    path: Path = options.file
    name = as_key(options.new.resolve().name) or "plan"
    base = options.base or f"https://example.org/{name}/"
    if path.suffix.lower() in rdf.FORMATS:
        return rdf.read(path, options.base)
    begins = _begins(path)
    if begins.startswith(b"<?xml") or (begins[:1] == b"<" and path.suffix.lower() == ".xml"):
        return _of_xml(path, base, options.lang)
    return _of_table(path, base, options)


def _of_xml(path: Path, base: str, lang: str) -> "Read":
    from metrograph.exchange.iati import reader as iati_reader  # noqa: PLC0415  lxml takes long to import
    from metrograph.exchange.stratml import reader as stratml_reader  # noqa: PLC0415  lxml takes long to import
    from metrograph.exchange.xml_stream import root_of  # noqa: PLC0415

    root = root_of(path)
    if iati_reader.is_iati(root):
        return iati_reader.read(path, base, lang)
    return stratml_reader.read(path, base, lang)


def _of_table(path: Path, base: str, options: argparse.Namespace) -> "Read":
    from metrograph.reading.any_table import mapping as mappings  # noqa: PLC0415  as above
    from metrograph.reading.any_table import reader as any_table_reader  # noqa: PLC0415  as above

    mapping = mappings.from_toml(_text(options.map), options.map.name) if options.map else None
    read = any_table_reader.read(path, base, options.lang, mapping)
    if options.write_map:
        replace_file(options.write_map, read.mapping.to_toml())
    return read


def _check_readable(path: Path) -> None:
    """Raise `InputError` for what is no file, or has a name that cannot be written down."""
    if not path.is_file():
        problem = "this is no file" if path.exists() else "there is no such file"
        raise InputError(f"{path}: {problem}. Give a file to import.")
    if not path.name.isprintable():
        raise InputError(f"{path.name!a}: rename the file, such as plan.csv.")


def _begins(path: Path) -> bytes:
    """Return how a text begins, in ASCII, whatever its encoding and the blanks before it."""
    try:
        with path.open("rb") as file:
            data = file.read(_BEGINS)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}).") from None
    return data.replace(b"\0", b"").lstrip(_MARKS)  # UTF-16 and 32 have zeros between the signs


def _text(path: Path) -> str:
    return decode(read_bytes(path), path)
