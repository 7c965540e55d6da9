"""The fields of a form on a page: what each holds, what is wrong with it, what it can make."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from metrograph.editing.facts import Problem
from metrograph.editing.forms import Field
from metrograph.editing.making import Makes, Named

FIELD = "f."  # before the names of a form's fields, so that they meet no other
MADE = "n."  # before those of fields that name a record that does not exist yet
EXTRAS = "x."  # before those of what else is asked of such a record: x.place.country
OPENED = "o."  # before those of what the fields held when the form was opened
SOURCE, LINES = "s.", "l."  # before those of the two parts of a citation
_CITED = re.compile(r"(.+)#line=([0-9]+),([0-9]+)")


@dataclass(frozen=True)
class Entry:
    """A field on a page: what it holds, key by key, and what is wrong with it.

    `is_asked` is whether a person has to fill it in, `makes` what it can make, `made` what it names
    that does not exist yet.
    """

    field: Field
    values: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    lang: str
    is_asked: bool = False
    makes: Makes | None = None
    made: tuple[Named, ...] = ()

    @property
    def rows(self) -> tuple[Named, ...]:
        """Return the new records that it names, with room for one more."""
        room = () if self.made and not self.field.many else (Named(self.field.name, "", {}),)
        return (*self.made, *room)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the field, that of the reader's language first."""
        return tuple(sorted(self.field.keys, key=lambda key: not key.endswith(f".{self.lang}")))

    @property
    def is_filled(self) -> bool:
        """Whether it holds anything."""
        return any(self.values.values()) or bool(self.made)

    @property
    def is_wide(self) -> bool:
        """Whether it takes the width of the form."""
        return bool(self.field.languages) or self.field.kind == "citation"

    @property
    def citations(self) -> list[tuple[str, str]]:
        """Return the sources and lines that it cites, with room for one more."""
        held = [_source_and_lines(value) for value in self.values.get(self.field.name, ())]
        return [*held, ("", "")] if self.field.many or not held else held

    def shown(self, key: str) -> tuple[str, ...]:
        """Return what stands under a key, with room for one more."""
        held = self.values.get(key, ())
        if self.field.many and not self.field.choices:
            return (*held, "")
        return held or ("",)


def _source_and_lines(citation: str) -> tuple[str, str]:
    """Return the source of a citation and its lines, as a person writes them.

    >>> _source_and_lines("source/report#line=277,283")
    ('source/report', '278-283')
    """
    if match := _CITED.fullmatch(citation):
        first, last = int(match[2]) + 1, match[3]
        return match[1], last if str(first) == last else f"{first}-{last}"
    source, _, lines = citation.partition(" ")
    return source, lines
