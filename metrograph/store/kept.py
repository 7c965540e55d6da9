"""Keeps the compiled ontology and shapes in the user's cache, so that few processes compile them.

They lie under the hash of the ontology and the engine, as JSON that is sealed: what is damaged, or
was written by another version, is compiled again. Where the cache cannot be written, each process
compiles them.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from metrograph import paths
from metrograph.errors import CacheError
from metrograph.late import late
from metrograph.store.compiled import Cluster, Compiled, Group, Step, Watched
from metrograph.store.digest import engine_digest
from metrograph.store.patterns import Pattern, Trigger
from metrograph.store.program import Contradiction, Program, Rule
from metrograph.store.sealing import seal, unsealed

if TYPE_CHECKING:
    from metrograph.store import compiling
else:  # it takes rdflib and owlrl
    compiling = late("metrograph.store.compiling")

_FOLDER = "compiled"  # in the cache
_KEPT = 3  # versions of metrograph that share a cache


@cache
def compiled() -> Compiled:
    """Return the compiled ontology and shapes: kept, or compiled now and kept from now on."""
    folder = paths.user_folder("cache") / _FOLDER
    file = folder / f"{engine_digest()}.json"
    with contextlib.suppress(CacheError):
        return from_json(unsealed(file))
    values = compiling.compile_all()
    with contextlib.suppress(OSError):  # a cache that cannot be written is as good
        folder.mkdir(parents=True, exist_ok=True)
        seal(file, to_json(values))
        _sweep(folder)
    return values


def _sweep(folder: Path) -> None:
    """Remove what earlier versions kept, but for the last few."""
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_KEPT:]:
        file.unlink(missing_ok=True)


# ---------------------------------------------------------------- as JSON


def to_json(values: Compiled) -> dict[str, Any]:
    """Return what was compiled as plain values that JSON can hold."""
    program = values.program
    return {
        "rules": [[_rule(rule) for rule in group] for group in program.groups],
        "contradictions": [[pair.first, pair.second] for pair in program.contradictions],
        "schema": program.schema,
        "groups": [
            [group.repeats, [_step(step) for step in group.steps]] for group in values.groups
        ],
        "clusters": [[_watched(shape) for shape in cluster.shapes] for cluster in values.clusters],
        "queries": values.queries,
        "terms": values.terms,
        "shapes": values.shapes,
        "unbounded": values.unbounded,
    }


def from_json(values: Mapping[str, Any]) -> Compiled:
    """Return what `to_json` wrote."""
    return Compiled(
        program=Program(
            tuple(tuple(map(_rule_of, group)) for group in values["rules"]),
            tuple(Contradiction(*pair) for pair in values["contradictions"]),
            _lines(values["schema"]),
        ),
        groups=tuple(
            Group(tuple(map(_step_of, steps)), repeats) for repeats, steps in values["groups"]
        ),
        clusters=tuple(Cluster(tuple(map(_watched_of, shapes))) for shapes in values["clusters"]),
        queries=_lines(values["queries"]),
        terms=tuple(values["terms"]),
        shapes=values["shapes"],
        unbounded=values["unbounded"],
    )


def _lines(rows: Any) -> Any:
    return tuple(map(tuple, rows))


def _rule(rule: Rule) -> dict[str, Any]:
    return {**asdict(rule), "reads": sorted(rule.reads), "writes": sorted(rule.writes)}


def _rule_of(values: dict[str, Any]) -> Rule:
    return Rule(**{**values, **_sets(values, "reads", "writes")})


def _sets(values: Mapping[str, Any], *names: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(values[name]) for name in names}


def _step(step: Step) -> dict[str, Any]:
    return {
        **vars(step),
        "reads": sorted(step.reads),
        "writes": sorted(step.writes),
        "head": step.head.parts,
        "triggers": [_trigger(trigger) for trigger in step.triggers],
        "body": [pattern.parts for pattern in step.body],
    }


def _step_of(values: dict[str, Any]) -> Step:
    parts = {
        "head": Pattern(*values["head"]),
        "triggers": tuple(map(_trigger_of, values["triggers"])),
        "body": _patterns(values["body"]),
    }
    return Step(**{**values, **_sets(values, "reads", "writes"), **parts})


def _watched(shape: Watched) -> dict[str, Any]:
    triggers = [_trigger(trigger) for trigger in shape.triggers]
    return {**vars(shape), "sources": sorted(shape.sources), "triggers": triggers}


def _watched_of(values: dict[str, Any]) -> Watched:
    parts = {
        "triggers": tuple(map(_trigger_of, values["triggers"])),
        "queries": tuple(values["queries"]),
    }
    return Watched(**{**values, **_sets(values, "sources"), **parts})


def _trigger(trigger: Trigger) -> list[Any]:
    support, inner = (
        [pattern.parts for pattern in part] for part in (trigger.support, trigger.inner)
    )
    return [trigger.pattern.parts, support, inner, trigger.keys]


def _trigger_of(values: list[Any]) -> Trigger:
    pattern, support, inner, keys = values
    return Trigger(Pattern(*pattern), _patterns(support), _patterns(inner), tuple(keys))


def _patterns(rows: Any) -> tuple[Pattern, ...]:
    return tuple(Pattern(*row) for row in rows)
