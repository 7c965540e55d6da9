"""What a plan states is looked for in the lines that it cites: in digits, in words, as printed.

The expected answers are read off the texts by hand. The invented plan states 24 figures, 19 dates,
23 names and 17 stated claims with a citation.
"""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from metrograph.documents import printed_dates, printed_names, printed_numbers
from metrograph.documents.checking import check
from metrograph.documents.passages import Shelf
from metrograph.documents.printed_names import text_of
from metrograph.documents.uncited import candidates
from metrograph.plan import Plan, open_plan
from tests.conftest import Run
from tests.seeding import seed
from tests.shelf import shelved


@pytest.mark.parametrize(
    ("value", "text", "lang", "percent"),
    [
        ("1250", "we planted 1,250 trees", "en", False),
        ("1250", "1 250 arbres", "fr", False),
        ("1250", "1.250 árboles", "es", False),
        ("1250", "one thousand two hundred and fifty trees", "en", False),
        ("62.5", "62,5 % en 2021", "fr", True),
        ("35.1", "35,1³ microgrammes", "fr", False),
        ("21", "vingt et une villes", "fr", False),
        ("71", "soixante-et-onze", "fr", False),
        ("200", "doscientas personas", "es", False),
        ("1800000000", "plus d'1,8 milliard de personnes", "fr", False),
        ("750000", "+750k $", "fr", False),
        ("35300", "total à 35,3K.", "fr", False),
        ("3000000", "tres millones", "es", False),
        ("12", "une douzaine de villes", "fr", False),
        ("50", "la moitié", "fr", True),
        ("0", "Oil spills: none in 2023", "en", False),
        ("154", "Égalité des sexes154 villes", "fr", False),
        ("3", "three more", "", False),
    ],
)
def test_a_number_is_found_as_people_print_it(
    value: str, text: str, lang: str, percent: bool
) -> None:
    assert printed_numbers.is_printed(Decimal(value), text, lang, percent=percent)


@pytest.mark.parametrize(
    ("value", "text", "lang", "percent"),
    [
        ("125", "we planted 1,250 trees", "en", False),
        ("61", "61 % de plus", "fr", False),  # a share is not a count
        ("61", "61 villes", "fr", True),
        ("5", "trente-cinq villes", "fr", False),
        ("600", "600k", "en", False),
        ("12", "12.06.2023", "en", True),
        ("3", "trois", "en", False),
    ],
)
def test_another_number_is_not_found(value: str, text: str, lang: str, percent: bool) -> None:
    assert not printed_numbers.is_printed(Decimal(value), text, lang, percent=percent)


def test_a_value_in_millions_is_found_in_full() -> None:
    text = "608 000 000 de personnes"
    assert printed_numbers.is_printed(Decimal(608), text, "fr", percent=False, scale=1_000_000)


@pytest.mark.parametrize(
    ("date", "text", "lang", "is_there"),
    [
        ("2021-09-06", "6 to 10 September 2021", "en", True),
        ("2021-09-10", "6 to 10 September 2021", "en", True),
        ("2021-09-08", "6 to 10 September 2021", "en", False),
        ("2022-09-06", "6 to 10 September 2021", "en", False),
        ("2023-06-12", "du 12 au 15 juin", "fr", True),
        ("2023-05-30", "du 30 mai au 2 juin 2023", "fr", True),
        ("2023-10-07", "October 7, 2023", "en", True),
        ("2023-10-07", "le 07/10/2023", "fr", True),
        ("2023-10-07", "el 7 de octubre de 2023", "es", True),
        ("2023-03", "March to November 2023", "en", True),
        ("2023-03", "March to November 2022", "en", False),
        ("2018", "since 2018-2021", "en", True),
        ("2018", "page 12018", "en", False),
        ("2025-12-31", "The plan of 2022", "en", False),
        ("2025-12-31", "until 2025", "en", True),
    ],
)
def test_a_date_is_found_as_people_print_it(
    date: str, text: str, lang: str, is_there: bool
) -> None:
    assert printed_dates.is_printed(date, text, lang) is is_there


@pytest.mark.parametrize(
    ("name", "lines", "is_there"),
    [
        ("Santa Cruz de la Sierra", ["Qingdao Santa Cruz", "de la Sierra Tanger"], True),
        ("Chisinau", ["Cali ChisinauCanton de Genève"], True),
        ("Montevideo", ["Montevi-", "deo"], True),
        ("Forum urbain de Marmara (MARUF)", ["le Forum Urbain de Marmara"], True),
        ("Lima", ["des limaces"], False),
        ("Oslo", ["Porto Salgado"], False),
    ],
)
def test_a_name_is_found_across_lines_hyphens_and_accents(
    name: str, lines: list[str], is_there: bool
) -> None:
    assert printed_names.is_printed(name, text_of(lines)) is is_there


@pytest.fixture(scope="module")
def shelf_plan(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Plan:
    return shelved(tmp_path_factory.mktemp("checked") / "harbour", cache)


def test_at_most_one_in_twenty_true_statements_is_doubted(shelf_plan: Plan) -> None:
    result = check(shelf_plan, Shelf(shelf_plan))
    printed = [one for one in result.outcomes if one.statement.kind != "claim"]
    doubted = [one.statement.record for one in result.doubted if one in printed]
    assert len(printed) == 66
    assert len(doubted) * 20 <= len(printed), doubted
    assert result.missing_texts == ()


def test_a_stated_claim_whose_category_is_not_in_its_lines_is_listed_with_where_it_is(
    shelf_plan: Plan,
) -> None:
    """Coder A calls early warning stated in lines 10 and 11, where the report speaks of sirens."""
    result = check(shelf_plan, Shelf(shelf_plan))
    doubts = {one.statement.record: one for one in result.doubted}
    doubt = doubts["claim/a/storm-alert/area/rising-seas/early-warning"]
    assert (doubt.outcome, doubt.places) == ("elsewhere", ("source/annual-2023#line=2,4",))


@pytest.fixture(scope="module")
def false_plan(
    tmp_path_factory: pytest.TempPathFactory, cache: Path
) -> tuple[Plan, dict[str, str]]:
    plan = shelved(tmp_path_factory.mktemp("false") / "harbour", cache)
    true = {
        one.statement.record
        for one in check(plan, Shelf(plan)).outcomes
        if one.outcome == "printed" and one.statement.kind in {"figure", "name"}
    }
    seeded = seed(plan.built.folder, "en", 10, true)
    return open_plan(plan.built.folder, cache=cache), seeded


def test_28_of_30_false_figures_names_and_citations_are_caught(
    false_plan: tuple[Plan, dict[str, str]],
) -> None:
    plan, seeded = false_plan
    assert len(seeded) == 30
    doubted = {one.statement.record for one in check(plan, Shelf(plan)).doubted}
    missed = {record: kind for record, kind in seeded.items() if record not in doubted}
    assert len(missed) <= 2, missed


def test_the_command_gives_three_lists_with_counts(
    false_plan: tuple[Plan, dict[str, str]], run: Run
) -> None:
    plan, seeded = false_plan
    asked = ("check", "--documents", "--graph", plan.built.folder)
    answer = run(*asked, "--format", "json")
    assert answer.returncode == 1
    value = json.loads(answer.stdout)
    assert {name: len(value[name]) for name in value["counts"]} == value["counts"]
    assert sum(value["counts"].values()) == 83
    names = [name for name, kind in seeded.items() if kind == "name"]
    listed = {one["record"] for one in value["missing"]}
    assert len(listed.intersection(names)) == 10  # nobody prints Zandvoort
    table = run(*asked).stdout
    assert f"Found: {value['counts']['printed']} ·" in table
    rows = run(*asked, "--format", "csv").stdout.splitlines()
    assert len(rows) == 84


def test_a_note_in_the_record_explains_what_is_not_printed(
    shelf_plan: Plan, tmp_path: Path, cache: Path
) -> None:
    plan = shelved(tmp_path / "noted", cache)
    path = plan.built.folder / "figures.ttl"
    text = path.read_text("utf-8")
    assert text.count("mg:value 420 ;") == 1
    note = '    mg:interpretationNote "Counted from the lists of who came."@en ;\n'
    path.write_text(text.replace("    mg:value 420 ;\n", f"{note}    mg:value 421 ;\n"), "utf-8")
    before = check(shelf_plan, Shelf(shelf_plan))
    now = open_plan(plan.built.folder, cache=cache)
    after = check(now, Shelf(now))
    assert len(after.doubted) == len(before.doubted) + 1
    assert after.open_doubts == before.open_doubts
    assert after.doubted[-1].statement.note == "Counted from the lists of who came."


def test_without_texts_nothing_is_checked_and_the_command_says_so(
    harbour_copy: Path, run: Run
) -> None:
    answer = run("check", "--documents", "--graph", harbour_copy)
    assert answer.returncode == 3
    assert "metrograph documents add FILE" in answer.stderr
    for wrong in (("--uncited",), ("--documents", "--severity", "info")):
        assert run("check", *wrong, "--graph", harbour_copy).returncode == 2


def test_what_no_record_cites_is_listed(tmp_path: Path, cache: Path, run: Run) -> None:
    """Lines 21, 22 and 29 are no longer cited: the records that cited them cite lines 23 and 28."""
    plan = shelved(tmp_path / "uncited", cache)
    for path in plan.built.folder.glob("*.ttl"):
        text = path.read_text("utf-8")
        text = text.replace("annual-2023#line=20,22>", "annual-2023#line=22,23>")
        text = text.replace("annual-2023#line=20,21>", "annual-2023#line=22,23>")
        text = text.replace("annual-2023#line=28,29>", "annual-2023#line=27,28>")
        path.write_text(text, "utf-8")
    now = open_plan(plan.built.folder, cache=cache)
    rows = [(one.citation, one.kind, one.text) for one in candidates(now, Shelf(now))]
    assert rows == [
        ("source/annual-2023#line=20,21", "figure", "met online on 4 November 2022."),
        ("source/annual-2023#line=21,22", "name", "Porto Salgado"),
        ("source/annual-2023#line=21,22", "name", "Vila Mare"),
        ("source/annual-2023#line=21,22", "name", "Puerto Niebla"),
    ]  # line 29 has years alone
    listed = run(
        "check", "--documents", "--uncited", "--format", "csv", "--graph", plan.built.folder
    )
    assert len(listed.stdout.splitlines()) == 5
