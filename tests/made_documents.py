"""Makes the invented report of a town in the formats of documents, for tests.

Its text, line by line, is `LINES`; the second page begins with the table.
"""

import io
from collections.abc import Sequence

import docx
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from odf import opendocument, table, text

LINES = (
    ("heading", 1, "Green report 2024"),
    ("paragraph", 0, "In 2024 we planted 1,250 trees & opened two parks."),
    ("item", 1, "River walk: 3.5 km"),
    ("item", 1, "School gardens"),
    ("row", 0, "Kind | Number"),
    ("row", 0, "Benches | forty"),
)


def word(*, removed: str = "") -> bytes:
    """Return the report as .docx; `removed` is a text that a tracked change takes out."""
    document = docx.Document()
    document.add_heading(LINES[0][2], level=1)
    paragraph = document.add_paragraph(LINES[1][2])
    if removed:
        change = paragraph._p.makeelement(qn("w:del"), {})
        run = paragraph.add_run(removed)._r
        change.append(run)
        paragraph._p.append(change)
    for item in LINES[2:4]:
        document.add_paragraph(item[2], style="List Bullet")
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    cells = [line[2].split(" | ") for line in LINES[4:]]
    grid = document.add_table(rows=2, cols=2)
    for row, texts in zip(grid.rows, cells, strict=True):
        for cell, words in zip(row.cells, texts, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opendocument_text() -> bytes:
    """Return the report as .odt."""
    document = opendocument.OpenDocumentText()
    document.text.addElement(text.H(outlinelevel=1, text=LINES[0][2]))
    document.text.addElement(text.P(text=LINES[1][2]))
    bullets = text.List()
    for line in LINES[2:4]:
        item = text.ListItem()
        item.addElement(text.P(text=line[2]))
        bullets.addElement(item)
    document.text.addElement(bullets)
    document.text.addElement(text.SoftPageBreak())
    grid = table.Table()
    for line in LINES[4:]:
        row = table.TableRow()
        for words in line[2].split(" | "):
            cell = table.TableCell()
            cell.addElement(text.P(text=words))
            row.addElement(cell)
        grid.addElement(row)
    document.text.addElement(grid)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


HTML = b"""<!doctype html><html><head><title>No</title><script>alert(1)</script></head><body>
<h1>Green report 2024</h1><p>In 2024 we planted <b>1,250</b> trees &amp; opened
two parks.<script>document.write("no")</script></p>
<ul><li>River walk: 3.5 km</li><li>School <i>gardens</i></li></ul>
<table><tr><th>Kind</th><th>Number</th></tr><tr><td>Benches</td><td>forty</td></tr></table>
<iframe src="http://192.0.2.1/x"></iframe></body></html>"""


def pdf(pages: Sequence[Sequence[tuple[int, str]]]) -> bytes:
    """Return a PDF whose pages have lines of text, each in letters of a size."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        parts = ["BT 72 760 Td"]
        for size, words in lines:
            escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            parts.append(f"/F1 {size} Tf ({escaped}) Tj 0 {-2 * size} Td")
        stream = " ".join((*parts, "ET")).encode("latin-1")
        bodies += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table_ = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n"
        b"%%%%EOF\n" % (size, table_, size, len(data))
    )


PDF = pdf(
    [
        [(20, LINES[0][2]), (10, LINES[1][2]), (10, "- River walk: 3.5 km")],
        [(10, "Benches: forty")],
    ]
)
