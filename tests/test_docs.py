"""Checks that the documents are true: links, names of modules, terms, ids and dependencies.

The documents describe the checkout, so these tests read the checkout, whichever copy of the package
is under test.
"""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from metrograph.plan import Plan
from metrograph.query import axes, library, sparql
from metrograph.vocabulary import MG_NAMESPACE

ROOT = Path(__file__).parents[1]
DECISIONS = ROOT / "docs" / "decisions"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
PAST = {ROOT / "CHANGELOG.md", *(ROOT / "docs" / "words").glob("*.md")}  # name what was
MADE = {"build/fuzz/", "metrograph/data/"}  # by make and in a wheel, so not in a checkout
OF_USERS = {"engine.toml", "engines.toml"}  # files that a person writes
FILE = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.(?:jsonld|md|po|py|rq|toml|ttl)|(?:[\w-]+/)+")
SECTIONS = ["Context", "Decision", "Consequences", "Alternatives considered"]
NOT_OURS = {".git", ".venv", "build", "dist", "__pycache__"}
CODE_BLOCK = re.compile(r"^( *)(```|~~~).*?^\1\2[ ]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(
    r"\]\(<?([^()\s<>]+)>?(?:\s+\"[^\"]*\")?\)|^\[[^\]^]+\]:\s+<?([^\s>]+)", re.MULTILINE
)
# Written so that these lines do not match themselves.
ELSEWHERE = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|crates[.]io|conda[.]anaconda[.]org"
    r"|proxy[.]golang[.]org|(?:extra-)?index[-]url"
    r"|(?<![\w.~-])/(?:root|home|Users|work|tmp)/[\w.]|\b[A-Z]:\\Users\b"
)


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@cache
def prose(page: Path) -> str:
    """Return a page without its blocks of code."""
    return CODE_BLOCK.sub("", page.read_text(encoding="utf-8"))


@cache
def anchors(page: Path) -> set[str]:
    """Return the anchors that a code host makes of a page's headings."""
    found: set[str] = set()
    for heading in re.findall(r"^#{1,6} +(.+?) *#*$", prose(page), re.MULTILINE):
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
        number = 0
        while (anchor := f"{slug}-{number}" if number else slug) in found:
            number += 1
        found.add(anchor)
    return found


def links(page: Path) -> list[str]:
    """Return where a page links to inside the project."""
    without_code = re.sub(r"`[^`\n]*`", "", prose(page))
    targets = [inline or reference for inline, reference in LINK.findall(without_code)]
    return [target for target in targets if not re.match(r"[a-z][a-z0-9+.-]*:", target)]


def spans(text: str) -> set[str]:
    """Return what stands between backticks."""
    return set(re.findall(r"`([^`\n]+)`", text))


@cache
def file_names() -> set[str]:
    return {path.name for path in files()}


def missing(text: str) -> list[str]:
    """Return the files and folders that stand between backticks and are not in the project.

    A path may begin at the top of the project, in the package or in its folder for pages; a bare
    name of a file may be anywhere. Capitals (`NAME`) are placeholders.
    """
    places = (ROOT, ROOT / "metrograph", ROOT / "metrograph" / "web")
    return [
        name
        for name in sorted(spans(text) - MADE - OF_USERS)
        if FILE.fullmatch(name) and not re.search(r"[A-Z]{3,}\.", name)
        if name not in file_names()
        if not any((place / name).exists() for place in places)
    ]


@cache
def defined_terms(kind: str | None = None) -> set[str]:
    """Return the local names of the ontology's own terms: all, or those of one OWL kind."""
    path = ROOT / "ontology" / "metrograph.ttl"
    return {
        quad.subject.value.removeprefix(MG_NAMESPACE)
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode)
        if quad.subject.value.startswith(MG_NAMESPACE)
        if kind is None or (isinstance(quad.object, ox.NamedNode) and quad.object.value == kind)
    }


@cache
def required() -> dict[str, list[str]]:
    """Return what pyproject.toml requires, by what requires it."""
    values = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "build": values["build-system"]["requires"],
        "run": values["project"]["dependencies"],
        **values["project"].get("optional-dependencies", {}),
    }


@cache
def project() -> dict[str, list[str]]:
    """Return the names of the packages that pyproject.toml requires, by what requires them."""
    return {
        group: [re.split(r"[^\w.-]", requirement, maxsplit=1)[0] for requirement in requirements]
        for group, requirements in required().items()
    }


def files() -> list[Path]:
    """Return the project's files: what git knows or would add, or all where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return [
            path
            for path in ROOT.rglob("*")
            if path.is_file()
            if not any(
                part in NOT_OURS or part.endswith(("_cache", ".egg-info"))
                for part in path.relative_to(ROOT).parts
            )
        ]
    names = answer.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_to_a_file_and_heading_of_the_project(page: Path) -> None:
    for target in links(page):
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.is_relative_to(ROOT.resolve()), target
        assert file.exists(), target
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), target


def test_a_broken_link_and_a_repeated_heading_are_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# One `two`, three\n## Same\n## Same\n[a](x.md#y) `[b](no.md)` <http://c.org>\n"
        "[d]: z.md\n```\n# no heading\n[e](no.md)\n```\n",
        encoding="utf-8",
    )
    assert links(page) == ["x.md#y", "z.md"]
    assert anchors(page) == {"one-two-three", "same", "same-1"}


def test_every_folder_and_single_module_has_a_row_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    package = ROOT / "metrograph"
    rows = set(re.findall(r"^\| `([\w/.]+)` \|", text, re.MULTILINE))
    folders = {f"{path.name}/" for path in package.iterdir() if (path / "__init__.py").exists()}
    assert rows == folders | {path.name for path in package.glob("*.py")}
    assert len(text.splitlines()) < 100  # one page


@pytest.mark.parametrize("page", [page for page in PAGES if page not in PAST], ids=named)
def test_every_file_and_folder_that_a_page_names_exists(page: Path) -> None:
    assert missing(prose(page)) == []


def test_a_file_or_folder_that_has_moved_is_seen() -> None:
    text = (
        "`store/rules.py` `store/gone.py` `rules.py` `gone.py` `gone/` `docs/gone/` `docs/words/`"
    )
    assert missing(text) == ["docs/gone/", "gone.py", "gone/", "store/gone.py"]
    assert missing("`tests/shapes/NAME.bad.ttl` `result/1.2.3` `/dump.ttl` `--map map.toml`") == []


def test_every_dependency_has_a_decision() -> None:
    headings = [page.read_text(encoding="utf-8").partition("\n")[0] for page in PAGES_OF_DECISIONS]
    decided = {word.lower() for heading in headings for word in re.findall(r"[\w-]+", heading)}
    asked = {name.lower() for names in project().values() for name in names}
    assert asked <= decided


PAGES_OF_DECISIONS = [page for page in PAGES if page.parent == DECISIONS and page.stem != "README"]


@pytest.mark.parametrize("page", PAGES_OF_DECISIONS, ids=named)
def test_every_decision_has_its_four_parts_on_one_page(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert [line[3:] for line in lines if line.startswith("## ")] == SECTIONS
    assert 15 <= len(lines) <= 35


def test_the_index_of_decisions_lists_each_once() -> None:
    listed = sorted(target for target in links(DECISIONS / "README.md") if "/" not in target)
    assert listed == sorted(page.name for page in PAGES_OF_DECISIONS)


def test_every_class_is_named_in_the_model() -> None:
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    classes = defined_terms("http://www.w3.org/2002/07/owl#Class")
    assert len(classes) > 40
    assert classes <= set(re.findall(r"\bmg:(\w+)", text))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_term_that_a_page_names_is_defined(page: Path) -> None:
    used = set(re.findall(r"\bmg:(\w+)", page.read_text(encoding="utf-8")))
    assert used <= defined_terms()


def test_every_id_that_the_model_names_is_in_the_graph() -> None:
    graph = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "graph" / "metropolis").glob("*.ttl")
    )
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    ids = {span for span in spans(text) if re.fullmatch(r"[a-z-]+/[a-z0-9./#=,-]+", span)}
    assert len(ids) > 50
    assert {name for name in ids if f"<{name}>" not in graph} == set()


def test_what_the_model_says_of_its_example_is_what_follows(metropolis: Plan) -> None:
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    example = text.partition("## How an alignment comes about")[2].partition("\n## ")[0]
    refuted = {row.split("`")[1] for row in example.splitlines() if "| no:" in row}
    rows = sparql.run(
        metropolis.built.engine,
        "PREFIX mg: <https://w3id.org/metrograph/ontology#> SELECT ?what WHERE { <"
        + metropolis.ids.iri("activity/2023/avantia")
        + "> mg:addresses|mg:contributesTo|mg:outputType|mg:crosscuttingFactor ?what }",
        {},
        "example",
    ).rows
    follows = {metropolis.ids.short(str(row[0].value)) for row in rows if row[0] is not None}
    said = {name for name in spans(example) if "/" in name} - {"activity/2023/avantia"}
    assert said == follows | refuted
    assert not follows & refuted


def test_the_example_of_a_question_can_be_asked(metropolis: Plan) -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    text, _ = re.findall(r"^```sparql\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    query = library.parse("example", text)
    given = {parameter.name: str(parameter.example) for parameter in query.parameters}
    table = metropolis.ask(query, given)
    assert len(table) == len(metropolis.ask(query, {"theme": given["theme"]})) > 0
    assert len(metropolis.ask(query, {**given, "year": "1999"})) == 0


def test_the_example_of_an_axis_is_one(harbour: Plan, tmp_path: Path) -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, text = re.findall(r"^```sparql\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "initiative.rq").write_text(text, encoding="utf-8")
    matrix = harbour.crosstab(axes.read_axis(tmp_path / "initiative.rq", "en"), "year")
    assert matrix.records("initiative/blue-docks", "2023") == ("activity/2023/clean-docks",)
    assert matrix.rows.axis.title == "Initiatives"


def test_contributing_names_every_make_target() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `make (\w+)` \|", page, re.MULTILINE)) == set(phony.split())


def test_the_least_version_of_every_dependency_is_the_one_that_is_tested_with() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    tested = {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines}
    for asked in (Requirement(text) for texts in required().values() for text in texts):
        (least,) = asked.specifier
        assert least.operator in (">=", "=="), asked
        assert least.version == tested[canonicalize_name(asked.name)], asked


def test_constraints_hold_names_and_exact_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!+]+", line)] == []
    pinned = {re.sub(r"[._-]+", "-", line.partition("==")[0]).lower() for line in lines}
    assert len(pinned) == len(lines)
    assert {name.lower() for names in project().values() for name in names} <= pinned


def test_the_changelog_has_the_version_of_the_package() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    page = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\] - ", page, re.MULTILINE)[0] == version


def test_no_file_names_a_package_registry_or_a_place_on_one_machine() -> None:
    found = []
    for path in files():
        data = path.read_bytes()
        if b"\0" in data:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
            if ELSEWHERE.search(line):
                found.append(f"{named(path)}:{number}: {line[:100]}")
    assert found == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("see https://pypi" + ".org/simple", True),
        ("--index" + "-url x", True),
        ("open('/" + "root/x')", True),
        ("/" + "home/me", True),
        ("C:" + "\\Users\\me", True),
        ("pypi.example", False),
        ("our/home/page", False),
        ("https://example.org/home/page", False),
    ],
)
def test_such_places_are_seen(text: str, is_found: bool) -> None:
    assert bool(ELSEWHERE.search(text)) is is_found
