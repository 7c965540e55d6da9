"""The commands for evaluators: their options, and what each runs and prints.

`add_commands` gets the function by which the command line adds one; `cli.py` has the rest.
"""

import argparse
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from metrograph.cli.terminal import day, number, opened, say, show_table, year
from metrograph.errors import UsageError
from metrograph.messages import word
from metrograph.plan import Plan, folder_of, open_plan
from metrograph.tables.table import Table

Run = Callable[[argparse.Namespace], int]
Add = Callable[[str, Run, str, str], argparse.ArgumentParser]


def add_commands(add: Add) -> None:
    """Add the commands for evaluators to the command line."""
    _add_agreement(add)
    _add_adjudicate(add)
    _add_gaps(add)
    _add_whatif(add)
    _add_progress(add)
    _add_compare(add)


def _add_agreement(add: Add) -> None:
    command = add(
        "agreement",
        _agreement,
        "Measure the agreement between coders (Krippendorff's alpha), and list where they differ.",
        "metrograph agreement --contested --lang fr",
    )
    view = command.add_mutually_exclusive_group()
    view.add_argument(
        "--categories",
        action="store_true",
        help="list each category with the number of claims of each coder",
    )
    view.add_argument(
        "--contested",
        action="store_true",
        help="list the claims on which coders differ, with their reasons",
    )
    command.add_argument(
        "--rounds", type=number(1, 100_000), default=1_000, metavar="N",
        help="bootstrap samples for the interval of alpha (default: 1000)",
    )  # fmt: skip
    command.add_argument(
        "--seed", type=number(0, 2**32 - 1), default=1, metavar="N",
        help="seed of the random samples; the same seed gives the same interval (default: 1)",
    )  # fmt: skip


def _add_adjudicate(add: Add) -> None:
    command = add(
        "adjudicate",
        _adjudicate,
        "List contested claims, decide on one with a reason, or show earlier decisions.",
        "metrograph adjudicate activity/2023/avantia result/2.2.7 --accept --by board "
        '--name "Board" --because "The project is such a tool." --graph graph/metropolis',
    )
    command.add_argument("unit", nargs="?", metavar="UNIT", help="an activity, or an intersection")
    command.add_argument(
        "category", nargs="?", metavar="CATEGORY", help="the category claimed for the activity"
    )
    verdict = command.add_mutually_exclusive_group()
    verdict.add_argument("--accept", action="store_true", help="accept the claim")
    verdict.add_argument("--reject", action="store_true", help="reject the claim")
    verdict.add_argument(
        "--out-of-scope", action="store_true", help="put the intersection UNIT out of scope"
    )
    verdict.add_argument(
        "--in-scope", action="store_true", help="bring the intersection UNIT back into scope"
    )
    command.add_argument(
        "--by", metavar="KEY", help="who decides: the key of a coder or adjudicator"
    )
    command.add_argument("--because", metavar="TEXT", help="the reason, in one sentence")
    command.add_argument(
        "--basis", choices=("stated", "implied"),
        help="basis of the decision (default: the strongest basis of the claims)",
    )  # fmt: skip
    command.add_argument("--name", help="the name of KEY, if KEY is not in the plan yet")
    command.add_argument(
        "--supersede", action="store_true", help="replace a decision that is in force"
    )
    _add_as_of(command, "date of the decision")


def _add_gaps(add: Add) -> None:
    command = add(
        "gaps",
        _gaps,
        "Count the gaps of the plan by type, and show what would close them.",
        "metrograph gaps --type results-without-activity --line line/2",
    )
    command.add_argument(
        "--type", action="append", default=[], metavar="TYPE",
        help="list the gaps of this type (the name of its question); can be repeated",
    )  # fmt: skip
    command.add_argument("--list", action="store_true", help="list every gap")
    command.add_argument(
        "--by", choices=("type", "line", "challenge", "theme"), default="type",
        help="count by type (default), action line, challenge or theme",
    )  # fmt: skip
    command.add_argument("--line", metavar="ID", help="only gaps that belong to this action line")
    command.add_argument(
        "--challenge", metavar="ID", help="only gaps that belong to this challenge"
    )
    command.add_argument("--theme", metavar="ID", help="only gaps that belong to this theme")
    command.add_argument(
        "--year",
        type=year,
        help="only activities reported for this year; gaps of indicators and steps are kept",
    )
    command.add_argument(
        "--fail-on", action="append", default=[], metavar="TYPE",
        help="exit with code 1 if there is a gap of this type (or: any); can be repeated",
    )  # fmt: skip


def _add_whatif(add: Add) -> None:
    command = add(
        "whatif",
        _whatif,
        "Show what loses coverage without an activity, member, partner, coder, source or year.",
        "metrograph whatif --without activity/2023/avantia",
    )
    view = command.add_mutually_exclusive_group(required=True)
    view.add_argument(
        "--without", nargs="+", metavar="ID",
        help="leave these out: activities, initiatives, members, partners, action lines, coders, "
        "sources, years",
    )  # fmt: skip
    view.add_argument(
        "--fragile", action="store_true", help="rank the records on which most coverage depends"
    )
    command.add_argument(
        "--losses", action="store_true", help="list only what loses coverage, and what covered it"
    )


def _add_progress(add: Add) -> None:
    command = add(
        "progress",
        _progress,
        "Show how the indicators changed, and whether they are on track, with the rule applied.",
        "metrograph progress --from 2020 --to 2023",
    )
    command.add_argument(
        "--from", dest="from_", type=year, metavar="YEAR", help="start from the value of this year"
    )
    command.add_argument(
        "--to", type=year, metavar="YEAR", help="compare with the value of this year"
    )
    command.add_argument(
        "--by", nargs="?", const="", metavar="LEVEL",
        help="count by status for each element of the plan, or only for one LEVEL, such as result",
    )  # fmt: skip
    command.add_argument(
        "--weight", action="append", default=[], metavar="ID=W",
        help="average the progress towards the targets, with these weights; can be repeated",
    )  # fmt: skip
    command.add_argument(
        "--stale",
        action="store_true",
        help="list indicators without a value for the last full year",
    )
    _add_as_of(command, "date from which --stale looks back")
    steps = add(
        "cycle",
        _cycle,
        "Show the accountability cycle: steps due, who is responsible, and the evidence.",
        "metrograph cycle --lang es",
    )
    _add_as_of(steps, "steps after this date are not due yet")


def _add_compare(add: Add) -> None:
    command = add(
        "compare",
        _compare,
        "Compare two plans: what was kept, renamed, merged, split, dropped or added.",
        "metrograph compare plans/2022-2025 plans/2026-2029",
    )
    command.add_argument("before", metavar="A", help="folder of the earlier plan")
    command.add_argument("after", metavar="B", help="folder of the later plan")


def _add_as_of(command: argparse.ArgumentParser, meaning: str) -> None:
    command.add_argument(
        "--as-of", type=day, default=None, metavar="DAY", help=f"{meaning} (default: today)"
    )


def _agreement(options: argparse.Namespace) -> int:
    found = opened(options).agreement(options.rounds, options.seed)
    if options.categories:
        show_table(found.categories, options)
    elif options.contested:
        show_table(found.contested, options)
    else:
        show_table(found.table, options)
    return 0


def _adjudicate(options: argparse.Namespace) -> int:
    scope = options.out_of_scope or options.in_scope
    if scope or options.accept or options.reject:
        return _decide(options)
    given = (options.by, options.because, options.basis, options.name, options.as_of)
    if any(one is not None for one in given) or options.supersede:
        raise UsageError("Say what is decided: --accept, --reject, --out-of-scope or --in-scope.")
    plan = opened(options)
    if options.unit is not None and options.category is not None:
        show_table(plan.history(options.unit, options.category), options)
    elif options.unit is not None:
        raise UsageError("Give UNIT and CATEGORY, or neither to list what is contested.")
    else:
        show_table(plan.contested(), options)
    return 0


def _decide(options: argparse.Namespace) -> int:
    """Write a decision into the graph's files, and show the pair's history with it."""
    from metrograph.analysis.adjudication import Order, decision, scope_decision  # noqa: PLC0415
    from metrograph.editing.proposals import keep_decision  # noqa: PLC0415
    from metrograph.store.writing import locked  # noqa: PLC0415

    scope = options.out_of_scope or options.in_scope
    if not options.unit or bool(options.category) == bool(scope):
        raise UsageError(
            "--out-of-scope and --in-scope take one INTERSECTION, --accept and --reject take "
            "UNIT and CATEGORY."
        )
    if not options.by:
        raise UsageError("A decision needs someone who takes it: --by, with a coder's key.")
    if scope and options.basis:
        raise UsageError("--basis goes with --accept and --reject: a scope has no basis.")
    today = date.today()
    if options.as_of and options.as_of > today:
        raise UsageError(f"A decision is taken on a day that has come: --as-of {today} at most.")
    if not options.graph and not os.environ.get("METROGRAPH_GRAPH"):
        raise UsageError("A decision changes the plan's files, so name their folder: --graph DIR.")
    folder = folder_of(options.graph)
    with locked(folder):
        plan = opened(options)
        order = Order(
            by=f"coder/{options.by.removeprefix('coder/')}",
            accepts=options.accept or options.in_scope,
            because=options.because or "",
            as_of=options.as_of or today,
            lang=options.lang,
            languages=plan.built.languages,
            name=options.name,
            replace=options.supersede,
            basis=options.basis,
        )
        if scope:
            made = scope_decision(plan, plan.ids, options.unit, order)
        else:
            made = decision(plan, plan.ids, options.unit, options.category, order)
        path = keep_decision(plan, made)
        say(word("written_to", options.lang).format(plan.ids.short(made[-1].subject), path))
        plan = opened(options)  # while no other changes the files
    if scope:
        show_table(plan.query("decisions-on-scope"), options)
    else:
        show_table(plan.history(options.unit, options.category), options)
    return 0


def _gaps(options: argparse.Namespace) -> int:
    from metrograph.analysis.gaps import gap_types  # noqa: PLC0415  late: other commands start without

    plan = opened(options)
    where = {
        "year": options.year,
        "line": options.line,
        "challenge": options.challenge,
        "theme": options.theme,
    }
    if options.by != "type" and options.list:
        raise UsageError("--list gives every gap, --by counts them: choose one.")
    failing = [one for one in options.fail_on if one != "any"]
    apart = {one.name for one in gap_types() if one.gap.apart}
    if apart & set(failing):
        raise UsageError(f"{min(apart & set(failing))} lists what is decided, and is no gap.")
    _warn_of_empty(plan, options.year)
    found = plan.gaps(*options.type, **where)
    failed = plan.gaps(*failing, **where).count() if failing else 0
    if options.by != "type":
        show_table(found.by(options.by), options)
    else:
        show_table(found.listed if options.list or options.type else found.table, options)
    return int(failed > 0 or ("any" in options.fail_on and found.count() > 0))


def _warn_of_empty(plan: Plan, chosen: int | None) -> None:
    """Say so where the plan has no activity of a year."""
    if chosen is not None and not plan.rows("activities", year=chosen):
        say(word("no_activity_of", plan.lang).format(chosen))


def _whatif(options: argparse.Namespace) -> int:
    plan = opened(options)
    if options.fragile:
        if options.losses:
            raise UsageError("--losses goes with --without.")
        show_table(plan.fragility(), options)
        return 0
    for name in options.without:
        _warn_of_empty(plan, int(name) if len(name) == 4 and name.isdecimal() else None)
    found = plan.whatif(*options.without)
    if not options.losses:
        show_table(found.table, options)
    if options.losses or options.format == "table":
        losses = found.losses
        show_table(
            losses if options.losses else replace(losses, title=f"\n{losses.title}"), options
        )
    return 0


def _progress(options: argparse.Namespace) -> int:
    views = (options.stale, options.by is not None, bool(options.weight))
    if sum(views) > 1:
        raise UsageError("--stale, --by and --weight are different answers: choose one.")
    if options.stale and (options.from_ or options.to):
        raise UsageError("--stale looks back from --as-of: leave --from and --to out.")
    if options.as_of and not options.stale:
        raise UsageError("--as-of goes with --stale; --to chooses the year of the figures.")
    if options.from_ and options.to and options.from_ >= options.to:
        raise UsageError("--from is to be earlier than --to.")
    weights = dict(map(_weight, options.weight))
    if len(weights) < len(options.weight):
        raise UsageError("An indicator has two weights. Give it one.")
    plan = opened(options)
    if options.stale:
        show_table(plan.stale(options.as_of or date.today()), options)
        return 0
    found = plan.progress(options.from_, options.to)
    for chosen, have in (
        (options.from_, any(one.baselines for one in found.movements)),
        (options.to, any(one.actuals for one in found.movements)),
    ):
        if chosen is not None and not have:
            say(word("no_figures", options.lang).format(chosen))
    if options.weight:
        show_table(found.weighted(weights), options)
    elif options.by is not None:
        show_table(found.rollup(options.by or None), options)
    else:
        show_table(found.table, options)
    return _wrong_figures(plan, found.unread)


def _wrong_figures(plan: Plan, unread: Sequence[str]) -> int:
    """Say where figures that are not counted stand and why; return 1 where there are any."""
    for one in plan.findings if unread else ():
        if one.shape == "unusable-value" and plan.ids.short(one.focus) in unread:
            say(f"{one.file}:{one.line}: {one.message(plan.lang)}")
    return int(bool(unread))


def _weight(text: str) -> tuple[str, Decimal]:
    name, _, value = text.rpartition("=")
    if not name or not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value, re.ASCII):
        raise UsageError(f"--weight takes ID=NUMBER, such as indicator/members=2, not {text!r}.")
    return name, Decimal(value)


def _cycle(options: argparse.Namespace) -> int:
    show_table(opened(options).cycle(options.as_of or date.today()), options)
    return 0


def _compare(options: argparse.Namespace) -> int:
    if options.graph is not None:
        raise UsageError("compare takes two folders, and no --graph.")
    if not options.before or not options.after:
        raise UsageError("The name of a folder is empty. Give two: metrograph compare A B.")
    before, after = (open_plan(folder, options.lang) for folder in (options.before, options.after))
    options.plans = (before, after)  # so that the command can end with what it did not look at
    table: Table = before.compare(after).table
    show_table(table, options)
    return 0
