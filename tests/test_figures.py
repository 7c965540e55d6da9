"""Every figure of the sources is accounted for in a ledger, and stands in the graph.

A ledger in tests/data/figures has one row per figure of a source's text edition: its line, its
token as printed, the record that holds it, or the reason why none does. A token is a number
(thousands grouped by a space, decimals after a comma or a point), with its scale word if it has
one (`608 millions`, `750k`), or a word for a number (`cinq`).
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest

ROOT = Path(__file__).parents[1]
LEDGERS = sorted((ROOT / "tests" / "data" / "figures").glob("*.csv"))
SOURCES = Path(__file__).parents[2] / "shared" / "sources"
BASE = "https://w3id.org/metrograph/metropolis/"

NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*")
SCALED = re.compile(rf"({NUMBER.pattern})\s?(milliard|million|k\b)?", re.IGNORECASE)
SCALES = {"milliard": 10**9, "million": 10**6, "k": 10**3, "": 1}
CARDINALS = {
    "deux": 2,
    "trois": 3,
    "triennal": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "dix": 10,
    "dizaine": 10,
    "vingt": 20,
    "vingtaine": 20,
    "trente": 30,
    "cent": 100,
    "centaine": 100,
}
ORDINALS = {
    "un": 1,
    "une": 1,
    "premier": 1,
    "première": 1,
    "unième": 1,
    "seconde": 2,
    "deuxième": 2,
    "troisième": 3,
}
WORDS = CARDINALS | ORDINALS
NAMED = WORDS.keys() - {"un", "une"}  # in a label these are articles


@dataclass(frozen=True)
class Row:
    """One row of a ledger."""

    ledger: str
    line: int
    token: str
    record: str
    reason: str

    def __str__(self) -> str:
        """Say where the row is and what it says, for a failing test."""
        return f"{self.ledger}: line {self.line}, {self.token!r} -> {self.record or self.reason!r}"


@cache
def rows(ledger: Path) -> tuple[Row, ...]:
    with ledger.open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(ledger.stem, int(r["line"]), r["token"], r["record"], r["reason"])
            for r in csv.DictReader(file)
        )


@cache
def literals() -> dict[str, tuple[str, ...]]:
    """Map every record to its id and literals.

    An observation's notes and scope do not count: they may speak of other figures.
    """
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "graph" / "metropolis").glob("*.ttl")):
        triples = pyoxigraph.parse(
            path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=BASE
        )
        for quad in triples:
            if not isinstance(quad.subject, pyoxigraph.NamedNode):
                continue
            key = quad.subject.value.removeprefix(BASE)
            texts = found.setdefault(key, [key])
            if isinstance(quad.object, pyoxigraph.Literal) and not (
                quad.object.language and key.startswith("observation/")
            ):
                texts.append(quad.object.value)
    return {key: tuple(texts) for key, texts in found.items()}


def numbers(text: str) -> Iterator[Decimal]:
    """Read the numbers in a text as printed: 1 400, 35,1 or 9.3, with their scale."""
    for number, scale in SCALED.findall(text):
        if len(re.findall("[.,]", number)) > 1:  # 1.2.3 is a printed place, not a number
            yield from map(Decimal, re.split("[.,]", number))
        else:
            yield Decimal(re.sub(r"\s", "", number).replace(",", ".")) * SCALES[scale.lower()]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def values(token: str) -> set[Decimal]:
    """Read a token: its numbers, or the number that its word names."""
    return set(numbers(token)) or {Decimal(WORDS[word]) for word in words(token) if word in WORDS}


def held(record: str) -> set[Decimal]:
    """Read the numbers, in figures or in words, that a record's id and literals hold."""
    texts = literals()[record]
    named = {Decimal(WORDS[word]) for text in texts for word in words(text) if word in NAMED}
    return named | {number for text in texts for number in numbers(text)}


def figures(text: str) -> list[str]:
    """Find the numbers and the words for cardinal numbers in a text."""
    return NUMBER.findall(text) + [word for word in words(text) if word in CARDINALS]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.stem)
def test_every_row_has_a_record_or_a_reason(ledger: Path) -> None:
    bare = [str(row) for row in rows(ledger) if not (row.record or row.reason)]
    assert not bare, "\n".join(bare)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.stem)
def test_every_record_exists_and_holds_the_figure(ledger: Path) -> None:
    missing, different = [], []
    for row in rows(ledger):
        if not row.record:
            continue
        if row.record not in literals():
            missing.append(str(row))
        elif not values(row.token) & held(row.record):
            different.append(str(row))
    assert not missing, "\n".join(missing)
    assert not different, "\n".join(different)


def test_at_least_200_figures_lead_to_a_record() -> None:
    assert sum(bool(row.record) for ledger in LEDGERS for row in rows(ledger)) >= 200


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.stem)
def test_the_ledger_and_the_text_hold_the_same_figures(ledger: Path) -> None:
    source = SOURCES / f"{ledger.stem}.fr.txt"
    if not source.exists():
        pytest.skip(f"the text edition {source.name} does not lie beside the repository")
    text = source.read_text(encoding="utf-8").split("\n")
    strange, unaccounted = [], []
    for place, line in enumerate(text, 1):
        tokens = [row.token for row in rows(ledger) if row.line == place]
        printed = Counter(figures(line))
        strange += [
            f"line {place}: {token}"
            for token in tokens
            if token not in line or not set(figures(token)) <= printed.keys()
        ]
        accounted = Counter(figure for token in tokens for figure in figures(token))
        unaccounted += [f"line {place}: {figure}" for figure in printed - accounted]
    strange = [f"in the ledger, not in the text: {figure}" for figure in strange]
    unaccounted = [f"in the text, not in the ledger: {figure}" for figure in unaccounted]
    assert not strange + unaccounted, "\n".join(strange + unaccounted)
