"""What would change: against the engine's own answer, against plans really cut, and by hand."""

import shutil
from itertools import combinations
from pathlib import Path

import pytest

from metrograph.analysis.evidence import Claim, evidence, judged, reached, standing
from metrograph.analysis.fragility import fragile
from metrograph.errors import QueryError
from metrograph.plan import Plan, open_plan
from tests.conftest import HARBOUR, Run

DOCKS = "activity/2023/clean-docks"


@pytest.fixture(params=["harbour", "metropolis"])
def plan(request: pytest.FixtureRequest) -> Plan:
    found: Plan = request.getfixturevalue(request.param)
    return found


def test_what_stands_is_what_the_ontology_rules_infer(plan: Plan) -> None:
    found = evidence(plan)
    stands = {claim.id for claim in standing(found.claims, found.read)}
    assert stands == {row["claim"] for row in plan.rows("claims") if row["standing"]}


def test_with_nothing_away_the_cells_and_results_are_those_of_the_engine(plan: Plan) -> None:
    now = reached(plan)
    assert judged(evidence(plan), now) == now
    matrix = plan.coverage()
    assert now.cells == {pair: frozenset(found) for pair, found in matrix.cells.items()}
    counts = {row["result"]: row["activities"] for row in plan.rows("activities-by-result")}
    assert {result: len(found) for result, found in now.results.items()} == counts


def test_a_year_away_is_the_matrix_of_the_other_years(harbour: Plan) -> None:
    found = harbour.whatif("2022")
    after = found.matrix(found.after)
    for challenge in after.challenges:
        for theme in after.themes:
            others = sum(
                harbour.coverage(year).count(challenge, theme) for year in (2021, 2023, 2024)
            )
            assert after.count(challenge, theme) == others


@pytest.mark.parametrize(
    ("gone", "cells", "results"),
    [
        # README of the plan, "What each activity addresses": PT x DW hangs on A4, 2.3 on A4; A7 is
        # a part of A4 and goes with it, and 2.2 with A7
        (DOCKS, ["port-transition/decent-work"], ["outcome/2.2", "outcome/2.3"]),
        ("initiative/blue-docks", ["port-transition/decent-work"], ["outcome/2.2", "outcome/2.3"]),
        ("activity/2021/tide-school", ["rising-seas/port-heritage"], ["outcome/1.1"]),
        # "Members and partners": Vila Mare is in A1, A3 and A5
        ("member/vila-mare", ["rising-seas/port-heritage"], ["outcome/1.1"]),
        # the Dockers' Union is partner of A4 and organises A7
        ("organization/dockers-union", ["port-transition/decent-work"],
         ["outcome/2.2", "outcome/2.3"]),
        ("2022", [], []),  # A2 and A3; A4 is at both cells of A2, and has 2.1, too
        # decisions 1 and 2 are all that c said: RS x PH falls with the first; without the second A2
        # has no RS, but A4 is at RS x CW
        ("coder/c", ["rising-seas/port-heritage"], []),
        # all that stands by agreement needs a and b; what is left is decisions 1 and 2, of which
        # none makes a cell alone
        ("coder/a", [
            "rising-seas/clean-water", "rising-seas/decent-work", "rising-seas/port-heritage",
            "port-transition/clean-water", "port-transition/decent-work",
        ], ["outcome/1.1", "outcome/2.1", "outcome/2.2", "outcome/2.3"]),
        # every claim cites the report
        ("source/annual-2023", [
            "rising-seas/clean-water", "rising-seas/decent-work", "rising-seas/port-heritage",
            "port-transition/clean-water", "port-transition/decent-work",
        ], ["outcome/1.1", "outcome/2.1", "outcome/2.2", "outcome/2.3"]),
        ("source/plan-2022-2025", [], []),
    ],
)  # fmt: skip
def test_what_goes_dark_on_the_invented_plan(
    harbour: Plan, gone: str, cells: list[str], results: list[str]
) -> None:
    if gone == "source/plan-2022-2025":
        with pytest.raises(QueryError, match="No activity or claim depends on"):
            harbour.whatif(gone)
        return
    found = harbour.whatif(gone)
    assert [f"{one[10:]}/{other[6:]}" for one, other in found.dark] == cells
    assert list(found.lost_results) == results


def test_a_plan_really_cut_gives_the_same_matrix(
    harbour: Plan, tmp_path: Path, cache: Path
) -> None:
    folder = shutil.copytree(HARBOUR, tmp_path / "cut")
    (folder / "claims-b.ttl").unlink()  # all that coder b read and claimed
    decisions = folder / "decisions.ttl"
    text = decisions.read_text(encoding="utf-8").split("\n\n")
    kept = [block for block in text if "claim/b/" not in block]
    decisions.write_text("\n\n".join(kept), encoding="utf-8")
    cut = open_plan(folder, cache=cache).coverage()
    found = harbour.whatif("coder/b")
    after = found.matrix(found.after)
    # decisions 1, 2, 4 and 5 cite claims of b and were cut with them; they reach no cell alone
    assert after.cells == cut.cells


def test_every_fragile_thing_is_one_without_which_something_goes_dark(plan: Plan) -> None:
    found = {one.thing: one for one in fragile(plan)}
    involved = plan.rows("involved-in-activities")
    every = {row["entity"] for row in involved if row["predicate"] != "mg:within"}
    every |= {row["activity"] for row in plan.rows("activities")}
    every |= {row["source"] for row in plan.rows("sources-of-claims")}
    assert set(found) <= every
    for thing in every:
        gone = plan.whatif(str(thing))
        one = found.get(str(thing))
        assert gone.dark == (one.cells if one else ()), thing
        assert gone.lost_results == (one.results if one else ()), thing
    assert list(found) == [one.thing for one in fragile(plan)]


def test_what_is_out_of_scope_does_not_go_dark(harbour_more: Plan) -> None:
    # RS x PH hangs on A1 alone, and data/harbour-more.ttl puts it out of scope
    found = harbour_more.whatif("activity/2021/tide-school")
    assert found.dark == ()
    assert "1 → out of scope" in str(found.table)
    assert all(
        ("challenge/rising-seas", "theme/port-heritage") not in one.cells
        for one in fragile(harbour_more)
    )


def test_critical_nodes_of_the_invented_plan(harbour: Plan) -> None:
    # A1 alone ties RS x PH and 1.1 to the rest, A4 alone PT x DW and 2.3; A2 and A4 share both
    # cells of A2, and A7 is tied to 2.2 only: without A7, 2.2 hangs in the air, but was never tied
    # to the rest, so nothing falls apart.
    critical = {one.thing for one in fragile(harbour) if one.critical and one.kind == "activity"}
    assert critical == {"activity/2021/tide-school", DOCKS}


def test_two_coders_are_needed_for_agreement_and_a_decision_settles_it() -> None:
    def made(coder: str, verdict: str | None = None) -> Claim:
        return Claim(f"{coder}-{verdict}", "u", "mg:claimsTheme", "t", coder, verdict)

    a, b = made("a"), made("b")
    both = [("u", "a"), ("u", "b")]
    assert standing([a, b], both) == {a, b}
    assert standing([a], [("u", "a")]) == set()
    assert standing([a], both) == set()
    assert standing([a, b], [*both, ("u", "c")]) == set()
    yes, no = made("c", "mg:accepted"), made("c", "mg:rejected")
    assert standing([a, yes], both) == {yes}
    assert standing([a, b, no], both) == set()


def test_unknown_ids_and_things_that_carry_nothing(harbour: Plan, run: Run) -> None:
    with pytest.raises(QueryError, match="has no"):
        harbour.whatif("member/atlantis")
    with pytest.raises(QueryError, match="No activity or claim depends on"):
        harbour.whatif("theme/clean-water")
    done = run("whatif", "--without", "1999", "--graph", HARBOUR)
    assert done.returncode == 0
    assert "Activities lost: 0" in done.stdout
    assert "No intersection loses coverage" in done.stdout
    assert run("whatif").returncode == 2


def test_the_command_shows_before_and_after(run: Run) -> None:
    shown = run("whatif", "--without", DOCKS, "--graph", HARBOUR, "--format", "csv").stdout
    lines = [line.split(",") for line in shown.splitlines()]
    # RS: CW 2 (A2 A4), DW 2 (A1 A4), PH 1 (A1), row 3; PT: CW 2 (A2 A4), DW 1 (A4), PH gap, row 2
    assert [line[2:] for line in lines[1:]] == [
        ["2 → 1", "2 → 1", "1", "3 → 2"],
        ["2 → 1", "1 → gap", "gap", "2 → 1"],
        ["2 → 1", "2 → 1", "1", "3 → 2"],
    ]
    assert "PT" not in shown
    assert "Critical dependencies" in run("whatif", "--fragile", "--graph", HARBOUR).stdout


def test_without_coders_the_short_way_finds_what_all_claims_give(plan: Plan) -> None:
    # where nobody is left to agree with, only decisions are read: against all claims, judged anew
    coders = sorted({str(row["coder"]) for row in plan.rows("readings")})
    now, everything = reached(plan), evidence(plan)
    for size in range(1, len(coders) + 1):
        for gone in combinations(coders, size):
            assert plan.whatif(*gone).after == judged(everything, now, coders=gone)
    decided = {row["category"] for row in plan.rows("decisions") if not row["superseded"]}
    kept = plan.whatif(*coders).after
    assert {result for result, held in kept.results.items() if held} <= decided


def test_a_superseded_decision_holds_up_nothing(harbour_copy: Path, run: Run) -> None:
    pair = ("adjudicate", "activity/2022/harbour-forum", "outcome/1.2")
    words = ("--by", "c", "--because", "Read again.", "--as-of", "2024-05-06", "--graph",
             harbour_copy)  # fmt: skip
    assert run(*pair, "--accept", *words).returncode == 0
    held = open_plan(harbour_copy).whatif("coder/a", "coder/b").after.results
    assert run(*pair, "--reject", "--supersede", *words).returncode == 0
    left = open_plan(harbour_copy).whatif("coder/a", "coder/b").after.results
    assert held["outcome/1.2"] == {"activity/2022/harbour-forum"}
    assert left["outcome/1.2"] == frozenset()
