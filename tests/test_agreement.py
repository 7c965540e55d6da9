"""Agreement: figures worked out by hand, the bootstrap against the library, and odd coders."""

import math
from collections.abc import Sequence

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrograph.analysis.agreement import agreement
from metrograph.analysis.codings import codings
from metrograph.analysis.reliability import coincidences, resampled
from metrograph.errors import DataError
from metrograph.plan import Plan
from tests.facts import Facts, coded


def rounded(plan: Plan) -> dict[str, float | None]:
    kinds = plan.agreement(rounds=10).kinds
    return {one.kind: None if one.alpha is None else round(one.alpha, 4) for one in kinds}


def alpha(cells: int, both: int, one: int) -> float:
    """Return alpha for two coders by hand: Krippendorff (2011), section B.

    Of `cells` pairs of unit and category both claim `both`, one alone claims `one`.
    With y claims and n non-claims among all values, alpha = 1 - (y + n - 1) * one / (y * n).
    """
    yes, no = 2 * both + one, 2 * (cells - both - one) + one
    return round(1 - (yes + no - 1) * one / (yes * no), 4)


def test_alpha_on_the_invented_plan_is_what_the_table_of_claims_gives(harbour: Plan) -> None:
    # README of the plan, "Which claims stand, and why": A1, A2, A3, A4 and A7 were read by a and b
    # (A5 by a only, A6 by nobody). Decisions are no codings and do not count.
    assert rounded(harbour) == {
        # both: A1 DW, A2 CW, A4 CW, A4 DW, A7 DW; one: A1 PH, A4 PH, A7 PH; 5 units x 3 themes
        "theme": alpha(15, both=5, one=3),
        # both: A1 early-warning, A2 PT, A4 dikes, A4 PT; one: A2 RS, A2 dikes, A7 dikes, A7 PT;
        # 5 units x (2 areas and 2 challenges)
        "area": alpha(20, both=4, one=4),
        # with areas rolled up, both: A1 RS, A2 RS, A2 PT, A4 RS, A4 PT; one: A7 RS, A7 PT
        "challenge": alpha(10, both=5, one=2),
        # both: A1 1.1, A2 2.1, A4 2.1, A4 2.3, A7 2.2; one: A2 1.2, A4 2.9; 5 units x 13 outcomes
        "result": alpha(65, both=5, one=2),
    }
    assert alpha(15, 5, 3) == 0.6063  # 1 - 29 * 3 / (13 * 17)
    assert alpha(65, 5, 2) == 0.8178  # 1 - 129 * 2 / (12 * 118)
    verdicts = [one.verdict for one in harbour.agreement(rounds=10).kinds]
    assert verdicts == ["contested", "contested", "contested", "reliable"]


def test_alpha_on_the_shipped_plan(metropolis: Plan) -> None:
    # Counted in claims-a.ttl and claims-b.ttl, over the 24 activities that both coders read as
    # whole units: of 24 x 5 themes, both claim 16 and one alone 3 (social cohesion, always b);
    # of 24 x 17 areas and challenges, both 20 and one alone 1 (inequality and segregation);
    # of 24 x 4 challenges, both 16, and no one alone; of 24 x 35 results, both 38, one alone 14.
    assert rounded(metropolis) == {
        "theme": alpha(120, both=16, one=3),
        "area": alpha(408, both=20, one=1),
        "challenge": 1.0,
        "result": alpha(840, both=38, one=14),
    }
    assert [one.verdict for one in metropolis.agreement(rounds=10).kinds] == ["reliable"] * 4


def test_a_category_that_nobody_used_is_not_used_and_not_a_number(metropolis: Plan) -> None:
    rows = {row["category"].id: row for row in metropolis.agreement(rounds=1).categories}  # type: ignore[union-attr]  # an entity
    assert rows["area/urban-growth/housing"]["remark"] == "not used"
    assert rows["theme/social-cohesion"]["remark"] is None
    found = agreement(coded({"u": "ab", "v": "ab"}, []))
    assert [one.verdict for one in found.kinds] == ["not_used"] * 4
    assert "nan" not in found.table.to_csv().lower()
    assert "not used" in found.table.to_csv()


def test_units_that_one_coder_read_are_left_out() -> None:
    found = codings(coded({"u": "ab", "v": "a", "w": "c"}, [("v", "t1", "a"), ("u", "t1", "ab")]))
    assert set(found.coders) == {"u"}
    kinds = agreement(coded({"u": "ab", "v": "ab", "w": "a"}, [("w", "t1", "a")])).kinds
    assert kinds[0].units == 2
    assert kinds[0].alpha is None


def test_three_coders_one_of_whom_did_not_read_all() -> None:
    # t1: u yes yes no, v yes yes -, w no no no. Only t1 varies; t2 and t3 are never claimed.
    # Coincidences (each cell's pairs, weighted 1 / (coders - 1)): u 1 both, 1 yes-no each way,
    # 0 no-no; v 2 * 1 / 1 = 2 both; w 3 no-no; t2, t3: 3 + 2 + 3 no-no each.
    # both = 1 + 2 = 3, one = 1, neither = 3 + 16 = 19: yes = 4, no = 20, all = 24
    found = agreement(
        coded({"u": "abc", "v": "ab", "w": "abc"}, [("u", "t1", "ab"), ("v", "t1", "ab")])
    )
    assert found.kinds[0].alpha == pytest.approx(1 - 23 * 1 / (4 * 20))


@pytest.mark.parametrize(
    ("read", "claims"),
    [({}, []), ({"u": "a", "v": "b"}, []), ({"u": "a"}, [("u", "t1", "a")])],
)
def test_one_coder_is_not_enough(
    read: dict[str, str], claims: Sequence[tuple[str, str, str]]
) -> None:
    with pytest.raises(DataError, match="coded by two coders"):
        agreement(coded(read, claims))


def test_the_same_seed_gives_the_same_interval(metropolis: Plan) -> None:
    first, again, other = (metropolis.agreement(500, seed).kinds for seed in (7, 7, 8))
    assert first == again
    assert [(one.low, one.high) for one in first] != [(one.low, one.high) for one in other]
    for one in first:
        assert one.low is not None
        assert one.alpha is not None
        assert one.high is not None
        assert one.low <= one.alpha <= one.high


def test_fewer_units_give_a_wider_interval() -> None:
    def width(units: int) -> float:
        read = {f"u{number}": "ab" for number in range(units)}
        claims = [(unit, "t1", "ab" if number % 3 else "a") for number, unit in enumerate(read)]
        one = agreement(coded(read, claims), rounds=400).kinds[0]
        assert one.low is not None
        assert one.high is not None
        return one.high - one.low

    assert width(12) > width(48) > width(192)


TABLES = st.integers(1, 6).flatmap(
    lambda units: st.integers(1, 4).flatmap(
        lambda categories: st.lists(
            st.tuples(
                st.integers(2, 4),
                st.lists(st.integers(0, 4), min_size=categories, max_size=categories),
            ),
            min_size=units,
            max_size=units,
        )
    )
)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_a_sample_that_draws_every_unit_has_the_alpha_of_the_library(
    table: list[tuple[int, list[int]]],
) -> None:
    counts = np.array(
        [
            [(min(yes, coders), coders - min(yes, coders)) for yes in cells]
            for coders, cells in table
        ]
    )
    cells = counts.reshape(-1, 2)
    both, one, neither = coincidences(counts).sum(axis=0)
    if not (cells[:, 0].any() and cells[:, 1].any()):
        assert 0 in (both + one, one + neither)
        return
    yes, no = both + one, one + neither
    by_hand = 1 - (yes + no - 1) * one / (yes * no)
    theirs = krippendorff.alpha(value_counts=cells, level_of_measurement="nominal")
    assert by_hand == pytest.approx(theirs)
    # Units that are all alike make samples that are all alike.
    alphas = resampled(np.repeat(coincidences(counts)[:1], 5, axis=0), 20, 1)
    assert len(set(alphas.tolist())) <= 1


def test_samples_without_variation_are_left_out() -> None:
    # One unit with a claim, nine without: a sample that misses the one has no alpha. The chance of
    # that is 0.9 ** 10 = 0.35; of 2,000 samples about 700, give or take 5 standard deviations (21).
    counts = np.array([[[2, 0]]] + [[[0, 2]]] * 9)
    left_out = 2_000 - len(resampled(coincidences(counts), 2_000, 3))
    assert math.isclose(left_out, 2_000 * 0.9**10, abs_tol=5 * 22)


def test_contested_pairs_show_each_coders_reason_side_by_side(harbour: Plan) -> None:
    table = harbour.agreement(rounds=1).contested
    # README: five open (A2 RS, A2 1.2, A4 2.9, A7 PH, A7 dikes), four settled
    assert len(table) == 9
    rows = {(row["activity"].id, row["category"].id): row for row in table}  # type: ignore[union-attr]  # entities
    row = rows["activity/2022/harbour-forum", "challenge/rising-seas"]
    assert row["coder/a"] == "stated: Rising seas are named; no area seems to fit."
    assert row["coder/b"] == "does not claim it; but: Dikes"
    assert row["decision"] is None
    settled = rows["activity/2023/clean-docks", "theme/port-heritage"]["decision"]
    assert settled is not None
    assert settled.id == "decision/5"  # type: ignore[union-attr]  # an entity


def test_a_plan_without_disagreement_says_so() -> None:
    assert "No claim is contested." in str(agreement(coded({"u": "ab"}, [])).contested)
    assert isinstance(agreement(coded({"u": "ab"}, [])).answers, Facts)


@pytest.mark.parametrize(("units", "verdict"), [(1, "too_few"), (4, "too_few"), (5, "reliable")])
def test_fewer_than_five_activities_are_too_few_to_judge(units: int, verdict: str) -> None:
    """Two coders who agree on one activity are no proof that they would on the next."""
    read = {f"u{number}": "ab" for number in range(units)}
    found = agreement(coded(read, [(unit, "t1", "ab") for unit in read]), rounds=20)
    theme = found.kinds[0]
    assert theme.verdict == verdict
    assert (theme.low is None) == (verdict == "too_few")
    assert (theme.rounds == 0) == (verdict == "too_few")
    assert ("too few to judge" in found.table.note) == (verdict == "too_few")
