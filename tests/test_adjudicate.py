"""Decisions: what they make of standing claims, what they write, and what they refuse."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrograph.errors import InputError
from metrograph.plan import Plan, open_plan
from metrograph.store.records import Record, with_records
from metrograph.store.writing import append, locked
from metrograph.vocabulary import MG, RDF, Dcterms
from tests.conftest import Run

FORUM = "activity/2022/harbour-forum"
GAP = "intersection/port-transition/port-heritage"
DECIDE = ("--by", "c", "--because", "The minutes say so.", "--as-of", "2024-07-01")


def reached(folder: Path, cache: Path) -> set[str]:
    plan = open_plan(folder, cache=cache)
    return {str(row["result"]) for row in plan.rows("activities-by-result") if row["activities"]}


def standing(folder: Path, cache: Path, category: str) -> list[object]:
    return [
        row["claim"]
        for row in open_plan(folder, cache=cache).rows("claims")
        if (row["activity"], row["category"], row["standing"]) == (FORUM, category, True)
    ]


def test_accepting_makes_the_claim_stand_and_adds_one_record(
    run: Run, harbour_copy: Path, cache: Path
) -> None:
    file = harbour_copy / "decisions.ttl"
    before = {path: path.read_bytes() for path in harbour_copy.rglob("*.ttl")}
    done = run("adjudicate", FORUM, "outcome/1.2", "--accept", *DECIDE, "--graph", harbour_copy)
    assert done.returncode == 0
    assert "decision/6 was written to" in done.stderr
    assert standing(harbour_copy, cache, "outcome/1.2") == ["decision/6"]
    assert "outcome/1.2" in reached(harbour_copy, cache)
    after = {path: path.read_bytes() for path in harbour_copy.rglob("*.ttl")}
    assert {path for path in after if after[path] != before.get(path)} == {file}
    assert after[file].startswith(before[file])
    assert after[file][len(before[file]) :].decode() == (
        "\n<decision/6> a mg:Decision ;\n"
        "    mg:onActivity <activity/2022/harbour-forum> ;\n"
        "    prov:wasAttributedTo <coder/c> ;\n"
        "    mg:decidesResult <outcome/1.2> ;\n"
        "    mg:basis mg:notRecorded ;\n"
        '    mg:reason "The minutes say so."@en ;\n'
        "    mg:settles <claim/a/harbour-forum/outcome/1.2> ;\n"
        "    mg:verdict mg:accepted ;\n"
        '    dcterms:created "2024-07-01"^^xsd:date ;\n'
        "    mg:citation <source/annual-2023#line=5,6> .\n"
    )


def test_rejecting_what_all_coders_claim_unmakes_it_and_nothing_new_is_wrong(
    run: Run, harbour_copy: Path, cache: Path
) -> None:
    # README of the plan: A2 CW stands by agreement, and with it RS x CW and PT x CW of A2
    assert len(standing(harbour_copy, cache, "theme/clean-water")) == 2
    found = open_plan(harbour_copy, cache=cache).findings
    run("adjudicate", FORUM, "theme/clean-water", "--reject", *DECIDE, "--graph", harbour_copy)
    assert standing(harbour_copy, cache, "theme/clean-water") == []
    plan = open_plan(harbour_copy, cache=cache)
    assert plan.coverage().count("challenge/rising-seas", "theme/clean-water") == 1  # A4 is left
    assert {finding.shape for finding in plan.findings} == {finding.shape for finding in found}
    assert plan.built.violations == 0


def test_a_decision_is_superseded_only_when_asked_and_both_stay_on_record(
    run: Run, harbour_copy: Path, cache: Path
) -> None:
    pair = (FORUM, "area/rising-seas/dikes")  # decision/2 accepts it
    refused = run("adjudicate", *pair, "--reject", *DECIDE, "--graph", harbour_copy)
    assert refused.returncode == 2
    assert "decision/2 has already decided this" in refused.stderr
    assert "--supersede" in refused.stderr
    early = ("--by", "c", "--because", "No.", "--as-of", "2020-01-01", "--supersede")
    assert "cannot" not in refused.stderr
    assert run("adjudicate", *pair, "--reject", *early, "--graph", harbour_copy).returncode == 2
    done = run("adjudicate", *pair, "--reject", *DECIDE, "--supersede", "--graph", harbour_copy)
    assert done.returncode == 0
    assert standing(harbour_copy, cache, "area/rising-seas/dikes") == []
    history = run("adjudicate", *pair, "--graph", harbour_copy, "--format", "csv").stdout
    lines = [line.split(",") for line in history.splitlines()]
    assert [(line[1], line[5]) for line in lines[1:]] == [
        ("claim/b/harbour-forum/area/rising-seas/dikes", "not agreed"),
        ("decision/2", "replaced"),
        ("decision/6", "in force"),
    ]


def test_the_open_list_shrinks_with_each_decision(run: Run, harbour_copy: Path) -> None:
    def listed() -> int:
        done = run("adjudicate", "--graph", harbour_copy, "--format", "csv")
        return len(done.stdout.splitlines()) - 1

    assert listed() == 5  # README of the plan: five contested
    run("adjudicate", FORUM, "outcome/1.2", "--reject", *DECIDE, "--graph", harbour_copy)
    assert listed() == 4


def test_out_of_scope_is_no_gap_until_it_is_brought_in(
    run: Run, harbour_copy: Path, cache: Path
) -> None:
    assert "gap" in run("coverage", "--graph", harbour_copy).stdout
    run("adjudicate", GAP, "--out-of-scope", *DECIDE, "--graph", harbour_copy)
    shown = run("coverage", "--graph", harbour_copy).stdout
    assert "out of scope" in shown
    assert "gap" not in shown
    plan = open_plan(harbour_copy, cache=cache)
    found = plan.gaps("intersections-without-activity", "intersections-out-of-scope")
    assert found.count() == 0
    assert [gap.thing for gap in found.apart] == [GAP]
    assert plan.built.violations == 0
    run("adjudicate", GAP, "--in-scope", *DECIDE, "--graph", harbour_copy)
    again = open_plan(harbour_copy, cache=cache)
    assert again.gaps("intersections-without-activity").count() == 1
    assert len(again.query("decisions-on-scope")) == 2
    twice = run("adjudicate", GAP, "--in-scope", *DECIDE, "--graph", harbour_copy)
    assert "is already in scope" in twice.stderr


def test_a_new_adjudicator_is_recorded_with_a_name(
    run: Run, harbour_copy: Path, cache: Path
) -> None:
    words = ("--accept", "--by", "board", "--because", "Heard.", "--graph", harbour_copy)
    refused = run("adjudicate", FORUM, "outcome/1.2", *words)
    assert refused.returncode == 2
    assert "known: a, b, c" in refused.stderr
    done = run("adjudicate", FORUM, "outcome/1.2", *words, "--name", "The Board")
    assert done.returncode == 0
    plan = open_plan(harbour_copy, cache=cache)
    assert plan.label("coder/board") == "The Board"
    assert plan.built.violations == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("activity/2022/nothing", "outcome/1.2", "--accept", *DECIDE), 3, "has no"),
        ((FORUM, "theme/no-such", "--accept", *DECIDE), 3, "has no"),
        ((FORUM, "theme/port-heritage", "--accept", *DECIDE), 3, "No coder claims"),
        ((FORUM, "outcome/1.2", "--accept", "--by", "c"), 2, "requires a reason"),
        ((FORUM, "outcome/1.2", "--accept", "--by", "c", "--because", " \n "), 2, "requires a"),
        ((FORUM, "outcome/1.2", "--accept", "--because", "x"), 2, "--by"),
        ((FORUM, "outcome/1.2", "--by", "c", "--because", "x"), 2, "Give the decision"),
        ((FORUM, "--accept", *DECIDE), 2, "require UNIT and CATEGORY"),
        ((FORUM,), 2, "both UNIT and CATEGORY"),
        ((FORUM, "--out-of-scope", *DECIDE), 3, "not an intersection"),
        ((GAP, "--in-scope", *DECIDE), 2, "is already in scope"),
        ((FORUM, "outcome/1.2", "--accept", "--by", "c d", "--because", "x", "--name", "x"), 2,
         "key"),
        ((FORUM, "outcome/1.2", "--accept", "--by", "c", "--because", "x", "--as-of", "now"), 2,
         "2024-05-31"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused_and_nothing_is_written(
    run: Run, harbour_copy: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    before = {path: path.read_bytes() for path in harbour_copy.rglob("*.ttl")}
    done = run("adjudicate", *words, "--graph", harbour_copy)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert before == {path: path.read_bytes() for path in harbour_copy.rglob("*.ttl")}


def test_the_shipped_plan_is_changed_only_where_its_folder_is_named(run: Run) -> None:
    pair = ("activity/2023/avantia", "result/2.2.7")
    done = run("adjudicate", *pair, "--accept", *DECIDE, "--name", "x")
    assert done.returncode == 2
    assert "--graph DIR" in done.stderr


def test_two_processes_at_once_lose_nothing(harbour_copy: Path, cache: Path) -> None:
    open_plan(harbour_copy, cache=cache)  # so that both find it built

    def decide(pair: tuple[str, str]) -> int:
        words = ("adjudicate", *pair, "--accept", *DECIDE, "--graph", str(harbour_copy))
        command = [sys.executable, "-m", "metrograph", *words]
        return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode

    same = (FORUM, "outcome/1.2")
    other = ("activity/2023/clean-docks", "outcome/2.9")
    with ThreadPoolExecutor() as pool:
        codes = list(pool.map(decide, (same, other, same)))
    assert sorted(codes) == [0, 0, 2]  # the second on the same pair is refused
    plan = open_plan(harbour_copy, cache=cache)
    made = {row["decision"]: row["category"] for row in plan.rows("decisions")}
    assert {made["decision/6"], made["decision/7"]} == {"outcome/1.2", "outcome/2.9"}
    assert len(made) == 7
    assert plan.built.violations == 0


def test_a_lock_that_another_holds_is_waited_for_and_then_named(
    harbour_copy: Path,
) -> None:
    with locked(harbour_copy), ThreadPoolExecutor(1) as pool:

        def second() -> None:
            with locked(harbour_copy, wait=0):
                raise AssertionError("two held the lock")

        with pytest.raises(InputError, match="another process is changing"):
            pool.submit(second).result()


THEME = ox.NamedNode("https://example.org/ontology#Theme")


@settings(max_examples=100, deadline=None)
@given(st.text(), st.sampled_from(["", "# end", "# end\n", "\n\n"]))
def test_any_text_comes_back_as_it_was(text: str, tail: str) -> None:
    reason = ox.Literal(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    before = f"@base <https://example.org/> .\n<a> <b> <c> .\n{tail}"
    record = Record("https://example.org/x", ((RDF.type, (THEME,)), (MG.reason, (reason,))))
    after = with_records(before, [record])
    triples = {quad.triple for quad in ox.parse(after, format=ox.RdfFormat.TURTLE)}
    assert set(record.triples()) <= triples
    assert len(triples) == 3


def test_names_are_written_by_the_files_own_base_and_prefixes() -> None:
    name = ox.NamedNode(MG.Decision)
    odd = ox.NamedNode("https://example.org/a%20b(c)")
    record = Record(
        "https://example.org/decision/1",
        ((RDF.type, (name,)), (Dcterms.created, (ox.Literal(4), odd))),
    )
    text = "PREFIX m: <https://w3id.org/metrograph/ontology#>\nBASE <https://example.org/>\n"
    assert with_records(text, [record]) == (
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        f"{text}"
        "\n<decision/1> a m:Decision ;\n"
        "    dcterms:created 4, <https://example.org/a%20b(c)> .\n"
    )


def test_a_file_is_left_as_it_was_when_it_cannot_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "decisions.ttl"
    record = Record("https://example.org/x", ((RDF.type, (THEME,)),))
    append(path, [record], "https://example.org/", "Decisions.")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Decisions.\n@base <https://example.org/> .\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match=r"No space left.*Nothing was changed"):
        append(path, [record], "https://example.org/", "Decisions.")
    assert path.read_text(encoding="utf-8") == text
    assert [one.name for one in tmp_path.iterdir()] == ["decisions.ttl"]


def test_a_plan_object_lists_what_is_open(harbour: Plan) -> None:
    assert len(harbour.contested()) == 5
    history = harbour.history("activity/2023/clean-docks", "theme/port-heritage")
    assert [str(row["state"]) for row in history] == ["not agreed", "replaced", "in force"]


def test_a_link_is_followed_and_marks_and_line_ends_are_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "real.ttl", tmp_path / "decisions.ttl"
    real.write_bytes("\ufeff@base <https://example.org/> .\r\n<a> <b> <c> .\r\n\r\n".encode())
    link.symlink_to(real)
    before = real.read_bytes()
    append(link, [Record("https://example.org/x", ((RDF.type, (THEME,)),))], "", "")
    assert link.is_symlink()
    assert real.read_bytes() == before + b"\r\n<x> a <ontology#Theme> .\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "@base <https://example.org/> .\n@prefix xsd:\n  <http://www.w3.org/2001/XMLSchema#> .\n",
        '@base <https://example.org/> .\n<a> <b> """\n@prefix x: <y> .\n""" .\n',
        "<https://example.org/a> <https://example.org/b> <https://example.org/c> .",
        "# nothing but a comment",
    ],
)
def test_odd_files_take_a_record_whole(tmp_path: Path, text: str) -> None:
    path = tmp_path / "decisions.ttl"
    path.write_text(text, encoding="utf-8")
    record = Record("https://example.org/x", ((Dcterms.created, (ox.Literal(4),)),))
    append(path, [record], "", "")
    after = path.read_text(encoding="utf-8")
    triples = {quad.triple for quad in ox.parse(after, format=ox.RdfFormat.TURTLE)}
    assert triples == {*record.triples(), *_triples(text)}


def _triples(text: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--by", "new", "--name", "\u200b ", "--because", "x"), "--name"),
        (("--by", "c", "--because", "\u202e\u200b"), "requires a reason"),
        (("--by", "c", "--because", "x", "--as-of", "9999-12-31"), "dated in the future"),
        (("--by", "c", "--because", "x", "--as-of", "1900-01-01"), "Give a later date"),
        (("--by", "c", "--name", "Other", "--because", "x"), "Leave out --name"),
        (("--by", "", "--because", "x"), "--by"),
    ],
)
def test_decisions_that_could_not_be_read_or_undone_are_refused(
    run: Run, harbour_copy: Path, words: tuple[str, ...], says: str
) -> None:
    before = (harbour_copy / "decisions.ttl").read_bytes()
    done = run("adjudicate", FORUM, "outcome/1.2", "--accept", *words, "--graph", harbour_copy)
    assert done.returncode == 2
    assert says in done.stderr
    assert (harbour_copy / "decisions.ttl").read_bytes() == before


def test_a_reason_holds_no_signs_that_steer_a_terminal(run: Run, harbour_copy: Path) -> None:
    reason = "One\x1b[31m <script>two</script>\u202e\nthree"
    words = (FORUM, "outcome/1.2", "--accept", "--by", "c", "--because", reason)
    assert run("adjudicate", *words, "--graph", harbour_copy).returncode == 0
    text = (harbour_copy / "decisions.ttl").read_text(encoding="utf-8")
    assert '"One [31m <script>two</script> three"@en' in text
    page = run("adjudicate", FORUM, "outcome/1.2", "--graph", harbour_copy, "--format", "html")
    assert "&lt;script&gt;" in page.stdout


def test_a_scope_is_not_brought_back_before_it_was_put_out(run: Run, harbour_copy: Path) -> None:
    run("adjudicate", GAP, "--out-of-scope", *DECIDE, "--graph", harbour_copy)
    early = ("--by", "c", "--because", "x", "--as-of", "2020-01-01", "--graph", harbour_copy)
    done = run("adjudicate", GAP, "--in-scope", *early)
    assert done.returncode == 2
    assert "Give a later date" in done.stderr


def test_a_folder_that_is_no_plan_is_left_alone(run: Run, tmp_path: Path) -> None:
    done = run("adjudicate", FORUM, "outcome/1.2", "--accept", *DECIDE, "--graph", tmp_path)
    assert done.returncode == 3
    assert "contains no .ttl file" in done.stderr
    assert list(tmp_path.iterdir()) == []
