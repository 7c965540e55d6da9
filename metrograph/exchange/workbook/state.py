"""Keeps in hidden sheets what a workbook was made from, and reads it again.

One sheet holds the ids and versions of records, by which an import tells what was changed on either
side; another the pick-lists.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from metrograph.editing.forms import Field
from metrograph.late import late
from metrograph.plan import Plan
from metrograph.reading.sheets import Row, Sheet

if TYPE_CHECKING:
    from xlsxwriter import utility
else:
    utility = late("xlsxwriter.utility")

STATE = "_metrograph"  # the hidden sheet with what the workbook was made from
LISTS = "_lists"  # the hidden sheet with what there is to pick from


@dataclass(frozen=True)
class State:
    """What a workbook was made from: the base of the plan, and versions of the records in it.

    `picks` are the ids of what its pick-lists offer, by label: a label may be another by now.
    """

    base: str
    versions: Mapping[str, str]
    picks: Mapping[str, str]


def state(sheets: Iterable[Sheet]) -> State | None:
    """Return what a workbook was made from, or nothing if `template` did not make it."""
    named = {sheet.name: sheet.rows for sheet in sheets}
    rows = named.get(STATE, ())
    if not rows:
        return None
    versions = {str(row.at(0)): str(row.at(1)) for row in rows[1:] if row.at(0) and row.at(1)}
    return State(str(rows[0].at(1) or ""), versions, _offered(named.get(LISTS, ())))


def _offered(rows: Iterable[Row]) -> dict[str, str]:
    """Return the ids of the pick-lists by label: a column of labels, then one of ids, and so on."""
    ids: dict[str, str] = {}
    for row in rows:
        for label, name in zip(row.cells[::2], row.cells[1::2], strict=False):
            if label is not None and name is not None:
                ids.setdefault(str(label), str(name))
    return ids


def records_of(sheets: Iterable[Sheet], lang_titles: Iterable[str]) -> list[Sheet]:
    """Return the sheets with records: not the hidden ones, nor the guide."""
    guides = set(lang_titles)
    return [
        sheet for sheet in sheets if not sheet.name.startswith("_") and sheet.name not in guides
    ]


def write_state(sheet: Any, plan: Plan, versions: Mapping[str, str]) -> None:
    """Write the base of a plan and the versions of its records, and hide the sheet."""
    sheet.write_string(0, 0, "base")
    sheet.write_string(0, 1, plan.ids.base)
    for at, (name, hash_) in enumerate(versions.items(), start=1):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, hash_)
    sheet.very_hidden()


class Lists:
    """The hidden sheet with the pick-lists, a column each, and where each stands."""

    def __init__(self) -> None:
        self._lists: dict[tuple[tuple[str, str], ...], tuple[int, Sequence[str]]] = {}

    def source(self, field: Field) -> str:
        """Return the range of a field's choices, as a formula."""
        if field.choices not in self._lists:
            self._lists[field.choices] = (len(self._lists), tuple(labels(field.choices).values()))
        place, texts = self._lists[field.choices]
        at = 2 * place
        return f"={LISTS}!{utility.xl_range_abs(0, at, max(0, len(texts) - 1), at)}"

    def write(self, sheet: Any) -> None:
        """Write the lists, each beside its ids, and hide the sheet."""
        for choices, (place, texts) in self._lists.items():
            for row, (text, (name, _)) in enumerate(zip(texts, choices, strict=True)):
                sheet.write_string(row, 2 * place, text)
                sheet.write_string(row, 2 * place + 1, name)
        sheet.hide()


@cache
def labels(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return what is picked for each id: its label, with the id behind it where two are alike."""
    counts = Counter(label.casefold() for _, label in choices)
    return {
        name: label if counts[label.casefold()] == 1 else f"{label} ({name})"
        for name, label in choices
    }
