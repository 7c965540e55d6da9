"""Checks the kinds that public tables showed: each has a small table of our own making here.

The tables themselves, and what they should be, are in `bench/public_tables.toml`.
"""

import tomllib
from pathlib import Path

from openpyxl import Workbook

from metrograph.reading.any_table import reader
from metrograph.reading.any_table.mapping import ROLES
from metrograph.reading.notices import LEFT
from metrograph.vocabulary import MG
from tests.test_anyplan import BASE, elements, figures, made_of, value
from tests.test_anyplan_structure import column_roles, tree
from tests.test_anyplan_values import observations

EXPECTED = Path(__file__).parents[1] / "bench" / "public_tables.toml"


def test_what_public_tables_are_is_written_down_for_twenty_in_five_languages() -> None:
    tables = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))["table"]
    assert len(tables) == 20
    assert len({table["lang"] for table in tables}) >= 5
    assert all(len(table["commit"]) == 40 and table["levels"] for table in tables)


def test_two_rows_of_headings_with_funders_and_a_row_of_help(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["L'action", None, None, None, "Moyens"],
        ["Axe (x)", "Sous-axe (x.x)", "Titre de l'action", "Descriptif", "Financeur 1",
         "Montant €", "Financeur 2", "Montant €", "Statut"],
        ["Champ texte", "Champ texte", "Champ texte", None, "Champ texte", "Champ numérique",
         "Champ texte", "Champ numérique", "Choisissez l'option qui convient"],
        ["Si vos axes sont numérotés, indiquez le numéro", "Texte court", "Texte court", "",
         "Utilisez le nom exact", "Saisissez un nombre", "Utilisez le nom exact",
         "Saisissez un nombre", "Choisissez l'option qui convient"],
        ["Air", "Rues", "Planter des haies", "Long", "Région", 700, "Ville", 50, "En cours"],
    ):  # fmt: skip
        sheet.append(row)
    path = tmp_path / "plan.xlsx"
    book.save(path)
    made = reader.read(path, BASE, "fr")
    assert tree(made) == ["Air", "  Rues", "    Planter des haies"]
    assert {(figure[0], figure[4]) for figure in figures(made)} == {
        ("financeur-1-montant", "700"), ("financeur-2-montant", "50"),
    }  # fmt: skip
    assert sum("Champ texte" in r.found or "Texte court" in r.found for r in made.remarks) == 2


def test_a_row_that_only_announces_the_data_is_no_axis() -> None:
    made = made_of(
        "Axe|Action|Pilote\nDonnées||\nAir|Filtrer|Ana\nAir|Compter|Bob\nMer|Draguer|", "fr"
    )
    assert tree(made) == ["Air", "  Filtrer", "  Compter", "Mer", "  Draguer"]
    assert [remark.found for remark in made.remarks if remark.kind == LEFT] == ["Données"]


def test_what_says_that_nothing_fits_is_a_blank_level() -> None:
    made = made_of(
        """
country|project|activity|subactivity|indicator|target 2027
Chad|Wells|Dig|N/A|Wells|10
Chad|Wells|Dig|Deep wells|Metres|90
Chad|Wells|Test|N/A|Samples|7
Chad|Roads|Pave|N/A|Km|20
Peru|Roads|Pave|N/A|Km|30
Peru|Schools|Teach|Evening|Pupils|40
"""
    )
    assert tree(made) == [
        "Chad", "  Wells", "    Dig", "      Deep wells", "    Test", "  Roads", "    Pave",
        "Peru", "  Roads", "    Pave", "  Schools", "    Teach", "      Evening",
    ]  # fmt: skip


def test_ids_of_levels_are_levels_where_no_name_stands_beside_them() -> None:
    made = made_of(
        """
id|name|axis_id|objective_id|total_cost
1|Build|1|11|500
2|Repair|1|11|70
3|Plant|1|12|8
4|Water|2|21|9
5|Prune|2|21|3
6|Dig|2|21|1
"""
    )
    assert tree(made) == [
        "1", "  11", "    Build", "    Repair", "  12", "    Plant",
        "2", "  21", "    Water", "    Prune", "    Dig",
    ]  # fmt: skip


def test_ids_of_levels_beside_their_names_are_their_numbers() -> None:
    made = made_of(
        "axis_id|Axis|Action\n1|Air|Filter\n1|Air|Count\n2|Sea|Dredge\n2|Sea|Fish\n2|Sea|Swim"
    )
    assert [len(names) for names in elements(made).values()] == [2, 5]
    assert column_roles(made)["axis_id"] == "number 1"


def test_the_year_of_a_row_is_that_of_its_figures() -> None:
    made = made_of(
        """
Pillar|Measure|Year|Actual value|Target value
Air|Dust|2024|40|
Air|Dust|2025||35
Air|Smoke|2024|9|
Air|Smoke|2025||8
Sea|Fish|2024|700|
Sea|Fish|2025||750
"""
    )
    assert tree(made) == ["Air", "  Dust", "  Smoke", "Sea", "  Fish"]
    assert observations(made, MG.year, MG.valueType) == [
        ("40", "2024", "actual"), ("35", "2025", "target"), ("9", "2024", "actual"),
        ("8", "2025", "target"), ("700", "2024", "actual"), ("750", "2025", "target"),
    ]  # fmt: skip


def test_a_list_of_tags_right_of_the_names_is_no_level_and_some_codes_are_ids() -> None:
    made = made_of(
        """
Level 1|Level 2|Node.external_id|Node.Title|Node.tags
Town|Roads|x_01|Pave|a,b
Town|Roads|x_02|Light|a,c
Town|Parks||Plant|b,c
Town|Parks||Prune|b,c
Coast|Dunes||Fence|a,b
Coast|Dunes||Walk|a,c
"""
    )
    assert [len(names) for names in elements(made).values()] == [2, 3, 6]
    assert column_roles(made)["Node.external_id"] == "id"
    assert value(made, "node-title/x-01", MG.partOf) == "level-2/1.1"


def test_the_documentation_lists_every_role_of_a_mapping() -> None:
    page = (Path(__file__).parents[1] / "docs" / "exchange.md").read_text(encoding="utf-8")
    assert [role for role in ROLES if f"`{role}`" not in page] == []
