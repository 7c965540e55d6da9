"""Which records cite which lines of a source."""

from collections.abc import Iterable
from dataclasses import dataclass

from metrograph.documents.edition import BLANK, Line
from metrograph.plan import Plan
from metrograph.query.answers import text


@dataclass(frozen=True)
class Use:
    """A record that cites lines of a source, from the first to the last, counted from 1."""

    record: str
    first: int
    last: int


def uses(plan: Plan, source: str) -> tuple[Use, ...]:
    """Return the records that cite lines of a source, in the order of the lines."""
    every = {
        Use(text(row["entity"]), int(row["firstLine"]), int(row["lastLine"]))
        for row in plan.rows("citations-of-source", source=source)
        if isinstance(row["firstLine"], int) and isinstance(row["lastLine"], int)
    }
    return tuple(sorted(every, key=lambda use: (use.first, use.last, use.record)))


def cited(of: Iterable[Use], total: int) -> frozenset[int]:
    """Return the numbers of the lines, among as many as `total`, that any record cites."""
    return frozenset(
        number for use in of for number in range(max(1, use.first), min(use.last, total) + 1)
    )


def share(lines: Iterable[Line], numbers: frozenset[int]) -> float | None:
    """Return which share (0 to 1) of the lines that hold text is cited; none where none does.

    >>> share([Line("Trees"), Line("", BLANK), Line("Benches")], frozenset({1, 2}))
    0.5
    """
    held = [number for number, line in enumerate(lines, start=1) if line.kind != BLANK]
    return sum(number in numbers for number in held) / len(held) if held else None
