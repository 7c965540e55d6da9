"""Reads 20 public tables of plans, and compares what comes of them with what was expected.

Usage: python -m bench.public_tables FOLDER [NAME ...]

FOLDER has a mirror of each repository that `public_tables.toml` names, as `OWNER+NAME/repo` or
`OWNER+NAME` (bare, or with a work tree). Nothing is downloaded, and no file is kept.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metrograph.errors import MetrographError
from metrograph.reading.any_table import reader
from metrograph.text import folded
from metrograph.vocabulary import MG, RDF

EXPECTED = Path(__file__).with_suffix(".toml")
BASE = "https://example.org/plan/"
_NUMBER = re.compile(r"\A\s*(?:\d+(?:\.\d+)*\s*[.:)]|\d+(?:\.\d+)+)\s+(?=\D)")
_DOUBTS = 10  # that are listed before a plan is written


@dataclass(frozen=True)
class Result:
    """What came of one table: `right`, `partly` (its levels, or nearly all) or `wrong`."""

    name: str
    verdict: str
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """A plan as it was read: elements and figures by label, and how many doubts were listed."""

    elements: Mapping[str, Mapping[str, Any]]
    figures: Sequence[tuple[str, str, str, str, str]]
    levels: list[int]
    doubts: tuple[str, ...]


def main(folder: Path, names: Sequence[str]) -> int:
    """Print what came of each table, and how many came right."""
    tables = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))["table"]
    results = [measured(folder, table) for table in tables if not names or table["name"] in names]
    for result in results:
        print(f"{result.name:24} {result.verdict:7} {'; '.join(result.differences[:6])}")
    print(dict(Counter(result.verdict for result in results)))
    return 0


def measured(folder: Path, table: Mapping[str, Any]) -> Result:
    """Return how a table compares with what was written down."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / Path(table["path"]).name
        path.write_bytes(_content(folder, table))
        try:
            read = reader.read(path, BASE, table["lang"])
        except MetrographError as error:
            return Result(table["name"], "wrong", (str(error),))
    plan = _plan(read)
    wrong = tuple(_differences(table, plan))
    if not wrong:
        return Result(table["name"], "right", ())
    verdict = "partly" if plan.levels == table["levels"] or len(wrong) < 3 else "wrong"
    return Result(table["name"], verdict, (*wrong, *plan.doubts[:1]))


def _content(folder: Path, table: Mapping[str, Any]) -> bytes:
    mirror = folder / table["repository"].replace("/", "+")
    places = [mirror / "repo" / ".git", mirror / "repo", mirror / ".git", mirror]
    git = next(place for place in places if (place / "HEAD").is_file())
    shown = ["git", "-c", "safe.directory=*", f"--git-dir={git}", "show"]
    made = [*shown, f"{table['commit']}:{table['path']}"]
    return subprocess.run(made, check=True, capture_output=True).stdout


def _plan(read: reader.ReadTable) -> Plan:
    records = {
        record.subject: dict(record.facts)
        for _, of_file in read.draft.files.values()
        for record in of_file
    }
    elements = {iri: facts for iri, facts in records.items() if MG.level in facts}
    depths = Counter(facts[MG.level][0].value for facts in elements.values())
    order = {
        iri: int(facts[MG.depth][0].value) for iri, facts in records.items() if MG.depth in facts
    }
    figures = [
        (
            _label(records, facts[MG.subject][0].value),
            _label(records, facts[MG.ofIndicator][0].value),
            facts[MG.value][0].value,
            facts[MG.year][0].value if MG.year in facts else "",
            facts[MG.valueType][0].value.rpartition("#")[2],
        )
        for facts in records.values()
        if MG.ofIndicator in facts
    ]
    doubts = sorted((r for r in read.remarks if r.doubt), key=lambda r: -r.doubt)[:_DOUBTS]
    shown = tuple(f"{remark.where} {remark.found}: {remark.made}" for remark in doubts)
    levels = [depths[iri] for iri in sorted(order, key=order.__getitem__)]
    return Plan(records, figures, levels, shown)


def _label(records: Mapping[str, Mapping[str, Any]], iri: str) -> str:
    return str(records[iri][RDF.label][0].value)


def _is(label: str, wanted: str) -> bool:
    """Return whether a label is meant: a number before it may be kept apart."""
    own, other = _plain(label), _plain(wanted)
    return own == other if len(other) < 4 else own in other or other in own


def _plain(text: str) -> str:
    """Return a text without accents, case and the number that it may begin with."""
    return " ".join(_NUMBER.sub("", folded(text)).split())


def _differences(table: Mapping[str, Any], plan: Plan) -> Iterator[str]:
    if plan.levels != table["levels"]:
        yield f"levels {plan.levels}, not {table['levels']}"
    elements = {iri: facts for iri, facts in plan.elements.items() if MG.level in facts}
    for child, parent in table["parents"]:
        above = [
            _label(plan.elements, facts[MG.partOf][0].value) if facts.get(MG.partOf) else ""
            for facts in elements.values()
            if _is(facts[RDF.label][0].value, child)
        ]
        if not any(
            (_is(label, parent) if parent and label else label == parent) for label in above
        ):
            yield f"{child[:30]} is under {above[:2]}, not {parent[:30]}"
    for element, indicator, value, year, kind in table.get("figures", ()):
        if not any(
            _is(figure[0], element)
            and (not indicator or _is(figure[1], indicator))
            and float(figure[2]) == float(value)
            and (not year or figure[3] == year)
            and figure[4] == kind
            for figure in plan.figures
        ):
            yield f"{element[:24]} has no {kind} {value} {year}".rstrip()
    for element, start, end in table.get("dates", ()):
        days = [
            tuple(
                facts[path][0].value if facts.get(path) else ""
                for path in (MG.startDate, MG.endDate)
            )
            for facts in elements.values()
            if _is(facts[RDF.label][0].value, element)
        ]
        if (start, end) not in days:
            yield f"{element[:24]} has {days[:1]}, not {start} {end}"


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), sys.argv[2:]))
