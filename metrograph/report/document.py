"""A report as a document: headings, paragraphs, lists and tables, whatever file it is written to.

A text may refer to an entry of the annex: `reference(3)` in it is written as [3], with a link.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import TYPE_CHECKING

from metrograph.errors import Text
from metrograph.late import late
from metrograph.messages import in_language, translations
from metrograph.text import Run, Tagged, joined, runs

if TYPE_CHECKING:
    from babel import dates
else:
    dates = late("babel.dates")

_REFERENCE = "#"  # instead of a language, which no label of a plan can have
_UNWRITABLE = re.compile(  # what XML 1.0 does not allow, and what turns text around
    "[^\t\n\u0020-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)


_NUMBER = re.compile(r"[+−-]?[0-9][0-9.,]*+(?: [a-z]+ [0-9]++)?(?:\[[0-9]++\])?")


@dataclass(frozen=True)
class Piece:
    """A part of a text: its language, if it is not the document's; or a reference to an entry."""

    text: str
    lang: str = ""
    reference: int | None = None


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 or 2, which can start a page."""

    text: str
    level: int = 1
    starts_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a note is set smaller."""

    text: str
    is_note: bool = False


@dataclass(frozen=True)
class Items:
    """A list of short texts."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table: a caption, a row of headings, and rows whose first cell names them.

    `kind` is "matrix" for the coverage matrix, whose empty cells stand out, else "".
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = ""
    empty: frozenset[str] = frozenset()

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers: they are set to the right. The first names the rows."""
        columns = list(zip(*self.rows, strict=True)) or [()] * len(self.headings)
        return (False, *(_are_numbers(cells) for cells in columns[1:]))

    @property
    def shares(self) -> tuple[float, ...]:
        """How wide each column is set, as shares of 1: by its longest word and its longest text."""
        weights = []
        for cells in zip(self.headings, *self.rows, strict=True):
            texts = [plain(cell) for cell in cells]
            words = max((len(part) for text in texts for part in text.split()), default=1)
            weights.append(max(words + 4, 2 * max(map(len, texts)) ** 0.5))
        return tuple(weight / sum(weights) for weight in weights)


@dataclass(frozen=True)
class Picture:
    """A chart as SVG and PNG, with the text for those who do not see it."""

    name: str
    alternative: str
    svg: str
    png: bytes


@dataclass(frozen=True)
class Words:
    """A place for the office's own words: its name in the file, a title, and what belongs there."""

    name: str
    title: str
    hint: str


Block = Heading | Paragraph | Items | Grid | Picture | Words


@dataclass(frozen=True)
class Document:
    """A report: its title, whom it is about, language and day, and its blocks in order."""

    title: str
    subject: str
    lang: str
    day: date
    blocks: tuple[Block, ...]


def reference(number: int) -> str:
    """Return what refers to an entry of the annex within a text."""
    return Tagged([Run(f"[{number}]", _REFERENCE)])


def pieces(text: str, lang: str) -> Iterator[Piece]:
    """Yield the parts of a text in a document of a language; what no file can hold is left out.

    >>> list(pieces(joined("16 of 20", reference(2)), "en"))
    [Piece(text='16 of 20', lang='', reference=None), Piece(text='[2]', lang='', reference=2)]
    """
    for run in runs(text):
        if run.lang == _REFERENCE:
            yield Piece(run.text, reference=int(run.text[1:-1]))
        elif writable := _UNWRITABLE.sub("", run.text):
            yield Piece(writable, run.lang if run.lang != lang else "")


def plain(text: str) -> str:
    """Return a text as it reads, without what no file can hold.

    >>> plain(joined("16 of 20", reference(2)))
    '16 of 20[2]'
    """
    return _UNWRITABLE.sub("", text)


def _are_numbers(cells: Iterable[str]) -> bool:
    texts = [plain(cell) for cell in cells]
    return any(texts) and all(not text or _NUMBER.fullmatch(text) for text in texts)


def written(text: Text, lang: str) -> str:
    """Return a sentence in a language; its values keep theirs, and their references.

    >>> written(Text.of("{number} row", "{number} rows", number=2), "en")
    '2 rows'
    """
    values = {name: _value(value, lang) for name, value in text.values.items()}
    known = translations(lang)
    template = (
        known.ngettext(text.message, text.plural, text.number)
        if text.plural
        else known.gettext(text.message)
    )
    if not values:
        return template
    parts = Formatter().parse(template)
    return joined(
        *(part for before, name, *_ in parts for part in (before, values.get(name or "", "")))
    )


def _value(value: object, lang: str) -> str:
    if isinstance(value, Text):
        return in_language(value, lang)
    return value if isinstance(value, str) else str(value)


def long_date(day: date, lang: str) -> str:
    """Return a day as people write it in a language.

    >>> long_date(date(2026, 6, 12), "fr"), long_date(date(2026, 2, 1), "fr")
    ('12 juin 2026', '1er février 2026')
    """
    shown = dates.format_date(day, "long", locale=lang)
    return f"1er{shown[1:]}" if lang == "fr" and day.day == 1 else shown
