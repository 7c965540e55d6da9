"""Checks that one workbook takes new records together with what refers to them, by name."""

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from metrograph.editing.forms import values
from metrograph.exchange.workbook import template as templates
from metrograph.exchange.workbook.importing import Result, result
from metrograph.exchange.workbook.saving import save
from metrograph.plan import Plan, open_plan
from tests.conftest import HARBOUR, Run

DAY = date(2026, 3, 1)
CITED = "source/annual-2023 21"
PLAN = "Harbour Cities plan 2022-2025"
Add = Callable[[str, Mapping[str, object]], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the invented plan, to be changed."""
    return shutil.copytree(HARBOUR, tmp_path / "harbour")


@pytest.fixture
def plan(folder: Path, cache: Path) -> Plan:
    return open_plan(folder, cache=cache)


@pytest.fixture
def book(plan: Plan, tmp_path: Path) -> Any:
    path = tmp_path / "empty.xlsx"
    path.write_bytes(templates.template(plan, DAY, empty=True))
    return openpyxl.load_workbook(path)


@pytest.fixture
def add(book: Any) -> Add:
    def added(sheet: str, cells: Mapping[str, object]) -> int:
        """Fill in the next row of a sheet, by the beginnings of its headings."""
        rows = book[sheet]
        number = int(next(row for row in range(2, 600) if not any(c.value for c in rows[row])))
        for heading, value in cells.items():
            columns = [c.column for c in rows[1] if str(c.value).removesuffix(" *") == heading]
            assert len(columns) == 1, (heading, [c.value for c in rows[1]])
            rows.cell(number, columns[0]).value = value
        return number

    return added


def names(text: str) -> dict[str, object]:
    """Return a name for all three languages."""
    return {f"name ({lang})": text for lang in ("English", "French", "Spanish")}


def imported(plan: Plan, book: Any, tmp_path: Path) -> Result:
    path = tmp_path / "book.xlsx"
    book.save(path)
    return result(plan, path, DAY)


def fill(add: Add) -> None:
    """Fill in a new activity with all that it takes, each named only by its name."""
    cited = {"citation": CITED}
    add("Claims", {
        "coder": "Dora", "activity": "Kelp walk", "claimed theme": "Calm nights",
        "basis": "stated", "reason (English)": "It is quiet.", "citation": CITED,
    })  # fmt: skip
    add("Codings", {"coded activity": "Kelp walk", "coder": "Dora"})
    add("Activities", {
        **names("Kelp walk"), "year": 2023, "place": "Kelp Bay", "organiser": "Kelp Society",
        "participant": "Kelp Town", "plan": PLAN, "reported under": "Quiet quays", **cited,
    })  # fmt: skip
    add("Members", {
        **names("Kelp Town"), "country": "Portugal", "member of": "Kelp Society", **cited,
    })  # fmt: skip
    add("Places", {**names("Kelp Bay"), **cited})
    add("Organisations", names("Kelp Society"))
    add("Coders", names("Dora"))
    add("Vision themes", {
        **names("Calm nights"), "plan": PLAN, "list of terms": "scheme/themes", **cited,
    })  # fmt: skip
    add("Plan elements", {
        **names("Quiet quays"), "level": "level/goal", "number or code": "9", "position": 9,
        **cited,
    })  # fmt: skip


NEW = {
    "activity/2023/kelp-walk", "claim/dora/kelp-walk/theme/calm-nights", "coding/dora/kelp-walk",
    "coder/dora", "goal/9", "member/kelp-town", "organization/kelp-society", "place/kelp-bay",
    "theme/calm-nights",
    "intersection/rising-seas/calm-nights", "intersection/port-transition/calm-nights",
}  # fmt: skip


@pytest.mark.parametrize("backwards", [False, True])
def test_new_records_of_all_sheets_name_each_other_in_any_order(  # noqa: PLR0913, PLR0917
    plan: Plan, book: Any, add: Add, tmp_path: Path, cache: Path, backwards: bool
) -> None:
    fill(add)
    if backwards:
        book._sheets.reverse()  # openpyxl has no public way to sort
    taken = imported(plan, book, tmp_path)
    assert taken.faults == ()
    assert {change.id for change in taken.changes.changes} == NEW
    save(plan, taken.changes)
    again = open_plan(plan.built.folder, cache=cache)
    activity = values(again, "activity/2023/kelp-walk")
    assert [*activity["organizer"], *activity["place"], *activity["reportedUnder"]] == [
        "organization/kelp-society", "place/kelp-bay", "goal/9",
    ]  # fmt: skip
    assert values(again, "claim/dora/kelp-walk/theme/calm-nights")["onActivity"] == (
        "activity/2023/kelp-walk",
    )
    assert [finding for finding in again.findings if finding.severity == "violation"] == []
    repeated = imported(again, book, tmp_path)
    assert (repeated.changes.count("unchanged"), repeated.changes.texts) == (
        len(NEW) - 2,
        {},
    )  # the intersections have no rows


def test_faults_of_all_sheets_come_at_once_with_cell_and_what_is_meant(
    plan: Plan, book: Any, add: Add, tmp_path: Path
) -> None:
    """A member city is no place, a row of another kind is none, and a typo has its neighbour."""
    add("Activities", {**names("Kelp walk"), "year": "20x3", "plan": PLAN})
    add("Activities", {**names("Reed walk"), "year": 2023, "place": "Coast Lab", "plan": PLAN,
                       "citation": CITED})  # fmt: skip
    add("Organisations", names("Kelp Society"))
    add("Members", {**names("Kelp Town"), "country": "Portugall", "member of": "Kelp Society",
                    "citation": CITED})  # fmt: skip
    add("Codings", {"coded activity": "Kelp Society", "coder": "Coder A"})
    add("Codings", {"coded activity": "Reed walk", "coder": "Coder A"})
    taken = imported(plan, book, tmp_path)
    faults = {fault.where: fault.message for fault in taken.faults}
    heads = {
        name: [str(c.value).removesuffix(" *") for c in book[name][1]] for name in book.sheetnames
    }

    def cell(sheet: str, heading: str, row: int) -> str:
        at = book[sheet].cell(row, heads[sheet].index(heading) + 1)
        return f"{sheet}!{at.coordinate}"

    assert set(faults) == {
        cell("Activities", "year", 2), cell("Activities", "citation", 2),
        cell("Activities", "place", 3), cell("Members", "country", 2),
        cell("Codings", "coded activity", 2),
    }  # fmt: skip
    at_place = faults[cell("Activities", "place", 3)]
    assert "“Coast Lab” is recorded as: organisation (organization/coast-lab)" in at_place
    assert "Porto Salgado" in at_place  # what a place may be
    assert "Did you mean Portugal?" in faults[cell("Members", "country", 2)]
    of_row = faults[cell("Codings", "coded activity", 2)]
    assert "“Kelp Society” is recorded as: organisation (Organisations!A2)" in of_row
    assert taken.waiting == 1  # the coding of Reed walk, which is right but for its activity
    assert taken.valid is not None
    assert {change.id for change in taken.valid.changes} == {"organization/kelp-society"}


def test_a_name_of_two_records_is_asked_for_not_guessed(
    plan: Plan, book: Any, add: Add, tmp_path: Path
) -> None:
    """A second Tide School, of 2023: a coding of "Tide School" might mean either."""
    add("Activities", {**names("Tide School"), "year": 2023, "plan": PLAN, "citation": CITED})
    add("Codings", {"coded activity": "Tide School", "coder": "Coder A"})
    (fault,) = imported(plan, book, tmp_path).faults
    assert fault.where == "Codings!B2"
    assert "activity/2021/tide-school, activity/2023/tide-school" in fault.message
    book["Codings"]["B2"].value = "Tide School (activity/2023/tide-school)"
    taken = imported(plan, book, tmp_path)
    assert taken.faults == ()
    assert {change.id for change in taken.changes.changes} == {
        "activity/2023/tide-school", "coding/a/tide-school-2",
    }  # fmt: skip


HEAD = "Record;Record (id);name (en);participant;participant (id);year"
SCHOOL = "Tide School;activity/2021/tide-school;Tide School;{};{};2021"


@pytest.mark.parametrize(
    ("name", "beside", "taken"),
    [
        ("Vila Maré", "member/vila-mare", "member/vila-mare"),  # as exported
        ("Ndarou", "member/vila-mare", "member/ndarou"),  # only the name was changed
        ("Ndarou", "", "member/ndarou"),
        ("Vila Maré | Ndarou", "member/vila-mare", "member/vila-mare member/ndarou"),
        ("Vila Maré", "member/ndarou", None),  # the id was changed, too: which one counts?
        ("Vila Mare'", "member/vila-mare", None),
    ],
)
def test_a_name_that_was_edited_beside_its_id_counts_or_is_a_fault_at_its_cell(
    plan: Plan, tmp_path: Path, name: str, beside: str, taken: str | None
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}\n{SCHOOL.format(name, beside)}\n", encoding="utf-8")
    reading = result(plan, path, DAY)
    if taken is None:
        assert [fault.where for fault in reading.faults] == ["a.csv!D2"]
        return
    assert reading.faults == ()
    (change,) = reading.changes.changes
    assert change.after is not None
    participants = dict(change.after.facts)["https://w3id.org/metrograph/ontology#participant"]
    assert {plan.ids.short(term.value) for term in participants} == set(taken.split())


def test_the_name_of_the_record_itself_is_not_ignored_either(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    row = SCHOOL.format("", "").replace("Tide School;", "Flood School;", 1)
    path.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    faults = {fault.where: fault.message for fault in result(plan, path, DAY).faults}
    assert "“Flood School” is not the name of activity/2021/tide-school" in faults["a.csv!A2"]


def test_headings_sheets_and_choices_of_older_workbooks_are_still_known(
    plan: Plan, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Affirmations"
    book.active.append(
        [
            "Fiche",
            "fait le",
            "codeur *",
            "activité *",
            "thème affirmé",
            "base *",
            "raison (français) *",
            "référence *",
        ]
    )
    book.active.append(
        [
            None,
            "2024-02-02",
            "coder/b",
            "activity/2021/tide-school",
            "theme/clean-water",
            "énoncée",
            "L'eau est propre.",
            CITED,
        ]
    )
    figures = book.create_sheet("Chiffres")
    figures.append(["indicateur", "sujet", "année", "chiffre", "unité", "nature de la valeur",
                    "référence"])  # fmt: skip
    readings = book.create_sheet("Lectures")
    readings.append(["activité codée", "codeur", "fait le"])
    readings.append(["activity/2021/tide-school", "coder/a", "2024-02-01"])
    taken = imported(plan, book, tmp_path)
    assert (taken.faults, taken.remarks) == ((), ())
    assert [(change.kind, change.what) for change in taken.changes.changes] == [
        ("AlignmentClaim", "added"), ("Coding", "unchanged"),
    ]  # fmt: skip


def test_the_command_says_where_to_see_what_it_wrote(
    folder: Path, book: Any, add: Add, tmp_path: Path, run: Run
) -> None:
    fill(add)
    book.save(tmp_path / "book.xlsx")
    done = run("import", tmp_path / "book.xlsx", "--graph", folder)
    assert done.returncode == 0, done.stderr
    assert f"To see it: metrograph show activity/2023/kelp-walk --graph {folder}" in done.stderr
    shown = run("show", "activity/2023/kelp-walk", "--graph", folder)
    assert "Kelp Society" in shown.stdout
