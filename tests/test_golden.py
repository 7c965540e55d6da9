"""Every question answers what was worked out from the plan's files away from the engine.

`golden/PLAN/NAME.json` or `NAME.VARIANT.json` holds the answer of the question NAME: the parameters
asked with, the columns and the rows in order, things by their ids. A long answer is kept as its
number of rows (`count`), its first rows (`rows`) and its last ones (`last`).
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from metrograph.plan import Plan
from metrograph.query import library as queries
from metrograph.tables.table import Cell, Entity, Table

GOLDEN = Path(__file__).parent / "golden"
PLANS = ("harbour", "metropolis")
CASES = [path for plan in PLANS for path in sorted((GOLDEN / plan).glob("*.json"))]


def question(path: Path) -> str:
    return path.name.split(".")[0]


def case_id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def read(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return values


def plain(cell: Cell) -> str | int | float | bool | None:
    if isinstance(cell, Entity):
        return cell.id
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell


def lines(rows: Any) -> list[str]:
    """Return rows as texts: so compared, true is not 1 and "2023" is not 2023."""
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def answer(table: Table) -> list[str]:
    return lines([plain(cell) for cell in row] for row in table.rows)


def without_texts(table: Table) -> list[str]:
    """Return an answer without its texts (notes, reasons), which follow the plan's language."""
    return lines(
        ["…" if isinstance(cell, str) else plain(cell) for cell in row] for row in table.rows
    )


def ask(plan: Plan, path: Path, parameters: Mapping[str, str | int]) -> Table:
    return plan.query(question(path), **parameters)


@pytest.fixture
def plan(request: pytest.FixtureRequest, path: Path) -> Plan:
    found: Plan = request.getfixturevalue(path.parent.name)
    return found


@pytest.mark.parametrize("path", CASES, ids=case_id)
def test_answer_is_the_golden_one(plan: Plan, path: Path) -> None:
    golden = read(path)
    table = ask(plan, path, golden["parameters"])
    rows = answer(table)
    assert [column.name for column in table.columns] == golden["columns"]
    if "count" in golden:
        first, last = lines(golden["rows"]), lines(golden["last"])
        assert len(rows) == golden["count"]
        assert rows[: len(first)] == first
        assert rows[-len(last) :] == last
    else:
        assert rows == lines(golden["rows"])


@pytest.mark.parametrize("path", CASES, ids=case_id)
def test_answer_is_the_same_asked_again_and_in_french(plan: Plan, path: Path) -> None:
    parameters = read(path)["parameters"]
    first = ask(plan, path, parameters)
    assert answer(ask(plan, path, parameters)) == answer(first)
    french = ask(replace(plan, lang="fr"), path, parameters)
    assert without_texts(french) == without_texts(first)


@pytest.mark.parametrize("folder", PLANS)
def test_every_question_has_a_golden_answer(folder: str) -> None:
    asked = {question(path) for path in CASES if path.parent.name == folder}
    assert asked == {query.name for query in queries.library()}


@pytest.mark.parametrize("path", CASES, ids=case_id)
def test_golden_file_is_whole(path: Path) -> None:
    golden = read(path)
    width = len(golden["columns"])
    assert all(len(row) == width for row in golden["rows"] + golden.get("last", []))
    if "count" in golden:
        assert golden["count"] > len(golden["rows"]) + len(golden["last"]) > 0
