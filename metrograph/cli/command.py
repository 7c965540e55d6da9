"""What all commands share: options before or after their name, an example, a call with a session.

Help texts are keys of the catalogue, said in the reader's language.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from metrograph.cli.parameters import Choice, Folder
from metrograph.cli.speech import tell
from metrograph.late import late
from metrograph.messages import LANGUAGES

if TYPE_CHECKING:
    from metrograph.cli import running
else:  # help and wrong usage open no plan
    running = late("metrograph.cli.running")

_FORMATS = ("table", "csv", "json", "md", "html")  # of `tables`, which help need not import
SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}


class Formatter(click.HelpFormatter):
    """Writes help with the punctuation of the reader's language."""

    def write_heading(self, heading: str) -> None:
        """Write a heading, before whose colon French has a space."""
        self.write(f"{'':>{self.current_indent}}{tell('help_heading', heading)}\n")


class Context(click.Context):
    """One parsing of a command."""

    formatter_class = Formatter


class Help:
    """The help of what click shows: set as a key of the catalogue, read in the reader's language.

    The word is filled with the `values` of an option.
    """

    def __get__(self, owner: Any, _: type | None = None) -> str | None:
        """Return the text, if there is one."""
        key = vars(owner).get("help")
        return key and tell(key, *vars(owner).get("values", ()))

    def __set__(self, owner: Any, key: str | None) -> None:
        """Keep the key."""
        vars(owner)["help"] = key


class Option(click.Option):
    """An option whose help is a word of the catalogue, filled with `values`.

    With `many`, several values may follow it: `--kind Activity Member`.
    """

    help: Any = Help()

    def __init__(
        self,
        names: Sequence[str],
        values: tuple[object, ...] = (),
        many: bool = False,
        **attributes: Any,
    ) -> None:
        super().__init__(names, multiple=many or attributes.pop("multiple", False), **attributes)
        self.values, self.many = values, many


class Argument(click.Argument):
    """An argument whose help is a word of the catalogue."""

    help: Any = Help()

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the name that help shows, in brackets where it may be left out."""
        name = super().make_metavar(ctx)
        return name if self.required or self.metavar is None else f"[{name}]"

    def get_error_hint(self, ctx: click.Context | None) -> str:  # noqa: ARG002  as click calls it
        """Return the name without brackets."""
        return f"'{self.human_readable_name}'"


class Command(click.Command):
    """A command: its example, options that exclude each other, and what it calls.

    The callback gets a `Session` and either `into` made of the parameters, or each by its name.
    """

    context_class = Context
    function: Callable[..., int]
    example: str
    excluding: Sequence[tuple[str, ...]] = ()
    required: tuple[str, ...] = ()  # one of these options has to be there
    into: Callable[..., object] | None = None
    help: Any = Help()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words after the command, and check which options stand together."""
        many = {name for p in self.params if getattr(p, "many", False) for name in p.opts}
        rest = super().parse_args(ctx, _spread(args, many))
        if not ctx.resilient_parsing:
            self._check(ctx)
        return rest

    def _check(self, ctx: click.Context) -> None:
        for names in self.excluding:
            both = [_spelled(name) for name in names if ctx.params[name]]
            if len(both) > 1:
                raise click.UsageError(tell("excluding", both[0], both[1]), ctx)
        if self.required and not any(ctx.params[name] for name in self.required):
            spelled = ", ".join(_spelled(name) for name in self.required)
            raise click.UsageError(tell("one_required", spelled), ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and return its exit code."""
        own = dict(ctx.params)
        common = {}
        for name in ("graph", "lang", "format", "engine"):
            after, before = own.pop(name, None), ctx.find_root().params.get(name)
            common[name] = before if after is None else after
        if self.into is not None:
            own = {"chosen": self.into(**own)}
        return running.run(str(self.name), common, self.function, own)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the line of usage, in the language of the command line."""
        return [tell("usage_options"), *super().collect_usage_pieces(ctx)[1:]]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  as click calls it
        """Write the example, which is not wrapped, so that it can be copied."""
        formatter.write(f"\n{tell('help_example')}\n  {self.example}\n")


@dataclass(frozen=True)
class Exclusive:
    """Which options of a command exclude each other, and of which one has to be there."""

    options: Sequence[tuple[str, ...]] = ()
    required: tuple[str, ...] = ()


def command(
    name: str,
    example: str,
    into: Callable[..., object] | None = None,
    exclusive: Exclusive = Exclusive(),
) -> Callable[[Callable[..., int]], Command]:
    """Return a decorator that makes a function a command, with the options of all commands.

    `into` takes the parameters by their names; without it, the function does.
    """

    def make(function: Callable[..., int]) -> Command:
        made = click.command(name, cls=Command, context_settings=SETTINGS)(function)
        made.function = function
        made.help = f"help_{name}"
        made.example, made.into = example, into
        made.excluding, made.required = exclusive.options, exclusive.required
        own = {name for param in made.params for name in param.opts}
        made.params[:0] = [shared for shared in common() if not own.intersection(shared.opts)]
        return made

    return make


def option(*names: str, **attributes: Any) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return a decorator that adds an `Option`."""
    return click.option(*names, cls=Option, **attributes)


def argument(*names: str, **attributes: Any) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return a decorator that adds an `Argument`."""
    return click.argument(*names, cls=Argument, **attributes)


def common() -> list[click.Parameter]:
    """Return the options that stand before or after a command; what is not typed is None."""
    return [
        Option(["--graph"], type=Folder(), metavar="DIR", help="opt_graph"),
        Option(["--lang"], type=Choice(LANGUAGES), help="opt_lang"),
        Option(["--format"], type=Choice(_FORMATS), help="opt_format"),
        Option(["--engine"], metavar="URL", help="opt_engine"),
    ]


def _spelled(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _spread(arguments: Sequence[str], many: set[str]) -> list[str]:
    """Return a line of words in which an option of many values stands before each of them.

    >>> _spread(["--kind", "Activity", "Member", "-o", "x.csv"], {"--kind"})
    ['--kind', 'Activity', '--kind', 'Member', '-o', 'x.csv']
    """
    spread: list[str] = []
    current, values = "", 0
    for argument_ in arguments:
        if argument_.startswith("-") and argument_ != "-":
            current, values = (argument_ if argument_ in many else ""), 0
        elif current:
            values += 1
            spread += [current] if values > 1 else []
        spread.append(argument_)
    return spread
