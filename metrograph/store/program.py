"""Holds a compiled ontology: the rules in their order, and what must not follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    """If `where` then `template`, both basic SPARQL text with whole IRIs or `prefixes`.

    `reads` and `writes` are the IRIs of the properties and classes that the two sides name.
    A rule that is `complete` concludes all from one run, though it reads what it writes.
    A rule with `negation` (or a count) needs all that it reads to be complete before it runs.
    """

    name: str
    template: str
    where: str
    reads: frozenset[str]
    writes: frozenset[str]
    negation: bool = False
    complete: bool = False
    prefixes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Contradiction:
    """Two classes that nothing may belong to at once (rules cax-dw and cax-adc)."""

    first: str
    second: str


@dataclass(frozen=True)
class Program:
    """The rules in the order in which to run them, what must not follow, and the closed ontology.

    The `schema` is what the closed ontology says of named classes and properties: three IRIs each.

    A group of more than one rule, or of one that feeds itself, is repeated until nothing is new.
    """

    groups: tuple[tuple[Rule, ...], ...]
    contradictions: tuple[Contradiction, ...]
    schema: tuple[tuple[str, str, str], ...] = ()


def repeats(group: tuple[Rule, ...]) -> bool:
    """Whether a group must be repeated until nothing is new."""
    return len(group) > 1 or bool(group[0].reads & group[0].writes and not group[0].complete)
