"""Finds what a change of one triple can do to the answer of a query: patterns and triggers.

An answer to a query differs between two stores only if a triple that one of them lacks matches one
of the query's triple patterns. Such a **trigger** comes with its **support**: the patterns that
hold beside it, by which the answer can be found. What a support leaves out (filters, what is
optional or denied, values) would only narrow it, so whoever follows all triggers misses nothing
(docs/updates.md shows why).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count

_fresh = count(1)


class Unbounded(Exception):  # noqa: N818  no error: it asks for a wider answer
    """A query asks for something whose dependencies are not worked out here."""


@dataclass(frozen=True)
class Pattern:
    """A triple pattern: each part a variable (`?x`) or a term or path as SPARQL writes it."""

    subject: str
    predicate: str
    object: str

    def __str__(self) -> str:
        """Return the pattern as SPARQL writes it."""
        return f"{self.subject} {self.predicate} {self.object} ."

    @property
    def parts(self) -> tuple[str, str, str]:
        """Subject, predicate and object."""
        return self.subject, self.predicate, self.object

    @property
    def variables(self) -> frozenset[str]:
        """The variables of the pattern."""
        return frozenset(part for part in self.parts if part.startswith("?"))

    def renamed(self, names: Mapping[str, str]) -> "Pattern":
        """Return the pattern with other names for some variables."""
        return Pattern(*(names.get(part, part) for part in self.parts))


@dataclass(frozen=True)
class Trigger:
    """A pattern, and those that hold beside it where a triple that matches it has an effect.

    With `keys`, the pattern stands in a list of distinct rows: only rows of these variables count
    that one of the two stores lacks; what holds beside the list is in `support` alone.
    """

    pattern: Pattern
    support: tuple[Pattern, ...] = ()
    inner: tuple[Pattern, ...] = ()
    keys: tuple[str, ...] = ()

    def beside(self, patterns: Iterable[Pattern]) -> "Trigger":
        """Return the trigger with more support."""
        return replace(self, support=(*self.support, *patterns))

    def nearest(self, key: str) -> "Trigger":
        """Return the trigger with no more support than leads to a variable by the fewest steps.

        Less support is a wider net, and a faster one.
        """
        start = frozenset(self.keys) if self.keys else self.pattern.variables
        ways: list[tuple[frozenset[str], tuple[Pattern, ...]]] = [(start, ())]
        seen = {start}
        for reached, way in ways:
            if key in reached:
                inside = [part for part in self.support if part.variables <= reached]
                return replace(self, support=(*way, *(part for part in inside if part not in way)))
            for pattern in self.support:
                wider = reached | pattern.variables
                if pattern.variables & reached and wider not in seen:
                    seen.add(wider)
                    ways.append((wider, (*way, pattern)))
        return replace(self, support=())

    def renamed(self, names: Mapping[str, str]) -> "Trigger":
        """Return the trigger with other names for some variables."""
        return Trigger(
            self.pattern.renamed(names),
            tuple(pattern.renamed(names) for pattern in self.support),
            tuple(pattern.renamed(names) for pattern in self.inner),
            tuple(names.get(key, key) for key in self.keys),
        )


@dataclass(frozen=True)
class Reading:
    """What a query reads: patterns that each of its answers needs, and all its triggers."""

    required: tuple[Pattern, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    is_plain: bool = False  # nothing but the required patterns

    @property
    def variables(self) -> frozenset[str]:
        """All variables of the patterns."""
        every = (
            pattern
            for trigger in self.triggers
            for pattern in (trigger.pattern, *trigger.support, *trigger.inner)
        )
        return frozenset().union(*(pattern.variables for pattern in (*every, *self.required)))

    def renamed(self, names: Mapping[str, str]) -> "Reading":
        """Return the reading with other names for some variables."""
        return Reading(
            tuple(pattern.renamed(names) for pattern in self.required),
            tuple(trigger.renamed(names) for trigger in self.triggers),
            self.is_plain,
        )

    def apart(self, shared: Iterable[str]) -> "Reading":
        """Return the reading with new names for all variables that are not `shared`."""
        kept = frozenset(shared)
        names = {name: new_variable() for name in sorted(self.variables - kept)}
        return self.renamed(names)


def new_variable() -> str:
    """Return a variable that no query has."""
    return f"?v{next(_fresh)}_"


def joined(left: Reading, right: Reading) -> Reading:
    """Return the reading of a join of two."""
    return Reading(
        left.required + right.required,
        (
            *(trigger.beside(right.required) for trigger in left.triggers),
            *(trigger.beside(left.required) for trigger in right.triggers),
        ),
        left.is_plain and right.is_plain,
    )
