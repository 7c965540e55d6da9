"""Guesses the roles of a sheet's columns: a mapping with a reason for each guess.

Nothing is known of any one file. First what is in the cells tells (days, figures, links, codes),
then what the heading says among that, and then which columns of texts depend on which.
"""

from collections.abc import Callable, Sequence

from metrograph.messages import word
from metrograph.reading.any_table import heading_words, numbering
from metrograph.reading.any_table.codes import composed, is_code_of_level, is_parent, part_of
from metrograph.reading.any_table.columns import Profile, profiles
from metrograph.reading.any_table.languages import labels_of
from metrograph.reading.any_table.levels import leveled
from metrograph.reading.any_table.mapping import FIGURES, Column, Mapping, from_toml
from metrograph.reading.any_table.neighbours import (
    Guess,
    Neighbours,
    choose_status,
    find_dimension,
    find_years,
    give_codes,
    note_undated,
    pair_dates,
)
from metrograph.reading.any_table.region import framed
from metrograph.reading.dates import days_of
from metrograph.reading.numbers import figure_of, line_of
from metrograph.reading.sheets import Sheet, Value

__all__ = ["Mapping", "from_toml", "guess"]  # where a guess and its correction are looked for

_DATE_ROLES = ("start", "end", "date")
_COMPARED = {"target", "baseline"}  # figures that what was reached stands beside
_SHORT = 80  # letters; names of owners and places are shorter


def guess(sheet: Sheet, lang: str = "en", header: int | None = None) -> Mapping:
    """Return what the columns of a sheet are taken for; reasons in a language.

    `header` is the row of the headings, if that is known (0: there is none).
    """
    frame = framed(sheet, header)
    columns = profiles(frame.body, frame.headings)
    guesses = _guess_columns(columns)
    labels = labels_of(columns, lang)
    guesses |= {at: Guess("label", "why_label") for at in labels}
    open_ = [column for column in columns if guesses[column.index] is None]
    shape = leveled(open_, columns, {at: known.role for at, known in guesses.items() if known})
    guesses |= {at: Guess(*role) for at, role in shape.roles.items()}
    guesses |= {at: _of_main(guesses[main]) for at, main in labels.items()}
    note_undated(columns, guesses)
    give_codes(columns, guesses)
    made = tuple(_column(column, guesses[column.index], lang) for column in columns)
    title = line_of(next((cell for row in frame.above for cell in row.cells if cell), None))
    at = frame.header[-1].number if frame.header else 0
    reason = word(f"why_{shape.hierarchy}", lang)
    years = _period(title, columns, made)
    return Mapping(sheet.name, at, shape.hierarchy, made, title, *years, reason)


def _of_main(main: Guess | None) -> Guess:
    """Return what a column in another language is: a name where the first is a level's."""
    is_level = main is not None and main.role == "level"
    return (
        Guess("label", "why_label", main.depth) if main and is_level else Guess("note", "why_note")
    )


def _guess_columns(columns: Sequence[Profile]) -> dict[int, Guess | None]:
    """Return what each column is by itself; nothing for texts that may be names."""
    beside = Neighbours(columns)
    guesses = {
        column.index: _by_content(beside.without_sections(column), beside) for column in columns
    }
    wholes = composed(columns)
    for column in columns:
        is_code = column.kind == "code" and column.distinct > 1
        whole = part_of(column, wholes) if is_code and guesses[column.index] is None else None
        if whole:
            guesses[column.index] = Guess("note", "why_code_part", 0, (whole.heading,))
    find_dimension(columns, guesses)
    find_years(columns, guesses)
    pair_dates(columns, guesses)
    choose_status(columns, guesses)
    return guesses


def _column(profile: Profile, choice: Guess | None, lang: str) -> Column:
    choice = choice or Guess("note", "why_note")
    year = heading_words.year_of(profile.heading) if choice.role in FIGURES else None
    reason = word(choice.why, lang).format(*choice.says)
    return Column(
        *(profile.index, profile.heading, choice.role, reason, choice.depth, year, choice.why)
    )


def _period(
    title: str, columns: Sequence[Profile], made: Sequence[Column]
) -> tuple[int | None, int | None]:
    """Return the first and the last year that the plan seems to span: as titled, or as dated."""
    if titled := heading_words.years_of(title):
        return min(titled), max(titled)
    years = [column.year for column in made if column.role != "baseline" and column.year]
    for profile, column in zip(columns, made, strict=True):
        if column.role in _DATE_ROLES:
            years += [year for cell in profile.filled for year in _years(cell, profile)]
        elif set(_DATE_ROLES) & set(_named(profile)) and column.role == "note":
            years += [
                year for cell in profile.filled for year in heading_words.years_of(line_of(cell))
            ]
    return (min(years), max(years)) if years else (None, None)


def _years(cell: Value, of: Profile) -> list[int]:
    """Return the years of a cell with days, or of words that name a year: "Spring 2025"."""
    span = days_of(cell, of.habit)
    return [int(day[:4]) for day in span] if span else heading_words.years_of(line_of(cell))


# ---------------------------------------------------------------- one column by itself


def _by_content(column: Profile, beside: Neighbours) -> Guess | None:
    """Return what a column is by what is in it, and its heading among that; nothing for texts."""
    if column.kind in _PLAIN:
        return _PLAIN[column.kind]
    hints = heading_words.roles_of(column.heading)
    return _outline(column, beside, hints) or _BY_KIND[column.kind](column, beside, hints)


def _outline(column: Profile, beside: Neighbours, hints: Sequence[str]) -> Guess | None:
    """Return a column of outline numbers; single numbers only first, or where the heading says."""
    alone = sum(bool(number and not number.rest) for number in column.numbered)
    depths = numbering.depths(column.numbered) if alone > 0.6 * len(column.filled) else None
    if not depths or beside.first_outline < column.index:
        return None
    is_single = all(number is None or len(number.parts) == 1 for number in column.numbered)
    if is_single and not ("id" in hints or column.index == 0) and max(depths) == 1:
        return None
    if hints and hints[0] in FIGURES and not is_single and column.kind == "number":
        return None
    return Guess("number", "why_outline", 0, (str(max(depths)),))


def _days(column: Profile, beside: Neighbours, hints: Sequence[str]) -> Guess | None:
    role = next((hint for hint in hints if hint in _DATE_ROLES), None)
    if column.kind == "year" and "baseline" in hints:
        return Guess("baseline_year", "why_dates")
    if role or column.kind == "date":
        return Guess(role or "date", "why_dates")
    return _figure(column, beside, hints)


def _figure(column: Profile, beside: Neighbours, hints: Sequence[str]) -> Guess | None:
    """Return which figures a column has; or that it counts rows, or nothing known."""
    unit = heading_words.unit_of(column.heading)
    is_money = column.share(_is_money) > 0.3 or unit in ("€", "$", "£")
    role = next((hint for hint in hints if hint in FIGURES), None)
    if role == "progress" and _is_measured(column, beside):
        role = "actual"
    cases = (
        ("weight" in hints or is_parent(column.heading), "note", "why_heading"),
        ("id" in hints and column.is_unique and not role, "id", "why_unique"),
        ("budget" in hints or (is_money and not role), "budget", "why_money"),
        (role, role or "", "why_heading"),
        (heading_words.year_of(column.heading), "target", "why_year_heading"),
        (column.kind == "percent" or unit == "%", "progress", "why_percent"),
        (column.is_unique and column.index == 0, "id", "why_unique"),
        (
            not (_numbers_a_level(column, beside) or is_code_of_level(column)),
            "note",
            "why_number_unknown",
        ),
    )
    return next((Guess(role, why) for holds, role, why in cases if holds), None)


def _is_measured(column: Profile, beside: Neighbours) -> bool:
    """Tell whether progress in a year is what an indicator beside its targets came to, not a %."""
    named = beside.named_beside(column)
    is_share = column.kind == "percent" or heading_words.unit_of(column.heading) == "%"
    has_year = heading_words.year_of(column.heading) is not None
    return has_year and not is_share and "indicator" in named and bool(named & _COMPARED)


def _named(column: Profile) -> tuple[str, ...]:
    return heading_words.roles_of(column.heading)


def _numbers_a_level(column: Profile, beside: Neighbours) -> bool:
    """Tell whether each number comes with one text of a column beside it: it may be its number."""
    right = beside.right_of(column)
    return bool(
        right
        and right.kind == "text"
        and 1 < column.distinct < len(column.filled)
        and column.distinct
        == right.distinct
        == len(set(zip(column.texts, right.texts, strict=True)))
    )


def _is_money(cell: object) -> bool:
    figure = figure_of(cell) if isinstance(cell, str) else None
    return bool(
        figure and any(sign in figure.unit for sign in ("€", "$", "£", "EUR", "USD", "GBP"))
    )


def _text(column: Profile, beside: Neighbours, hints: Sequence[str]) -> Guess | None:
    """Return what a column of texts is where heading and content agree, or nothing."""
    if column.has_directions and "indicator" in beside.named_beside(column):
        return Guess("direction", "why_directions")
    if column.has_states and _is_few(column, beside):
        return Guess("status", "why_states")
    if column.has_grades:
        return Guess("note", "why_note")
    if _has_own_codes(column, hints):
        return Guess("id", "why_unique")
    if _is_top_place(column, hints):
        return None
    fitting = (hint for hint in hints if hint in _FITS and _FITS[hint](column, beside))
    role = next(fitting, None)
    return Guess(_CALLED.get(role, role), "why_heading") if role else None


def _has_own_codes(column: Profile, hints: Sequence[str]) -> bool:
    """Return whether each row has a code of its own; some may have none if the heading says id."""
    is_called = "id" in hints
    is_coded = column.kind == "code" or (is_called and column.is_coded and hints[-1:] != ("title",))
    is_sparse = hints == ("id",) and column.kind == "code" and column.is_never_again
    return is_coded and ((column.is_unique and (is_called or column.index == 0)) or is_sparse)


def _is_top_place(column: Profile, hints: Sequence[str]) -> bool:
    """Return whether places come first, in blocks and again and again: the highest level."""
    return (
        column.index == 0
        and hints[:1] == ("location",)
        and 1 < column.distinct <= 0.6 * len(column.cells)
        and column.is_in_blocks
        and bool(column.texts[0])
    )


def _is_few(column: Profile, _: Neighbours) -> bool:
    return column.length < 40 and column.distinct <= max(12, len(column.cells) / 3)


def _is_short(column: Profile, _: Neighbours) -> bool:
    return column.length < _SHORT


def _is_of_figures(column: Profile, beside: Neighbours) -> bool:
    return column.length < 30 and beside.has_figures


def _is_longest(column: Profile, beside: Neighbours) -> bool:
    """Return whether no other column that is called a description is longer."""
    return column.length >= beside.longest_description


def _has_days(column: Profile, _: Neighbours) -> bool:
    return column.share(lambda cell: days_of(cell, column.habit)) > 0.3


def _has_figures(column: Profile, _: Neighbours) -> bool:
    is_name = column.is_numbered_names
    return not is_name and column.share(lambda cell: figure_of(cell, column.habit)) > 0.4


_FITS: dict[str, Callable[[Profile, Neighbours], bool]] = {
    "status": _is_few,
    "owner": _is_short,
    "location": _is_short,
    "indicator": lambda column, _: column.length < 300,
    "unit": _is_of_figures,
    "description": _is_longest,
    "notes": lambda *_: True,
    **dict.fromkeys(_DATE_ROLES, _has_days),
    **dict.fromkeys(FIGURES, _has_figures),
}
_CALLED = {"notes": "note"}
_PLAIN = {"empty": Guess("left", "why_empty"), "url": Guess("url", "why_urls")}
_BY_KIND: dict[str, Callable[[Profile, Neighbours, Sequence[str]], Guess | None]] = {
    "date": _days,
    "year": _days,
    "number": _figure,
    "percent": _figure,
    "code": _text,
    "text": _text,
}
