"""The command that writes a plan to a file: RDF, JSON-LD, spreadsheets, or its network."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.command import command, option
from metrograph.cli.parameters import Choice, File, Named
from metrograph.cli.terminal import Session, opened, say, show_table
from metrograph.editing.shapes import local
from metrograph.errors import UsageError
from metrograph.exchange import asserted, ledger
from metrograph.exchange.exporter import FORMS
from metrograph.exchange.exporter import export as exported
from metrograph.exchange.table_export import BOM
from metrograph.late import late
from metrograph.messages import word
from metrograph.network.network import classes
from metrograph.plan import Plan
from metrograph.query import library
from metrograph.store.writing import check_apart, replace_file

if TYPE_CHECKING:
    from metrograph.exchange.iati import exporter as iati_exporter
    from metrograph.exchange.stratml import exporter as stratml_exporter
else:  # lxml takes long to import
    iati_exporter = late("metrograph.exchange.iati.exporter")
    stratml_exporter = late("metrograph.exchange.stratml.exporter")

_STANDARDS = ("stratml", "iati")  # narrower than the model: what is lost goes into a ledger
_BINARY = ("xlsx",)


@dataclass(frozen=True)
class Export:
    """What is exported, as what, and where to."""

    to: str | None
    output: Path
    with_inferred: bool
    kind: tuple[str, ...]
    long: bool
    part: int


@command(
    "export", "metrograph export --to xlsx -o metropolis.xlsx --kind Activity Member", into=Export
)
@option(
    "--to", type=Named("form"), metavar="FORM", help="opt_export_to", values=(", ".join(FORMS),)
)
@option("-o", "--output", type=File(), required=True, metavar="FILE", help="opt_export_output")
@option("--with-inferred", is_flag=True, help="opt_with_inferred")
@option("--kind", type=Named("kind"), many=True, metavar="KIND", help="opt_export_kind")
@option("--long", is_flag=True, help="opt_long")
@option("--part", type=Choice((1, 2)), default=2, metavar="1|2", help="opt_part")
def export(session: Session, chosen: Export) -> int:
    """Export the plan to a file, or to stdout."""
    path = chosen.output
    kind = _form(chosen.to, str(path))
    packed = kind == "csv" and path.suffix.lower() == ".zip"
    _check(session, chosen, kind, packed)
    plan = opened(session)
    kinds = _kinds(plan, chosen.kind)
    choice = asserted.Choice(kind, chosen.with_inferred, kinds, chosen.long, packed)
    if kind in _STANDARDS:
        return _standard(plan, kind, session, chosen)
    data = exported(plan, choice)
    if str(path) == "-":
        sys.stdout.buffer.write(data.removeprefix(BOM.encode()))
        sys.stdout.flush()
        return 0
    check_apart(path, plan.built.folder)
    replace_file(path, data)
    say(word("exported", session.lang).format(path))
    return 0


def _standard(plan: Plan, kind: str, session: Session, chosen: Export) -> int:
    """Write a plan by a standard, and beside it the ledger of what the standard cannot hold."""
    path = chosen.output
    if path.is_dir() or not path.name:
        raise UsageError("{path}: this is a folder. Give the name of a file in it.", path=path)
    lost = path.with_name(f"{path.name}.losses.csv")
    for file in (path, lost):
        check_apart(file, plan.built.folder)
    made = _written_by(plan, kind, chosen.part)
    show_table(ledger.summary(plan, made.lost), session)
    replace_file(path, made.data)
    replace_file(lost, ledger.written(plan, made.lost))
    say(word("exported", session.lang).format(path))
    say(word("ledger_written", session.lang).format(len(made.lost), lost))
    return 0


def _written_by(plan: Plan, kind: str, part: int) -> ledger.Written:
    """Return the file of a standard."""
    if kind == "iati":
        return iati_exporter.write(plan)
    return stratml_exporter.write(plan, part)


def _check(session: Session, chosen: Export, kind: str, packed: bool) -> None:
    """Raise `UsageError` for options that do not go together."""
    if kind in _STANDARDS:
        _check_standard(chosen, kind)
    elif session.format != "table":
        raise UsageError(
            "--format is for tables shown on screen. To write a file, use --to and -o."
        )
    if chosen.long and kind not in ("csv", "xlsx"):
        raise UsageError("--long is only for spreadsheets: use --to csv or --to xlsx.")
    if chosen.long and packed:
        raise UsageError(
            "--long makes a single file, so a .zip is not required: give the file a name "
            "that ends in .csv."
        )
    if str(chosen.output) == "-" and kind in _BINARY:
        raise UsageError(
            "{form} is not text and cannot go to stdout. Give a file: -o FILE.", form=kind
        )


def _check_standard(chosen: Export, kind: str) -> None:
    """Raise `UsageError` for options that a standard does not take."""
    if str(chosen.output) == "-":
        raise UsageError(
            "{form} comes with a ledger of what it cannot hold. Give a file: -o FILE.", form=kind
        )
    if chosen.with_inferred or chosen.kind:
        raise UsageError(
            "{form} holds what the files state of the whole plan: leave out --with-inferred and "
            "--kind.",
            form=kind,
        )


def _form(to: str | None, output: str) -> str:
    """Return the form that a person asks for, by its name or by the ending of the file."""
    ending = Path(output).suffix.lower().removeprefix(".")
    known = ", ".join(FORMS)
    if to is not None:
        if to.lower() not in FORMS:
            raise UsageError(
                "Unknown format: “{form}”.{near} Formats: {forms}.",
                form=to,
                near=library.near(to, list(FORMS)),
                forms=known,
            )
        return to.lower()
    if output == "-":
        raise UsageError("Choose the format for stdout: --to, with one of {forms}.", forms=known)
    form = "csv" if ending == "zip" else ending
    if form not in FORMS:
        raise UsageError(
            "{path}: the file extension does not name a format. Choose one with --to: {forms}.",
            path=output,
            forms=known,
        )
    return form


def _kinds(plan: Plan, typed: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds that a person typed, as the plan spells them."""
    known = {local(kind).casefold(): local(kind) for kind in classes(plan.built.engine).values()}
    names = [name for word_ in typed for name in word_.split(",") if name]
    for name in names:
        if name.removeprefix("mg:").casefold() not in known:
            listed = sorted(known.values())
            raise UsageError(
                "The plan has no records of the kind “{name}”.{near} Kinds: {kinds}.",
                name=name,
                near=library.near(name, listed),
                kinds=", ".join(listed),
            )
    return tuple(known[name.removeprefix("mg:").casefold()] for name in names)
