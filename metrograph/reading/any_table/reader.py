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
from metrograph.reading.any_table import context, heading_words, plan_records, sources
from metrograph.reading.any_table.columns import profiles
from metrograph.reading.any_table.context import Setting
from metrograph.reading.any_table.doubts import as_remarks, doubts_of
from metrograph.reading.any_table.formulas import without_formulas
from metrograph.reading.any_table.heading_words import year_of
from metrograph.reading.any_table.hierarchy import grown
from metrograph.reading.any_table.indicators import measured
from metrograph.reading.any_table.joined_sheets import JoinedSheet, joined, with_sheets
from metrograph.reading.any_table.mapping import FIGURES, Column, Mapping
from metrograph.reading.any_table.mapping import KEPT as MAP
from metrograph.reading.any_table.nesting import Tree
from metrograph.reading.any_table.region import Frame, framed
from metrograph.reading.any_table.roles import guess
from metrograph.reading.any_table.structures import on_structures, other_structure
from metrograph.reading.any_table.table_remarks import on_guesses, on_order, on_rows, shown
from metrograph.reading.notices import Read
from metrograph.reading.numbers import line_of
from metrograph.reading.policy import Habit
from metrograph.reading.sheets import Sheet
from metrograph.store.new_plan import Draft
from metrograph.text import as_key

_ONCE = ("number", "status", "parent", "kind")  # roles that one column of a depth can have


@dataclass(frozen=True)
class ReadTable(Read):
    """A table that was read, and what it was taken for."""

    mapping: Mapping
    other: str = ""  # the line of a mapping that asks for a structure that fits nearly as well


def read(
    path: Path, base: str, lang: str, mapping: Mapping | None = None, with_hidden: bool = False
) -> ReadTable:
    """Return the plan that a file with a table makes; texts in it are tagged with `lang`.

    Columns are taken for what they seem to be, or for what a mapping says. What a workbook hides is
    left out unless it is asked for. Raises `InputError` for what is no table.
    """
    is_hidden_read = with_hidden or bool(mapping and mapping.hidden)
    all_sheets, hidden = sources.tables_of(path, lang, mapping, is_hidden_read)
    sheet = _chosen(path, all_sheets, mapping)
    whole = joined(all_sheets, lang) if mapping is None else None
    if whole and sheet.name in whole.names and with_sheets(guess(whole.alone, lang), whole, lang):
        sheet = whole
    read_names = sheet.names if isinstance(sheet, JoinedSheet) else (sheet.name,)
    left = [
        sources.on_left(other, sheet, lang)
        for other in all_sheets
        if other.name not in read_names and other.rows
    ]
    if mapping is None and not isinstance(sheet, JoinedSheet):
        sheet, aside = sources.without_aside(sheet, lang)
        left += aside
    raw = path.read_bytes() if sheet.is_text else b""
    edition = context.edition(path, sheet, raw)
    year = datetime.fromtimestamp(path.stat().st_mtime, UTC).year
    defaults = Defaults(base, lang, path.stem, year, is_hidden_read)
    made = plan_of(sheet, edition, defaults, mapping)
    own = sheet.remarks if sheet.name != all_sheets[0].name else ()
    first = [*all_sheets[0].remarks, *own, *hidden, *left]
    return replace(made, remarks=(*first, *made.remarks))


@dataclass(frozen=True)
class Defaults:
    """What a table does not say itself: base IRI, language, a name, a year if it names none.

    `hidden` tells whether what the workbook hides is read too.
    """

    base: str
    lang: str
    name: str
    year: int
    hidden: bool = False


def _chosen(path: Path, all_sheets: Sequence[Sheet], mapping: Mapping | None) -> Sheet:
    """Return the sheet that a mapping names, or the one with the most cells."""
    named = sources.named(all_sheets, mapping) if mapping else []
    if mapping and mapping.sheet and not named and len(all_sheets) > 1:
        names = ", ".join(sheet.name for sheet in all_sheets)
        raise InputError(
            "{path}: the workbook has no sheet “{sheet}”. Its sheets: {names}.",
            path=path,
            sheet=mapping.sheet,
            names=names,
        )
    sheet = (named or sorted(all_sheets, key=_size, reverse=True))[0]
    if not sheet.rows:
        raise InputError("{path}: this table is empty.", path=path)
    return sheet


def _size(sheet: Sheet) -> int:
    return sum(cell is not None for row in sheet.rows for cell in row.cells)


def plan_of(
    sheet: Sheet, edition: context.Edition, defaults: Defaults, mapping: Mapping | None = None
) -> ReadTable:
    """Return the plan that one sheet makes, whose text edition is cited row by row."""
    sheet, formulas = without_formulas(sheet, defaults.lang)
    chosen = completed(sheet, defaults.lang, mapping)
    frame = framed(sheet, chosen.header)
    tree = grown(frame.body, chosen)
    _check_parents(tree, sheet)
    habits = _habits(frame, chosen.date_order)
    measures = measured(tree, chosen, habits)
    setting = _setting(sheet, edition, defaults, chosen, frame)
    written = plan_records.written(tree, chosen, habits, measures, setting)
    first, last = setting.period  # kept with the map, so that the next file is read alike
    kept = replace(
        chosen,
        title=setting.title,
        first_year=first,
        last_year=last,
        hidden=defaults.hidden,
    )
    texts = {f"sources/{edition.name}": edition.text, MAP: kept.to_toml()}
    draft = Draft(defaults.base, written.files, texts)
    other = other_structure(frame.body, chosen, tree) if chosen.reason else None
    doubts = doubts_of(chosen, profiles(frame.body, frame.headings))
    remarks = (
        *formulas,
        *on_structures(frame.body, tree, other, sheet.name, defaults.lang),
        *as_remarks(doubts, sheet.name, defaults.lang),
        *on_guesses(chosen, setting, {doubt.column for doubt in doubts}),
        *on_order(frame, chosen, sheet.name, defaults.lang),
        *on_rows(frame, tree, sheet, defaults.lang),
        *written.remarks,
    )
    return ReadTable(draft, remarks, chosen, other.line if other else "")


def _check_parents(tree: Tree, sheet: Sheet) -> None:
    """Raise `InputError` for a parent's code that no row has, or that leads back to its own row."""
    for row, column, is_loop in tree.misplaced:
        place, code = sheet.place(row.number, column.index), line_of(row.at(column.index))
        if is_loop:
            raise InputError(
                "{place}: “{code}” is part of this row itself, directly or through others. "
                "Correct the code of the parent.",
                place=place,
                code=code,
            )
        raise InputError(
            "{place}: no row has the id “{code}”. Correct the code of the parent or leave the cell "
            "empty, or give the column another role with --map.",
            place=place,
            code=code,
        )


def _habits(frame: Frame, date_order: str) -> dict[int, Habit]:
    columns = profiles(frame.body, frame.headings, date_order)
    return {column.index: column.habit for column in columns}


def _setting(
    sheet: Sheet, edition: context.Edition, defaults: Defaults, mapping: Mapping, frame: Frame
) -> Setting:
    """Return what all records of a plan share: its names, period, notes and text."""
    title = mapping.title or defaults.name.replace("_", " ").strip() or word("plan", defaults.lang)
    named = heading_words.years_of(title) or [defaults.year]
    first = mapping.first_year or min(named)
    last = max(mapping.last_year or max(named), first)
    notes = [shown(row) for row in (*frame.above, *frame.below)]
    if notes and notes[0] == mapping.title:
        notes = notes[1:]
    return Setting(
        defaults.base,
        defaults.lang,
        title,
        (first, last),
        tuple(notes),
        sheet,
        edition,
        defaults.name if not as_key(defaults.name) else as_key(defaults.name),
        is_dated=bool(mapping.first_year or heading_words.years_of(title)),
    )


def completed(sheet: Sheet, lang: str, mapping: Mapping | None = None) -> Mapping:
    """Return what a sheet is taken for: as a mapping says, and as it seems where that is silent.

    Headings are read from the row that the mapping names. Where it names levels, no other column
    is one. Raises `InputError` for a header's row that is not there.
    """
    if mapping is None and isinstance(sheet, JoinedSheet):
        return with_sheets(guess(sheet.alone, lang), sheet, lang) or guess(sheet, lang)
    if mapping is None:
        return guess(sheet, lang)
    if mapping.header and not any(row.number == mapping.header for row in sheet.rows):
        raise InputError(
            "{name}: the mapping uses row {header} as the header, but that row is empty. "
            "Give the row with the headings, or 0 if there are none.",
            name=sheet.name,
            header=mapping.header,
        )
    guessed = guess(sheet, lang, mapping.header)
    columns = _columns(guessed, mapping, lang)
    is_own = bool(mapping.hierarchy or mapping.levels)
    return Mapping(
        mapping.sheet or guessed.sheet,
        guessed.header if mapping.header is None else mapping.header,
        (mapping.hierarchy or "columns") if is_own else guessed.hierarchy,
        columns,
        mapping.title or guessed.title,
        mapping.first_year or guessed.first_year,
        mapping.last_year or guessed.last_year,
        "" if is_own else guessed.reason,
        mapping.date_order,
        blanks=mapping.blanks,
        names=mapping.names,
    )


def _columns(guessed: Mapping, mapping: Mapping, lang: str) -> tuple[Column, ...]:
    """Return the columns that a mapping names, and the others as they seem beside those."""
    named = {column.index: column for column in mapping.columns}
    taken = {(column.role, column.depth) for column in mapping.columns if column.role in _ONCE}
    columns = []
    for column in guessed.columns:
        own = named.pop(column.index, None)
        is_taken = (column.role == "level" and mapping.levels) or (
            column.role,
            column.depth,
        ) in taken
        if own:
            columns.append(_named(own, column))
        elif is_taken:
            reason = word("why_note", lang)
            columns.append(replace(column, role="note", depth=0, year=None, reason=reason))
        else:
            columns.append(column)
    return (*columns, *named.values())


def _named(own: Column, seen: Column) -> Column:
    """Return a column as a mapping names it, with the heading that it has in the table."""
    heading = seen.heading if own.heading == own.letter else own.heading
    year = own.year or (year_of(heading) if own.role in FIGURES else None)
    return replace(own, heading=heading, year=year)
