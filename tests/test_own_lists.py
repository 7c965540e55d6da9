"""Checks that a person's own list of activities, with citations as people write, is taken."""

import shutil
import sys
from pathlib import Path
from types import FrameType

import pytest

from metrograph.editing.forms import values
from metrograph.errors import UsageError
from metrograph.exchange.workbook import rows
from metrograph.exchange.workbook.comparison import change_set
from metrograph.exchange.workbook.importing import Result, result
from metrograph.exchange.workbook.own_list import own_list, with_claims
from metrograph.exchange.workbook.saving import save
from metrograph.plan import Plan, open_plan
from metrograph.reading import sheets
from tests.conftest import HARBOUR, Run
from tests.test_linear import TraceFunction
from tests.test_workbooks import DAY

LIST = """Titre;Année;Ville;Défi;Thème
Fête du vent;2023;Vila Maré;Montée des mers;Eau propre, Travail décent
Atelier des phares;2022;Porto Salgado;;Travail decent
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the invented plan, to be changed."""
    return shutil.copytree(HARBOUR, tmp_path / "harbour")


def taken(plan: Plan, path: Path, text: str, coder: str | None = None) -> Result:
    path.write_text(text, encoding="utf-8")
    return result(plan, path, DAY, "Activity", coder=coder)


@pytest.mark.parametrize("lang", ["fr", "en"])  # names count in any language of the plan
def test_a_list_becomes_activities_and_provisional_claims_of_the_coder_who_is_named(
    folder: Path, tmp_path: Path, cache: Path, lang: str
) -> None:
    plan = open_plan(folder, lang, cache=cache)
    reading = taken(plan, tmp_path / "liste.csv", LIST, "Claire")
    assert reading.faults == ()
    save(plan, reading.changes)
    again = open_plan(folder, lang, cache=cache)
    assert values(again, "activity/2023/fete-du-vent") == {
        f"label.{lang}": ("Fête du vent",), "year": ("2023",), "place": ("place/vila-mare",),
        "ofPlan": ("plan/2022-2025",), "recordedOn": ("2026-03-01",),
        "citation": ("source/liste-csv#line=1,2",),
    }  # fmt: skip
    claims = "claim/claire/fete-du-vent"
    for claim, field in {
        f"{claims}/challenge/rising-seas": "claimsChallenge",
        f"{claims}/theme/clean-water": "claimsTheme",
        f"{claims}/theme/decent-work": "claimsTheme",
        "claim/claire/atelier-des-phares/theme/decent-work": "claimsTheme",
    }.items():
        held = values(again, claim)
        assert held[field] == (claim.split("/", 3)[3],)
        assert held["basis"] == ("mg:notRecorded",)
        assert held["wasAttributedTo"] == ("coder/claire",)
    assert [finding for finding in again.findings if finding.severity == "violation"] == []
    pair = ("challenge/rising-seas", "theme/clean-water")
    before = plan.coverage(year=2023).count(*pair)
    assert again.coverage(year=2023).count(*pair) == before  # one coder's word is provisional
    same = taken(again, tmp_path / "liste.csv", LIST, "Claire")
    assert (same.faults, same.changes.texts) == ((), {})
    second = taken(again, tmp_path / "liste.csv", LIST, "Dora")
    assert second.faults == ()
    save(again, second.changes)
    agreed = open_plan(folder, lang, cache=cache)
    assert agreed.coverage(year=2023).count(*pair) == before + 1


def test_claims_of_nobody_are_refused_and_unknown_names_are_faults_at_their_cells(
    folder: Path, tmp_path: Path, cache: Path
) -> None:
    plan = open_plan(folder, "fr", cache=cache)
    with pytest.raises(UsageError, match="--coder NAME"):
        taken(plan, tmp_path / "liste.csv", LIST)
    text = LIST.replace("Eau propre,", "Eau prope |").replace("Porto Salgado", "Coast Lab")
    faults = {
        fault.where: fault.message
        for fault in taken(plan, tmp_path / "liste.csv", text, "coder/a").faults
    }
    assert set(faults) == {"liste.csv!C3", "liste.csv!E2"}
    assert "Eau propre" in faults["liste.csv!E2"]
    assert "organization/coast-lab" in faults["liste.csv!C3"]


def test_the_command_lists_its_guesses_and_what_is_left_to_do(
    folder: Path, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(LIST, encoding="utf-8")
    done = run(
        "import", path, "--kind", "Activity", "--coder", "Claire", "--graph", folder, "--lang", "fr"
    )
    assert done.returncode == 0, done.stderr
    assert "liste.csv!C1: interprété: Ville → lieu" in done.stderr.replace("\u00a0", "")
    assert "activity/2023/fete-du-vent (en, es)" in done.stderr
    assert "faites par Claire seulement" in done.stderr


def test_all_errors_of_a_list_come_at_once_and_none_that_follows_from_another(
    folder: Path, tmp_path: Path, cache: Path
) -> None:
    """The year of the second row is wrong: of its claims, only their own errors count."""
    text = LIST.replace("2022;Porto Salgado;;", "20x2;Coast Lab;Montée des mer;")
    reading = taken(open_plan(folder, "fr", cache=cache), tmp_path / "liste.csv", text, "Claire")
    faults = {fault.where: fault.message.replace("\xa0", " ") for fault in reading.faults}
    assert set(faults) == {f"liste.csv!{cell}" for cell in ("B3", "C3", "D3")}
    assert len(reading.faults) == 3
    assert "Vouliez-vous dire Montée des mers ?" in faults["liste.csv!D3"]
    assert reading.cells["liste.csv!B3"] == "20x2"
    assert reading.valid is not None
    assert "activity/2023/fete-du-vent" in {item.id for item in reading.valid.changes}


TWINS = """Titre;Année;Ville;Défi
Fête du vent;2023;Vila Maré;Montée des mers
Fête du vent;2022;Vila Maré;Montée des mers
Fête du vent;2023;Porto Salgado;Montée des mers
"""


def test_activities_of_one_name_and_year_are_told_apart_by_the_rest(
    folder: Path, tmp_path: Path, cache: Path
) -> None:
    path, names = tmp_path / "liste.csv", ("2023/fete-du-vent", "2022/fete-du-vent")
    plan = open_plan(folder, "fr", cache=cache)
    reading = taken(plan, path, TWINS, "Claire")
    assert reading.faults == ()
    (remark,) = [remark for remark in reading.remarks if remark.where == "liste.csv!A4"]
    assert "activity/2023/fete-du-vent-2" in remark.made
    assert "liste.csv!A2" in remark.made
    save(plan, reading.changes)
    again = open_plan(folder, "fr", cache=cache)
    places = {
        name: values(again, f"activity/{name}")["place"] for name in (*names, f"{names[0]}-2")
    }
    assert list(places.values()) == [
        ("place/vila-mare",), ("place/vila-mare",), ("place/porto-salgado",)
    ]  # fmt: skip
    coded = [row["activity"] for row in again.rows("codings") if row["coder"] == "coder/claire"]
    assert sorted(map(str, coded)) == sorted(f"activity/{name}" for name in places)
    assert [finding for finding in again.findings if finding.severity == "violation"] == []
    same = taken(again, path, TWINS, "Claire")
    assert (same.faults, same.changes.texts) == ((), {})
    head, *rows_ = TWINS.splitlines()
    turned = taken(again, path, "\n".join((head, *reversed(rows_))), "Claire")
    changed = [item for item in turned.changes.changes if item.kind == "Activity"]
    assert [(item.id, item.row) for item in changed] == [
        ("activity/2023/fete-du-vent-2", "liste.csv!A2"),
        ("activity/2022/fete-du-vent", "liste.csv!A3"),
        ("activity/2023/fete-du-vent", "liste.csv!A4"),
    ]


CITED = "name (en);year;citation\nKelp walk;2023;{}\n"


@pytest.mark.parametrize(
    ("written", "citation", "new"),
    [
        ("Rapport 2023, lignes 3-5", "source/annual-2023#line=2,5", []),
        ("Harbour Cities report 2023, lines 3–5", "source/annual-2023#line=2,5", []),
        ("Informe 2023 de Ciudades Portuarias, línea 7", "source/annual-2023#line=6,7", []),
        ("source/annual-2023 3-5", "source/annual-2023#line=2,5", []),
        ("Rapport 2023, p. 12", "source/rapport-2023-p-12#line=0,1", ["source/rapport-2023-p-12"]),
        ("https://example.org/kelp", "source/https-example-org-kelp#line=0,1",
         ["source/https-example-org-kelp"]),
        ("Compte rendu du 12 mars", "source/compte-rendu-du-12-mars#line=0,1",
         ["source/compte-rendu-du-12-mars"]),
    ],
)  # fmt: skip
def test_citations_are_read_as_people_write_them_and_as_they_are_printed(  # noqa: PLR0913, PLR0917
    folder: Path, tmp_path: Path, cache: Path, written: str, citation: str, new: list[str]
) -> None:
    plan = open_plan(folder, cache=cache)
    reading = taken(plan, tmp_path / "a.csv", CITED.format(written))
    assert reading.faults == ()
    assert [change.id for change in reading.changes.changes] == [*new, "activity/2023/kelp-walk"]
    save(plan, reading.changes)
    again = open_plan(folder, cache=cache)
    assert values(again, "activity/2023/kelp-walk")["citation"] == (citation,)
    if "p. 12" in written:
        assert values(again, new[0])["partOf"] == ("source/annual-2023",)
    same = taken(again, tmp_path / "a.csv", CITED.format(written))
    assert (same.faults, same.changes.texts) == ((), {})


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("Raport 2023 de Villes portuaires, p. 3", "rapport 2023 de villes portuaires"),
        ("Nobody's report, lines 3-5", "is not a citation"),
        ("à voir", "is not a citation"),
        ("Rapport 2023, lignes 30-900", "goes beyond the end"),
    ],
)
def test_a_citation_with_a_typo_or_without_a_source_is_a_fault_at_its_cell(
    folder: Path, tmp_path: Path, cache: Path, written: str, message: str
) -> None:
    reading = taken(open_plan(folder, cache=cache), tmp_path / "a.csv", CITED.format(written))
    (fault,) = reading.faults
    assert fault.where == "a.csv!C2"
    assert message in fault.message


def test_one_language_of_a_name_is_enough_and_the_others_are_listed(
    folder: Path, tmp_path: Path, cache: Path
) -> None:
    reading = taken(
        open_plan(folder, cache=cache), tmp_path / "a.csv", CITED.format("source/annual-2023 3")
    )
    assert reading.faults == ()
    assert reading.untranslated(("en", "fr", "es")) == {"activity/2023/kelp-walk": ("fr", "es")}


def test_a_place_that_the_plan_does_not_have_is_made_on_request(
    folder: Path, tmp_path: Path, cache: Path
) -> None:
    path = tmp_path / "liste.csv"
    text = "Titre;Année;Ville\nBal;2023;Porto Novo, Vila Maré\nCourse;2023;porto  novo\n"
    plan = open_plan(folder, "fr", cache=cache)
    refused = taken(plan, path, text)
    assert [(fault.where, refused.cells[fault.where]) for fault in refused.faults] == [
        ("liste.csv!C2", "Porto Novo, Vila Maré"),
        ("liste.csv!C3", "porto novo"),
    ]
    assert refused.places == ("Porto Novo",)
    reading = result(plan, path, DAY, "Activity", creates_places=True)
    assert reading.faults == ()
    save(plan, reading.changes)
    again = open_plan(folder, "fr", cache=cache)
    assert set(values(again, "activity/2023/bal")["place"]) == {
        "place/porto-novo",
        "place/vila-mare",
    }
    assert values(again, "activity/2023/course")["place"] == ("place/porto-novo",)
    assert values(again, "place/porto-novo")["citation"] == ("source/liste-csv#line=1,2",)
    assert [finding for finding in again.findings if finding.severity == "violation"] == []


@pytest.mark.parametrize("country", ["Allemagne", "Germany", "country/deu"])
def test_the_countries_of_the_world_are_built_in(
    folder: Path, tmp_path: Path, cache: Path, country: str
) -> None:
    path = tmp_path / "Lieux.csv"
    path.write_text(f"nom (fr);pays;référence\nKiel;{country};source/annual-2023 5-6\n", "utf-8")
    plan = open_plan(folder, "fr", cache=cache)
    reading = result(plan, path, DAY)
    assert reading.faults == ()
    save(plan, reading.changes)
    again = open_plan(folder, "fr", cache=cache)
    assert values(again, "place/kiel")["country"] == ("country/deu",)
    assert values(again, "country/deu")["notation"] == ("DEU",)
    assert [finding for finding in again.findings if finding.severity == "violation"] == []


def test_a_long_list_takes_steps_in_line_with_its_rows(
    folder: Path, tmp_path: Path, cache: Path
) -> None:
    plan = open_plan(folder, "fr", cache=cache)
    path = tmp_path / "liste.csv"

    def steps(rows_: int) -> int:
        lines = (f"Fête {at};2023;Vila Maré;Montée des mers;Eau propre" for at in range(rows_))
        path.write_text("Titre;Année;Ville;Défi;Thème\n" + "\n".join(lines), encoding="utf-8")
        read = sheets.read(path, "fr")
        entries = rows.read(plan, read, "Activity").entries
        claims = with_claims(plan, entries, own_list(path, read, "Claire"))
        count = 0

        def trace(frame: FrameType, event: str, _: object) -> TraceFunction | None:
            nonlocal count
            count += event == "line" and "metrograph" in frame.f_code.co_filename
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            proposed = change_set(plan, claims, {}, DAY)
        finally:
            sys.settrace(before)
        # a source and a coder; an activity, two claims and a coding of each row
        assert len(proposed.changes) == 2 + 4 * rows_
        return count

    steps(5)  # fills the caches
    first, second, third = steps(25), steps(50), steps(100)
    assert third - second < 2.5 * (second - first)
