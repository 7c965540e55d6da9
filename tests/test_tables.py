"""Checks that tables lose nothing and let nothing dangerous through, in every format."""

import csv
import io
import json
from decimal import Decimal
from html.parser import HTMLParser

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrograph.plan import Plan
from metrograph.tables.table import FORMATS, Column, Entity, Table

HOSTILE = "<script>alert(1)</script>"


def table(*cells: object) -> Table:
    columns = tuple(Column(f"c{i}", f"Column {i}") for i in range(len(cells)))
    return Table("Title", columns, (cells,))  # type: ignore[arg-type]  # any cell, on purpose


def test_a_label_cannot_run_in_html() -> None:
    text = table(Entity("a/b", HOSTILE), HOSTILE).to_html()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_cell_cannot_be_a_formula_in_a_spreadsheet(text: str) -> None:
    rows = list(csv.reader(io.StringIO(table(text).to_csv(), newline="")))
    assert rows[1] == ["'" + text]


def test_a_negative_number_stays_a_number() -> None:
    assert table(-3).to_csv().splitlines()[1] == "-3"


def test_a_label_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in table("\x1b[31mred", Entity("x", "\x1b]0;t\x07")).to_text()


def test_csv_has_labels_beside_ids() -> None:
    entities = Table("T", (Column("theme", "Theme", True),), ((Entity("theme/x", "Étoile"),),))
    assert list(csv.reader(io.StringIO(entities.to_csv()))) == [
        ["Theme", "Theme (id)"],
        ["Étoile", "theme/x"],
    ]


def test_json_has_ids_and_plain_numbers() -> None:
    value = json.loads(table(Entity("a", "A"), Decimal("1.5"), Decimal("2"), True, None).to_json())
    assert value["rows"] == [
        {"c0": {"id": "a", "label": "A"}, "c1": 1.5, "c2": 2, "c3": True, "c4": None}
    ]


def test_markdown_keeps_one_row_a_line() -> None:
    lines = table("a|b\nc", "*").to_markdown().splitlines()
    assert lines[-1] == r"| a\|b c | \* |"


def test_pandas_has_a_column_of_ids_and_one_of_labels() -> None:
    frame = Table("T", (Column("m", "M", True), Column("n", "N")), ((Entity("m/1", "One"), 4),))
    assert frame.to_pandas().equals(
        pandas.DataFrame([["m/1", "One", 4]], columns=["m", "m_label", "n"])
    )


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_table_says_so_or_keeps_its_headings(name: str) -> None:
    text = FORMATS[name](Table("T", (Column("a", "Heading"),), ()))
    assert ("Nothing found." if name == "table" else "Heading") in text


class Cells(HTMLParser):
    """Collects the text of table cells."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.inside = tag == "td"
        if self.inside:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1)


@given(st.lists(texts, min_size=1, max_size=4))
def test_any_text_comes_back_from_csv_json_and_html(values: list[str]) -> None:
    made = table(*values)
    read = next(csv.reader(io.StringIO(made.to_csv().partition("\r\n")[2], newline="")))
    assert [cell.removeprefix("'") for cell in read] == [v.removeprefix("'") for v in values]
    assert list(json.loads(made.to_json())["rows"][0].values()) == values
    parser = Cells()
    parser.feed(made.to_html())
    assert parser.cells == values


def test_a_long_table_is_cut_on_a_terminal_with_a_word_and_whole_as_csv() -> None:
    long = Table("T", (Column("n", "Number"),), tuple((number,) for number in range(1500)))
    text = long.to_text()
    assert "more rows: 500" in text
    assert " 1200\n" not in text
    assert long.to_csv().count("\n") == 1501


@pytest.mark.parametrize("width", [*range(40, 110), 120, 140])
def test_no_column_is_cut_off_on_a_narrow_terminal(metropolis: Plan, width: int) -> None:
    headings = ("Challenge", "Sustainability", "Cohesion", "Development", "Equality", "Life", "Sum")
    columns = tuple(Column(name, name) for name in headings)
    cells = tuple(Decimal(number) for number in range(7001, 7007))
    odd = Table("t", columns, (("Urban growth of metropolises", *cells),))
    for shown in (odd, metropolis.coverage().table, metropolis.agreement().table):
        text = shown.to_text(width)
        assert max(map(len, text.splitlines())) <= width
    together = "".join(odd.to_text(width).split())
    assert all(str(cell) in together for cell in cells)
    assert all(name[:6] in together for name in headings)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    one = Table("t", (Column("x", "x"),), ((Decimal("1234.50"),),), lang="fr")
    assert "1234,50" in one.to_text()
    assert "1234,50" in one.to_html()
    assert "1234.50" in one.to_csv()
    assert "1E+1" not in Table("t", (Column("x", "x"),), ((Decimal("1E+1"),),)).to_text()


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), float("inf")])
def test_a_workbook_takes_numbers_that_are_none(value: Decimal | float) -> None:
    assert Table("t", (Column("a", "a"),), ((value,),)).to_xlsx()
