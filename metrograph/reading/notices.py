"""Lists the remarks of an import as a table: what was interpreted, kept or left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from metrograph.messages import word
from metrograph.store.new_plan import Draft
from metrograph.tables.table import Column, Table

READ = "read"  # was understood, though not written as expected
GUESSED = "guessed"  # was taken for what it seems to be
KEPT = "kept"  # found no place in the model, and is kept as a note
LEFT = "left"  # was not taken over
_MOST = 5  # remarks that are alike and each have a line
_SHOWN = 3  # of more, how many are shown
_NUMBER = re.compile(r"\d++")


@dataclass(frozen=True)
class Remark:
    """A remark of an import.

    `where` is a place that a person finds again: `plan.xml:14`, `Activities!D14`. `kind` is one of
    `READ`, `GUESSED`, `KEPT`, `LEFT`; `found` what stands there, `made` what became of it, or why.
    """

    where: str
    kind: str
    found: str
    made: str
    doubt: float = 0  # of a guess: how likely it is wrong, from 0 to 1


def table(remarks: Iterable[Remark], lang: str) -> Table:
    """Return remarks as a table, in the order of the file."""
    columns = tuple(
        Column(name, word(name, lang)) for name in ("where", "happened", "found", "made")
    )
    rows = tuple(
        (remark.where, word(f"remark_{remark.kind}", lang), remark.found, remark.made)
        for remark in remarks
    )
    return Table(word("remarks", lang), columns, rows, lang=lang, empty=word("no_remarks", lang))


def lines(remarks: Iterable[Remark], lang: str) -> Iterator[str]:
    """Yield remarks line by line, in the order of the file; of many that are alike, the first.

    Remarks are alike that say the same of places in one sheet or file, but for numbers. Many that
    say the very same take one line, as thousands of empty columns do.

    >>> many = [Remark(f"Plan!{column}", LEFT, "", "No cell has anything.") for column in "ABCDEFG"]
    >>> list(lines(many, "en"))
    ['Plan!A, Plan!B, Plan!C, … (7): not imported: No cell has anything.']
    """
    groups: dict[tuple[str, ...], list[Remark]] = {}
    for remark in remarks:
        sheet = remark.where.rpartition("!")[0] or remark.where.rpartition(":")[0]
        groups.setdefault((sheet, remark.kind, _NUMBER.sub("0", remark.made)), []).append(remark)
    for alike in groups.values():
        if len(alike) <= _MOST:
            yield from (_line(remark.where, remark.found, remark, lang) for remark in alike)
        elif len({remark.made for remark in alike}) == 1:
            wheres = f"{_first(remark.where for remark in alike)} ({len(alike)})"
            yield _line(wheres, _first(remark.found for remark in alike), alike[0], lang)
        else:
            yield from (
                _line(remark.where, remark.found, remark, lang) for remark in alike[:_SHOWN]
            )
            last = alike[-1].where
            yield word("remarks_more", lang).format(last, len(alike) - _SHOWN)


def _first(texts: Iterable[str]) -> str:
    """Return the first of different texts."""
    different = [text for text in dict.fromkeys(texts) if text]
    return ", ".join(different[:_SHOWN]) + (", …" if len(different) > _SHOWN else "")


def _line(where: str, text: str, remark: Remark, lang: str) -> str:
    happened = word(f"remark_{remark.kind}", lang)
    return f"{where}: {happened}: " + (f"{text} → {remark.made}" if text else remark.made)


@dataclass(frozen=True)
class Read:
    """A file that was read: the plan it makes, and what was noticed."""

    draft: Draft
    remarks: tuple[Remark, ...]
