"""Opens the report to the Board in LibreOffice and compares the text (python -m tests.office).

`make office` runs it. It needs LibreOffice, on Debian the package libreoffice-writer-nogui.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import docx

import metrograph
from metrograph.messages import LANGUAGES
from metrograph.report import word
from metrograph.report.board import Asked, board
from metrograph.report.composing import composed


def missing(office: str, lang: str, folder: Path) -> list[str]:
    """Return the words of a report that its text from LibreOffice lacks, after a way by PDF."""
    plan = metrograph.open(lang=lang)
    content = word.to_docx(composed(board(plan, Asked(date(2024, 6, 1)), None)))
    file = folder / f"{lang}.docx"
    file.write_bytes(content)
    for form in ("pdf", "txt:Text (encoded):UTF8"):
        convert = [office, "--headless", "--convert-to", form, "--outdir", str(folder), str(file)]
        subprocess.run(convert, check=True, capture_output=True)
    if not file.with_suffix(".pdf").read_bytes().startswith(b"%PDF-"):
        return ["no PDF"]
    text = file.with_suffix(".txt").read_text("utf-8-sig")
    opened = docx.Document(io.BytesIO(content))
    cells = (cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    texts = [*(paragraph.text for paragraph in opened.paragraphs), *cells]
    known = set(text.split())
    return [part for whole in texts for part in whole.split() if part not in known]


def main() -> int:
    """Compare the report in each language; return 1 where something is missing."""
    office = shutil.which("soffice")
    if office is None:
        print("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
        return 1
    code = 0
    with tempfile.TemporaryDirectory() as folder:
        for lang in LANGUAGES:
            lost = missing(office, lang, Path(folder))
            print(f"{lang}: {'the text is whole' if not lost else f'missing: {lost[:10]}'}")
            code |= bool(lost)
    return code


if __name__ == "__main__":
    sys.exit(main())
