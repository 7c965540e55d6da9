"""Knows the columns of a sheet: of which kind its records are, and which field each column holds.

A table that metrograph exported has a field with records twice: as names, and as ids beside them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from metrograph.editing.forms import Form
from metrograph.exchange.workbook.forms import form_of
from metrograph.exchange.workbook.guesses import CLAIM, guesses
from metrograph.exchange.workbook.headings import (
    by_heading,
    key_of,
    keys_of,
    kind_of,
    language,
    unplaced,
)
from metrograph.plan import Plan
from metrograph.reading.notices import READ, Remark
from metrograph.reading.sheets import Sheet


@dataclass(frozen=True)
class Layout:
    """A sheet with its form, and what its columns hold.

    `columns` are the keys of fields, `names` those of columns of names beside ids, `claims` the
    properties of columns of claims.
    """

    sheet: Sheet
    form: Form
    columns: Mapping[int, str]
    names: Mapping[int, str]
    claims: Mapping[int, str]
    remarks: tuple[Remark, ...]


def layout(plan: Plan, sheet: Sheet, kind: str | None) -> Layout:
    """Return the layout of a sheet; `kind` is what its records are, if a person says so.

    Raises `UsageError` for a sheet of which nothing tells the kind.
    """
    head = sheet.rows[0]
    headings = [key_of(cell) if isinstance(cell, str) else "" for cell in head.cells]
    form = form_of(plan, kind or kind_of(plan, sheet, headings))
    keys = keys_of(plan, form, headings)
    known = by_heading(plan, form.kind)
    names = {
        at: known[heading]
        for at, heading in enumerate(headings)
        if keys[at] is None and heading in known
    }
    guessed = _guessed(plan, form, headings, keys) if kind else {}
    keys = [guessed.get(at, key) for at, key in enumerate(keys)]
    claims = {at: key.removeprefix(CLAIM) for at, key in guessed.items() if key.startswith(CLAIM)}
    columns = {at: key for at, key in enumerate(keys) if key and at not in claims}
    noticed = [
        Remark(sheet.place(head.number, at), READ, str(head.at(at)), _label(plan, form, key))
        for at, key in guessed.items()
    ]
    noticed += unplaced(plan, sheet, head, sheet.rows[1:], keys, form)
    return Layout(sheet, form, columns, names, claims, tuple(noticed))


def _guessed(
    plan: Plan, form: Form, headings: Sequence[str], keys: Sequence[str | None]
) -> dict[int, str]:
    """Return the keys of columns that a form does not know, by what people call them."""
    known, taken = guesses(plan, form.kind), {key for key in keys if key}
    guessed: dict[int, str] = {}
    for at, heading in enumerate(headings):
        key = known.get(heading)
        if key and keys[at] is None and key not in taken:
            guessed[at] = key
            taken.add(key)
    return guessed


def _label(plan: Plan, form: Form, key: str) -> str:
    """Return what a column is taken for: a field of the form, or claims."""
    is_claim = key.startswith(CLAIM)
    fields = form_of(plan, "AlignmentClaim").fields if is_claim else form.fields
    name = key.removeprefix(CLAIM).partition(".")[0]
    label = next(field.label for field in fields if field.name == name)
    tag = "" if is_claim else key.partition(".")[2]
    return f"{label} ({language(tag, plan.lang)})" if tag else label


def own_names(layouts: Iterable[Layout]) -> frozenset[str]:
    """Return the names of the records that sheets list themselves, to be compared."""
    return frozenset(
        key_of(str(value))
        for layout in layouts
        for at, key in layout.columns.items()
        if key.startswith("label.")
        for row in layout.sheet.rows[1:]
        if (value := row.at(at)) is not None
    )
