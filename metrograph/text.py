"""Normalises a text: without accents and case, as a key, or as a whole number."""

import re
import unicodedata


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
