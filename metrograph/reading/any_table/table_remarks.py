"""Makes the remarks on a table: its guesses, the order of its days, rows that are no elements."""

from collections.abc import Set

from metrograph.messages import word
from metrograph.reading.any_table.columns import profiles
from metrograph.reading.any_table.context import Setting
from metrograph.reading.any_table.mapping import Column, Mapping
from metrograph.reading.any_table.nesting import MERGED, Tree
from metrograph.reading.any_table.region import Frame
from metrograph.reading.notices import GUESSED, KEPT, LEFT, READ, Remark
from metrograph.reading.numbers import line_of
from metrograph.reading.policy import is_order_open
from metrograph.reading.sheets import Row, Sheet


def shown(row: Row) -> str:
    """Return what a row says on one line."""
    return " | ".join(text for cell in row.cells if (text := line_of(cell)))


def on_order(frame: Frame, mapping: Mapping, name: str, lang: str) -> list[Remark]:
    """Return a remark on the order of day and month in the file, if it can be read in two ways."""
    dated = {column.index for column in mapping.of("start", "end", "date")}
    columns = [
        column
        for column in profiles(frame.body, frame.headings, mapping.date_order)
        if column.index in dated
    ]
    open_ = [cell for column in columns for cell in column.filled if is_order_open(cell)]
    if not open_:
        return []
    sure = {column.order for column in columns} != {None} and not mapping.date_order
    written = "MM/DD" if any(column.habit.month_first for column in columns) else "DD/MM"
    key = "date_order_shown" if sure else "date_order_open"
    other = "dmy" if written == "MM/DD" else "mdy"
    kind = READ if sure or mapping.date_order else GUESSED
    return [Remark(name, kind, line_of(open_[0]), word(key, lang).format(written, other))]


def on_guesses(mapping: Mapping, setting: Setting, doubtful: Set[Column]) -> list[Remark]:
    """Return a remark on each guess that is not doubtful; what a mapping says has none."""
    lang, name = setting.lang, setting.sheet.name
    remarks = [Remark(name, GUESSED, lang, word("language_taken", lang))]
    first, last = setting.period
    years = word("period_taken", lang) if mapping.first_year else word("period_unknown", lang)
    remarks.append(Remark(name, GUESSED, f"{first}-{last}", years))
    if mapping.reason:
        head = word("header_row" if mapping.header else "no_header", lang).format(mapping.header)
        remarks.append(Remark(name, GUESSED, setting.title, word("plan_title", lang)))
        remarks.append(Remark(name, GUESSED, head, mapping.reason))
    for column in mapping.columns:
        if not column.reason or column in doubtful:
            continue
        role = word(f"role_{column.role}", lang)
        shown = f"{role} {column.depth}" if column.role == "level" else role
        remarks.append(
            Remark(f"{name}!{column.letter}", GUESSED, column.heading, f"{shown}. {column.reason}")
        )
    return remarks


def on_rows(frame: Frame, tree: Tree, sheet: Sheet, lang: str) -> list[Remark]:
    """Return remarks on rows that begin no element, and how many do."""
    remarks = [
        Remark(sheet.place(row.number, 0), LEFT, shown(row), word(key, lang))
        for rows, key in (
            (frame.repeated, "row_header_again"),
            (frame.totals, "row_total"),
            (frame.helps, "row_help"),
        )
        for row in rows
    ]
    for row, what, other in tree.others:
        kind, key = (READ, "row_merged") if what == MERGED else (LEFT, "row_repeated")
        message = word(key, lang).format(other)
        remarks.append(Remark(sheet.place(row.number, 0), kind, shown(row), message))
    for row in tree.strays:
        stray = word("row_stray", lang)
        remarks.append(Remark(sheet.place(row.number, 0), KEPT, shown(row), stray))
    depth = tree.depth
    finest = sum(element.depth == depth and not element.is_stand_in for element in tree.elements)
    counts = word("rows_counted", lang).format(len(tree.elements), depth, finest)
    remarks.append(Remark(sheet.name, READ, str(len(frame.body)), counts))
    return remarks
