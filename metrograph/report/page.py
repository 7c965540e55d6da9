"""Writes the document of a report as a page of HTML that needs no other file, and prints well."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.late import late
from metrograph.report import document as blocks
from metrograph.report.document import Document, Piece

if TYPE_CHECKING:
    import jinja2
else:
    jinja2 = late("jinja2")

_TEMPLATES = Path(__file__).parent / "templates"


def to_html(document: Document) -> bytes:
    """Return a report as HTML; every text is escaped. The office's own words have no place in it.

    The same document gives the same bytes.
    """

    def pieces(text: str) -> Iterator[Piece]:
        return blocks.pieces(text, document.lang)

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.tests.update(
        heading=lambda block: isinstance(block, blocks.Heading),
        paragraph=lambda block: isinstance(block, blocks.Paragraph),
        items=lambda block: isinstance(block, blocks.Items),
        picture=lambda block: isinstance(block, blocks.Picture),
        grid=lambda block: isinstance(block, blocks.Grid),
    )
    template = environment.get_template("board.html")
    page = template.render(document=document, pieces=pieces, plain=blocks.plain)
    return page.encode("utf-8")
