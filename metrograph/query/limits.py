"""Says how long a query may take, and how many rows it may give."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How long a query may take, in seconds, and how many rows it may give."""

    seconds: float = 30
    rows: int = 100_000


DEFAULT_LIMITS = Limits()
UNLIMITED = Limits(seconds=3600, rows=100_000_000)  # it ends, however large the plan
