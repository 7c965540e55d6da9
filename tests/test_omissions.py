"""Checks that checks, imports and reports end with what they did not look at."""

import html
import json
import shutil
from pathlib import Path

import pytest

import metrograph
from metrograph.plan import Plan
from metrograph.report.omissions import uncoded, unread_files
from tests.conftest import HARBOUR, Run
from tests.explorer import client

JSON_LD = '{"@context": {}, "@id": "https://example.org/a"}'


@pytest.mark.parametrize(
    ("name", "content", "is_named"),
    [
        ("extra.nt", "", True),
        ("extra.jsonld", JSON_LD, True),
        ("EXTRA.NT", "", True),
        ("parts/extra.nq", "", True),
        ("extra.trig", "", True),
        ("extra.rdf", "", True),
        ("extra.owl", "", True),
        ("extra.ttl.gz", "", True),
        ("extra.ttl.bak", "", True),
        ("extra.xml", '<?xml version="1.0"?><rdf:RDF/>', True),
        ("extra.json", JSON_LD, True),
        (".draft.ttl", "", True),
        ("extra.xml", "<iati-activities/>", False),
        ("extra.json", '{"a": 1}', False),
        ("notes.txt", "", False),
        ("report.pdf", "", False),
        ("._plan.ttl", "", False),
        (".git/extra.nt", "", False),
    ],
)
def test_files_of_rdf_that_are_not_read_are_named(
    tmp_path: Path, name: str, content: str, is_named: bool
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    assert unread_files(tmp_path) == ((name,) if is_named else ())


def test_a_linked_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "more").symlink_to(tmp_path / "real")
    assert unread_files(tmp_path / "plan") == ("more/",)


def test_check_and_reports_end_with_the_files_that_were_not_read(
    harbour_copy: Path, run: Run
) -> None:
    assert "Not read" not in run("check", "--graph", harbour_copy).stdout
    (harbour_copy / "extra.nt").write_text("", encoding="utf-8")
    (harbour_copy / "extra.jsonld").write_text(JSON_LD, encoding="utf-8")
    for lang, named, verdict in (
        ("en", "Not read (2): extra.jsonld, extra.nt.", "Some files were not read."),
        (
            "fr",
            "Non lus (2)\u00a0: extra.jsonld, extra.nt.",
            "Certains fichiers n'ont pas été lus.",
        ),
        ("es", "No leídos (2): extra.jsonld, extra.nt.", "Algunos archivos no se leyeron"),
    ):
        answer = run("check", "--graph", harbour_copy, "--lang", lang).stdout
        last = " ".join(answer.split("\n\n")[-1].split())  # without the ends of lines
        assert " ".join(named.split()) in last
        assert verdict in answer
    told = json.loads(run("check", "--graph", harbour_copy, "--format", "json").stdout)
    assert told["notRead"] == ["extra.jsonld", "extra.nt"]
    for command in ("coverage", "progress", "gaps", "agreement", "cycle"):
        report = run(command, "--graph", harbour_copy)
        assert "Not read (2): extra.jsonld, extra.nt." in report.stderr
        assert "Not read" not in report.stdout


def test_activities_that_fewer_than_two_coders_coded_are_named(harbour: Plan, run: Run) -> None:
    # README of the plan: A5 was read by one coder only, A6 by nobody
    names = uncoded(harbour)
    assert len(names) == 2
    stderr = run("agreement", "--graph", harbour.built.folder).stderr
    assert stderr.splitlines()[-1].endswith(f"coders: {', '.join(names)}.")


@pytest.mark.parametrize(
    "command",
    [["agreement"], ["gaps"], ["gaps", "--list"], ["whatif", "--fragile"], ["adjudicate"]],
)
def test_json_says_what_was_not_looked_at(harbour_copy: Path, run: Run, command: list[str]) -> None:
    # README of the plan: A5 was read by one coder only, A6 by nobody
    coded_by_few = ["activity/2023/heritage-walks", "activity/2023/storm-alert"]
    (harbour_copy / "extra.nt").write_text("", encoding="utf-8")
    told = json.loads(run(*command, "--graph", harbour_copy, "--format", "json").stdout)
    assert told["notRead"] == ["extra.nt"]
    assert told["notLookedAt"] == coded_by_few
    for other in ("coverage", "progress", "cycle"):
        told = json.loads(run(other, "--graph", harbour_copy, "--format", "json").stdout)
        assert told["notRead"] == ["extra.nt"]
        assert "notLookedAt" not in told


def test_compare_names_the_files_of_both_plans(harbour_copy: Path, run: Run) -> None:
    later = harbour_copy.parent / "later"
    shutil.copytree(HARBOUR.parent / "harbour-2026", later)
    (harbour_copy / "old.nt").write_text("", encoding="utf-8")
    (later / "new.jsonld").write_text(JSON_LD, encoding="utf-8")
    names = [f"{harbour_copy.name}/old.nt", "later/new.jsonld"]
    for lang, start in (("en", "Not read (2): "), ("fr", "Non lus (2)\u00a0: "),
                        ("es", "No leídos (2): ")):  # fmt: skip
        answer = run("compare", harbour_copy, later, "--lang", lang)
        assert f"{start}{', '.join(names)}." in answer.stderr
    told = json.loads(run("compare", harbour_copy, later, "--format", "json").stdout)
    assert told["notRead"] == names


def test_pages_that_rest_on_claims_name_what_they_do_not_look_at(
    harbour: Plan, cache: Path
) -> None:
    names = ", ".join(uncoded(harbour))
    with client(HARBOUR, cache) as browser:
        for part in ("agreement", "gaps", "contested"):
            for lang, start in (
                ("en", "Not included (2): activities coded by fewer than two coders: "),
                (
                    "fr",
                    "Non prises en compte (2)\u00a0: activités codées par moins de deux ",
                ),
                ("es", "No incluidas (2): actividades codificadas por menos de dos "),
            ):
                footer = browser.get(f"/{lang}/review/{part}").text.partition("<footer>")[2]
                assert start in html.unescape(footer)
                assert names in footer
            told = browser.get(f"/en/review/{part}.json").json()
            assert told["notLookedAt"] == list(uncoded(harbour))
            assert told["notRead"] == []
        assert names not in browser.get("/en/review/indicators").text.partition("<footer>")[2]
        assert browser.get("/en/coverage.json").json()["notRead"] == []


def test_progress_names_the_figures_that_it_does_not_count(harbour_copy: Path, run: Run) -> None:
    path = next(
        one for one in harbour_copy.glob("*.ttl") if "mg:value 3 ;" in one.read_text("utf-8")
    )
    text = path.read_text(encoding="utf-8")
    prefix = "@prefix xsdx: <http://www.w3.org/2001/XMLSchema#> .\n"
    path.write_text(
        prefix + text.replace("mg:value 3 ;", 'mg:value "NaN"^^xsdx:decimal ;', 1), encoding="utf-8"
    )
    answer = run("progress", "--graph", harbour_copy)
    assert answer.returncode == 1
    assert "Not counted (1): values that are not numbers: observation/" in answer.stdout
    assert f"{path.name}:" in answer.stderr
    assert "“NaN” is not a valid value" in answer.stderr
    assert metrograph.open(harbour_copy).progress().unread


@pytest.mark.parametrize(
    ("lang", "above", "below"),
    [
        ("en", "Not imported (2): see the remarks above.", "Not imported (2): see "),
        (
            "fr",
            "Non importés (2)\u00a0: voir les remarques ci-dessus.",
            "Non importés (2)\u00a0: voir ",
        ),
        ("es", "No importados (2): vea las observaciones anteriores.", "No importados (2): vea "),
    ],
)
def test_an_import_ends_with_how_much_was_left(
    tmp_path: Path, run: Run, lang: str, above: str, below: str
) -> None:
    table, report = tmp_path / "plan.csv", tmp_path / "report.csv"
    # two sums of what stands above them are no actions
    table.write_text(
        "Goal,Action,Cost\nClean streets,Sweep,5\nClean streets,Wash,7\nTotal,,12\n"
        "Good homes,Rents,3\nGood homes,Repairs,4\nTotal,,7\n",
        encoding="utf-8",
    )
    asked = ("import", table, "--new", tmp_path / "new", "--dry-run", "--lang", lang)
    assert run(*asked).stderr.splitlines()[-1] == f"metrograph: {above}"
    end = run(*asked, "--report", report).stderr.splitlines()[-1]
    assert end == f"metrograph: {below}{report}."
    table.write_text("Goal,Action\nClean streets,Sweep\nClean streets,Wash\n", encoding="utf-8")
    assert below[:10] not in run(*asked).stderr.splitlines()[-1]
