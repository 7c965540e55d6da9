"""Evaluations answer what was worked out from the invented plan's files away from the engine.

`golden/evaluation/NAME.json` holds columns and rows of the table NAME, things by their ids. Columns
that depend on chance, or that only repeat others, are left out.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from metrograph.analysis.history import history
from metrograph.analysis.measures import fractional
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.tables.table import Cell, Table
from tests.test_golden import lines, plain, read

GOLDEN = Path(__file__).parent / "golden" / "evaluation"
DAY = date(2024, 5, 1)
WEIGHTS = {
    "indicator/members": Decimal(2),
    "indicator/clean-samples": Decimal(1),
    "indicator/heritage-sites": Decimal(1),
}
WITHOUT = {
    "clean-docks": ("activity/2023/clean-docks",),
    "ndarou": ("member/ndarou",),
    "tidal-institute": ("organization/tidal-institute",),
    "coder-a": ("coder/a",),
    "2022": ("2022",),
    "goal-1": ("goal/1",),
    "blue-docks": ("initiative/blue-docks",),
    "annual-2023": ("source/annual-2023",),
    "two": ("activity/2021/tide-school", "activity/2022/harbour-forum"),
}


def matrix_without(*ids: str) -> Callable[[Plan], Table]:
    return lambda plan: plan.whatif(*ids).table


def losses_without(*ids: str) -> Callable[[Plan], Table]:
    return lambda plan: plan.whatif(*ids).losses


TABLES: dict[str, Callable[[Plan], Table]] = {
    "agreement": lambda plan: plan.agreement().table,
    "agreement-categories": lambda plan: plan.agreement().categories,
    "agreement-contested": lambda plan: plan.agreement().contested,
    "gaps": lambda plan: plan.gaps().table,
    "gaps-listed": lambda plan: plan.gaps().listed,
    "gaps-by-line": lambda plan: plan.gaps().by("line"),
    "gaps-by-challenge": lambda plan: plan.gaps().by("challenge"),
    "gaps-by-theme": lambda plan: plan.gaps().by("theme"),
    "gaps-goal-1": lambda plan: plan.gaps(line="goal/1").table,
    "gaps-year-2022": lambda plan: plan.gaps(year=2022).table,
    **{f"whatif-{name}": matrix_without(*ids) for name, ids in WITHOUT.items()},
    **{f"whatif-{name}-losses": losses_without(*ids) for name, ids in WITHOUT.items()},
    "fragility": lambda plan: plan.fragility(),
    "coverage-span": lambda plan: plan.coverage_span().table,
    "coverage-span-2023": lambda plan: plan.coverage_span(year=2023).table,
    "fractional": lambda plan: fractional(plan.coverage()),
    "fractional-any": lambda plan: fractional(plan.coverage(claims="any")),
    "concentration": lambda plan: plan.concentration(),
    "progress": lambda plan: plan.progress().table,
    "progress-2021-2022": lambda plan: plan.progress(2021, 2022).table,
    "rollup": lambda plan: plan.progress().rollup(),
    "weighted": lambda plan: plan.progress().weighted(WEIGHTS),
    "stale-2024": lambda plan: plan.stale(DAY),
    "cycle-2024": lambda plan: plan.cycle(DAY),
    "history": lambda plan: history(plan, "activity/2023/clean-docks", "theme/port-heritage"),
}
LEFT_OUT = {"agreement": {"low", "high"}, "gaps-listed": {"details", "closing"}}
UNCLAIMED = tuple(word(key, "en") for key in ("not_claimed", "not_coded"))


def shown(column: str, cell: Cell) -> str | int | float | bool | None:
    """Return a cell; of what a coder says of a contested pair, only whether the coder claims it."""
    if column.startswith("coder/") and isinstance(cell, str):
        return not cell.startswith(UNCLAIMED)
    return plain(cell)


@pytest.mark.parametrize("name", TABLES)
def test_table_is_the_golden_one(harbour: Plan, name: str) -> None:
    golden = read(GOLDEN / f"{name}.json")
    table = TABLES[name](harbour)
    kept = [one.name for one in table.columns if one.name not in LEFT_OUT.get(name, ())]
    assert kept == golden["columns"]
    rows = [[shown(column, row[column]) for column in kept] for row in table]
    assert lines(rows) == lines(golden["rows"])


def test_every_golden_table_is_asked_for() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(TABLES)
