"""A catalogue per language in, the translations of the pages' words out (GNU gettext, by Babel)."""

import gettext
import io
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "locale"


@cache
def translations(lang: str) -> gettext.NullTranslations:
    """Return the translations into a language; words without one stay English."""
    path = FOLDER / f"{lang}.po"
    if not path.exists():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415  English needs no catalogue
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
