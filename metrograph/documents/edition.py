"""The text edition of a document: numbered lines with their kind and page, as values.

A citation counts lines of this text (RFC 5147), so it is kept under the SHA-256 of its bytes.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADING, PARAGRAPH, ITEM, ROW, BLANK = "heading", "paragraph", "item", "row", "blank"
KINDS = frozenset((HEADING, PARAGRAPH, ITEM, ROW, BLANK))
BETWEEN_CELLS = " | "  # of a row of a table, in its line


@dataclass(frozen=True)
class Line:
    """A line of a text edition: its text, what it is in the document, and its page if known.

    `level` is the depth of a heading or of an item in its list, from 1.
    """

    text: str
    kind: str = PARAGRAPH
    level: int = 0
    page: int | None = None


@dataclass(frozen=True)
class Edition:
    """A document as text: its lines, and the very bytes that hold them."""

    data: bytes
    lines: tuple[Line, ...]

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def pages(self) -> int | None:
        """How many pages the document has, where that is known."""
        return max((line.page for line in self.lines if line.page), default=None)


def texts_of(data: bytes) -> list[str]:
    r"""Return the lines of a text in UTF-8; the end of the last line begins no other.

    Raises `UnicodeDecodeError` for other bytes.

    >>> texts_of(b"two\nlines\n")
    ['two', 'lines']
    """
    texts = data.decode("utf-8").removeprefix("\ufeff").split("\n")
    return texts[:-1] if len(texts) > 1 and not texts[-1] else texts


def edition_of(lines: Iterable[Line]) -> Edition:
    """Return the edition whose text is made of lines: one line each, whatever they hold."""
    whole = tuple(Line(flat(line.text), line.kind, line.level, line.page) for line in lines)
    return Edition("\n".join(line.text for line in whole).encode(), whole)


def flat(text: str) -> str:
    r"""Return a text on one line, with single spaces.

    >>> flat(" two\n words ")
    'two words'
    """
    return " ".join(text.split())


def row(cells: Sequence[str]) -> str:
    """Return the cells of a row of a table as one line.

    >>> row(["Trees", "", "240"])
    'Trees |  | 240'
    """
    return BETWEEN_CELLS.join(flat(cell) for cell in cells)
