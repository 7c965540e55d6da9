"""Reads parts of years in words: half-years, quarters, seasons, the middle, fiscal years.

Texts come folded: lower case, no accents.
"""

import re

_ORDINALS = {
    **dict.fromkeys(
        ("1", "1er", "1st", "1o", "first", "premier", "primer", "primero", "i", "1re"), 1
    ),
    **dict.fromkeys(
        ("2", "2e", "2eme", "2nd", "2do", "2o", "second", "deuxieme", "segundo", "ii"), 2
    ),
    **dict.fromkeys(
        ("3", "3e", "3eme", "3rd", "3er", "3o", "third", "troisieme", "tercer", "iii"), 3
    ),
    **dict.fromkeys(
        ("4", "4e", "4eme", "4th", "4to", "4o", "fourth", "quatrieme", "cuarto", "iv"), 4
    ),
}
_LENGTHS = {"h": 6, "s": 6, "half": 6, "semestre": 6, "sem": 6, "semester": 6, "halbjahr": 6}
_SEASONS = {
    **dict.fromkeys(("spring", "printemps", "primavera", "fruhjahr", "fruhling"), (3, 5)),
    **dict.fromkeys(("summer", "ete", "verano", "estiu", "sommer", "estate", "verao"), (6, 8)),
    **dict.fromkeys(("autumn", "fall", "automne", "otono", "tardor", "herbst", "autunno"), (9, 11)),
    **dict.fromkeys(("winter", "hiver", "invierno", "hivern", "inverno"), (12, 14)),
}
_ORDINAL = re.compile(
    r"(?P<number>[a-z0-9]{1,10})[.°º]? ?(?P<part>trimestre|trim|quarter|quartal|semestre|sem|"
    r"semester|half|halbjahr)\.?,? ?(?:of |de |del |du )?(?P<year>[0-9]{4})"
)
_AFTER = re.compile(
    r"(?P<part>trimestre|trim|quarter|quartal|semestre|sem|semester|half|halbjahr|[qths])\.? ?"
    r"(?P<number>[1-4])[ ,/-]{0,2}(?P<year>[0-9]{4})"
)
_BEFORE = re.compile(r"(?P<year>[0-9]{4})[ ,/-]{0,2}(?P<part>[qths]) ?(?P<number>[1-4])")
_SEASON = re.compile(r"(?P<name>[a-z]{3,9})(?: (?:of|de|del))? (?P<year>[0-9]{4})")
_MIDDLE = re.compile(r"(?:mid|mi|mitte|mediados|meados|meta)(?:[ -]| de | del )(?P<year>[0-9]{4})")
_FISCAL = re.compile(
    r"(?:fy|ej\.?|exercice|ejercicio|fiscal year|ano fiscal) ?(?P<year>[0-9]{2}|[0-9]{4})"
)
_OPEN = frozenset((
    "ongoing", "on-going", "continuous", "continuing", "permanent", "open", "open-ended", "continu",
    "en continu", "permanente", "continuo", "continua", "en curso", "indefinido", "laufend",
    "dauerhaft", "fortlaufend", "unbefristet", "in corso", "present", "no end date", "sans fin",
    "perpetual", "recurrent", "recurring", "recurrente",
))  # fmt: skip


def is_open(folded: str) -> bool:
    """Tell whether a text says that no end is set: "ongoing", "continu"."""
    return folded.strip(" .") in _OPEN


def read_part(folded: str) -> tuple[str, str] | None:
    """Return the first and the last month of a part of a year, or the year of a fiscal one.

    >>> read_part("s2 2025"), read_part("1er trim. 2025"), read_part("winter 2024")
    (('2025-07', '2025-12'), ('2025-01', '2025-03'), ('2024-12', '2025-02'))
    >>> read_part("town 2024")
    """
    if match := _MIDDLE.fullmatch(folded):
        return _months(int(match["year"]), 6, 7)
    if match := _FISCAL.fullmatch(folded):
        year = f"20{match['year']}"[-4:]
        return year, year
    for pattern in (_ORDINAL, _AFTER, _BEFORE):
        if match := pattern.fullmatch(folded):
            number = _ORDINALS.get(match["number"], 0)
            length = _LENGTHS.get(match["part"], 3)
            if 1 <= number <= 12 // length:
                last = number * length
                return _months(int(match["year"]), last - length + 1, last)
    match = _SEASON.fullmatch(folded)
    months = _SEASONS.get(match["name"]) if match else None
    return _months(int(match["year"]), *months) if match and months else None


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    beyond = year + (last > 12)
    return f"{year:04}-{first:02}", f"{beyond:04}-{last - 12 * (last > 12):02}"
