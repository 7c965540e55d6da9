"""What an import noticed in, a table for people out: what was read otherwise, kept or left."""

from collections.abc import Iterable
from dataclasses import dataclass

from metrograph.tables import Column, Table
from metrograph.wording import word

READ = "read"  # was understood, though not written as expected
GUESSED = "guessed"  # was taken for what it seems to be
KEPT = "kept"  # found no place in the model, and is kept as a note
LEFT = "left"  # was not taken over


@dataclass(frozen=True)
class Remark:
    """One thing that an import noticed.

    `where` is a place that a person finds again: `plan.xml:14`, `Activities!D14`. `kind` is one of
    `READ`, `GUESSED`, `KEPT`, `LEFT`; `found` what stands there, `made` what became of it, or why.
    """

    where: str
    kind: str
    found: str
    made: str


def table(remarks: Iterable[Remark], lang: str) -> Table:
    """Return remarks as a table, in the order of the file."""
    columns = tuple(
        Column(name, word(name, lang)) for name in ("where", "happened", "found", "made")
    )
    rows = tuple(
        (one.where, word(f"remark_{one.kind}", lang), one.found, one.made) for one in remarks
    )
    return Table(word("remarks", lang), columns, rows, lang=lang, empty=word("no_remarks", lang))
