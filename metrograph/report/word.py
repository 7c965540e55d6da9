"""Writes the document of a report as a Word file, in styles that an office can replace.

The office's own words stand in content controls. A report that is written to the same file again
is built around those of the file that is there (`word_file`), so they stay with all they hold.
"""

from typing import TYPE_CHECKING, Any

from metrograph.late import late, late_from
from metrograph.report import word_file
from metrograph.report.document import (
    Block,
    Document,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    Words,
    pieces,
    plain,
)

if TYPE_CHECKING:
    import io

    from docx import shared
    from docx.oxml import ns, parser
else:  # takes long to import, and only a report needs it
    io = late("io")
    ns, parser = late_from("docx.oxml", "ns", "parser")
    shared = late("docx.shared")

_TAG = "metrograph."
_LOCALES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}
_SHADE = "E9EDF1"
_WIDTH = 16.5  # centimetres between the margins


def to_docx(
    document: Document, existing: bytes | None = None, template: bytes | None = None
) -> bytes:
    """Return a report as a Word file: the same bytes for the same document and files.

    `existing` is an earlier report, whose own words stay; `template` is a file of the office whose
    styles are used. Raises `InputError` where one of them is no Word file.
    """
    file = word_file.opened(existing, template)
    kept = word_file.controls(file)
    body = file.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)
    word_file.forget_unused(file, kept.values())
    writer = _Writer(file, document.lang, kept)
    writer.paragraph(document.title, "Title")
    writer.paragraph(document.subject, "Subtitle")
    for block in document.blocks:
        writer.add(block)
    word_file.describe(file, document, _LOCALES[document.lang])
    return word_file.packed(file)


class _Writer:
    """Adds blocks at the end of a Word file."""

    def __init__(self, file: Any, lang: str, kept: dict[str, Any]) -> None:
        self.file, self.lang, self.kept = file, lang, kept
        self.styles = {style.name for style in file.styles}
        self.controls = 0

    def add(self, block: Block) -> None:
        """Add a block."""
        match block:
            case Heading():
                heading = self.paragraph(block.text, f"Heading {block.level}")
                heading.paragraph_format.page_break_before = block.starts_page or None
                heading.paragraph_format.keep_with_next = True
            case Paragraph():
                written = self.paragraph(block.text, "Normal")
                for run in written.runs if block.is_note else ():
                    run.font.size = shared.Pt(9)
            case Items():
                for text in block.texts:
                    self.paragraph(text, "List Bullet")
            case Grid():
                self.grid(block)
            case Picture():
                self.picture(block)
            case Words():
                self.words(block)

    def paragraph(self, text: str, style: str) -> Any:
        """Add a paragraph in a style, if the file has that; else in its normal one."""
        added = self.file.add_paragraph(style=style if style in self.styles else None)
        self.fill(added, text)
        return added

    def fill(self, paragraph: Any, text: str) -> None:
        """Write a text with its languages and references into a paragraph."""
        for piece in pieces(text, self.lang):
            run = paragraph.add_run(piece.text)
            if piece.lang:
                run._r.get_or_add_rPr().append(_element("w:lang", val=piece.lang))
            if piece.reference is not None:
                run.font.superscript = True
                link = _element("w:hyperlink", anchor=f"r{piece.reference}")
                run._r.addprevious(link)
                link.append(run._r)

    def grid(self, grid: Grid) -> None:
        """Add a table with its caption before it, and a row of headings that pages repeat."""
        self.paragraph(grid.caption, "Caption").paragraph_format.keep_with_next = True
        table = self.file.add_table(1 + len(grid.rows), len(grid.headings))
        if "Table Grid" in self.styles:
            table.style = "Table Grid"
        table._tbl.tblPr.append(_element("w:tblCaption", val=plain(grid.caption)))
        table.autofit = False
        for column, share in zip(table.columns, grid.shares, strict=True):
            column.width = shared.Cm(_WIDTH * share)
        numeric = grid.numeric
        for at, (row, cells) in enumerate(
            zip(table.rows, (grid.headings, *grid.rows), strict=True)
        ):
            properties = row._tr.get_or_add_trPr()
            properties.append(_element("w:cantSplit"))
            if at == 0:
                properties.append(_element("w:tblHeader"))
            for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = table.columns[column].width
                self.cell(cell, text, grid, is_number=numeric[column], is_head=at == 0)
            if grid.kind == "references" and at:
                _mark(row.cells[0].paragraphs[0], at)
        self.file.add_paragraph().paragraph_format.space_after = shared.Pt(0)

    def cell(self, cell: Any, text: str, grid: Grid, *, is_number: bool, is_head: bool) -> None:
        """Write a cell of a table."""
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = shared.Pt(0)
        self.fill(paragraph, text)
        if is_number:
            paragraph.paragraph_format.alignment = 2  # right
        for run in paragraph.runs:
            run.font.size = shared.Pt(9)
            run.font.bold = is_head or None
        if text in grid.empty:
            cell._tc.get_or_add_tcPr().append(
                _element("w:shd", val="clear", color="auto", fill=_SHADE)
            )

    def picture(self, picture: Picture) -> None:
        """Add a picture with the text for those who do not see it."""
        added = self.file.add_picture(io.BytesIO(picture.png), width=shared.Cm(_WIDTH))
        added._inline.docPr.set("descr", picture.alternative)
        added._inline.docPr.set("name", picture.name)

    def words(self, words: Words) -> None:
        """Add the place for the office's own words: as it is in the file, or a new one."""
        self.paragraph(words.title, "Heading 1")
        self.controls += 1
        control = self.kept.get(_TAG + words.name)
        if control is None:
            control = _control(words, self.controls)
        self.file.element.body.insert_element_before(control, "w:sectPr")


def _control(words: Words, number: int) -> Any:
    """Return a new content control, which shows what belongs there."""
    control, properties, content = map(_element, ("w:sdt", "w:sdtPr", "w:sdtContent"))
    for element in (
        _element("w:alias", val=words.title),
        _element("w:tag", val=_TAG + words.name),
        _element("w:id", val=str(7_000 + number)),
        _element("w:lock", val="sdtLocked"),
        _element("w:showingPlcHdr"),
    ):
        properties.append(element)
    paragraph, run, text = map(_element, ("w:p", "w:r", "w:t"))
    text.text = words.hint
    run.append(text)
    paragraph.append(run)
    content.append(paragraph)
    control.append(properties)
    control.append(content)
    return control


def _mark(paragraph: Any, number: int) -> None:
    """Make a paragraph the target of a reference."""
    start = _element("w:bookmarkStart", id=str(number), name=f"r{number}")
    paragraph._p.append(start)
    paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))


def _element(tag: str, /, **attributes: str) -> Any:
    """Return an element of WordprocessingML with these attributes."""
    element = parser.OxmlElement(tag)
    for key, value in attributes.items():
        element.set(ns.qn(f"w:{key}"), value)
    return element
