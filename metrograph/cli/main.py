"""The command line: words in; data to stdout, messages to stderr, an exit code out.

Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 cannot run.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from metrograph import __version__
from metrograph.cli import evaluate, explore, export, import_, new, serve, upgrade
from metrograph.cli.terminal import opened, positive, say, show_table, write, year
from metrograph.errors import CacheError, MetrographError, UsageError
from metrograph.exchange.upgrade import sentence
from metrograph.messages import LANGUAGES, word
from metrograph.plan import folder_of
from metrograph.query import library as queries
from metrograph.query.filters import AGREED, Filters
from metrograph.query.listing import questions
from metrograph.query.sparql import DEFAULT_LIMITS, Limits
from metrograph.store.cache import cache_folder, forget
from metrograph.store.turtle import decode
from metrograph.tables.table import FORMATS

if TYPE_CHECKING:
    from metrograph.store.findings import Severity

_DESCRIPTION = """\
Ask a strategic plan which challenges and themes its activities address, according to whom, and
where the gaps are.

Without --graph, the commands use the plan that comes with metrograph: Metropolis 2021-2023.
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; its help is the command's documentation."""
    top = argparse.ArgumentParser(
        prog="metrograph",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="examples:\n  metrograph coverage --year 2023\n  metrograph show line/1 --lang fr",
    )
    top.add_argument("--version", action="version", version=f"metrograph {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(
        name: str, run: Callable[[argparse.Namespace], int], help_: str, example: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(
            name, parents=[_common()], help=help_, description=help_,
            epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            conflict_handler="resolve",  # a command may have a --lang of its own kind
        )  # fmt: skip
        command.set_defaults(run=run)
        return command

    check = add(
        "check",
        _check,
        "Check the plan's files, and list errors, warnings and notes.",
        "metrograph check --format json",
    )
    check.add_argument(
        "--severity",
        choices=("violation", "warning", "info"),
        help="the least severe findings to list (default: warning; in json and csv: info)",
    )
    matrix = add(
        "coverage",
        _coverage,
        "Count the activities at each intersection of a challenge and a theme.",
        "metrograph coverage --year 2023 --basis stated",
    )
    matrix.add_argument("--year", type=year, help="only activities reported for this year")
    matrix.add_argument(
        "--line", metavar="ID", help="only activities of this action line, such as line/1"
    )
    matrix.add_argument(
        "--claims",
        default="agreed",
        metavar="WHICH",
        help="which claims to count: agreed (default), any, or coder:KEY",
    )
    matrix.add_argument(
        "--basis", choices=("stated", "implied"), help="only claims with this basis"
    )
    matrix.add_argument("--output", metavar="ID", help="only activities with this output type")
    matrix.add_argument(
        "--region", metavar="ID", help="only activities in which a member of this region takes part"
    )
    matrix.add_argument(
        "--weight",
        choices=("whole", "fractional"),
        default="whole",
        help="count an activity as 1 in each of its n cells (whole, default), or 1/n (fractional)",
    )
    matrix.add_argument(
        "--evidence",
        choices=("any", "same-passage"),
        default="any",
        help="count all activities (any, default), or only those that name the challenge and the "
        "theme in the same passage",
    )
    ways = matrix.add_mutually_exclusive_group()
    ways.add_argument(
        "--range",
        action="store_true",
        help="show the lowest and highest count of each cell, over all ways of counting claims",
    )
    ways.add_argument(
        "--concentration",
        action="store_true",
        help="show the share of the fullest cells and the evenness of coverage, by action line",
    )
    add(
        "queries",
        _queries,
        "List the questions in the library.",
        "metrograph queries --lang es",
    )
    query = add(
        "query",
        _query,
        "Answer a question of the library, or a SPARQL query of your own.",
        "metrograph query activities-of-theme -p theme=theme/gender-equality",
    )
    query.add_argument(
        "query",
        metavar="NAME|FILE|-",
        help="the name of a question, a .rq file, or - to read a query from stdin",
    )
    query.add_argument(
        "-p",
        "--parameter",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="set a parameter of the question; can be repeated",
    )
    query.add_argument(
        "--timeout",
        type=positive,
        default=DEFAULT_LIMITS.seconds,
        metavar="SECONDS",
        help=f"stop after this time (default: {DEFAULT_LIMITS.seconds})",
    )
    query.add_argument(
        "--limit",
        type=positive,
        default=DEFAULT_LIMITS.rows,
        metavar="ROWS",
        help=f"refuse answers with more rows (default: {DEFAULT_LIMITS.rows})",
    )
    show = add(
        "show",
        _show,
        "Show everything that the plan contains about one record.",
        "metrograph show result/1.2.3 --lang fr",
    )
    show.add_argument("id", metavar="ID", help="the ID of a record, such as theme/sustainability")
    evaluate.add_commands(add)
    explore.add_commands(add)
    new.add_commands(add)
    upgrade.add_commands(add)
    export.add_commands(add)
    import_.add_commands(add)
    serve.add_command(add)
    return top


def _common() -> argparse.ArgumentParser:
    """Return the options of all commands, anew for each, as a command may change its own."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--graph", metavar="DIR", help="folder with the plan's .ttl files (or set METROGRAPH_GRAPH)"
    )
    common.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=_language(),
        help="language of labels and headings (or set METROGRAPH_LANG)",
    )
    common.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="table",
        help="format of the answer (default: table)",
    )
    return common


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `metrograph query ... | head` ends quietly
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C stops a query that runs in Oxigraph, too
    options = parser().parse_args(arguments)
    try:
        try:
            return _run(options)
        except (CacheError, RuntimeError) as error:
            if isinstance(error, RuntimeError) and "Corruption" not in str(error):
                raise
            print(f"metrograph: {error} It was damaged; building it again.", file=sys.stderr)
            forget(folder_of(options.graph), cache_folder())
            return _run(options)
    except MetrographError as error:
        print(f"metrograph: {error}", file=sys.stderr)
        return error.exit_code


def _run(options: argparse.Namespace) -> int:
    """Run the command; end with what of the plan was not looked at, unless its answer says so."""
    code = int(options.run(options))
    if left := getattr(options, "left", ""):
        say(left)
    plans = getattr(options, "plans", ())
    for plan in plans:
        if needed := sentence(plan):
            say(needed)
    if plans and options.command != "check":
        from metrograph.report.omissions import omissions  # noqa: PLC0415  it needs an open plan

        for left in omissions(options.command, *plans):
            say(left)
    return code


def entry() -> NoReturn:
    """Run as a program."""
    try:
        code = main()
        sys.stdout.flush()
    except OSError as error:
        code = _fail(f"the answer cannot be written ({error.strerror}).")
    except Exception as error:  # the last resort: a person can do nothing with a traceback
        code = _fail(f"unexpected: {type(error).__name__}: {error}. Please report it.")
    os._exit(code)  # without waiting for a query that was given up and still runs in its thread


def _fail(message: str) -> int:
    if sys.stderr is not None:
        print(f"metrograph: {message}", file=sys.stderr, flush=True)
    return MetrographError.exit_code


def _language() -> str:
    for variable in ("METROGRAPH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        lang = os.environ.get(variable, "")[:2]
        if lang in LANGUAGES:
            return lang
    return "en"


def _check(options: argparse.Namespace) -> int:
    from metrograph.report import findings as report  # noqa: PLC0415  only this command needs it

    plan = opened(options)
    whole = options.format in ("json", "csv")  # for programs; people begin with what matters
    least: Severity = options.severity or ("info" if whole else "warning")
    listed = report.listed(plan.findings, least)
    if options.format == "json":
        write(report.to_json(plan, listed))
    else:
        show_table(report.table(plan, listed, least), options)
    return report.exit_code(plan.findings)


def _coverage(options: argparse.Namespace) -> int:
    from metrograph.report.omissions import left_out  # noqa: PLC0415  it needs an open plan

    plan = opened(options)
    narrowed = options.output or options.region or options.evidence != "any"
    if (options.range or options.concentration) and narrowed:
        raise UsageError("--range and --concentration take no --output, --region or --evidence.")
    if (options.range or options.concentration) and not plan.coverage(options.year).count():
        say(word("no_activity", options.lang))
    if options.range:
        if options.claims not in AGREED or options.basis or options.weight != "whole":
            raise UsageError("--range counts in all ways: leave --claims, --basis, --weight out.")
        show_table(plan.coverage_span(options.year, options.line).table, options)
        return 0
    if options.concentration:
        if options.line or options.basis or options.weight != "whole":
            raise UsageError("--concentration takes --year and --claims only.")
        show_table(plan.concentration(options.year, options.claims), options)
        return 0
    filters = Filters(
        options.year, options.line, options.claims, options.basis, options.output, options.region,
        options.evidence,
    )  # fmt: skip
    matrix = plan.coverage(filters)
    if not matrix.count():
        say(word("no_activity_yet" if filters.is_empty else "no_activity", options.lang))
    if options.weight == "fractional":
        from metrograph.analysis.measures import fractional  # noqa: PLC0415  only this needs it

        show_table(fractional(matrix), options)
    elif options.format == "json":
        write(matrix.to_json(left_out(options.command, plan)))
    else:
        show_table(matrix.sheet if options.format == "csv" else matrix.shown, options)
    return 0


def _queries(options: argparse.Namespace) -> int:
    show_table(questions(options.lang, queries.library()), options)
    return 0


def _query(options: argparse.Namespace) -> int:
    given = {}
    for pair in options.parameter:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"-p takes KEY=VALUE, not {pair!r}.")
        given[key] = value
    name = options.query
    if name == "-":
        query = queries.parse("stdin", decode(sys.stdin.buffer.read(), Path("stdin")))
    elif name.endswith(".rq") or "/" in name:
        query = queries.read(Path(name), name)
    else:
        query = queries.find(name)
    limits = Limits(options.timeout, int(options.limit))
    show_table(opened(options).ask(query, given, limits), options)
    return 0


def _show(options: argparse.Namespace) -> int:
    from metrograph.report.description import page  # noqa: PLC0415  only this command needs it

    plan = opened(options)
    name = plan.known(options.id)
    show_table(page(plan, name), options)
    return 0
