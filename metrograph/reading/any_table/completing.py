"""A mapping that says only a part in, the whole out: what it leaves out is guessed."""

from dataclasses import replace

from metrograph.errors import InputError
from metrograph.messages import word
from metrograph.reading.any_table.heading_words import year_of
from metrograph.reading.any_table.mapping import FIGURES, Column, Mapping
from metrograph.reading.any_table.roles import guess
from metrograph.reading.sheets import Sheet

_ONCE = ("number", "status", "parent", "kind")  # roles that one column of a depth can have


def completed(sheet: Sheet, lang: str, said: Mapping | None = None) -> Mapping:
    """Return what a sheet is taken for: as a mapping says, and as it seems where that is silent.

    Headings are read from the row that the mapping names. Where it names levels, no other column
    is one. Raises `InputError` for a header's row that is not there.
    """
    if said is None:
        return guess(sheet, lang)
    if said.header and not any(row.number == said.header for row in sheet.rows):
        raise InputError(
            f"{sheet.name}: the mapping takes row {said.header} for the header, and there is "
            "nothing in that row. Write the row with the headings, or 0 if there are none."
        )
    found = guess(sheet, lang, said.header)
    columns = _columns(found, said, lang)
    is_own = bool(said.hierarchy or said.levels)
    return Mapping(
        said.sheet or found.sheet,
        found.header if said.header is None else said.header,
        (said.hierarchy or "columns") if is_own else found.hierarchy,
        columns,
        said.title or found.title,
        said.first_year or found.first_year,
        said.last_year or found.last_year,
        "" if is_own else found.reason,
    )


def _columns(found: Mapping, said: Mapping, lang: str) -> tuple[Column, ...]:
    """Return the columns that a mapping names, and the others as they seem beside those."""
    named = {one.index: one for one in said.columns}
    taken = {(one.role, one.depth) for one in said.columns if one.role in _ONCE}
    columns = []
    for one in found.columns:
        own = named.pop(one.index, None)
        is_taken = (one.role == "level" and said.levels) or (one.role, one.depth) in taken
        if own:
            columns.append(_named(own, one))
        elif is_taken:
            reason = word("why_note", lang)
            columns.append(replace(one, role="note", depth=0, year=None, reason=reason))
        else:
            columns.append(one)
    return (*columns, *named.values())


def _named(own: Column, seen: Column) -> Column:
    """Return a column as a mapping names it, with the heading that it has in the table."""
    heading = seen.heading if own.heading == own.letter else own.heading
    year = own.year or (year_of(heading) if own.role in FIGURES else None)
    return replace(own, heading=heading, year=year)
