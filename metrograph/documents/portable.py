"""Reads PDF files with a text layer, page by page; large letters make a heading."""

import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from metrograph.documents.edition import HEADING, PARAGRAPH, Edition, Line, edition_of, flat
from metrograph.documents.plain import kind_of
from metrograph.documents.refusals import MOST_TEXT, Refusal

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"\ufffe": "-", "\x02": "-", "\u00ad": "-", "\u00a0": " "}
)
_WRONG = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_LARGER = 1.15  # times the usual size of letters, from which a short line is a heading
_LONGEST = 150  # characters of a heading
_LEAST = 3  # letters on a page of text, on average; a scan may have a stamp


def read_pdf(data: bytes) -> Edition:
    """Return the text of a PDF's pages. Raises `Refusal` for one without text, or encrypted."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Refusal("encrypted" if "password" in str(error).lower() else "damaged") from None
    lines = list(_all_lines(document))
    letters = "".join("".join(text.split()) for text, _, _ in lines)
    if len(letters) < _LEAST * max(len(document), 1):
        raise Refusal("scanned")
    if len(_WRONG.findall(letters)) * 3 > len(letters):
        raise Refusal("unreadable")
    usual = _usual(lines)
    return edition_of(Line(text, *_kind(text, size, usual), page) for text, size, page in lines)


def _all_lines(document: pdfium.PdfDocument) -> Iterator[tuple[str, float, int]]:
    """Yield each line with the size of its letters and its page; a page is closed after reading."""
    read = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pdfium.PdfiumError:
            raise Refusal("damaged") from None
        whole = text_page.get_text_range() if text_page.count_chars() else ""
        read += len(whole)
        if read > MOST_TEXT:
            raise Refusal("long")
        place = 0
        for text in whole.split("\n"):
            shown = flat(text.translate(_LIGATURES))
            if shown:
                begin = place + len(text) - len(text.lstrip())
                yield shown, raw.FPDFText_GetFontSize(text_page, begin), number + 1
            place += len(text) + 1
        text_page.close()
        page.close()


def _usual(lines: list[tuple[str, float, int]]) -> float:
    sizes: Counter[float] = Counter()
    for text, size, _ in lines:
        sizes[round(size, 1)] += len(text)
    return sizes.most_common(1)[0][0] if sizes else 0


def _kind(text: str, size: float, usual: float) -> tuple[str, int]:
    if usual and size >= _LARGER * usual and len(text) <= _LONGEST:
        return HEADING, 1 if size >= 1.6 * usual else 2
    kind, level = kind_of(text)
    return (PARAGRAPH, 0) if kind == HEADING else (kind, level)
