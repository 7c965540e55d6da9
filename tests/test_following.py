"""Checks what `metrograph status` reports of any plan: late first, sums that add nothing twice.

The plan comes from a small table; what is late, due and done by 1 February 2026, and the sums, were
worked out by reading it.
"""

import csv
import io
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from metrograph.analysis.following import currency_of, last_day
from metrograph.analysis.rollup import standing
from metrograph.errors import QueryError
from metrograph.exchange.table_update import revision
from metrograph.plan import Plan, open_plan
from metrograph.reading.any_table import reader
from metrograph.store import new_plan
from metrograph.tables.table import Entity
from tests.conftest import Run
from tests.explorer import client, links, words
from tests.test_table_update import written

ROWS: list[list[str | int | None]] = [
    ["Axis", "Action", "Owner", "Due", "Budget (€)", "Funding (£)", "Status", "Progress"],
    ["1. Clean air", "1.1 Cycle lanes", "Roads", "2025-06-30", 1000, None, "Started", "40 %"],
    [None, "1.2 Quiet streets", "Roads", "2027", 500, None, "Not started", "0 %"],
    ["2. Good homes", "2.1 Repairs", "Housing", "2026-02-20", None, 700, "Started", "50 %"],
    [None, "2.2 Old mills", "Housing", "2025", 300, None, "Done", "100 %"],
]
AS_OF = date(2026, 2, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the plan of the table, whose statuses are of 1 January 2026."""
    path = tmp_path_factory.mktemp("status")
    read = reader.read(written(path / "plan.xlsx", ROWS), "https://example.org/town/", "en")
    return new_plan.write(path / "town", revision.dated(read.draft, date(2026, 1, 1)))


@pytest.fixture(scope="module")
def town(folder: Path) -> Plan:
    return open_plan(folder)


def test_what_is_late_comes_first_then_what_is_due(town: Plan) -> None:
    listed = standing(town, AS_OF).listed
    assert [item.element for item in listed] == [
        "action/1.1",  # its end has passed
        "action/2.1",  # due in 19 days
        "action/1.2",  # open
        "action/2.2",  # done
    ]
    assert [item.is_late for item in listed] == [True, False, False, False]
    assert [item.is_due for item in listed] == [False, True, False, False]
    assert [item.is_done for item in listed] == [False, False, False, True]
    assert {item.since for item in listed} == {"2026-01-01"}


def test_a_status_that_has_not_changed_for_half_a_year_is_stale(town: Plan) -> None:
    """181 days after 1 January 2026 is 1 July: two are late by then, one is open, one done."""
    stale = [item.element for item in standing(town, date(2026, 7, 1)).listed if item.is_stale]
    assert stale == ["action/1.1", "action/2.1", "action/1.2"]
    assert standing(town, date(2026, 6, 30)).count("stale") == 0


def test_sums_by_level_count_parts_once_and_keep_currencies_apart(town: Plan) -> None:
    table = standing(town, AS_OF).rollup("level")
    rows = [{name: cell for name, cell in row.items() if cell is not None} for row in table]
    assert rows == [
        {
            "element": Entity("axis/1", "Clean air"), "elements": 2, "done": 0, "late": 1,
            "due_soon": 0, "stale_ones": 0, "without_status": 0,
            "mean_progress": "20% (2 of 2)", "budget": "1,500\u00a0EUR",
        },
        {
            "element": Entity("axis/2", "Good homes"), "elements": 2, "done": 1, "late": 0,
            "due_soon": 1, "stale_ones": 0, "without_status": 0,
            "mean_progress": "75% (2 of 2)", "budget": "300\u00a0EUR; 700\u00a0£",
        },
    ]  # fmt: skip
    assert "never added across currencies" in table.note


def test_sums_by_owner_and_year(town: Plan) -> None:
    by_owner = {str(row["owner"]): row["elements"] for row in standing(town, AS_OF).rollup("owner")}
    assert list(by_owner.values()) == [2, 2]
    by_year = {row["year"]: row["elements"] for row in standing(town, AS_OF).rollup("year")}
    assert by_year == {"2025": 2, "2026": 1, "2027": 1}


def test_the_elements_of_one_owner(town: Plan) -> None:
    chosen = standing(town, AS_OF, owner="stakeholder/owner/housing")
    assert [item.element for item in chosen.listed] == ["action/2.1", "action/2.2"]
    assert chosen.money("budget") == {"EUR": 300, "£": 700}


def test_an_unknown_level_names_those_of_the_plan(town: Plan) -> None:
    with pytest.raises(QueryError) as error:
        standing(town, AS_OF, level="goal")
    assert "axis, action" in str(error.value)


def test_the_command_writes_a_table_for_a_spreadsheet(folder: Path, run: Run) -> None:
    done = run("status", "--graph", folder, "--as-of", "2026-02-01", "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert rows[0]["Element"] == "Cycle lanes"
    assert [row["Attention"] for row in rows] == ["late", "due soon", "", "done"]


def test_shares_of_funders_and_commitments_are_no_second_budget(tmp_path: Path) -> None:
    """By hand: the total of Filter is 500, not 1,000; of Dredge 90, of which 40 are committed."""
    rows = [
        "Axis,Action,Funder 1,Amount €,Funder 2,Amount €,Total budget €,Commitments 2025 €",
        "Air,Filter,Region,300,Town,200,500,",
        "Sea,Dredge,State,50,Port,40,90,40",
        "Sea,Count,State,7,Port,8,,",
    ]
    path = tmp_path / "plan.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    read = reader.read(path, "https://example.org/town/", "en")
    plan = open_plan(new_plan.write(tmp_path / "town", read.draft))
    listed = {item.element: item.budget for item in standing(plan, AS_OF).listed}
    assert listed == {
        "action/1.1": {"EUR": 500}, "action/2.1": {"EUR": 90}, "action/2.2": {"EUR": 15},
    }  # fmt: skip


def test_progress_of_an_element_counts_for_those_above_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        "id,parent_id,title,progress\nS,,Sport,\nS1,S,Courts,30\nS2,S,Pools,\nS3,S,Clubs,90\n"
    )
    read = reader.read(path, "https://example.org/town/", "en")
    plan = open_plan(new_plan.write(tmp_path / "town", read.draft))
    rows = [list(row.values()) for row in plan.progress().rollup()]
    counts = {row[1].label: row[2:] for row in rows}  # type: ignore[union-attr]  # an entity
    # indicators, reached, on track, off track, no target, no information
    assert counts == {
        "Sport": [2, 0, 0, 0, 2, 0], "Courts": [1, 0, 0, 0, 1, 0],
        "Pools": [0, 0, 0, 0, 0, 0], "Clubs": [1, 0, 0, 0, 1, 0],
    }  # fmt: skip


def test_days_and_currencies() -> None:
    assert last_day("2028-02") == date(2028, 2, 29)
    assert last_day("2025") == date(2025, 12, 31)
    assert last_day("soon") is None
    assert [currency_of(unit) for unit in ("€", "USD", "km", "%")] == ["EUR", "USD", "", ""]


def test_the_page_shows_the_same_in_three_languages(folder: Path, cache: Path) -> None:
    """The end of 1.1 has passed by any day on which this runs, 2.2 is done."""
    web = client(folder, cache)
    for lang, late, done in (
        ("en", "Late", "Done"),
        ("fr", "En retard", "Terminés"),
        ("es", "Con retraso", "Terminados"),
    ):
        shown = words(web.get(f"/{lang}/status").text).replace("\u00a0", " ")
        assert late in shown
        assert re.search(rf"{done} ?: 1 ", shown)
        assert shown.index("Cycle lanes") < shown.index("Old mills")
    kept = web.get("/en/status.csv?by=level")
    assert kept.headers["content-type"].startswith("text/csv")
    assert [line.split(",")[0] for line in kept.text.splitlines()[1:]] == [
        "Clean air",
        "Good homes",
    ]
    assert web.get("/en/status?level=nothing").status_code == 404


def test_the_tree_shows_statuses_and_leads_to_the_page(folder: Path, cache: Path) -> None:
    page = client(folder, cache).get("/en/plan").text
    assert "Status: Started late" in words(page)
    assert "/en/status" in links(page)


def test_the_page_of_an_element_has_its_history(
    folder: Path, cache: Path, run: Run, tmp_path: Path
) -> None:
    """Cycle lanes are done by the next file; before, they were started."""
    shutil.copytree(folder, tmp_path / "town")
    rows = [list(row) for row in ROWS]
    rows[1][6] = "Done"
    file = written(tmp_path / "next.xlsx", rows)
    done = run("import", file, "--graph", tmp_path / "town", "--as-of", "2026-02-01")
    assert done.returncode == 0, done.stderr
    page = words(client(tmp_path / "town", cache).get("/en/entity/action/1.1").text)
    assert "2026-01-01 Started" in page
    assert "2026-02-01 Done" in page


def test_figures_about_an_element_go_out_as_stratml(run: Run, tmp_path: Path) -> None:
    """Each of two actions has an indicator with a target: both go out."""
    rows: list[list[str | int | None]] = [
        ["Goal", "Action", "Indicator", "Target 2027"],
        ["1. Clean air", "1.1 Cycle lanes", "km of lanes", 41],
        [None, "1.2 Quiet streets", "streets", 12],
    ]
    made = run("import", written(tmp_path / "plan.xlsx", rows), "--new", tmp_path / "town")
    assert made.returncode == 0, made.stderr
    out = tmp_path / "town.xml"
    done = run("export", "--to", "stratml", "-o", out, "--graph", tmp_path / "town")
    assert done.returncode == 0, done.stderr
    numbers = re.findall("<(?:[a-z]+:)?NumberOfUnits>([0-9]+)<", out.read_text(encoding="utf-8"))
    assert sorted(numbers) == ["12", "41"]


def test_the_values_of_an_indicator_are_drawn_with_words_for_those_who_do_not_see(
    cache: Path, tmp_path: Path
) -> None:
    """By hand: 2024 and 2026 are actuals, 2025 and 2027 targets: two filled, two open points."""
    path = tmp_path / "plan.csv"
    path.write_text(
        "Goal,Indicator,Actual 2024,Target 2025,Actual 2026,Target 2027\n"
        "Air,<b>Dust</b>,40,35,30,20\nSea,Fish,1,,,\n"
    )
    read = reader.read(path, "https://example.org/town/", "en")
    town = new_plan.write(tmp_path / "town", read.draft)
    with client(town, cache) as browser:
        names = [item.element for item in standing(open_plan(town), AS_OF).items]
        page = browser.get("/en/entity/indicator/dust").text
        other = browser.get("/en/entity/indicator/fish").text
        menu = browser.get("/en/").text
    assert names == ["goal/1", "goal/2"]
    (drawing,) = re.findall(r'<figure class="spark">.*?</figure>', page, re.DOTALL)
    assert drawing.count('fill="currentColor"') == 2
    assert drawing.count('fill="none" stroke="currentColor"/>') >= 2
    assert drawing.count("stroke-dasharray") == 1
    (title,) = re.findall("<title>(.*?)</title>", drawing)
    assert title.endswith(
        "2024: 40 (actual value); 2025: 35 (target); 2026: 30 (actual value); 2027: 20 (target)"
    )
    assert 'class="spark"' not in other
    assert 'href="/en/status"' in menu
