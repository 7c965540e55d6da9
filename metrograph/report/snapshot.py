"""Keeps the figures of a report beside the plan, so that the next report can say what changed.

A snapshot is a small JSON file in the plan's folder, `reports/2026-11-29.json`, named by the day of
its report (for the shipped plan, in the user's state folder). It holds ids only, so that a report
of any year and in any language can be compared with it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from metrograph import paths
from metrograph.analysis.coverage import Pair
from metrograph.documents import archive
from metrograph.errors import InputError, UsageError, reason_of
from metrograph.store.turtle import read_bytes
from metrograph.store.writing import replace_file

FOLDER = "reports"
_KIND = "metrograph report 1"
_LARGEST = 50_000_000  # bytes; a plan of 10,000 activities has 3 million
Measure = tuple[str, str, str]  # an indicator, whom it is about, and its scope


@dataclass(frozen=True)
class Counted:
    """One activity as a report counted it: its years, and the intersections it addresses."""

    years: tuple[int, ...]
    pairs: tuple[Pair, ...]
    waits: bool = False


@dataclass(frozen=True)
class Snapshot:
    """What a plan looked like on the day of a report.

    `pairs` are the plan's intersections, `outside` those that are out of scope; `statuses` are
    those of the indicators.
    """

    day: date
    plan: str
    digest: str
    activities: Mapping[str, Counted]
    pairs: tuple[Pair, ...]
    outside: frozenset[Pair]
    statuses: Mapping[Measure, str]

    def of_year(self, year: int | None) -> dict[str, Counted]:
        """Return the activities of a reporting year, or all."""
        return {
            name: counted
            for name, counted in self.activities.items()
            if year is None or year in counted.years
        }

    def covered(self, year: int | None) -> frozenset[Pair]:
        """Return the intersections in scope that an activity addresses."""
        held = {pair for counted in self.of_year(year).values() for pair in counted.pairs}
        return frozenset(held) - self.outside

    @property
    def in_scope(self) -> frozenset[Pair]:
        """The intersections that no decision puts out of scope."""
        return frozenset(self.pairs) - self.outside


def to_json(snapshot: Snapshot) -> str:
    """Return a snapshot as JSON, the same for the same snapshot."""
    value = {
        "kind": _KIND,
        "day": snapshot.day.isoformat(),
        "plan": snapshot.plan,
        "dataVersion": snapshot.digest,
        "activities": {
            name: {
                "years": list(counted.years),
                "intersections": [list(pair) for pair in counted.pairs],
                "waits": counted.waits,
            }
            for name, counted in sorted(snapshot.activities.items())
        },
        "intersections": [list(pair) for pair in snapshot.pairs],
        "outOfScope": [list(pair) for pair in sorted(snapshot.outside)],
        "indicators": [[*key, status] for key, status in sorted(snapshot.statuses.items())],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def read(path: Path) -> Snapshot:
    """Return the snapshot of a file, or raise `InputError` for a file that is none."""
    if path.is_symlink():
        raise InputError("{path}: this is a link; remove it.", path=path)
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        return _from_json(json.loads(read_bytes(path)))
    except OSError as error:
        raise InputError(
            "{path}: cannot be read ({reason}).", path=path, reason=reason_of(error)
        ) from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise InputError(
            "{path}: this file does not contain the figures of a report, or is damaged. Remove the "
            "file, or compare with another day (--since).",
            path=path,
        ) from None


def _from_json(value: Any) -> Snapshot:
    """Return the snapshot of parsed JSON; raises what Python does where it has another form."""
    if value["kind"] != _KIND:
        raise ValueError
    return Snapshot(
        day=date.fromisoformat(value["day"]),
        plan=str(value["plan"]),
        digest=str(value["dataVersion"]),
        activities={
            str(name): Counted(
                tuple(map(int, counted["years"])),
                tuple(map(_pair, counted["intersections"])),
                counted["waits"] is True,
            )
            for name, counted in value["activities"].items()
        },
        pairs=tuple(map(_pair, value["intersections"])),
        outside=frozenset(map(_pair, value["outOfScope"])),
        statuses={
            (str(indicator), str(about), str(scope)): str(status)
            for indicator, about, scope, status in value["indicators"]
        },
    )


def _pair(value: Any) -> Pair:
    challenge, theme = value
    return str(challenge), str(theme)


def home(plan: Path) -> Path:
    """Return the folder of a plan's snapshots: one of the user's for the shipped plan."""
    return archive.own_folder(plan) if paths.is_shipped(plan) else plan


def path_of(folder: Path, day: date) -> Path:
    """Return the file of the snapshot of a day."""
    return folder / FOLDER / f"{day.isoformat()}.json"


def days(folder: Path) -> list[date]:
    """Return the days of which a plan's folder has snapshots, the earliest first."""
    return sorted(_days(folder / FOLDER))


def _days(folder: Path) -> Iterator[date]:
    for path in folder.glob("*.json"):
        try:
            yield date.fromisoformat(path.stem)
        except ValueError:
            continue  # another file of the office's


def before(folder: Path, day: date, since: date | None = None) -> Snapshot | None:
    """Return the snapshot to compare a report of a day with: the last one before that day.

    With `since`, the last one up to that day. Raises `UsageError` if there is none up to `since`.
    """
    known = days(folder)
    earlier = [known_day for known_day in known if known_day < day]
    if since is not None:
        earlier = [known_day for known_day in earlier if known_day <= since]
        if not earlier:
            raise UsageError(
                "No report of {day} or earlier has been kept beside the plan. Kept: {days}."
                if known
                else "No earlier report has been kept beside the plan: leave out --since. From now "
                "on, each report leaves its figures in the folder “{folder}”.",
                day=since.isoformat(),
                days=", ".join(known_day.isoformat() for known_day in known),
                folder=FOLDER,
            )
    return read(path_of(folder, earlier[-1])) if earlier else None


def keep(folder: Path, snapshot: Snapshot) -> Path:
    """Write a snapshot beside its plan, and return its file; one of the same day is replaced.

    Raises `InputError` where it cannot be written.
    """
    path = path_of(folder, snapshot.day)
    for part in (path.parent, path):
        if part.is_symlink():
            raise InputError("{path}: this is a link; remove it.", path=part)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "{path}: cannot be written ({reason}). Nothing was changed.",
            path=path.parent,
            reason=reason_of(error),
        ) from None
    replace_file(path, to_json(snapshot))
    return path
