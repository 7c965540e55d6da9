"""The edge to a person at a terminal: words of arguments in, plans opened, tables and notes out."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date

from metrograph.messages import word
from metrograph.plan import Plan, open_plan
from metrograph.tables.table import FORMATS, Table


def year(text: str) -> int:
    """Return the year that a person typed, of four digits."""
    if not (len(text) == 4 and text.isdecimal() and text.isascii()):
        raise argparse.ArgumentTypeError(f"a year has four digits, not {text!r}")
    return int(text)


def positive(text: str) -> float:
    """Return the number above zero that a person typed."""
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError(f"a number above 0, not {text!r}")
    return value


def number(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        if not (text.isdecimal() and text.isascii() and least <= int(text[:12]) <= most):
            raise argparse.ArgumentTypeError(f"a whole number from {least} to {most}, not {text!r}")
        return int(text)

    return read


def day(text: str) -> date:
    """Return the day that a person typed as 2024-05-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day such as 2024-05-31, not {text!r}") from None


def opened(options: argparse.Namespace) -> Plan:
    """Return the plan that the options name, and say so if it has violations."""
    plan = open_plan(options.graph, options.lang, report=_progress)
    step("")
    options.plans = (plan,)  # so that the command can end with what it did not look at
    if plan.built.violations and options.command != "check":
        say(word("has_violations", options.lang).format(plan.built.violations))
    return plan


def say(message: str) -> None:
    """Say something beside the data."""
    step("")
    print(f"metrograph: {message}", file=sys.stderr)


def step(message: str) -> None:
    """Say on a terminal what takes a while now, in place of the step before; nothing clears it."""
    if sys.stderr.isatty():
        print("\r\033[K" + (f"{message} …" if message else ""), end="", flush=True, file=sys.stderr)


def _progress(message: str) -> None:
    """Say how a build goes: steps on a terminal only, warnings (`!`) always."""
    if message.startswith("! "):
        say(message[2:])
    else:
        step(f"building the plan: {message}")


def show_table(table: Table, options: argparse.Namespace) -> None:
    """Write a table in the form asked for."""
    step("")
    if options.format == "table":
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        width = os.get_terminal_size().columns if sys.stdout.isatty() else None
        write(table.to_text(width, colour))
    elif options.format == "json" and (plans := getattr(options, "plans", ())):
        from metrograph.report.omissions import left_out  # noqa: PLC0415  it needs an open plan

        write(table.to_json(left_out(options.command, *plans)))
    else:
        write(FORMATS[options.format](table))


def write(text: str) -> None:
    """Write data to stdout, as UTF-8 whatever the terminal thinks."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()
