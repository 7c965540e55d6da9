"""Typed gaps: what each type lists, what it leaves to another, and the exit code."""

import pytest

from metrograph.analysis.gaps import gap_types
from metrograph.errors import QueryError
from metrograph.plan import Plan
from tests.conftest import HARBOUR, Run


def numbers(plan: Plan, **filters: int | str) -> dict[str, int]:
    found = plan.gaps(**filters)  # type: ignore[arg-type]  # year is an int, the others are ids
    return {one.name: found.count(one.name) for one in found.types}


def things(plan: Plan, type_: str) -> list[str]:
    return [gap.thing for gap in plan.gaps(type_).found]


def test_counts_on_the_invented_plan_are_those_of_its_page(harbour: Plan) -> None:
    # README of the plan, except where a remark says more
    assert numbers(harbour) == {
        "intersections-without-activity": 1,  # PT x PH
        "intersections-contested-only": 0,  # its two pairs were settled by decisions 3 and 5
        # RS x PH rests on decision 1 (implied), RS x DW of A4 is implied but that of A1 stated,
        # PT x DW rests on DW of A4 (implied)
        "intersections-implied-only": 2,
        "intersections-on-one-activity": 2,  # RS x PH (A1), PT x DW (A4)
        "intersections-by-co-mention-only": 1,  # RS x PH: lines 4 and 5
        "intersections-out-of-scope": 0,
        "results-without-activity": 9,
        # of the four that have an activity: 1.1 and 2.3 (2.1 and 2.2 are measured)
        "results-without-indicator": 2,
        "results-without-figure": 0,
        "results-with-figures-without-activity": 0,
        "activities-pending": 1,  # A5
        "activities-not-coded": 1,  # A6
        "activities-with-no-category": 1,  # A3
        "activities-without-result": 0,  # A3, A5 and A6 stand under the types above
        "activities-outside-the-line-without-note": 0,  # A2 has notes
        "activities-without-figure": 5,  # participants of A2 and A7 are the only figures
        "activities-without-citation": 0,
        "indicators-without-baseline": 2,  # cargo-growth, participants
        "indicators-without-target": 3,  # countries, participants, training-hours
        "indicators-without-actual-in-the-period": 2,  # countries, heritage-sites
        "figures-restated-without-link": 0,
        "figures-given-differently": 1,  # training-hours 2021
        "steps-without-evidence": 2,  # 2023, 2025
        "members-in-no-activity": 1,  # Akwasi Bay
    }


def test_counts_on_the_shipped_plan(metropolis: Plan) -> None:
    found = numbers(metropolis)
    # The matrix has four empty cells (README's picture), and no claim would fill one.
    assert found["intersections-without-activity"] == 4
    assert found["intersections-contested-only"] == 0
    # 35 results: 16 have a standing claim (counted in claims-a.ttl and claims-b.ttl), 19 have not;
    # of these, 3.2.1 is measured by indicators with figures of 2023.
    assert found["results-without-activity"] == 18
    assert found["results-with-figures-without-activity"] == 1
    # 28 units, all coded; one with no category (the work plan of the regional secretariats);
    assert found["activities-not-coded"] == 0
    assert found["activities-with-no-category"] == 1
    # no target is given in any of the three sources, for none of the 101 indicators
    assert found["indicators-without-target"] == 101
    # 9 of the 10 steps of the cycle: of these the sources show the report on 2023 only
    assert found["steps-without-evidence"] == 9


def test_each_kind_of_gap_that_the_plans_lack_is_found_where_it_is(harbour_more: Plan) -> None:
    assert things(harbour_more, "figures-restated-without-link") == ["indicator/members"]
    assert things(harbour_more, "results-without-figure") == ["outcome/2.3"]
    assert things(harbour_more, "results-with-figures-without-activity") == ["outcome/2.4"]
    assert things(harbour_more, "activities-outside-the-line-without-note") == [
        "activity/2021/tide-school"
    ]
    assert things(harbour_more, "activities-without-citation") == ["activity/2024/net-day"]
    assert things(harbour_more, "intersections-contested-only") == [
        "intersection/port-transition/port-heritage"
    ]
    # what a specific type lists, the broader one does not
    assert things(harbour_more, "intersections-without-activity") == []
    assert "outcome/2.4" not in things(harbour_more, "results-without-activity")
    assert "outcome/2.3" not in things(harbour_more, "results-without-indicator")


def test_out_of_scope_is_listed_apart_and_never_counted(harbour_more: Plan) -> None:
    # RS x PH hangs on A1 alone and is implied only; data/harbour-more.ttl puts it out of scope
    found = harbour_more.gaps()
    outside = "intersection/rising-seas/port-heritage"
    assert [gap.thing for gap in found.apart] == [outside]
    assert outside not in {gap.thing for gap in found.found}
    assert len(found.listed) == found.count() + 1
    rows = {row["gap_type"].id: row["gaps"] for row in found.table}  # type: ignore[union-attr]  # an entity
    assert rows.pop("intersections-out-of-scope") == 1
    assert sum(rows.values()) == found.count()  # type: ignore[arg-type]  # numbers


def test_parts_of_a_plan(harbour: Plan) -> None:
    # elements of goal/1 without activity: 1.2 and 1.3; activities filed under it: A1, A2, A5
    found = numbers(harbour, line="goal/1")
    assert found["results-without-activity"] == 2
    assert found["activities-pending"] == 1  # A5, which one coder has coded
    assert found["activities-without-figure"] == 2
    assert found["members-in-no-activity"] == 0
    assert numbers(harbour, challenge="challenge/port-transition") == {
        **dict.fromkeys(numbers(harbour), 0),
        "intersections-without-activity": 1,
        "intersections-implied-only": 1,
        "intersections-on-one-activity": 1,
        "activities-without-figure": 1,  # A4; A2 has one
        "indicators-without-baseline": 1,  # cargo-growth measures the challenge
    }
    assert (
        numbers(harbour, theme="theme/port-heritage", line="goal/2")["activities-without-figure"]
        == 0
    )
    assert numbers(harbour, year=2023)["activities-without-figure"] == 3  # A4, A5, A6


def test_counts_by_side_agree_with_the_lists(harbour: Plan) -> None:
    found = harbour.gaps()
    for side in ("line", "challenge", "theme"):
        for row in found.by(side):
            place = row[side]
            if not isinstance(place, str):
                filters = {side: place.id}  # type: ignore[union-attr]  # an entity
                assert row["total"] == harbour.gaps(**filters).count()  # type: ignore[arg-type]


def test_every_type_says_what_closes_it_in_three_languages() -> None:
    types = gap_types()
    assert len(types) == 24
    assert len({one.gap.order for one in types}) == len(types)
    names = {one.name for one in types}
    for one in types:
        assert {lang for lang, text in one.gap.closing.items() if text.strip()} == {
            "en",
            "fr",
            "es",
        }
        # A single gap has a name of its own: "Result without an activity", not "Results ..."
        labels = {lang: one.label(lang) for lang in ("en", "fr", "es")}
        assert set(one.gap.label) == set(labels)
        same = {lang for lang, label in labels.items() if label == one.query.title[lang]}
        assert same == (set(labels) if one.name == "figures-given-differently" else set())
        assert set(one.gap.unless) <= names
        assert f"?{one.gap.thing}" in one.query.text


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--fail-on", "activities-not-coded"), 1),
        (("--fail-on", "activities-without-citation"), 0),
        (("--fail-on", "activities-without-citation", "--fail-on", "activities-not-coded"), 1),
        (("--fail-on", "any"), 1),
        (("--fail-on", "activities-not-coded", "--year", "2021"), 0),
        ((), 0),
    ],
)
def test_fail_on_sets_the_exit_code(run: Run, words: tuple[str, ...], code: int) -> None:
    folder = HARBOUR
    done = run("gaps", *words, "--graph", folder, "--format", "csv")
    assert done.returncode == code
    assert "What would close it" in done.stdout


def test_unknown_types_and_ids_are_refused(harbour: Plan, run: Run) -> None:
    with pytest.raises(QueryError, match="Did you mean activities-not-coded"):
        harbour.gaps("activity-not-coded")
    with pytest.raises(QueryError, match="has no"):
        harbour.gaps(line="goal/9")
    with pytest.raises(QueryError, match=r"is not a valid action line.*goal/1, goal/2"):
        harbour.gaps(line="outcome/1.1")
    with pytest.raises(QueryError, match="The ID is empty"):
        harbour.gaps(line="")
    for words, code, says in (
        (("--fail-on", "nothing"), 3, "Unknown type of gap"),
        (("--fail-on", "any", "--fail-on", "nothing"), 3, "Unknown type of gap"),
        (("--fail-on", "intersections-out-of-scope"), 2, "is not a type of gap"),
        (("--by", "line", "--list"), 2, "use only one of the two"),
    ):
        done = run("gaps", *words)
        assert done.returncode == code
        assert says in done.stderr
    assert "No activity is reported for 1066" in run("gaps", "--year", "1066").stderr


def test_fail_on_any_means_any_of_the_types_that_are_listed(run: Run) -> None:
    folder = HARBOUR
    listed = ("--type", "activities-without-citation", "--graph", folder)
    assert run("gaps", *listed, "--fail-on", "any").returncode == 0
    assert run("gaps", *listed, "--fail-on", "activities-not-coded").returncode == 1
