"""Prepares rules for updates: what each reads, and how it is run again."""

from collections.abc import Iterable

from metrograph.store.algebra import reading_of
from metrograph.store.changes import ANY, ANY_CLASS, term_read
from metrograph.store.compiled import KEY, Group, Step
from metrograph.store.patterns import Pattern, Reading, Trigger, Unbounded
from metrograph.store.program import Program, Rule, repeats


def groups_of(program: Program) -> tuple[Group, ...]:
    """Return rules as an update runs them; raise `Unbounded` where no update could be sure."""
    groups = []
    for rules in program.groups:
        steps = tuple(map(step_of, rules))
        is_repeated = repeats(rules) or any(rule.complete for rule in rules)
        if is_repeated and not all(step.body for step in steps):
            raise Unbounded(f"{steps[0].name} feeds itself and is no mere pattern")
        groups.append(Group(steps, is_repeated))
    return tuple(groups)


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
        rule.name,
        head,
        rule.reads,
        rule.writes,
        triggers,
        key=key,
        where=rule.where,
        prefixes=prefixes,
    )


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
