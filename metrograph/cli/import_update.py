"""The command that updates a plan by the next file of the table that it was made from."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.imported import Import, report_remarks
from metrograph.cli.terminal import Session, ask, say, show_table, step
from metrograph.errors import UsageError
from metrograph.late import late, late_from
from metrograph.messages import word
from metrograph.plan import Plan

if TYPE_CHECKING:
    from metrograph.exchange.table_update import kept_map, revision
    from metrograph.exchange.table_update.matching import Renaming
    from metrograph.exchange.workbook import summary
else:  # most imports need none of them
    kept_map, revision = late_from("metrograph.exchange.table_update", "kept_map", "revision")
    summary = late("metrograph.exchange.workbook.summary")


def day_of(path: Path) -> date:
    """Return the day on which a file was last changed."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()


def fit(plan: Plan, chosen: Import) -> "kept_map.Refitted | None":
    """Return how a file fits the map that a plan keeps, or nothing if it is another file."""
    if chosen.kind or chosen.coder:
        return None
    mapping = kept_map.kept_map(plan.built.folder)
    return kept_map.refitted(chosen.file, mapping, plan.lang) if mapping else None


def run(session: Session, plan: Plan, chosen: Import, known: "kept_map.Refitted") -> int:
    """Show what a file changes in a plan, ask for renamings, and write it."""
    if chosen.remove or chosen.accept_valid:
        raise UsageError(
            "--remove and --accept-valid are for workbooks that metrograph made. "
            "Importing a table into its plan removes nothing."
        )
    day = chosen.as_of or day_of(chosen.file)
    step(word("step_comparing", session.lang))
    made = revision.revision(plan, chosen.file, known, day, not chosen.no_renames)
    report_remarks(made.remarks, session, chosen.report)
    say(word("update_day", session.lang).format(day.isoformat()))
    is_doubtful = bool(made.renamings) and not chosen.accept_renames
    if made.faults:
        show_table(summary.faults_table(plan, made.faults), session)
        say(word("update_refused", session.lang))
        return 1
    writes = bool(made.changes.changes) and not chosen.dry_run and not is_doubtful
    if is_doubtful and not chosen.dry_run and _agrees(plan, made):
        writes, is_doubtful = True, False
    if writes:
        revision.save(plan, made, step)
    title = "changes_made" if writes else "changes"
    show_table(summary.listed(plan, made.shown, title), session)
    if any(change.what == "removed" for change in made.shown.changes):
        say(word("update_removed", session.lang))
    if is_doubtful:
        for renaming in made.renamings:
            say(_renaming(plan, renaming))
        say(word("update_ask", session.lang).format(len(made.renamings)))
        return 1
    if chosen.dry_run:
        say(word("import_dry", session.lang))
    elif writes:
        counts = summary.summary(plan, made.shown)
        say(word("imported", session.lang).format(counts, plan.built.folder))
    return 0


def _renaming(plan: Plan, renaming: "Renaming") -> str:
    text = word("update_renamed", plan.lang)
    return text.format(plan.ids.short(renaming.element), renaming.before, renaming.after)


def _agrees(plan: Plan, made: "revision.Revision") -> bool:
    """Return whether the person at a terminal says that the names are new names of the same."""
    renamings = (_renaming(plan, renaming) for renaming in made.renamings)
    answer = ask(*renamings, word("update_question", plan.lang))
    return answer in {"y", "yes", "o", "oui", "s", "si", "sí"}
