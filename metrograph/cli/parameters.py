"""Parameter types: years, days, numbers, ids and files, parsed from arguments.

Each type also completes words in a shell.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from metrograph.cli.speech import tell
from metrograph.late import late
from metrograph.messages import LANGUAGES

if TYPE_CHECKING:
    from click import shell_completion
    from click.shell_completion import CompletionItem

    from metrograph.cli import completion
else:  # only a shell asks for them
    shell_completion = late("click.shell_completion")
    completion = late("metrograph.cli.completion")


class Choice(click.Choice[Any]):
    """One of a few words, which the help lists without brackets."""

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  as click calls it
        """Return the words as help shows them: `a|b`."""
        return "|".join(self._normalized_mapping(ctx).values())


class Year(click.ParamType[int]):
    """A year of four digits."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the year that a person typed."""
        text = str(value)
        if not (len(text) == 4 and text.isdecimal() and text.isascii()):
            self.fail(tell("type_year", text), param, ctx)
        return int(text)


class Day(click.ParamType[date]):
    """A day such as 2024-05-31."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that a person typed."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(tell("type_day", value), param, ctx)


class Whole(click.ParamType[int]):
    """A whole number within limits."""

    name = "n"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number that a person typed."""
        text = str(value)
        digits = text.isdecimal() and text.isascii()
        if not (digits and self.least <= int(text[:12]) <= self.most):
            self.fail(tell("type_whole", self.least, self.most, text), param, ctx)
        return int(text)


class Positive(click.ParamType[float]):
    """A number above zero."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number that a person typed."""
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not 0 < number < 1e9:
            self.fail(tell("type_positive", value), param, ctx)
        return number


class Languages(click.ParamType[tuple[str, ...]]):
    """Languages of a plan, the main one first, each once."""

    name = "languages"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the languages that a person typed: `en,fr`."""
        if isinstance(value, tuple):
            return value
        names = [name.strip().lower() for name in str(value).split(",")]
        languages = tuple(dict.fromkeys(name for name in names if name))
        if not languages or set(languages) - set(LANGUAGES):
            self.fail(tell("type_languages", ",".join(LANGUAGES), value), param, ctx)
        return languages

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  as click calls it
        param: click.Parameter,  # noqa: ARG002  as click calls it
        incomplete: str,
    ) -> "list[CompletionItem]":
        """Return the languages that may come next."""
        before, comma, _ = incomplete.rpartition(",")
        return _items(incomplete, (f"{before}{comma}{lang}" for lang in LANGUAGES))


class Weight(click.ParamType[tuple[str, Decimal]]):
    """The weight of an indicator: ID=NUMBER."""

    name = "weight"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Decimal]:
        """Return the id and the weight that a person typed."""
        name, _, number = str(value).rpartition("=")
        whole, _, part = number.partition(".")
        digits = whole + part
        short = 0 < len(whole) <= 9 and len(part) <= 9 and not number.endswith(".")
        if not (name and short and digits.isdecimal() and digits.isascii()):
            self.fail(tell("type_weight", value), param, ctx)
        return name, Decimal(number)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """Return the indicators of the plan, each before its weight."""
        return [] if "=" in incomplete else Id("Indicator").shell_complete(ctx, param, incomplete)


class Setting(click.ParamType[tuple[str, str]]):
    """A parameter of a question: KEY=VALUE."""

    name = "setting"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return the name and the value that a person typed."""
        key, equals, text = str(value).partition("=")
        if not equals or not key:
            self.fail(tell("type_setting", value), param, ctx)
        return key, text

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002  as click calls it
        incomplete: str,
    ) -> "list[CompletionItem]":
        """Return the parameters of the question that was typed before, or ids for one of them."""
        return completion.settings(ctx, incomplete)


class File(click.ParamType[Path]):
    """The name of a file, or of a folder."""

    def __init__(self, kind: str = "file") -> None:
        self.name = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ARG002  as click calls it
        """Return the name that a person typed as a path."""
        return Path(value)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002  as click calls it
        param: click.Parameter,  # noqa: ARG002  as click calls it
        incomplete: str,
    ) -> "list[CompletionItem]":
        """Return what has the shell complete names of files or folders."""
        return [shell_completion.CompletionItem(incomplete, type=self.name)]


class Folder(click.ParamType[str]):
    """The folder of a plan, as it was typed: an empty name is no default."""

    name = "dir"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem]":
        """Return what has the shell complete names of folders."""
        return File("dir").shell_complete(ctx, param, incomplete)


class Id(click.ParamType[str]):
    """The id of a record of the plan; the plan says whether it has it.

    With `kinds`, those of records of these kinds are completed; with `keys`, only their keys, after
    that text (`coder:` of `coder:a`). `words` may stand instead of an id.
    """

    name = "id"

    def __init__(self, *kinds: str, words: Sequence[str] = (), keys: str | None = None) -> None:
        self.kinds, self.words, self.keys = kinds, words, keys

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002  as click calls it
        incomplete: str,
    ) -> "list[CompletionItem]":
        """Return the ids of the plan that begin so, each with its label."""
        words = _items(incomplete, self.words)
        return words + completion.ids(ctx, incomplete, self.kinds, self.keys)


class Named(click.ParamType[str]):
    """A name that is looked up later: of a question, a type of gap, a format, or a kind."""

    def __init__(self, of: str) -> None:
        self.name = of

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002  as click calls it
        incomplete: str,
    ) -> "list[CompletionItem]":
        """Return the names that begin so."""
        return completion.names(ctx, self.name, incomplete)


def _items(incomplete: str, words: Sequence[str] | Iterator[str]) -> "list[CompletionItem]":
    return [shell_completion.CompletionItem(word) for word in words if word.startswith(incomplete)]
