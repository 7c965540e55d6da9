"""A plan in, a file of what it says out: RDF, JSON-LD, spreadsheets, or a network for programs.

`add_commands` gets the function by which the command line adds one; `cli.py` has the rest.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.terminal import opened, say, show_table
from metrograph.editing.forms import local
from metrograph.errors import UsageError
from metrograph.exchange.asserted import Choice
from metrograph.exchange.exporter import FORMS, export
from metrograph.exchange.table_export import BOM
from metrograph.messages import word
from metrograph.network.network import classes
from metrograph.plan import Plan
from metrograph.query import library
from metrograph.store.writing import check_apart, replace_file

if TYPE_CHECKING:
    from metrograph.exchange.ledger import Written

Run = Callable[[argparse.Namespace], int]
Add = Callable[[str, Run, str, str], argparse.ArgumentParser]
_STANDARDS = ("stratml", "iati")  # narrower than the model: what is lost goes into a ledger
_BINARY = ("xlsx",)


# ---------------------------------------------------------------- RDF


# ---------------------------------------------------------------- JSON-LD


# ---------------------------------------------------------------- spreadsheets


# ---------------------------------------------------------------- networks


# ---------------------------------------------------------------- the command


def add_commands(add: Add) -> None:
    """Add the command that exports a plan to the command line."""
    command = add(
        "export",
        _export,
        "Export the plan to a file: RDF, a spreadsheet, a network, StratML or IATI.",
        "metrograph export --to xlsx -o metropolis.xlsx --kind Activity Member",
    )
    command.add_argument(
        "--to", metavar="FORM",
        help=f"the format: {', '.join(FORMS)} (default: by the extension of FILE)",
    )  # fmt: skip
    command.add_argument(
        "-o", "--output", required=True, metavar="FILE",
        help="the file to write, or - for stdout; a .zip contains a CSV file for each kind",
    )  # fmt: skip
    command.add_argument(
        "--with-inferred", action="store_true",
        help="add inferred facts; nq, trig and spreadsheets mark them as inferred",
    )  # fmt: skip
    command.add_argument(
        "--kind", nargs="+", default=[], metavar="KIND",
        help="only records of these kinds, such as Activity Member",
    )  # fmt: skip
    command.add_argument(
        "--long", action="store_true",
        help="in a spreadsheet, one row for each value instead of one for each record",
    )  # fmt: skip
    command.add_argument(
        "--part", type=int, choices=(1, 2), default=2, metavar="1|2",
        help="part of StratML: 1 (goals and objectives) or 2 (with indicators and values, default)",
    )  # fmt: skip


def _export(options: argparse.Namespace) -> int:
    path = Path(options.output)
    kind = _form(options.to, options.output)
    packed = kind == "csv" and path.suffix.lower() == ".zip"
    _check(options, kind, packed)
    plan = opened(options)
    chosen = _kinds(plan, options.kind)
    choice = Choice(kind, options.with_inferred, chosen, options.long, packed)
    if kind in _STANDARDS:
        return _standard(plan, kind, path, options)
    data = export(plan, choice)
    if options.output == "-":
        sys.stdout.buffer.write(data.removeprefix(BOM.encode()))
        sys.stdout.flush()
        return 0
    check_apart(path, plan.built.folder)
    replace_file(path, data)
    say(word("exported", options.lang).format(path))
    return 0


def _standard(plan: Plan, kind: str, path: Path, options: argparse.Namespace) -> int:
    """Write a plan by a standard, and beside it the ledger of what the standard cannot hold."""
    from metrograph.exchange import ledger  # noqa: PLC0415  as in `_written_by`

    if path.is_dir() or not path.name:
        raise UsageError(f"{path}: this is a folder. Give the name of a file in it.")
    lost = path.with_name(f"{path.name}.losses.csv")
    for one in (path, lost):
        check_apart(one, plan.built.folder)
    made = _written_by(plan, kind, options.part)
    show_table(ledger.summary(plan, made.lost), options)
    replace_file(path, made.data)
    replace_file(lost, ledger.written(plan, made.lost))
    say(word("exported", options.lang).format(path))
    say(word("ledger_written", options.lang).format(len(made.lost), lost))
    return 0


def _written_by(plan: Plan, kind: str, part: int) -> "Written":
    """Return the file of a standard."""
    if kind == "iati":
        from metrograph.exchange.iati import exporter as iati_exporter  # noqa: PLC0415  lxml takes long to import

        return iati_exporter.write(plan)
    from metrograph.exchange.stratml import exporter as stratml_exporter  # noqa: PLC0415  as above

    return stratml_exporter.write(plan, part)


def _check(options: argparse.Namespace, kind: str, packed: bool) -> None:
    """Raise `UsageError` for options that do not go together."""
    if kind in _STANDARDS:
        _check_standard(options, kind)
    elif options.format != "table":
        raise UsageError("--format is for tables that are shown: say --to and -o.")
    if options.long and kind not in ("csv", "xlsx"):
        raise UsageError("--long is for spreadsheets: --to csv or --to xlsx.")
    if options.long and packed:
        raise UsageError("--long makes one file, which needs no .zip: give it the ending .csv.")
    if options.output == "-" and kind in _BINARY:
        raise UsageError(f"{kind} is no text, so it cannot go to stdout. Give it a file: -o FILE.")


def _check_standard(options: argparse.Namespace, kind: str) -> None:
    """Raise `UsageError` for options that a standard does not take."""
    if options.output == "-":
        raise UsageError(
            f"{kind} comes with a ledger of what it cannot hold: give a file, -o FILE."
        )
    if options.with_inferred or options.kind:
        raise UsageError(
            f"{kind} takes what the files say of the whole plan: leave out --with-inferred and "
            "--kind."
        )


def _form(to: str | None, output: str) -> str:
    """Return the form that a person asks for, by its name or by the ending of the file."""
    ending = Path(output).suffix.lower().removeprefix(".")
    known = ", ".join(FORMS)
    if to is not None:
        if to.lower() not in FORMS:
            near = library.near(to, list(FORMS))
            raise UsageError(f"There is no form {to!r}.{near} Forms: {known}.")
        return to.lower()
    if output == "-":
        raise UsageError(f"Say what goes to stdout: --to, with one of {known}.")
    found = "csv" if ending == "zip" else ending
    if found not in FORMS:
        raise UsageError(
            f"{output}: a file that ends in {'.' + ending if ending else 'nothing'} tells no form. "
            f"Say one with --to: {known}."
        )
    return found


def _kinds(plan: Plan, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds that a person typed, as the plan spells them."""
    known = {local(kind).casefold(): local(kind) for kind in classes(plan.built.store).values()}
    names = [name for word_ in typed for name in word_.split(",") if name]
    for name in names:
        if name.removeprefix("mg:").casefold() not in known:
            listed = sorted(known.values())
            raise UsageError(
                f"The plan has no records of the kind {name!r}.{library.near(name, listed)} "
                f"Kinds: {', '.join(listed)}."
            )
    return tuple(known[name.removeprefix("mg:").casefold()] for name in names)
