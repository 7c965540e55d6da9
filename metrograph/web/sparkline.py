"""Draws the values of an indicator as small lines: actuals against baseline and targets (SVG).

A drawing has no style of its own: it takes the colour of the text. Filled points are what was
measured, open ones and a dashed line are targets; its title says all of it in words.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.answers import Row, text
from metrograph.tables.cell import spoken
from metrograph.text import separated, whole_number

_WIDTH, _HEIGHT, _EDGE, _POINT = 240, 56, 6, 3  # of the drawing, in its own units
_MOST = 6  # drawings on a page
_LEAST = 2  # values, below which there is nothing to draw
_AIMS = ("mg:target", "mg:projection")


@dataclass(frozen=True)
class Point:
    """A value of a year, and whether it is a target."""

    year: int
    value: Decimal
    is_aim: bool
    kind: str


def sparklines(plan: Plan, indicator: str) -> list[Markup]:
    """Return drawings of an indicator's values, one a subject and scope, with what each is of."""
    of: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for row in plan.rows("figures-of-indicator", indicator=indicator, language=plan.lang):
        if point := _point(row):
            of[text(row["subject"]), text(row["scope"])].append(point)
    drawn = [
        (key, sorted(points, key=lambda point: (point.year, point.is_aim)))
        for key, points in of.items()
        if len({point.year for point in points}) >= _LEAST
    ]
    return [_figure(plan, *key, points) for key, points in drawn[:_MOST]]


def _point(row: Row) -> Point | None:
    value, kind = row["value"], text(row["valueType"])
    year = whole_number((text(row["year"]) or text(row["endDate"]))[:4])
    if not isinstance(value, int | Decimal) or isinstance(value, bool) or year is None:
        return None
    return Point(year, Decimal(value), kind in _AIMS, "mg:baseline" if row["isBaseline"] else kind)


def _figure(plan: Plan, subject: str, scope: str, points: Sequence[Point]) -> Markup:
    about = separated(
        " · ", [part for part in (plan.label(subject) if subject else "", scope) if part]
    )
    listed = "; ".join(
        f"{point.year}{word('colon', plan.lang)} {spoken(point.value, plan.lang)}"
        f" ({plan.label(point.kind)})"
        for point in points
    )
    drawing = Markup("").join(_parts(points))
    title = escape(str(separated(" · ", [part for part in (about, listed) if part])))
    caption = escape(str(about))
    first, last = points[0].year, points[-1].year
    return Markup(  # noqa: S704  all that stands in it is escaped or a number
        f'<figure class="spark"><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" width="{_WIDTH}"'
        f' height="{_HEIGHT}"><title>{title}</title>{drawing}</svg>'
        f"<figcaption>{caption} <small>{first}–{last}</small></figcaption></figure>"
    )


def _parts(points: Sequence[Point]) -> Iterator[Markup]:
    """Yield the lines and the points; years go to the right, values up."""
    years = [point.year for point in points]
    values = [point.value for point in points]
    span, rise = max(years) - min(years), max(values) - min(values)

    def at(point: Point) -> tuple[float, float]:
        across = (point.year - min(years)) / span
        up = float((point.value - min(values)) / rise) if rise else 0.5
        inner = _HEIGHT - 2 * _EDGE
        return round(_EDGE + across * (_WIDTH - 2 * _EDGE), 1), round(
            _HEIGHT - _EDGE - up * inner, 1
        )

    measured = [point for point in points if not point.is_aim]
    aims = [point for point in points if point.is_aim]
    for line, dashes in ((measured, ""), ([*measured[:1], *aims], ' stroke-dasharray="4 3"')):
        if len(line) > 1:
            path = " ".join(f"{x},{y}" for x, y in map(at, line))
            yield Markup(  # noqa: S704  numbers
                f'<polyline points="{path}" fill="none" stroke="currentColor"{dashes}/>'
            )
    for point in points:
        x, y = at(point)
        fill = "none" if point.is_aim else "currentColor"
        yield Markup(  # noqa: S704  numbers
            f'<circle cx="{x}" cy="{y}" r="{_POINT}" fill="{fill}" stroke="currentColor"/>'
        )
