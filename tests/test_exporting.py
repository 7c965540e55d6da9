"""Checks that an export says what the plan says, no more and no less, in each of its forms."""

import csv
import io
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from metrograph.errors import InputError, UsageError
from metrograph.exchange.asserted import Choice, quads
from metrograph.exchange.exporter import FORMS, export
from metrograph.exchange.table_export import JOIN, long_table
from metrograph.plan import Plan, open_plan
from metrograph.store.writing import replace_file
from metrograph.tables.table import Entity
from metrograph.vocabulary import Graphs
from tests.conftest import HARBOUR, Run

MG = "https://w3id.org/metrograph/ontology#"
HOSTILE = '=cmd()|"x"<script>alert(1)</script>'


def in_files(folder: Path) -> set[ox.Triple]:
    return {
        quad.triple
        for path in folder.rglob("*.ttl")
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    }


def in_store(plan: Plan) -> set[ox.Triple]:
    """Return what was written and inferred, as the store has it: all but the ontology."""
    return {
        quad.triple
        for quad in plan.built.store
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value not in (Graphs.ontology, Graphs.interface)
    }


def stored(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return triples with their literals spelt as a store spells them."""
    store = ox.Store()
    store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
    return {quad.triple for quad in store}


def read(data: bytes, form: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=form)}


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def hostile(folder: Path) -> Path:
    """Add to a plan names that look like formulas and pages, and an id out of the common."""
    (folder / "hostile.ttl").write_text(
        f"@base <https://example.org/harbour/> .\n@prefix mg: <{MG}> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n"
        "<theme/a:b//c> a mg:VisionTheme ; skos:inScheme <scheme/themes> ; mg:position 9 ;\n"
        + "".join(f"    rdfs:label {json.dumps(HOSTILE)}@{lang} ;\n" for lang in ("en", "fr", "es"))
        + '    skos:note "https://example.org/harbour/x"@id, "a | b"@en ; '
        "mg:ofPlan <plan/2022-2025> ; mg:value 1.50, 007 .\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def odd(harbour_copy: Path, cache: Path) -> Plan:
    return open_plan(hostile(harbour_copy), cache=cache)


@pytest.fixture(params=["harbour", "metropolis", "odd"])
def plan(request: pytest.FixtureRequest) -> Plan:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Plan)
    return found


@pytest.mark.parametrize(
    ("form", "parsed"),
    [
        ("ttl", ox.RdfFormat.TURTLE), ("nq", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG),
    ],
)  # fmt: skip
def test_rdf_says_what_the_files_say_or_what_the_store_holds(
    plan: Plan, form: str, parsed: ox.RdfFormat
) -> None:
    assert read(export(plan, Choice(form)), parsed) == in_files(plan.built.folder)
    whole = read(export(plan, Choice(form, inferred=True)), parsed)
    assert stored(whole) == in_store(plan)
    assert export(plan, Choice(form)) == export(plan, Choice(form))


def test_rdflib_finds_the_turtle_isomorphic_to_the_files(odd: Plan) -> None:
    files = Graph()
    for path in odd.built.folder.glob("*.ttl"):
        files.parse(path)
    again = Graph().parse(data=export(odd, Choice("ttl")), format="turtle")
    assert isomorphic(again, files)


def test_an_exported_turtle_file_is_a_plan_with_the_same_answers(
    harbour: Plan, tmp_path: Path, cache: Path
) -> None:
    (tmp_path / "all.ttl").write_bytes(export(harbour, Choice("ttl")))
    again = open_plan(tmp_path, cache=cache)
    assert again.ids.base == harbour.ids.base
    assert again.coverage().table == harbour.coverage().table
    found = [(f.severity, f.focus, f.shape) for f in again.findings]
    assert sorted(map(str, found)) == sorted(
        str((f.severity, f.focus, f.shape)) for f in harbour.findings
    )


def test_quads_tell_the_files_and_what_was_inferred_apart(harbour: Plan) -> None:
    for form, parsed in (("nq", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG)):
        found = list(ox.parse(export(harbour, Choice(form, inferred=True)), format=parsed))
        names = {quad.graph_name.value for quad in found if quad.graph_name != ox.DefaultGraph()}
        assert names == {
            Graphs.inferred,
            *(f"{Graphs.files}{path.name}" for path in HARBOUR.glob("*.ttl")),
        }


@pytest.mark.parametrize("inferred", [False, True])
def test_json_ld_says_the_same_triples(plan: Plan, inferred: bool) -> None:
    text = export(plan, Choice("jsonld", inferred=inferred)).decode()
    read_ = Dataset(default_union=True).parse(data=text, format="json-ld")
    lines = read_.serialize(format="nquads")
    found = {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)}
    assert stored(found) == (in_store(plan) if inferred else stored(in_files(plan.built.folder)))


def test_json_ld_reads_as_a_web_developer_would_write_it(harbour: Plan) -> None:
    document = json.loads(export(harbour, Choice("jsonld")))
    assert document["@context"]["@base"] == "https://example.org/harbour/"
    nodes = {node["id"]: node for node in document["@graph"]}
    school = nodes["activity/2021/tide-school"]
    assert school["type"] == "Activity"
    assert school["label"] == {
        "en": "Tide School",
        "fr": "École des marées",
        "es": "Escuela de Mareas",
    }
    assert school["host"] == "member/porto-salgado"
    assert (school["edition"], school["year"]) == (1, "2021")
    # by the table in the invented plan's README: a makes three claims on it, b four; one decision
    authors = Counter(claim["wasAttributedTo"] for claim in school["claims"])
    assert authors == {"coder/a": 3, "coder/b": 4, "coder/c": 1}
    assert all("onActivity" not in claim for claim in school["claims"])
    assert {coding["codedBy"] for coding in school["codings"]} == {"coder/a", "coder/b"}
    figures = nodes["indicator/members"]["figures"]
    assert [figure["value"] for figure in figures] == [3, 4, 5, 8, 12]
    assert "claim/a/tide-school/outcome/1.1" not in nodes


def test_a_kind_alone_is_exported(harbour: Plan) -> None:
    found = json.loads(export(harbour, Choice("jsonld", kinds=("AlignmentClaim",))))["@graph"]
    assert {node["type"] for node in found} == {"AlignmentClaim"}
    assert all(node["onActivity"].startswith("activity/") for node in found)  # nothing to be within


def test_a_workbook_has_a_sheet_a_kind_and_a_row_a_record(harbour: Plan) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(harbour, Choice("xlsx"))))
    expected = Counter(
        quad.object.value.rpartition("#")[2]
        for path in HARBOUR.glob("*.ttl")
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        if quad.predicate.value.endswith("#type")
    )
    counts = {sheet.title: sheet.max_row - 1 for sheet in book}
    for sheet, kind in (
        ("activity", "Activity"), ("member", "Member"), ("value", "Observation"),
        ("alignment claim", "AlignmentClaim"), ("indicator", "Indicator"), ("result", "Result"),
    ):  # fmt: skip
        assert counts[sheet] == expected[kind], sheet
    assert sum(counts.values()) == sum(expected.values())
    assert counts["activity"] == len(harbour.query("activities")) == 7
    sheet = book["activity"]
    headings = [str(cell.value) for cell in sheet[1]]
    cells = {cell[1].value: dict(zip(headings, cell, strict=True)) for cell in sheet.iter_rows(2)}
    assembly = cells["activity/2022/annual-assembly"]
    assert assembly["Record"].value == "Assembly of 2022"
    ids = ["akwasi", "ndarou", "porto-salgado", "puerto-niebla", "vila-mare"][1:]
    at = next(name for name in headings if name.startswith("participant") and "(id)" in name)
    assert assembly[at].value == JOIN.join(f"member/{one}" for one in ids)
    assert (
        assembly[at.removesuffix(" (id)")].value
        == "Ndarou | Porto Salgado | Puerto Niebla | Vila Mare"
    )
    assert not any("inferred" in heading for heading in headings)


def test_what_is_inferred_stands_in_columns_of_its_own(harbour: Plan) -> None:
    data = export(harbour, Choice("csv", inferred=True, kinds=("Activity",)))
    school = next(row for row in rows(data) if row["Record (id)"] == "activity/2021/tide-school")
    # by the README: themes decent-work and port-heritage, the area early-warning, outcome 1.1
    found = {name: value for name, value in school.items() if value.startswith("theme/")}
    assert set(found.values()) == {"theme/decent-work | theme/port-heritage"}
    assert all("(inferred) (id)" in name for name in found)


def test_a_csv_file_holds_one_kind_and_a_zip_all(harbour: Plan) -> None:
    with pytest.raises(UsageError, match="one kind"):
        export(harbour, Choice("csv"))
    members = rows(export(harbour, Choice("csv", kinds=("Member",))))
    assert [row["Record (id)"] for row in members] == [
        f"member/{name}"
        for name in ("akwasi-bay", "ndarou", "porto-salgado", "puerto-niebla", "vila-mare")
    ]
    packed = zipfile.ZipFile(io.BytesIO(export(harbour, Choice("csv", packed=True))))
    assert rows(packed.read("Member.csv")) == members
    assert len(rows(packed.read("Observation.csv"))) == 25
    assert export(harbour, Choice("csv", packed=True)) == export(
        harbour, Choice("csv", packed=True)
    )


@pytest.mark.parametrize("inferred", [False, True])
def test_the_long_table_has_a_row_a_value(plan: Plan, inferred: bool) -> None:
    choice = Choice("csv", inferred=inferred, long=True)
    table = long_table(plan, quads(plan, choice))
    assert len(table) == len(in_files(plan.built.folder)) + (
        sum(
            1
            for _ in plan.built.store.quads_for_pattern(
                None, None, None, ox.NamedNode(Graphs.inferred)
            )
        )
        if inferred
        else 0
    )
    assert {row["origin"] for row in table} == {"written", *(["inferred"] if inferred else [])}
    assert len(rows(export(plan, choice))) == len(table)


def test_the_long_table_loses_nothing(odd: Plan) -> None:
    """Put together again, ids, languages and values are what the files say."""
    table = long_table(odd, quads(odd, Choice("csv")))
    theme = "theme/a:b//c"
    found: set[tuple[Any, ...]] = set()
    for row in table:
        record, relation, value = row["record"], row["relation"], row["value"]
        assert isinstance(record, Entity)
        assert isinstance(relation, Entity)
        if record.id == theme:
            said = value.id if isinstance(value, Entity) else value
            found.add((relation.id.rpartition("#")[2], said, row["language"], row["datatype"]))
    assert ("note", "https://example.org/harbour/x", "id", None) in found
    assert ("label", HOSTILE, "fr", None) in found
    assert ("mg:ofPlan", "plan/2022-2025", None, None) in found
    assert ("mg:position", 9, None, "integer") in found


def test_no_label_becomes_a_formula(odd: Plan) -> None:
    data = export(odd, Choice("csv", kinds=("VisionTheme",)))
    row = next(row for row in rows(data) if row["Record (id)"].startswith("theme/a:b"))
    assert row["Record"] == "'" + HOSTILE
    book = openpyxl.load_workbook(io.BytesIO(export(odd, Choice("xlsx"))))
    values = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in values} <= {"s", "n", "b"}
    assert any(cell.value == HOSTILE and cell.quotePrefix for cell in values)


@pytest.mark.parametrize(("form", "reader"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_a_network_shows_inferred_edges_only_when_asked(
    odd: Plan, form: str, reader: Any, tmp_path: Path
) -> None:
    found = {}
    for inferred in (False, True):
        path = tmp_path / f"{inferred}.{form}"
        path.write_bytes(export(odd, Choice(form, inferred=inferred)))
        found[inferred] = reader(path)
    said = {
        (source, target, data["predicate"])
        for source, target, data in found[False].edges(data=True)
    }
    assert ("outcome/1.1", "goal/1", "mg:partOf") in said
    assert not any(data["inferred"] == "true" for *_, data in found[False].edges(data=True))
    assert found[True].number_of_edges() == odd.network().number_of_edges()
    assert found[True].number_of_edges() > found[False].number_of_edges() > 0


def test_headings_and_labels_come_in_the_language_asked_for(run: Run) -> None:
    answer = run(
        "export", "--graph", HARBOUR, "--to", "csv", "-o", "-", "--kind", "member", "--lang", "fr"
    )
    assert answer.returncode == 0
    assert answer.stdout.startswith("Fiche,Fiche (id),nom (en),nom (es),nom (fr),")
    assert "\ufeff" not in answer.stdout
    assert "Baie d'Akwasi,member/akwasi-bay," in answer.stdout


@pytest.mark.parametrize("form", [one for one in FORMS if one not in ("stratml", "iati")])
def test_each_form_is_written_by_the_command(tmp_path: Path, run: Run, form: str) -> None:
    path = tmp_path / f"plan.{form}"
    kind = ["--kind", "Activity,Member"] if form != "csv" else ["--kind", "Activity"]
    answer = run("export", "--graph", HARBOUR, "-o", path, *kind)
    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == f"metrograph: {path} written.\n"
    assert path.stat().st_size > 500
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "x.pdf"], "does not name a format"),
        (["-o", "x"], "does not name a format"),
        (["-o", "-"], "--to, with one of"),
        (["-o", "x.ttl", "--to", "turtel"], "Unknown format: “turtel”"),
        (["-o", "-", "--to", "xlsx"], "cannot go to stdout"),
        (["-o", "x.csv"], "holds only one kind"),
        (["-o", "x.csv", "--kind", "Activty"], "Did you mean Activity"),
        (["-o", "x.ttl", "--long"], "--long is only for spreadsheets"),
        (["-o", "x.zip", "--long"], "so a .zip is not required"),
        (["-o", "x.ttl", "--format", "json"], "--format is for tables"),
    ],
)
def test_what_cannot_be_exported_is_told_in_a_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    answer = run("export", "--graph", HARBOUR, *arguments)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_export_does_not_become_a_part_of_the_plan(run: Run, harbour_copy: Path) -> None:
    answer = run("export", "--graph", harbour_copy, "-o", harbour_copy / "x.ttl")
    assert answer.returncode == 2
    assert "the plan's own folder" in answer.stderr
    assert not (harbour_copy / "x.ttl").exists()


def test_a_file_that_cannot_be_written_stays_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = run("export", "--graph", HARBOUR, "-o", tmp_path / "none" / "x.ttl")
    assert (answer.returncode, "cannot be written" in answer.stderr) == (3, True)
    old = tmp_path / "plan.xlsx"
    old.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        replace_file(old, b"new")
    assert old.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.xlsx"]


def test_what_excel_would_cut_off_is_refused(harbour_copy: Path, cache: Path) -> None:
    text = (harbour_copy / "plan.ttl").read_text("utf-8")
    long = "long " * 8_000
    (harbour_copy / "plan.ttl").write_text(
        text.replace("Ports with clean water, decent work and living quays.", long), "utf-8"
    )
    plan = open_plan(harbour_copy, cache=cache)
    with pytest.raises(UsageError, match=r"strategic plan, .*Excel cell"):
        export(plan, Choice("xlsx"))
    assert long in export(plan, Choice("csv", kinds=("StrategicPlan",))).decode()


@pytest.mark.parametrize(
    ("form", "root"), [("stratml", "PerformancePlanOrReport"), ("iati", "iati-activities")]
)
def test_a_standard_comes_with_a_ledger_of_what_it_cannot_hold(
    tmp_path: Path, run: Run, form: str, root: str
) -> None:
    path = tmp_path / "plan.xml"
    answer = run("export", "--graph", HARBOUR, "--to", form, "-o", path)
    assert answer.returncode == 0, answer.stderr
    assert f"<{root}" in path.read_text(encoding="utf-8")[:500]
    ledger = tmp_path / "plan.xml.losses.csv"
    lost = list(csv.DictReader(io.StringIO(ledger.read_text(encoding="utf-8"))))
    assert f"Statements not included: {len(lost)}." in answer.stderr
    asserted = {
        quad.triple
        for file in HARBOUR.glob("*.ttl")
        for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)
    }
    triples = {
        quad.triple
        for row in lost
        for quad in ox.parse(row["triple"], format=ox.RdfFormat.N_TRIPLES)
    }
    assert triples < asserted
    assert len(triples) == len(lost)


def test_a_standard_takes_the_whole_plan_and_a_file(tmp_path: Path, run: Run) -> None:
    for arguments in (["-o", "-"], ["-o", tmp_path / "a.xml", "--kind", "Activity"]):
        refused = run("export", "--graph", HARBOUR, "--to", "iati", *arguments)
        assert refused.returncode == 2
        assert list(tmp_path.iterdir()) == []
