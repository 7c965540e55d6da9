"""Looks up what a person reads, by a key or an English sentence, in a language (GNU gettext).

`locale/` has one catalogue per language. Its entries are of two kinds: sentences of pages and
errors, found by their English text, and words that code looks up by a key (in the context "word").
docs/decisions/catalogue.md says why.
"""

import gettext
import hashlib
import io
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.errors import MetrographError, Text
from metrograph.late import late
from metrograph.paths import user_folder

if TYPE_CHECKING:
    from babel.messages import mofile, pofile
else:  # only where nothing is kept
    mofile, pofile = late("babel.messages.mofile"), late("babel.messages.pofile")

LANGUAGES = ("en", "fr", "es")
FOLDER = Path(__file__).parent / "locale"
_KEYS = "word"  # the context of entries that are found by a key


@cache
def translations(lang: str) -> gettext.NullTranslations:
    """Return the translations into a language; what it lacks is English, as is any other one."""
    if lang not in LANGUAGES:
        lang = "en"
    source = (FOLDER / f"{lang}.po").read_bytes()
    translated = gettext.GNUTranslations(io.BytesIO(_compiled(source, lang)))
    if lang != "en":
        translated.add_fallback(translations("en"))
    return translated


def word(key: str, lang: str) -> str:
    """Return the words of a key in a language, or the key itself where the catalogue has none.

    >>> word("gap", "fr")
    'lacune'
    """
    return translations(lang).pgettext(_KEYS, key)


def counted(key: str, number: int, lang: str) -> str:
    """Return the words of a key that a number goes with, in its singular or plural.

    >>> counted("uncoded", 2, "en").format(2)
    '2 activities have not been coded yet.'
    """
    return translations(lang).npgettext(_KEYS, key, key, number)


def in_language(message: MetrographError | Text, lang: str) -> str:
    """Return an error or a sentence in a language, with its values.

    >>> in_language(Text.of("Permission denied"), "fr")
    'permission refusée'
    """
    text = message.text if isinstance(message, MetrographError) else message
    known = translations(lang)

    def translate(singular: str, plural: str, number: int) -> str:
        if singular == plural:
            return known.gettext(singular)
        return known.ngettext(singular, plural, number)

    return text.filled(translate)


def _compiled(source: bytes, lang: str) -> bytes:
    """Return a catalogue in the form that gettext reads, kept from one start to the next.

    Parsing the text takes longer than a whole answer to a question.
    """
    digest = hashlib.sha256(source).hexdigest()
    kept = user_folder("cache") / "words" / f"{lang}-{digest[:16]}.mo"
    with suppress(OSError):
        return kept.read_bytes()
    compiled = io.BytesIO()
    mofile.write_mo(compiled, pofile.read_po(io.BytesIO(source), locale=lang))
    with suppress(OSError):  # a folder that cannot be written costs time only
        kept.parent.mkdir(parents=True, exist_ok=True)
        begun = kept.with_suffix(f".{os.getpid()}")
        begun.write_bytes(compiled.getvalue())
        begun.replace(kept)
    return compiled.getvalue()
