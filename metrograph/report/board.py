"""Collects what a report to the Board states, from a plan and the snapshot of an earlier report."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from metrograph.analysis import counting
from metrograph.analysis.agreement import Agreement
from metrograph.analysis.coverage import Coverage, Pair
from metrograph.analysis.evidence import reached
from metrograph.analysis.progress import Progress
from metrograph.analysis.status import Movement
from metrograph.errors import DataError
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.query.answers import Row, text
from metrograph.query.bitmaps import union
from metrograph.query.filters import Filters
from metrograph.report.snapshot import Counted, Measure, Snapshot
from metrograph.tables.table import Cell
from metrograph.text import whole_number


@dataclass(frozen=True)
class Asked:
    """What a report is about: a reporting year or all of them, as of a day."""

    as_of: date
    year: int | None = None


@dataclass(frozen=True)
class Changes:
    """What changed since an earlier report; activities and intersections by their ids.

    `statuses` are the indicators whose status is another: which, the status then, and now.
    """

    since: date
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    closed: tuple[Pair, ...] = ()
    opened: tuple[Pair, ...] = ()
    statuses: tuple[tuple[Measure, str, str], ...] = ()

    @property
    def are_none(self) -> bool:
        """Whether nothing changed."""
        return self == Changes(self.since)


@dataclass(frozen=True)
class Headline:
    """A figure of the first page; `before` is what it was at the earlier report, if there is one.

    `name` is activities, addressing, covered, gaps or waiting; `of` is the whole of a part.
    """

    name: str
    now: int
    before: int | None = None
    of: int | None = None


@dataclass(frozen=True)
class Due:
    """A step that was due: its year, what it is, who is responsible, and what is missing."""

    year: str
    step: Cell
    by_whom: str
    missing: str


@dataclass(frozen=True)
class Board:
    """All that a report to the Board states, as values; `plan` gives labels and citations."""

    plan: Plan = field(repr=False)
    asked: Asked
    start: str
    end: str
    coverage: Coverage
    activities: tuple[str, ...]
    results: Mapping[str, frozenset[str]] = field(repr=False)
    headlines: tuple[Headline, ...]
    changes: Changes | None
    progress: Progress
    agreement: Agreement | None
    due: tuple[Due, ...]
    sources: tuple[tuple[str, str], ...]
    snapshot: Snapshot

    @property
    def depending(self) -> dict[str, tuple[Pair, ...]]:
        """The activities that alone address intersections, those with most first."""
        alone: dict[str, list[Pair]] = defaultdict(list)
        for pair, held in self.coverage.cells.items():
            if len(held) == 1 and pair not in self.coverage.grounds.outside:
                alone[next(iter(held))].append(pair)
        return {
            name: tuple(pairs)
            for name, pairs in sorted(alone.items(), key=lambda item: (-len(item[1]), item[0]))
        }

    @property
    def judged(self) -> tuple[Movement, ...]:
        """The indicators that a rule could judge: late ones first, then on track, then reached."""
        order = ("off_track", "on_track", "reached")
        judged = [moved for moved in self.progress.movements if moved.status in order]
        return tuple(sorted(judged, key=lambda moved: order.index(moved.status)))


def board(plan: Plan, asked: Asked, earlier: Snapshot | None) -> Board:
    """Return the report of a plan, compared with an earlier one.

    Raises `QueryError` for what the plan does not know.
    """
    coverage = plan.coverage(year=asked.year)
    years = _years(plan)
    activities = tuple(
        name for name, known in years.items() if asked.year is None or asked.year in known
    )
    about = _about(plan)
    progress = plan.progress()
    now = _snapshot(plan, asked.as_of, years, progress)
    try:
        agreement = plan.agreement()
    except DataError:  # no activity has been coded twice: the report says so
        agreement = None
    return Board(
        plan=plan,
        asked=asked,
        start=text(about.get("startDate")),
        end=text(about.get("endDate")),
        coverage=coverage,
        activities=activities,
        results={
            result: held & frozenset(activities) for result, held in reached(plan).results.items()
        },
        headlines=_headlines(now, earlier, asked.year),
        changes=None if earlier is None else _changes(now, earlier, asked.year),
        progress=progress,
        agreement=agreement,
        due=_due(plan, asked.as_of),
        sources=_sources(plan),
        snapshot=now,
    )


def _about(plan: Plan) -> Row:
    """Return what the plan states of itself."""
    return next(
        (row for row in plan.rows("plans") if plan.iri_of(text(row["plan"])) == plan.iri), {}
    )


def _years(plan: Plan) -> dict[str, tuple[int, ...]]:
    """Return the reporting years of each activity, in the plan's order."""
    years: dict[str, list[int]] = {text(row["activity"]): [] for row in plan.rows("activities")}
    for row in plan.rows("years-of-activities"):
        year = whole_number(text(row["activityYear"]))
        if year is not None:
            years.setdefault(text(row["activity"]), []).append(year)
    return {name: tuple(sorted(known)) for name, known in years.items()}


def _snapshot(
    plan: Plan, day: date, years: Mapping[str, tuple[int, ...]], progress: Progress
) -> Snapshot:
    """Return what the plan looks like, whatever a report is about."""
    whole = counting.matrix(plan, Filters())
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for pair, held in whole.cells.items():
        for name in held:
            pairs[name].append(pair)
    waiting = union(whole.grounds.waiting.values())
    return Snapshot(
        day=day,
        plan=plan.iri,
        digest=plan.digest,
        activities={
            name: Counted(known, tuple(pairs[name]), name in waiting)
            for name, known in years.items()
        },
        pairs=tuple(whole.cells),
        outside=whole.grounds.outside,
        statuses=_statuses(plan, progress),
    )


def _statuses(plan: Plan, progress: Progress) -> dict[Measure, str]:
    """Return the status of each indicator; scopes are named alike in reports of any language."""
    english = progress if plan.lang == "en" else replace(plan, lang="en").progress()
    return {measure(moved): moved.status for moved in english.movements}


def measure(moved: Movement) -> Measure:
    """Return what an indicator's status is kept under."""
    return moved.series.indicator, moved.series.subject, str(moved.series.scope)


def _headlines(now: Snapshot, earlier: Snapshot | None, year: int | None) -> tuple[Headline, ...]:
    """Return the figures of the first page."""
    then = {} if earlier is None else _figures(earlier, year)
    return tuple(
        Headline(name, number, then.get(name), len(now.in_scope) if name == "covered" else None)
        for name, number in _figures(now, year).items()
    )


def _figures(snapshot: Snapshot, year: int | None) -> dict[str, int]:
    counted = snapshot.of_year(year)
    return {
        "covered": len(snapshot.covered(year)),
        "gaps": len(_gaps(snapshot, year)),
        "activities": len(counted),
        "addressing": sum(bool(activity.pairs) for activity in counted.values()),
        "waiting": sum(activity.waits for activity in counted.values()),
    }


def _gaps(snapshot: Snapshot, year: int | None) -> frozenset[Pair]:
    """Return the intersections in scope that nothing addresses; in a year, nothing of that year."""
    return snapshot.in_scope - snapshot.covered(year)


def _changes(now: Snapshot, earlier: Snapshot, year: int | None) -> Changes:
    here, there = now.of_year(year), earlier.of_year(year)
    gaps, before = _gaps(now, year), _gaps(earlier, year)
    both = frozenset(now.pairs) & frozenset(earlier.pairs)
    return Changes(
        since=earlier.day,
        added=tuple(name for name in here if name not in there),
        removed=tuple(name for name in there if name not in here),
        closed=tuple(pair for pair in now.pairs if pair in (before - gaps) & now.covered(year)),
        opened=tuple(pair for pair in now.pairs if pair in (gaps - before) & both),
        statuses=tuple(
            (key, earlier.statuses[key], status)
            for key, status in now.statuses.items()
            if earlier.statuses.get(key, status) != status
        ),
    )


def _due(plan: Plan, as_of: date) -> tuple[Due, ...]:
    """Return the steps of the accountability cycle that were due and lack something."""
    waits = ("", word("not_due", plan.lang))
    return tuple(
        Due(_plain(row["year"]), row["step"], _plain(row["by_whom"]), _plain(row["missing"]))
        for row in plan.cycle(as_of)
        if _plain(row["missing"]) not in waits
    )


def _plain(cell: Cell) -> str:
    """Return a cell of texts, which keep their languages."""
    return cell if isinstance(cell, str) else "" if cell is None else str(cell)


def _sources(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the documents that the plan's records cite, each with its year."""
    rows = plan.rows("documents")
    return tuple(
        dict.fromkeys((text(row["document"]), text(row["year"])) for row in rows if row["isSource"])
    )
