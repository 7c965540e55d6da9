"""Parses TOML from anyone; raises an error with one sentence on what is wrong."""

import tomllib
from typing import Any

from metrograph.errors import InputError, MetrographError


def parsed(text: str, what: str, error: type[MetrographError] = InputError) -> dict[str, Any]:
    """Return the tables of a text; `what` names it in the sentence of an `error`.

    >>> parsed("a = 1", "map.toml")
    {'a': 1}
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise error(f"{what} is not valid TOML: {problem}.") from None
    except RecursionError:
        raise error(
            f"{what} has more lists or tables within each other than can be read. Write it flatter."
        ) from None
    except ValueError:  # Python reads no number of some thousand digits
        raise error(f"{what} has a number with far too many digits. Shorten it.") from None
