"""The commands for evaluators: their options, and what each runs and prints.

`add_commands` gets the function by which the command line adds one; `cli.py` has the rest.
"""

import argparse
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote

import pyoxigraph as ox

from metrograph.errors import UsageError
from metrograph.plan import Plan, folder_of, open_plan
from metrograph.tables import Table
from metrograph.terminal import day, number, opened, say, show_table, year
from metrograph.terms import MG, RDF, Graphs
from metrograph.wording import word

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
        "Say how far the coders agree: Krippendorff's alpha, category by category, pair by pair.",
        "metrograph agreement --contested --lang fr",
    )
    view = command.add_mutually_exclusive_group()
    view.add_argument(
        "--categories", action="store_true", help="list each category with each coder's count"
    )
    view.add_argument(
        "--contested", action="store_true", help="list what coders differ on, with their reasons"
    )
    command.add_argument(
        "--rounds", type=number(1, 100_000), default=1_000, metavar="N",
        help="bootstrap rounds for the interval of alpha (default: 1000)",
    )  # fmt: skip
    command.add_argument(
        "--seed", type=number(0, 2**32 - 1), default=1, metavar="N",
        help="where chance starts; the same seed gives the same interval (default: 1)",
    )  # fmt: skip


def _add_adjudicate(add: Add) -> None:
    command = add(
        "adjudicate",
        _adjudicate,
        "List contested claims; decide on one, with a reason; show what was decided before.",
        "metrograph adjudicate activity/2023/avantia result/2.2.7 --accept --by board "
        '--name "Board" --because "The project is such a tool." --graph graph/metropolis',
    )
    command.add_argument("unit", nargs="?", metavar="UNIT", help="an activity, or an intersection")
    command.add_argument(
        "category", nargs="?", metavar="CATEGORY", help="the category claimed for the activity"
    )
    verdict = command.add_mutually_exclusive_group()
    verdict.add_argument("--accept", action="store_true", help="let the claim stand")
    verdict.add_argument("--reject", action="store_true", help="do not let the claim stand")
    verdict.add_argument(
        "--out-of-scope", action="store_true", help="put the intersection UNIT out of scope"
    )
    verdict.add_argument(
        "--in-scope", action="store_true", help="bring the intersection UNIT into scope again"
    )
    command.add_argument("--by", metavar="KEY", help="who decides: the key of a coder")
    command.add_argument("--because", metavar="TEXT", help="why, in one sentence")
    command.add_argument(
        "--basis", choices=("stated", "implied"),
        help="what the decision rests on (default: the surest of the claims)",
    )  # fmt: skip
    command.add_argument("--name", help="the name of KEY, if the graph does not know KEY yet")
    command.add_argument(
        "--supersede", action="store_true", help="take the place of a decision that is in force"
    )
    _add_as_of(command, "the day of the decision")


def _add_gaps(add: Add) -> None:
    command = add(
        "gaps",
        _gaps,
        "Count what is missing, by type, and say what would close it.",
        "metrograph gaps --type results-without-activity --line line/2",
    )
    command.add_argument(
        "--type", action="append", default=[], metavar="TYPE",
        help="list the gaps of this type, which is the name of its question; may be repeated",
    )  # fmt: skip
    command.add_argument("--list", action="store_true", help="list every gap")
    command.add_argument(
        "--by", choices=("type", "line", "challenge", "theme"), default="type",
        help="count by type (default), action line, challenge or theme",
    )  # fmt: skip
    command.add_argument("--line", metavar="ID", help="only what belongs to this action line")
    command.add_argument("--challenge", metavar="ID", help="only what belongs to this challenge")
    command.add_argument("--theme", metavar="ID", help="only what belongs to this theme")
    command.add_argument("--year", type=year, help="only activities reported for this year")
    command.add_argument(
        "--fail-on", action="append", default=[], metavar="TYPE",
        help="end with exit code 1 if there is a gap of this type (or: any); may be repeated",
    )  # fmt: skip


def _add_whatif(add: Add) -> None:
    command = add(
        "whatif",
        _whatif,
        "Show what would go dark without an activity, member, partner, coder, source or year.",
        "metrograph whatif --without activity/2023/avantia",
    )
    view = command.add_mutually_exclusive_group(required=True)
    view.add_argument(
        "--without", nargs="+", metavar="ID",
        help="take these away: activities, initiatives, members, partners, action lines, coders, "
        "sources, years",
    )  # fmt: skip
    view.add_argument(
        "--fragile", action="store_true", help="rank the things on which most hangs alone"
    )
    command.add_argument(
        "--losses", action="store_true", help="list only what goes dark, and what reached it"
    )


def _add_progress(add: Add) -> None:
    command = add(
        "progress",
        _progress,
        "Show how the figures moved, and whether they are on track by a printed rule.",
        "metrograph progress --from 2020 --to 2023",
    )
    command.add_argument(
        "--from", dest="from_", type=year, metavar="YEAR", help="from the figure of this year"
    )
    command.add_argument("--to", type=year, metavar="YEAR", help="to the figure of this year")
    command.add_argument(
        "--by", nargs="?", const="", metavar="LEVEL",
        help="count by status for each element of the plan, or of one LEVEL such as result",
    )  # fmt: skip
    command.add_argument(
        "--weight", action="append", default=[], metavar="ID=W",
        help="take the mean share of the way to the target with these weights; may be repeated",
    )  # fmt: skip
    command.add_argument(
        "--stale", action="store_true", help="list what has no figure for the last full year"
    )
    _add_as_of(command, "the day from which --stale looks back")
    steps = add(
        "cycle",
        _cycle,
        "Show the steps of accountability: due, by whom, from what, with what evidence.",
        "metrograph cycle --lang es",
    )
    _add_as_of(steps, "the day on which later steps are not due yet")


def _add_compare(add: Add) -> None:
    command = add(
        "compare",
        _compare,
        "Compare two plans: what was kept, renamed, merged, split, dropped, and what is new.",
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
    from metrograph.adjudicate import history, open_pairs  # noqa: PLC0415  only this needs them

    scope = options.out_of_scope or options.in_scope
    if scope or options.accept or options.reject:
        return _decide(options)
    plan = opened(options)
    if options.by or options.because:
        raise UsageError("Say what is decided: --accept, --reject, --out-of-scope or --in-scope.")
    if options.unit and options.category:
        show_table(history(plan, plan.known(options.unit), plan.known(options.category)), options)
    elif options.unit:
        raise UsageError("Give UNIT and CATEGORY, or neither to list what is contested.")
    else:
        show_table(open_pairs(plan), options)
    return 0


def _decide(options: argparse.Namespace) -> int:
    """Write a decision into the graph's files, and show the pair's history with it."""
    from metrograph.adjudicate import Order, decision, history, scope_decision  # noqa: PLC0415
    from metrograph.records import append, locked  # noqa: PLC0415

    scope = options.out_of_scope or options.in_scope
    if not options.unit or bool(options.category) == bool(scope):
        raise UsageError(
            "--out-of-scope and --in-scope take one INTERSECTION, --accept and --reject take "
            "UNIT and CATEGORY."
        )
    if not options.by:
        raise UsageError("A decision needs someone who takes it: --by, with a coder's key.")
    if not options.graph and not os.environ.get("METROGRAPH_GRAPH"):
        raise UsageError("A decision changes the plan's files, so name their folder: --graph DIR.")
    folder = folder_of(options.graph)
    with locked(folder):
        plan = opened(options)
        order = Order(
            by=f"coder/{options.by.removeprefix('coder/')}",
            accepts=options.accept or options.in_scope,
            because=options.because or "",
            as_of=options.as_of or date.today(),
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
        path = folder / _file_of_decisions(plan)
        append(path, made, plan.ids.base, "Decisions, with their reasons.")
    say(word("written_to", options.lang).format(plan.ids.short(made[-1].subject), path))
    plan = opened(options)
    if scope:
        show_table(plan.query("decisions-on-scope"), options)
    else:
        show_table(history(plan, plan.known(options.unit), plan.known(options.category)), options)
    return 0


def _file_of_decisions(plan: Plan) -> str:
    """Return the file that holds a plan's decisions, or the name of one to be made."""
    names = sorted(
        unquote(quad.graph_name.value.removeprefix(Graphs.files))
        for kind in (MG.Decision, MG.ScopeDecision)
        for quad in plan.built.store.quads_for_pattern(
            None, ox.NamedNode(RDF.type), ox.NamedNode(kind)
        )
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value.startswith(Graphs.files)
    )
    return names[-1] if names else "decisions.ttl"


def _gaps(options: argparse.Namespace) -> int:
    plan = opened(options)
    where = {
        "year": options.year,
        "line": options.line,
        "challenge": options.challenge,
        "theme": options.theme,
    }
    found = plan.gaps(*options.type, **where)
    if options.by != "type":
        show_table(found.by(options.by), options)
    else:
        show_table(found.listed if options.list or options.type else found.table, options)
    failing = [] if "any" in options.fail_on else options.fail_on
    if not options.fail_on:
        return 0
    return int(plan.gaps(*failing, **where).count() > 0)


def _whatif(options: argparse.Namespace) -> int:
    plan = opened(options)
    if options.fragile:
        show_table(plan.fragility(), options)
        return 0
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
        show_table(found.weighted(dict(map(_weight, options.weight))), options)
    elif options.by is not None:
        show_table(found.rollup(options.by or None), options)
    else:
        show_table(found.table, options)
    return 0


def _weight(text: str) -> tuple[str, Decimal]:
    name, equals, value = text.rpartition("=")
    try:
        if not (name and equals):
            raise InvalidOperation
        return name, Decimal(value)
    except InvalidOperation:
        raise UsageError(f"--weight takes ID=NUMBER, not {text!r}.") from None


def _cycle(options: argparse.Namespace) -> int:
    show_table(opened(options).cycle(options.as_of or date.today()), options)
    return 0


def _compare(options: argparse.Namespace) -> int:
    before, after = (open_plan(folder, options.lang) for folder in (options.before, options.after))
    table: Table = before.compare(after).table
    show_table(table, options)
    return 0
