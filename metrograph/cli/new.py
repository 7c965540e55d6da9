"""A title, languages and a base in; a new folder with a small plan out."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from metrograph.cli.terminal import say
from metrograph.errors import UsageError
from metrograph.exchange.scaffold import Start, files
from metrograph.messages import LANGUAGES, word
from metrograph.store.new_plan import begin
from metrograph.text import as_key

Run = Callable[[argparse.Namespace], int]


Add = Callable[[str, Run, str, str], argparse.ArgumentParser]


def add_commands(add: Add) -> None:
    """Add the command that begins a plan to the command line."""
    command = add(
        "new",
        _new,
        "Start a plan of your own from a small, valid example.",
        'metrograph new town --title "Town plan 2030" --lang en,fr',
    )
    command.add_argument("folder", type=Path, metavar="DIR", help="the folder to create")
    command.add_argument(
        "--title", metavar="TEXT", help="the name of the plan (default: an example name)"
    )
    command.add_argument(
        "--lang",  # in place of that of all commands
        type=_languages,
        default=command.get_default("lang"),
        metavar="LANG,LANG",
        help="languages of the plan, the main one first: en, fr, es (or set METROGRAPH_LANG)",
    )
    command.add_argument(
        "--base",
        metavar="IRI",
        help="address with which the plan's IDs begin (default: https://example.org/DIR/)",
    )


def _languages(text: str) -> tuple[str, ...]:
    """Return the languages that a person typed, each once."""
    found = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    if not found or set(found) - set(LANGUAGES):
        raise argparse.ArgumentTypeError(
            f"languages are some of {','.join(LANGUAGES)}, not {text!r}"
        )
    return found


def _new(options: argparse.Namespace) -> int:
    if options.graph is not None:
        raise UsageError("new makes a folder, and takes no --graph.")
    if options.folder == Path():  # also of an empty name
        raise UsageError("Give the name of a new folder, such as: metrograph new plan.")
    base = options.base or f"https://example.org/{as_key(options.folder.resolve().name) or 'plan'}/"
    start = Start(date.today(), base, options.lang, options.title)
    made = begin(options.folder, files(start))
    say(word("plan_begun", options.lang[0]).format(options.folder, made / "README.md"))
    return 0
