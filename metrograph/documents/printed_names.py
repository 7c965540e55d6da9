"""Finds a name, or the words of a category, in a text: whatever its accents, case and hyphens."""

import re
from collections.abc import Iterable

from metrograph.documents.printed_numbers import spaced

_BRACKETED = re.compile(r"\([^()]*+\)")
_GLUED = 6  # letters from which a name may stand without spaces around it, as PDFs lose them
_STEM = 5  # letters by which two words are of one family
_SHORT = 4  # letters below which a word says little
_SMALL = frozenset(
    [
        "with",
        "from",
        "that",
        "this",
        "their",
        "into",
        "dans",
        "avec",
        "pour",
        "leur",
        "leurs",
        "entre",
        "chez",
        "para",
        "como",
        "sobre",
        "desde",
        "este",
        "esta",
    ]
)


def text_of(lines: Iterable[str]) -> str:
    r"""Return lines as one text, with words that a hyphen splits at a line's end joined as well.

    >>> text_of(["la résis-", "tance"])
    'la résis- tance\nla résistance'
    """
    plain, closed = "", ""
    for line in lines:
        plain += f"{' ' if plain else ''}{line}"
        is_split = len(closed) > 1 and closed[-1] == "-" and closed[-2].isalpha()
        closed = (
            closed[:-1] + line.lstrip() if is_split else f"{closed}{' ' if closed else ''}{line}"
        )
    return plain if closed == plain else f"{plain}\n{closed}"


def is_printed(name: str, text: str) -> bool:
    """Return whether a name stands in a text, perhaps without what it has in brackets.

    A name of several words also counts where all of them are there, in whatever order.

    >>> is_printed("Addis-Abeba", "membres : ADDIS ABEBA, Accra")
    True
    >>> is_printed("Plan 2018-2021", "The plan follows that of 2018-2021")
    True
    >>> is_printed("Lima", "limace")
    False
    """
    spelled = f" {spaced(text)} "
    closed = spelled.replace(" ", "")
    held = set(spelled.split())
    for form in {spaced(name), spaced(_BRACKETED.sub(" ", name))} - {""}:
        if f" {form} " in spelled:
            return True
        if len(form) >= _GLUED and form.replace(" ", "") in closed:
            return True
        if " " in form and held.issuperset(form.split()):
            return True
    return False


def has_words(labels: Iterable[str], text: str) -> bool:
    """Return whether a text has the words of a label: most of them, in whatever form.

    >>> has_words(["Gender equality"], "an approach that looks at gender")
    True
    >>> has_words(["Clean water"], "storms and tides")
    False
    """
    held = spaced(text).split()
    for label in labels:
        wanted = [word for word in spaced(label).split() if _matters(word)]
        hits = sum(any(_akin(word, other) for other in held) for word in wanted)
        if wanted and hits * 2 >= len(wanted):
            return True
    return False


def _matters(word: str) -> bool:
    return len(word) >= _SHORT and word not in _SMALL


def _akin(word: str, other: str) -> bool:
    """Return whether two folded words are of one family: the same, or with the same beginning."""
    if word.rstrip("sx") == other.rstrip("sx"):
        return True
    return len(word) >= _STEM and word[:_STEM] == other[:_STEM]
