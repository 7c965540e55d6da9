"""Prepares rules for updates: what each reads, and how it is run again."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from metrograph.store.algebra import reading_of
from metrograph.store.changes import ANY, ANY_CLASS, term_read
from metrograph.store.patterns import Pattern, Reading, Trigger, Unbounded
from metrograph.store.rules import Program, Rule, repeats

KEY = "?this"


@dataclass(frozen=True)
class Step:
    """A rule as an update runs it.

    One that is patterns alone has a `body`, and is run from the triples that changed. Another is
    run again for what its `key` may stand for by the `triggers`; without a key, for everything.
    """

    name: str
    head: Pattern
    reads: frozenset[str]
    writes: frozenset[str]
    triggers: tuple[Trigger, ...]
    body: tuple[Pattern, ...] = ()
    key: str = ""
    where: str = ""
    prefixes: str = ""


@dataclass(frozen=True)
class Group:
    """Rules that run together; those that feed each other are repeated."""

    steps: tuple[Step, ...]
    repeats: bool


@dataclass(frozen=True)
class Steps:
    """All rules in their order, and the triples that follow from the ontology by themselves."""

    groups: tuple[Group, ...]
    schema: frozenset[ox.Triple]

    @cached_property
    def all_steps(self) -> tuple[Step, ...]:
        """The rules of all groups."""
        return tuple(step for group in self.groups for step in group.steps)

    @cached_property
    def writers(self) -> dict[str, list[Step]]:
        """The rules that conclude triples of a term."""
        writers: dict[str, list[Step]] = {}
        for step in self.all_steps:
            for term in step.writes:
                writers.setdefault(term, []).append(step)
        return writers


def steps_of(program: Program) -> Steps:
    """Return a program as an update runs it; raise `Unbounded` where no update could be sure."""
    groups = []
    for rules in program.groups:
        steps = tuple(map(step_of, rules))
        is_repeated = repeats(rules) or any(rule.complete for rule in rules)
        if is_repeated and not all(step.body for step in steps):
            raise Unbounded(f"{steps[0].name} feeds itself and is no mere pattern")
        groups.append(Group(steps, is_repeated))
    schema = frozenset(ox.Triple(*map(ox.NamedNode, triple)) for triple in program.schema)
    return Steps(tuple(groups), schema)


def step_of(rule: Rule) -> Step:
    """Return a rule as an update runs it, or raise `Unbounded`."""
    head = Pattern(*_parts(rule.template))
    if rule.complete:  # the transitive closure of a property, in two patterns
        term = head.predicate
        body = (Pattern("?x", term, "?y"), Pattern("?y", term, "?z"))
        return _plain(rule, Pattern("?x", term, "?z"), body)
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in rule.prefixes.items())
    read = reading_of(f"{prefixes}SELECT * WHERE {{ {rule.where} }}")
    _refuse_any(rule, read)
    if read.is_plain:
        return _plain(rule, head, read.required)
    key = KEY if KEY in read.variables else ""
    triggers = tuple(trigger.nearest(key) if key else trigger for trigger in read.triggers)
    return Step(
        rule.name, head, rule.reads, rule.writes, triggers,
        key=key, where=rule.where, prefixes=prefixes,
    )  # fmt: skip


def _plain(rule: Rule, head: Pattern, body: tuple[Pattern, ...]) -> Step:
    triggers = tuple(map(Trigger, body))
    return Step(rule.name, head, rule.reads, rule.writes, triggers, body)


def _parts(template: str) -> Iterable[str]:
    parts = template.replace("$", "?").split(maxsplit=2)
    return (part.strip() for part in parts)


def _refuse_any(rule: Rule, read: Reading) -> None:
    """Refuse a rule that reads any property or class: no order of rules is right for it."""
    for trigger in read.triggers:
        term = term_read(trigger.pattern)
        if term == ANY or (term == ANY_CLASS and "VALUES" not in rule.where.upper()):
            raise Unbounded(f"{rule.name} reads any property or class")
