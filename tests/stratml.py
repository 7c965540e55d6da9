"""What tests of StratML share: samples, schemas, a reader, and the law of export and ledger."""

import re
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from lxml import etree

from metrograph.exchange.ledger import Written
from metrograph.exchange.stratml import reader
from metrograph.reading.notices import Read
from metrograph.store.new_plan import Draft

BASE = "https://example.org/river/"
OWN = Path(__file__).parent / "data" / "exchange" / "stratml"
SHARED = Path(__file__).parents[2] / "shared"
SAMPLES = ("stratml-part1-pmoai.xml", "stratml-part2-smlc2011.xml")
SCHEMAS = {1: "StrategicPlanISOVersion20140401.xsd", 2: "PerformancePlanOrReport20160216.xsd"}


def sample(name: str) -> Path:
    """Return the path of a sample that is not part of the project, or skip the test."""
    path = SHARED / "samples" / name
    if not path.exists():
        pytest.skip("the samples lie beside the project, and are not there")
    return path


def schema(part: int) -> etree.XMLSchema:
    """Return the schema of a part, which is not part of the project, or skip the test."""
    path = SHARED / "schemas" / "stratml" / SCHEMAS[part]
    if not path.exists():
        pytest.skip("the schemas lie beside the project, and are not there")
    return etree.XMLSchema(etree.parse(path))


def read_text(folder: Path, text: str, lang: str = "en") -> Read:
    """Return what is read from a file of this text."""
    path = folder / "some.xml"
    path.write_text(text, encoding="utf-8")
    return reader.read(path, BASE, lang)


def triples(draft: Draft) -> set[ox.Triple]:
    """Return all that a draft says."""
    return {
        triple
        for _, records in draft.files.values()
        for record in records
        for triple in record.triples()
    }


def lines(draft: Draft) -> list[str]:
    """Return what a draft says as short lines: ids, names of terms, and texts in quotes."""
    return sorted(
        f"{_short(one.subject)} {_short(one.predicate)} {_short(one.object)}"
        for one in triples(draft)
    )


def _short(term: object) -> str:
    if isinstance(term, ox.Literal):
        text = f'"{term.value}"'.replace("\n", "\\n")
        return f"{text}@{term.language}" if term.language else text
    assert isinstance(term, ox.NamedNode)
    if term.value.startswith(BASE):
        return term.value.removeprefix(BASE)
    return re.split("[#/]", term.value)[-1]


def comes_back(written: Written, said: frozenset[ox.Triple], base: str) -> None:
    """Assert the law: what is said is in the file or in the ledger, and never in both."""
    root = etree.fromstring(written.data)
    day = date(2031, 5, 17)
    path = Path("another.xml")
    assert written.lang
    read = reader.document(root, path, written.data, base, written.lang, day)
    back = triples(read.draft)
    lost = {one.triple for one in written.lost}
    assert written.carried | lost == said
    assert not written.carried & lost
    assert written.carried <= back
