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

from metrograph import __version__, queries
from metrograph.errors import CacheError, MetrographError, UsageError
from metrograph.load import decode
from metrograph.plan import Plan, folder_of, open_plan, questions
from metrograph.sparql import DEFAULT_LIMITS, Limits
from metrograph.store import cache_folder, forget
from metrograph.tables import FORMATS, Table
from metrograph.wording import LANGUAGES, word

if TYPE_CHECKING:
    from metrograph.findings import Severity

_DESCRIPTION = """\
Ask a strategic plan what its activities address, on whose word, and where nothing is.

Without --graph, the commands answer about the plan that metrograph ships: Metropolis 2021-2023.
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; its help is the command's documentation."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--graph", metavar="DIR", help="folder of the plan's .ttl files (or METROGRAPH_GRAPH)"
    )
    common.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=_language(),
        help="language of labels and headings (or METROGRAPH_LANG)",
    )
    common.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default="table",
        help="form of the answer (default: table)",
    )
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
            name, parents=[common], help=help_, description=help_, epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        command.set_defaults(run=run)
        return command

    check = add(
        "check",
        _check,
        "Say whether the plan's files hold together: violations, warnings, information.",
        "metrograph check --format json",
    )
    check.add_argument(
        "--severity",
        choices=("violation", "warning", "info"),
        help="the least grave findings to list (default: warning; in json and csv: info)",
    )
    matrix = add(
        "coverage",
        _coverage,
        "Count the activities at each intersection of a challenge and a theme.",
        "metrograph coverage --year 2023 --basis stated",
    )
    matrix.add_argument("--year", type=_year, help="only activities reported for this year")
    matrix.add_argument(
        "--line", metavar="ID", help="only activities of this action line, such as line/1"
    )
    matrix.add_argument(
        "--claims",
        default="standing",
        metavar="WHICH",
        help="whose word counts: standing (default), any, or coder:KEY",
    )
    matrix.add_argument(
        "--basis", choices=("stated", "implied"), help="only claims with this basis"
    )
    add(
        "queries",
        _queries,
        "List the questions that the library can answer.",
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
        help="a question's name, a .rq file, or - to read the query from stdin",
    )
    query.add_argument(
        "-p",
        "--parameter",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="fill a parameter of the question; may be repeated",
    )
    query.add_argument(
        "--timeout",
        type=_positive,
        default=DEFAULT_LIMITS.seconds,
        metavar="SECONDS",
        help=f"give up after this time (default: {DEFAULT_LIMITS.seconds})",
    )
    query.add_argument(
        "--limit",
        type=_positive,
        default=DEFAULT_LIMITS.rows,
        metavar="ROWS",
        help=f"refuse an answer of more rows (default: {DEFAULT_LIMITS.rows})",
    )
    show = add(
        "show",
        _show,
        "Show all that the graph holds about one thing.",
        "metrograph show result/1.2.3 --lang fr",
    )
    show.add_argument("id", metavar="ID", help="the id of a thing, such as theme/sustainability")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `metrograph query ... | head` ends quietly
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C stops a query that runs in Oxigraph, too
    options = parser().parse_args(arguments)
    try:
        try:
            return int(options.run(options))
        except (CacheError, RuntimeError) as error:
            if isinstance(error, RuntimeError) and "Corruption" not in str(error):
                raise
            print(f"metrograph: {error} It was damaged; building it again.", file=sys.stderr)
            forget(folder_of(options.graph), cache_folder())
            return int(options.run(options))
    except MetrographError as error:
        print(f"metrograph: {error}", file=sys.stderr)
        return error.exit_code


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


def _year(text: str) -> int:
    if not (len(text) == 4 and text.isdecimal() and text.isascii()):
        raise argparse.ArgumentTypeError(f"a year has four digits, not {text!r}")
    return int(text)


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError(f"a number above 0, not {text!r}")
    return value


def _open(options: argparse.Namespace) -> Plan:
    plan = open_plan(options.graph, options.lang, progress=_progress)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    if plan.built.violations and options.command != "check":
        _say(word("has_violations", options.lang).format(plan.built.violations))
    return plan


def _say(message: str) -> None:
    print(f"metrograph: {message}", file=sys.stderr)


def _progress(message: str) -> None:
    """Say how a build goes: steps on a terminal only, warnings (`!`) always."""
    terminal = sys.stderr.isatty()
    if message.startswith("! "):
        print(("\r\033[K" if terminal else "") + f"metrograph: {message[2:]}", file=sys.stderr)
    elif terminal:
        print(f"\r\033[Kbuilding the plan: {message} …", end="", flush=True, file=sys.stderr)


def _print(table: Table, options: argparse.Namespace) -> None:
    if options.format == "table":
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        width = os.get_terminal_size().columns if sys.stdout.isatty() else None
        _write(table.to_text(width, colour))
    else:
        _write(FORMATS[options.format](table))


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()


def _check(options: argparse.Namespace) -> int:
    from metrograph import report  # noqa: PLC0415  only this command needs it

    plan = _open(options)
    whole = options.format in ("json", "csv")  # for programs; people begin with what matters
    least: Severity = options.severity or ("info" if whole else "warning")
    listed = report.listed(plan.findings, least)
    if options.format == "json":
        _write(report.to_json(plan, listed))
    else:
        _print(report.table(plan, listed, least), options)
    return report.exit_code(plan.findings)


def _coverage(options: argparse.Namespace) -> int:
    plan = _open(options)
    matrix = plan.coverage(options.year, options.line, options.claims, options.basis)
    if not matrix.count():
        _say(word("no_activity", options.lang))
    if options.format == "json":
        _write(matrix.to_json())
    else:
        _print(matrix.table, options)
    return 0


def _queries(options: argparse.Namespace) -> int:
    _print(questions(options.lang, queries.library()), options)
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
    _print(_open(options).ask(query, given, limits), options)
    return 0


def _show(options: argparse.Namespace) -> int:
    from metrograph.show import page  # noqa: PLC0415  only this command needs it

    plan = _open(options)
    name = plan.known(options.id)
    _print(page(plan, name), options)
    return 0
