"""What moved: each rule of a status, on the invented plan and on figures of the test's own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrograph.analysis.progress import Progress
from metrograph.analysis.series import Figure, Series
from metrograph.analysis.status import Movement, movement
from metrograph.errors import DataError, QueryError
from metrograph.plan import Plan
from tests.conftest import HARBOUR, Run
from tests.facts import Facts


def figure(type_: str, year: int, value: str, qualifier: str = "exactly", id_: str = "") -> Figure:
    return Figure(
        id_ or f"{type_}/{year}", f"mg:{type_}", year, 0, Decimal(value), f"mg:{qualifier}"
    )


def judged(*figures: Figure, direction: str = "up") -> tuple[str, str]:
    series = Series("i", "s", "", "unit/x", f"mg:{direction}", figures)
    found = movement(series, "en")
    return found.status, found.rule


BASE, GOAL = figure("baseline", 2020, "10"), figure("target", 2030, "20")


@pytest.mark.parametrize(
    ("first", "second", "used"),
    [
        (("100", "moreThan"), ("102", "exactly"), "102"),
        (("102", "exactly"), ("102", "atLeast"), "102"),
        (("33000", "moreThan"), ("32000", "moreThan"), "33000"),  # the closer bound says more
        (("5", "lessThan"), ("7", "lessThan"), "5"),
        (("100", "moreThan"), ("100", "exactly"), None),
        (("5", "lessThan"), ("6", "moreThan"), None),
        (("5", "exactly"), ("6", "exactly"), None),
    ],
)
def test_figures_for_one_thing_agree_where_one_value_can_be_all_of_them(
    first: tuple[str, str], second: tuple[str, str], used: str | None
) -> None:
    before = [figure("baseline", 2020, *one, id_=str(n)) for n, one in enumerate((first, second))]
    series = Series("i", "s", "", "unit/x", "mg:up", (*before, figure("actual", 2023, "200")))
    found = movement(series, "en")
    assert found.disagree == (used is None)
    assert found.change == (None if used is None else 200 - Decimal(used))


def test_a_figure_of_the_baseline_year_is_the_baseline_and_not_the_actual_figure() -> None:
    start = replace(figure("actual", 2020, "10"), serves_as_baseline=True)
    alone = movement(Series("i", "s", "", "unit/x", "mg:up", (start,)), "en")
    assert (alone.baseline, alone.actual) == (start, None)
    later = movement(
        Series("i", "s", "", "unit/x", "mg:up", (start, figure("actual", 2023, "13"))), "en"
    )
    assert later.change == 3
    assert (later.baseline, later.actual) == (start, figure("actual", 2023, "13"))


def test_a_baseline_of_another_scope_is_compared_and_not_judged() -> None:
    start = replace(figure("actual", 2020, "10"), serves_as_baseline=True)
    figures = (start, figure("actual", 2023, "13"), GOAL)
    one = movement(Series("i", "s", "", "unit/x", "mg:up", figures, is_one_scope=False), "en")
    assert one.change == 3
    assert one.status == "no_information"
    assert "do not have the same scope" in one.rule


@pytest.mark.parametrize(
    ("actual", "status", "says"),
    [
        (figure("actual", 2025, "20"), "reached", "for 2025 reaches or passes the target"),
        (figure("actual", 2025, "15"), "on_track", "15 was due by 2025"),
        (figure("actual", 2025, "14.9"), "off_track", "15 was due by 2025"),
        (figure("actual", 2023, "13"), "on_track", "13 was due by 2023"),
        (figure("actual", 2030, "19"), "off_track", "The target for 2030 was not achieved"),
        (figure("actual", 2031, "19"), "off_track", "The target for 2030 was not achieved"),
        (figure("actual", 2020, "12"), "no_information", "Without an earlier baseline"),
        (figure("actual", 2025, "16", "moreThan"), "no_information", "too vague"),
        (figure("actual", 2025, "20", "moreThan"), "reached", ""),
        (figure("actual", 2025, "20", "atLeast"), "reached", ""),
        (figure("actual", 2025, "15", "lessThan"), "off_track", "15 was due"),
        (figure("actual", 2025, "16", "lessThan"), "no_information", "too vague"),
        (figure("actual", 2025, "15", "about"), "on_track", ""),
    ],
)
def test_a_rise_is_judged_by_the_line_from_baseline_to_target(
    actual: Figure, status: str, says: str
) -> None:
    found, rule = judged(BASE, GOAL, actual)
    assert found == status
    assert says in rule


@pytest.mark.parametrize(
    ("base", "target", "direction", "is_against"),
    [
        (figure("baseline", 2020, "10"), figure("target", 2030, "0"), "up", True),
        (figure("baseline", 2020, "10"), figure("target", 2030, "0"), "down", False),
        (figure("baseline", 2020, "10"), figure("target", 2030, "12"), "down", True),
        (figure("baseline", 2020, "10"), figure("target", 2030, "10"), "up", False),
        (figure("baseline", 2020, "1"), figure("target", 2030, "5", "lessThan"), "up", True),
        (figure("baseline", 2020, "9"), figure("target", 2030, "5", "atLeast"), "down", True),
        (figure("baseline", 2020, "9"), figure("target", 2030, "5", "lessThan"), "down", False),
    ],
)
def test_a_target_against_the_wanted_direction_has_no_status_and_no_share(
    base: Figure, target: Figure, direction: str, is_against: bool
) -> None:
    """Neither "reached" (7 is beyond 0 from below) nor any other: one of the two is a mistake."""
    for value in ("-5", "0", "7", "20"):
        series = Series(
            "i", "s", "", "u", f"mg:{direction}", (base, target, figure("actual", 2025, value))
        )
        found = movement(series, "en")
        assert ("contradicts" in found.rule) == is_against
        if is_against:
            assert (found.status, found.way) == ("no_information", None)


def test_a_share_above_the_whole_way_hides_no_other() -> None:
    # a: from 0 to 10, now 30: 300 %; b: from 0 to 10, now 0: 0 %. Capped, the mean is 50 %.
    def made(name: str, actual: str) -> Movement:
        figures = (
            figure("baseline", 2020, "0"), figure("target", 2030, "10"),
            figure("actual", 2025, actual),
        )  # fmt: skip
        return movement(Series(name, "s", "", "u", "mg:up", figures), "en")

    progress = Progress((made("a", "30"), made("b", "0")), (), {}, Facts())
    table = progress.weighted({"a": Decimal(1), "b": Decimal(1)})
    assert [row[3] for row in table.rows] == [Decimal("100.0"), Decimal("0.0"), Decimal("50.0")]
    assert "a (300.0%)" in table.note
    assert "b (" not in table.note


def test_more_than_is_not_reached_by_the_number_itself() -> None:
    more = figure("target", 2030, "20", "moreThan")
    assert judged(BASE, more, figure("actual", 2030, "20"))[0] == "off_track"
    assert judged(BASE, more, figure("actual", 2030, "20.1"))[0] == "reached"
    assert judged(BASE, more, figure("actual", 2030, "20", "moreThan"))[0] == "reached"


@pytest.mark.parametrize(
    ("figures", "direction", "status"),
    [
        ((BASE, figure("actual", 2025, "15")), "up", "no_target"),
        ((BASE, GOAL), "up", "no_information"),
        ((BASE, GOAL, figure("actual", 2025, "15")), "noDirection", "no_information"),
        ((GOAL, figure("actual", 2025, "15")), "up", "no_information"),
        ((GOAL, figure("actual", 2025, "25")), "up", "reached"),
        ((BASE, GOAL, figure("actual", 2025, "15"), figure("actual", 2025, "16", id_="z")), "up",
         "no_information"),
        ((BASE, GOAL, figure("actual", 2025, "15"), figure("actual", 2025, "15", id_="z")), "up",
         "on_track"),
        ((), "up", "no_target"),
    ],
)  # fmt: skip
def test_no_status_is_guessed(figures: tuple[Figure, ...], direction: str, status: str) -> None:
    assert judged(*figures, direction=direction)[0] == status


@given(
    st.integers(-50, 50),
    st.integers(-50, 50),
    st.integers(-50, 50),
    st.integers(2021, 2032),
    st.sampled_from(["exactly", "moreThan", "lessThan", "about"]),
)
def test_a_fall_is_judged_as_the_rise_of_its_negative(
    base: int, goal: int, actual: int, year: int, qualifier: str
) -> None:
    mirrored = {"moreThan": "lessThan", "lessThan": "moreThan"}
    up = (
        figure("baseline", 2020, str(base)),
        figure("target", 2030, str(goal)),
        figure("actual", year, str(actual), qualifier),
    )
    down = (
        figure("baseline", 2020, str(-base)),
        figure("target", 2030, str(-goal)),
        figure("actual", year, str(-actual), mirrored.get(qualifier, qualifier)),
    )
    assert judged(*up)[0] == judged(*down, direction="down")[0]


@given(st.integers(11, 40), st.integers(2021, 2029))
def test_more_is_never_worse(value: int, year: int) -> None:
    order = ["off_track", "on_track", "reached"]
    one = judged(BASE, GOAL, figure("actual", year, str(value)))[0]
    more = judged(BASE, GOAL, figure("actual", year, str(value + 1)))[0]
    assert order.index(one) <= order.index(more)


def statuses(plan: Plan, **years: int) -> dict[str, str]:
    found = plan.progress(**years).movements
    return {f"{one.series.indicator[10:]} {one.series.subject}": one.status for one in found}


def test_the_invented_plan(harbour: Plan) -> None:
    towns = "body/harbour-cities"
    # README of the plan, "Figures". Clean samples: from 62.5 (2021) to more than 90 (2025), 76.25
    # was due by 2023, 75 came. Members: from 3 to 8, 5.5 was due by 2023, 5 came. Spills: 0 of 0.
    assert statuses(harbour) == {
        f"cargo-growth {towns}": "no_information",  # it is not said which way is wanted
        f"clean-samples {towns}": "off_track",
        f"countries {towns}": "no_target",
        f"heritage-sites {towns}": "no_information",  # no actual figure
        f"members {towns}": "off_track",
        "participants activity/2022/harbour-forum": "no_target",
        "participants activity/2023/clean-docks-training": "no_target",
        f"spills {towns}": "reached",
        f"training-hours {towns}": "no_target",
    }
    # by 2022: clean samples 71.5 (70.0 was superseded) where 69.375 was due; spills not reported
    found = statuses(harbour, from_=2021, to=2022)
    assert found[f"clean-samples {towns}"] == "on_track"
    assert found[f"members {towns}"] == "off_track"  # 4 came, 4.25 was due
    assert found[f"spills {towns}"] == "no_information"


def test_changes_agree_with_the_question_about_them(harbour: Plan) -> None:
    asked = {
        (row["indicator"], row["subject"]): row["change"]
        for row in harbour.rows("change-of-indicators", **{"from": 2021, "to": 2023})
        if row["indicator"] != "indicator/training-hours"  # given differently: two changes
    }
    found = {
        (one.series.indicator, one.series.subject): one.change
        for one in harbour.progress(2021, 2023).movements
        if one.change is not None
    }
    assert found == asked


def test_figures_that_disagree_are_both_shown_and_have_no_change(harbour: Plan) -> None:
    one = next(m for m in harbour.progress().movements if "training" in m.series.indicator)
    assert one.disagree
    assert one.change is None
    row = next(r for r in harbour.progress().table if "training" in str(r["indicator"]))
    assert row["baseline"] == "400 / 420 (2021)"


def test_a_period_is_compared_with_a_period_as_long() -> None:
    series = Series("i", "s", "", "", "mg:up", (
        replace(figure("baseline", 2022, "5"), years=3), figure("actual", 2023, "6"),
    ))  # fmt: skip
    assert movement(series, "en").change is None


def test_rollup_counts_every_element_and_averages_nothing(harbour: Plan) -> None:
    rows = {row["element"].id: list(row.values())[2:] for row in harbour.progress().rollup()}  # type: ignore[union-attr]  # an entity
    assert len(rows) == 15  # 2 goals, 13 outcomes
    # indicators, reached, on track, off track, no target, no information
    assert rows["goal/2"] == [2, 0, 0, 1, 1, 0]  # clean samples and training hours
    assert rows["goal/1"] == [0, 0, 0, 0, 0, 0]
    assert rows["outcome/2.1"] == [1, 0, 0, 1, 0, 0]
    assert len(harbour.progress().rollup("goal")) == 2
    assert len(harbour.progress().rollup("level/outcome")) == 13
    with pytest.raises(QueryError, match="levels: goal, outcome"):
        harbour.progress().rollup("axis")


def test_a_weighted_mean_shows_its_weights_and_what_it_leaves_out(harbour: Plan) -> None:
    # of the way: members (5 - 3) / (8 - 3) = 40 %, clean samples 12.5 / 27.5 = 45.45 %, heritage
    # sites unknown; weights 2 and 1 of 3 known, of 4 given: mean (2 * 40 + 45.45) / 3 = 41.8
    weights = {"members": "2", "clean-samples": "1", "heritage-sites": "1"}
    table = harbour.progress().weighted(
        {f"indicator/{name}": Decimal(weight) for name, weight in weights.items()}
    )
    assert [row[2:] for row in table.rows] == [
        (Decimal("66.7"), Decimal("40.0")),
        (Decimal("33.3"), Decimal("45.5")),
        (None, "no data"),
        (Decimal("100.0"), Decimal("41.8")),
    ]
    assert "75.0%" in table.note


@pytest.mark.parametrize(
    ("name", "weight", "error", "says"),
    [
        ("indicator/members", "0", QueryError, "greater than zero"),
        ("indicator/members", "-1", QueryError, "greater than zero"),
        ("indicator/members", "NaN", QueryError, "greater than zero"),
        ("indicator/participants", "1", DataError, "values for 2 subjects"),
        ("indicator/nothing", "1", QueryError, "has no"),
        ("member/ndarou", "1", DataError, "has no values"),
    ],
)
def test_weights_that_mean_nothing_are_refused(
    harbour: Plan, name: str, weight: str, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        harbour.progress().weighted({name: Decimal(weight)})


def test_stale_is_what_has_no_figure_for_the_last_full_year(harbour: Plan) -> None:
    def names(day: date) -> list[str]:
        return [row["indicator"].id[10:] for row in harbour.stale(day)]  # type: ignore[union-attr]  # an entity

    # last measured figures: cargo-growth, clean-samples, members, spills, training-hours 2023;
    # countries and heritage-sites 2021; participants are of activities, done once
    assert names(date(2024, 1, 1)) == ["countries", "heritage-sites"]
    assert names(date(2023, 12, 31)) == ["countries", "heritage-sites"]
    assert len(names(date(2025, 1, 1))) == 7
    assert names(date(2022, 6, 1)) == []


def test_the_cycle_says_what_is_missing(harbour: Plan, metropolis: Plan) -> None:
    rows = [(row["year"], row["missing"]) for row in harbour.cycle(date(2024, 5, 1))]
    # README of the plan, "Evaluation"
    assert rows == [
        ("2022", None),
        ("2023", "evidence that it took place"),
        ("2025", "not due yet"),
    ]
    late = [row["missing"] for row in harbour.cycle(date(2026, 1, 1))]
    assert late[-1] == "the report to start from, evidence that it took place"
    steps = list(metropolis.cycle(date(2024, 5, 1)))
    assert [row["year"] for row in steps] == sorted(str(row["year"]) for row in steps)
    # of each of three years the report, the evaluation and the work plan, and the final
    # evaluation: the sources show the report on 2023 only
    assert len(steps) == 10
    assert [row["evidence"] for row in steps if row["evidence"]] == ["2023 Report"]


def test_the_commands(run: Run) -> None:
    shown = run("progress", "--graph", HARBOUR, "--from", "1999", "--to", "2023")
    assert "No value is recorded for 1999" in shown.stderr
    assert shown.returncode == 0
    assert "achieved: 1" in run("progress", "--graph", HARBOUR).stdout
    assert "Goal" in run("progress", "--by", "goal", "--graph", HARBOUR).stdout
    stale = run(
        "progress", "--stale", "--as-of", "2023-12-31", "--graph", HARBOUR, "--format", "csv"
    )
    assert len(stale.stdout.splitlines()) == 3
    weighted = ("progress", "--weight", "indicator/members=1", "--graph", HARBOUR)
    assert "40.0" in run(*weighted).stdout
    assert "ID=NUMBER" in run("progress", "--weight", "members").stderr
    cycle = run("cycle", "--as-of", "2024-05-01", "--graph", HARBOUR, "--lang", "es").stdout
    assert "aún sin vencer" in cycle


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "2023", "--to", "2021"),
        ("--stale", "--by", "goal"),
        ("--stale", "--from", "2021"),
        ("--as-of", "2024-01-01"),
        ("--weight", "indicator/members=1", "--weight", "indicator/members=2"),
        ("--weight", "indicator/members=1e-9999999"),
        ("--weight", "indicator/members=-1"),
        ("--weight", "indicator/members=٣"),
    ],
)
def test_options_that_contradict_each_other_are_refused(run: Run, words: tuple[str, ...]) -> None:
    done = run("progress", *words, "--graph", HARBOUR)
    assert done.returncode == 2
    assert done.stdout == ""


def test_sentences_write_numbers_as_their_language_does(run: Run) -> None:
    shown = run("progress", "--graph", HARBOUR, "--lang", "fr").stdout
    assert "76,25 était attendu pour 2023" in " ".join(shown.split())
    assert "-4,2 (2023)" in shown


def test_figures_of_periods_of_other_lengths_are_not_judged() -> None:
    years = replace(figure("actual", 2025, "25"), years=3)
    assert judged(BASE, GOAL, years) == (
        "no_information", "The value and its target cover periods of different lengths."
    )  # fmt: skip
