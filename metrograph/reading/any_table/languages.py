"""Finds columns that say the same in several languages: `title_ca`, `title_es`, `Axis (en)`."""

import re
from collections.abc import Sequence

from metrograph.reading.any_table.columns import Profile
from metrograph.reading.any_table.mapping import Mapping
from metrograph.text import folded

_TAGS = {
    **{"english": "en", "anglais": "en", "ingles": "en", "french": "fr", "francais": "fr"},
    **{"frances": "fr", "spanish": "es", "espagnol": "es", "espanol": "es", "castellano": "es"},
    **{"catalan": "ca", "catala": "ca", "german": "de", "deutsch": "de", "portugues": "pt"},
    **{"italiano": "it", "arabic": "ar", "arabe": "ar", "euskera": "eu", "galego": "gl"},
    **{
        tag: tag for tag in ("en", "fr", "es", "ca", "de", "pt", "it", "ar", "eu", "gl", "nl", "ru")
    },
}
_TAGGED = re.compile(r"(?P<stem>[^\[\](]{1,80}?)[ _.-]?[\[( _@.-](?P<tag>[a-z]{2,10})[\])]?")


def tag_of(heading: str) -> tuple[str, str] | None:
    """Return what a heading is without its language, and the language's tag.

    >>> tag_of("title_ca"), tag_of("Axis (English)"), tag_of("Budget")
    (('title', 'ca'), ('axis', 'en'), None)
    """
    match = _TAGGED.fullmatch(folded(heading).strip())
    tag = _TAGS.get(match["tag"]) if match else None
    return (match["stem"].strip(), tag) if match and tag else None


def labels_of(columns: Sequence[Profile], lang: str) -> dict[int, int]:
    """Return by columns in other languages the column that says the same in the plan's."""
    stems: dict[str, dict[str, int]] = {}
    for column in columns:
        tagged = tag_of(column.heading) if column.kind in ("text", "code") else None
        if tagged:
            stems.setdefault(tagged[0], {}).setdefault(tagged[1], column.index)
    return {
        at: tags.get(lang, next(iter(tags.values())))
        for tags in stems.values()
        if len(tags) > 1
        for at in tags.values()
        if at != tags.get(lang, next(iter(tags.values())))
    }


def name_languages(roles: Mapping) -> dict[int, str]:
    """Return by depth the language that the heading of a level's names states.

    It counts where another column has the same names in another language: "Axis (en)" alone may
    end in two letters that are no language.
    """
    others = {column.depth for column in roles.of("label")}
    tagged = {column.depth: tag_of(column.heading) for column in roles.levels}
    return {depth: tag[1] for depth, tag in tagged.items() if tag and depth in others}


def languages_of(roles: Mapping, lang: str) -> tuple[str, ...]:
    """Return the language of a plan, and the others in which its elements have names."""
    tagged = [tag for column in roles.of("label") if (tag := tag_of(column.heading))]
    others = [*name_languages(roles).values(), *(tag[1] for tag in tagged)]
    return tuple(dict.fromkeys((lang, *others)))
