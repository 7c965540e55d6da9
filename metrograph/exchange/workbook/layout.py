"""Knows the columns of a sheet: of which kind its records are, and which field each column holds.

A table that metrograph exported has a field with records twice: as names, and as ids beside them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metrograph.editing.forms import Form
from metrograph.exchange.workbook.forms import form_of
from metrograph.exchange.workbook.headings import by_heading, key_of, keys_of, kind_of, unplaced
from metrograph.plan import Plan
from metrograph.reading.notices import Remark
from metrograph.reading.sheets import Sheet


@dataclass(frozen=True)
class Layout:
    """A sheet with its form: the key of each column, and of each column of names beside ids."""

    sheet: Sheet
    form: Form
    columns: Mapping[int, str]
    names: Mapping[int, str]
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
    columns = {at: key for at, key in enumerate(keys) if key}
    noticed = unplaced(plan, sheet, head, sheet.rows[1:], keys, form)
    return Layout(sheet, form, columns, names, tuple(noticed))


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
