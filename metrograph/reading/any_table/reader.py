"""Reads any table of a plan as a plan, with what was guessed, kept and left out.

Every row is an element of the plan, adds to one, or is named in a remark; every cell is a name, a
value or a note of what its row is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from metrograph.errors import InputError
from metrograph.messages import word
from metrograph.reading import sheets
from metrograph.reading.any_table import context, heading_words, plan_records
from metrograph.reading.any_table.columns import profiles
from metrograph.reading.any_table.context import Setting
from metrograph.reading.any_table.heading_words import year_of
from metrograph.reading.any_table.hierarchy import grown
from metrograph.reading.any_table.indicators import measured
from metrograph.reading.any_table.mapping import FIGURES, Column, Mapping
from metrograph.reading.any_table.nesting import MERGED, Tree
from metrograph.reading.any_table.region import Frame, framed
from metrograph.reading.any_table.roles import guess
from metrograph.reading.notices import GUESSED, KEPT, LEFT, READ, Read, Remark
from metrograph.reading.numbers import line_of
from metrograph.reading.policy import Habit
from metrograph.reading.sheets import Row, Sheet
from metrograph.store.new_plan import Draft
from metrograph.text import as_key

_ONCE = ("number", "status", "parent", "kind")  # roles that one column of a depth can have


@dataclass(frozen=True)
class ReadTable(Read):
    """A table that was read, and what it was taken for."""

    mapping: Mapping


def read(path: Path, base: str, lang: str, mapping: Mapping | None = None) -> ReadTable:
    """Return the plan that a file with a table makes; texts in it are tagged with `lang`.

    Columns are taken for what they seem to be, or for what a mapping says. Raises `InputError` for
    what is no table.
    """
    found = sheets.read(path, lang)
    sheet = _chosen(path, found, mapping)
    left = [
        Remark(one.name, LEFT, str(len(one.rows)), word("sheet_left", lang).format(sheet.name))
        for one in found
        if one is not sheet and one.rows
    ]
    raw = path.read_bytes() if sheet.is_text else b""
    edition = context.edition(path, sheet, raw)
    year = datetime.fromtimestamp(path.stat().st_mtime, UTC).year
    made = plan_of(sheet, edition, Given(base, lang, path.stem, year), mapping)
    first = [*found[0].remarks, *(sheet.remarks if sheet is not found[0] else ()), *left]
    return replace(made, remarks=(*first, *made.remarks))


@dataclass(frozen=True)
class Given:
    """What a table does not say itself: base IRI, language, a name, a year if it names none."""

    base: str
    lang: str
    name: str
    year: int


def _chosen(path: Path, found: Sequence[Sheet], mapping: Mapping | None) -> Sheet:
    """Return the sheet that a mapping names, or the one with the most cells."""
    named = [one for one in found if mapping and one.name == mapping.sheet]
    if mapping and mapping.sheet and not named and len(found) > 1:
        names = ", ".join(one.name for one in found)
        raise InputError(
            "{path}: the workbook has no sheet “{sheet}”. Its sheets: {names}.",
            path=path,
            sheet=mapping.sheet,
            names=names,
        )
    sheet = (named or sorted(found, key=_size, reverse=True))[0]
    if not sheet.rows:
        raise InputError("{path}: this table is empty.", path=path)
    return sheet


def _size(sheet: Sheet) -> int:
    return sum(cell is not None for row in sheet.rows for cell in row.cells)


def plan_of(
    sheet: Sheet, edition: context.Edition, given: Given, mapping: Mapping | None = None
) -> ReadTable:
    """Return the plan that one sheet makes, whose text edition is cited row by row."""
    chosen = completed(sheet, given.lang, mapping)
    frame = framed(sheet, chosen.header)
    tree = grown(frame.body, chosen)
    habits = _habits(frame)
    measures = measured(tree, chosen, habits)
    setting = _setting(sheet, edition, given, chosen, frame)
    written = plan_records.written(tree, chosen, habits, measures, setting)
    draft = Draft(given.base, written.files, {f"sources/{edition.name}": edition.text})
    remarks = (
        *_on_guesses(chosen, setting, given),
        *_on_rows(frame, tree, sheet, given.lang),
        *written.remarks,
    )
    return ReadTable(draft, remarks, chosen)


def _habits(frame: Frame) -> dict[int, Habit]:
    return {one.index: one.habit for one in profiles(frame.body, frame.headings)}


def _setting(
    sheet: Sheet, edition: context.Edition, given: Given, mapping: Mapping, frame: Frame
) -> Setting:
    """Return what all records of a plan share: its names, period, notes and text."""
    title = mapping.title or given.name.replace("_", " ").strip() or word("plan", given.lang)
    named = heading_words.years_of(title) or [given.year]
    first = mapping.first_year or min(named)
    last = max(mapping.last_year or max(named), first)
    notes = [_shown(row) for row in (*frame.above, *frame.below)]
    if notes and notes[0] == mapping.title:
        notes = notes[1:]
    return Setting(
        given.base, given.lang, title, (first, last), tuple(notes), sheet, edition,
        given.name if not as_key(given.name) else as_key(given.name),
    )  # fmt: skip


def _shown(row: Row) -> str:
    """Return what a row says on one line."""
    return " | ".join(text for cell in row.cells if (text := line_of(cell)))


# ---------------------------------------------------------------- remarks


def _on_guesses(mapping: Mapping, setting: Setting, given: Given) -> list[Remark]:
    """Return a remark on each guess, with its reason; what a mapping says has none."""
    lang, name = given.lang, setting.sheet.name
    found = [Remark(name, GUESSED, lang, word("language_taken", lang))]
    first, last = setting.period
    years = word("period_taken", lang) if mapping.first_year else word("period_unknown", lang)
    found.append(Remark(name, GUESSED, f"{first}-{last}", years))
    if mapping.reason:
        head = word("header_row" if mapping.header else "no_header", lang).format(mapping.header)
        found.append(Remark(name, GUESSED, setting.title, word("plan_title", lang)))
        found.append(Remark(name, GUESSED, head, mapping.reason))
    for one in mapping.columns:
        if not one.reason:
            continue
        role = word(f"role_{one.role}", lang)
        shown = f"{role} {one.depth}" if one.role == "level" else role
        found.append(Remark(f"{name}!{one.letter}", GUESSED, one.heading, f"{shown}. {one.reason}"))
    return found


def _on_rows(frame: Frame, tree: Tree, sheet: Sheet, lang: str) -> list[Remark]:
    """Return remarks on rows that begin no element, and how many do."""
    found = [
        Remark(sheet.place(row.number, 0), LEFT, _shown(row), word(key, lang))
        for rows, key in ((frame.repeated, "row_header_again"), (frame.totals, "row_total"))
        for row in rows
    ]
    for row, what, other in tree.others:
        kind, key = (READ, "row_merged") if what == MERGED else (LEFT, "row_repeated")
        said = word(key, lang).format(other)
        found.append(Remark(sheet.place(row.number, 0), kind, _shown(row), said))
    for row in tree.strays:
        stray = word("row_stray", lang)
        found.append(Remark(sheet.place(row.number, 0), KEPT, _shown(row), stray))
    depth = tree.depth
    finest = sum(one.depth == depth and not one.is_stand_in for one in tree.elements)
    counts = word("rows_counted", lang).format(len(tree.elements), depth, finest)
    found.append(Remark(sheet.name, READ, str(len(frame.body)), counts))
    return found


def completed(sheet: Sheet, lang: str, said: Mapping | None = None) -> Mapping:
    """Return what a sheet is taken for: as a mapping says, and as it seems where that is silent.

    Headings are read from the row that the mapping names. Where it names levels, no other column
    is one. Raises `InputError` for a header's row that is not there.
    """
    if said is None:
        return guess(sheet, lang)
    if said.header and not any(row.number == said.header for row in sheet.rows):
        raise InputError(
            "{name}: the mapping uses row {header} as the header, but that row is empty. "
            "Give the row with the headings, or 0 if there are none.",
            name=sheet.name,
            header=said.header,
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
