"""Writes the annex of a report: each number's query and lines, and what the two pages shorten."""

from collections.abc import Iterator

from metrograph.errors import Text
from metrograph.report.board import Board
from metrograph.report.document import Block, Grid, Heading, Paragraph, written
from metrograph.report.first_page import crossing
from metrograph.report.references import References
from metrograph.report.second_page import indicators
from metrograph.text import separated


def annex(board: Board, references: References) -> Iterator[Block]:
    """Yield the blocks of the annex."""
    plan, lang = board.plan, board.plan.lang
    yield Heading(written(Text("Annex: where the numbers come from"), lang), starts_page=True)
    sentence = Text(
        "Each number of this report refers to an entry of this table. The command gives the same "
        "number again, with what it counts, from the same data. Data version: {digest}.",
        values={"digest": plan.digest},
    )
    yield Paragraph(written(sentence, lang))
    heads = (Text("No."), Text("What is counted"), Text("Command"), Text("Lines of the sources"))
    yield Grid(
        written(Text("References"), lang),
        tuple(written(head, lang) for head in heads),
        tuple(
            (f"[{entry.number}]", entry.counts, entry.command, entry.lines)
            for entry in references.entries
        ),
        "references",
    )
    if held := {pair: names for pair, names in board.coverage.cells.items() if names}:
        yield Heading(written(Text("Annex: activities of each intersection"), lang))
        yield Grid(
            written(Text("Activities of each intersection"), lang),
            tuple(written(head, lang) for head in (Text("Intersection"), Text("Activities"))),
            tuple(
                (crossing(board, pair), separated("; ", [plan.label(name) for name in names]))
                for pair, names in held.items()
            ),
        )
    if followed := tuple(
        moved for moved in board.progress.movements if moved.target or moved.change is not None
    ):
        yield Heading(written(Text("Annex: indicators with a target or a change"), lang))
        yield indicators(board, followed)
