"""Composes the document of a report from its values, in the plan's language."""

from metrograph.errors import Text
from metrograph.report.annex import annex
from metrograph.report.board import Board
from metrograph.report.document import Document, long_date, written
from metrograph.report.first_page import first_page
from metrograph.report.references import References
from metrograph.report.second_page import second_page
from metrograph.text import joined


def composed(board: Board) -> Document:
    """Return the report as a document: two pages and annexes."""
    plan, lang = board.plan, board.plan.lang
    references = References(plan, board.asked.year)
    period = "–".join(dict.fromkeys(year[:4] for year in (board.start, board.end) if year))
    day = Text("As of {day}", values={"day": long_date(board.asked.as_of, lang)})
    about = [plan.label(plan.iri), f" ({period})" if period else "", " · ", written(day, lang)]
    return Document(
        title=written(Text("Report to the Board"), lang),
        subject=joined(*about),
        lang=lang,
        day=board.asked.as_of,
        blocks=(
            *first_page(board, references),
            *second_page(board, references),
            *annex(board, references),
        ),
    )
