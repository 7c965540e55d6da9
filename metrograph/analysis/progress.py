"""Figures in, what moved out: change, status by a printed rule, and counts per plan element.

A series is one indicator about one subject with one scope: the figures of a series can be compared.
No status is guessed: where the rule has not all it needs, the status is "no information".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from metrograph.errors import DataError, QueryError
from metrograph.messages import word
from metrograph.query.answers import Answers, Row, columns, entity, shown, text
from metrograph.tables.cell import percent, spoken
from metrograph.tables.table import Cell, Column, Table

STATUSES = ("reached", "on_track", "off_track", "no_target", "no_information")
_HEAVIEST = 1_000_000
_MEASURED = ("mg:baseline", "mg:actual")
_SIGN = {"mg:up": 1, "mg:down": -1}


@dataclass(frozen=True)
class Figure:
    """One figure: the year it counts for (of a period, the last), how many years it spans, value.

    `qualifier` is an id such as "mg:moreThan"; `type` one such as "mg:actual". A baseline is the
    figure of the plan's baseline year, or what its source calls one (ontology, `mg:baselineFor`).
    """

    id: str
    type: str
    year: int
    years: int
    value: Decimal
    qualifier: str
    serves_as_baseline: bool = False

    @property
    def is_baseline(self) -> bool:
        """Whether the figure is where the plan starts from."""
        return self.serves_as_baseline or self.type == "mg:baseline"

    def bounds(self, sign: int) -> tuple[Decimal | None, bool, Decimal | None, bool]:
        """Return the lowest value it can have, whether that is excluded, and the highest so.

        With a `sign` of -1, of its negative: so less is more. None is: no bound.
        """
        value = sign * self.value
        if self.qualifier in ("mg:moreThan", "mg:atLeast", "mg:lessThan"):
            is_open = self.qualifier != "mg:atLeast"
            if (self.qualifier != "mg:lessThan") == (sign > 0):
                return value, is_open, None, False
            return None, False, value, is_open
        return value, False, value, False


@dataclass(frozen=True)
class Series:
    """The figures of one indicator about one subject, and the way that is wanted (mg:up ...).

    Where the baseline covers something else than the later figures, `is_one_scope` is false.
    """

    indicator: str
    subject: str
    scope: str
    unit: str
    direction: str
    figures: tuple[Figure, ...]
    is_one_scope: bool = True


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
        wrong = ("mg:lessThan",) if sign > 0 else ("mg:moreThan", "mg:atLeast")
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


@dataclass(frozen=True)
class Progress:
    """The movements of a plan's indicators, and the elements that each indicator tells about.

    `unread` are the figures whose value is not a number (NaN, say), which are not counted.
    """

    movements: tuple[Movement, ...]
    elements: tuple[tuple[str, str], ...]
    measures: Mapping[str, frozenset[str]]
    answers: Answers = field(repr=False)
    unread: tuple[str, ...] = ()

    def count(self, status: str | None = None) -> int:
        """Return how many series have a status, or how many there are."""
        return sum(status in (None, one.status) for one in self.movements)

    @property
    def table(self) -> Table:
        """A row per series, with the rule that gave its status."""
        lang = self.answers.lang
        rows = tuple(
            (
                entity(self.answers, one.series.indicator), _about(self.answers, one.series),
                self.answers.label(one.series.direction) if one.series.direction else None,
                *(_dated(figures, lang) for figures in (one.baselines, one.targets, one.actuals)),
                None if one.change is None else _plain(one.change), one.change_percent,
                self.answers.label(one.series.unit) if one.series.unit else None,
                word(one.status, lang), one.rule,
            )
            for one in self.movements
        )  # fmt: skip
        heads = columns(
            lang, "indicator", "about", "direction", "baseline", "target", "actual", "change",
            "change_percent", "unit", "status", "rule", things=("indicator",),
        )  # fmt: skip
        note = " · ".join(
            f"{word(status, lang)}{word('colon', lang)} {self.count(status)}"
            for status in STATUSES
        )  # fmt: skip
        return Table(word("progress", lang), heads, rows, note + self._left, lang,
                     word("nothing", lang))  # fmt: skip

    @property
    def _left(self) -> str:
        """The sentence that names the figures that are not counted, on a line of its own."""
        names = ", ".join(self.unread)
        sentence = word("figures_unread", self.answers.lang).format(len(self.unread), names)
        return f"\n{sentence}" if self.unread else ""

    def rollup(self, level: str | None = None) -> Table:
        """Return counts by status of what measures an element or its parts, by level.

        `level` is the id of a level or what follows its last slash. Elements without an indicator
        stand there, too, with zeros. Raises `QueryError` for an unknown level.
        """
        lang = self.answers.lang
        levels = tuple(dict.fromkeys(of for of, _ in self.elements))
        if level is not None:
            kept = [of for of in levels if level in (of, of.rpartition("/")[2])]
            if not kept:
                named = ", ".join(of.rpartition("/")[2] for of in levels) or "none"
                raise QueryError(f"The plan has no level {level!r}. It has: {named}.")
            levels = tuple(kept)
        rows = []
        for of, element in self.elements:
            if of in levels:
                below = self.measures.get(element, frozenset())
                counts = Counter(
                    one.status for one in self.movements if one.series.indicator in below
                )
                rows.append(
                    (
                        entity(self.answers, of), entity(self.answers, element), len(below),
                        *(counts[status] for status in STATUSES),
                    )
                )  # fmt: skip
        heads = (
            *columns(lang, "level", "element", "indicators", things=("level", "element")),
            *(Column(status, word(status, lang)) for status in STATUSES),
        )
        note, empty = word("rollup_note", lang) + self._left, word("nothing", lang)
        return Table(word("rollup", lang), heads, tuple(rows), note, lang, empty)

    def weighted(self, weights: Mapping[str, Decimal]) -> Table:
        """Return the mean share of the way to the target over indicators, with weights shown.

        A share above 100% counts as 100%, so that it hides no failure; the note says so. Weights
        are normalised over the indicators whose share is known; the others stand there
        without one, and the note says how much of the weight the mean covers. Raises `QueryError`
        for a weight that is not above zero, and `DataError` for an indicator that is not measured,
        or is about several subjects.
        """
        lang = self.answers.lang
        chosen = {self.answers.known(name): weight for name, weight in weights.items()}
        of = {name: self._only(name) for name in chosen}
        for name, weight in chosen.items():
            if not (weight.is_finite() and weight > 0):
                raise QueryError(f"The weight of {name} must be a number above zero.")
        if any(weight > _HEAVIEST for weight in chosen.values()):
            raise QueryError(f"A weight is at most {_HEAVIEST}: only their proportions count.")
        whole = {name: one.way for name, one in of.items() if one.way is not None}
        known = {name: min(way, Decimal(1)) for name, way in whole.items()}
        total = sum((chosen[name] for name in known), Decimal(0))
        mean = sum((chosen[name] * way / total for name, way in known.items()), Decimal(0))
        rows: list[tuple[Cell, ...]] = [
            (
                entity(self.answers, name), _plain(chosen[name]),
                percent(chosen[name] / total) if name in known else None,
                percent(known[name]) if name in known else word("no_information", lang),
            )
            for name in chosen
        ]  # fmt: skip
        rows.append((word("weighted_mean", lang), None, percent(Decimal(1)) if known else None,
                     percent(mean) if known else word("no_information", lang)))  # fmt: skip
        covered = percent(total / sum(chosen.values()))
        heads = columns(lang, "indicator", "weight", "normalised", "way", things=("indicator",))
        note = word("weighted_note", lang).format(spoken(covered, lang))
        if above := [
            f"{name} ({word('percent', lang).format(spoken(percent(way), lang))})"
            for name, way in whole.items()
            if way > 1
        ]:
            note += word("weighted_capped", lang).format(", ".join(above))
        return Table(word("weighted", lang), heads, tuple(rows), note + self._left, lang)

    def _only(self, indicator: str) -> Movement:
        found = [one for one in self.movements if one.series.indicator == indicator]
        if len(found) != 1:
            problem = f"is about {len(found)} subjects" if found else "has no figure"
            raise DataError(
                f"{indicator!r} {problem}, so it has no one share of the way to its target. "
                "Leave its weight out."
            )
        return found[0]


def _about(answers: Answers, one: Series) -> str | None:
    """Return what a series is about, as a person reads it: its subject and its scope."""
    subject = answers.label(one.subject) if one.subject else ""
    return " · ".join(part for part in (subject, one.scope) if part) or None


def progress(answers: Answers, from_: int | None = None, to: int | None = None) -> Progress:
    """Return what moved: from a year (default: each baseline) to a year (default: the latest).

    With `from_` or `to`, any measured figure of that year counts, baseline or actual.
    """
    elements = tuple(
        (text(row["level"]), text(row["element"]))
        for row in answers.rows("comparable-elements")
        if row["kind"] == "mg:PlanElement"
    )
    measures: dict[str, set[str]] = defaultdict(set)
    for row in answers.rows("elements-of-indicators"):
        measures[text(row["element"])].add(text(row["indicator"]))
    return Progress(
        tuple(movement(one, answers.lang, from_, to) for one in series(answers)),
        tuple(dict.fromkeys(elements)),
        {element: frozenset(indicators) for element, indicators in measures.items()},
        answers,
        tuple(dict.fromkeys(
            text(row["observation"]) for row in answers.rows("figures", language=answers.lang)
            if isinstance(row["value"], str)
        )),
    )  # fmt: skip


def series(answers: Answers) -> list[Series]:
    """Return the series of a plan: indicators without any figure have one without figures."""
    about = {text(row["indicator"]): row for row in answers.rows("indicators")}
    found: dict[tuple[str, str, str], dict[str, Figure]] = defaultdict(dict)
    units: dict[tuple[str, str, str], str] = {}
    for row in answers.rows("figures", language=answers.lang):
        key = (text(row["indicator"]), text(row["subject"]), text(row["scope"]))
        found[key]  # also a series whose figures were all due and not reported
        figure = _figure(row)
        if figure:
            found[key][figure.id] = figure
            units.setdefault(key, text(row["unit"]))
    for indicator in about:
        if not any(key[0] == indicator for key in found):
            found[indicator, "", ""] = {}
    made = [
        Series(
            indicator, subject, scope,
            units.get((indicator, subject, scope)) or text(about[indicator]["unit"]),
            text(about[indicator]["directionWanted"]), tuple(figures.values()),
        )
        for (indicator, subject, scope), figures in sorted(found.items())
        if indicator in about
    ]  # fmt: skip
    return list(_joined(made, answers.lang))


def _joined(made: Iterable[Series], lang: str) -> Iterator[Series]:
    """Yield series; a baseline of one scope and figures of another make one, which says so."""
    for _, group in groupby(made, key=lambda one: (one.indicator, one.subject)):
        several = list(group)
        before = [one for one in several if one.figures and all(f.is_baseline for f in one.figures)]
        after = [one for one in several if not any(f.is_baseline for f in one.figures)]
        if len(several) == 2 and len(before) == len(after) == 1 and after[0].figures:
            first, last = before[0], after[0]
            scopes = (one.scope or word("scope_not_stated", lang) for one in (first, last))
            yield replace(
                last,
                scope=word("scopes_differ", lang).format(*scopes),
                figures=(*first.figures, *last.figures),
                is_one_scope=False,
            )
        else:
            yield from several


def _figure(row: Row) -> Figure | None:
    end = re.match(r"[0-9]{4}", text(row["figureYear"]) or text(row["endDate"]))
    value = row["value"]
    if not end or not isinstance(value, int | Decimal):
        return None
    start = re.match(r"[0-9]{4}", text(row["startDate"]))
    years = int(end[0]) - int(start[0]) if start and not row["figureYear"] else 0
    return Figure(text(row["observation"]), text(row["valueType"]), int(end[0]), years,
                  Decimal(value), text(row["qualifier"]), bool(row["isBaseline"]))  # fmt: skip


def _narrowest(figures: tuple[Figure, ...]) -> Figure | None:
    """Return the figure that says most: a value rather than a bound, else the closest bound."""
    values = [f for f in figures if None not in (f.bounds(1)[0], f.bounds(1)[2])]
    lower = [f for f in figures if f.bounds(1)[2] is None]
    bounds = (max(lower, key=lambda f: f.value),) if lower else figures
    return next(iter(values or sorted(bounds, key=lambda f: f.value)), None)


def _can_all_hold(figures: tuple[Figure, ...]) -> bool:
    """Return whether one value can be what all figures say."""
    found = [figure.bounds(1) for figure in figures]
    lows = [(low, is_open) for low, is_open, _, _ in found if low is not None]
    highs = [(high, not is_open) for _, _, high, is_open in found if high is not None]
    if not lows or not highs:
        return True
    (low, is_open), (high, is_closed) = max(lows), min(highs)
    return low < high or (low == high and not is_open and is_closed)


def movement(one: Series, lang: str, from_: int | None = None, to: int | None = None) -> Movement:
    """Return what became of a series, with its status and the rule that gave it."""
    baselines = _of_year([f for f in one.figures if f.is_baseline], _MEASURED, from_, one.figures)
    later = [f for f in one.figures if not f.is_baseline]
    actuals = _of_year(later, ("mg:actual",), to, one.figures)
    at = actuals[0].year if actuals else 0
    targets = [figure for figure in one.figures if figure.type == "mg:target"]
    ahead = [figure for figure in targets if figure.year >= at]
    due = min((figure.year for figure in ahead), default=max((t.year for t in targets), default=0))
    targets = sorted((figure for figure in targets if figure.year == due), key=_by_id)
    found = Movement(one, tuple(baselines), tuple(targets), tuple(actuals))
    status, rule = _judged(found, lang, to)
    return replace(found, status=status, rule=rule)


def _of_year(
    figures: Iterable[Figure], types: tuple[str, ...], year: int | None, every: Iterable[Figure]
) -> list[Figure]:
    """Return the latest figures of some types, or of `every` figure those measured in a year."""
    if year is not None:
        return sorted((f for f in every if f.type in _MEASURED and f.year == year), key=_by_id)
    of_type = [figure for figure in figures if figure.type in types]
    latest = max((figure.year for figure in of_type), default=None)
    return sorted((figure for figure in of_type if figure.year == latest), key=_by_id)


def _by_id(figure: Figure) -> str:
    return figure.id


def _judged(one: Movement, lang: str, to: int | None) -> tuple[str, str]:
    """Return the status of a movement to a year, and the sentence of the rule that gave it."""
    sign = _SIGN.get(one.series.direction)
    values: tuple[object, ...] = ()
    if not one.target:
        status, rule = "no_target", "no_target"
    elif not one.actual:
        status, rule = "no_information", "no_actual" if to is None else "no_actual_in"
        values = (to,)
    elif not one.series.is_one_scope:
        status, rule = "no_information", "other_scope"
    elif one.disagree:
        status, rule = "no_information", "disagree"
    elif sign is None:
        status, rule = "no_information", "no_direction"
    elif one.is_against:
        status, rule = "no_information", "against"
    elif one.actual.years != one.target.years:
        status, rule = "no_information", "other_span"
    else:
        status, rule, values = _against(one.target, one.actual, one.baseline, sign)
    said = (spoken(one, lang) if isinstance(one, Decimal) else one for one in values)
    return status, word(f"rule_{rule}", lang).format(*said)


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
    return status, "line", (_plain(due.quantize(Decimal("0.01"))), actual.year)


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


def stale(answers: Answers, as_of: date) -> Table:
    """Return the series that have no measured figure for the last full year before a day.

    Figures about an activity are left out: what was done in one year is not measured again.
    """
    lang = answers.lang
    due = as_of.year - 1
    once = {row["activity"] for row in answers.rows("activities")}
    every = series(answers)
    rows = []
    for one in every:
        last = max((f.year for f in one.figures if f.type in _MEASURED), default=None)
        if one.subject not in once and (last is None or last < due):
            rows.append(
                (
                    entity(answers, one.indicator), _about(answers, one),
                    None if last is None else str(last), None if last is None else due - last,
                )
            )  # fmt: skip
    heads = columns(
        lang, "indicator", "about", "last_figure", "years_behind", things=("indicator",)
    )
    note = word("stale_note", lang).format(due, as_of.isoformat())
    empty = word("nothing_stale" if any(one.figures for one in every) else "nothing", lang)
    return Table(word("stale", lang), heads, tuple(rows), note, lang, empty)


def cycle(answers: Answers, as_of: date) -> Table:
    """Return the steps of the accountability cycle: due, by whom, from what, and what is missing.

    A step of a year after `as_of` is not due yet; nothing of it is missing.
    """
    lang = answers.lang
    steps: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for row in answers.rows("accountability-cycle", language=lang):
        for name, value in row.items():
            if value is not None:
                steps[text(row["step"])][name][shown(answers, value)] = None

    def listed(found: Mapping[str, Mapping[str, None]], name: str) -> str | None:
        return ", ".join(found.get(name, ())) or None

    def missing(found: Mapping[str, Mapping[str, None]]) -> str | None:
        year = next(iter(found.get("year", ())), "")
        if year[:4].isdecimal() and int(year[:4]) > as_of.year:
            return word("not_due", lang)
        due = ("basedOn", "evidence") if "evaluatedBy" in found else ("evidence",)
        names = [name for name in due if name not in found]
        return ", ".join(word(f"missing_{name}", lang) for name in names) or None

    rows = tuple(
        (
            listed(found, "year"), entity(answers, step),
            listed(found, "evaluatedBy") or listed(found, "preparedBy"),
            listed(found, "basedOn"), listed(found, "evidence"), missing(found),
        )
        for step, found in steps.items()
    )  # fmt: skip
    heads = columns(
        lang, "year", "step", "by_whom", "based_on", "evidence", "missing", things=("step",)
    )
    note = word("cycle_note", lang)
    return Table(word("cycle", lang), heads, rows, note, lang, word("nothing", lang))


def _dated(figures: tuple[Figure, ...], lang: str) -> str | None:
    """Return figures of one year as a person reads them: precision, value and year."""
    if not figures:
        return None
    sign = {"mg:moreThan": "> ", "mg:lessThan": "< ", "mg:atLeast": "≥ ", "mg:about": "≈ "}
    values = (
        f"{sign.get(figure.qualifier, '')}{spoken(_plain(figure.value), lang)}"
        for figure in figures
    )
    one = figures[0]
    span = f"{one.year - one.years}–{one.year}" if one.years else str(one.year)
    return f"{' / '.join(dict.fromkeys(values))} ({span})"


def _plain(value: Decimal) -> Decimal:
    """Return a number without idle zeros after the point."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
