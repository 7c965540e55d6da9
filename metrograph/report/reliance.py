"""Writes what the numbers of a report rest on: agreement, what they do not say, sources."""

from collections.abc import Iterator

from metrograph.analysis.reliability import FEWEST
from metrograph.errors import Text
from metrograph.messages import word
from metrograph.report.board import Board
from metrograph.report.document import Block, Grid, Heading, Items, Paragraph, Words, written
from metrograph.report.references import References
from metrograph.tables.cell import rounded, spoken
from metrograph.text import joined, separated


def blocks(board: Board, references: References) -> Iterator[Block]:
    """Yield the blocks, and the place for the office's conclusions."""
    yield from agreement(board, references)
    yield from limits(board, references)
    lang = board.plan.lang
    hint = written(Text("Write your conclusions here."), lang)
    yield Words("conclusions", written(Text("Conclusions"), lang), hint)
    yield from sources(board)


def agreement(board: Board, references: References) -> Iterator[Block]:
    """Yield how far coders agree, and what waits to be coded."""
    lang, measured = board.plan.lang, board.agreement
    yield Heading(written(Text("Can the coding be relied on?"), lang))
    if measured is None:
        sentence = Text("Agreement cannot be measured: no activity has been coded by two people.")
        yield Paragraph(written(sentence, lang))
    else:
        mark = references.mark(Text("Agreement between coders"), "metrograph agreement")
        heads = (
            Text("Coded"),
            Text("Activities"),
            Text("Alpha"),
            Text("Confidence interval"),
            Text("Judgement"),
        )
        rows = tuple(
            (
                word(f"kind_{kind.kind}", lang),
                str(kind.units),
                _rounded(kind.alpha, lang),
                separated(
                    " – ", [_rounded(end, lang) for end in (kind.low, kind.high) if end is not None]
                ),
                word(kind.verdict, lang),
            )
            for kind in measured.kinds
        )
        caption = joined(written(Text("Agreement between coders"), lang), mark)
        yield Grid(caption, tuple(written(head, lang) for head in heads), rows)
        few = any(kind.units < FEWEST for kind in measured.kinds)
        note = word("agreement_few", lang).format(FEWEST) if few else written(_SCALE, lang)
        yield Paragraph(note, is_note=True)
    if waiting := board.coverage.waiting_notes():
        yield Paragraph(" ".join(waiting))


_SCALE = Text(
    "Alpha is Krippendorff's alpha: 1 is full agreement, 0 what chance alone would give. "
    "Agreement is reliable from 0.80 and tentative from 0.667."
)


def _rounded(value: float | None, lang: str) -> str:
    return "" if value is None else spoken(rounded(value, "0.01"), lang)


def limits(board: Board, references: References) -> Iterator[Block]:
    """Yield what the numbers do not say."""
    lang = board.plan.lang
    yield Heading(written(Text("What the numbers do not say"), lang))
    items = (
        Text("A number shows that something was done, not that it worked."),
        Text("What no source reports is missing here, so a gap can be a gap in reporting."),
        Text("More coding can change the numbers without any new activity."),
        *_in_different_passages(board, references),
        *_errors(board, references),
    )
    yield Items(tuple(written(item, lang) for item in items))


def _in_different_passages(board: Board, references: References) -> Iterator[Text]:
    """Yield a sentence on what rests on two passages, if anything does."""
    coverage = board.coverage
    whole, same = (
        sum(map(len, counted.cells.values())) for counted in (coverage, coverage.in_one_passage())
    )
    if same < whole:
        words = Text("Activities that name challenge and theme in one passage")
        command = f"{references.command('coverage')} --evidence same-passage"
        mark = references.mark(words, command, coverage.in_one_passage().activities())
        values = {"part": joined(str(whole - same), mark), "whole": whole}
        yield Text(
            "In {part} of the {whole} cases where an activity addresses an intersection, the "
            "source mentions the challenge and the theme in different passages.",
            values=values,
        )


def _errors(board: Board, references: References) -> Iterator[Text]:
    """Yield a sentence on errors in the plan's files, if there are any."""
    errors = board.plan.built.violations
    if errors:
        command = "metrograph check --severity violation"
        mark = references.mark(Text("Errors in the plan's files"), command)
        yield Text(
            "The plan's files contain {number} error, which can make numbers wrong.",
            "The plan's files contain {number} errors, which can make numbers wrong.",
            errors,
            {"number": joined(str(errors), mark)},
        )


def sources(board: Board) -> Iterator[Block]:
    """Yield the source documents."""
    if not board.sources:
        return
    lang = board.plan.lang
    yield Heading(written(Text("Sources"), lang))
    yield Items(
        tuple(
            joined(board.plan.label(name), f" ({year})" if year else "")
            for name, year in board.sources
        )
    )
