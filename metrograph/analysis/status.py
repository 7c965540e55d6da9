"""Determines a series' baseline, target, actual value, and its status by a rule.

No status is guessed: where the rule has not all it needs, the status is "no information".
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from metrograph.analysis.series import MEASURED, Figure, Series, plain
from metrograph.messages import word
from metrograph.tables.cell import percent, spoken

_SIGN = {"mg:up": 1, "mg:down": -1}


@dataclass(frozen=True)
class Movement:
    """What became of a series: baseline, target and actual figure, where there is one of each.

    Each is a tuple, because sources may give several figures for the same, in the order of their
    ids. `rule` is the sentence that gave the `status`.
    """

    series: Series
    baselines: tuple[Figure, ...]
    targets: tuple[Figure, ...]
    actuals: tuple[Figure, ...]
    status: str = ""
    rule: str = ""

    @property
    def baseline(self) -> Figure | None:
        """The baseline; of several that agree, the one that says most."""
        return _narrowest(self.baselines)

    @property
    def target(self) -> Figure | None:
        """The target; of several that agree, the one that says most."""
        return _narrowest(self.targets)

    @property
    def actual(self) -> Figure | None:
        """The actual figure; of several that agree, the one that says most."""
        return _narrowest(self.actuals)

    @property
    def disagree(self) -> bool:
        """Whether sources give figures for the same that cannot all hold: then there is no change.

        "More than 100" and 102 can both hold.
        """
        return not all(map(_can_all_hold, (self.baselines, self.targets, self.actuals)))

    @property
    def change(self) -> Decimal | None:
        """The change from baseline to actual, in units, where both span as many years."""
        if self.disagree or not self.baseline or not self.actual:
            return None
        if self.baseline.years != self.actual.years:
            return None
        return self.actual.value - self.baseline.value

    @property
    def change_percent(self) -> Decimal | None:
        """The change in per cent of the baseline; none for percentages and from zero."""
        if self.change is None or not self.baseline or self.series.unit == "mg:percent":
            return None
        if not self.baseline.value:
            return None
        return percent(self.change / abs(self.baseline.value))

    @property
    def is_against(self) -> bool:
        """Whether a target lies against the wanted direction, seen from the baseline or by itself.

        "Less than 5" is no target of what is wanted to rise, whatever the baseline.
        """
        sign = _SIGN.get(self.series.direction)
        if sign is None:
            return False
        wrong = ("mg:lessThan", "mg:atMost") if sign > 0 else ("mg:moreThan", "mg:atLeast")
        return any(
            target.qualifier in wrong
            or any(
                sign * target.value < sign * baseline.value and baseline.years == target.years
                for baseline in self.baselines
            )
            for target in self.targets
        )

    @property
    def way(self) -> Decimal | None:
        """How much of the way from baseline to target is done: 1 is all of it.

        None where figures are missing or disagree, and where the target lies against the direction.
        """
        if self.disagree or self.is_against:
            return None
        if not (self.baseline and self.target and self.actual):
            return None
        whole = self.target.value - self.baseline.value
        return (self.actual.value - self.baseline.value) / whole if whole else None


def _narrowest(figures: tuple[Figure, ...]) -> Figure | None:
    """Return the figure that says most: a value rather than a bound, else the closest bound."""
    values = [f for f in figures if None not in (f.bounds(1)[0], f.bounds(1)[2])]
    lower = [f for f in figures if f.bounds(1)[2] is None]
    bounds = (max(lower, key=lambda f: f.value),) if lower else figures
    return next(iter(values or sorted(bounds, key=lambda f: f.value)), None)


def _can_all_hold(figures: tuple[Figure, ...]) -> bool:
    """Return whether one value can be what all figures say."""
    bounds = [figure.bounds(1) for figure in figures]
    lows = [(low, is_open) for low, is_open, _, _ in bounds if low is not None]
    highs = [(high, not is_open) for _, _, high, is_open in bounds if high is not None]
    if not lows or not highs:
        return True
    (low, is_open), (high, is_closed) = max(lows), min(highs)
    return low < high or (low == high and not is_open and is_closed)


def movement(
    series: Series, lang: str, from_: int | None = None, to: int | None = None
) -> Movement:
    """Return what became of a series, with its status and the rule that gave it."""
    baselines = _of_year(
        [f for f in series.figures if f.is_baseline], MEASURED, from_, series.figures
    )
    later = [f for f in series.figures if not f.is_baseline]
    actuals = _of_year(later, ("mg:actual",), to, series.figures)
    at = actuals[0].year if actuals else 0
    targets = [figure for figure in series.figures if figure.type == "mg:target"]
    ahead = [figure for figure in targets if figure.year >= at]
    due = min((figure.year for figure in ahead), default=max((t.year for t in targets), default=0))
    targets = sorted((figure for figure in targets if figure.year == due), key=_by_id)
    moved = Movement(series, tuple(baselines), tuple(targets), tuple(actuals))
    status, rule = _judged(moved, lang, to)
    return replace(moved, status=status, rule=rule)


def _of_year(
    figures: Iterable[Figure], types: tuple[str, ...], year: int | None, every: Iterable[Figure]
) -> list[Figure]:
    """Return the latest figures of some types, or of `every` figure those measured in a year."""
    if year is not None:
        return sorted((f for f in every if f.type in MEASURED and f.year == year), key=_by_id)
    of_type = [figure for figure in figures if figure.type in types]
    latest = max((figure.year for figure in of_type), default=None)
    return sorted((figure for figure in of_type if figure.year == latest), key=_by_id)


def _by_id(figure: Figure) -> str:
    return figure.id


def _judged(moved: Movement, lang: str, to: int | None) -> tuple[str, str]:
    """Return the status of a movement to a year, and the sentence of the rule that gave it."""
    sign = _SIGN.get(moved.series.direction)
    values: tuple[object, ...] = ()
    if not moved.target:
        status, rule = "no_target", "no_target"
    elif not moved.actual:
        status, rule = "no_information", "no_actual" if to is None else "no_actual_in"
        values = (to,)
    elif not moved.series.is_one_scope:
        status, rule = "no_information", "other_scope"
    elif moved.disagree:
        status, rule = "no_information", "disagree"
    elif sign is None:
        status, rule = "no_information", "no_direction"
    elif moved.is_against:
        status, rule = "no_information", "against"
    elif moved.actual.years != moved.target.years:
        status, rule = "no_information", "other_span"
    else:
        status, rule, values = _against(moved.target, moved.actual, moved.baseline, sign)
    texts = (spoken(value, lang) if isinstance(value, Decimal) else value for value in values)
    return status, word(f"rule_{rule}", lang).format(*texts)


def _against(
    target: Figure, actual: Figure, baseline: Figure | None, sign: int
) -> tuple[str, str, tuple[object, ...]]:
    """Return status and rule of a figure against its target, and what the rule's sentence names.

    What was due by a year lies on the straight line from the baseline to the target
    (docs/decisions/status.md). `sign` is 1 where up is wanted, -1 where down is.
    """
    reached = _at_least(actual, target, sign)
    if reached:
        return "reached", "reached", (actual.year,)
    if reached is not None and target.year <= actual.year:
        return "off_track", "overdue", (target.year,)
    if not baseline or baseline.year >= actual.year or baseline.years != actual.years:
        return "no_information", "no_baseline", (actual.year,)
    gone = Decimal(actual.year - baseline.year) / (target.year - baseline.year)
    due = baseline.value + (target.value - baseline.value) * gone
    on_line = _at_least(actual, replace(target, value=due, qualifier="mg:exactly"), sign)
    if reached is None or on_line is None:
        return "no_information", "vague", ()
    status = "on_track" if on_line else "off_track"
    return status, "line", (plain(due.quantize(Decimal("0.01"))), actual.year)


def _at_least(actual: Figure, goal: Figure, sign: int) -> bool | None:
    """Return whether a figure is at or beyond another; None where its qualifier leaves it open."""
    low, low_open, high, high_open = actual.bounds(sign)
    wanted = sign * goal.value
    beyond = goal.qualifier == ("mg:moreThan" if sign > 0 else "mg:lessThan")
    if low is not None and (low > wanted or (low == wanted and (low_open or not beyond))):
        return True
    if high is not None and (high < wanted or (high == wanted and (high_open or beyond))):
        return False
    return None
