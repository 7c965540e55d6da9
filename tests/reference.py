"""Writes docs/reference.md and the table of commands in README.md from the program itself.

Its sources are the command line's parser and the query library.

`make reference` runs it; a test checks that the file is what this gives.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from metrograph.cli.main import parser
from metrograph.query.library import Query, library

ROOT = Path(__file__).parents[1]
PATH = ROOT / "docs" / "reference.md"
README = ROOT / "README.md"
_BEGIN, _END = "<!-- commands: made by `make reference` -->\n", "<!-- end -->"


def reference() -> str:
    """Return the reference as Markdown."""
    return "\n".join(_lines()) + "\n"


def readme(text: str) -> str:
    """Return the text of README.md with its table of commands made anew."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    rows = "".join(f"| `metrograph {n}` | {c.description} |\n" for n, c in _commands(parser()))
    return f"{before}{_BEGIN}| command | what it does |\n| --- | --- |\n{rows}{_END}{after}"


def _lines() -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Made by `make reference` from the program itself; a test keeps it true."
    yield ""
    yield "Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 cannot run."
    for name, command in _commands(parser()):
        yield from ["", f"## metrograph {name}", "", str(command.description), "", "```console"]
        yield "$ " + str(command.epilog).partition("example:\n  ")[2]
        yield from ["```", "", "| argument | meaning |", "| --- | --- |"]
        for action in command._actions:
            if action.dest != "help":
                yield f"| `{_spelling(action)}` | {action.help} |"
    yield from ["", "## The library of questions", ""]
    yield "Parameters in brackets may be left out. `metrograph queries --lang fr` speaks French."
    yield from ["", "| name | question | parameters |", "| --- | --- | --- |"]
    for query in library():
        link = f"[{query.name}](../queries/{query.name}.rq)"
        yield f"| {link} | {query.question['en']} | {_parameters(query)} |"


def _commands(top: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _spelling(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(action.choices) if action.choices else action.dest.upper())
    if not action.option_strings:
        return str(value).replace("|", "\\|")
    if action.nargs == 0:  # a switch
        return ", ".join(action.option_strings)
    return f"{', '.join(action.option_strings)} {value}".replace("|", "\\|")


def _parameters(query: Query) -> str:
    shown = [
        f"`{p.name}={p.example or p.default}`" if p.required else f"[`{p.name}`]"
        for p in query.parameters
    ]
    return " ".join(shown)


if __name__ == "__main__":
    PATH.write_text(reference(), encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8")
