"""Rows in, which of them are names of sections above others, and how deep each stands, out."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from metrograph.reading.any_table import numbering
from metrograph.reading.sheets import Value
from metrograph.text import folded

_Kind = tuple[str, int]  # the word with which a name begins, how many parts its number has


def is_lone(row: Sequence[Value], title: int) -> bool:
    """Tell whether a row has nothing but its title."""
    return [at for at, cell in enumerate(row) if cell is not None] == [title]


def section_of(row: Sequence[Value], title: int) -> Value:
    """Return the name of a section: the only cell of a row, in or left of the titles."""
    found = [at for at, cell in enumerate(row) if cell is not None]
    return row[found[0]] if len(found) == 1 and found[0] <= title else None


def ranks(names: Sequence[str]) -> list[int]:
    """Return how deep each row stands, from 0: those with the name of a section, and the others.

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
    told = _told(runs)
    placed = {} if told else _placed(runs)
    depth = max([0, *told.values(), *placed.values()])
    found: list[int] = []
    for at, name in enumerate(names):
        deep = told.get(_kind(name)) if told else placed.get(_after(names, at))
        found.append((deep or 0) if name else depth + 1)
    return found


def _told(runs: Sequence[Sequence[str]]) -> dict[_Kind, int]:
    """Return the depth of each kind of name, or nothing where kinds do not tell."""
    longer = [[_kind(name) for name in run] for run in runs if len(run) > 1]
    found = {kind: at for run in longer for at, kind in enumerate(run)}
    counts = Counter(_kind(name) for run in runs for name in run)
    is_one = all(found[kind] == at for run in longer for at, kind in enumerate(run))
    is_known = set(counts) <= set(found) and len(found) < sum(counts.values())
    return found if longer and is_one and is_known else {}


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
    found = numbering.read(name)
    word = found.word if found else name.split(maxsplit=1)[0] if name else ""
    return folded(word), len(found.parts) if found else 0
