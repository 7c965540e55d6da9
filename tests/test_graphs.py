"""Checks that what `export` writes as RDF comes back as the same graph, whatever the graph says."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from metrograph.cli.main import main
from metrograph.errors import InputError
from metrograph.exchange import rdf
from metrograph.exchange.asserted import Choice
from metrograph.exchange.exporter import export
from metrograph.plan import Plan, open_plan
from metrograph.store import new_plan
from metrograph.store.records import Record
from metrograph.store.writing import append
from metrograph.vocabulary import MG, MG_NAMESPACE, RDF, Graphs
from tests.conftest import HARBOUR, IS_LONG, Run

FORMS = ("ttl", "nq", "trig", "jsonld")
BASE = "https://example.org/harbour/"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def asserted(of: Path) -> Graph:
    found = Graph()
    for path in sorted(of.rglob("*.ttl")):
        found.parse(path, format="turtle")
    return found


def there_and_back(plan: Plan, form: str, tmp_path: Path, inferred: bool = False) -> Path:
    """Return the folder of the plan that an import makes of an export."""
    path = tmp_path / f"plan.{form}"
    path.write_bytes(export(plan, Choice(form, inferred)))
    shutil.rmtree(tmp_path / "back", ignore_errors=True)
    return new_plan.write(tmp_path / "back", rdf.read(path).draft)


@pytest.mark.parametrize("form", FORMS)
def test_a_plan_comes_back_as_the_same_graph(form: str, harbour: Plan, tmp_path: Path) -> None:
    assert isomorphic(asserted(there_and_back(harbour, form, tmp_path)), asserted(HARBOUR))


@pytest.mark.parametrize("form", ["nq", "trig"])
def test_quads_come_back_in_their_files_and_without_what_follows(
    form: str, harbour: Plan, tmp_path: Path
) -> None:
    back = there_and_back(harbour, form, tmp_path, inferred=True)
    assert {path.name for path in back.iterdir()} == {path.name for path in HARBOUR.glob("*.ttl")}
    for path in back.iterdir():
        assert isomorphic(Graph().parse(path), Graph().parse(HARBOUR / path.name)), path.name


@settings(
    max_examples=10 if IS_LONG else 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    labels=st.dictionaries(st.sampled_from(["en", "fr", "es"]), TEXT, min_size=1),
    note=TEXT,
    form=st.sampled_from(FORMS),
)
def test_whatever_the_labels_hold_the_graph_is_the_same(
    labels: dict[str, str], note: str, form: str, cache: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in ("plan.ttl", "sources.ttl"):
        shutil.copy(HARBOUR / name, copy)
    said = Record(
        BASE + "theme/new",
        (
            (RDF.type, (ox.NamedNode(MG_NAMESPACE + "VisionTheme"),)),
            (RDF.label, tuple(ox.Literal(text, language=tag) for tag, text in labels.items())),
            ("http://www.w3.org/2004/02/skos/core#note", (ox.Literal(note),)),
        ),
    )
    append(copy / "plan.ttl", [said], BASE, "")
    plan = open_plan(copy, cache=cache)
    assert isomorphic(asserted(there_and_back(plan, form, tmp_path)), asserted(copy))


def test_a_name_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "plan.nq"
    plan = f"<{BASE}plan/1> <{RDF.type}> <{MG.StrategicPlan}>"
    names = ("../../out.ttl", "/etc/out.ttl", ".hidden/x.ttl", "a%2F..%2F..%2Fout.ttl")
    path.write_text("".join(f"{plan} <{Graphs.files}{name}> .\n" for name in names))
    draft = rdf.read(path).draft
    assert set(draft.texts) == {"plan.ttl"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<a> <b>", "plan.ttl:1: a relative IRI"),
        ("[] a <https://example.org/x> .", "blank nodes"),
        ("<https://example.org/a> a <https://example.org/b> .", "no mg:StrategicPlan"),
    ],
)
def test_what_is_no_plan_is_refused_with_a_sentence(
    text: str, told: str, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "plan.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        rdf.read(path)
    refused = run("import", path, "--new", tmp_path / "made")
    assert refused.returncode == 3
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("spoils", [False, True])
def test_a_plan_too_large_to_open_at_once_is_checked_all_the_same(
    spoils: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is said of it is what `check` finds when it is built, and nothing is built for it."""
    turtle = "\n".join(path.read_text(encoding="utf-8") for path in sorted(HARBOUR.glob("*.ttl")))
    if spoils:  # two without what they need, one conclusion that no claim leads to
        turtle += (
            "<activity/2023/nameless> a mg:Activity .\n"
            "<activity/2023/harbour-forum> mg:addressesTheme <theme/port-heritage> .\n"
            "<observation/odd> a mg:Observation ; mg:value 'much' .\n"
        )
    (tmp_path / "plan.ttl").write_text(turtle, encoding="utf-8")
    monkeypatch.setenv("METROGRAPH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("metrograph.cli.import_new._OPENED_AT_ONCE", 10)
    made = tmp_path / "made"
    arguments = ["import", str(tmp_path / "plan.ttl"), "--new", str(made)]
    assert main(arguments) == int(spoils)
    told = capsys.readouterr().err
    assert not (tmp_path / "cache").exists()
    plan = open_plan(made, cache=tmp_path / "cache")
    if spoils:
        shapes = {finding.shape for finding in plan.findings}
        assert {"written-conclusion", "label-missing", "value-format"} <= shapes
        assert f"({plan.built.violations})" in told
    else:
        assert plan.built.violations == 0
        assert "No errors were found" in told


def test_json_ld_asks_no_other_machine_for_its_context(tmp_path: Path) -> None:
    path = tmp_path / "plan.jsonld"
    path.write_text('{"@context": "http://127.0.0.1:9/context", "@id": "a", "name": "b"}')
    with pytest.raises(InputError, match=r"plan\.jsonld"):
        rdf.read(path)
