"""Reads delimited text from bytes: text, delimiter and records (RFC 4180, leniently).

Nothing is asked: encoding and delimiter show in the content.
"""

import codecs
import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from metrograph.errors import InputError, Text

_BEYOND = re.compile(r"[^\x00-\x7f]")
_USUAL = re.compile(  # small letters; capitals that begin a word or follow one; marks
    r"[à-öø-ÿœßščžćńśźżłąęěřůőűğışț]|(?<![a-zà-öø-ÿ])[À-ÖØ-ÞŒŠŽ](?=[A-Za-zÀ-ÿ])|(?<=[A-Z])[À-ÖØ-ÞŒ]|"
    r"(?<=\w)’(?=\w)|[«“‘„](?=[\w\s])|(?<=\S)[»”’]|(?<=\s)[»–—](?=\s)|[€£§°º²³ª](?!\w)|[•…\u00a0]"
)
_DELIMITERS = ";\t,|"
_SAMPLE = 200  # records that tell the delimiter
_BEGINS = 1_000_000  # letters within which they are sought
_END = "\x01end of the text\x01"  # a record of its own, unless a quotation mark is still open
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before that of UTF-16, which it begins with
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_SEPARATOR = re.compile(r"sep=(\t|[^\"\w\s])[ \t]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_KINDS = (
    (re.compile("%PDF"), Text("a PDF")),
    (re.compile(r"\s*<(?:!doctype|html|\?xml|table)\b", re.IGNORECASE), Text("a web page or XML")),
    (re.compile(r"\s*<[A-Za-z][^<>]*>(?s:.*)</[A-Za-z][\w:.-]*>\s*$"), Text("a web page or XML")),
    (re.compile(r"\s*\{\\rtf"), Text("a text document (RTF)")),
    (re.compile(r"\s*[\[{]\s*[\"\[{]"), Text("JSON")),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LOOKED_AT = 1_000  # signs in which a table has no control signs


def decoded(path: Path, data: bytes) -> tuple[str, str]:
    """Return the text of a file, without its byte order mark, and the encoding that it is in.

    What is not UTF-8 or marked as UTF-16 is read as Windows-1252, which Excel writes, or in the
    encoding of old Macs or of DOS where only that gives words. Raises `InputError` for
    what is no text, or none with a table.
    """
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise InputError(
                "{path}: this text is damaged (not valid {encoding}). Export it again.",
                path=path,
                encoding=encoding.upper(),
            ) from None
        encoding, text = _guessed(data)
    _check(path, text)
    return text, encoding


def _guessed(data: bytes) -> tuple[str, str]:
    """Return the encoding in which bytes have most letters where words have them, and the text."""
    texts = {"windows-1252": data.decode("latin-1").translate(_WINDOWS)}
    texts |= {name: data.decode(name, errors="replace") for name in ("mac_roman", "cp850")}
    best = max(texts, key=lambda name: _fitness(texts[name][:_BEGINS]))  # the first of equals
    return best, texts[best]


def _fitness(text: str) -> int:
    """Return how many letters and signs beyond ASCII are where texts have them, less all others."""
    usual = len(_USUAL.findall(text))
    return usual - 2 * (len(_BEYOND.findall(text)) - usual)


def _check(path: Path, text: str) -> None:
    """Raise `InputError` for what is no text with a table."""
    kind = next((name for begin, name in _KINDS if begin.match(text)), None)
    if not kind and len(_CONTROLS.findall(text[:_LOOKED_AT])) > 1 and "\0" not in text:
        kind = Text("a binary file")
    if kind:
        raise InputError(
            "{path}: this is {kind}, not a table. Export the table as CSV or .xlsx.",
            path=path,
            kind=kind,
        )
    if "\0" in text:
        line = sum(1 for _ in io.StringIO(text[: text.index("\0") + 1], newline=""))
        raise InputError(
            "{path}:{line}: the file contains a NUL character, so it is not a table or is "
            "damaged. Export it again as CSV (UTF-8).",
            path=path,
            line=line,
        )


def _windows() -> dict[int, str]:
    """Return what Windows-1252 has in place of the control signs 80 to 9F."""
    signs = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
    return {code: sign for code, sign in signs.items() if sign}


_WINDOWS = _windows()


def delimiter_of(text: str) -> tuple[str, bool]:
    r"""Return the delimiter by which records have most alike cells, and whether it is declared.

    >>> delimiter_of("a;b;c\n1,5;2,5;3\n4,5;5;6,5\n"), delimiter_of("sep=|\na|b\n")
    ((';', False), ('|', True))
    """
    if match := _SEPARATOR.match(text):
        return match[1], True
    evenness = {delimiter: _evenness(text[:_BEGINS], delimiter) for delimiter in _DELIMITERS}
    best = max(evenness, key=evenness.__getitem__)
    return (best if evenness[best] else ","), False


def _evenness(text: str, delimiter: str) -> float:
    """Return from 0 to 1 how even and how wide the first records are with a delimiter."""
    csv.field_size_limit(sys.maxsize)  # the file is in memory already, so a cell can be as long
    widths: Counter[int] = Counter()
    for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if any(record):
            is_torn = any(cell.count('"') % 2 for cell in record)  # within a quoted cell
            widths[1 if is_torn else len(record)] += 1
        if widths.total() == _SAMPLE:
            break
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (count / widths.total()) ** 2 * (1 - 1 / width)


def records(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record of a text with the line (from 1) at which it begins.

    Raises `InputError` if a quotation mark is never closed.
    """
    csv.field_size_limit(sys.maxsize)
    lines = io.StringIO(text + "\n" if text and text[-1] not in "\n\r" else text, newline="")
    reader = csv.reader(_then(lines, _END), delimiter=delimiter)
    begins, line, record = 1, 1, [_END]
    for following in reader:
        if begins < line:
            yield begins, record
        begins, line, record = line, reader.line_num + 1, following
    if record != [_END]:
        raise InputError(
            "{path}:{begins}: a quotation mark in this row is never closed. Close it, or "
            "export the table again.",
            path=path,
            begins=begins,
        )


def _then(lines: Iterable[str], last: str) -> Iterator[str]:
    yield from lines
    yield last
