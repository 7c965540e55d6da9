"""Normalises a text (without accents and case, as a key, as a number); keeps its languages."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple, Self


def folded(text: str) -> str:
    """Return a text without accents and case (Unicode 3.13, default caseless matching).

    >>> folded("Égalité des genres")
    'egalite des genres'
    """
    if text.isascii():  # nothing to take apart, which is most of what is compared
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def as_key(text: str) -> str:
    """Return a text as it may stand in an id: lower-case ASCII words and hyphens, perhaps none.

    >>> as_key("L'été à Málaga"), as_key("北京")
    ('l-ete-a-malaga', '')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]++", plain))


def whole_number(text: str) -> int | None:
    """Return the whole number that a text writes in at most 18 digits, or None.

    Python refuses to read more than some thousand digits, which a file of others may hold.

    >>> whole_number("42"), whole_number("9" * 5_000), whole_number("4.2")
    (42, None, None)
    """
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


class Run(NamedTuple):
    """A part of a text, and its language (BCP 47); "" where that is not known."""

    text: str
    lang: str = ""


class Tagged(str):
    """A text that knows the languages of its parts, so that pages can mark them.

    Everywhere else it is the plain text: in tables, files and comparisons. `str(text)` and
    f-strings drop the languages; `joined` and `filled` keep them.
    """

    __slots__ = ("runs",)
    runs: tuple[Run, ...]

    def __new__(cls, runs: Sequence[Run]) -> Self:
        """Return the text that the runs make together."""
        text = super().__new__(cls, "".join(run.text for run in runs))
        text.runs = tuple(runs)
        return text

    def __getnewargs__(self) -> tuple[tuple[Run, ...]]:  # type: ignore[override]  # not str's own
        """Return what makes a copy of it."""
        return (self.runs,)


def tagged(text: str, lang: str | None) -> str:
    """Return a text that knows its language, if it has one."""
    return Tagged([Run(text, lang)]) if lang else text


def runs(text: str) -> tuple[Run, ...]:
    """Return the parts of a text with their languages; a plain text is one part.

    >>> runs(joined("Source: ", tagged("Rapport", "fr")))
    (Run(text='Source: ', lang=''), Run(text='Rapport', lang='fr'))
    """
    return text.runs if isinstance(text, Tagged) else (Run(text),)


def joined(*texts: str) -> str:
    """Return texts one after the other, as one text that keeps their languages."""
    if not any(isinstance(text, Tagged) for text in texts):
        return "".join(texts)
    return Tagged([run for text in texts for run in runs(text) if run.text])


def separated(separator: str, texts: Sequence[str]) -> str:
    """Return texts with a separator between them, as one text that keeps their languages."""
    return joined(*[part for text in texts for part in (separator, text)][1:])


def filled(template: str, *texts: str) -> str:
    """Return a template whose places `{}` hold texts, which keep their languages.

    >>> filled("Path: {} → {}", "a", "b")
    'Path: a → b'
    """
    around = zip_longest(template.split("{}"), texts, fillvalue="")
    return joined(*(part for pair in around for part in pair))


def lines(text: str) -> list[str]:
    """Return the lines of a text, which keep their languages."""
    if not isinstance(text, Tagged):
        return text.split("\n")
    rows: list[list[str]] = [[]]
    for run in text.runs:
        first, *rest = (tagged(line, run.lang) for line in run.text.split("\n"))
        rows[-1].append(first)
        rows += [[line] for line in rest]
    return [joined(*row) for row in rows]
