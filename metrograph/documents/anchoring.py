"""Compares a new edition of a document with the one that is cited: where each citation leads now.

Nothing is changed: a citation may be moved only by a person who has seen the new passage.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from metrograph.documents.citing import Use, uses
from metrograph.documents.passages import Shelf
from metrograph.documents.printed_numbers import spaced
from metrograph.documents.reading import file_bytes, read_document
from metrograph.errors import DataError, QueryError
from metrograph.plan import Plan

SAME, MOVED, CHANGED, LOST = "same", "moved", "changed", "lost"
OUTCOMES = (SAME, MOVED, CHANGED, LOST)


@dataclass(frozen=True)
class Anchor:
    """Where a citation leads in a new edition: the lines there, or none where they are lost."""

    first: int
    last: int
    outcome: str
    new: tuple[int, int] | None
    records: tuple[str, ...]


def compare(plan: Plan, path: Path, asked: str) -> tuple[str, tuple[Anchor, ...]]:
    """Return the id of a source, and where its citations lead in a new edition, by their lines.

    Raises `QueryError` for what is no source, `DataError` where the cited text is not at hand, and
    `InputError` for a document that cannot be read.
    """
    shelf, source = Shelf(plan), plan.known(asked)
    if source not in shelf.recorded:
        raise QueryError("“{name}” is not a source of this plan.", name=source)
    held = shelf.held(source)
    if held is None:
        raise DataError(
            "The text that {source} was cited by has not been added, so nothing can be compared. "
            "Add it: metrograph documents add FILE --source {source}",
            source=source,
        )
    old = [line.text for line in held.edition.lines]
    new = [line.text for line in read_document(path, file_bytes(path)).lines]
    return source, tuple(anchors(old, new, uses(plan, source)))


def anchors(old: Sequence[str], new: Sequence[str], of: Sequence[Use]) -> list[Anchor]:
    """Return where the lines that records cite in an old text are in a new one.

    Lines are compared without accents, case and punctuation.
    """
    pairs = _pairs([spaced(text) for text in old], [spaced(text) for text in new])
    records: dict[tuple[int, int], list[str]] = defaultdict(list)
    for use in of:
        records[use.first, use.last].append(use.record)
    return [
        Anchor(first, last, *_moved(first, last, old, pairs), tuple(records[first, last]))
        for first, last in sorted(records)
    ]


def _pairs(old: Sequence[str], new: Sequence[str]) -> Mapping[int, int]:
    """Return the number of the line of a new text for each line of an old one that it has.

    First what is in the same order; then a line that was moved, if both texts have it once.
    """
    pairs = {
        block.a + at + 1: block.b + at + 1
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        for at in range(block.size)
    }
    in_old, in_new = Counter(old), Counter(new)
    once = {text: number for number, text in enumerate(new, start=1) if in_new[text] == 1}
    for number, text in enumerate(old, start=1):
        if number not in pairs and text in once and in_old[text] == 1:
            pairs[number] = once[text]
    return pairs


def _moved(
    first: int, last: int, old: Sequence[str], pairs: Mapping[int, int]
) -> tuple[str, tuple[int, int] | None]:
    """Return what became of cited lines, and where they are now."""
    held = [n for n in range(first, min(last, len(old)) + 1) if old[n - 1].strip()]
    now = [pairs[number] for number in held if number in pairs]
    if not now:
        return LOST, None
    where = (min(now), max(now))
    is_whole = len(now) == len(held) and where[1] - where[0] == held[-1] - held[0]
    if not is_whole:
        return CHANGED, where
    by = where[0] - held[0]
    return (MOVED if by else SAME), (first + by, last + by)
