"""The commands that follow a plan over time: its indicators, and its accountability cycle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from metrograph.analysis import rollup
from metrograph.cli.command import command, option
from metrograph.cli.parameters import Choice, Day, Id, Weight, Whole, Year
from metrograph.cli.terminal import Session, opened, say, show_table
from metrograph.errors import UsageError
from metrograph.messages import word
from metrograph.plan import Plan


@dataclass(frozen=True)
class Movement:
    """Between which years `progress` compares, and how it shows it."""

    from_: int | None
    to: int | None
    by: str | None
    weight: tuple[tuple[str, Decimal], ...]
    stale: bool
    as_of: date | None


@command("progress", "metrograph progress --from 2020 --to 2023", into=Movement)
@option("--from", "from_", type=Year(), metavar="YEAR", help="opt_from")
@option("--to", type=Year(), metavar="YEAR", help="opt_to")
@option("--by", type=Id(), is_flag=False, flag_value="", metavar="[LEVEL]", help="opt_progress_by")
@option("--weight", type=Weight(), multiple=True, metavar="ID=W", help="opt_progress_weight")
@option("--stale", is_flag=True, help="opt_stale")
@option("--as-of", type=Day(), metavar="DAY", help="opt_stale_as_of")
def progress(session: Session, chosen: Movement) -> int:
    """Show how the indicators changed, and whether they are on track."""
    _check(chosen)
    plan = opened(session)
    if chosen.stale:
        show_table(plan.stale(chosen.as_of or date.today()), session)
        return 0
    measured = plan.progress(chosen.from_, chosen.to)
    for year, has_figures in (
        (chosen.from_, any(movement.baselines for movement in measured.movements)),
        (chosen.to, any(movement.actuals for movement in measured.movements)),
    ):
        if year is not None and not has_figures:
            say(word("no_figures", session.lang).format(year))
    if chosen.weight:
        show_table(measured.weighted(dict(chosen.weight)), session)
    elif chosen.by is not None:
        show_table(measured.rollup(chosen.by or None), session)
    else:
        show_table(measured.table, session)
    return _wrong_figures(plan, measured.unread)


def _check(chosen: Movement) -> None:
    """Raise `UsageError` for options that do not go together."""
    if sum((chosen.stale, chosen.by is not None, bool(chosen.weight))) > 1:
        raise UsageError("--stale, --by and --weight give different answers: use only one of them.")
    if chosen.stale and (chosen.from_ or chosen.to):
        raise UsageError("--stale looks back from --as-of: leave out --from and --to.")
    if chosen.as_of and not chosen.stale:
        raise UsageError("--as-of is only for --stale. To choose the year of the values, use --to.")
    if chosen.from_ and chosen.to and chosen.from_ >= chosen.to:
        raise UsageError("--from must be earlier than --to.")
    if len(dict(chosen.weight)) < len(chosen.weight):
        raise UsageError("An indicator has two weights. Give it only one.")


def _wrong_figures(plan: Plan, unread: Sequence[str]) -> int:
    """Say where figures that are not counted stand and why; return 1 where there are any."""
    for finding in plan.findings if unread else ():
        if finding.shape == "unusable-value" and plan.ids.short(finding.focus) in unread:
            say(f"{finding.file}:{finding.line}: {finding.message(plan.lang)}")
    return int(bool(unread))


@command("status", "metrograph status --by owner --as-of 2024-01-01")
@option(
    "--by",
    type=Choice(("level", "owner", "year")),
    metavar="level|owner|year",
    help="opt_status_by",
)
@option("--level", type=Id(), metavar="LEVEL", default="", help="opt_status_level")
@option("--owner", type=Id(), metavar="ID", default="", help="opt_status_owner")
@option("--within", type=Whole(0, 3_660), metavar="DAYS", default=30, help="opt_status_within")
@option("--as-of", type=Day(), metavar="DAY", help="opt_status_as_of")
def status(  # noqa: PLR0913, PLR0917  one parameter an option
    session: Session, by: str | None, level: str, owner: str, within: int, as_of: date | None
) -> int:
    """Show what is late, due, stale and done, with budgets."""
    plan = opened(session)
    standing = rollup.standing(plan, as_of or date.today(), within, level, owner)
    show_table(standing.rollup(by) if by else standing.table, session)
    return 0


@command("cycle", "metrograph cycle --lang es")
@option("--as-of", type=Day(), metavar="DAY", help="opt_cycle_as_of")
def cycle(session: Session, as_of: date | None) -> int:
    """Show the accountability cycle."""
    show_table(opened(session).cycle(as_of or date.today()), session)
    return 0
