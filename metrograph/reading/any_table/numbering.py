"""Parses outline numbers and section names, and gives the depth of each row."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from metrograph.reading.any_table import heading_words
from metrograph.reading.sheets import Value
from metrograph.text import folded, whole_number

_PART = r"(?:\d{1,3}|[IVX]{1,5}|[A-HJ-UWYZa-z])"  # each is of one kind: no part reads in two ways
_MORE = rf"(?:[.\-]{_PART}){{0,19}}"
_LETTERS = r"(?:[IVX]{1,5}|[A-HJ-UWYZ])"
_NUMBER = rf"(?:\d{{1,3}}|{_LETTERS}){_MORE}"
_WORDS = 5  # of levels, such as Goal and Target
_ALONE = re.compile(rf"(?P<number>{_NUMBER})[.)]?")
_BEFORE = re.compile(
    rf"\(?(?P<number>\d{{1,3}}{_MORE}|{_LETTERS}{_MORE}(?=[.):]))(?!\w)"
    r"[.):]*(?:\s*[:–—-]\s+|\s+)(?P<rest>\S.*)",
    re.DOTALL,
)
_WORD = re.compile(
    rf"(?P<word>[^\W\d_]{{2,}}(?: [^\W\d_]+){{0,2}}) (?:n[.º°o]+ ?)?(?P<number>{_NUMBER})(?!\w)"
    r"(?:[.):]*+\s*+(?:[:–—-]\s*+)?(?P<rest>\S.*)|[.):]*)",
    re.DOTALL,
)
_Kind = tuple[str, int]  # the word with which a name begins, how many parts its number has


@dataclass(frozen=True)
class Numbered:
    """What an outline says: the word before a number (`Goal`), the number, the text after it."""

    word: str
    number: str
    rest: str

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the number from its first part to its last; of a word alone, nothing."""
        return () if not self.number else tuple(re.split(r"[.\-]", self.number))


def read(text: str) -> Numbered | None:
    """Return the number with which a text begins, or nothing.

    >>> read("1.2.3 Plant trees")
    Numbered(word='', number='1.2.3', rest='Plant trees')
    >>> read("Objetivo 1: Agua")
    Numbered(word='Objetivo', number='1', rest='Agua')
    >>> read("1.2."), read("I.2"), read("2024 budget plan"), read("Plant 1,200 trees")
    (Numbered(word='', number='1.2', rest=''), Numbered(word='', number='I.2', rest=''), None, None)
    """
    typed = text.strip()
    if match := _ALONE.fullmatch(typed):
        return Numbered("", match["number"], "")
    if match := _BEFORE.fullmatch(typed):
        return Numbered("", match["number"], match["rest"])
    if (match := _WORD.fullmatch(typed)) and not (match["rest"] or "").startswith((",", "%")):
        return Numbered(match["word"], match["number"], match["rest"] or "")
    return None


def outline(texts: Sequence[str]) -> list[Numbered | None]:
    """Return the numbers of a column; also names of levels without any.

    >>> [number.word for number in outline(["Impact", "Outcome 1", "Output 1.1"]) if number]
    ['Impact', 'Outcome', 'Output']
    >>> outline(["Parks", "Schools", "Parks"])
    [None, None, None]
    """
    read_ = [read(text) for text in texts]
    bare = {text for text, number in zip(texts, read_, strict=True) if text and not number}
    is_named = bare and all(map(_is_level, bare))
    if not is_named or (any(read_) and (len(bare) > 1 or not any(n.word for n in read_ if n))):
        return read_
    return [
        number or (Numbered(text, "", "") if text else None)
        for text, number in zip(texts, read_, strict=True)
    ]


def _is_level(text: str) -> bool:
    """Return whether a text is no more than the name of a level, such as Outcome."""
    roles = heading_words.roles_of(text)
    return text.isalpha() and bool({"level", "title"} & set(roles))


def depths(numbers: Sequence[Numbered | None]) -> list[int] | None:
    """Return how deep each stands (0 where there is no number), or nothing if they are no outline.

    Depth is the count of parts; where all numbers have one part, it is that of the word before,
    in the order in which words come first ("Goal 1, Target 1, Target 2, Goal 2").

    >>> depths([read(name) for name in ("Goal 1", "Target 1", "Target 2", "Goal 2", "Target 1")])
    [1, 2, 2, 1, 2]
    >>> depths([read(name) for name in ("Park 3", "School 7", "Park 9", "School 2")])
    >>> depths([read(name) for name in ("1 Air", "1.1 Dust", "1.2 Noise", "2 Sea")])
    [1, 2, 2, 1]
    """
    numbered = [number for number in numbers if number]
    if len(numbered) < 2 or len(numbered) < 0.7 * len(numbers):
        return None
    bare = list(dict.fromkeys(folded(number.word) for number in numbered if not number.number))
    if bare:
        return _depths_named(numbers, bare)
    counts = {len(number.parts) for number in numbered}
    words = list(dict.fromkeys(folded(number.word) for number in numbered))
    if counts == {1} and len(words) > 1:
        runs = [
            [number.number for number in numbered if folded(number.word) == word] for word in words
        ]
        is_few = len(words) < 0.7 * len(numbered) and len(words) <= _WORDS
        if "" in words or not is_few or not all(map(_is_run, runs)):
            return None
        return [words.index(folded(number.word)) + 1 if number else 0 for number in numbers]
    if len({number.number for number in numbered}) < len(numbered) or not _is_counted(numbered):
        return None
    least = min(counts)
    return [len(number.parts) - least + 1 if number else 0 for number in numbers]


def _depths_named(numbers: Sequence[Numbered | None], bare: Sequence[str]) -> list[int] | None:
    """Return the depths where levels' names stand alone: one above all numbers, or all of them."""
    rest = [number if number and number.number else None for number in numbers]
    listed = [number for number in rest if number]
    if not listed:
        words = [bare.index(folded(number.word)) + 1 if number else 0 for number in numbers]
        is_stair = all(now <= before + 1 for before, now in zip([0, *words], words, strict=False))
        return words if is_stair and 1 < len(bare) <= _WORDS and len(bare) < len(numbers) else None
    deep = depths(listed) if len(bare) == 1 and numbers[0] and not rest[0] else None
    if deep is None:
        return None
    left = iter(deep)
    return [
        next(left) + 1 if number else 1 if whole else 0
        for whole, number in zip(numbers, rest, strict=True)
    ]


def _is_counted(numbered: Sequence[Numbered]) -> bool:
    """Return whether the numbers below most others begin at the first and leave none out."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for number in numbered:
        groups.setdefault(number.parts[:-1], []).append(number.parts[-1])
    counted = [len(parts) for parts in groups.values() if _is_row(parts)]
    return sum(counted) >= 0.7 * len(numbered)


def _is_run(numbers: Sequence[str]) -> bool:
    """Return whether numbers go up one by one, beginning at 1, perhaps more than once."""
    counts = [whole_number(number) or 0 for number in numbers]
    return all(now in (1, before + 1) for before, now in zip([0, *counts], counts, strict=False))


def _is_row(parts: Sequence[str]) -> bool:
    first = parts[0].lstrip("0")
    counts = [whole_number(part) for part in parts]
    if None not in counts:
        return set(counts) == set(range(1, len(parts) + 1))
    return first.lower() in ("a", "i")


def section_of(row: Sequence[Value], title: int) -> Value:
    """Return the name of a section: the only cell of a row, in or left of the titles."""
    filled = [at for at, cell in enumerate(row) if cell is not None]
    return row[filled[0]] if len(filled) == 1 and filled[0] <= title else None


def ranks(names: Sequence[str]) -> list[int]:
    """Return the depth of each row, from 0: those with the name of a section, and the others.

    Names directly after each other are of several depths where they begin with the same words
    again and again, or where such names come more than once. Else an empty section is meant.

    >>> ranks(["Theme A", "Aim A1", "", "Aim A2", "", "Theme B", "Aim B1", ""])
    [0, 1, 2, 1, 2, 0, 1, 2]
    >>> ranks(["Homes", "Build", "", "Mend", "", "Air", "Plant", ""])
    [0, 1, 2, 1, 2, 0, 1, 2]
    >>> ranks(["Homes", "", "Air", "Sea", ""])
    [0, 1, 0, 0, 1]
    """
    runs = [list(run) for is_name, run in groupby(names, key=bool) if is_name]
    by_kind = _rank_kinds(runs)
    placed = {} if by_kind else _placed(runs)
    depth = max([0, *by_kind.values(), *placed.values()])
    levels: list[int] = []
    for at, name in enumerate(names):
        deep = by_kind.get(_kind(name)) if by_kind else placed.get(_after(names, at))
        levels.append((deep or 0) if name else depth + 1)
    return levels


def _rank_kinds(runs: Sequence[Sequence[str]]) -> dict[_Kind, int]:
    """Return the depth of each kind of name, or nothing where kinds do not tell."""
    longer = [[_kind(name) for name in run] for run in runs if len(run) > 1]
    places = {kind: at for run in longer for at, kind in enumerate(run)}
    counts = Counter(_kind(name) for run in runs for name in run)
    is_one = all(places[kind] == at for run in longer for at, kind in enumerate(run))
    is_known = set(counts) <= set(places) and len(places) < sum(counts.values())
    return places if longer and is_one and is_known else {}


def _placed(runs: Sequence[Sequence[str]]) -> dict[int, int]:
    """Return the depth by how many names follow directly, where that comes again, or nothing."""
    longer = [run for run in runs if len(run) > 1]
    lengths = {len(run) for run in longer}
    is_alike = any(len(set(map(_kind, run))) < len(run) for run in longer)
    if len(longer) < 2 or len(lengths) > 1 or is_alike:  # once may be by chance
        return {}
    return {after: max(lengths) - 1 - after for after in range(max(lengths))}


def _after(names: Sequence[str], at: int) -> int:
    """Return how many names follow one directly."""
    return next((beyond for beyond, name in enumerate(names[at + 1 :]) if not name), 0)


def _kind(name: str) -> _Kind:
    number = read(name)
    word = number.word if number else name.split(maxsplit=1)[0] if name else ""
    return folded(word), len(number.parts) if number else 0
