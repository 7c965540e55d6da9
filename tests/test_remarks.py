"""Checks that what an import says stays readable, however much there is to say."""

import csv
from pathlib import Path

import pytest

from metrograph.reading.notices import LEFT, READ, Remark, lines
from tests.conftest import Run

EMPTY = 300  # columns


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        (
            "en",
            "plan.csv!C, plan.csv!D, plan.csv!E, … (300): guessed: C, D, E, … → Not imported.",
        ),
        ("fr", "plan.csv!C, plan.csv!D, plan.csv!E, … (300): supposé: C, D, E, … → Non importé"),
        (
            "es",
            "plan.csv!C, plan.csv!D, plan.csv!E, … (300): supuesto: C, D, E, … → No importado",
        ),
    ],
)
def test_empty_columns_take_one_line_and_the_report_has_each(
    tmp_path: Path, run: Run, lang: str, line: str
) -> None:
    table, report = tmp_path / "plan.csv", tmp_path / "report.csv"
    rows = ["Clean streets,Sweep", "Clean streets,Wash", "Good homes,Rents", "Good homes,Repairs"]
    gap = "," * (EMPTY + 1)
    table.write_text("".join(f"{one}{gap}Mayor\n" for one in rows), encoding="utf-8")
    asked = ("import", table, "--new", tmp_path / "new", "--dry-run", "--all", "--lang", lang)
    told = run(*asked).stderr.splitlines()
    assert sum(one.removeprefix("metrograph: ").startswith(line) for one in told) == 1
    assert len(told) < 20
    run(*asked, "--report", report)
    with report.open(encoding="utf-8-sig", newline="") as file:
        places = [row[0] for row in csv.reader(file)]
    assert len([one for one in places if one.startswith("plan.csv!")]) >= EMPTY + 2


def test_remarks_that_differ_in_numbers_are_shown_first_and_counted() -> None:
    many = [Remark(f"Plan!B{row}", READ, f"{row} k", f"{row}000") for row in range(2, 402)]
    other = Remark("Plan!C7", LEFT, "x", "No figure.")
    elsewhere = [Remark(f"Old!B{row}", READ, f"{row} k", f"{row}000") for row in (2, 3)]
    assert list(lines([*many, other, *elsewhere], "en")) == [
        "Plan!B2: interpreted: 2 k → 2000",
        "Plan!B3: interpreted: 3 k → 3000",
        "Plan!B4: interpreted: 4 k → 4000",
        "… up to Plan!B401. More remarks of this kind: 397. To list them all: --report FILE",
        "Plan!C7: not imported: x → No figure.",
        "Old!B2: interpreted: 2 k → 2000",
        "Old!B3: interpreted: 3 k → 3000",
    ]


def test_as_few_remarks_as_people_read_each_have_a_line() -> None:
    few = [Remark(f"plan.xml:{line}", LEFT, "a", "Not known.") for line in range(1, 6)]
    assert len(list(lines(few, "en"))) == 5
    assert list(lines([*few, Remark("plan.xml:9", LEFT, "b", "Not known.")], "fr")) == [
        "plan.xml:1, plan.xml:2, plan.xml:3, … (6): non importé: a, b → Not known."
    ]
