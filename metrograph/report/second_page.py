"""Writes the second page of a report: gaps, what depends on one activity, progress, limits."""

from collections import Counter
from collections.abc import Iterator

from metrograph.analysis import counting
from metrograph.analysis.progress import STATUSES
from metrograph.analysis.status import Movement
from metrograph.errors import Text
from metrograph.messages import word
from metrograph.report import reliance
from metrograph.report.board import Board
from metrograph.report.document import Block, Grid, Heading, Items, Paragraph, written
from metrograph.report.first_page import LISTED, cell_text, crossing, listing
from metrograph.report.references import References, cited_lines
from metrograph.text import joined


def second_page(board: Board, references: References) -> Iterator[Block]:
    """Yield the blocks of the second page."""
    yield from gaps(board, references)
    yield from depending(board, references)
    yield from progress(board, references)
    yield from due(board, references)
    yield from reliance.blocks(board, references)


def gaps(board: Board, references: References) -> Iterator[Block]:
    """Yield the intersections without an activity: those that the plan names first."""
    coverage, lang = board.coverage, board.plan.lang
    yield Heading(written(Text("Gaps"), lang), starts_page=True)
    empty = (*coverage.gaps(), *coverage.emptied())
    if not empty:
        yield Paragraph(written(Text("Every intersection in scope has an activity."), lang))
        return
    ids = counting.intersections(board.plan)
    named = [pair for pair in empty if pair in coverage.grounds.named]
    mark = references.mark(
        Text("Intersections without an activity"),
        references.command("coverage"),
        [ids[pair] for pair in named],
    )
    number = len(empty)
    intro = Text(
        "{number} intersection has no activity.",
        "{number} intersections have no activity.",
        number,
        {"number": joined(str(number), mark)},
    )
    yield Paragraph(written(intro, lang))
    lines = [
        _gap(board, pair, ids[pair]) for pair in (*named, *(p for p in empty if p not in named))
    ]
    yield Items(tuple(_cut(lines, lang, "metrograph gaps --list")))


def _gap(board: Board, pair: tuple[str, str], name: str) -> str:
    """Return a gap as a line of the list, with where the plan names it."""
    coverage, lang = board.coverage, board.plan.lang
    label = crossing(board, pair)
    if pair in coverage.grounds.named:
        cited = cited_lines(board.plan, [name])
        return joined(
            label, written(Text(" – named by the plan: {lines}", values={"lines": cited}), lang)
        )
    if pair in coverage.emptied():
        return joined(label, written(Text(" – covered in another year"), lang))
    return label


def _cut(lines: list[str], lang: str, command: str) -> list[str]:
    """Return at most `LISTED` lines, and a last one that says how many more there are."""
    more = len(lines) - LISTED
    if more <= 0:
        return lines
    values = {"number": more, "command": command}
    rest = Text("{number} more: {command}", "{number} more: {command}", more, values)
    return [*lines[:LISTED], written(rest, lang)]


def depending(board: Board, references: References) -> Iterator[Block]:
    """Yield the intersections that a single activity addresses, by activity."""
    lang, alone = board.plan.lang, board.depending
    yield Heading(written(Text("What depends on a single activity"), lang))
    if not alone:
        sentence = Text("No intersection depends on a single activity.")
        yield Paragraph(written(sentence, lang))
        return
    mark = references.mark(
        Text("Intersections that a single activity addresses"),
        references.command("coverage"),
        alone,
    )
    rows = [
        (
            board.plan.label(name),
            joined(str(len(pairs)), mark if at == 0 else ""),
            listing([crossing(board, pair) for pair in pairs], lang),
        )
        for at, (name, pairs) in enumerate(alone.items())
    ]
    heads = (Text("Activity"), Text("Number"), Text("Intersections that only it addresses"))
    caption = written(Text("Intersections that a single activity addresses"), lang)
    yield Grid(caption, tuple(written(head, lang) for head in heads), tuple(rows[:LISTED]))


def progress(board: Board, references: References) -> Iterator[Block]:
    """Yield how far results have activities, and indicators their targets."""
    lang = board.plan.lang
    yield Heading(written(Text("Progress"), lang))
    held = {result for result, activities in board.results.items() if activities}
    if board.results:
        mark = references.mark(
            Text("Results with an activity"), "metrograph query results-by-activity", held
        )
        values = {"part": joined(str(len(held)), mark), "whole": len(board.results)}
        sentence = Text(
            "{part} of {whole} results of the plan have at least one activity.", values=values
        )
        yield Paragraph(written(sentence, lang))
    if not board.progress.movements:
        return
    counts = Counter(moved.status for moved in board.progress.movements)
    mark = references.mark(
        Text("Indicators by status"),
        "metrograph progress",
        [moved.series.indicator for moved in board.progress.movements],
    )
    heads = tuple(word(status, lang) for status in STATUSES)
    yield Grid(
        joined(written(Text("Indicators by status"), lang), mark),
        (written(Text("Indicators"), lang), *heads),
        ((str(board.progress.count()), *(str(counts[status]) for status in STATUSES)),),
    )
    if board.judged:
        yield indicators(board, board.judged[:LISTED])
    rule = Text(
        "An indicator is on track if its latest value is at least what was due by then on a "
        "straight line from the baseline to the target. Where a value is missing, it has no status."
    )
    yield Paragraph(written(rule, lang), is_note=True)


def indicators(board: Board, movements: tuple[Movement, ...]) -> Grid:
    """Return indicators with their status, and the rule that gave it."""
    lang = board.plan.lang
    columns = board.progress.table
    rows = {id(moved): row for moved, row in zip(board.progress.movements, columns, strict=True)}
    names = ("indicator", "about", "baseline", "target", "actual", "status", "rule")
    heads = tuple(column.heading for column in columns.columns if column.name in names)
    return Grid(
        written(Text("Indicators and the rule that gave their status"), lang),
        heads,
        tuple(
            tuple(cell_text(rows[id(moved)][name], lang) for name in names) for moved in movements
        ),
    )


def due(board: Board, references: References) -> Iterator[Block]:
    """Yield the steps that were due and lack something, with who is responsible."""
    if not board.due:
        return
    lang = board.plan.lang
    yield Heading(written(Text("Overdue"), lang))
    heads = (Text("Due"), Text("Step"), Text("Responsible"), Text("Missing"))
    rows = tuple(
        (step.year, cell_text(step.step, lang), step.by_whom, step.missing) for step in board.due
    )
    words = Text("Steps that were due and are not documented")
    mark = references.mark(words, f"metrograph cycle --as-of {board.asked.as_of.isoformat()}")
    yield Grid(
        joined(written(words, lang), mark), tuple(written(head, lang) for head in heads), rows
    )
