"""What to do next in a plan: at most four steps, the most pressing first."""

from dataclasses import dataclass

from metrograph.analysis.coverage import Coverage
from metrograph.web.attention import Attention

MOST = 4  # steps; a longer list is read by nobody


@dataclass(frozen=True)
class Step:
    """One step: its `kind`, by which the page words it, and how many records it is about.

    That of a gap names its `challenge` and `theme`, and whether the plan itself names the two.
    """

    kind: str
    number: int = 0
    challenge: str = ""
    theme: str = ""
    is_named: bool = False


def next_steps(
    errors: int, coverage: Coverage, attention: Attention | None, overdue: int
) -> tuple[Step, ...]:
    """Return what to do: errors, the first gap, what is overdue, what waits for coders, disputes.

    `coverage` is that of all activities; without `attention` the contested claims are not known.
    """
    waiting = coverage.grounds.waiting
    steps = (
        Step("errors", errors),
        _gap(coverage),
        Step("overdue", overdue),
        Step("second", len(waiting.get(1, ()))),
        Step("uncoded", len(waiting.get(0, ()))),
        Step("contested", attention.contested if attention else 0),
    )
    return tuple(step for step in steps if step.number)[:MOST]


def _gap(coverage: Coverage) -> Step:
    """Return the first gap, one that the plan names if there is any."""
    gaps = coverage.gaps()
    if not gaps or not coverage.count():  # where all is empty, it is activities that are missing
        return Step("gap")
    challenge, theme = gaps[0]
    return Step("gap", len(gaps), challenge, theme, gaps[0] in coverage.grounds.named)
