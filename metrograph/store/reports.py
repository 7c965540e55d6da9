"""What the opening of a store reports while it works: steps, and notices that stay."""

from collections.abc import Callable
from dataclasses import dataclass

from metrograph.errors import Text


@dataclass(frozen=True)
class Step:
    """What is done now; the next step takes its place."""

    text: Text


@dataclass(frozen=True)
class Notice:
    """What a person should know also when all is done."""

    text: Text


Report = Callable[[Step | Notice], None]
