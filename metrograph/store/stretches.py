"""Finds the stretch of a Turtle file that changed, and parses only this.

Without strings in three quotation marks, no token of Turtle goes on over the end of a line. So the
first token of a line is the same wherever one begins to read. Where a stretch of a file that is
Turtle begins at such a token, and can be parsed by itself, it begins with a statement: the rest of
a statement (a predicate or an object, and what follows it) never reads like a whole one. What is
before and after the stretch is then stated by the new text as it was by the old.

Whatever cannot be told apart so is left to be parsed as a whole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from metrograph.store.syntax import NEWER

_AT_ONCE = 1 << 16  # bytes that are compared at once
_LONG = (b'"""', b"'''")
_NEWER = tuple(mark.encode() for mark in NEWER)
_BEGIN = frozenset(b"<:_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")  # what subjects do
_DIRECTIVES = (re.compile(rb"prefix(?![a-z0-9_-])"), re.compile(rb"base(?![a-z0-9_-])"))
_WITHIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_:-")  # before these words: of a name


@dataclass(frozen=True)
class Stretches:
    """What a stretch of a file stated, and what it states now: as written, with repetitions."""

    removed: tuple[ox.Triple, ...]
    added: tuple[ox.Triple, ...]


def changed(
    before: bytes, after: bytes, base: str | None, prefixes: Mapping[str, str]
) -> Stretches | None:
    r"""Return what is stated where two contents of a file differ; the rest states the same.

    `before` is Turtle that was read, without blank nodes; at its end, it has this base and these
    prefixes. None if that cannot be told from a part: the whole is to be parsed.

    >>> old = b"@base <urn:x:> .\n<a> <b> 1 .\n<c> <d> 2 .\n<e> <f> 3 .\n"
    >>> part = changed(old, old.replace(b"2", b"5"), "urn:x:", {})
    >>> print(*part.removed, *part.added, sep="\n")
    <urn:c> <urn:d> "2"^^<http://www.w3.org/2001/XMLSchema#integer>
    <urn:c> <urn:d> "5"^^<http://www.w3.org/2001/XMLSchema#integer>
    """
    bounds = _bounds(before, after)
    if bounds is None:
        return None
    start, end, new_end = bounds
    old, new = before[start:end], after[start:new_end]
    if len(old) + len(new) > len(after) or not before[:start].strip():
        return None
    if any(mark in before or mark in new for mark in _LONG):
        return None
    if any(mark in new for mark in (*_NEWER, b"\0")):
        return None
    if _directs(before[start:]) or _directs(new):
        return None
    head = _head(base, prefixes)
    removed, added = _stated(head, old), _stated(head, new)
    return None if not removed or added is None else Stretches(removed, added)


def _bounds(before: bytes, after: bytes) -> tuple[int, int, int] | None:
    """Return where a stretch that differs begins in both contents, and where it ends in each.

    It begins with a line that may begin a statement, before what differs, and it ends before such
    a line, after what differs. None if there is no such line at which to begin.
    """
    same = _common(before, after, from_end=False)
    start = _line_before(before, same)
    if start is None:
        return None
    rest = min(len(before), len(after)) - same
    tail = _common(before[len(before) - rest :], after[len(after) - rest :], from_end=True)
    end = _line_after(before, len(before) - tail)
    return start, end, end + len(after) - len(before)


def _common(one_text: bytes, other: bytes, *, from_end: bool) -> int:
    """Return how many bytes are the same at the beginning, or the end, of two contents."""

    def same(count: int, more: int) -> bool:
        if from_end:
            ours, theirs = len(one_text) - count, len(other) - count
            return one_text[ours - more : ours] == other[theirs - more : theirs]
        return one_text[count : count + more] == other[count : count + more]

    most = min(len(one_text), len(other))
    count = 0
    step = _AT_ONCE
    while step and count < most:
        more = min(step, most - count)
        if same(count, more):
            count += more
        else:
            step //= 2
    return count


def _line_before(text: bytes, at: int) -> int | None:
    """Return the last place before another where a line begins like a statement."""
    newline = text.rfind(b"\n", 0, max(at - 1, 0))
    while newline >= 0 and text[newline + 1] not in _BEGIN:
        newline = text.rfind(b"\n", 0, newline)
    return newline + 1 if newline >= 0 else None


def _line_after(text: bytes, at: int) -> int:
    """Return the first place after another where a line begins like a statement, or the end."""
    newline = text.find(b"\n", at)
    while newline >= 0:
        if newline + 1 < len(text) and text[newline + 1] in _BEGIN:
            return newline + 1
        newline = text.find(b"\n", newline + 1)
    return len(text)


def _directs(text: bytes) -> bool:
    """Whether a text may declare a base or a prefix, perhaps only in a comment or a string."""
    lower = text.lower()
    return any(
        match.start() == 0 or lower[match.start() - 1] not in _WITHIN
        for word in _DIRECTIVES
        for match in word.finditer(lower)
    )


def _head(base: str | None, prefixes: Mapping[str, str]) -> str:
    declared = f"@base <{base}> .\n" if base else ""
    return declared + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())


def _stated(head: str, stretch: bytes) -> tuple[ox.Triple, ...] | None:
    """Return what a stretch states; None if it cannot be parsed by itself, or has a blank node."""
    try:
        text = head + stretch.decode()
        triples = tuple(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
    except (SyntaxError, UnicodeDecodeError, MemoryError):  # MemoryError: a token without end
        return None
    if any(isinstance(term, ox.BlankNode | ox.Triple) for triple in triples for term in triple):
        return None
    return triples
