"""The commands for spreadsheets: a workbook to fill in, and the import of a filled-in one."""

import os
import shlex
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.command import Exclusive, argument, command, option
from metrograph.cli.imported import Import, check_readable, report_remarks
from metrograph.cli.parameters import Day, File, Id, Named
from metrograph.cli.terminal import Session, opened, say, show_table, step
from metrograph.editing.choices import languages
from metrograph.errors import UsageError
from metrograph.late import late, late_from
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.store.writing import check_apart, replace_file

if TYPE_CHECKING:
    from metrograph.cli import import_new, import_update
    from metrograph.exchange.workbook import changes, faults, forms, importing, saving, summary
    from metrograph.exchange.workbook import template as workbook
else:  # each takes long to import, and most imports need not all
    import_new, import_update = late_from("metrograph.cli", "import_new", "import_update")
    forms, importing, saving, summary = late_from(
        "metrograph.exchange.workbook", "forms", "importing", "saving", "summary"
    )
    workbook = late("metrograph.exchange.workbook.template")

_LISTED = 5  # records whose names are to be translated


@command("template", "metrograph template -o activities.xlsx --lang fr")
@option("-o", "--output", type=File(), required=True, metavar="FILE", help="opt_template_output")
@option("--empty", is_flag=True, help="opt_empty")
def template(session: Session, output: Path, empty: bool) -> int:
    """Write a workbook to fill in."""
    if output.suffix.lower() != ".xlsx":
        raise UsageError("{path}: a workbook ends in .xlsx. Give it that extension.", path=output)
    replace_file(output, workbook.template(opened(session), date.today(), empty))
    say(word("exported", session.lang).format(output))
    return 0


@command(
    "import",
    "metrograph import activities.xlsx --graph my-plan --dry-run",
    exclusive=Exclusive([("accept_renames", "no_renames")]),
    into=Import,
)
@argument("file", type=File(), metavar="FILE", help="arg_import_file")
@option("--new", type=File("dir"), metavar="DIR", help="opt_import_new")
@option("--base", metavar="IRI", help="opt_import_base")
@option("--map", type=File(), metavar="FILE", help="opt_map")
@option("--write-map", type=File(), metavar="FILE", help="opt_write_map")
@option("--dry-run", is_flag=True, help="opt_import_dry_run")
@option("--accept-valid", is_flag=True, help="opt_accept_valid")
@option("--remove", is_flag=True, help="opt_remove")
@option("--kind", type=Named("kind"), metavar="KIND", help="opt_import_kind")
@option("--by", type=Id("Coder", "Organization"), metavar="ID", help="opt_import_by")
@option("--coder", metavar="NAME", help="opt_import_coder")
@option("--create-places", is_flag=True, help="opt_create_places")
@option("--report", type=File(), metavar="FILE", help="opt_report")
@option("--as-of", type=Day(), metavar="DAY", help="opt_import_as_of")
@option("--accept-renames", is_flag=True, help="opt_accept_renames")
@option("--no-renames", is_flag=True, help="opt_no_renames")
@option("--with-hidden", is_flag=True, help="opt_with_hidden")
@option("--all", is_flag=True, help="opt_import_all")
def import_(session: Session, chosen: Import) -> int:
    """Import a spreadsheet into the plan, or make a new plan of a file."""
    if chosen.new is not None:
        return import_new.run(session, chosen, chosen.new)
    for name in ("base", "map", "write_map"):
        if getattr(chosen, name) is not None:
            raise UsageError(
                "{option} is for a new plan: --new DIR.", option=f"--{name.replace('_', '-')}"
            )
    if session.graph is None and "METROGRAPH_GRAPH" not in os.environ and not chosen.dry_run:
        raise UsageError("import changes files: give your own plan folder with --graph DIR.")
    check_readable(chosen.file)
    plan = opened(session)
    if chosen.report:
        check_apart(chosen.report, plan.built.folder, chosen.file)
    if known := import_update.fit(plan, chosen):
        return import_update.run(session, plan, chosen, known)
    by = _writer(plan, chosen.by)
    kind = _kind(chosen.kind)
    reading = importing.result(
        plan,
        chosen.file,
        date.today(),
        kind,
        by,
        chosen.remove,
        chosen.coder,
        step,
        chosen.create_places,
    )
    report_remarks(reading.remarks, session, chosen.report)
    if reading.gone:
        say(word("import_kept", plan.lang).format(reading.gone))
    return _finish(plan, reading, session, chosen)


def _finish(plan: Plan, reading: "importing.Result", session: Session, chosen: Import) -> int:
    """Show what is wrong and what changes, and write that unless it was only to be shown."""
    changed = reading.changes
    if reading.faults:
        show_table(summary.faults_table(plan, reading.faults), session)
        if reading.waiting:
            say(word("import_waiting", plan.lang).format(reading.waiting))
        if not chosen.accept_valid or reading.valid is None:
            key = "import_refused" if reading.valid is not None else "import_stuck"
            say(word(key, plan.lang).format(_rows(reading.faults)))
            return 1
        changed = reading.valid
    writes = bool(changed.texts) and not chosen.dry_run
    if writes:
        step(word("step_writing", plan.lang).format(plan.built.folder))
        saving.save(plan, changed)
    show_table(summary.listed(plan, changed, "changes_made" if writes else "changes"), session)
    if chosen.dry_run:
        say(word("import_dry", plan.lang))
    elif writes:
        counts = summary.summary(plan, changed)
        say(word("imported", plan.lang).format(counts, plan.built.folder))
        _say_next(plan, reading, chosen.coder)
        _say_where(plan, changed)
    return 1 if reading.faults else 0


def _say_next(plan: Plan, reading: "importing.Result", coder: str | None) -> None:
    """Say what is left to do: names to translate, and claims that a second coder has to make."""
    if missing := reading.untranslated(languages(plan)):
        listed = [f"{name} ({', '.join(tags)})" for name, tags in list(missing.items())[:_LISTED]]
        more = ["…"] if len(missing) > _LISTED else []
        names = "; ".join([*listed, *more])
        say(word("import_translate", plan.lang).format(len(missing), names))
    if coder and reading.provisional:
        say(word("import_provisional", plan.lang).format(reading.provisional, coder))


def _say_where(plan: Plan, changed: "changes.ChangeSet") -> None:
    """Say how to see what was written: the first record of the kind that sheets list first."""
    order = {kind: at for at, kind in enumerate(forms.KINDS)}
    written = [change for change in changed.changes if change.what in ("added", "changed")]
    if written:
        first = min(written, key=lambda change: (order.get(change.kind, 0), change.what))
        graph = shlex.quote(str(plan.built.folder))
        say(word("import_see", plan.lang).format(f"metrograph show {first.id} --graph {graph}"))


def _rows(faults: "Sequence[faults.Fault]") -> int:
    """Return how many rows have faults: `Activities!D14` and `Activities!F14` are of one."""
    return len({importing.place(fault.where)[:2] for fault in faults})


def _writer(plan: Plan, name: str | None) -> str | None:
    return plan.ids.iri(plan.known(name)) if name else None


def _kind(name: str | None) -> str | None:
    """Return a kind as the ontology spells it."""
    known = {kind.casefold(): kind for kind in forms.KINDS}
    if name is None:
        return None
    if name.casefold() not in known:
        raise UsageError(
            "Unknown kind of rows “{name}”. Kinds: {kinds}.",
            name=name,
            kinds=", ".join(forms.KINDS),
        )
    return known[name.casefold()]
