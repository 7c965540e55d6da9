"""Checks how the levels of a table are decided: by columns, headings, codes and blanks.

Each table is small and of one kind; what must come of it was worked out by reading it.
"""

import pytest

from metrograph.errors import InputError
from metrograph.reading.any_table import reader
from metrograph.reading.any_table.heading_words import roles_of
from metrograph.reading.notices import LEFT, Read
from metrograph.vocabulary import MG, RDF
from tests.test_anyplan import elements, figures, made_of, value


def tree(made: Read) -> list[str]:
    """Return the elements in the order of the file, each indented below that above it."""
    records = {record.subject: dict(record.facts) for record in made.draft.files["elements.ttl"][1]}
    lines = []
    for facts in records.values():
        if MG.level in facts:
            depth, above = 0, facts.get(MG.partOf)
            while above:
                depth, above = depth + 1, records[above[0].value].get(MG.partOf)
            lines.append("  " * depth + facts[RDF.label][0].value)
    return lines


def column_roles(made: reader.ReadTable) -> dict[str, str]:
    return {
        column.heading: f"{column.role} {column.depth}" if column.depth else column.role
        for column in made.mapping.columns
    }


def test_headings_that_count_their_levels_are_a_header() -> None:
    made = made_of(
        """
Level 0|Level 1|Item.Title|Item.Status|Item.Progress
AREA 1. Homes|Line 1.1 Rent|Cap the rents|Done|100%
AREA 1. Homes|Line 1.1 Rent|List the flats|In progress|30%
AREA 2. Parks|Line 2.1 Trees|Plant limes|Not started|0%
"""
    )
    assert [len(names) for names in elements(made).values()] == [2, 2, 3]
    assert {figure[4] for figure in figures(made)} == {"100", "30", "0"}


def test_a_short_odd_heading_does_not_make_the_header_a_row() -> None:
    made = made_of(
        """
EJE|PROGRAMA|META DE RESULTADO|L.B|RESPONSABLE|VALOR ESPERADO 2027
Eje 1. Salud|Vacunas|Vacunar niños|3|Salud|90
Eje 1. Salud|Vacunas|Abrir centros|1|Salud|4
Eje 2. Paz|Diálogo|Formar mediadores|0|Gobierno|60
""",
        "es",
    )
    assert column_roles(made)["L.B"] == "baseline"
    assert column_roles(made)["VALOR ESPERADO 2027"] == "target"
    assert [len(names) for names in elements(made).values()] == [2, 2, 3]


def test_left_is_higher_and_a_blank_optional_level_is_skipped() -> None:
    made = made_of(
        """
Axe (x)|Sous-axe (x.x)|Titre de l'action|Titre de la sous-action
Air||Mesurer|
Air||Réduire|Filtrer
Air||Réduire|Compter
Mer||Nettoyer|
Mer|Plages|Surveiller|Former
""",
        "fr",
    )
    assert tree(made) == [
        "Air", "  Mesurer", "  Réduire", "    Filtrer", "    Compter",
        "Mer", "  Nettoyer", "  Plages", "    Surveiller", "      Former",
    ]  # fmt: skip


def test_columns_in_the_wrong_order_are_put_right_by_their_cells() -> None:
    rows = [
        f"Objective {at // 4}|Aim {at // 8}|Work {at}" for at in range(24)
    ]  # 6 objectives in 3 aims
    made = made_of("Objective|Aim|Action\n" + "\n".join(rows))
    assert column_roles(made) == {"Objective": "level 2", "Aim": "level 1", "Action": "level 3"}


def test_levels_of_a_results_framework_are_named_by_words_with_and_without_numbers() -> None:
    made = made_of(
        """
Result level|Result statement|Indicator|Baseline 2021|Target 2024
Impact|Safer streets|Accidents|90|40
Outcome 1|Drivers slow down|Mean speed|48|30
Output 1.1|Signs put up|Signs|0|80
Output 1.2|Police trained|Officers|0|25
"""
    )
    assert tree(made) == [
        "Safer streets", "  Drivers slow down", "    Signs put up", "    Police trained"
    ]  # fmt: skip
    assert list(elements(made)) == ["impact", "outcome", "output"]


def test_a_direction_of_change_is_not_an_organisation() -> None:
    made = made_of(
        "Goal|Indicator|Target 2030|Direction|Department\n"
        "Tax|Growth|13|grow|Inland\nTax|Arrears|20|reduce|Inland\nTrade|Delay|2|reduce|Customs"
    )
    assert column_roles(made)["Direction"] == "direction"
    assert column_roles(made)["Department"] == "owner"
    wanted = {
        facts[RDF.label][0].value: facts[MG.directionWanted][0].value.rpartition("#")[2]
        for facts in (dict(record.facts) for record in made.draft.files["figures.ttl"][1])
        if MG.directionWanted in facts
    }
    assert wanted == {"Growth": "up", "Arrears": "down", "Delay": "down"}


def test_a_stray_blank_is_no_indentation() -> None:
    made = made_of("id|name|cost\n1|Open a school|10\n2|Train staff|20\n3|Build|30\n4|Renew|40")
    assert tree(made) == ["Open a school", "Train staff", "Build", "Renew"]


def test_elements_without_a_name_are_called_by_their_id_and_not_by_their_status() -> None:
    made = made_of(
        "TaskID|Status|LaunchDate\nA.1|Done|2025-07-01\nA.2|Pending|2026-01-01\nB.1|Done|2026-01-01"
    )
    assert tree(made) == ["A.1", "A.2", "B.1"]
    assert value(made, "taskid/1", MG.status) == "status/done"


def test_the_same_text_under_two_parents_is_two_elements() -> None:
    made = made_of(
        """
country|project|activity|kpi|target 2025
Chad|Wells|General|Wells dug|10
Chad|Roads|General|Km built|20
Chad|Roads|Bridges|Bridges built|2
Peru|Roads|General|Km built|30
Peru|Schools|Training|Teachers trained|40
"""
    )
    assert tree(made) == [
        "Chad", "  Wells", "    General", "  Roads", "    General", "    Bridges",
        "Peru", "  Roads", "    General", "  Schools", "    Training",
    ]  # fmt: skip


def test_a_code_that_is_part_of_another_is_no_level() -> None:
    rows = [
        "P1|F1|P1.F1|Read", "P1|F2|P1.F2|Write", "P2|F1|P2.F1|Count", "P2|F2|P2.F2|Draw",
        "P2|F2|P2.F2|Paint",
    ]  # fmt: skip
    made = made_of("PillarID|focus|FocusAreaID|ActionName\n" + "\n".join(rows))
    assert column_roles(made)["focus"] == "note"
    assert [len(names) for names in elements(made).values()] == [2, 4, 5]


def test_numbers_say_the_level_and_each_name_comes_from_the_column_of_its_level() -> None:
    made = made_of(
        """
No|Goal|Action
1|Dry cellars|
1.1||Dig drains
1.2||Raise kerbs
2|Quiet nights|
2.1||Close bars early
2.2||Lay soft tar
"""
    )
    assert tree(made) == [
        "Dry cellars", "  Dig drains", "  Raise kerbs",
        "Quiet nights", "  Close bars early", "  Lay soft tar",
    ]  # fmt: skip
    assert list(elements(made)) == ["goal", "action"]


PARENTS = "id|parent_id|title\nK||Health\nK1|K|Clinics\nK2|K|Vaccines\nM||Trade\nM1|{}|Markets"


def test_ids_and_ids_of_parents_are_believed_whatever_they_look_like() -> None:
    made = made_of(PARENTS.format("M"))
    assert tree(made) == ["Health", "  Clinics", "  Vaccines", "Trade", "  Markets"]


@pytest.mark.parametrize(("code", "words"), [("X9", "no row has the id"), ("M1", "itself")])
def test_a_parent_that_is_not_there_or_a_loop_is_an_error_at_its_row(code: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        made_of(PARENTS.format(code))
    assert "plan!B6" in str(caught.value)
    assert words in str(caught.value)


def test_a_row_that_helps_to_fill_in_a_form_is_left_out_and_stated() -> None:
    made = made_of(
        """
Axe|Action|Pilote|Statut
Champ texte|Champ texte|Champ texte|Liste déroulante
Air|Mesurer|Santé|En cours
Air|Filtrer|Voirie|Terminé
Mer|Draguer|Port|En cours
""",
        "fr",
    )
    assert tree(made) == ["Air", "  Mesurer", "  Filtrer", "Mer", "  Draguer"]
    assert [remark.where for remark in made.remarks if remark.kind == LEFT] == ["plan!A2"]


def test_subtotals_as_excel_writes_them_are_left_out_and_stated() -> None:
    made = made_of(
        "Goal|Action|Budget 2025\nAir|A|5\nAir|B|7\nAir Total||12\nSea|C|9\nSea Total||9\n"
        "Grand Total||21"
    )
    assert tree(made) == ["Air", "  A", "  B", "Sea", "  C"]
    assert [remark.where for remark in made.remarks if remark.kind == LEFT] == [
        "plan!A4", "plan!A6", "plan!A7"
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["statement", "dataset", "financeur", "end user", "importance"])
def test_words_of_roles_match_as_words(heading: str) -> None:
    assert not {"status", "date", "end", "budget"} & set(roles_of(heading))
