"""Groups values into series: the values of an indicator about one subject, with one scope."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from metrograph.messages import word
from metrograph.query.answers import Answers, Row, text
from metrograph.text import separated

MEASURED = ("mg:baseline", "mg:actual")


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
        if self.qualifier in ("mg:moreThan", "mg:atLeast", "mg:lessThan", "mg:atMost"):
            is_open = self.qualifier not in ("mg:atLeast", "mg:atMost")
            if (self.qualifier not in ("mg:lessThan", "mg:atMost")) == (sign > 0):
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


def topic(answers: Answers, of: Series) -> str | None:
    """Return what a series is about, as a person reads it: its subject and its scope."""
    subject = answers.label(of.subject) if of.subject else ""
    return separated(" · ", [part for part in (subject, of.scope) if part]) or None


def series(answers: Answers) -> list[Series]:
    """Return the series of a plan: indicators without any figure have one without figures."""
    about = {text(row["indicator"]): row for row in answers.rows("indicators")}
    figures_of: dict[tuple[str, str, str], dict[str, Figure]] = defaultdict(dict)
    units: dict[tuple[str, str, str], str] = {}
    for row in answers.rows("figures", language=answers.lang):
        key = (text(row["indicator"]), text(row["subject"]), text(row["scope"]))
        figures_of[key]  # also a series whose figures were all due and not reported
        figure = _figure(row)
        if figure:
            figures_of[key][figure.id] = figure
            units.setdefault(key, text(row["unit"]))
    for indicator in about:
        if not any(key[0] == indicator for key in figures_of):
            figures_of[indicator, "", ""] = {}
    made = [
        Series(
            indicator,
            subject,
            scope,
            units.get((indicator, subject, scope)) or text(about[indicator]["unit"]),
            text(about[indicator]["directionWanted"]),
            tuple(figures.values()),
        )
        for (indicator, subject, scope), figures in sorted(figures_of.items())
        if indicator in about
    ]
    return list(_joined(made, answers.lang))


def _joined(made: Iterable[Series], lang: str) -> Iterator[Series]:
    """Yield series; a baseline of one scope and figures of another make one, which says so."""
    for _, group in groupby(made, key=lambda part: (part.indicator, part.subject)):
        several = list(group)
        before = [
            part for part in several if part.figures and all(f.is_baseline for f in part.figures)
        ]
        after = [part for part in several if not any(f.is_baseline for f in part.figures)]
        if len(several) == 2 and len(before) == len(after) == 1 and after[0].figures:
            first, last = before[0], after[0]
            scopes = (part.scope or word("scope_not_stated", lang) for part in (first, last))
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
    return Figure(
        text(row["observation"]),
        text(row["valueType"]),
        int(end[0]),
        years,
        Decimal(value),
        text(row["qualifier"]),
        bool(row["isBaseline"]),
    )


def plain(value: Decimal) -> Decimal:
    """Return a number without idle zeros after the point."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
