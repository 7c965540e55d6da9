"""A matrix of any two axes, against tables worked out by hand and against plain loops over Turtle.

The letters A1 to A7 are the activities of the invented plan, as its README.md has them; the tables
here were filled from that page, before any code counted them.
"""

import json
import re
import tomllib
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SKOS, Graph, Namespace

from metrograph import paths
from metrograph.errors import QueryError
from metrograph.plan import Plan, open_plan
from tests.conftest import Run

MG = Namespace("https://w3id.org/metrograph/ontology#")
BASE = "https://w3id.org/metrograph/metropolis/"
AXES = sorted((paths.QUERIES / "axes").glob("*.rq"))
SHORT = {
    "tide-school": "A1", "harbour-forum": "A2", "annual-assembly": "A3", "clean-docks": "A4",
    "storm-alert": "A5", "heritage-walks": "A6", "clean-docks-training": "A7",
}  # fmt: skip
# Budgets: Lyon's two actions have 1,000 and 2,000 euros, one of them 500 dollars, too; the axis
# Housing has 700 euros, 300 of which are its action's.
ELEMENTS = """
@base <https://example.org/union/> .
@prefix mg: <https://w3id.org/metrograph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<plan/1> a mg:StrategicPlan ; rdfs:label "Union"@en ; dcterms:language "en" ; mg:formatVersion "2" ;
    mg:startDate "2026"^^xsd:gYear ; mg:endDate "2027"^^xsd:gYear .
<level/axis> a mg:Level ; rdfs:label "Axis"@en ; mg:depth 1 .
<level/action> a mg:Level ; rdfs:label "Action"@en ; mg:depth 2 .
<axis/1> a mg:PlanElement ; rdfs:label "Mobility"@en ; mg:level <level/axis> ; mg:position 1 ;
    mg:ofPlan <plan/1> .
<axis/2> a mg:PlanElement ; rdfs:label "Housing"@en ; mg:level <level/axis> ; mg:position 2 ;
    mg:ofPlan <plan/1> .
<axis/3> a mg:PlanElement ; rdfs:label "<script>Air"@en ; mg:level <level/axis> ; mg:position 3 ;
    mg:ofPlan <plan/1> .
<action/1> a mg:PlanElement ; rdfs:label "Build lanes"@en ; mg:level <level/action> ;
    mg:partOf <axis/1> ; mg:position 1 ; mg:status <status/done> ; mg:place <place/lyon> ;
    mg:endDate "2026-05-01"^^xsd:date ; mg:relatesTo <sdg/11> .
<action/2> a mg:PlanElement ; rdfs:label "Count bikes"@en ; mg:level <level/action> ;
    mg:partOf <axis/1> ; mg:position 2 ; mg:status <status/late> ; mg:endDate "2027"^^xsd:gYear .
<action/3> a mg:PlanElement ; rdfs:label "Fix roofs"@en ; mg:level <level/action> ;
    mg:partOf <axis/2> ; mg:position 3 ; mg:status <status/done> ; mg:relatesTo <sdg/1> .
<status/done> a mg:Status ; rdfs:label "Done"@en .
<status/late> a mg:Status ; rdfs:label "Late"@en .
<sdg/1> a skos:Concept ; rdfs:label "No poverty"@en ; mg:position 1 ;
    skos:exactMatch <http://metadata.un.org/sdg/1> .
<sdg/11> a skos:Concept ; rdfs:label "Sustainable cities"@en ; mg:position 11 ;
    skos:exactMatch <http://metadata.un.org/sdg/11> .
<place/lyon> a mg:Place ; rdfs:label "Lyon"@en ; mg:country <country/fra> .
<country/fra> a mg:Country ; rdfs:label "France"@en .
<stakeholder/lyon> a mg:Stakeholder ; rdfs:label "City of Lyon"@en ; mg:stakeholderRole "Owner"@en ;
    mg:stakeIn <action/1>, <action/2> .
<stakeholder/roads> a mg:Stakeholder ; rdfs:label "Roads"@en ; mg:stakeholderRole "Owner"@en ;
    mg:stakeIn <action/2> .
<stakeholder/homes> a mg:Stakeholder ; rdfs:label "Homes"@en ; mg:stakeholderRole "Owner"@en ;
    mg:stakeIn <action/3> .
<stakeholder/tenants> a mg:Stakeholder ; rdfs:label "Tenants"@en ;
    mg:stakeholderRole "Beneficiary"@en ; mg:stakeIn <action/3> .
"""

# rows, columns, filters, the cells that are not empty, and totals of rows, columns and all
TABLES = [
    (
        "level/goal", "theme", {},
        {
            "goal/1": {"clean-water": "A2", "decent-work": "A1", "port-heritage": "A1"},
            "goal/2": {"clean-water": "A2 A4", "decent-work": "A4 A7"},
        },
        [2, 3], [2, 3, 1], 4,
    ),
    (
        "member", "challenge", {},
        {
            "akwasi-bay": {},
            "ndarou": {"rising-seas": "A2 A4", "port-transition": "A2 A4"},
            "porto-salgado": {"rising-seas": "A1 A2", "port-transition": "A2"},
            "puerto-niebla": {"rising-seas": "A2 A4", "port-transition": "A2 A4"},
            "vila-mare": {"rising-seas": "A1"},
        },
        [0, 2, 2, 2, 1], [3, 2], 3,
    ),
    (
        "country", "year", {},
        {
            "esp": {"2023": "A4 A7"}, "gha": {}, "prt": {"2021": "A1", "2023": "A6"},
            "sen": {"2022": "A2"},
        },
        [2, 0, 2, 1], [1, 1, 3], 5,
    ),
    (
        "region", "level/goal", {},
        {
            "africa": {"goal/1": "A2", "goal/2": "A2 A4"},
            "europe": {"goal/1": "A1 A2 A5", "goal/2": "A2 A4 A6 A7"},
            "southern-europe": {"goal/1": "A1 A2 A5", "goal/2": "A2 A4 A6 A7"},
            "sub-saharan-africa": {"goal/1": "A2", "goal/2": "A2 A4"},
            "western-africa": {"goal/1": "A2", "goal/2": "A2 A4"},
        },
        [2, 6, 6, 2, 2], [3, 4], 6,
    ),
    (
        "owner", "area", {},
        {
            "body/assembly": {}, "body/harbour-cities": {"dikes": "A2"},
            "body/secretariat": {"early-warning": "A1"}, "member/porto-salgado": {},
            "member/puerto-niebla": {"dikes": "A4"}, "organization/dockers-union": {},
        },
        [0, 1, 1, 0, 1, 0], [2, 1], 3,
    ),
    (
        "output-type", "factor", {},
        {"statement": {}, "guide": {}, "training": {"youth": "A1"}},
        [0, 0, 1], [1], 1,
    ),
    (
        "level/goal", "theme", {"claims": "any"},
        {
            "goal/1": {"clean-water": "A2 A5", "decent-work": "A1", "port-heritage": "A1"},
            "goal/2": {"clean-water": "A2 A4", "decent-work": "A4 A7", "port-heritage": "A4 A7"},
        },
        [3, 3], [3, 3, 3], 5,
    ),
    (
        "level/goal", "theme", {"year": 2023},
        {"goal/1": {}, "goal/2": {"clean-water": "A4", "decent-work": "A4 A7"}},
        [0, 2], [1, 2, 0], 2,
    ),
    (
        "theme", "level/outcome", {"line": "goal/2"},
        {
            "clean-water": {"outcome/2.1": "A2 A4", "outcome/2.3": "A4"},
            "decent-work": {"outcome/2.1": "A4", "outcome/2.2": "A7", "outcome/2.3": "A4"},
            "port-heritage": {},
        },
        [2, 2, 0], [0, 0, 0, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0], 3,
    ),
]  # fmt: skip


def last(name: str) -> str:
    """Return the last part of an id; elements of the plan keep their kind."""
    kind, _, key = name.rpartition("/")
    return name if kind in ("goal", "outcome") else key


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table[0]}-{table[1]}-{table[2]}")
def test_tables_worked_out_by_hand(harbour: Plan, table: tuple) -> None:  # type: ignore[type-arg]  # a row of the tables above
    rows, columns, filters, cells, of_rows, of_columns, whole = table
    matrix = harbour.crosstab(rows, columns, **filters)
    by_member = rows == "owner"
    counted = {
        row if by_member else last(row): {
            last(column): " ".join(sorted(SHORT[name.rpartition("/")[2]] for name in held))
            for column in matrix.columns.names
            if (held := matrix.records(row, column))
        }
        for row in matrix.rows.names
    }
    assert counted == cells
    assert [matrix.count(row=row) for row in matrix.rows.names] == of_rows
    assert [matrix.count(column=column) for column in matrix.columns.names] == of_columns
    assert matrix.count() == whole


def test_a_gap_is_empty_without_filters_too(harbour: Plan) -> None:
    whole = harbour.crosstab("level/goal", "theme")
    assert whole.gaps() == (("goal/2", "theme/port-heritage"),)
    assert whole.emptied() == ()
    late = harbour.crosstab("level/goal", "theme", year=2023)
    assert late.gaps() == (("goal/2", "theme/port-heritage"),)
    assert late.emptied() == (
        ("goal/1", "theme/clean-water"),
        ("goal/1", "theme/decent-work"),
        ("goal/1", "theme/port-heritage"),
    )
    shown = str(late.table)
    assert "empty with these filters" in shown
    assert "gap" in shown
    assert whole.table.rows[-1][1:] == (0, 0, 1, 1)  # gaps of each column, and of all
    assert late.table.rows[-1][1:] == (0, 0, 1, 1)


def test_challenges_by_themes_are_the_coverage(metropolis: Plan, harbour: Plan) -> None:
    for plan in (metropolis, harbour):
        for claims, basis in (
            ("agreed", None),
            ("any", None),
            ("any", "stated"),
            ("coder:a", None),
        ):
            known = plan.coverage(claims=claims, basis=basis)
            matrix = plan.crosstab("challenge", "theme", claims=claims, basis=basis)
            assert matrix.rows.names == known.challenges
            assert matrix.columns.names == known.themes
            assert {pair: len(held) for pair, held in known.cells.items()} == {
                pair: matrix.count(*pair) for pair in known.cells
            }
            assert matrix.count() == known.count()


class Loops:
    """The shipped plan's Turtle files, read by rdflib without any inference."""

    def __init__(self) -> None:
        self.graph = Graph()
        for path in paths.SHIPPED_GRAPH.glob("*.ttl"):
            self.graph.parse(path)
        self.activities = set(self.graph.subjects(RDF.type, MG.Activity))

    def objects(self, subject: object, *predicates: object) -> set[object]:
        return {
            value
            for name in predicates
            for value in self.graph.objects(subject, name)  # type: ignore[arg-type]  # nodes
        }

    def agreed(self, activity: object, *predicates: object) -> set[object]:
        """Return the categories that all coders of an activity claim, two at least."""
        graph = self.graph
        coders = {
            coder
            for coding in graph.subjects(MG.codedActivity, activity)  # type: ignore[arg-type]  # a node
            for coder in graph.objects(coding, MG.codedBy)
        }
        who = Namespace("http://www.w3.org/ns/prov#").wasAttributedTo
        by: dict[object, set[object]] = defaultdict(set)
        for claim in graph.subjects(MG.onActivity, activity):  # type: ignore[arg-type]  # a node
            for category in self.objects(claim, *predicates):
                by[category] |= self.objects(claim, who)
        return {name for name, who in by.items() if len(coders) > 1 and who == coders}

    def above(self, element: object) -> set[object]:
        """Return an element and all those of which it is a part."""
        known = {element}
        for whole in self.graph.objects(element, MG.partOf):  # type: ignore[arg-type]  # a node
            known |= self.above(whole)
        return known

    def involved(self, activity: object) -> set[object]:
        roles = ("organizer", "host", "partner", "participant", "funder", "evaluatedBy")
        return self.objects(activity, *(MG[role] for role in roles))

    def challenges(self, activity: object) -> set[object]:
        areas = self.agreed(activity, MG.claimsArea)
        above = {whole for area in areas for whole in self.objects(area, SKOS.broader)}
        return self.agreed(activity, MG.claimsChallenge) | above

    def axes(self, activity: object) -> set[object]:
        elements = self.agreed(activity, MG.claimsResult) | self.objects(activity, MG.reportedUnder)
        return {whole for element in elements for whole in self.above(element)}

    def regions(self, activity: object) -> set[object]:
        known: set[object] = set()
        members = set(self.graph.subjects(RDF.type, MG.Member))
        for member in self.involved(activity) & members:
            waiting = {
                region
                for country in self.objects(member, MG.country)
                for region in self.objects(country, MG.region)
            }
            while waiting:
                known |= waiting
                waiting = {up for region in waiting for up in self.objects(region, SKOS.broader)}
        return known


def test_the_shipped_plan_by_plain_loops(metropolis: Plan) -> None:
    loops = Loops()
    expected: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for activity in loops.activities:
        name = str(activity).removeprefix(BASE)
        for label, lefts, rights in (
            ("member challenge", loops.involved(activity), loops.challenges(activity)),
            ("level/axis region", loops.axes(activity), loops.regions(activity)),
        ):
            for left in lefts:
                for right in rights:
                    pair = (str(left).removeprefix(BASE), str(right).removeprefix(BASE))
                    expected[label][pair].add(name)
    for label, cells in expected.items():
        rows, columns = label.split()
        matrix = metropolis.crosstab(rows, columns)
        kind = {"member": "member/", "level/axis": "axis/"}[rows]
        known = {pair: held for pair, held in cells.items() if pair[0].startswith(kind)}
        assert known, label
        counted = {
            (row, column): set(held)
            for row in matrix.rows.names
            for column in matrix.columns.names
            if (held := matrix.records(row, column))
        }
        assert counted == known
    members = metropolis.crosstab("member", "challenge")
    assert len(members.rows.names) == len(set(loops.graph.subjects(RDF.type, MG.Member)))


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Plan:
    """Return a plan of elements that has no activities, as an imported table makes one."""
    folder = tmp_path_factory.mktemp("union")
    (folder / "plan.ttl").write_text(ELEMENTS, encoding="utf-8")
    return open_plan(folder, cache=cache)


OF_ELEMENTS = [
    (
        "axis", "owner",
        {
            "axis/1": {"lyon": "action/1 action/2", "roads": "action/2"},
            "axis/2": {"homes": "action/3"}, "axis/3": {},
        },
        [2, 1, 0], 3,
    ),
    (
        "level/axis", "status",
        {
            "axis/1": {"done": "action/1", "late": "action/2"},
            "axis/2": {"done": "action/3"}, "axis/3": {},
        },
        [2, 1, 0], 3,
    ),
    ("sdg", "axis", {"1": {"2": "action/3"}, "11": {"1": "action/1"}}, [1, 1], 2),
    ("country", "year", {"fra": {"2026": "action/1"}}, [1], 1),
]  # fmt: skip


@pytest.mark.parametrize("table", OF_ELEMENTS, ids=lambda table: f"{table[0]}-{table[1]}")
def test_a_plan_without_activities_counts_its_elements(union: Plan, table: tuple) -> None:  # type: ignore[type-arg]  # a row of the tables above
    rows, columns, cells, of_rows, whole = table
    matrix = union.crosstab(rows, columns)
    assert matrix.unit == "elements"
    assert {
        row if row.startswith("axis/") else last(row): {
            last(column): " ".join(held)
            for column in matrix.columns.names
            if (held := matrix.records(row, column))
        }
        for row in matrix.rows.names
    } == cells
    assert [matrix.count(row=row) for row in matrix.rows.names] == of_rows
    assert matrix.count() == whole


def test_filters_of_elements(union: Plan) -> None:
    matrix = union.crosstab("axis", "owner", year=2027)
    assert matrix.records() == ("action/2",)
    assert matrix.emptied() == (("axis/2", "stakeholder/homes"),)
    assert union.crosstab("axis", "owner", line="axis/2").records() == ("action/3",)


def test_an_axis_is_asked_for_by_its_short_name_and_a_typo_is_met(harbour: Plan) -> None:
    assert harbour.crosstab("goal", "theme").rows.axis.name == "level/goal"
    with pytest.raises(QueryError, match=r"Unknown axis: “coutry”. Did you mean country\?"):
        harbour.crosstab("coutry", "theme")
    with pytest.raises(QueryError, match="counts activities or elements, not “activitys”"):
        harbour.crosstab("country", "theme", "activitys")
    with pytest.raises(QueryError, match="level/result"):
        harbour.crosstab("level/result", "theme")


@pytest.mark.parametrize("path", AXES, ids=lambda path: path.stem)
def test_an_axis_file_is_whole(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    header = tomllib.loads("\n".join(line[3:] for line in text.splitlines() if line[:3] == "#+ "))
    for key in ("title", "question"):
        assert all(header[key].get(lang, "").strip() for lang in ("en", "fr", "es")), key
    answer = ox.Store().query(text)
    assert isinstance(answer, ox.QuerySolutions)
    names = {variable.value for variable in answer.variables}
    assert {"category", "record"} <= names
    assert names <= {
        "category",
        "record",
        "coder",
        "basis",
        "agreed",
        *header.get("parameters", {}),
    }
    assert "ORDER BY" in text.rpartition("}")[2]


def test_every_axis_of_the_shipped_plan_answers(metropolis: Plan) -> None:
    assert {path.stem for path in AXES} >= {
        "challenge", "theme", "area", "factor", "level", "output-type", "audience", "owner",
        "member", "country", "region", "year", "status", "sdg",
    }  # fmt: skip
    for path in AXES:
        name = "level/result" if path.stem == "level" else path.stem
        assert metropolis.crosstab(name, "theme").rows.axis.title


def test_what_does_not_fit_on_a_page_is_counted(metropolis: Plan) -> None:
    whole = metropolis.crosstab("member", "challenge")
    shown = whole.readable()
    assert all(shown.count(row=row) for row in shown.rows.names)
    assert whole.count() == shown.count()
    # who does nothing for a challenge is counted also where such members are not shown
    assert shown.gaps("challenge/resilience") == whole.gaps("challenge/resilience")
    left = len(whole.rows.names) - len(shown.rows.names)
    assert whole.hidden()[0] == f"{left} rows in which every cell is empty are not shown."


def test_the_command(run: Run, tmp_path: Path) -> None:
    words = ("coverage", "--rows", "country", "--columns", "theme", "--format", "json")
    value = json.loads(run(*words).stdout)
    assert value["rows"]["axis"] == "country"
    assert value["count"] == "activities"
    assert all(len(cell["activities"]) == cell["count"] > 0 for cell in value["cells"])
    shown = run("coverage", "--rows", "member", "--columns", "challenge").stderr
    assert re.search(r"[0-9]+ rows in which every cell is empty are not shown", shown)
    own = tmp_path / "mine.rq"
    own.write_text(
        "PREFIX mg: <https://w3id.org/metrograph/ontology#>\n"
        "SELECT ?record ?category { ?record a mg:Activity ; mg:partner ?category }",
        encoding="utf-8",
    )
    csv = run("coverage", "--rows", own, "--columns", "year", "--format", "csv")
    assert csv.returncode == 0
    assert csv.stdout.startswith("mine")
    typo = run("coverage", "--rows", "memebr", "--columns", "theme")
    assert typo.returncode == 3
    assert "Did you mean member" in typo.stderr
    alone = run("coverage", "--rows", "member")
    assert alone.returncode == 2
    assert "--columns" in alone.stderr


BUDGETS = """
@base <https://example.org/union/> .
@prefix mg: <https://w3id.org/metrograph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<unit/eur> a mg:Unit ; rdfs:label "EUR"@en .
<unit/usd> a mg:Unit ; rdfs:label "USD"@en .
<indicator/budget> a mg:Indicator ; rdfs:label "Budget"@en ; mg:ofPlan <plan/1> .
"""
VALUES = (  # record, unit, year, type, value
    ("action/1", "eur", 2026, "projection", "1000"),
    ("action/2", "eur", 2026, "projection", "2000.5"),
    ("action/2", "usd", 2027, "projection", "500"),
    ("action/2", "eur", 2026, "actual", "40"),
    ("axis/2", "eur", 2026, "projection", "700"),
    ("action/3", "eur", 2026, "projection", "300"),
)
EUR, USD = ("unit/eur", "mg:projection"), ("unit/usd", "mg:projection")
SPENT = ("unit/eur", "mg:actual")


def budgets(values: tuple[tuple[str, str, int, str, str], ...]) -> str:
    """Return a plan of elements with a budget of these values."""
    observations = "".join(
        f"<observation/{n}> a mg:Observation ; mg:ofIndicator <indicator/budget> ; "
        f"mg:subject <{record}> ; mg:unit <unit/{unit}> ; mg:valueType mg:{kind} ; "
        f'mg:year "{year}"^^xsd:gYear ; mg:value {value} .\n'
        for n, (record, unit, year, kind, value) in enumerate(values)
    )
    return ELEMENTS + BUDGETS + observations


@pytest.fixture(scope="module")
def paid(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Plan:
    folder = tmp_path_factory.mktemp("paid")
    (folder / "plan.ttl").write_text(budgets(VALUES), encoding="utf-8")
    return open_plan(folder, cache=cache)


def test_sums_are_never_across_currencies_or_types_and_count_a_part_once(paid: Plan) -> None:
    by_owner = paid.sums("indicator/budget", "axis", "owner")
    lyon, roads, homes = (f"stakeholder/{name}" for name in ("lyon", "roads", "homes"))
    # Lyon: 1,000 and 2,000.50 euros and 500 dollars planned, 40 euros spent
    mobility = {SPENT: Decimal(40), EUR: Decimal("3000.5"), USD: Decimal(500)}
    assert by_owner.total("axis/1", lyon) == mobility
    assert by_owner.total("axis/1", roads) == {
        SPENT: Decimal(40), EUR: Decimal("2000.5"), USD: Decimal(500),
    }  # fmt: skip
    assert by_owner.total(row="axis/1") == mobility  # an action of two owners counts once
    assert by_owner.total("axis/2", homes) == {EUR: Decimal(300)}
    assert by_owner.total("axis/3", homes) == {}
    assert by_owner.total() == {SPENT: Decimal(40), EUR: Decimal("3300.5"), USD: Decimal(500)}
    # the 700 euros of an axis hold the 300 of its action
    assert paid.sums("indicator/budget", "axis", "axis").total("axis/2", "axis/2") == {
        EUR: Decimal(700)
    }
    only = paid.sums("indicator/budget", "axis", "owner", year=2027)
    assert only.total() == {USD: Decimal(500)}
    assert "Year: 2027" in str(only)


def test_the_command_adds_an_indicator(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.ttl").write_text(budgets(VALUES), encoding="utf-8")
    words = ("coverage", "--graph", tmp_path, "--rows", "axis", "--columns", "status")
    value = json.loads(run(*words, "--count", "indicator/budget", "--format", "json").stdout)
    planned = {"unit": "unit/eur", "type": "mg:projection", "value": 1000}
    assert value["cells"][0] == {"row": "axis/1", "column": "status/done", "sums": [planned]}
    # a plan without challenges and themes is told what to do
    plain = run("coverage", "--graph", tmp_path)
    assert "metrograph coverage --rows level/axis --columns owner" in plain.stderr
    typo = run(*words, "--count", "elemens")
    assert typo.returncode == 3
    assert "Did you mean elements" in typo.stderr


def test_sums_as_a_table_keep_numbers_and_name_gaps(paid: Plan) -> None:
    table = paid.sums("indicator/budget", "axis", "owner").table
    assert [column.heading for column in table.columns] == [
        "Axis", "Unit", "Type of value", "Homes", "City of Lyon", "Roads", "Total",
    ]  # fmt: skip
    rows = [[getattr(cell, "id", cell) for cell in row] for row in table.rows]
    assert rows[1] == [
        "axis/1", "EUR", "projection", "gap",
        Decimal("3000.5"), Decimal("2000.5"), Decimal("3000.5"),
    ]  # fmt: skip
    assert rows[4] == ["axis/3", None, None, "gap", "gap", "gap", None]
    assert [row[0] for row in rows] == ["axis/1"] * 3 + ["axis/2", "axis/3"] + ["Total"] * 3


def test_values_that_differ_are_left_out_and_counted(tmp_path: Path, cache: Path) -> None:
    other = ("action/3", "eur", 2026, "projection", "310")
    (tmp_path / "plan.ttl").write_text(budgets((*VALUES, other)), encoding="utf-8")
    sums = open_plan(tmp_path, cache=cache).sums("indicator/budget", "axis", "owner")
    assert sums.total("axis/2", "stakeholder/homes") == {}
    assert "Values left out because others of the same record and period differ: 2." in str(sums)


def test_what_cannot_be_added_is_refused(harbour: Plan) -> None:
    with pytest.raises(QueryError, match="in percent, and percentages cannot be added"):
        harbour.sums("indicator/clean-samples", "goal", "year")
    # about 120 at A2 (2022), fewer than 30 at A7 (2023): both are activities of goal 2
    people = harbour.sums("indicator/participants", "goal", "year")
    assert people.total("goal/2", "2022") == {("unit/people", "mg:actual"): Decimal(120)}
    assert people.total(row="goal/2") == {("unit/people", "mg:actual"): Decimal(150)}
    assert "2 of the values added are bounds or estimates" in str(people)
