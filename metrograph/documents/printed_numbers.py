"""Finds a number in a text as people print it: in digits, in words, with its scale or per cent.

Digits may be apart as English, French and Spanish have it (1,250, 1 250, 1.250, 62.5, 62,5); what
can be read in two ways counts as both, as the question is only whether a value may stand there.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from metrograph.late import late
from metrograph.text import folded

if TYPE_CHECKING:
    import num2words
else:  # only who checks a plan against its documents needs it
    num2words = late("num2words")

LANGUAGES = ("en", "fr", "es")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f\n\t", " ") | {"’": "'"})
_DIGITS = re.compile(r"[0-9]++")
_SEPARATORS = frozenset(" .,'")
_NOTE_MARKS = "¹²³⁴⁵⁶⁷⁸⁹⁰*"
_PER_CENT = ("%", "per cent", "percent", "pour cent", "por ciento", "por cien ")
_WORD = re.compile(r"[a-z]++")
_SCALES = {
    **dict.fromkeys(("k", "thousand", "thousands", "mille", "milliers", "mil", "miles"), 10**3),
    **dict.fromkeys(("m", "mn", "million", "millions", "millon", "millones"), 10**6),
    **dict.fromkeys(("bn", "billion", "billions", "milliard", "milliards", "mrd"), 10**9),
}
_LINKS = frozenset(("et", "and", "y"))  # within a number in words
_GROUP = 3  # digits between separators of thousands
_LONGEST = 30  # digits of a number that is compared
_TIMES = {  # words for about as many of something, which other words of numbers may stand beside
    "fr": {
        **{"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30},
        **{"quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100},
        **{"millier": 1000, "aucun": 0, "aucune": 0, "premier": 1, "premiere": 1},
    },
    "en": {"dozen": 12, "none": 0, "no": 0, "first": 1, "twice": 2, "both": 2},
    "es": {
        **{"decena": 10, "docena": 12, "quincena": 15, "veintena": 20, "treintena": 30},
        **{"centenar": 100, "millar": 1000, "ninguno": 0, "ninguna": 0, "primer": 1},
        **{"primera": 1, "primero": 1},
    },
}
_SHARES = {
    "fr": {"moitie": 50, "quart": 25, "trois quarts": 75},
    "en": {"half": 50, "a quarter": 25, "three quarters": 75},
    "es": {"mitad": 50, "cuarto": 25, "tres cuartos": 75},
}


@dataclass(frozen=True)
class Printed:
    """A number in a text: what it may mean, where it begins, and whether per cent follows it."""

    values: frozenset[Decimal]
    start: int
    is_percent: bool


def numbers(text: str) -> list[Printed]:
    """Return the numbers that a text prints in digits, with their scale.

    >>> [sorted(map(str, number.values)) for number in numbers("+750k $ et 1 250 arbres, 35,1³ %")]
    [['750000'], ['1', '1250', '250'], ['35.1']]
    """
    plain = text.translate(_SPACES)
    return [_printed(plain, start, end) for start, end in _runs(plain)]


def _runs(text: str) -> list[tuple[int, int]]:
    """Return where digits stand, with those behind a single separator: `9 000 000`, `2.5`."""
    runs: list[tuple[int, int]] = []
    for digits in _DIGITS.finditer(text):
        start, end = digits.span()
        if runs and runs[-1][1] == start - 1 and text[start - 1] in _SEPARATORS:
            start = runs.pop()[0]
        runs.append((start, end))
    return runs


def _printed(text: str, start: int, end: int) -> Printed:
    after = text[end : end + 25].lstrip(_NOTE_MARKS + " ").lower()
    word = _WORD.match(folded(after))
    scale = _SCALES.get(word[0], 1) if word else 1
    run = text[start:end]
    values = _readings(run)
    last = run.rpartition(" ")[2]  # "9 000 000", or "3 5 millions": each may have the scale
    scaled = {value * scale for value in (*_readings(last), *values)} if scale > 1 else set()
    return Printed(
        frozenset({*values, *scaled} if scale == 1 else scaled),
        start,
        after.startswith(_PER_CENT),
    )


def _readings(run: str) -> set[Decimal]:
    """Return what digits with separators may mean."""
    parts = run.split(" ")
    values = {value for part in parts for value in _of_part(part)}
    head, *rest = parts
    if (
        rest
        and len(head) <= _GROUP
        and all(len(re.split("[.,]", part)[0]) == _GROUP for part in rest)
    ):
        values |= _of_part("".join(parts))
    return values


def _of_part(part: str) -> set[Decimal]:
    """Return what digits with points, commas or apostrophes may mean: thousands, or decimals."""
    if len(part) > _LONGEST:
        return set()
    pieces = re.split("[.,']", part)
    if len(pieces) == 1:
        return {Decimal(part)}
    values = set()
    is_grouped = all(len(piece) == _GROUP for piece in pieces[1:])
    if is_grouped and len(pieces[0]) <= _GROUP:
        values.add(Decimal("".join(pieces)))
    if all(len(piece) == _GROUP for piece in pieces[1:-1]) and "'" not in part[-len(pieces[-1]) :]:
        values.add(Decimal("".join(pieces[:-1]) + "." + pieces[-1]))
    return values or {Decimal(piece) for piece in pieces}


def is_printed(value: Decimal, text: str, lang: str, *, percent: bool, scale: int = 1) -> bool:
    """Return whether a value stands in a text, in digits or in the words of a language.

    `percent` says that it is a share in per cent, `scale` what its unit is times one: 1,000,000
    for a value in millions.

    >>> is_printed(Decimal(61), "dépassant ainsi de 61 %", "fr", percent=True)
    True
    >>> is_printed(Decimal(61), "dépassant ainsi de 61 %", "fr", percent=False)
    False
    >>> is_printed(Decimal(3), "trois ans", "fr", percent=False)
    True
    """
    wanted = {value, value * scale}
    has_sign = any(sign in text.lower() for sign in _PER_CENT)
    for number in numbers(text):
        if number.values & wanted and (
            number.is_percent or has_sign if percent else not number.is_percent
        ):
            return True
    spelled = spaced(text)
    for language in (lang,) if lang in LANGUAGES else LANGUAGES:
        shares = (word for word, share in _SHARES[language].items() if share == value)
        if percent and any(f" {word} " in f" {spelled} " for word in shares):
            return True
        written = runs(spelled, language) if not percent or has_sign else frozenset()
        if any(words(number, language) & written for number in wanted):
            return True
        about = (word for word, times in _TIMES[language].items() if times in wanted)
        if not percent and any(f" {word} " in f" {spelled} " for word in about):
            return True
    return False


def runs(spelled: str, lang: str) -> frozenset[str]:
    """Return the numbers that a text, folded and spaced, has in words, each as a whole.

    >>> sorted(runs("trente cinq villes et vingt et une iles", "fr"))
    ['trente cinq', 'vingt et une']
    """
    for sign in _PER_CENT[1:]:
        spelled = spelled.replace(sign.strip(), "%")
    known, every = _vocabulary(lang), set()
    held: list[str] = []
    for word in (*spelled.split(), ""):
        if word in known or (held and word in _LINKS):
            held.append(word)
            continue
        while held and held[-1] in _LINKS:
            held.pop()
        every.add(" ".join(held))
        held = []
    return frozenset(every - {""})


@cache
def _vocabulary(lang: str) -> frozenset[str]:
    """Return the words of which numbers are made in a language, folded."""
    whole = (*range(101), *range(200, 1001, 100), 10**3, 10**6, 2 * 10**6, 10**9, 2 * 10**9)
    forms = {form for number in whole for form in words(Decimal(number), lang)}
    return frozenset(word for form in forms for word in form.split()) - _LINKS


@cache
def words(value: Decimal, lang: str) -> frozenset[str]:
    """Return how a whole number is written in words, folded, without hyphens and "and"."""
    if value != value.to_integral_value() or abs(value.adjusted()) > 12:
        return frozenset()
    number = int(value)
    written = spaced(num2words.num2words(number, lang=lang))
    forms = {written, written.replace(" and ", " ")}
    forms |= {re.sub(r"\bun\Z", "une", form) for form in forms}
    if lang == "es":
        forms |= {form.replace("cientos", "cientas") for form in forms}
        forms |= {re.sub(r"uno\Z", ending, form) for form in forms for ending in ("un", "una")}
    return frozenset(forms)


def spaced(text: str) -> str:
    """Return a text folded, with single spaces for all that is neither letter nor digit.

    >>> spaced("Vingt-et-un, l'Île")
    'vingt et un l ile'
    """
    return " ".join(re.findall(r"[^\W_]++", folded(text)))
