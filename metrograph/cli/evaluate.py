"""The commands for evaluators: agreement, what depends on what, two plans compared."""

from dataclasses import replace

from metrograph.cli.command import Exclusive, argument, command, option
from metrograph.cli.look import warn_of_empty
from metrograph.cli.parameters import Folder, Id, Whole
from metrograph.cli.terminal import Session, opened, show_table
from metrograph.errors import UsageError
from metrograph.plan import open_plan


@command(
    "agreement",
    "metrograph agreement --contested --lang fr",
    exclusive=Exclusive([("categories", "contested")]),
)
@option("--categories", is_flag=True, help="opt_categories")
@option("--contested", is_flag=True, help="opt_contested")
@option("--rounds", type=Whole(1, 100_000), default=1_000, metavar="N", help="opt_rounds")
@option("--seed", type=Whole(0, 2**32 - 1), default=1, metavar="N", help="opt_seed")
def agreement(session: Session, categories: bool, contested: bool, rounds: int, seed: int) -> int:
    """Measure the agreement between coders, and list where they differ."""
    measured = opened(session).agreement(rounds, seed)
    if categories:
        show_table(measured.categories, session)
    elif contested:
        show_table(measured.contested, session)
    else:
        show_table(measured.table, session)
    return 0


@command(
    "whatif",
    "metrograph whatif --without activity/2023/avantia",
    exclusive=Exclusive([("without", "fragile")], required=("without", "fragile")),
)
@option("--without", type=Id(), many=True, metavar="ID", help="opt_without")
@option("--fragile", is_flag=True, help="opt_fragile")
@option("--losses", is_flag=True, help="opt_losses")
def whatif(session: Session, without: tuple[str, ...], fragile: bool, losses: bool) -> int:
    """Show what loses coverage without some records, or on which most depends."""
    plan = opened(session)
    if fragile:
        if losses:
            raise UsageError("--losses is only for --without.")
        show_table(plan.fragility(), session)
        return 0
    for name in without:
        warn_of_empty(plan, int(name) if len(name) == 4 and name.isdecimal() else None)
    change = plan.whatif(*without)
    if not losses:
        show_table(change.table, session)
    if losses or session.format == "table":
        lost = change.losses
        show_table(lost if losses else replace(lost, title=f"\n{lost.title}"), session)
    return 0


@command("compare", "metrograph compare plans/2022-2025 plans/2026-2029")
@argument("before", type=Folder(), metavar="A", help="arg_compare_before")
@argument("after", type=Folder(), metavar="B", help="arg_compare_after")
def compare(session: Session, before: str, after: str) -> int:
    """Compare two plans."""
    if session.graph is not None:
        raise UsageError("compare requires two folders and cannot be combined with --graph.")
    if not before or not after:
        raise UsageError("The name of a folder is empty. Give two folders: metrograph compare A B")
    earlier, later = (open_plan(folder, session.lang) for folder in (before, after))
    session.plans = (earlier, later)  # so that the command can end with what it did not look at
    show_table(earlier.compare(later).table, session)
    return 0
