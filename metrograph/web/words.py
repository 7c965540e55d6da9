"""A catalogue per language in, the translations of the pages' words out (GNU gettext, by Babel)."""

import gettext
import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.late import late

if TYPE_CHECKING:  # English needs no catalogue
    from babel.messages import mofile, pofile
else:
    mofile, pofile = late("babel.messages.mofile"), late("babel.messages.pofile")

FOLDER = Path(__file__).parent / "locale"


@cache
def translations(lang: str) -> gettext.NullTranslations:
    """Return the translations into a language; words without one stay English."""
    path = FOLDER / f"{lang}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        mofile.write_mo(compiled, pofile.read_po(file, locale=lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
