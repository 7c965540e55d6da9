"""Checks the command as a person meets it: answers, exit codes, and messages for bad input."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import HARBOUR, Run

COMMANDS = ("check", "coverage", "queries", "query", "show")


def refused(run: Run, *arguments: str | Path, stdin: str = "") -> str:
    """Run a command that cannot run; return its message."""
    answer = run(*arguments, stdin=stdin)
    assert answer.returncode == 3, answer.stderr
    assert answer.stdout == ""
    assert answer.stderr.startswith("metrograph: ")
    assert "Traceback" not in answer.stderr
    return answer.stderr


def test_coverage_as_json_has_every_intersection_with_its_activities(run: Run) -> None:
    value = json.loads(run("coverage", "--format", "json").stdout)
    assert len(value["cells"]) == 20
    assert len(value["themes"]) == 5
    assert len(value["challenges"]) == 4
    for cell in value["cells"]:
        assert cell["count"] == len(cell["activities"])
        assert cell["theme"].startswith("theme/")
        assert cell["challenge"].startswith("challenge/")


def test_coverage_is_drawn_with_gaps_in_words_in_each_language(run: Run) -> None:
    for lang, gap, theme in (
        ("en", "gap", "Quality of life"),
        ("fr", "lacune", "Qualité de vie"),
        ("es", "brecha", "Calidad de vida"),
    ):
        text = run("coverage", "--lang", lang, "--format", "md").stdout
        assert text.count(f" {gap} ") == 4
        assert theme in text


@pytest.mark.parametrize("form", ["table", "csv", "json", "md", "html"])
@pytest.mark.parametrize(
    "command", [("coverage",), ("check",), ("queries",), ("show", "line/1"), ("query", "themes")]
)
def test_every_command_answers_in_every_form(run: Run, command: tuple[str, ...], form: str) -> None:
    answer = run(*command, "--format", form)
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""
    assert len(answer.stdout) > 100
    if form == "json":
        json.loads(answer.stdout)


def test_check_as_json_says_whether_the_plan_conforms(run: Run) -> None:
    value = json.loads(run("check", "--format", "json").stdout)
    assert value["conforms"] is True
    assert value["counts"]["violation"] == 0
    assert sum(value["counts"].values()) == len(value["findings"])
    assert all(finding["file"] and finding["line"] for finding in value["findings"])


def test_a_violation_ends_with_1_at_its_file_and_line(run: Run, small_plan: Path) -> None:
    path = small_plan / "members.ttl"
    path.write_text(
        "@base <https://example.org/small/> .\n"
        "@prefix mg: <https://w3id.org/metrograph/ontology#> .\n"
        "\n"
        "<member/a> a mg:Member ;\n"
        "    mg:contry <country/fra> .\n",
        encoding="utf-8",
    )
    answer = run("check", "--graph", small_plan, "--format", "json")
    assert answer.returncode == 1
    value = json.loads(answer.stdout)
    assert value["conforms"] is False
    found = {(f["id"], f["file"], f["line"]) for f in value["findings"]}
    assert ("member/a", "members.ttl", 4) in found
    assert "mg:country" in answer.stdout  # the misspelt term's nearest


def test_a_syntax_error_in_the_plan_names_file_and_line(run: Run, small_plan: Path) -> None:
    (small_plan / "x.ttl").write_text("<a:> <b:> <c:>\n<d:>", encoding="utf-8")
    assert "x.ttl:2: not valid Turtle" in refused(run, "coverage", "--graph", small_plan)


def test_garbage_of_100_megabytes_is_refused_in_one_line(run: Run, small_plan: Path) -> None:
    (small_plan / "huge.ttl").write_bytes(b"garbage \n" * 11_000_000)
    message = refused(run, "check", "--graph", small_plan)
    assert "huge.ttl:1: not valid Turtle" in message
    assert len(message) < 500


def test_an_unknown_id_is_answered_with_the_nearest(run: Run) -> None:
    assert "theme/sustainability" in refused(run, "show", "theme/sustanability")
    assert "coder/a" in refused(run, "coverage", "--claims", "coder:c")
    message = refused(run, "query", "activities-of-theme", "-p", "theme=theme/gender")
    assert "theme/gender-equality" in message


def test_an_unknown_question_is_answered_with_the_nearest(run: Run) -> None:
    assert "members-by-country" in refused(run, "query", "member-by-country")


def test_a_missing_unknown_or_ill_typed_parameter_is_named(run: Run) -> None:
    assert "the parameter theme is required" in refused(run, "query", "activities-of-theme")
    assert "unknown parameter “tehme”" in refused(run, "query", "themes", "-p", "tehme=x")
    message = refused(run, "query", "coverage", "-p", "year=soon")
    assert "four-digit year" in message


def test_a_query_with_a_syntax_error_names_line_and_column(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.rq"
    path.write_text("SELECT ?a WHERE {\n  ?a foo ?b\n}\n", encoding="utf-8")
    assert f"{path}:2:" in refused(run, "query", path)


@pytest.mark.parametrize(
    "update", ["INSERT DATA { <a:b> <a:c> 1 }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL"]
)
def test_an_update_is_refused(run: Run, update: str) -> None:
    message = refused(run, "query", "-", stdin=f"# SELECT\n{update}")
    assert "stdin:2: this is an update" in message


def test_service_is_refused_before_anything_is_sent(run: Run) -> None:
    message = refused(
        run, "query", "-", stdin="SELECT * {\n SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    )
    assert "stdin:2: SERVICE is not allowed" in message


def test_the_word_service_in_a_text_is_no_call(run: Run) -> None:
    answer = run("query", "-", stdin='SELECT ?service { BIND("SERVICE" AS ?service) } # SERVICE')
    assert answer.returncode == 0, answer.stderr


def test_a_query_of_ones_own_is_answered(run: Run) -> None:
    query = "PREFIX mg: <https://w3id.org/metrograph/ontology#> ASK { ?t a mg:VisionTheme }"
    assert json.loads(run("query", "-", "--format", "json", stdin=query).stdout)["rows"] == [
        {"answer": True}
    ]
    construct = "CONSTRUCT { ?s <x:y> ?o } WHERE { ?s <https://schema.org/none> ?o }"
    assert run("query", "-", stdin=construct).returncode == 0


def test_wrong_usage_ends_with_2(run: Run) -> None:
    for wrong in (("coverage", "--year", "23"), ("query",), ("dance",), ("query", "x", "-p", "y")):
        answer = run(*wrong)
        assert answer.returncode == 2, wrong
        assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(run: Run, command: str) -> None:
    text = run(command, "--help").stdout
    assert f"example:\n  metrograph {command}" in text


def test_another_plan_is_named_by_option_or_environment(run: Run) -> None:
    option = run("coverage", "--format", "json", "--graph", HARBOUR).stdout
    environment = run("coverage", "--format", "json", METROGRAPH_GRAPH=str(HARBOUR)).stdout
    assert option == environment
    assert len(json.loads(option)["cells"]) == 6


def test_csv_is_read_back_by_a_csv_reader(run: Run) -> None:
    text = run("query", "members-by-country", "--format", "csv", "--lang", "fr").stdout
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) > 50


def test_output_is_utf_8_whatever_the_locale(run: Run) -> None:
    answer = run("show", "theme/sustainability", "--lang", "fr", LC_ALL="C", PYTHONUTF8="0")
    assert "Durabilité" in answer.stdout


def test_a_runaway_query_is_stopped_with_a_message(run: Run) -> None:
    """Every triple with every triple with every triple: hours, were it not for the limit."""
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    answer = run("query", "-", "--timeout", "0.5", stdin=runaway)
    assert answer.returncode == 3
    assert "longer than 0.5 seconds" in answer.stderr
    assert answer.stdout == ""


def test_an_answer_of_too_many_rows_is_refused_whole(run: Run) -> None:
    answer = run("query", "members", "--limit", "10")
    assert answer.returncode == 3
    assert "more than 10 rows" in answer.stderr
    assert answer.stdout == ""
    assert run("query", "themes", "--limit", "5").returncode == 0
    assert run("query", "themes", "--limit", "0").returncode == 2


def test_show_names_what_is_inferred_and_speaks_the_language_asked_for(run: Run) -> None:
    rows = json.loads(run("show", "activity/2023/avantia", "--format", "json").stdout)["rows"]
    found = {(row["relation"], str(row["value"]), row["origin"]) for row in rows}
    theme = {"id": "theme/gender-equality", "label": "Gender equality"}
    assert ("addresses theme", str(theme), "inferred") in found
    line = {
        "id": "line/2",
        "label": "Consolidating adaptive capacities for metropolitan governance",
    }
    assert ("reported under", str(line), "written") in found
    assert "Mobilité" not in str(rows)
    spanish = run("show", "activity/2023/avantia", "--lang", "es").stdout
    assert "aborda el tema" in spanish
    assert "Igualdad de género" in spanish


def test_check_lists_warnings_for_people_and_everything_for_programs(run: Run) -> None:
    assert "--severity info" in run("check").stdout
    listed = json.loads(run("check", "--format", "json").stdout)["findings"]
    assert {finding["severity"] for finding in listed} == {"warning", "info"}


def test_an_answer_on_a_plan_with_violations_says_so(run: Run, small_plan: Path) -> None:
    answer = run("queries", "--graph", small_plan)
    assert answer.stderr == ""
    answer = run("coverage", "--graph", small_plan)
    assert "metrograph check" in answer.stderr
    assert "Nothing found" in answer.stdout


def test_a_selection_without_any_activity_says_so(run: Run) -> None:
    answer = run("coverage", "--year", "2022")
    assert answer.returncode == 0
    assert "No activity matches" in answer.stderr


def test_the_usual_prefixes_need_no_declaration(run: Run) -> None:
    answer = run("query", "-", "--format", "csv", stdin="SELECT ?t { ?t a mg:VisionTheme }")
    assert answer.returncode == 0, answer.stderr
    assert "theme/quality-of-life" in answer.stdout


def test_a_name_without_its_kind_is_answered_with_the_id(run: Run) -> None:
    assert "activity/2023/avantia" in refused(run, "show", "avantia")
    assert "theme/gender-equality" in refused(run, "show", "gender equality")


@pytest.mark.parametrize(
    "query",
    ["SELECT * WHERE " + "{" * 9000 + "}" * 9000, "ASK { FILTER(" + "!" * 10**6 + "true) }"],
)
def test_a_query_of_a_thousand_brackets_ends_no_process(run: Run, query: str) -> None:
    answer = run("query", "-", stdin=query)
    assert answer.returncode in (0, 3), answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { OPTIONAL { ?s <urn:x> ?o } SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }",
        "PREFIX e: <x:> SELECT * { ?s e:a\\#b ?o . SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }",
        "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }",
        "SELECT * { SERVICESILENT<http://127.0.0.1:9/>{ ?x ?y ?z } }",
        "PREFIX s: <urn:x:> SELECT * { SERVICE s:x { ?x ?y ?z } }",
        "SELECT * { service # away\n ?endpoint { ?x ?y ?z } }",
        "SELECT * { FILTER(1<'x'&&'y>'!='z')SERVICE <http://127.0.0.1/>{?x ?y ?z}FILTER('a'='b')}",
    ],
)
def test_service_is_refused_however_it_is_written(run: Run, query: str) -> None:
    assert "SERVICE is not allowed" in refused(run, "query", "-", stdin=query)


def test_an_alignment_written_by_hand_is_a_violation(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(HARBOUR, plan)
    (plan / "ghost.ttl").write_text(
        "@base <https://example.org/harbour/> .\n"
        "@prefix mg: <https://w3id.org/metrograph/ontology#> .\n"
        "<activity/2023/harbour-forum> mg:addressesTheme <theme/port-heritage> .\n",
        encoding="utf-8",
    )
    answer = run("check", "--graph", plan, "--format", "json")
    assert answer.returncode == 1
    assert "written-conclusion" in answer.stdout


def test_an_id_of_the_wrong_kind_is_refused(run: Run) -> None:
    message = refused(run, "query", "claims-of-activity", "-p", "activity=theme/sustainability")
    assert "must be a record of the kind “activity”" in message
    refused(run, "coverage", "--line", "theme/sustainability")
    assert "mg:foo" in refused(run, "query", "coverage", "-p", "basis=foo")


def test_an_empty_folder_name_is_not_the_shipped_plan(run: Run) -> None:
    answer = run("coverage", "--graph", "")
    assert answer.returncode == 2
    assert answer.stdout == ""


@pytest.mark.parametrize("header", ["parameters = 3", "parameters.x = 1", "title = 5", "x ="])
def test_a_header_of_the_wrong_form_is_named(run: Run, tmp_path: Path, header: str) -> None:
    path = tmp_path / "own.rq"
    path.write_text(f"#+ {header}\nSELECT ?t {{ ?t a mg:VisionTheme }} ORDER BY ?t\n", "utf-8")
    assert str(path) in refused(run, "query", path)
