"""Guesses on columns by themselves in; settled where one column tells what another is, in place."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrograph.reading.any_table import heading_words
from metrograph.reading.any_table.columns import Profile
from metrograph.reading.dates import days_of
from metrograph.reading.numbers import figure_of


@dataclass(frozen=True)
class Guess:
    """What a column seems to be, the key (in `wording`) of the reason and what stands in it."""

    role: str
    why: str
    depth: int = 0
    says: tuple[str, ...] = ()


def note_undated(columns: Sequence[Profile], found: dict[int, Guess | None]) -> None:
    """Take figures of one kind without years for notes: no one can tell them from each other."""
    for role in ("baseline", "target", "actual"):
        undated = [
            one
            for one in columns
            if (of := found[one.index]) and of.role == role and not _has_year(one)
        ]
        if len(undated) > 1:
            found |= {one.index: Guess("note", "why_years_unknown") for one in undated}


def give_codes(columns: Sequence[Profile], found: dict[int, Guess | None]) -> None:
    """Take codes for those of indicators, where there are more of both than of names."""
    of_role = {role: _of_role(columns, found, role) for role in ("id", "indicator", "level")}
    names = max((one.distinct for one in of_role["level"]), default=0)
    if any(one.distinct > names for one in of_role["indicator"]):
        for one in of_role["id"]:
            if one.distinct > names:
                found[one.index] = Guess("indicator_id", "why_of_indicator")


def _of_role(
    columns: Sequence[Profile], found: dict[int, Guess | None], role: str
) -> list[Profile]:
    return [one for one in columns if (of := found[one.index]) and of.role == role]


def _has_year(one: Profile) -> bool:
    """Tell whether the heading or most cells of a column of figures name a year."""
    years = one.share(lambda cell: (found := figure_of(cell, one.manner)) and found.year)
    return heading_words.year_of(one.heading) is not None or years > 0.5


def pair_dates(columns: Sequence[Profile], found: dict[int, Guess | None]) -> None:
    """Take two columns of days without a say for start and end, where they are in that order."""
    dates = [one for one in columns if (of := found[one.index]) and of.role == "date"]
    if any(of and of.role in ("start", "end") for of in found.values()):
        found |= {one.index: Guess("note", "why_dates_known") for one in dates}
        return
    if len(dates) != 2:
        return
    spans = [
        (start[0], end[1])
        for cells in zip(dates[0].cells, dates[1].cells, strict=True)
        if (start := days_of(cells[0], dates[0].manner))
        and (end := days_of(cells[1], dates[1].manner))
    ]
    if spans and all(start <= end for start, end in spans):
        found[dates[0].index] = Guess("start", "why_dates")
        found[dates[1].index] = Guess("end", "why_dates")


def choose_status(columns: Sequence[Profile], found: dict[int, Guess | None]) -> None:
    """Keep one column of statuses, with known words if there is one: an element has one status."""
    all_ = [one for one in columns if (of := found[one.index]) and of.role == "status"]
    for other in sorted(all_, key=lambda one: not one.has_states)[1:]:
        found[other.index] = Guess("note", "why_status_known")
