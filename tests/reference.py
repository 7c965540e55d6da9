"""Writes docs/reference.md and the table of commands in README.md from the program itself.

Its sources are the commands and the query library.

`make reference` runs it; a test checks that the file is what this gives.
"""

from collections.abc import Iterator
from pathlib import Path

import click

from metrograph.cli.command import Command, Option
from metrograph.cli.commands import COMMANDS, root
from metrograph.cli.speech import speak
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
    rows = "".join(f"| `metrograph {n}` | {c.help} |\n" for n, c in _commands())
    return f"{before}{_BEGIN}| command | what it does |\n| --- | --- |\n{rows}{_END}{after}"


def _lines() -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Made by `make reference` from the program itself; a test keeps it true."
    yield ""
    yield "Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 cannot run."
    for name, command in _commands():
        yield from ["", f"## metrograph {name}", "", str(command.help), "", "```console"]
        yield f"$ {command.example}"
        yield from ["```", "", "| argument | meaning |", "| --- | --- |"]
        context = click.Context(command)
        for parameter in command.params:
            yield f"| `{_spelling(parameter, context)}` | {parameter.help} |"
    yield from ["", "## The library of questions", ""]
    yield "Parameters in brackets may be left out. `metrograph queries --lang fr` speaks French."
    yield from ["", "| name | question | parameters |", "| --- | --- | --- |"]
    for query in library():
        link = f"[{query.name}](../queries/{query.name}.rq)"
        yield f"| {link} | {query.question['en']} | {_parameters(query)} |"


def _commands() -> Iterator[tuple[str, Command]]:
    speak("en")
    group = root()
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert isinstance(command, Command)
        yield name, command


def _spelling(parameter: click.Parameter, context: click.Context) -> str:
    value = parameter.make_metavar(context)
    if not isinstance(parameter, Option):
        return value.strip("[]").replace("|", "\\|")
    if parameter.is_flag:
        return ", ".join(parameter.opts)
    return f"{', '.join(parameter.opts)} {value}".replace("|", "\\|")


def _parameters(query: Query) -> str:
    shown = [
        f"`{p.name}={p.example or p.default}`" if p.required else f"[`{p.name}`]"
        for p in query.parameters
    ]
    return " ".join(shown)


if __name__ == "__main__":
    PATH.write_text(reference(), encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8")), encoding="utf-8")
