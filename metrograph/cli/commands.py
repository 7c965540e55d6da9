"""All commands by name and group; each is imported when it is asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

import click

from metrograph import __version__
from metrograph.cli.command import SETTINGS, Context, common
from metrograph.cli.speech import tell
from metrograph.late import late

if TYPE_CHECKING:
    from click import shell_completion
    from click.shell_completion import CompletionItem
else:  # only a shell asks for it
    shell_completion = late("click.shell_completion")

GROUPS: Mapping[str, Mapping[str, str]] = {  # command: the module that has it
    "look": {
        "coverage": "look",
        "gaps": "look",
        "queries": "ask",
        "query": "ask",
        "show": "ask",
        "path": "explore",
        "draw": "explore",
    },
    "evaluate": {
        "agreement": "evaluate",
        "adjudicate": "adjudicate",
        "whatif": "evaluate",
        "status": "progress",
        "progress": "progress",
        "cycle": "progress",
        "compare": "evaluate",
        "report": "report",
    },
    "edit": {"new": "edit", "check": "edit", "upgrade": "edit"},
    "exchange": {
        "documents": "documents",
        "import": "import_",
        "export": "export",
        "template": "import_",
    },
    "serve": {"serve": "serve", "engine": "engine"},
}
COMMANDS = {name: module for group in GROUPS.values() for name, module in group.items()}


class Group(click.Group):
    """All commands, listed by group, and imported when one of them is asked for."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  as click calls it
        """Return the names of all commands, in the order of the groups."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  as click calls it
        """Import a command, or return None if there is none of that name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        function = "import_" if cmd_name == "import" else cmd_name  # no name for a function
        command: click.Command = getattr(import_module(f"metrograph.cli.{module}"), function)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that was typed, or raise an error with the nearest ones."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(
                error.command_name, possibilities=COMMANDS, ctx=ctx
            ) from None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Return the commands and options that begin so."""
        items = [
            shell_completion.CompletionItem(name, help=tell(f"help_{name}"))
            for name in COMMANDS
            if name.startswith(incomplete)
        ]
        return [*items, *click.Command.shell_complete(self, ctx, incomplete)]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  as click calls it
        """Return the parts of the line of usage, in the language of the command line."""
        return [tell("usage_options"), tell("usage_command")]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  as click calls it
        """Write what the program is for."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(tell("help_metrograph"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by group, then the options."""
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  as click calls it
        """Write each group of commands under its heading."""
        width = max(map(len, COMMANDS))
        for group, commands in GROUPS.items():
            with formatter.section(tell(f"group_{group}")):
                formatter.write_dl([(name.ljust(width), tell(f"help_{name}")) for name in commands])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  as click calls it
        """Write two examples."""
        formatter.write(
            f"\n{tell('help_examples')}\n  metrograph coverage --year 2023\n"
            "  metrograph show line/1 --lang fr\n"
        )


def root() -> Group:
    """Return the program: the group of all commands."""
    version = click.version_option(__version__, message="%(prog)s %(version)s")
    group = click.group("metrograph", cls=Group, params=common(), context_settings=SETTINGS)
    return group(version(lambda **_: None))
