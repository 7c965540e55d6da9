"""Which records of a plan belong to which category of an axis, as bitmaps.

The records are the activities and, after them, the elements of the plan, so that the bits of
`query.bitmaps` fit: a bit stands for the same activity here and there.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from metrograph.errors import QueryError
from metrograph.query import asking, kept_answers, library
from metrograph.query.answers import text
from metrograph.query.axes import Axis, rows_of
from metrograph.query.bitmaps import Activities, bitmaps
from metrograph.store.cache import Built

MOST = 2_000  # categories of an axis: nobody reads a matrix of more
_NONE = Activities(0)


@dataclass(frozen=True)
class Link:
    """What links records to a category: the claims of a coder on a basis, or facts, if empty."""

    coder: str
    basis: str
    agreed: str  # "true", "false", or empty for a fact
    held: Activities


@dataclass(frozen=True)
class Categories:
    """The categories of an axis in its order, each with its links; `ids` are those of records."""

    links: Mapping[str, Sequence[Link]]
    ids: frozenset[str]

    def held(self, counts: Callable[[Link], bool]) -> dict[str, Activities]:
        """Return the records of each category by the links that count."""
        held: dict[str, Activities] = {}
        for name, links in self.links.items():
            held[name] = _NONE
            for link in links:
                if counts(link):
                    held[name] |= link.held
        return held


class Records:
    """The activities and the elements of a plan, and the categories of both."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._folder = kept_answers.folder_of(built)
        self._known: dict[str, Categories] = {}

    @cached_property
    def _elements(self) -> list[list[str]]:
        """Each element of the plan in its order, with the element of which it is a part."""

        def ask() -> list[list[str]]:
            rows = asking.rows(self._built, library.find("plan-tree"), {}, "en")
            tree = {text(row["element"]): text(row["partOf"]) for row in rows}
            return [[element, whole] for element, whole in tree.items()]

        elements: list[list[str]] = kept_answers.kept(self._folder, "elements", ("plan-tree",), ask)
        return elements

    @cached_property
    def wholes(self) -> dict[str, str]:
        """The element of which each element is a part, or the empty text."""
        return dict(self._elements)

    @cached_property
    def ids(self) -> Sequence[str]:
        """The ids of all records, in the order of the bits."""
        return (*bitmaps(self._built).ids, *self.wholes)

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The bit of each record."""
        return {name: place for place, name in enumerate(self.ids)}

    def activities(self) -> Activities:
        """Return all activities."""
        return Activities(bitmaps(self._built).every().bits, lambda: self.ids)

    def elements(self) -> Activities:
        """Return all elements of the plan."""
        return Activities((1 << len(self.ids)) - 1, lambda: self.ids) - self.activities()

    def within(self, element: str) -> Activities:
        """Return an element of the plan and all that are part of it, at any depth."""
        bits = 0
        for name, place in self.place_of.items():
            above: str | None = name
            steps = 0
            while above and above != element and steps <= len(self.wholes):
                above, steps = self.wholes.get(above), steps + 1
            bits |= (above == element) << place
        return Activities(bits, lambda: self.ids)

    def categories(self, axis: Axis) -> Categories:
        """Return the categories of an axis, asked for once for each state of the plan."""
        if axis.is_own:
            return self._made(self._asked(axis))
        if axis.name not in self._known:
            self._known[axis.name] = self._made(
                kept_answers.kept(
                    self._folder,
                    f"axis-{hashlib.sha256(axis.name.encode()).hexdigest()[:16]}",
                    (f"axes/{axis.query.name}", "all-activities", "plan-tree"),
                    lambda: self._asked(axis),
                )
            )
        return self._known[axis.name]

    def _made(self, kept: list[list[Any]]) -> Categories:
        """Return categories from what is kept of them."""
        return Categories(
            {name: [self._link(*link) for link in links] for name, _, links in kept},
            frozenset(name for name, is_id, _ in kept if is_id),
        )

    def _link(self, coder: str, basis: str, agreed: str, bits: str) -> Link:
        return Link(coder, basis, agreed, Activities(int(bits, 16), lambda: self.ids))

    def _asked(self, axis: Axis) -> list[list[Any]]:
        """Return each category: its id or text, whether it is an id, and its links."""
        short, places = self._built.ids.short, self.place_of
        links: dict[str, dict[tuple[str, ...], list[int]]] = {}
        ids: set[str] = set()
        for record, category, *claim in rows_of(self._built, axis, "en"):
            if category is None:
                continue
            name = category.value
            if isinstance(category, ox.NamedNode):
                name = short(name)
                ids.add(name)
            of_category = links.setdefault(name, {})
            place = places.get(short(record.value)) if isinstance(record, ox.NamedNode) else None
            if place is not None:
                coder, basis, agreed = (short(term.value) if term else "" for term in claim)
                of_category.setdefault((coder, basis, agreed), []).append(place)
        if len(links) > MOST:
            raise QueryError(
                "The axis “{name}” has {number} categories; a matrix has room for {most}.",
                name=axis.name,
                number=len(links),
                most=MOST,
            )
        return [
            [name, name in ids, [[*key, self._bits(at)] for key, at in links[name].items()]]
            for name in self._ordered(links)
        ]

    def _bits(self, places: Sequence[int]) -> str:
        """Return the bits at some places as a hexadecimal number."""
        bits = bytearray(len(self.ids) // 8 + 1)
        for place in places:
            bits[place // 8] |= 1 << place % 8
        return f"{int.from_bytes(bits, 'little'):x}"

    def _ordered(self, names: Mapping[str, object]) -> Iterator[str]:
        """Yield the names of categories; elements of the plan in its order, others as they are."""
        if all(name in self.wholes for name in names):
            yield from sorted(names, key=self.place_of.__getitem__)
        else:
            yield from names


def records(built: Built) -> Records:
    """Return the records of a built store, kept with it."""
    if "records" not in built.derived:
        built.derived["records"] = Records(built)
    known: Records = built.derived["records"]
    return known
