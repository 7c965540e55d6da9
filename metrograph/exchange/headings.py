"""A heading in any of seven languages in, what its words say of a column out.

The words help where they are known; what stands in a column decides.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from metrograph.folding import folded

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_ROLES = tuple(_WORDS["roles"])
_PATTERNS = {
    role: re.compile(rf"(?<![a-z])(?:{'|'.join(words)})") for role, words in _WORDS["roles"].items()
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-–/]\s?(\d\d)(?!\d)")
_UNIT = re.compile(r"[(\[]\s*(?:in |en |em )?([^()\[\]\d]{1,20}?)\s*[)\]]|(%)|([€$£])")
_TOTAL = re.compile(
    r"(?:grand |sub-?|sous-?)?totale?s?\b|sum(?:me|a)?\b|gesamt|total general|insgesamt|somme\b"
)
_NOTE = re.compile(
    r"(?:notes?|notas?|sources?|fuentes?|fonts?|fontes?|fonte|quellen?|remarks?|remarques?|key|"
    r"legend|legende|leyenda|last updated|updated|mise a jour|actualiza\w*|stand)\b\s*[:.*\d]|\*|†"
)
_STATE = re.compile("|".join(_WORDS["cells"]["states"]))
_GRADES = frozenset(_WORDS["cells"]["grades"])


@cache
def roles_of(heading: str) -> tuple[str, ...]:
    """Return the roles that the words of a heading name, the one that is named first before.

    >>> roles_of("Responsible officer"), roles_of("Meta 2024"), roles_of("Taux d'avancement")
    (('owner',), ('target', 'level'), ('progress', 'status'))
    >>> roles_of("Vastuutaho")
    ()
    """
    text = " ".join(re.sub(r"[_/().:;,\-–]", " ", folded(heading)).split())
    found = {role: match.start() for role, one in _PATTERNS.items() if (match := one.search(text))}
    return tuple(sorted(found, key=lambda role: (found[role], _ROLES.index(role))))


def years_of(text: str) -> list[int]:
    """Return the years that a text names; of `2021/22` both.

    >>> years_of("Plan 2021-2023"), years_of("Plan 2021/22"), years_of("Plan")
    ([2021, 2023], [2021, 2022], [])
    """
    short = [
        int(found[1][:2] + found[2])
        for found in _SHORT_SPAN.finditer(text)
        if int(found[2]) > int(found[1][2:])
    ]
    return [*map(int, _YEAR.findall(text)), *short]


def year_of(heading: str) -> int | None:
    """Return the last year that a heading names, or nothing.

    >>> year_of("Target 2025"), year_of("Budget")
    (2025, None)
    """
    found = _YEAR.findall(heading)
    return int(found[-1]) if found else None


def unit_of(heading: str) -> str:
    """Return the unit that a heading names, or nothing.

    >>> unit_of("Budget (k€)"), unit_of("% complete"), unit_of("Owner")
    ('k€', '%', '')
    """
    found = _UNIT.search(heading)
    return next(part for part in found.groups() if part).strip() if found else ""


def is_total(text: str) -> bool:
    """Tell whether a text begins as the first cell of a row of sums does."""
    return bool(_TOTAL.match(folded(text)))


def is_note(text: str) -> bool:
    """Tell whether a text begins as a note below a table does."""
    return bool(_NOTE.match(folded(text)))


def is_state(text: str) -> bool:
    """Tell whether a text is a known word for how far something is."""
    return len(text) < 40 and bool(_STATE.match(folded(text)))


def is_grade(text: str) -> bool:
    """Tell whether a text is a known word for how much, or yes or no."""
    return folded(text).strip() in _GRADES
