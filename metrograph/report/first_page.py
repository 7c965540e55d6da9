"""Writes the first page of a report: what was asked, headline figures, the matrix, what changed."""

from collections.abc import Iterator, Sequence

from metrograph.analysis.coverage import Pair
from metrograph.errors import Text
from metrograph.messages import word
from metrograph.report.board import Board, Changes, Headline
from metrograph.report.document import (
    Block,
    Grid,
    Heading,
    Items,
    Paragraph,
    Words,
    long_date,
    written,
)
from metrograph.report.references import References
from metrograph.tables.cell import shown
from metrograph.tables.table import Cell, Entity
from metrograph.text import joined, separated

LISTED = 12  # of a list on the two pages; commands and the annex give all


def first_page(board: Board, references: References) -> Iterator[Block]:
    """Yield the blocks of the first page."""
    lang = board.plan.lang
    yield from asked(board)
    hint = written(Text("Write your introduction here."), lang)
    yield Words("introduction", written(Text("Introduction"), lang), hint)
    yield Heading(written(Text("At a glance"), lang))
    yield headlines(board, references)
    yield from matrix(board, references)
    yield from changes(board, references)


def asked(board: Board) -> Iterator[Block]:
    """Yield what the report is about, how it was counted, and what it is compared with."""
    lang, year = board.plan.lang, board.asked.year
    about = (
        Text("It covers the activities recorded for all years.")
        if year is None
        else Text("It covers the activities recorded for {year}.", values={"year": str(year)})
    )
    compared = (
        Text("Changes are shown from the next report on, because no earlier report has been kept.")
        if board.changes is None
        else Text(
            "Changes are those since the report of {day}.",
            values={"day": long_date(board.changes.since, lang)},
        )
    )
    sentences = (
        Text("This report shows which challenges and themes of the plan the activities address."),
        about,
        Text(
            "An activity counts where all who coded it, at least two people, agree on the "
            "challenge and the theme, or an adjudicator has decided so."
        ),
        compared,
    )
    yield Paragraph(separated(" ", [written(sentence, lang) for sentence in sentences]))


def headlines(board: Board, references: References) -> Grid:
    """Return the headline figures, with their change where there is an earlier report."""
    lang = board.plan.lang
    headings = [Text("Figure"), Text("Now")]
    if board.changes is not None:
        headings += [Text("Before"), Text("Change")]
    rows = []
    for headline in board.headlines:
        name = _named(headline, board.asked.year)
        now = joined(_number(headline.now, headline.of, lang), _mark(headline, board, references))
        row = [written(name, lang), now]
        if board.changes is not None:
            before = "" if headline.before is None else str(headline.before)
            row += [before, _change(headline)]
        rows.append(tuple(row))
    caption = written(Text("Headline figures"), lang)
    return Grid(caption, tuple(written(head, lang) for head in headings), tuple(rows))


def _named(headline: Headline, year: int | None) -> Text:
    """Return what a headline figure counts."""
    match headline.name:
        case "covered":
            return Text("Intersections covered")
        case "gaps" if year is not None:
            return Text("Intersections without an activity in {year}", values={"year": str(year)})
        case "gaps":
            return Text("Gaps: intersections without an activity")
        case "activities":
            return Text("Activities recorded")
        case "addressing":
            return Text("Activities that address an intersection")
        case _:
            return Text("Activities coded by fewer than two people")


def _number(number: int, whole: int | None, lang: str) -> str:
    if whole is None:
        return str(number)
    return written(Text("{part} of {whole}", values={"part": number, "whole": whole}), lang)


def _change(headline: Headline) -> str:
    """Return the change of a headline figure, with its sign."""
    if headline.before is None:
        return ""
    change = headline.now - headline.before
    return f"+{change}" if change > 0 else f"−{-change}" if change else "0"


def _mark(headline: Headline, board: Board, references: References) -> str:
    """Return the reference of a headline figure."""
    coverage, year = board.coverage, board.asked.year
    waiting = [name for held in coverage.grounds.waiting.values() for name in held]
    of_year = f" -p year={year}" if year is not None else ""
    command, records = {
        "covered": (references.command("coverage"), coverage.activities()),
        "gaps": (references.command("coverage"), ()),
        "activities": (f"metrograph query activities{of_year}", board.activities),
        "addressing": (references.command("coverage"), coverage.activities()),
        "waiting": ("metrograph query activities-pending", waiting),
    }[headline.name]
    return references.mark(_named(headline, year), command, records)


def matrix(board: Board, references: References) -> Iterator[Block]:
    """Yield the coverage matrix and how to read it."""
    coverage, lang = board.coverage, board.plan.lang
    table = coverage.shown
    mark = references.mark(
        Text("Activities by challenge and theme"),
        references.command("coverage"),
        coverage.activities(),
    )
    words = {coverage.empty_word(pair) for pair in (*coverage.gaps(), *coverage.emptied())}
    yield Grid(
        joined(table.title, mark),
        tuple(column.heading for column in table.columns),
        tuple(tuple(cell_text(cell, lang) for cell in row) for row in table.rows),
        "matrix",
        frozenset(words),
    )
    notes = [word("coverage_note", lang)]
    if table != coverage.table:
        notes.append(word("passage_note", lang))
    if coverage.emptied():
        notes.append(word("emptied_note", lang))
    yield Paragraph(" ".join(notes), is_note=True)


def cell_text(cell: Cell, lang: str) -> str:
    """Return a cell as a report writes it: of a record, its label alone."""
    return cell.label if isinstance(cell, Entity) else shown(cell, lang)


def changes(board: Board, references: References) -> Iterator[Block]:
    """Yield what changed since the earlier report, if there is one."""
    if board.changes is None:
        return
    lang, changed = board.plan.lang, board.changes
    day = long_date(changed.since, lang)
    yield Heading(written(Text("What changed since {day}", values={"day": day}), lang))
    if changed.are_none:
        yield Paragraph(written(Text("Nothing has changed since the last report."), lang))
        return
    yield Items(tuple(_changed(board, references, changed)))


def _changed(board: Board, references: References, changed: Changes) -> Iterator[str]:
    """Yield a sentence for each kind of change."""
    plan = board.plan
    command = references.command("coverage")
    closed, opened = (
        [crossing(board, pair) for pair in pairs] for pairs in (changed.closed, changed.opened)
    )
    counted = (
        ([plan.label(name) for name in changed.added], _ADDED, changed.added),
        ([plan.label(name) for name in changed.removed], _REMOVED, ()),
        (closed, _CLOSED, ()),
        (opened, _OPENED, ()),
    )
    for names, words, records in counted:
        if names:
            mark = references.mark(Text("Changes since the last report"), command, records)
            values = {"number": len(names), "names": joined(listing(names, plan.lang), mark)}
            yield written(Text(words.message, words.plural, len(names), values), plan.lang)
    for (indicator, about, _), before, now in changed.statuses:
        mark = references.mark(Text("Status of the indicators"), "metrograph progress", [indicator])
        subject = joined(" (", plan.label(about), ")") if about else ""
        values = {
            "indicator": joined(plan.label(indicator), subject),
            "before": word(before, plan.lang),
            "now": joined(word(now, plan.lang), mark),
        }
        yield written(Text("{indicator}: from “{before}” to “{now}”", values=values), plan.lang)


_ADDED = Text("New activity: {names}", "New activities ({number}): {names}")
_REMOVED = Text(
    "Activity no longer recorded: {names}", "Activities no longer recorded ({number}): {names}"
)
_CLOSED = Text("Gap closed: {names}", "Gaps closed ({number}): {names}")
_OPENED = Text("New gap: {names}", "New gaps ({number}): {names}")


def listing(names: Sequence[str], lang: str) -> str:
    """Return names as a list within a sentence: at most `LISTED` of them, and how many more."""
    shown_names = separated(", ", list(names[:LISTED]))
    more = len(names) - LISTED
    if more <= 0:
        return shown_names
    rest = Text("and {number} more", "and {number} more", more, {"number": more})
    return joined(shown_names, " ", written(rest, lang))


def crossing(board: Board, pair: Pair) -> str:
    """Return the name of an intersection: its challenge and its theme."""
    challenge, theme = (board.plan.label(name) for name in pair)
    return joined(challenge, " × ", theme)
