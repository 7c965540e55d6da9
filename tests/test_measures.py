"""Spans, fractional weights and concentration: figures by hand, and laws on any matrix."""

from decimal import Decimal
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrograph.analysis.coverage import Coverage, coverage
from metrograph.analysis.measures import concentration, evenness, fractional, share
from metrograph.plan import Plan
from metrograph.query.filters import Filters
from metrograph.tables.table import Cell
from tests.conftest import HARBOUR, Run

MATRICES = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.sampled_from("XYZ"),
        st.one_of(st.none(), st.sampled_from("12345")),
    ),
    min_size=1,
    max_size=25,
).map(lambda rows: coverage([(c, t, f"{c}{t}", a) for c, t, a in rows], Filters()))


def values(row: tuple[Cell, ...]) -> list[Cell]:
    return list(row[1:])


def test_spans_of_the_invented_plan_are_those_of_its_five_matrices(harbour: Plan) -> None:
    # README of the plan: standing, any, coder a, coder b, stated, in this order (coder c decides
    # and has no reading, so it is no way to count)
    assert list(harbour.coverage_span().ways) == ["standing", "any", "coder/a", "coder/b", "stated"]
    assert [values(row) for row in harbour.coverage_span().table.rows] == [
        # CW 2 3 3 2 1; DW 2 3 2 3 1; PH 1 3 gap 3 gap
        ["1–3", "1–3", "0–3 *"],
        # CW 2 2 2 2 2; DW 1 2 2 1 gap; PH gap 2 gap 1 gap
        ["2", "0–2 *", "0–2 *"],
    ]
    assert "in all of them: 3 of 6" in harbour.coverage_span().table.note


def test_a_cell_that_is_empty_in_all_ways_is_firm(harbour: Plan) -> None:
    span = harbour.coverage_span(year=2021)  # A1 only: RS
    assert span.of("challenge/port-transition", "theme/clean-water") == (0, 0)
    assert span.is_firm("challenge/port-transition", "theme/clean-water")


def test_fractional_counts_by_hand(harbour: Plan) -> None:
    # A1 at 2 cells, A2 at 2, A4 at 4: RS x CW 1/2 + 1/4, RS x DW 1/2 + 1/4, RS x PH 1/2;
    # PT x CW 1/2 + 1/4, PT x DW 1/4. Rows 2 and 1, columns 1.5, 1, 0.5, in all 3 activities.
    number = Decimal
    assert [values(row) for row in fractional(harbour.coverage()).rows] == [
        [number("0.75"), number("0.75"), number("0.50"), number("2.00")],
        [number("0.75"), number("0.25"), "gap", number("1.00")],
        [number("1.50"), number("1.00"), number("0.50"), number("3.00")],
    ]
    assert "add up" in fractional(harbour.coverage()).note
    assert harbour.coverage_fractional() == fractional(harbour.coverage())


@given(MATRICES)
def test_fractional_totals_are_the_number_of_activities(matrix: Coverage) -> None:
    rows = fractional(matrix).rows
    assert rows[-1][-1] == matrix.count()


@given(MATRICES)
def test_evenness_is_between_none_and_all_and_one_where_all_cells_are_alike(
    matrix: Coverage,
) -> None:
    found = evenness(matrix)
    counts = [len(found) for found in matrix.cells.values()]
    if not any(counts) or len(counts) < 2:
        assert found is None
    else:
        assert found is not None
        assert -1e-9 <= found <= 1 + 1e-9
        assert (abs(found - 1) < 1e-9) == (len(set(counts)) == 1)


def test_evenness_and_shares_by_hand(harbour: Plan) -> None:
    matrix = harbour.coverage()
    # counts 2 2 1 2 1 0, 8 in all, over 6 cells: H' = -(3 * 1/4 ln 1/4 + 2 * 1/8 ln 1/8)
    by_hand = (0.75 * log(4) + 0.25 * log(8)) / log(6)
    assert evenness(matrix) == pytest.approx(by_hand)
    # the fullest cell, RS x CW, holds A2 and A4; as full are RS x DW (A1 A4) and PT x CW: all three
    assert [share(matrix, cells) for cells in (1, 3, 5)] == [1, 1, 1]
    # coder a: RS x CW 3 (A2 A4 A5), RS x DW 2 (A1 A4), PT x CW 2 (A2 A4), PT x DW 2 (A4 A7), of 5
    alone = harbour.coverage(claims="coder:a")
    assert [share(alone, cells) for cells in (1, 2)] == [pytest.approx(3 / 5), 1]


def test_what_is_out_of_scope_is_left_out(harbour_more: Plan) -> None:
    # without RS x PH: counts 2 2 2 1 0 of the five cells in scope, 7 in all
    matrix = harbour_more.coverage()
    by_hand = (3 * 2 / 7 * log(7 / 2) + 1 / 7 * log(7)) / log(5)
    assert evenness(matrix) == pytest.approx(by_hand)
    assert concentration(matrix, {}).rows[0][2] == "4 / 5"


def test_a_plan_without_activities_has_no_shares() -> None:
    empty = coverage([("A", "X", "AX", None), ("A", "Y", "AY", None)], Filters())
    assert share(empty, 1) is None
    assert evenness(empty) is None
    assert list(concentration(empty, {}).rows[0][1:]) == [0, "0 / 2", None, None, None, None]


def test_the_commands(run: Run) -> None:
    shown = run("coverage", "--range", "--graph", HARBOUR, "--lang", "fr").stdout
    assert "toujours vides\u00a0: 3 sur 6" in shown
    assert "0.75" in run("coverage", "--weight", "fractional", "--graph", HARBOUR).stdout
    assert "Pielou" in run("coverage", "--concentration", "--graph", HARBOUR).stdout
    for words in (
        ("--range", "--claims", "any"),
        ("--concentration", "--basis", "stated"),
        ("--range", "--concentration"),
    ):
        done = run("coverage", *words)
        assert done.returncode == 2
