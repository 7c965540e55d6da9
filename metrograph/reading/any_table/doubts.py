"""Finds the guesses on a table that are least certain, each with what else the column could be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metrograph.messages import word
from metrograph.reading.any_table import heading_words
from metrograph.reading.any_table.columns import Profile
from metrograph.reading.any_table.mapping import Column, Mapping
from metrograph.reading.notices import GUESSED, Remark

_BY_CELLS = {  # reasons that rest on the cells alone: how doubtful, and what else it could be
    "why_number_unknown": (0.7, ("target", "actual", "budget")),
    "why_year_heading": (0.6, ("actual", "budget")),
    "why_percent": (0.6, ("target", "actual")),
    "why_money": (0.3, ("actual",)),
    "why_blocks": (0.7, ("note", "status")),
    "why_determined": (0.5, ("note", "owner")),
    "why_determines": (0.5, ("note", "owner")),
    "why_filled_down": (0.5, ("note",)),
    "why_outline": (0.2, ("id",)),
    "why_states": (0.2, ("note",)),
    "why_status_known": (0.5, ("status",)),
    "why_dates_known": (0.5, ("start", "end")),
    "why_code_part": (0.3, ("level",)),
    "why_dimension": (0.4, ("note", "location")),
}
_FEW = 0.5  # share of different texts below which a note may be a level or a list


@dataclass(frozen=True)
class Doubt:
    """A guess that may be wrong: its column, how doubtful it is (0 to 1), and other roles."""

    column: Column
    weight: float
    others: tuple[str, ...]


def doubts_of(mapping: Mapping, columns: Sequence[Profile]) -> list[Doubt]:
    """Return the doubtful guesses on columns, the most doubtful first."""
    doubts = [
        doubt
        for column in mapping.columns
        if column.reason and column.index < len(columns)
        for doubt in _of_column(column, columns[column.index], mapping)
    ]
    return sorted(doubts, key=lambda doubt: (-doubt.weight, doubt.column.index))


def _of_column(column: Column, profile: Profile, mapping: Mapping) -> Iterator[Doubt]:
    hints = heading_words.roles_of(column.heading)
    if column.role == "level":
        moved = _is_moved(column, mapping)
        if moved:
            yield Doubt(column, 0.8, ("level",))
            return
    is_named = column.role in hints or (column.role == "level" and "title" in hints)
    if column.why in _BY_CELLS and not is_named:
        yield Doubt(column, *_BY_CELLS[column.why])
    elif column.why == "why_title" and not is_named:
        yield Doubt(column, 0.4, ("description", "note"))
    elif column.why == "why_note" and profile.filled and not hints:
        is_few = 1 < profile.distinct <= _FEW * len(profile.filled)
        yield Doubt(column, 0.6 if is_few else 0.3, ("level", "owner") if is_few else ("owner",))


def _is_moved(column: Column, mapping: Mapping) -> bool:
    """Return whether a level stands above one to its left."""
    return mapping.hierarchy == "columns" and any(
        other.index < column.index and other.depth > column.depth for other in mapping.levels
    )


def as_remarks(doubts: Sequence[Doubt], sheet: str, lang: str) -> list[Remark]:
    """Return doubts as remarks: what a column is taken for, and what it could be instead."""
    remarks = []
    for doubt in doubts:
        column = doubt.column
        role = word(f"role_{column.role}", lang)
        shown = f"{role} {column.depth}" if column.role == "level" else role
        others = ", ".join(word(f"role_{other}", lang) for other in doubt.others)
        key = "doubt_order" if doubt.others == ("level",) and column.role == "level" else "doubt"
        made = word(key, lang).format(shown, others, column.reason)
        place = f"{sheet}!{column.letter}"
        remarks.append(Remark(place, GUESSED, column.heading, made, doubt.weight))
    return remarks
