"""Checks that a new plan is one: valid, asked at once, in any languages, and made whole or not."""

import hashlib
import os
import re
import shlex
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest

import metrograph
from metrograph.cli.commands import root
from metrograph.errors import InputError, UsageError
from metrograph.exchange.scaffold import Start, files
from metrograph.messages import LANGUAGES
from metrograph.plan import Plan, open_plan
from metrograph.store.new_plan import begin, check_base
from tests.conftest import Run
from tests.explorer import client, words

DAY = date(2026, 11, 22)
BASE = "https://example.org/town/"
HOSTILE = 'A "quoted" <script>alert(1)</script>\n\\ . <x> a <y> \x1b[31m *bold* ${base} $day'
HOSTILE_SHOWN = 'A "quoted" <script>alert(1)</script> \\ . <x> a <y> [31m *bold* ${base} $day'
COMBINATIONS = [one for n in (1, 2, 3) for one in permutations(LANGUAGES, n)]


def made(folder: Path, cache: Path, *languages: str, title: str | None = None) -> Plan:
    begin(folder, files(Start(DAY, BASE, languages or ("en",), title)))
    return open_plan(folder, languages[0] if languages else "en", cache)


def console(readme: str) -> Iterator[list[str]]:
    for block in re.findall(r"^```console\n(.*?)^```", readme, re.MULTILINE | re.DOTALL):
        yield from map(shlex.split, block.splitlines())


@pytest.mark.parametrize("languages", COMBINATIONS, ids="-".join)
def test_a_new_plan_is_without_a_finding_in_whatever_languages(
    tmp_path: Path, cache: Path, languages: tuple[str, ...]
) -> None:
    plan = made(tmp_path / "town", cache, *languages)
    assert plan.findings == []
    assert set(plan.built.languages) == set(languages)
    tags = {
        quad.object.language
        for path in (tmp_path / "town").glob("*.ttl")
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        if isinstance(quad.object, ox.Literal) and quad.object.language
    }
    assert tags == set(languages)


def test_its_coverage_shows_what_both_coders_claim_and_leaves_the_contested_one_out(
    tmp_path: Path, cache: Path
) -> None:
    plan = made(tmp_path / "town", cache)
    matrix = plan.coverage(year=2026)
    # both claim health and walking (of mobility); nature is the second coder's alone
    assert matrix.count("challenge/mobility", "theme/health") == 1
    assert matrix.count("challenge/mobility", "theme/nature") == 0
    assert plan.coverage(claims="any").count("challenge/mobility", "theme/nature") == 1
    assert len(matrix.gaps()) == 5  # of 2 x 3
    assert [row["category"].id for row in plan.contested()] == ["theme/nature"]  # type: ignore[union-attr]


def test_every_citation_can_be_looked_up_in_the_text_that_it_names(
    tmp_path: Path, cache: Path
) -> None:
    for lang in LANGUAGES:
        folder = tmp_path / lang
        plan = made(folder, cache, lang)
        data = (folder / "sources" / "report.txt").read_bytes()
        lines = data.decode().splitlines()
        said = {
            quad.predicate.value.rpartition("#")[2]: quad.object.value
            for quad in plan.built.store.quads_for_pattern(
                ox.NamedNode(f"{BASE}source/report"), None, None, ox.DefaultGraph()
            )
            if isinstance(quad.object, ox.Literal)
        }
        assert said["sha256"] == hashlib.sha256(data).hexdigest()
        assert int(said["lineCount"]) == len(lines)
        text = "".join(path.read_text("utf-8") for path in folder.glob("*.ttl"))
        cited = [(int(a), int(b)) for a, b in re.findall(r"#line=(\d+),(\d+)>", text)]
        assert cited
        assert all(0 <= a < b <= len(lines) for a, b in cited)


def test_a_person_begins_a_plan_and_asks_it_by_the_command(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "Ville d'Été"
    answer = run("new", folder, "--lang", "fr,en", "--title", "Plan de la ville")
    assert (answer.returncode, answer.stdout) == (0, "")
    assert "README.md" in answer.stderr
    assert "Un plan d'exemple a été créé" in answer.stderr
    shown = run("show", "theme/health", "--graph", folder, "--lang", "fr")
    assert shown.stdout.startswith("Santé\n")
    assert "Health" in run("show", "theme/health", "--graph", folder, "--lang", "en").stdout
    assert "<https://example.org/ville-d-ete/>" in (folder / "plan.ttl").read_text("utf-8")
    assert (folder / "README.md").read_text("utf-8").startswith("# Plan de la ville\n")
    assert oct(folder.stat().st_mode & 0o555) == oct(0o555)
    asked = run("coverage", "--format", "csv", METROGRAPH_GRAPH=str(folder))
    assert "Getting around,challenge/mobility,1,gap,gap,1" in asked.stdout


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_commands_of_its_readme_really_run(
    tmp_path: Path, run: Run, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begin(tmp_path / "town", files(Start(DAY, BASE, (lang,))))
    commands = list(console((folder / "README.md").read_text("utf-8")))
    assert len(commands) == 7
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(Path(metrograph.__file__).parents[1]))
    for program, *arguments in commands:
        assert program == "metrograph"
        if arguments[0] == "serve":  # it would not end
            with root().make_context("metrograph", arguments) as context:
                name, command, rest = root().resolve_command(context, arguments)
                assert command
                assert command.make_context(name, rest, context).params["graph"] == "."
            continue
        answer = run(*arguments)
        assert answer.returncode == 0, answer.stderr
    assert (folder / "plan.xlsx").read_bytes().startswith(b"PK")


def test_the_explorer_takes_it_at_once_and_a_hostile_title_stays_a_text(
    tmp_path: Path, cache: Path
) -> None:
    folder = tmp_path / "town"
    plan = made(folder, cache, "en", "es", title=HOSTILE)
    assert plan.findings == []
    assert plan.label(plan.iri) == HOSTILE_SHOWN
    page = client(folder, cache).get("/en/").text
    assert "<script>alert" not in page
    assert 'A "quoted" <script>alert(1)</script>' in words(page)
    heading = (folder / "README.md").read_text("utf-8").splitlines()[0]
    assert heading.startswith('# A "quoted" \\<script\\>')
    assert "${base}" in heading  # what is substituted is not read again


def test_the_files_say_what_they_hold_in_the_first_language() -> None:
    for lang, said in (("en", "The members,"), ("fr", "Les membres,"), ("es", "Los miembros,")):
        others = [one for one in LANGUAGES if one != lang]
        texts = files(Start(DAY, BASE, (lang, *others)))
        assert texts["members.ttl"].startswith(f"# {said}")
        turtle = {name: text for name, text in texts.items() if name.endswith(".ttl")}
        assert all(text.startswith("# ") for text in turtle.values())
        assert all("$" not in text for text in turtle.values())


@pytest.mark.parametrize(
    "base",
    [
        "", "town", "example.org/town/", "https://example.org/town", "https://example.org/#",
        "https:///town/", "ftp://example.org/", "https://example.org/a b/", "https://example.org/?/",
        "https://example.org/a/../", "https://a/> . <https://b/", "file:///tmp/", "https://a/`/",
    ],
)  # fmt: skip
def test_a_base_that_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="--base"):
        check_base(base)


def test_ids_begin_with_the_base_given(tmp_path: Path, run: Run) -> None:
    run("new", tmp_path / "a", "--base", "https://town.example/plans/été/")
    plan = open_plan(tmp_path / "a")
    assert plan.iri == "https://town.example/plans/été/plan/" + plan.ids.short(plan.iri)[5:]
    assert plan.known("line/1") == "line/1"


def test_what_is_there_already_stays(tmp_path: Path, run: Run) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "notes.txt").write_text("mine")
    file = tmp_path / "file"
    file.write_text("mine")
    for target in (full, file, file / "in"):
        answer = run("new", target)
        assert answer.returncode in (2, 3)
        assert "Traceback" not in answer.stderr
        assert answer.stderr.startswith(f"metrograph: {target}: ")
    assert "this folder is not empty" in run("new", full).stderr
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["file", "full", "notes.txt"]
    assert file.read_text() == "mine"


def test_an_empty_folder_is_taken_unless_one_stands_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with pytest.raises(UsageError, match="this is the current folder"):
        begin(Path(), {"a.ttl": ""})
    monkeypatch.chdir(tmp_path)
    begin(Path("empty"), {"a.ttl": "", "b/c.txt": "é\n"})
    assert (folder / "b" / "c.txt").read_bytes() == "é\n".encode()
    begin(Path("far/away"), {"a.ttl": ""})
    assert (tmp_path / "far" / "away" / "a.ttl").exists()


def test_a_disk_that_fills_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_text

    def full(path: Path, text: str, encoding: str = "", newline: str = "") -> int:
        if path.name == "plan.ttl":
            raise OSError(28, os.strerror(28))
        return write(path, text, encoding=encoding, newline=newline)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(InputError, match="No space left"):
        begin(tmp_path / "town", files(Start(DAY, BASE, ("en",))))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "de"], ["--lang", "en,de"], ["--lang", ","], ["--title", " \n "],
        ["--base", "town"], ["--graph", "x"],
    ],
)  # fmt: skip
def test_wrong_words_are_refused_and_nothing_is_written(
    tmp_path: Path, run: Run, arguments: list[str]
) -> None:
    answer = run("new", tmp_path / "town", *arguments)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_needs_a_name(run: Run) -> None:
    for name in ("", "."):
        answer = run("new", name)
        assert answer.returncode == 2
        assert "Give the name of a new folder" in answer.stderr


def test_the_other_commands_keep_one_language(run: Run) -> None:
    assert run("coverage", "--lang", "en,fr").returncode == 2
    assert "--lang en|fr|es" in run("coverage", "--help").stdout


def test_what_could_not_be_read_again_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.ttl would not be valid Turtle"):
        begin(tmp_path / "plan", {"b.ttl": "", "a.ttl": "<a> <b> ."})
    assert list(tmp_path.iterdir()) == []
