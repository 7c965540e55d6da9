"""Checks how cells of a table are read as figures, amounts, days and periods.

Each table is small and of one kind; what must come of it was worked out by reading it.
"""

from pathlib import Path

import pytest

from metrograph.reading.any_table import reader
from metrograph.reading.any_table.heading_words import year_of
from metrograph.reading.dates import days_of
from metrograph.reading.notices import Read
from metrograph.reading.numbers import figure_of
from metrograph.vocabulary import MG, RDF
from tests.test_anyplan import BASE, figures, made_of, value, values


def observations(made: Read, *predicates: str) -> list[tuple[str, ...]]:
    """Return what is said of each figure by some predicates, its value first."""
    facts = (dict(record.facts) for record in made.draft.files["figures.ttl"][1])
    return [
        tuple(
            (values_[0].value.rpartition("#")[2].removeprefix(BASE) if values_ else "")
            for values_ in (fact.get(predicate, ()) for predicate in (MG.value, *predicates))
        )
        for fact in facts
        if fact[RDF.type][0].value == MG.Observation
    ]


def test_bounds_are_values_with_a_qualifier() -> None:
    made = made_of(
        "Goal|Indicator|Target 2026|Target 2028\nAir|Dust|≤ 40|<30\nAir|Trees|≥ 900|min. 950\n"
        "Sea|Delay|max. 3|~2"
    )
    assert observations(made, MG.year, MG.qualifier) == [
        ("40", "2026", "atMost"), ("30", "2028", "lessThan"),
        ("900", "2026", "atLeast"), ("950", "2028", "atLeast"),
        ("3", "2026", "atMost"), ("2", "2028", "about"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [("au moins 5", "atLeast"), ("menos de 7", "lessThan"), (">1,5", "moreThan"), ("5", "")],
)
def test_words_of_bounds(text: str, qualifier: str) -> None:
    figure = figure_of(text)
    assert figure is not None
    assert figure.qualifier == qualifier


def test_money_in_the_forms_in_which_it_is_written() -> None:
    cells = [
        "(800)", "$2.5M", "3.1 M$", "4 000 000 FCFA", "US$ 1.5 million", "€ 7.250,00", "20k-30k",
        "TBD", "9 000 Kč",
    ]  # fmt: skip
    rows = "\n".join(f"G{at // 3}|A{at}|{cell}" for at, cell in enumerate(cells))
    made = made_of("Goal|Action|Budget\n" + rows)
    assert sorted(observations(made, MG.unit)) == sorted([
        ("-800", "unit/number"), ("2500000", "unit/usd"), ("3100000", "unit/usd"),
        ("4000000", "unit/xof"), ("1500000", "unit/usd"), ("7250", "unit/eur"),
        ("9000", "unit/czk"),
    ])  # fmt: skip
    kept = [remark.found for remark in made.remarks if "20k-30k" in remark.found]
    assert len(kept) == 1
    assert "TBD" in kept[0]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("S1 2024", ("2024-01", "2024-06")),
        ("second half of 2025", ("2025-07", "2025-12")),
        ("3er trimestre 2023", ("2023-07", "2023-09")),
        ("T4 2025", ("2025-10", "2025-12")),
        ("automne 2024", ("2024-09", "2024-11")),
        ("mid-2026", ("2026-06", "2026-07")),
        ("FY25", ("2025", "2025")),
        ("45000", ("2023-03-15", "2023-03-15")),  # Excel's count: 1 is 1 January 1900
    ],
)
def test_parts_of_years(text: str, span: tuple[str, str]) -> None:
    assert days_of(text) == span


def test_an_open_end_is_no_end() -> None:
    made = made_of(
        "Goal|Action|Start|End\nG|A|FY24|ongoing\nG|B|S2 2025|mi-2027\n"
        "H|C|été 2025|continu\nH|D|2024|2026"
    )
    assert values(made, "action/1.1", MG.endDate) == set()
    assert value(made, "action/1.2", MG.endDate) == "2027-07"
    assert value(made, "action/2.1", MG.startDate) == "2025-06"


def test_a_file_has_one_order_of_day_and_month() -> None:
    made = made_of(
        "Goal|Action|Start|End\nG|A|02/03/2025|11/25/2025\nG|B|04/05/2025|06/07/2025\n"
        "H|C|08/09/2025|12/30/2025"
    )
    assert value(made, "action/1.2", MG.startDate) == "2025-04-05"
    assert value(made, "action/1.2", MG.endDate) == "2025-06-07"


def test_days_that_could_all_be_two_are_stated_once_with_the_other_reading() -> None:
    text = "Goal|Action|Start\nG|A|02/03/2025\nG|B|04/05/2025\nH|C|08/09/2025"
    made = made_of(text)
    assert value(made, "action/1.1", MG.startDate) == "2025-03-02"
    stated = [remark.made for remark in made.remarks if 'date_order = "mdy"' in remark.made]
    assert len(stated) == 1


def test_no_year_in_the_table_is_no_year_of_a_figure() -> None:
    made = made_of(
        "Project|Indicator|Baseline|Target\nRoads|Km|0|50\nWater|Wells|4|40\nWater|Taps|1|9"
    )
    assert {figure[3] for figure in figures(made)} == {""}
    assert observations(made, MG.startDate, MG.endDate)[0] == ("0", "", "")


def test_two_years_joined_by_a_line_are_a_fiscal_year() -> None:
    assert year_of("y1_2026_27") == year_of("2026/27") == 2027


def test_a_heading_that_comes_again_belongs_to_the_column_before_it() -> None:
    made = made_of(
        """
Axe|Action|Financeur 1|Montant €|Financeur 2|Montant €|Budget total €
Air|Filtrer|Région|300|Ville|200|500
Mer|Draguer|État|900|Port|100|1000
""",
        "fr",
    )
    assert {figure[0]: figure[4] for figure in figures(made) if figure[1] == "action/1.1"} == {
        "financeur-1-montant": "300",
        "financeur-2-montant": "200",
        "budget-total": "500",
    }


def test_a_breakdown_by_sex_is_a_part_of_one_indicator() -> None:
    made = made_of(
        "Objective|Indicator|Sex|Target 2026\nTrain|Trained|women|40\nTrain|Trained|men|30\n"
        "Train|Trained|total|70\nDig|Wells||5"
    )
    assert observations(made, MG.scope) == [("40", "women"), ("30", "men"), ("70", ""), ("5", "")]


def test_quarters_and_budgets_beside_targets_of_the_year() -> None:
    made = made_of(
        """
EJE|META|INDICADOR|ESPERADO 2026|T1 PLANEADO 2026|TOTAL EJECUTADO 2026|APROPIACIÓN 2026
Agua|Cavar|Pozos|8|3|6|9000
Agua|Limpiar|Ríos|2|1|1|4000
Aire|Medir|Sondas|5|5|5|700
""",
        "es",
    )
    facts = observations(made, MG.ofIndicator, MG.valueType, MG.year, MG.startDate, MG.endDate)
    wells = [fact for fact in facts if fact[1] == "indicator/pozos"]
    assert wells == [
        ("8", "indicator/pozos", "target", "2026", "", ""),
        ("3", "indicator/pozos", "target", "", "2026-01", "2026-03"),
        ("6", "indicator/pozos", "actual", "2026", "", ""),
    ]
    budgets = observations(made, MG.ofIndicator)
    assert ("9000", "indicator/apropiacion") in budgets


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1252", "utf-8"])
def test_old_encodings_are_read_as_words(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.csv"
    rows = "Axe;Objectif;Échéance\nQualité de l'été;Rénover les écoles à énergie;2026\n"
    rows += "Forêts;Protéger le chêne;2027\n"
    path.write_bytes(rows.encode(encoding))
    made = reader.read(path, BASE, "fr")
    names = {
        fact[RDF.label][0].value
        for fact in (dict(record.facts) for record in made.draft.files["elements.ttl"][1])
    }
    assert {"Qualité de l'été", "Protéger le chêne"} <= names
