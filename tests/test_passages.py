"""Checks what a cell of the matrix rests on: one passage, or mentions apart; and what waits.

All expected values were worked out by hand from the cited lines in the files of claims, before the
code was written: per activity, the lines of each coder's claims on a theme and on a challenge (or
one of its areas) that stand, and whether a line of one is a line of the other.
"""

import json

import pytest

from metrograph.plan import Plan
from tests.conftest import Run

# (challenge, theme): activities, and of these the ones that name both in one passage of one coder.
# AVANTIA names its gender approach in 395-398, and its themes in 280-282 and 391-392. The summit
# names digital cities in 96, mobility in 97. The gender strategy names cohesion in 350 and 359.
METROPOLIS = {
    ("urban-growth", "sustainability"): (2, 2),
    ("urban-growth", "social-cohesion"): (1, 1),
    ("urban-growth", "economic-development"): (0, 0),
    ("urban-growth", "gender-equality"): (1, 1),
    ("urban-growth", "quality-of-life"): (2, 2),
    ("resilience", "sustainability"): (3, 3),
    ("resilience", "social-cohesion"): (1, 1),
    ("resilience", "economic-development"): (1, 1),
    ("resilience", "gender-equality"): (3, 3),
    ("resilience", "quality-of-life"): (2, 2),
    ("public-legitimacy", "sustainability"): (1, 0),
    ("public-legitimacy", "social-cohesion"): (1, 0),
    ("public-legitimacy", "economic-development"): (0, 0),
    ("public-legitimacy", "gender-equality"): (3, 2),
    ("public-legitimacy", "quality-of-life"): (1, 0),
    ("digital-revolution", "sustainability"): (1, 1),
    ("digital-revolution", "social-cohesion"): (1, 1),
    ("digital-revolution", "economic-development"): (0, 0),
    ("digital-revolution", "gender-equality"): (0, 0),
    ("digital-revolution", "quality-of-life"): (1, 0),
}
# Tide School names early warning in line 4 and the port's heritage in line 5. The claim of coder B
# on the dikes of the Harbour Forum (line 8) was accepted, and B claims clean water there, too.
HARBOUR = {
    ("rising-seas", "clean-water"): (2, 2),
    ("rising-seas", "decent-work"): (2, 2),
    ("rising-seas", "port-heritage"): (1, 0),
    ("port-transition", "clean-water"): (2, 2),
    ("port-transition", "decent-work"): (1, 1),
    ("port-transition", "port-heritage"): (0, 0),
}
ROWS = {"urban-growth": 2, "resilience": 7, "public-legitimacy": 2, "digital-revolution": 1}
COLUMNS = {
    "sustainability": 4, "social-cohesion": 1, "economic-development": 1, "gender-equality": 5,
    "quality-of-life": 3,
}  # fmt: skip
# Coder B alone made units of these.
PENDING = [
    "activity/2023/care-economy-online-session",
    "activity/2023/care-session-smart-city-expo",
    "activity/2023/clearing-house-webinars",
    "activity/2023/world-metropolitan-day-officialisation-report",
]
# The lines of the plan's definitions of its areas that name something of a theme's definition in
# the codebook: 230 fair and healthy public space, gender, jobs; 232 low incomes and women's land;
# 236 mobility of residents, emissions; 238 public health; 244 diversity, gender; 246 the care and
# informal economy; 248 climate, women and girls; 254 women; 266 women and girls, jobs, nobody left
# out; 268 business models.
NAMED = {
    ("urban-growth", "sustainability"): [236],
    ("urban-growth", "social-cohesion"): [230, 232],
    ("urban-growth", "economic-development"): [230],
    ("urban-growth", "gender-equality"): [230, 232],
    ("urban-growth", "quality-of-life"): [230, 236, 238],
    ("resilience", "sustainability"): [248],
    ("resilience", "social-cohesion"): [244],
    ("resilience", "economic-development"): [246],
    ("resilience", "gender-equality"): [244, 248],
    ("public-legitimacy", "gender-equality"): [254],
    ("digital-revolution", "social-cohesion"): [266],
    ("digital-revolution", "economic-development"): [266, 268],
    ("digital-revolution", "gender-equality"): [266],
}


def counts(plan: Plan, evidence: str = "any") -> dict[tuple[str, str], tuple[int, int]]:
    """Return the count and the same-passage count of each cell, as `--format json` states them."""
    value = json.loads(plan.coverage(evidence=evidence).to_json())
    return {
        (cell["challenge"].partition("/")[2], cell["theme"].partition("/")[2]): (
            cell["count"],
            cell["same_passage"],
        )
        for cell in value["cells"]
    }


def test_each_cell_counts_the_activities_that_name_both_in_one_passage(
    metropolis: Plan, harbour: Plan
) -> None:
    assert counts(metropolis) == METROPOLIS
    assert counts(harbour) == HARBOUR
    totals = json.loads(metropolis.coverage().to_json())["totals"]["same_passage"]
    assert totals["challenges"] == {f"challenge/{key}": number for key, number in ROWS.items()}
    assert totals["themes"] == {f"theme/{key}": number for key, number in COLUMNS.items()}
    assert totals["all"] == 9


def test_only_those_in_one_passage_count_where_that_is_asked(metropolis: Plan) -> None:
    expected = {pair: (same, same) for pair, (_, same) in METROPOLIS.items()}
    assert counts(metropolis, "same-passage") == expected
    found = metropolis.coverage(evidence="same-passage")
    assert len(found.gaps()) == 4
    assert set(found.emptied()) == {  # co-mentions alone
        ("challenge/public-legitimacy", "theme/sustainability"),
        ("challenge/public-legitimacy", "theme/social-cohesion"),
        ("challenge/public-legitimacy", "theme/quality-of-life"),
        ("challenge/digital-revolution", "theme/quality-of-life"),
    }
    assert found.filters.evidence == "same-passage"


@pytest.mark.parametrize(
    ("claims", "basis", "pair", "expected"),
    [
        # The cited lines of coder A alone put the gender strategy's gender mainstreaming in
        # 352 and 364-367, and gender equality in 349 and 353-354.
        ("coder:a", None, ("public-legitimacy", "gender-equality"), (3, 1)),
        ("coder:b", None, ("public-legitimacy", "gender-equality"), (3, 2)),
        # Coder B alone also claims inequality for AVANTIA (391-395), where gender is named.
        ("coder:b", None, ("urban-growth", "gender-equality"), (1, 1)),
        # The clearing house's webinars (B: 265-267 and 266-267) come to the three that stand.
        ("any", None, ("resilience", "sustainability"), (4, 4)),
        ("standing", "stated", ("urban-growth", "sustainability"), (1, 1)),
    ],
)
def test_a_choice_of_claims_is_a_choice_of_passages(
    metropolis: Plan, claims: str, basis: str | None, pair: tuple[str, str], expected: object
) -> None:
    value = json.loads(metropolis.coverage(claims=claims, basis=basis).to_json())
    (cell,) = (
        cell
        for cell in value["cells"]
        if (cell["challenge"], cell["theme"]) == (f"challenge/{pair[0]}", f"theme/{pair[1]}")
    )
    assert (cell["count"], cell["same_passage"]) == expected


def test_an_activity_that_fewer_than_two_have_coded_is_pending(
    metropolis: Plan, harbour: Plan
) -> None:
    assert json.loads(metropolis.coverage().to_json())["pending"] == PENDING
    assert json.loads(metropolis.coverage(year=2022).to_json())["pending"] == []
    assert json.loads(harbour.coverage().to_json())["pending"] == [
        "activity/2023/heritage-walks",
        "activity/2023/storm-alert",
    ]
    assert "4 activities are still waiting for a second coder" in metropolis.coverage().table.note
    assert "1 activity is still waiting for a second coder" in harbour.coverage().table.note
    assert "1 activity has not been coded" in harbour.coverage().table.note


def test_the_plan_itself_names_thirteen_crossings_and_three_of_its_gaps(metropolis: Plan) -> None:
    found = metropolis.coverage()
    lines: dict[tuple[str, str], list[int]] = {}
    for row in metropolis.rows("intersections-named-by-the-plan"):
        pair = (str(row["challenge"]).partition("/")[2], str(row["theme"]).partition("/")[2])
        lines.setdefault(pair, []).append(int(str(row["firstLine"])))
    assert {pair: sorted(numbers) for pair, numbers in lines.items()} == NAMED
    gaps = json.loads(found.to_json())["gaps"]
    assert [(gap["challenge"], gap["theme"], gap["named_by_plan"]) for gap in gaps] == [
        ("challenge/urban-growth", "theme/economic-development", True),
        ("challenge/digital-revolution", "theme/economic-development", True),
        ("challenge/digital-revolution", "theme/gender-equality", True),
        ("challenge/public-legitimacy", "theme/economic-development", False),
    ]


def test_the_command_says_it_in_words(run: Run) -> None:
    shown = run("coverage").stdout
    assert "1 (0)" in shown
    assert "3 (2)" in shown
    assert "4 activities are still waiting for a second coder" in shown
    french = run("coverage", "--lang", "fr").stdout
    assert "4 activités attendent un second codage" in french
    sheet = run("coverage", "--format", "csv").stdout.splitlines()
    assert sheet[0].endswith(",Quality of life (same passage),Total (same passage)")
    assert sheet[3] == "Public legitimacy,challenge/public-legitimacy,1,1,gap,3,1,3,0,0,0,2,0,2"
    assert sheet[5] == "Total,,4,2,1,5,3,9,4,1,1,5,3,9"
    narrow = run("coverage", "--evidence", "same-passage", "--format", "csv").stdout
    assert (narrow.count("gap"), narrow.count("empty")) == (4, 4)
