"""Checks that tables of plans that nobody described become plans, with every row and cell.

The tables in `data/exchange/tables` are small and of many kinds; what must come of each was worked
out by reading it.
"""

import io
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from metrograph.errors import InputError
from metrograph.plan import open_plan
from metrograph.reading.any_table import context, reader
from metrograph.reading.any_table import roles as guessing
from metrograph.reading.any_table.mapping import from_toml
from metrograph.reading.any_table.reader import Defaults, completed, plan_of
from metrograph.reading.notices import KEPT, LEFT, READ, Read
from metrograph.reading.sheets import Row, Sheet, letters
from metrograph.reading.sheets import read as read_sheets
from metrograph.store import new_plan
from metrograph.store.records import with_records
from metrograph.text import folded
from metrograph.vocabulary import MG, RDF, Dcterms, Skos
from tests.conftest import Run

TABLES = Path(__file__).parent / "data" / "exchange" / "tables"
BARCELONA = Path(__file__).parents[2] / "shared" / "samples" / "barcelona-action-plans.csv"
BASE = "https://example.org/town/"
BAD = "violation"
HEADS: list[str | None] = [
    "Goal", "Action", "Ref", "Target 2025", "Baseline", "Start", "End", "Owner", "Ward", "X",
    "Indicator", "Unit", "% complete", "Budget", "Status", "Type", "Link", None,
]  # fmt: skip
SOME: dict[str, list[str | None]] = {
    "text": ["Walk", "Swim", "walk", "Ride", None],
    "few": ["Air", "Sea", None],
    "outline": ["1", "1.1", "1.2", "2", "2.1.1", "A.1", "IV", None],
    "numbered": ["1 Air", "1.1 Sea", "Goal 2: Land", "2.1.3 Sky", None],
    "figure": ["45 %", "1,200", "£2m", "-3", "130%", "12 km", "n/a", "0.5 (2019)", None],
    "day": ["2024", "7 oct. 2023", "01/02/2025", "Q3 2024", "2021-2023", "TBC", None],
    "link": ["https://example.org/a", "http://example.org/%zz", "javascript:1", None],
    "odd": ["Total", "Note: x", "a; b / c", "\x1b", "<p>x</p>", "北京", "../..", "é" * 90, None],
    "state": ["Done", "On track", "Delayed", None],
}
DEFAULTS = Defaults(BASE, "en", "plan", 2024)


def triples(made: Read) -> set[ox.Triple]:
    return {
        triple
        for _, records in made.draft.files.values()
        for record in records
        for triple in record.triples()
    }


def values(made: Read, subject: str, predicate: str) -> set[str]:
    """Return what is said of an id, ids without the base."""
    return {
        triple.object.value.removeprefix(BASE)
        for triple in triples(made)
        if triple.subject == ox.NamedNode(BASE + subject)
        and triple.predicate == ox.NamedNode(predicate)
        and isinstance(triple.object, ox.NamedNode | ox.Literal)
    }


def value(made: Read, subject: str, predicate: str) -> str:
    (only,) = values(made, subject, predicate)
    return only


def elements(made: Read) -> dict[str, list[str]]:
    """Return the names of the elements of each level, in the order of the table."""
    found: dict[str, list[str]] = {}
    for record in made.draft.files["elements.ttl"][1]:
        said = dict(record.facts)
        if MG.level in said:
            level = said[MG.level][0].value.removeprefix(BASE + "level/")
            found.setdefault(level, []).append(said[RDF.label][0].value)
    return found


def roles(name: str) -> list[str]:
    """Return the roles of a table's columns, levels with their depths."""
    (sheet,) = read_sheets(TABLES / name)
    return [
        f"{one.role} {one.depth}" if one.depth else one.role
        for one in guessing.guess(sheet).columns
    ]


def made_of(text: str, lang: str = "en") -> reader.ReadTable:
    lines = [line.split("|") for line in text.strip("\n").split("\n")]
    return from_rows([[cell.strip() or None for cell in line] for line in lines], lang)


def from_rows(rows: list[list[str | None]], lang: str = "en", base: str = BASE) -> reader.ReadTable:
    sheet = Sheet("plan", tuple(Row(at, tuple(row)) for at, row in enumerate(rows, 1) if any(row)))
    return plan_of(sheet, context.as_csv(sheet, "plan"), replace(DEFAULTS, lang=lang, base=base))


def figures(made: Read) -> set[tuple[str, str, str, str, str]]:
    """Return indicator, element, kind, year and value of each figure."""
    found = set()
    for record in made.draft.files["figures.ttl"][1]:
        said = {name: values_[0].value for name, values_ in record.facts if values_}
        if said[RDF.type] == MG.Observation:
            found.add(
                (
                    said[MG.ofIndicator].removeprefix(BASE + "indicator/"),
                    said[MG.subject].removeprefix(BASE),
                    said[MG.valueType].rpartition("#")[2],
                    said.get(MG.year, ""),
                    said[MG.value],
                )
            )
    return found


# ---------------------------------------------------------------- tables of many kinds


def test_an_english_council_plan_with_blanks_for_what_is_above_and_numbers_before_names() -> None:
    made = reader.read(TABLES / "council.csv", BASE, "en")
    assert roles("council.csv") == [
        "level 1", "level 2", "number", "level 3", "owner", "end", "status", "note"
    ]  # fmt: skip
    found = elements(made)
    assert found["priority"] == ["Warm homes", "Green travel", "A fair start"]
    assert [len(names) for names in found.values()] == [3, 5, 7]
    assert value(made, "action/2.1.2", MG.partOf) == "objective/2.1"
    assert value(made, "objective/2.1", MG.partOf) == "priority/2"
    assert value(made, "objective/2.1", RDF.label) == "Safer walking"
    assert value(made, "priority/2", MG.ofPlan) == "plan/2023-2026"
    assert value(made, "action/1.1.1", MG.endDate) == "2025-03-31"
    assert value(made, "action/1.1.1", MG.citation) == "source/council#line=4,5"
    assert values(made, "stakeholder/lead-officer/road-safety-team", MG.stakeIn) == {"action/2.1.1"}
    assert value(made, "action/2.1.1", MG.status) == "status/red"
    assert value(made, "action/3.1.1", Skos.note) == "Due date: TBC"
    assert values(made, "plan/2023-2026", Skos.note) == {
        "Updated 3 April 2024",
        "Source: Corporate Policy Team",
    }
    assert [one.where for one in made.remarks if one.kind == LEFT] == ["council.csv!A11"]


def test_a_french_table_in_windows_1252_with_days_and_figures_in_words() -> None:
    made = reader.read(TABLES / "ville.csv", BASE, "fr")
    assert roles("ville.csv") == [
        "level 1", "level 2", "level 3", "owner", "start", "end", "progress", "budget", "status"
    ]  # fmt: skip
    assert [len(names) for names in elements(made).values()] == [2, 4, 6]
    assert value(made, "action/1.1.1", RDF.label) == "Rénover l'éclairage des écoles"
    assert value(made, "action/1.1.1", MG.startDate) == "2023-10-07"
    assert value(made, "action/1.1.1", MG.endDate) == "2025-06"
    assert value(made, "action/1.2.1", MG.startDate) == "2024-03-01"
    assert value(made, "action/1.2.1", MG.endDate) == "2026"
    by_element = {(name, at): number for name, at, _, _, number in figures(made)}
    assert by_element["taux-d-avancement", "action/2.2.1"] == "25.5"
    assert by_element["budget", "action/1.1.1"] == "1200000"
    assert by_element["budget", "action/1.1.2"] == "850000.5"
    assert len(by_element) == 6 + 5  # one budget is not known
    assert values(made, "action/2.1.2", Skos.note) == {"Budget (€): n. c."}
    assert value(made, "indicator/taux-d-avancement", MG.unit) == MG.percent
    assert value(made, "unit/eur", RDF.label) == "€"


def test_a_spanish_table_of_indicators_with_baseline_and_yearly_targets() -> None:
    made = reader.read(TABLES / "metas.txt", BASE, "es")
    assert elements(made)["objetivo"] == [
        "Ampliar la red de agua",
        "Tratar las aguas residuales",
        "Renovar el transporte público",
        "Proteger a quien camina",
    ]
    found = figures(made)
    assert len(found) == 6 * 4 - 1  # one target is not known
    assert ("hogares-con-agua-potable", "objetivo/1.1", "baseline", "2019", "78.5") in found
    assert ("nuevas-conexiones", "objetivo/1.1", "target", "2023", "2100") in found
    assert ("muertes-de-peatones", "objetivo/2.2", "target", "2022", "30") in found
    assert value(made, "indicator/nuevas-conexiones", MG.unit) == "unit/conexiones"
    assert value(made, "indicator/hogares-con-agua-potable", MG.unit) == MG.percent
    assert values(made, "objetivo/2.2", Skos.note) == {"Meta 2023: s/d"}
    assert value(made, "plan/2021-2023", MG.startDate) == "2021"
    merged = [one.where for one in made.remarks if "row" in one.made.lower() and one.kind == READ]
    assert [where for where in merged if where in ("metas.txt!A3", "metas.txt!A6")] == merged


def test_levels_only_by_outline_number_are_called_as_another_column_says() -> None:
    made = reader.read(TABLES / "outline.csv", BASE, "en")
    assert roles("outline.csv") == ["number", "level 1", "kind", "status"]
    found = elements(made)
    assert {level: len(names) for level, names in found.items()} == {
        "goal": 2,
        "outcome": 3,
        "action": 5,
    }
    assert value(made, "action/2.1.10", MG.partOf) == "outcome/2.1"
    assert value(made, "action/2.1.10", MG.position) == "10"


def test_levels_in_numbers_before_each_name_under_a_title() -> None:
    made = reader.read(TABLES / "objetivos.csv", BASE, "es")
    assert elements(made) == {
        "objetivo": ["Mejorar la calidad del aire", "Acercar la cultura"],
        "meta": [
            "Reducir las partículas en un 20 %",
            "Plantar 5 000 árboles",
            "Abrir cuatro bibliotecas",
            "Ofrecer 60 conciertos al año",
            "Digitalizar el archivo",
        ],
    }
    assert value(made, "plan/2020-2024", RDF.label) == "Plan municipal 2020-2024"
    assert value(made, "meta/2.3", MG.partOf) == "objetivo/2"


def test_a_table_of_one_level() -> None:
    made = reader.read(TABLES / "projects.csv", BASE, "en")
    assert roles("projects.csv") == ["level 1", "location", "budget", "start", "end"]
    assert len(elements(made)["project"]) == 4
    assert value(made, "project/4", MG.place) == "place/hillside"
    assert ("budget", "project/4", "projection", "", "1500000") in figures(made)
    assert value(made, "unit/gbp", RDF.label) == "£"


def test_a_table_without_a_header() -> None:
    made = reader.read(TABLES / "ohne-kopf.csv", BASE, "de")
    found = elements(made)
    assert found["level-1"] == ["Bildung", "Verkehr", "Umwelt"]
    assert len(found["level-2"]) == 6
    assert value(made, "level-2/1.1", MG.startDate) == "2024-08-01"
    assert values(made, "level-2/1.1", Skos.note) == {"C: Amt für Schule", "E: 35"}


def test_lone_rows_over_others_are_a_level_and_a_row_of_sums_is_none() -> None:
    made = reader.read(TABLES / "sections.csv", BASE, "en")
    assert elements(made) == {
        "level-1": ["HEALTHY PEOPLE", "STRONG PLACES"],
        "action": [
            "Open a walking club", "Offer free swimming", "Plant 300 trees", "Fund street parties"
        ],
    }  # fmt: skip
    assert [(one.where, one.found) for one in made.remarks if one.kind == LEFT] == [
        ("sections.csv!A8", "Total | 4")
    ]


def test_stairs_of_names_in_a_language_of_which_no_word_is_known() -> None:
    made = reader.read(TABLES / "stairs.csv", BASE, "nb")
    assert [len(names) for names in elements(made).values()] == [2, 3, 5]
    assert value(made, "tiltak/2.1.2", RDF.label) == "Holde biblioteket åpent"
    assert value(made, "tiltak/1.2.1", MG.partOf) == "delmal/1.2"


def test_goals_objectives_and_actions_named_by_word_and_number_without_a_header() -> None:
    made = reader.read(TABLES / "goals.csv", BASE, "en")
    found = elements(made)
    assert {level: len(names) for level, names in found.items()} == {
        "goal": 2,
        "objective": 3,
        "action": 4,
    }
    assert found["goal"] == ["Inclusive growth", "Sustainable city"]
    assert value(made, "action/1.2.1", RDF.label) == "Pay a school allowance"
    assert value(made, "action/1.2.1", MG.partOf) == "objective/1.2"
    assert value(made, "action/1.1.1", MG.startDate) == "2024-10"
    assert value(made, "action/1.1.1", MG.endDate) == "2024-12"


def test_indicators_with_a_target_and_an_actual_figure_for_each_year() -> None:
    made = reader.read(TABLES / "kpi.csv", BASE, "en")
    assert elements(made) == {"strategic-goal": ["Healthy City", "Green City", "Smart City"]}
    found = figures(made)
    assert len(found) == 5 * 5 - 1  # one actual figure is missing
    assert ("co2-emissions", "strategic-goal/2", "baseline", "2018", "5.2") in found
    assert ("trees-planted", "strategic-goal/2", "actual", "2023", "3100") in found
    assert ("smokers", "strategic-goal/1", "target", "2022", "17") in found
    assert value(made, "indicator/co2-emissions", MG.unit) == "unit/t-per-head"
    assert values(made, "indicator/trees-planted", MG.measures) == {"strategic-goal/2"}


def test_rows_that_name_the_code_of_the_row_they_are_part_of() -> None:
    made = reader.read(TABLES / "results.csv", BASE, "ca")
    assert {level: len(names) for level, names in elements(made).items()} == {
        "level-1": 2,
        "title-ca": 3,
    }
    assert value(made, "title-ca/104", MG.partOf) == "level-1/103"
    assert value(made, "title-ca/105", Dcterms.description) == "- un\n- dos"
    assert value(made, "title-ca/102", MG.status) == "status/finalitzat"


def test_numbered_axes_and_actions_under_a_title_with_spans_of_years() -> None:
    made = reader.read(TABLES / "wide.csv", BASE, "fr")
    assert elements(made)["axe"] == ["Bâtiments sobres", "Mobilités", "Eau"]
    assert value(made, "axe/2", RDF.label) == "Mobilités"
    assert value(made, "action/4", MG.partOf) == "axe/2"
    assert value(made, "action/4", MG.startDate) == "2025"
    assert value(made, "action/4", MG.endDate) == "2028"
    assert ("cout-total", "action/4", "projection", "", "2800") in figures(made)
    assert value(made, "plan/2024-2030", RDF.label) == "Plan climat 2024-2030"


def test_levels_are_found_among_rows_in_any_order_under_headings_in_any_language() -> None:
    parts = {"Ilma": ["Pöly", "Melu"], "Vesi": ["Ranta", "Kaivo"], "Maa": ["Pelto", "Suo"]}
    rows: list[list[str | None]] = [
        [f"{['Anna', 'Ville', 'Liisa'][at % 3]}", part, theme, f"Teko {theme} {part} {at}"]
        for theme, names in parts.items()
        for part in names
        for at in range(4)
    ]
    random.Random(3).shuffle(rows)  # noqa: S311  the same order each time
    made = from_rows([["Kuka", "Osa", "Teema", "Nimi"], *rows], "fi")
    assert {level: sorted(set(names)) for level, names in elements(made).items()} == {
        "teema": ["Ilma", "Maa", "Vesi"],
        "osa": ["Kaivo", "Melu", "Pelto", "Pöly", "Ranta", "Suo"],
        "nimi": sorted(str(row[3]) for row in rows),
    }


def test_a_cell_of_several_lines_is_cited_whole(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text('Action,Description\nOne,"first\nsecond\nthird"\nTwo,x\n', newline="")
    made = reader.read(path, BASE, "en")
    assert value(made, "action/1", MG.citation) == "source/plan#line=1,4"
    assert value(made, "action/2", MG.citation) == "source/plan#line=4,5"
    assert value(made, "action/1", Dcterms.description) == "first\nsecond\nthird"


def test_a_row_before_all_names_is_a_note_of_the_plan() -> None:
    made = made_of("Goal|Action|Who\n||Ann\nA|One|Bob\nA|Two|Ann\nB|Three|Bob")
    assert values(made, "plan/2024", Skos.note) == {"Ann"}


def test_indented_names_are_levels() -> None:
    made = reader.read(TABLES / "indent.csv", BASE, "en")
    assert [len(names) for names in elements(made).values()] == [2, 3, 4]
    assert value(made, "programme/1.1.2", RDF.label) == "Convert the mill"
    assert ("cost", "programme/2.1.1", "projection", "", "350000") in figures(made)


def test_a_workbook_with_a_title_above_groups_of_headings_and_sums_below(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Plan"
    for row in [
        ["Regional plan 2024-2026"],
        [],
        [None, None, None, "Target", None, "Budget"],
        ["Theme", "Measure", "Begin", 2025, 2026, 2025],
        ["Energy", "Solar roofs", date(2024, 3, 1), 0.4, 0.8, 120000],
        ["Energy", "Heat pumps", date(2024, 9, 1), 0.25, 0.5, 45000.5],
        ["Water", "Mend pipes", date(2025, 1, 15), 0.6, 1, 300000],
        ["Water", "Clean rivers", date(2025, 4, 1), 0.1, 0.3, 80000],
        ["Total", None, None, None, None, 545000.5],
    ]:
        sheet.append(row)
    for cell in [cell for row in sheet["D5:E8"] for cell in row]:
        cell.number_format = "0%"
    book.create_sheet("Notes").append(["See the first sheet."])
    book.save(tmp_path / "plan.xlsx")
    made = reader.read(tmp_path / "plan.xlsx", BASE, "en")
    assert elements(made) == {
        "theme": ["Energy", "Water"],
        "measure": ["Solar roofs", "Heat pumps", "Mend pipes", "Clean rivers"],
    }
    found = figures(made)
    assert ("solar-roofs", "measure/1.1", "target", "2026", "80") in found
    assert ("budget", "measure/1.2", "projection", "2025", "45000.5") in found
    assert len(found) == 4 * 3
    assert value(made, "measure/2.1", MG.startDate) == "2025-01-15"
    assert {one.where for one in made.remarks if one.kind == LEFT} == {"Plan!A9", "Notes"}
    text = made.draft.texts["sources/plan.csv"].splitlines()
    cited = value(made, "measure/2.2", MG.citation)
    assert cited == "source/plan#line=6,7"
    assert text[6].startswith("Water,Clean rivers,2025-04-01,10%,30%,80000")


# ---------------------------------------------------------------- the whole way


def violations(folder_: Path, cache: Path, made: Mapping[str, Read]) -> list[str]:
    """Return the violations of plans, built as one graph, which takes as long as one of them."""
    folder_.mkdir()
    for name, one in made.items():
        draft = replace(one.draft, base=f"{BASE}{name}/")
        for path in new_plan.write(folder_.parent / name, draft).glob("*.ttl"):
            (folder_ / f"{name}-{path.name}").write_bytes(path.read_bytes())
    plan = open_plan(folder_, "en", cache)
    assert len(plan.query("plans").rows) == len(made)
    return [f"{one.file}:{one.line} {one.shape}" for one in plan.findings if one.severity == BAD]


def test_the_plans_of_all_tables_are_without_a_violation(tmp_path: Path, cache: Path) -> None:
    made = {path.stem: reader.read(path, f"{BASE}{path.stem}/", "en") for path in TABLES.iterdir()}
    assert len(made) == 14
    assert violations(tmp_path / "all", cache, made) == []


def test_the_plan_of_a_table_is_asked_at_once(tmp_path: Path, cache: Path) -> None:
    made = reader.read(TABLES / "metas.txt", BASE, "es")
    plan = open_plan(new_plan.write(tmp_path / "plan", made.draft), "es", cache)
    assert [one for one in plan.findings if one.severity != "info"] == []
    assert len(plan.query("plan-tree").rows) == 2 + 4
    assert len(plan.query("figures-of-indicator", indicator="indicator/agua-tratada").rows) == 4
    assert plan.coverage().cells == {}


def test_plans_of_tables_of_whatever_cells_are_without_a_violation(
    tmp_path: Path, cache: Path
) -> None:
    chance = random.Random(7)  # noqa: S311  the same tables each time
    made = {}
    for number in range(60):
        wide, long = chance.randint(1, 7), chance.randint(1, 15)
        kinds = [chance.choice(list(SOME)) for _ in range(wide)]
        rows: list[list[str | None]] = [
            [chance.choice(SOME[kind]) for kind in kinds] for _ in range(long)
        ]
        if not any(cell for row in rows for cell in row):
            continue
        head = [[chance.choice(HEADS) for _ in kinds]] if number % 3 else []
        base = f"{BASE}t{number}/"
        made[f"t{number}"] = from_rows([*head, *rows], base=base)
    assert violations(tmp_path / "all", cache, made) == []


def test_barcelonas_plan_comes_through_with_every_row(tmp_path: Path, cache: Path) -> None:
    if not BARCELONA.exists():
        pytest.skip("the sample is not beside the project")
    made = reader.read(BARCELONA, BASE, "ca")
    found = elements(made)
    assert {level: len(names) for level, names in found.items()} == {
        "categoria": 5,
        "subcategoria": 29,
        "titol": 1467,
    }
    assert value(made, "titol/6410", RDF.label) == "Circuits esportius al barri del Rectoret"
    assert value(made, "titol/6410", Dcterms.description) == (
        "Instal·lacio d'aparells de gimnàstica per totes les edats"
    )
    assert value(made, "titol/6410", MG.place) == "place/sarria-sant-gervasi"
    assert value(made, "titol/6410", Dcterms.source) == (
        "https://decidim.barcelona/action_plans/6410"
    )
    assert value(made, value(made, "titol/6410", MG.partOf), RDF.label) == "Esports"
    noted = Counter(one.found for one in made.remarks if one.kind == KEPT)
    assert set(noted) == {"Propostes", "Suports", "Comentaris", "Participants", "Intervencions"}
    assert all("1467" in one.made for one in made.remarks if one.kind == KEPT)
    plan = open_plan(new_plan.write(tmp_path / "plan", made.draft), "en", cache)
    assert [one for one in plan.findings if one.severity != "info"] == []


# ---------------------------------------------------------------- guesses, and their correction


def test_every_column_has_its_reason_in_the_language_asked_for() -> None:
    (sheet,) = read_sheets(TABLES / "council.csv")
    for lang in ("en", "fr", "es"):
        mapping = guessing.guess(sheet, lang)
        assert len(mapping.columns) == 8
        assert all(one.reason for one in mapping.columns)
    assert mapping.columns[6].reason == "La mayoría de las celdas describen un estado."


@pytest.mark.parametrize("name", sorted(path.name for path in TABLES.iterdir()))
def test_a_mapping_that_is_written_reads_as_the_same_and_makes_the_same_plan(name: str) -> None:
    (sheet,) = read_sheets(TABLES / name)
    mapping = guessing.guess(sheet)
    again = from_toml(mapping.to_toml())
    bare = tuple(replace(one, reason="") for one in mapping.columns)
    assert again == replace(mapping, reason="", columns=bare)
    by_guess = reader.read(TABLES / name, BASE, "en")
    by_mapping = reader.read(TABLES / name, BASE, "en", again)
    assert triples(by_mapping) == triples(by_guess)


def test_the_command_writes_the_mapping_and_takes_it_back(run: Run, tmp_path: Path) -> None:
    table, written = TABLES / "council.csv", tmp_path / "map.toml"
    asked = ("import", table, "--base", BASE, "--new")
    assert run(*asked, tmp_path / "first", "--write-map", written).returncode == 0
    (sheet,) = read_sheets(table)
    assert written.read_text(encoding="utf-8") == guessing.guess(sheet).to_toml()
    assert run(*asked, tmp_path / "second", "--map", written).returncode == 0
    first, second = (
        {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / name).glob("*.ttl")}
        for name in ("first", "second")
    )
    assert first
    assert first == second


def test_a_guess_can_be_corrected() -> None:
    (sheet,) = read_sheets(TABLES / "ohne-kopf.csv")
    text = guessing.guess(sheet).to_toml()
    for letter, role in (("C", "owner"), ("E", "progress")):
        text = re.sub(rf'(column = "{letter}"\n.*\nrole = )"note"', rf'\1"{role}"', text)
    made = reader.read(TABLES / "ohne-kopf.csv", BASE, "de", from_toml(text))
    assert values(made, "stakeholder/c/jugendamt", MG.stakeIn) == {"level-2/1.2"}
    assert ("e", "level-2/2.2", "actual", "", "100") in figures(made)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("header = ", "not valid TOML"),
        ("a = " + "[" * 5_000, "nested too deeply"),
        (f"header = {'9' * 5_000}", "digits"),
        ('header = "one"', "header must be a number"),
        ('hierarchy = "ladder"', "hierarchy must be one of"),
        (
            '[[columns]]\ncolumn = "A"\nrole = "tittle"',
            "column A: role must be one of .*, not tittle",
        ),
        ('[[columns]]\ncolumn = "A"\nrole = "level"', "a level requires a depth"),
        ('[[columns]]\ncolumn = "4"', "column must be a letter"),
        ('[[columns]]\ncolumn = "A"\n[[columns]]\ncolumn = "A"', "is listed twice"),
        ("columns = 3", r"\[\[columns\]\]"),
    ],
)
def test_a_mapping_that_is_none_is_refused_with_a_sentence(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        from_toml(text)


def test_a_sheet_that_a_mapping_names_and_the_workbook_has_not_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Goal", "Action"])
    book.create_sheet("More").append(["a", "b"])
    book.save(tmp_path / "plan.xlsx")
    with pytest.raises(InputError, match=r"no sheet “Other”.*Sheet, More"):
        reader.read(tmp_path / "plan.xlsx", BASE, "en", from_toml('sheet = "Other"'))


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("\n")
    with pytest.raises(InputError, match="this table is empty"):
        reader.read(path, BASE, "en")


# ---------------------------------------------------------------- single ways of writing


def test_years_in_a_second_row_of_headings_belong_to_what_is_over_them() -> None:
    made = made_of(
        """
Action|Owner|Target||Budget|
||2025|2026|2025|2026
Walk|Ann|10|20|€5|€6
Swim|Bob|30|40|€7|€8
Ride|Ann|50|60|€9|€10
"""
    )
    assert elements(made) == {"action": ["Walk", "Swim", "Ride"]}
    assert ("swim", "action/2", "target", "2026", "40") in figures(made)
    assert ("budget", "action/3", "projection", "2026", "10") in figures(made)
    assert len(figures(made)) == 3 * 4


def test_a_missing_name_within_a_level_is_skipped() -> None:
    made = made_of(
        """
Theme|Goal|Action
Air|Less dust|Wet the roads
Air||Plant hedges
Air|Less dust|Close the quarry
Sea|Clean beaches|Ban bags
Sea|Clean beaches|Sweep daily
Sea|Less noise|Slow boats
"""
    )
    assert elements(made)["goal"] == ["Less dust", "Clean beaches", "Less noise"]
    assert value(made, "action/1.2", RDF.label) == "Plant hedges"
    assert value(made, "action/1.2", MG.partOf) == "theme/1"


def test_rows_that_say_the_same_twice_are_said_and_made_once() -> None:
    made = made_of("Goal|Action|Who\nA|One|Ann\nA|Two|Bob\nA|One|Ann\nB|Three|Ann")
    assert elements(made)["action"] == ["One", "Two", "Three"]
    assert [(one.where, one.made) for one in made.remarks if one.kind == LEFT] == [
        ("plan!A4", "The same as row 2: skipped.")
    ]


def test_rows_of_one_name_that_differ_are_two_elements() -> None:
    made = made_of("Goal|Action|Where\nA|Paint|North\nA|Mend|North\nA|Paint|South\nB|Sell|South")
    assert elements(made)["action"] == ["Paint", "Mend", "Paint", "Sell"]


def test_a_number_without_the_one_above_it_gets_a_stand_in() -> None:
    made = made_of("No|Title\n1|Air\n1.1|Less dust\n1.1.1|Wet roads\n2.1|Clean sea\n2.1.1|Ban bags")
    assert value(made, "level-2/2.1", MG.partOf) == "level-1/2"
    assert value(made, "level-1/2", RDF.label) == "2"


def test_numbers_that_disagree_with_the_place_are_kept_without_a_position() -> None:
    made = made_of(
        """
Ref|Aim|Action
A.7|Air|Wet roads
A.9|Air|Plant hedges
B.2|Sea|Ban bags
B.3|Sea|Sweep
"""
    )
    (sweep,) = (
        one.subject.value.removeprefix(BASE)
        for one in triples(made)
        if one.object == ox.Literal("Sweep", language="en")
        and isinstance(one.subject, ox.NamedNode)
    )
    assert values(made, sweep, MG.position) == {"2"}  # the aim above has no number


def test_an_end_before_its_start_stays_as_a_note() -> None:
    made = made_of(
        "Action|Start|End\nOne|2024-05-01|2024-03-01\nTwo|2024-01-01|2024-02-01\nThree|2024|2025"
    )
    assert values(made, "action/1", MG.endDate) == set()
    assert values(made, "action/1", Skos.note) == {"End: 2024-03-01"}


def test_percentages_beyond_a_hundred_are_in_a_unit_of_their_own() -> None:
    made = made_of("Action|Progress\nOne|50 %\nTwo|120 %\nThree|0 %")
    assert len(figures(made)) == 3
    assert value(made, "indicator/progress", MG.unit) == "unit/percentage"


def test_hostile_names_stay_texts(tmp_path: Path, cache: Path) -> None:
    rows: list[list[str | None]] = [["Goal", "Action", "Link"]]
    rows += [
        ["../../x", f'<b>"{at}"</b> \x1b[31m\ud800 . <x> a <y>', "javascript:alert(1)"]
        for at in range(4)
    ]
    made = from_rows(rows)
    assert elements(made)["action"][0] == '"0" \x1b[31m? . <x> a <y>'
    plan = open_plan(new_plan.write(tmp_path / "plan", made.draft), "en", cache)
    assert [one for one in plan.findings if one.severity != "info"] == []
    assert [path.name for path in tmp_path.iterdir() if path != cache] == ["plan"]


# ---------------------------------------------------------------- for any table

WORDS = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo", "Nd", "Zs", "Po", "Sm"]))
CELLS = st.one_of(
    st.none(),
    WORDS,
    st.sampled_from(["Goal", "Total", "1", "1.1", "2.", "Goal 1", "In progress", "45 %", "2024",
                     "7 oct. 2023", "€ 1,200", "n/a", "Note: x", "a;b", "https://example.org/a"]),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=12)


def found_in(made: Read) -> Iterator[str]:
    for triple in triples(made):
        if isinstance(triple.object, ox.Literal | ox.NamedNode):
            yield triple.object.value
    for one in made.remarks:
        yield one.found


def words(text: str) -> list[str]:
    """Return the words of a text; digits are a word of their own, so that 5km is 5 and km."""
    return re.findall(r"[^\W\d_]+|\d+", folded(text))


@given(ROWS)
@settings(max_examples=150, deadline=None)
def test_every_word_of_every_cell_is_found_and_the_plan_can_be_read(
    rows: list[list[str | None]],
) -> None:
    kept = [[cell if cell and cell.strip() else None for cell in row] for row in rows]
    if not any(map(any, kept)):
        return
    made = from_rows(kept)
    known = {one for text in found_in(made) for one in words(text)}
    known |= {"7", "oct", "1", "200", "1200"}  # in days and figures, as written and as read
    for row in kept:
        for cell in row:
            assert set(words(cell or "")) <= known, cell
    for about, records in made.draft.files.values():
        text = with_records(f"# {about}\n@base <{BASE}> .\n", records)
        parsed = {quad.triple for quad in ox.parse(io.BytesIO(text.encode()), ox.RdfFormat.TURTLE)}
        assert parsed == {triple for record in records for triple in record.triples()}


@given(ROWS)
@settings(max_examples=100, deadline=None)
def test_every_row_of_any_table_is_an_element_or_is_named(rows: list[list[str | None]]) -> None:
    kept = [[cell if cell and cell.strip() else None for cell in row] for row in rows]
    if not any(map(any, kept)):
        return
    made = from_rows(kept)
    cited = {
        line
        for triple in triples(made)
        if triple.predicate == ox.NamedNode(MG.citation)
        if isinstance(triple.object, ox.NamedNode)
        for line in range_of(triple.object.value)
    }
    named = {int(found[1]) for one in made.remarks if (found := re.search(r"!A(\d+)$", one.where))}
    sheet = Sheet("plan", tuple(Row(at, tuple(row)) for at, row in enumerate(kept, 1) if any(row)))
    lines = context.as_csv(sheet, "plan").lines
    mapping = guessing.guess(sheet)
    notes = set(found_in(made))
    for row in sheet.rows:
        is_cited = set(range(lines[row.number][0], lines[row.number][1] + 1)) <= cited
        shown = " | ".join(" ".join(str(cell).split()) for cell in row.cells if cell)
        assert (
            is_cited or row.number in named or row.number <= (mapping.header or 0) or shown in notes
        )


def range_of(citation: str) -> range:
    first, last = citation.rpartition("#line=")[2].split(",")
    return range(int(first) + 1, int(last) + 1)


def test_columns_beyond_z_have_their_letters() -> None:
    assert letters(26) == "AA"


# ---------------------------------------------------------------- headings and cells that mislead


def sheet_of(text: str) -> Sheet:
    """Return a sheet of lines with cells between bars."""
    lines = [line.split("|") for line in text.strip("\n").split("\n")]
    rows = [[cell.strip() or None for cell in line] for line in lines]
    return Sheet("plan", tuple(Row(at, tuple(row)) for at, row in enumerate(rows, 1) if any(row)))


def guessed(text: str) -> list[str]:
    """Return the heading and role of each column, with depth or year."""
    return [
        f"{one.heading}: {one.role} {one.depth or one.year or ''}".strip()
        for one in guessing.guess(sheet_of(text)).columns
    ]


def test_numbers_before_the_names_of_a_level_are_no_figures() -> None:
    text = """
Eje|Objetivo|Acción|Plazo
1 Empleo|1.1 Formar jóvenes|Cursos|2025
1 Empleo|1.1 Formar jóvenes|Becas|2025
1 Empleo|1.2 Atraer empresas|Suelo industrial|2026
2 Salud|2.1 Vida sana|Rutas|2025
2 Salud|2.1 Vida sana|Huertos|2026
"""
    assert guessed(text) == ["Eje: level 1", "Objetivo: level 2", "Acción: level 3", "Plazo: end"]
    made = made_of(text, "es")
    assert value(made, "objetivo/1.2", RDF.label) == "Atraer empresas"
    assert value(made, "objetivo/1.2", MG.partOf) == "eje/1"


def test_figures_with_units_under_a_heading_that_may_be_of_a_level_stay_figures() -> None:
    text = """
Acción|Indicador|Objetivo
Cursos|Cursos dados|50 cursos
Becas|Becas dadas|120 becas
Rutas|Rutas abiertas|7 rutas
Huertos|Huertos abiertos|1.5 ha
"""
    assert guessed(text)[2] == "Objetivo: target"


def test_years_before_roles_and_quarters_are_headings() -> None:
    text = """
Goal|KPI|2021 Actual|2023 Target|2024 Budget|Q1 2024|Q2 2024
Health|Smokers|21|19|5000|x|
Health|Quitters|1250|1400|100|x|x
Safety|Crashes|48|45|2500||x
"""
    assert guessed(text) == [
        "Goal: level 1", "KPI: indicator", "2021 Actual: actual 2021", "2023 Target: target 2023",
        "2024 Budget: budget 2024", "Q1 2024: note", "Q2 2024: note",
    ]  # fmt: skip


def test_progress_in_a_year_beside_targets_of_an_indicator_is_a_figure_of_it() -> None:
    text = """
Programa|Indicador|Unidad de medida|Línea base 2021|Meta 2022|Avance 2022
Datos|Conjuntos publicados|Conjuntos|12|50|48
Finanzas|Ingresos propios|Porcentaje|21.5%|23%|22.9
Luces|Luminarias|Luminarias|0|4000|4120
"""
    made = made_of(text, "es")
    assert guessed(text)[5] == "Avance 2022: actual 2022"
    assert ("ingresos-propios", "programa/2", "actual", "2022", "22.9") in figures(made)
    assert value(made, "indicator/ingresos-propios", MG.unit) == MG.percent
    assert value(made, "indicator/luminarias", MG.unit) == "unit/luminarias"


def test_progress_in_percents_stays_progress() -> None:
    text = """
Programa|Indicador|Meta 2022|Avance 2022
Datos|Conjuntos publicados|50|96 %
Luces|Luminarias|4000|103 %
"""
    assert guessed(text)[3] == "Avance 2022: progress 2022"


def test_a_mapping_that_names_only_the_header_corrects_it_and_the_rest_is_guessed() -> None:
    text = """
Goal|Action|Owner|End
Ziel|Projekt|Wer|Jahr
Air|Bus|Ann|2024
Air|Tram|Bob|2025
Sea|Nets|Ann|2024
"""
    sheet = sheet_of(text)
    assert guessing.guess(sheet).header == 1
    edition = context.as_csv(sheet, "plan")
    made = plan_of(sheet, edition, DEFAULTS, from_toml("header = 2"))
    assert elements(made) == {"ziel": ["Air", "Sea"], "projekt": ["Bus", "Tram", "Nets"]}
    assert "header = 2" in completed(sheet, "en", from_toml("header = 2")).to_toml()


def test_a_header_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="uses row 9 as the header"):
        completed(sheet_of("Goal|Action\nAir|Bus\nSea|Boat"), "en", from_toml("header = 9"))


def test_a_mapping_of_one_column_leaves_the_others_as_they_seem() -> None:
    sheet = sheet_of(
        "Goal|Action|Who|Status|RAG\nA|One|Ann|Done|x\nA|Two|Bob|Open|y\nB|Six|Al|Done|z"
    )
    said = '[[columns]]\ncolumn = "{}"\nrole = "{}"\n'
    found = completed(sheet, "en", from_toml(said.format("E", "status")))
    assert [(one.heading, one.role) for one in found.columns] == [
        ("Goal", "level"), ("Action", "level"), ("Who", "owner"), ("Status", "note"),
        ("RAG", "status"),
    ]  # fmt: skip
    levels = completed(sheet, "en", from_toml(said.format("B", "level") + "depth = 1"))
    assert [one.role for one in levels.columns][:2] == ["note", "level"]


def test_a_mapping_is_written_with_letters_as_they_are() -> None:
    text = guessing.guess(sheet_of("Objectif|Échéance\nÀ l’eau|2024\nSauvé|2025"), "fr").to_toml()
    assert 'heading = "Échéance"' in text
    assert "\\u00e9" not in text


def test_fiscal_years_count_as_the_year_that_they_end_in() -> None:
    text = """
Action|FY23/24 Target|24/25 Target|2025/26 Target|Budget 2024/25
Gyms|1|2|3|500
Paths|5|10|20|800
"""
    assert guessed(text)[1:] == [
        "FY23/24 Target: target 2024", "24/25 Target: target 2025", "2025/26 Target: target 2026",
        "Budget 2024/25: budget 2025",
    ]  # fmt: skip


def test_figures_of_one_kind_without_years_are_notes_with_a_reason() -> None:
    made = made_of("Action|Low target|High target\nGyms|1|3\nPaths|5|20\nPools|2|4")
    assert "High target: 20" in values(made, "action/2", Skos.note)
    assert "figures.ttl" not in made.draft.files
    assert any("none indicates its year" in one.made for one in made.remarks)


def test_one_target_without_a_year_is_that_of_the_plans_last() -> None:
    assert guessed("Action|Target\nGyms|1\nPaths|5\nPools|2")[1] == "Target: target"


def test_a_heading_over_two_columns_goes_before_both() -> None:
    text = """
Priority|Objective|Ref|Activity|Timescale||Owner|Progress
||||Start|End||
Clean|Less waste|C1|Collect food|2024-04-01|2025-10-01|Waste|50%
Clean|Less waste|C2|Sensors|2024-09-01|2025-03-31|Waste|100%
Fair|Less debt|F1|Advice|2024-04-01|2026-03-31|Libraries|75%
"""
    assert guessed(text) == [
        "Priority: level 1", "Objective: level 2", "Ref: id", "Activity: level 3",
        "Timescale Start: start", "Timescale End: end", "Owner: owner", "Progress: progress",
    ]  # fmt: skip
    made = made_of(text)
    assert elements(made)["activity"] == ["Collect food", "Sensors", "Advice"]
    assert value(made, "activity/c2", MG.endDate) == "2025-03-31"
    sheet = sheet_of(text)
    by_upper = completed(sheet, "en", from_toml("header = 1"))
    assert by_upper.columns == guessing.guess(sheet).columns


def test_a_first_row_with_few_cells_is_no_part_of_the_header() -> None:
    text = "Goal|Action||Owner|Status\n|Bikes|x||\nAir|Buses|x|Bob|Open\nSea|Boats||Ann|Done"
    assert elements(made_of(text))["action"] == ["Bikes", "Buses", "Boats"]


@pytest.mark.parametrize(
    "heading",
    ["Means of verification", "Source of data", "Medio de verificación", "Source de vérification"],
)
def test_where_figures_come_from_is_a_note_and_no_level(heading: str) -> None:
    text = f"""
Output|{heading}|Indicator|Target 2025
Health|Survey of homes|Births|72%
Health|Survey of homes|Deaths|300
School|Ministry report|Enrolled|85%
School|Ministry report|Policies|4
"""
    assert guessed(text)[:2] == ["Output: level 1", f"{heading}: note"]
    assert values(made_of(text), "output/1", Skos.note) == {f"{heading}: Survey of homes"}


def test_a_direction_of_figures_is_no_owner_and_one_of_people_is() -> None:
    text = "Goal|KPI|Direction|Target 2025\nA|Smokers|{}|19\nA|Quitters|{}|20\nB|Crashes|{}|40"
    assert guessed(text.format("down", "up", "maintain"))[2] == "Direction: direction"
    assert guessed(text.format("Habitat", "Santé", "Habitat"))[2] == "Direction: owner"


def test_codes_beside_indicators_that_are_finer_than_names_are_those_of_indicators() -> None:
    text = """
Priority|Objective|ID|Indicator|Unit|Target 2029
P1|Research|RCO01|Firms|firms|1450
P1|Research|RCO06|Researchers|people|310
P1|Digital|RCO14|Institutions|institutions|45
P2|Energy|RCO18|Dwellings|dwellings|8500
"""
    made = made_of(text)
    assert value(made, "indicator/researchers", Dcterms.identifier) == "RCO06"
    assert elements(made)["objective"] == ["Research", "Digital", "Energy"]
    assert values(made, "objective/1.1", Dcterms.identifier) == set()


def test_codes_beside_indicators_of_one_name_each_stay_those_of_the_names() -> None:
    made = made_of("Ref|Action|Indicator|Target 2029\nB7|Firms|New|4\nB9|Homes|Warm|5\nC1|Sea|Ok|6")
    assert value(made, "action/b9", Dcterms.identifier) == "B9"
    text = "Ref|Action|Indicator|Target 2029\nB7|Firms|New|4\nB9|Firms|New|5\nC1|Sea|Ok|6"
    assert guessed(text)[0] == "Ref: id"


def test_sections_in_the_column_of_numbers_are_above_what_they_stand_over() -> None:
    text = """
Nº|Medida|Responsable|Estado
EJE 1. CIUDAD SOSTENIBLE
1.1|Plantar 1.000 árboles|Parques|En ejecución
1.2|Instalar 20 puntos|Movilidad|Finalizada
EJE 2. CIUDAD INCLUSIVA
2.1|Abrir un centro|Sociales|No iniciada
2.2|Enseñar|Innovación|En ejecución
"""
    made = made_of(text, "es")
    assert elements(made)["eje"] == ["CIUDAD SOSTENIBLE", "CIUDAD INCLUSIVA"]
    assert elements(made)["medida"] == [
        "Plantar 1.000 árboles", "Instalar 20 puntos", "Abrir un centro", "Enseñar",
    ]  # fmt: skip
    assert value(made, "medida/2.1", MG.partOf) == "eje/2"


def test_names_with_words_and_numbers_over_bare_numbers_are_three_levels() -> None:
    text = """
Código|Acción|Responsable|Fuente
Línea estratégica 1: Ciudad verde
Objetivo 1.1: Reducir emisiones
1.1.1|Renovar alumbrado|Urbanismo|FEDER
1.1.2|Carriles bici|Movilidad|Propios
Objetivo 1.2: Más árboles
1.2.1|Plantar 5.000 árboles|Medio Ambiente|Propios
Línea estratégica 2: Ciudad amable
Objetivo 2.1: Mayores
2.1.1|Centro de día|Sociales|Propios
"""
    made = made_of(text, "es")
    assert list(elements(made).values()) == [
        ["Ciudad verde", "Ciudad amable"],
        ["Reducir emisiones", "Más árboles", "Mayores"],
        ["Renovar alumbrado", "Carriles bici", "Plantar 5.000 árboles", "Centro de día"],
    ]


def test_sections_without_numbers_in_the_column_of_codes_are_above_too() -> None:
    text = """
Ref|Action|Lead|Status
Homes for all
AB12|Build|Ann|Done
AB19|Mend|Bob|Open
Clean air
CA07|Plant|Cy|Open
"""
    made = made_of(text)
    assert list(elements(made).values()) == [
        ["Homes for all", "Clean air"], ["Build", "Mend", "Plant"],
    ]  # fmt: skip
    (plant,) = [
        triple.subject.value
        for triple in triples(made)
        if isinstance(triple.subject, ox.NamedNode) and triple.object == ox.Literal("CA07")
    ]
    assert value(made, plant.removeprefix(BASE), RDF.label) == "Plant"
    assert not any("Homes for all" in note for note in found_in(made) if ": " in note)


def test_years_with_one_season_are_dates() -> None:
    text = """
Objective|Action|Owner|Due date|Status
A Safe|Lights|Roads|2025|Done
A Safe|Cameras|Police|Spring 2026|Planned
B Green|Trees|Parks|2026|Planned
B Green|Ponds|Parks|2027|Delayed
"""
    made = made_of(text)
    assert guessed(text)[3] == "Due date: end"
    assert value(made, "action/1.1", MG.endDate) == "2025"
    assert value(made, "action/1.2", MG.endDate) == "2026-05"
    assert value(made, "plan/2025-2027", MG.startDate) == "2025"


def test_years_in_words_are_the_period_and_no_remark_says_that_none_is_named() -> None:
    made = made_of("Goal|Action|Due\nA|One|Spring 2025\nA|Two|Autumn 2026\nB|Six|Summer 2027")
    assert value(made, "plan/2025-2027", MG.startDate) == "2025"
    assert value(made, "plan/2025-2027", MG.endDate) == "2027"
    assert not any("names no year" in one.made for one in made.remarks)


def test_figures_that_look_like_years_are_no_dates_without_a_heading_that_says_so() -> None:
    text = "Action|Homes\nOne|1950\nTwo|2010\nSix|1200\nTen|2100\nOld|2040"
    assert guessed(text)[1] == "Homes: note"


def test_a_dash_for_a_status_is_none() -> None:
    made = made_of("Goal|Action|Status\nA|One|Done\nA|Two|-\nB|Six|n/a\nB|Ten|–\nB|Ice|Open")
    assert values(made, "action/1.2", MG.status) == set()
    names = {one.subject.removeprefix(BASE) for one in made.draft.files["lists.ttl"][1]}
    assert {name for name in names if name.startswith("status/")} == {"status/done", "status/open"}


def test_an_end_before_its_start_is_a_note_and_no_violation(tmp_path: Path, cache: Path) -> None:
    made = made_of(
        """
Action|Start|End
One|2026|2025
Two|2026-05-01|2026-03
Six|2025-06|2024-07-01
Ten|2025-03|2025
Ice|2024-01|2025-01
"""
    )
    for number, start, end in (("1", "2026", "2025"), ("2", "2026-05-01", "2026-03")):
        assert value(made, f"action/{number}", MG.startDate) == start
        assert values(made, f"action/{number}", MG.endDate) == set()
        assert f"End: {end}" in values(made, f"action/{number}", Skos.note)
    assert value(made, "action/4", MG.endDate) == "2025"
    assert any(one.kind == KEPT and "plan!C2 2025" in one.found for one in made.remarks)
    assert violations(tmp_path / "all", cache, {"plan": made}) == []


def test_sections_of_two_depths_and_a_note_below_the_table() -> None:
    text = """
Action|Lead|Due|Progress
Theme A: Homes
Objective A1: Build more
Build 200 homes|Ann|2026|In progress
Objective A2: Better renting
Licence landlords|Bob|2025|Completed
Theme B: Climate
Objective B1: Net zero
Solar on 20 roofs|Cy|2026|Not started
Note: figures are provisional
"""
    made = made_of(text)
    assert list(elements(made).values()) == [
        ["Theme A: Homes", "Theme B: Climate"],
        ["Objective A1: Build more", "Objective A2: Better renting", "Objective B1: Net zero"],
        ["Build 200 homes", "Licence landlords", "Solar on 20 roofs"],
    ]
    assert "Note: figures are provisional" in found_in(made)
    above = [values(made, f"level-2/{key}", MG.partOf) for key in ("1.1", "1.2", "2.1")]
    assert above == [{"level-1/a"}, {"level-1/a"}, {"level-1/b"}]


def test_an_empty_section_is_beside_the_next_and_not_above_it() -> None:
    text = (
        "Action|Lead\nAim 1: Air\nBuses|Ann\nTrams|Bob\nAim 2: Sea\nAim 3: Land\nTrees|Cy\nBees|Al"
    )
    names = list(elements(made_of(text)).values())
    assert names[0] == ["Aim 1: Air", "Aim 2: Sea", "Aim 3: Land"]
    assert names[1:] == [["Buses", "Trams", "Trees", "Bees"]]


def test_one_section_under_another_is_told_by_the_words_of_those_that_follow() -> None:
    text = "Action|Lead\nTheme A\nAim 1\nBuses|Ann\nTrams|Bob\nAim 2\nTrees|Cy\nBees|Al"
    assert [len(names) for names in elements(made_of(text)).values()] == [1, 2, 4]


@pytest.mark.parametrize(
    "rows",
    [
        [["Goal", "Built"], ["Green", "202²"], ["Blue", "202²"], ["Red", "202²"]],  # no year
        [["Ref", "Goal"], ["1", "Green"], ["²", "Blue"], ["3", "Red"]],  # no number
        [["Ref", "Goal"], ["1", "Green"], ["9" * 5_000, "Blue"], ["3", "Red"]],
        [["Goal"], ["1.1 Green"], [f"1.{'9' * 5_000} Blue"], ["1.² Red"], ["1.4 Pink"]],
    ],
)
def test_signs_that_only_look_like_digits_are_text(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    made = reader.read(path, BASE, "en")
    texts = " ".join(str(triple.object) for triple in triples(made))
    assert all(name in texts for name in ("Green", "Blue", "Red"))
