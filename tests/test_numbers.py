"""Numbers that nothing can count with: each is refused where it stands, whatever brings it."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from metrograph.errors import QueryError
from metrograph.exchange.iati import read_figures
from metrograph.exchange.workbook import template
from metrograph.exchange.workbook.importing import result
from metrograph.ids import Ids
from metrograph.plan import Plan
from metrograph.query.library import bind, parse
from metrograph.reading.any_table import reader
from metrograph.reading.normalize import normalize
from metrograph.reading.notices import KEPT
from metrograph.reading.numbers import figure_of
from metrograph.reading.policy import Habit
from tests.explorer import client, words
from tests.stratml import triples
from tests.test_web_edit import fields_of

DAY = date(2026, 1, 31)
BASE = "https://example.org/odd/"
TOO_LONG = ["0." + "1" * 50, "1" * 200, "9" * 26, "1" * 19, "-" + "9" * 26]
NO_NUMBER = ["NaN", "INF", "-INF", "Infinity", "1e400", "0x1F", "1_000", "\u00b2", "\u221e"]
FOREIGN = ["\uff11\uff12\uff13", "\u0661\u0662\u0663"]  # digits of other writings
USUAL = 40


def table(odd: Sequence[object]) -> list[list[object]]:
    """Return a plan's table, with odd numbers as targets before many usual ones."""
    values = [*odd, *range(10, 10 + USUAL)]
    rows = [[f"Goal {at}x", f"Rate {at}x", "km", value] for at, value in enumerate(values)]
    return [["Goal", "Indicator", "Unit", "Target 2024"], *rows]


def made_of(path: Path) -> tuple[str, str]:
    """Return the files of a new plan as a text, and what an import says was kept as a note."""
    made = reader.read(path, BASE, "en")
    text = "\n".join(map(str, triples(made.draft)))
    return text, " ".join(f"{one.found} {one.made}" for one in made.remarks if one.kind == KEPT)


def test_odd_numbers_are_notes_of_a_new_plan_and_named_with_their_cells(tmp_path: Path) -> None:
    path, odd = tmp_path / "plan.csv", TOO_LONG + NO_NUMBER
    rows = table(odd)
    path.write_text("\n".join("|".join(map(str, row)) for row in rows) + "\n", encoding="utf-8")
    text, kept = made_of(path)
    assert text.count("ontology#value>") == USUAL
    assert f"D2 {odd[0]}" in kept
    assert f"kept as notes: {len(odd)}." in kept
    assert all(one in text for one in odd)


def test_cells_of_numbers_that_cannot_be_counted_with_are_notes(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in table([1e300, -1e300, 1.2345678901234567e25]):
        book.active.append(row)
    path = tmp_path / "plan.xlsx"
    book.save(path)
    text, kept = made_of(path)
    assert text.count("ontology#value>") == USUAL
    assert "kept as notes: 3." in kept


def test_what_a_workbook_works_out_is_rounded_to_18_places() -> None:
    third = Decimal("0.003333333333333334")  # 1 / 300 is 0.0033333333333333335 in a workbook
    assert figure_of(1 / 300) == figure_of("0.003333333333333334")
    assert figure_of(1 / 300).number == third  # type: ignore[union-attr]  # it is one
    assert figure_of(1e-300).number == 0  # type: ignore[union-attr]  # what is left of 0.1 + 0.2 - 0.3
    assert normalize(1 / 300, "decimal", Habit()).text == str(third)


def test_no_digit_is_lost_in_silence() -> None:
    long = "111111111111111111.111111111111111111"
    for text in (long, f"-{long}"):
        found = figure_of(text)
        assert found is not None
        assert f"{found.number:f}" == text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_odd_numbers_are_refused_at_their_cells_of_a_plan(
    harbour: Plan, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"figures.{form}"
    book = openpyxl.load_workbook(BytesIO(template.template(harbour, DAY)))
    sheet = next(one for one in book if column(one, "value"))
    at, odd = column(sheet, "value") or 1, TOO_LONG + NO_NUMBER + FOREIGN
    figures = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, at).value is not None]
    places = {}
    for row, value in zip(figures, odd, strict=False):
        sheet.cell(row, at).value = value
        places[f"{sheet.title}!{sheet.cell(row, at).coordinate}"] = value
    assert len(places) > 10
    if form == "xlsx":
        book.save(path)
    else:
        rows = [[one.value or "" for one in row] for row in sheet.iter_rows()]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        places = {f"{path.name}!{key.partition('!')[2]}": one for key, one in places.items()}
    found = {one.where: one.message for one in result(harbour, path, DAY).faults}
    assert {
        where: value for where, value in places.items() if value in found.get(where, "")
    } == places
    assert found.keys() == places.keys()


def column(sheet: Any, heading: str) -> int | None:
    """Return the number of the column with a heading, if a sheet has it."""
    headings = [str(cell.value or "").casefold().split(" ")[0] for cell in sheet[1]]
    return headings.index(heading) + 1 if heading in headings else None


@pytest.mark.parametrize("odd", TOO_LONG + NO_NUMBER + FOREIGN)
def test_an_odd_number_is_no_value_of_iati(odd: str) -> None:
    assert read_figures.value_of(odd) is None


@pytest.mark.parametrize("odd", TOO_LONG + NO_NUMBER + FOREIGN)
def test_an_odd_number_is_refused_as_a_parameter_of_a_question(odd: str) -> None:
    question = parse(
        "q.rq",
        '#+ question.en = "How many?"\n#+ parameters.n.type = "integer"\n'
        '#+ parameters.n.required = true\n#+ parameters.n.en = "n"\nSELECT ?n { }',
    )
    with pytest.raises(QueryError, match=r"q: n must be a whole number of at most 18 digits, not "):
        bind(question, {"n": odd}, Ids(BASE))


def test_an_odd_number_of_a_form_is_named_beside_its_field(
    harbour_copy: Path, cache: Path, harbour: Plan
) -> None:
    figure = str(harbour.rows("figures")[0]["observation"])
    with client(harbour_copy, cache, edits=True) as browser:
        form = fields_of(browser.get(f"/en/edit/record?id={figure}").text)
        for odd in TOO_LONG + NO_NUMBER + FOREIGN:
            sent = {**form, "f.value": [odd], "by": ["coder/c"], "check": ["1"]}
            told = browser.post("/en/edit/record", data=sent)
            assert told.status_code == 422, odd
            assert 'id="e-value-1"' in told.text
            assert f"“{odd}”" in words(told.text)
