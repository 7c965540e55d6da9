"""Parses TOML from anyone; raises an error with one sentence on what is wrong."""

import tomllib
from typing import Any

from metrograph.errors import InputError, MetrographError, Text


def parsed(
    text: str, what: str | Text, error: type[MetrographError] = InputError
) -> dict[str, Any]:
    """Return the tables of a text; `what` names it in the sentence of an `error`.

    >>> parsed("a = 1", "map.toml")
    {'a': 1}
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise error(
            Text.of("{what} is not valid TOML: {problem}.", what=what, problem=problem)
        ) from None
    except RecursionError:
        raise error(
            Text.of("{what} has lists or tables nested too deeply. Use fewer levels.", what=what)
        ) from None
    except ValueError:  # Python reads no number of some thousand digits
        raise error(
            Text.of("{what} contains a number with too many digits. Shorten it.", what=what)
        ) from None
