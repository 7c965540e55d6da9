"""Checks that doubtful guesses come first, with what else they could be."""

from pathlib import Path

import pyoxigraph as ox
from openpyxl import Workbook

from metrograph.reading.any_table import reader
from metrograph.reading.any_table.mapping import from_toml
from metrograph.reading.notices import LEFT, Read
from metrograph.vocabulary import MG, RDF, Dcterms
from tests.conftest import Run
from tests.test_anyplan import BASE, elements, made_of, triples, values
from tests.test_anyplan_structure import tree

TABLE = """Goal,Action,Zone,Mark,2026
Air,Filter,North,7,10
Air,Measure,South,9,20
Sea,Dredge,North,4,30
Sea,Count,South,3,40
"""


def test_doubtful_guesses_are_listed_first_with_what_else_they_could_be(
    tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(TABLE)
    result = run("import", str(path), "--new", str(tmp_path / "new"), "--dry-run")
    lines = [line for line in (result.stdout + result.stderr).splitlines() if "plan.csv!" in line]
    assert 0 < len(lines) <= 10
    assert all("could also be" in line for line in lines)
    assert any("Mark" in line and "Target" in line for line in lines)
    assert any("2026" in line and "Budget" in line for line in lines)
    everything = run("import", str(path), "--new", str(tmp_path / "b"), "--dry-run", "--all")
    assert "Goal → Level 1" in everything.stdout + everything.stderr


def test_what_the_headings_say_is_not_doubtful() -> None:
    made = made_of("Goal|Action|Owner|Budget 2026\nAir|A|Ann|1\nAir|B|Bob|2\nSea|C|Ann|3")
    assert [remark for remark in made.remarks if remark.doubt] == []


def test_columns_in_other_languages_are_names_of_the_same_elements() -> None:
    made = made_of("id|title_ca|title_es|title_en\n1|Aigua|Agua|Water\n2|Aire|Aire|Air")
    assert labels(made, "title-en/1") == {("Water", "en"), ("Aigua", "ca"), ("Agua", "es")}
    assert values(made, "plan/2024", Dcterms.language) == {"en", "ca", "es"}
    assert values(made, "plan/2024", MG.labelLanguage) == {"en"}


def test_names_in_other_languages_than_the_plans_keep_theirs(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "metas.csv"
    path.write_text("id,title_ca,title_es\n1,Aigua,Agua\n2,Llum,Luz\n", encoding="utf-8")
    assert labels(reader.read(path, BASE, "fr"), "title-ca/1") == {("Aigua", "ca"), ("Agua", "es")}
    done = run("import", str(path), "--new", str(tmp_path / "plan"), "--lang", "fr")
    assert done.returncode == 0  # no violation


BLANKS = "Axis,Action,Lead\nAir,Filter,Ann\n,Count,Bob\n,Dredge,Ann\n,Fish,Bob\n,Swim,Ann"
AGAIN = (
    "Goal,Theme,Town A,Town B\nAir,Dust,1,0\nAir,Dust,0,1\nAir,Dust,1,1\nSea,Fish,0,0\nSea,Fish,1,0"
)


def test_blanks_below_a_single_name_are_asked_with_both_trees(tmp_path: Path, run: Run) -> None:
    made = made_of(BLANKS.replace(",", "|"))
    first = max(made.remarks, key=lambda remark: remark.doubt)
    assert "1: Axis 1, Action 5 (Air > Filter; Air > Count; Air > Dredge)" in first.made
    assert "2: Axis 1, Action 5 (Air > Filter; Count; Dredge)" in first.made
    assert made.other == 'blanks = "none"'
    path = tmp_path / "plan.csv"
    path.write_text(BLANKS)
    done = run("import", str(path), "--new", str(tmp_path / "new"), "--dry-run")
    assert "Two structures fit" in done.stderr.splitlines()[1]
    other = reader.read(path, BASE, "en", from_toml(made.other))
    assert tree(other) == ["Air", "  Filter", "Count", "Dredge", "Fish", "Swim"]
    assert other.other == ""


def test_rows_of_one_name_are_asked_with_both_trees() -> None:
    made = made_of(AGAIN.replace(",", "|"))
    assert made.other == 'names = "once"'
    first = max(made.remarks, key=lambda remark: remark.doubt)
    assert "Theme 5" in first.made
    assert "Theme 2" in first.made


def test_a_structure_that_is_clear_is_not_asked() -> None:
    clear = "Axis,Action\nAir,Filter\n,Count\nSea,Dredge\n,Fish\n,Swim"
    assert made_of(clear.replace(",", "|")).other == ""


def labels(made: Read, subject: str) -> set[tuple[str, str]]:
    return {
        (triple.object.value, triple.object.language or "")
        for triple in triples(made)
        if triple.subject == ox.NamedNode(BASE + subject)
        and triple.predicate == ox.NamedNode(RDF.label)
        and isinstance(triple.object, ox.Literal)
    }


def test_a_text_that_is_a_formula_is_not_a_name_and_is_stated_with_its_cell() -> None:
    made = made_of('Pillar|Focus|Action\nP1|=A2&"."&B2|Read\nP1|=A3&"."&B3|Write\nP2|=A4|Count')
    assert [remark.where for remark in made.remarks if remark.kind == LEFT] == [
        "plan!B2",
        "plan!B3",
        "plan!B4",
    ]
    assert [column.role for column in made.mapping.columns] == ["level", "left", "level"]


def test_a_weight_is_not_progress() -> None:
    made = made_of("Axe|Action|Pondération|Avancement\nA|X|40%|75%\nA|Y|60%|20%\nB|Z|100%|0%", "fr")
    assert [column.role for column in made.mapping.columns[2:]] == ["note", "progress"]


def test_sheets_of_one_form_are_one_plan_with_their_names_as_its_highest_level(
    tmp_path: Path,
) -> None:
    book = Workbook()
    for name, actions in {"Goal 1 Homes": ["Rent", "Repair"], "Goal 2 Parks": ["Plant"]}.items():
        sheet = book.create_sheet(name)
        sheet.append(["Strategy", "Initiative", "Lead"])
        for action in actions:
            sheet.append(["Build", action, "Works"])
    path = tmp_path / "plan.xlsx"
    book.save(path)
    made = reader.read(path, BASE, "en")
    assert elements(made) == {
        "goal": ["Goal 1 Homes", "Goal 2 Parks"],
        "strategy": ["Build", "Build"],
        "initiative": ["Rent", "Repair", "Plant"],
    }
    assert [remark for remark in made.remarks if remark.kind == LEFT] == []
