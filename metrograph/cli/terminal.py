"""Input and output on a terminal: opens plans, prints tables and notes."""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.speech import tell
from metrograph.late import late
from metrograph.messages import in_language, word
from metrograph.plan import Plan, open_plan
from metrograph.query import kept_answers
from metrograph.store.reports import Notice, Step
from metrograph.tables.cell import clean
from metrograph.tables.table import FORMATS, Table

if TYPE_CHECKING:
    from metrograph.report import omissions
    from metrograph.store import servers
else:  # only an open plan needs them
    omissions, servers = late("metrograph.report.omissions"), late("metrograph.store.servers")


@dataclass
class Session:
    """One run of a command: the options of all commands, and what it is to end with.

    `plans` are those that it opened, so that it can say what it did not look at; `left` is what
    else has to be said at the end.
    """

    command: str
    graph: str | os.PathLike[str] | None
    lang: str
    format: str
    plans: tuple[Plan, ...] = ()
    left: str = ""
    engine: str | None = None


def opened(session: Session) -> Plan:
    """Return the plan of a session, and say so if it has violations."""
    plan = open_plan(
        session.graph,
        session.lang,
        report=lambda done: _progress(done, session.lang),
        server=session.engine,
    )
    step("")
    session.plans = (plan,)
    if plan.built.remote is None and (plan.built.folder / "engine.toml").is_file():
        _show_suggested(plan, session)
    if plan.built.violations and session.command != "check":
        say(word("has_violations", session.lang).format(plan.built.violations))
    return plan


def _show_suggested(plan: Plan, session: Session) -> None:
    """Name the server that a plan's folder names, which is not used."""
    if hint := servers.suggested(plan.built.folder):
        say(word("engine_suggested", session.lang).format(clean(hint)))


def say(message: str) -> None:
    """Say something beside the data."""
    step("")
    print(f"metrograph: {message}", file=sys.stderr)


def ask(*lines: str) -> str:
    """Return what a person at a terminal answers to some lines; nothing where nobody is there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    for line in lines:
        say(line)
    return sys.stdin.readline().strip().casefold()


def step(message: str) -> None:
    """Say on a terminal what takes a while now, in place of the step before; nothing clears it."""
    if sys.stderr.isatty():
        print("\r\033[K" + (f"{message} …" if message else ""), end="", flush=True, file=sys.stderr)


def _progress(done: Step | Notice, lang: str) -> None:
    """Say how a build goes: steps on a terminal only, notices always."""
    text = in_language(done.text, lang)
    if isinstance(done, Notice):
        say(text)
    else:
        step(tell("building", text))


def show_table(table: Table, session: Session, keep: bool = False) -> None:
    """Write a table in the form asked for; `keep` its drawing, for a table that is asked often."""
    step("")
    if session.format == "table":
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        width = os.get_terminal_size().columns if sys.stdout.isatty() else None
        plan = session.plans[0] if keep and session.plans else None
        write(_kept(plan, table, width, colour) if plan else table.to_text(width, colour))
    elif session.format == "json" and session.plans:
        write(table.to_json(omissions.left_out(session.command, *session.plans)))
    else:
        write(FORMATS[session.format](table))


def _kept(plan: Plan, table: Table, width: int | None, colour: bool) -> str:
    """Return a table as first drawn and kept: to import rich takes longer than to count."""
    code = (Path(__file__).parents[1] / "tables" / "terminal.py").read_bytes()
    drawn = hashlib.sha256(code + repr((table, table.empty, width, colour)).encode())
    folder = kept_answers.folder_of(plan.built)
    name = f"drawing-{drawn.hexdigest()[:32]}"
    return str(kept_answers.kept(folder, name, (), lambda: table.to_text(width, colour)))


def write(text: str) -> None:
    """Write data to stdout, as UTF-8 whatever the terminal thinks."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()
