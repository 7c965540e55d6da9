"""Keeps which activities the answers of a question name, as bitmaps.

A bitmap has a bit for each activity of the plan. To count the activities that pass several filters
is then to combine bitmaps, which takes microseconds however large the plan. A built store does not
change, so a question is asked once and its bitmaps are kept beside the store; the ids of activities
are looked up only where somebody reads them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, overload

from metrograph.ids import Ids
from metrograph.late import late_from
from metrograph.query import kept_answers
from metrograph.query.limits import UNLIMITED
from metrograph.store.cache import Built
from metrograph.store.engine import Engine

if TYPE_CHECKING:
    from metrograph.query import library, sparql
else:  # an answer that is kept needs neither
    library, sparql = late_from("metrograph.query", "library", "sparql")

Key = tuple[str, ...]  # the values of a row's other columns; a missing one is empty
_KEY_LENGTH = 15  # of an id's last part, by which the questions order activities


class Activities(Sequence[str]):
    """Some activities of a plan, in its order: counted at once, and read as a sequence of ids.

    `bits` has a bit for each of them; `ids` gives the ids of all activities, in the order of bits.
    """

    __slots__ = ("_ids", "bits")

    def __init__(self, bits: int, ids: Callable[[], Sequence[str]] = tuple) -> None:
        self.bits = bits
        self._ids = ids

    def __len__(self) -> int:
        """Return how many they are, without looking up one id."""
        return self.bits.bit_count()

    def __iter__(self) -> Iterator[str]:
        """Yield their ids."""
        return compress(self._ids(), map(int, reversed(f"{self.bits:b}"))) if self else iter(())

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        """Return an id, or some."""
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        """Return whether another sequence has the same ids in the same order."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Return the hash of the ids."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Return the ids."""
        return f"Activities({tuple(self)})"

    def __and__(self, other: "Activities") -> "Activities":
        """Return those that are also among others."""
        return Activities(self.bits & other.bits, self._ids)

    def __or__(self, other: "Activities") -> "Activities":
        """Return these and others of the same plan."""
        return Activities(self.bits | other.bits, self._ids if self.bits else other._ids)

    def __sub__(self, other: "Activities") -> "Activities":
        """Return these without others."""
        return Activities(self.bits & ~other.bits, self._ids)


def union(parts: Iterable[Activities]) -> Activities:
    """Return the activities that are in any of several collections.

    >>> both = Activities(0b01, lambda: ("a/1", "a/2")), Activities(0b10, lambda: ("a/1", "a/2"))
    >>> union(both), len(union([]))
    (Activities(('a/1', 'a/2')), 0)
    """
    whole = Activities(0)
    for part in parts:
        whole |= part
    return whole


def bitmaps(built: Built) -> "Bitmaps":
    """Return the bitmaps of a built store, which are kept with it and beside it."""
    if "bitmaps" not in built.derived:
        built.derived["bitmaps"] = Bitmaps(built.engine, built.ids, kept_answers.folder_of(built))
    known: Bitmaps = built.derived["bitmaps"]
    return known


class Bitmaps:
    """The bitmaps of one built store, asked for once; `folder` keeps them, if there is one."""

    def __init__(self, engine: Engine, ids: Ids, folder: Path | None) -> None:
        self._engine, self._short, self._folder = engine, ids.short, folder
        self._known: dict[str, Mapping[Key, Activities]] = {}

    @cached_property
    def _order(self) -> list[str]:
        """The IRIs of all activities, as questions order them: by the last part of the id."""

        def ask() -> list[str]:
            iris = (row[0] for row in self._rows(library.find("all-activities")))
            return sorted(iris, key=lambda iri: (_last_part(iri)[:_KEY_LENGTH], iri))

        iris: list[str] = kept_answers.kept(
            self._folder, "all-activities", ("all-activities",), ask
        )
        return iris

    @cached_property
    def ids(self) -> Sequence[str]:
        """The ids of all activities, in the order of the bits."""
        return tuple(map(self._short, self._order))

    def of(self, name: str) -> Mapping[Key, Activities]:
        """Return the activities that a question names, by the values in its other columns.

        The question has a column `activity`, and is asked without parameters. Values are ids, or
        texts such as years; a row with a value missing is under the empty text.
        """
        if name not in self._known:
            pairs = kept_answers.kept(self._folder, name, (name,), lambda: self._asked(name))
            self._known[name] = {
                tuple(key): Activities(int(bits, 16), lambda: self.ids) for key, bits in pairs
            }
        return self._known[name]

    def every(self) -> Activities:
        """Return all activities."""
        return Activities((1 << len(self._order)) - 1, lambda: self.ids)

    def _asked(self, name: str) -> list[tuple[list[str], str]]:
        """Return the bitmaps of a question: the values of the other columns, the bits in hex."""
        query = library.find(name)
        place_of = {iri: place for place, iri in enumerate(self._order)}
        known: dict[Key, bytearray] = {}
        for activity, *key in self._rows(query):
            place = place_of.get(activity)
            if place is not None:
                bits = known.setdefault(tuple(key), bytearray(len(place_of) // 8 + 1))
                bits[place // 8] |= 1 << place % 8
        return [
            ([self._short(value) for value in key], f"{int.from_bytes(bits, 'little'):x}")
            for key, bits in sorted(known.items())
        ]

    def _rows(self, query: "library.Query") -> Iterator[list[str]]:
        """Yield the rows of a question as texts: the activity, then the columns it has besides."""
        unordered = sparql.unordered(query.text)  # a set has no order, and sorting takes long
        answer = sparql.run(self._engine, unordered, {}, query.name, UNLIMITED)
        hidden = {"activity", *(parameter.name for parameter in query.parameters)}
        others = [at for at, name in enumerate(answer.names) if name not in hidden]
        places = [answer.names.index("activity"), *others]
        for row in answer.rows:
            yield [getattr(row[place], "value", "") for place in places]


def _last_part(iri: str) -> str:
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]
