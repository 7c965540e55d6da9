"""Counts activities or elements of a plan by the categories of any two axes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from metrograph.analysis.counting import Counted, selected
from metrograph.analysis.crosstab import Crosstab, Side
from metrograph.errors import QueryError
from metrograph.query import asking, library
from metrograph.query.axes import Axis, find_axis
from metrograph.query.bitmaps import Activities, bitmaps, union
from metrograph.query.categories import Link, Records, records
from metrograph.query.filters import Filters

if TYPE_CHECKING:
    from metrograph.store.cache import Built

UNITS = ("activities", "elements")
_CELLS = 200_000
_NONE = Activities(0)


def crosstab(
    plan: Counted,
    rows: str | Axis,
    columns: str | Axis,
    filters: Filters,
    unit: str | None = None,
) -> Crosstab:
    """Return the matrix of two axes, each by its name (`query.axes`) or read from a file.

    `unit` is "activities" or "elements"; by default activities, where the plan has any. Raises
    `QueryError` for an unknown axis, filter or unit, and for a matrix too large to be read.
    """
    filters = filters.known(plan.known)
    if not filters.is_empty:
        asking.check(plan.built, library.find("coverage"), filters.parameters(), plan.lang)
    all_records = records(plan.built)
    unit = _unit(unit, all_records)
    every = all_records.activities() if unit == "activities" else all_records.elements()
    chosen = _selected(plan.built, all_records, filters, unit) & every
    axes = [
        axis if isinstance(axis, Axis) else find_axis(plan.built, axis, plan.lang)
        for axis in (rows, columns)
    ]
    left, right = (_side(plan, all_records, axis, filters, (chosen, every)) for axis in axes)
    _check_size(left, right)
    return Crosstab(
        rows=left,
        columns=right,
        unit=unit,
        every=chosen,
        filters=filters,
        labels={
            str(value): plan.label(str(value))
            for value in filters.to_json().values()
            if "/" in str(value)
        },
        lang=plan.lang,
        margins={"rows": union(left.held.values()), "columns": union(right.held.values())},
    )


def _check_size(rows: Side, columns: Side) -> None:
    """Raise `QueryError` for a matrix that is too large to be read, or to be made in time."""
    number = len(rows.names) * len(columns.names)
    if number > _CELLS:
        raise QueryError(
            "A matrix of “{rows}” by “{columns}” would have {number} cells, which is too many. "
            "Choose an axis with fewer categories.",
            rows=rows.axis.name,
            columns=columns.axis.name,
            number=number,
        )


def _unit(unit: str | None, all_records: Records) -> str:
    """Return what is counted: what was asked for, else activities, where there are any."""
    if unit is None:
        return UNITS[0] if all_records.activities() else UNITS[1]
    if unit not in UNITS:
        raise QueryError(
            "A matrix counts activities or elements, not “{unit}”.{near}",
            unit=unit,
            near=library.near(unit, list(UNITS)),
        )
    return unit


def _selected(built: "Built", all_records: Records, filters: Filters, unit: str) -> Activities:
    """Return the records that the filters of activities keep; for elements, by the same axes."""
    if unit == "activities":
        return selected(bitmaps(built), filters)
    kept = all_records.elements()
    for name, value in filters.of_activities().items():
        if name == "line":
            kept &= all_records.within(value)
        else:
            axis = find_axis(built, {"output": "output-type"}.get(name, name), "en")
            kept &= all_records.categories(axis).held(lambda _: True).get(value, _NONE)
    return kept


def _side(
    plan: Counted,
    all_records: Records,
    axis: Axis,
    filters: Filters,
    kept: tuple[Activities, Activities],
) -> Side:
    """Return an axis with the records of each category: those chosen, and all of the unit."""
    categories = all_records.categories(axis)
    chosen, every = kept
    narrowed = categories.held(_counting(filters))
    whole = categories.held(_counting(Filters()))
    return Side(
        axis=axis,
        held={name: held & chosen for name, held in narrowed.items()},
        whole={name: held & every for name, held in whole.items()},
        labels={
            name: plan.label(name) if name in categories.ids else name for name in categories.links
        },
        ids=categories.ids,
        is_claimed=any(link.agreed for links in categories.links.values() for link in links),
    )


def _counting(filters: Filters) -> Callable[[Link], bool]:
    """Return what says whether a link counts: a fact always does, a claim by the filters."""

    def counts(link: Link) -> bool:
        is_agreed = link.agreed == "true"
        return not link.agreed or filters.counts(link.coder, link.basis, is_agreed=is_agreed)

    return counts
