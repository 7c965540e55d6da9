"""What the tests of reading and of writing IATI share: files, plans made of them, the schema."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from lxml import etree

from metrograph.exchange.iati import reader
from metrograph.ids import Ids
from metrograph.plan import Plan, open_plan
from metrograph.reading.notices import Read
from metrograph.store import new_plan

BASE = "https://example.org/wells/"
WELLS = Path(__file__).parent / "data" / "exchange" / "iati-wells.xml"
SHARED = Path(__file__).parents[2] / "shared"
EXAMPLE = SHARED / "samples" / "iati-activity-example-2.03.xml"
SCHEMA = SHARED / "schemas" / "iati" / "iati-activities-schema.xsd"
needs_example = pytest.mark.skipif(
    not EXAMPLE.exists(), reason="the official example of IATI lies beside the project"
)


def triples(read: Read) -> set[ox.Triple]:
    """Return all that the records of a plan say."""
    return {
        triple
        for _, records in read.draft.files.values()
        for record in records
        for triple in record.triples()
    }


def facts(read: Read, base: str = BASE) -> set[tuple[str, str, str]]:
    """Return the triples by id, local name, and id or text with its language."""
    ids = Ids(base)
    return {
        (ids.short(record.subject), predicate.replace("#", "/").rpartition("/")[2], _text(of, ids))
        for _, records in read.draft.files.values()
        for record in records
        for predicate, values in record.facts
        for of in values
    }


def _text(term: ox.NamedNode | ox.Literal, ids: Ids) -> str:
    if isinstance(term, ox.NamedNode):
        return ids.short(term.value)
    return f"{term.value}@{term.language}" if term.language else term.value


def told(tmp_path: Path, activities: str, version: str = "2.03", lang: str = "en") -> Read:
    """Read a file that holds these activities."""
    path = tmp_path / "told.xml"
    path.write_text(
        f'<iati-activities version="{version}" xmlns:m="https://w3id.org/metrograph/exchange#">\n'
        f"{activities}\n</iati-activities>\n",
        encoding="utf-8",
    )
    return reader.read(path, BASE, lang)


def planned(tmp_path: Path, read: Read, cache_: Path) -> Plan:
    """Write what was read into a folder, and open it."""
    return open_plan(new_plan.write(tmp_path / "plan", read.draft), cache=cache_)


def violations(plan: Plan) -> list[str]:
    """Return what `metrograph check` would fail for."""
    return [
        f"{one.focus}: {one.message('en')}" for one in plan.findings if one.severity == "violation"
    ]


@cache
def schema() -> etree.XMLSchema:
    """Return the schema of IATI activities, or skip where it is not at hand."""
    if not SCHEMA.exists():
        pytest.skip("the schemas of IATI lie beside the project")
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def is_valid(file: bytes) -> bool:
    """Tell whether a file is valid; where the schema is not at hand, whether it is XML."""
    document = etree.fromstring(file)
    return not SCHEMA.exists() or bool(schema().validate(document))
