"""Makes samples of every input format from the project's test data and examples."""

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from fuzz.commands import run, use_cache
from fuzz.inputs import Format, Input
from fuzz.tables import rows_of
from metrograph import paths as resources

DATA = Path(__file__).parents[1] / "tests" / "data"
_TABLES = DATA / "exchange" / "tables"
_LARGEST = 150_000  # bytes
_KINDS = ("Activity", "AlignmentClaim", "Observation", "Member", "Coding", "Indicator")
_OWN_LIST = """\
title;year;description;partner;status
Night ferry;2024;A ferry at night;Port authority;planned
Clean docks;2023;Docks are cleaned;;done
"""
_QUERIES = (
    "SELECT * WHERE { ?s ?p ?o } LIMIT 10", "ASK { ?s a mg:Activity }",
    "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s rdfs:label ?l } LIMIT 20",
    "DESCRIBE <https://example.org/harbour/theme/safety>",
    "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "SELECT ?a (GROUP_CONCAT(?l; separator=', ') AS ?ls) WHERE { ?a a mg:Activity . "
    "OPTIONAL { ?a rdfs:label ?l FILTER(LANG(?l) = 'en') } MINUS { ?a mg:year 2022 } } "
    "GROUP BY ?a HAVING (COUNT(?l) > 0)",
    "SELECT ?x WHERE { VALUES ?x { 1 2.5 'a'@en <http://x> } BIND(?x AS ?y) } ORDER BY DESC(?x)",
    "SELECT ?a ?b WHERE { ?a (rdfs:subClassOf|^rdfs:subClassOf)* ?b } LIMIT 5",
)  # fmt: skip


def prepare(work: Path) -> None:
    """Create plans, their built stores, tables and exports in a folder."""
    for folder in ("plans", "tables", "books", "changes", "stratml", "iati", "maps", "cache"):
        (work / folder).mkdir(parents=True)
    use_cache(work / "cache")
    for name in ("harbour", "harbour-2026"):
        shutil.copytree(DATA / name, work / "plans" / name)
    run("new", work / "plans" / "example", "--lang", "en,fr,es")
    plan = work / "plans" / "harbour"
    for name in ("harbour", "example"):
        _write_changes(work, name)
    for part in ("1", "2"):
        run(
            "export",
            "--graph",
            plan,
            "--to",
            "stratml",
            "--part",
            part,
            "-o",
            work / "stratml" / f"p{part}.xml",
        )
    run("export", "--graph", plan, "--to", "iati", "-o", work / "iati" / "harbour.xml")
    for path in sorted(_TABLES.iterdir()):
        shutil.copy(path, work / "tables" / path.name)
        (work / "tables" / f"{path.stem}.xlsx").write_bytes(_book(path))
        mapping = work / "maps" / f"{path.name}.toml"
        run("import", path, "--new", work / "none", "--dry-run", "--write-map", mapping)


def _write_changes(work: Path, name: str) -> None:
    """Write tables and workbooks that change a plan; their names begin with the plan's."""
    plan = work / "plans" / name
    tables, books = work / "changes" / name, work / "books" / name
    for kind in _KINDS:
        run("export", "--graph", plan, "--kind", kind, "-o", f"{tables}.{kind}.csv")
    run("export", "--graph", plan, "--long", "--kind", "Activity", "-o", f"{tables}.long.csv")
    Path(f"{tables}.own.csv").write_text(_OWN_LIST, encoding="utf-8")
    for lang in ("en", "fr", "es"):
        run("template", "--graph", plan, "--lang", lang, "-o", f"{books}.{lang}.xlsx")
    run("template", "--graph", plan, "--empty", "-o", f"{books}.empty.xlsx")
    kinds = ("Activity", "Observation")
    run("export", "--graph", plan, "--kind", *kinds, "-o", f"{books}.kinds.xlsx")


def _book(path: Path) -> bytes:
    """Return a table of text as a workbook, with whole numbers as numbers."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows_of(path.read_bytes())[1]):
            for column, text in enumerate(cells):
                sheet.write(row, column, int(text) if re.fullmatch(r"\d{1,9}", text) else text)
    return written.getvalue()


def of_files(*places: str) -> Callable[[Path], list[Input]]:
    """Return a function that lists files in the fuzzer's folder by pattern."""

    def listed(work: Path) -> list[Input]:
        paths = sorted(path for place in places for path in work.glob(place))
        return [_input(path) for path in paths if path.stat().st_size <= _LARGEST]

    return listed


def _input(path: Path) -> Input:
    return Input(path.name, path.read_bytes())


def of_own(form: Format, folder: Path) -> list[Input]:
    """Return the files in a user's folder, at any depth, that can be samples of a format."""
    if not form.endings:
        return []
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    inputs = [_input(path) for path in paths if 0 < path.stat().st_size <= _LARGEST]
    return [entered for entered in inputs if form.takes(entered)]


def of_plans(work: Path) -> list[Input]:
    """Return each Turtle file of the plans, named after its folder."""
    paths = sorted((work / "plans").glob("*/*.ttl"))
    return [Input(f"{path.parent.name}/{path.name}", path.read_bytes()) for path in paths]


def of_exchange(folder: str, pattern: str) -> Callable[[Path], list[Input]]:
    """Return a function that lists the test data of a standard, and plans exported to it."""

    def listed(work: Path) -> list[Input]:
        paths = sorted((DATA / "exchange").glob(pattern)) + sorted((work / folder).glob("*.xml"))
        return [_input(path) for path in paths]

    return listed


def of_questions(_: Path) -> list[Input]:
    """Return the questions of the library, and some queries without a header."""
    library = [_input(path) for path in sorted(resources.QUERIES.glob("*.rq"))]
    return [*library, *(Input("own.rq", text.encode()) for text in _QUERIES)]


def of_queries(_: Path) -> list[Input]:
    """Return the queries of the library without their headers, and some small ones."""
    library = [
        b"\n".join(line for line in path.read_bytes().splitlines() if line[:2] != b"#+")
        for path in sorted(resources.QUERIES.glob("*.rq"))
    ]
    small = [text.encode() for text in _QUERIES] * 3  # those of the library are many
    return [Input("query.rq", text) for text in (*library, *small)]
