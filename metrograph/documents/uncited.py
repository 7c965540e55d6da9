"""What no record cites: the figures, names, items of lists and headings of uncited lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metrograph.documents.citing import cited, uses
from metrograph.documents.edition import HEADING, ITEM
from metrograph.documents.passages import Shelf, shortened
from metrograph.documents.printed_numbers import numbers
from metrograph.ids import citation_id
from metrograph.plan import Plan

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-])*+")
_LINKS = frozenset(
    (
        "de",
        "des",
        "du",
        "la",
        "le",
        "les",
        "d",
        "l",
        "of",
        "the",
        "for",
        "pour",
        "del",
        "los",
        "las",
    )
)
_YEARS = range(1900, 2101)
_WORDS = 2  # with a capital, which together are taken for a name


@dataclass(frozen=True)
class Candidate:
    """What a line that no record cites prints: its kind, and the text of that."""

    citation: str
    kind: str
    text: str


def candidates(plan: Plan, shelf: Shelf) -> Iterator[Candidate]:
    """Yield what the lines print that no record cites, source by source, in their order."""
    for source in sorted(shelf.recorded):
        held = shelf.held(source)
        if held is None:
            continue
        lines = held.edition.lines
        numbers_cited = cited(uses(plan, source), len(lines))
        for number, line in enumerate(lines, start=1):
            if number in numbers_cited or not line.text.strip():
                continue
            citation = citation_id(source, number, number)
            text = shortened(line.text.strip())
            if line.kind in {HEADING, ITEM}:
                yield Candidate(citation, line.kind, text)
            if figures := _figures(text):
                yield Candidate(citation, "figure", figures)
            for name in names(text):
                yield Candidate(citation, "name", name)


def _figures(text: str) -> str:
    """Return the numbers of a line that are not years, each with the words around it."""
    around = []
    for number in numbers(text):
        before = text[max(0, number.start - 2) : number.start]
        if all(value in _YEARS for value in number.values) or before[-1:].isalpha():
            continue
        if before[:1].isalpha() and before[1:] == "-":
            continue  # a part of a name, such as COVID-19
        around.append(text[max(0, number.start - 15) : number.start + 30].strip())
    return " … ".join(around)


def names(text: str) -> list[str]:
    """Return what may be names in a line: words with a capital, one after the other.

    >>> names("We met the Tidal Institute of Porto Salgado and others.")
    ['Tidal Institute of Porto Salgado']
    """
    every: list[str] = []
    held: list[re.Match[str]] = []
    end = -1
    for match in _WORD.finditer(text):
        is_next = not held or text[end : match.start()].strip(" ") == ""
        is_link = match[0].lower() in _LINKS
        is_name = match[0][0].isupper() and len(match[0]) > 1 and not is_link
        belongs = is_name or (is_link and bool(held))
        if not is_next or not belongs:
            every += _name(held, text)
            held = []
        if is_name or (belongs and held):
            held.append(match)
        end = match.end()
    return [*every, *_name(held, text)]


def _name(held: Sequence[re.Match[str]], text: str) -> list[str]:
    """Return words as a name, without the linking words at its end, where there are enough."""
    words = list(held)
    while words and not words[-1][0][0].isupper():
        words.pop()
    if sum(word[0][0].isupper() for word in words) < _WORDS:
        return []
    return [text[words[0].start() : words[-1].end()]]
