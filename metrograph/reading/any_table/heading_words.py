"""Interprets the words of a heading in seven languages.

The words help where they are known; what stands in a column decides.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from metrograph.text import folded

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_ROLES = tuple(_WORDS["roles"])
_SHORT = re.compile("[a-z]{1,5}")  # such words are whole: "end" is not "endorsement"
_ENDS = r"(?:e?s|x|e?n)?(?![a-z])"  # of plurals


def _any_of(words: Sequence[str]) -> str:
    """Return the pattern of words, whole or as they begin."""
    whole = (word + _ENDS if _SHORT.fullmatch(word) else word.removesuffix("*") for word in words)
    return rf"(?<![a-z])(?:{'|'.join(whole)})"


_PATTERNS = {role: re.compile(_any_of(words)) for role, words in _WORDS["roles"].items()}
_HUMPS = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z]{2,3}$)"
)  # of ActionName, PillarID
_YEARS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\s?[-–/_]\s?(?P<next>\d\d)(?!\d))?(?!\d)"
    r"|(?<![\w/.-])(?:FY\s?)?(?P<short>\d\d)\s?/\s?(?P<last>\d\d)(?![\d/.-])"
    r"|(?<![a-zA-Z])FY\s?(?P<fiscal>\d\d)(?!\d)"
)
_PART = re.compile(r"(?<!\w)(?:[TQtq][ _]?(?P<quarter>[1-4])|[SHsh][ _]?(?P<half>[12]))(?!\w)")
_WHOLE = frozenset(("all", "both", "ensemble", "tous", "todos", "ambos", "alle", "tots", "tutti"))
_UNIT = re.compile(
    r"[(\[]\s*+(?:(?:in|en|em)\s+)?([^()\[\]\d\s](?:[^()\[\]\d]{0,18}[^()\[\]\d\s])?)\s*[)\]]"
    r"|(%)|([€$£])"
)
_TOTAL = re.compile(
    r"(?:grand |sub-?|sous-?)?totale?s?\b|sum(?:me|a)?\b|gesamt|total general|insgesamt|somme\b"
)
_TOTAL_OF = re.compile(r" (?:sub)?(?:totals?|totale|somme|summe|gesamt|ergebnis|resultado)\Z")
_HELP = re.compile(
    r"champ (?:texte|liste|date|num)|liste deroulante|texte libre|a (?:renseigner|completer)|"
    r"saisir |free text|text field|"
    r"(?:drop|pull)-?down|pick ?list|(?:please )?(?:select|choose|enter|insert) |"
    r"text \(|(?:campo (?:de )?)?texto(?: libre)?$|lista desplegable|"
    r"seleccion[ae] |indique |elija |"
    r"freitext|auswahl|dropdown|(?:dd|jj|tt|mm|yyyy|aaaa|jjjj)[/.-](?:mm|dd|mmm)\b|e\.g\. |p\. ?ej|"
    r"format ?:|exemple ?:|example ?:|ejemplo ?:|testo libero|texto livre|llista desplegable|"
    r"text lliure|ce champ |this field |si vos |texte court|(?:p?re)?(?:n?seign|cis)ez |presentez |"
    r"(?:utilis|indiqu|decriv|cre|precis)ez |choisissez |indiquer si |plusieurs .{3,30} peuvent |"
    r"describa |escriba |especifique |utilice |bitte |specify |describe "
)
_PLACEHOLDER = re.compile(r"donnees|data|datos|daten|dades|dados|dati")
_NOTE = re.compile(
    r"(?:notes?|notas?|sources?|fuentes?|fonts?|fontes?|fonte|quellen?|remarks?|remarques?|key|"
    r"legend|legende|leyenda|last updated|updated|mise a jour|actualiza\w*|stand)\b\s*[:.*\d]|\*|†"
)
_STATE = re.compile(_any_of(_WORDS["cells"]["states"]))
_DIRECTIONS: dict[str, str] = {
    word: name for name, words in _WORDS["directions"].items() for word in words
}
_GRADES = frozenset(_WORDS["cells"]["grades"])


@cache
def roles_of(heading: str) -> tuple[str, ...]:
    """Return the roles that the words of a heading name, the one that is named first before.

    >>> roles_of("Responsible officer"), roles_of("Meta 2024"), roles_of("Taux d'avancement")
    (('owner',), ('target', 'level'), ('progress', 'status'))
    >>> roles_of("Vastuutaho"), roles_of("End users"), roles_of("ActionName")
    ((), (), ('title',))
    """
    apart = folded(_HUMPS.sub(" ", heading))
    text = " ".join(re.sub(r"[_/().:;,\-–'’]", " ", apart).split())
    starts = {
        role: match.start()
        for role, pattern in _PATTERNS.items()
        if (match := pattern.search(text))
    }
    if "start" in starts or "end" in starts:
        starts.pop("date", None)  # they say which date
    return tuple(sorted(starts, key=lambda role: (starts[role], _ROLES.index(role))))


def years_of(text: str) -> list[int]:
    """Return the years that a text names; of `2021/22` and `FY21/22` both.

    >>> years_of("Plan 2021-2023"), years_of("Plan 2021/22"), years_of("Plan")
    ([2021, 2023], [2021, 2022], [])
    """
    return [year for match in _YEARS.finditer(text) for year in _named(match)]


def _named(match: re.Match[str]) -> list[int]:
    """Return the years of one match; two digits after a year that are no later one are a month."""
    if match["year"]:
        year, last = int(match["year"]), match["next"]
        is_span = bool(last) and int(last) > year % 100
        return [year, year // 100 * 100 + int(last)] if is_span else [year]
    if match["fiscal"]:
        return [2000 + int(match["fiscal"])]
    first, last = int(match["short"]), int(match["last"])
    return [2000 + first, 2000 + last] if last == first + 1 else []


def year_of(heading: str) -> int | None:
    """Return the last year that a heading names, or nothing; of a fiscal year the one it ends in.

    >>> year_of("Target 2025"), year_of("Budget")
    (2025, None)
    >>> year_of("FY23/24 Target"), year_of("2024/25"), year_of("23/24"), year_of("FY26")
    (2024, 2025, 2024, 2026)
    """
    years = years_of(heading)
    return years[-1] if years else None


def months_of(heading: str) -> tuple[str, str] | None:
    """Return the first and the last month of the quarter or half-year that a heading names.

    >>> months_of("T2. Planeado 2024"), months_of("Target H1 2025"), months_of("Target 2025")
    (('2024-04', '2024-06'), ('2025-01', '2025-06'), None)
    """
    year, match = year_of(heading), _PART.search(heading)
    if year is None or match is None:
        return None
    number = int(match["quarter"] or match["half"])
    length = 3 if match["quarter"] else 6
    return f"{year}-{number * length - length + 1:02}", f"{year}-{number * length:02}"


def is_whole(text: str) -> bool:
    """Tell whether a part of a breakdown is the whole: "total", "all", "ensemble"."""
    return is_total(text) or folded(text).strip() in _WHOLE


def unit_of(heading: str) -> str:
    """Return the unit that a heading names, or nothing.

    >>> unit_of("Budget (k€)"), unit_of("% complete"), unit_of("Owner")
    ('k€', '%', '')
    """
    match = _UNIT.search(heading)
    return next(part for part in match.groups() if part).strip() if match else ""


def is_total(text: str) -> bool:
    """Tell whether a text begins as the first cell of a row of sums does."""
    return bool(_TOTAL.match(folded(text)))


def total_of(text: str) -> str:
    """Return what a text says that a row sums up, folded, or nothing.

    >>> total_of("G1 Total"), total_of("Total cost of roads")
    ('g1', '')
    """
    match = _TOTAL_OF.search(folded(text))
    return match.string[: match.start()].strip() if match else ""


def is_help(text: str) -> bool:
    """Tell whether a text says how to fill in a cell, as forms do: "Champ texte", "dd/mm/yyyy"."""
    return bool(_HELP.match(folded(text).lstrip(" ➔→-*•>")))


def is_placeholder(text: str) -> bool:
    """Tell whether a text only says that rows of a table follow: "Data", "Données"."""
    return bool(_PLACEHOLDER.fullmatch(folded(text).strip(" :")))


def is_note(text: str) -> bool:
    """Tell whether a text begins as a note below a table does."""
    return bool(_NOTE.match(folded(text)))


def is_state(text: str) -> bool:
    """Tell whether a text is a known word for how far something is."""
    return len(text) < 40 and bool(_STATE.match(folded(text)))


def direction_of(text: str) -> str:
    """Return `up`, `down` or `noDirection` for a word that says how a figure is to change, or "".

    >>> direction_of("Reduce"), direction_of("à la hausse"), direction_of("roads")
    ('down', 'up', '')
    """
    return _DIRECTIONS.get(folded(text).strip(" .:"), "")


def is_grade(text: str) -> bool:
    """Tell whether a text is a known word for how much, or yes or no."""
    return folded(text).strip() in _GRADES
