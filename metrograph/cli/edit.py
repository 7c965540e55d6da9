"""The commands that keep a plan's folder in order: begin, check, upgrade."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.command import argument, command, option
from metrograph.cli.parameters import Choice, File, Languages
from metrograph.cli.terminal import Session, opened, say, show_table, write
from metrograph.errors import UsageError
from metrograph.exchange.scaffold import Start, files
from metrograph.exchange.upgrade import upgrade as upgraded
from metrograph.late import late
from metrograph.messages import word
from metrograph.report import findings as report
from metrograph.store.journal import write_all
from metrograph.store.new_plan import begin
from metrograph.store.writing import locked
from metrograph.tables.table import Column, Table
from metrograph.text import as_key

if TYPE_CHECKING:
    from metrograph.cli import check_documents
    from metrograph.store.findings import Severity
else:
    check_documents = late("metrograph.cli.check_documents")


@command("new", 'metrograph new town --title "Town plan 2030" --lang en,fr')
@argument("folder", type=File("dir"), metavar="DIR", help="arg_new_folder")
@option("--title", metavar="TEXT", help="opt_new_title")
@option(
    "--lang", "languages", type=Languages(), metavar="LANG,LANG", help="opt_new_lang"
)  # in place of that of all commands
@option("--base", metavar="IRI", help="opt_new_base")
@option("--empty", is_flag=True, help="opt_new_empty")
def new(  # noqa: PLR0913, PLR0917  the options of the command
    session: Session,
    folder: Path,
    title: str | None,
    languages: tuple[str, ...] | None,
    base: str | None,
    empty: bool,
) -> int:
    """Begin a plan in a new folder, from a small example."""
    if session.graph is not None:
        raise UsageError("new makes a folder and cannot be combined with --graph.")
    if folder == Path():  # also of an empty name
        raise UsageError("Give the name of a new folder, for example: metrograph new plan")
    base = base or f"https://example.org/{as_key(folder.resolve().name) or 'plan'}/"
    languages = languages or (session.lang,)
    path = begin(folder, files(Start(date.today(), base, languages, title, empty)))
    say(word("plan_begun", languages[0]).format(folder, path / "README.md"))
    return 0


@command("check", "metrograph check --format json")
@option("--severity", type=Choice(("violation", "warning", "info")), help="opt_severity")
@option("--documents", is_flag=True, help="opt_check_documents")
@option("--uncited", is_flag=True, help="opt_uncited")
def check(session: Session, severity: "Severity | None", documents: bool, uncited: bool) -> int:
    """Check the plan's files, and list what was found."""
    if uncited and not documents:
        raise UsageError("--uncited belongs to --documents: metrograph check --documents --uncited")
    if severity and documents:
        raise UsageError("--severity cannot be combined with --documents.")
    plan = opened(session)
    if documents:
        return check_documents.check(session, plan, uncited=uncited)
    whole = session.format in ("json", "csv")  # for programs; people begin with what matters
    least: Severity = severity or ("info" if whole else "warning")
    listed = report.listed(plan.findings, least)
    if session.format == "json":
        write(report.to_json(plan, listed))
    else:
        show_table(report.table(plan, listed, least), session)
    return report.exit_code(plan.findings)


@command("upgrade", "metrograph upgrade town --dry-run")
@argument("folder", type=File("dir"), metavar="DIR", help="arg_upgrade_folder")
@option("--dry-run", is_flag=True, help="opt_upgrade_dry_run")
def upgrade(session: Session, folder: Path, dry_run: bool) -> int:
    """Upgrade a plan of an earlier version in place, or show what that would change."""
    if session.graph is not None:
        raise UsageError("Give the plan's folder right after upgrade, without --graph.")
    lang = session.lang
    if dry_run:
        change = upgraded(folder)
    else:
        with locked(folder):
            change = upgraded(folder)
            if change.texts:
                write_all(folder, change.texts)
    names = ("file", "old", "new", "number")
    heads = tuple(Column(name, word(f"upgrade_{name}", lang)) for name in names)
    rows = tuple((row.file, row.old or None, row.new, row.number) for row in change.changes)
    title = word("upgrade_would" if dry_run else "upgrade_did", lang)
    show_table(Table(title, heads, rows, "", lang, word("upgrade_nothing", lang)), session)
    return 0
