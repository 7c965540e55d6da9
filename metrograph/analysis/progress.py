"""Reports how indicators changed: change, status by a printed rule, counts per plan element.

A series is one indicator about one subject with one scope: the figures of a series can be compared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from metrograph.analysis.series import Figure, plain, series, topic
from metrograph.analysis.status import Movement, movement
from metrograph.errors import DataError, QueryError
from metrograph.messages import word
from metrograph.query.answers import Answers, columns, entity, text
from metrograph.tables.cell import percent, spoken
from metrograph.tables.table import Cell, Column, Table

STATUSES = ("reached", "on_track", "off_track", "no_target", "no_information")
_HEAVIEST = 1_000_000


@dataclass(frozen=True)
class Progress:
    """The movements of a plan's indicators, and the elements that each indicator measures.

    `own` are, by element, the series about it or its parts of indicators that measure no element,
    as its progress is. `unread` are the figures whose value is not a number (NaN, say), which are
    not counted.
    """

    movements: tuple[Movement, ...]
    elements: tuple[tuple[str, str], ...]
    measures: Mapping[str, frozenset[str]]
    answers: Answers = field(repr=False)
    unread: tuple[str, ...] = ()
    own: Mapping[str, tuple[Movement, ...]] = field(default_factory=dict)

    def count(self, status: str | None = None) -> int:
        """Return how many series have a status, or how many there are."""
        return sum(status in (None, moved.status) for moved in self.movements)

    @property
    def table(self) -> Table:
        """A row per series, with the rule that gave its status."""
        lang = self.answers.lang
        rows = tuple(
            (
                entity(self.answers, moved.series.indicator),
                topic(self.answers, moved.series),
                self.answers.label(moved.series.direction) if moved.series.direction else None,
                _dated(moved.baselines, lang),
                _dated(moved.targets, lang),
                _dated(moved.actuals, lang),
                None if moved.change is None else plain(moved.change),
                moved.change_percent,
                self.answers.label(moved.series.unit) if moved.series.unit else None,
                word(moved.status, lang),
                moved.rule,
            )
            for moved in self.movements
        )
        heads = columns(
            lang,
            "indicator",
            "about",
            "direction",
            "baseline",
            "target",
            "actual",
            "change",
            "change_percent",
            "unit",
            "status",
            "rule",
            things=("indicator",),
        )
        note = " · ".join(
            f"{word(status, lang)}{word('colon', lang)} {self.count(status)}" for status in STATUSES
        )
        return Table(
            word("progress", lang), heads, rows, note + self._left, lang, word("nothing", lang)
        )

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
                raise QueryError(
                    "Unknown level: “{level}”. The plan has these levels: {named}.",
                    level=level,
                    named=named,
                )
            levels = tuple(kept)
        rows = []
        for of, element in self.elements:
            if of in levels:
                below, own = self.measures.get(element, frozenset()), self.own.get(element, ())
                counts = Counter(moved.status for moved in own) + Counter(
                    moved.status for moved in self.movements if moved.series.indicator in below
                )
                rows.append(
                    (
                        entity(self.answers, of),
                        entity(self.answers, element),
                        len(below) + len(own),
                        *(counts[status] for status in STATUSES),
                    )
                )
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
        ways = {name: self._only(name).way for name in chosen}
        _check(chosen)
        whole = {name: way for name, way in ways.items() if way is not None}
        known = {name: min(way, Decimal(1)) for name, way in whole.items()}
        total = sum((chosen[name] for name in known), Decimal(0))
        mean = sum((chosen[name] * way / total for name, way in known.items()), Decimal(0))
        rows: list[tuple[Cell, ...]] = [
            (
                entity(self.answers, name),
                plain(chosen[name]),
                percent(chosen[name] / total) if name in known else None,
                percent(known[name]) if name in known else word("no_information", lang),
            )
            for name in chosen
        ]
        rows.append(
            (
                word("weighted_mean", lang),
                None,
                percent(Decimal(1)) if known else None,
                percent(mean) if known else word("no_information", lang),
            )
        )
        covered = percent(total / sum(chosen.values()))
        heads = columns(lang, "indicator", "weight", "normalised", "way", things=("indicator",))
        note = word("weighted_note", lang).format(spoken(covered, lang)) + _capped(whole, lang)
        return Table(word("weighted", lang), heads, tuple(rows), note + self._left, lang)

    def _only(self, indicator: str) -> Movement:
        movements = [moved for moved in self.movements if moved.series.indicator == indicator]
        if len(movements) != 1:
            raise DataError(
                "“{indicator}” has values for {number} subjects, so its progress towards the "
                "target cannot be calculated. Leave out its weight."
                if movements
                else "“{indicator}” has no values, so its progress towards the target cannot be "
                "calculated. Leave out its weight.",
                indicator=indicator,
                number=len(movements),
            )
        return movements[0]


def _check(weights: Mapping[str, Decimal]) -> None:
    """Raise `QueryError` for a weight that is not above zero, or beyond all measure."""
    for name, weight in weights.items():
        if not (weight.is_finite() and weight > 0):
            raise QueryError("The weight of {name} must be a number greater than zero.", name=name)
    if any(weight > _HEAVIEST for weight in weights.values()):
        raise QueryError(
            "A weight cannot be more than {heaviest}: only the proportions between weights count.",
            heaviest=_HEAVIEST,
        )


def _capped(ways: Mapping[str, Decimal], lang: str) -> str:
    """Return the sentence that names the shares above 100%, which count as 100%."""
    above = [
        f"{name} ({word('percent', lang).format(spoken(percent(way), lang))})"
        for name, way in ways.items()
        if way > 1
    ]
    return word("weighted_capped", lang).format(", ".join(above)) if above else ""


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
    moved = tuple(movement(item, answers.lang, from_, to) for item in series(answers))
    measuring = frozenset[str]().union(*measures.values())
    return Progress(
        moved,
        tuple(dict.fromkeys(elements)),
        {element: frozenset(indicators) for element, indicators in measures.items()},
        answers,
        tuple(
            dict.fromkeys(
                text(row["observation"])
                for row in answers.rows("figures", language=answers.lang)
                if isinstance(row["value"], str)
            )
        ),
        _own(answers, [item for item in moved if item.series.indicator not in measuring]),
    )


def _own(answers: Answers, moved: Iterable[Movement]) -> dict[str, tuple[Movement, ...]]:
    """Return series by the elements that they are about, and by all elements above those."""
    parents = {text(row["element"]): text(row["partOf"]) for row in answers.rows("plan-tree")}
    own: dict[str, tuple[Movement, ...]] = {}
    for item in moved:
        name, passed = item.series.subject, set[str]()
        while name in parents and name not in passed:
            own[name] = (*own.get(name, ()), item)
            passed.add(name)
            name = parents[name]
    return own


def _dated(figures: tuple[Figure, ...], lang: str) -> str | None:
    """Return figures of one year as a person reads them: precision, value and year."""
    if not figures:
        return None
    sign = {
        "mg:moreThan": "> ",
        "mg:lessThan": "< ",
        "mg:atLeast": "≥ ",
        "mg:atMost": "≤ ",
        "mg:about": "≈ ",
    }
    values = (
        f"{sign.get(figure.qualifier, '')}{spoken(plain(figure.value), lang)}" for figure in figures
    )
    first = figures[0]
    span = f"{first.year - first.years}–{first.year}" if first.years else str(first.year)
    return f"{' / '.join(dict.fromkeys(values))} ({span})"
