"""Reads the cells of a sheet as values of a field: labels as ids, dates and numbers as texts."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from metrograph.editing.forms import Field
from metrograph.exchange.workbook.former import CHOICES
from metrograph.exchange.workbook.headings import key_of
from metrograph.reading.normalize import normalize
from metrograph.reading.policy import Habit

_JOINTS = re.compile(r"[|\n]")
_LOOSER = re.compile(r"[;|\n]")
_FORMER = {key_of(label): name for label, name in CHOICES.items()}


def values_of_cell(
    field: Field,
    value: object,
    habit: Habit,
    offered: Mapping[str, str],
    own: Collection[str] = (),
) -> list[tuple[str, bool]]:
    """Return the values of a cell as texts, and whether each was interpreted.

    A name that is among the `own` names of the sheets stays as it is written: which record it means
    is known once all rows are read.
    """
    if value is None:
        return []
    if not isinstance(value, str):
        normalized = normalize(value, field.kind, habit)  # type: ignore[arg-type]  # what sheets hold
        return [(normalized.text, normalized.is_interpreted)]
    parts = [value]
    if field.many and field.kind in ("id", "citation"):
        parts = _split(field, value, offered, own)
    values = []
    for part in parts:
        is_own = key_of(part) in own
        if field.kind == "id" and not is_own and (name := _chosen(field, part, offered)):
            values.append((name, False))
        elif part.strip():
            normalized = normalize(part, field.kind, habit)
            values.append((normalized.text, normalized.is_interpreted))
    return values


def _split(field: Field, text: str, offered: Mapping[str, str], own: Collection[str]) -> list[str]:
    """Return the values of a cell with several; what is a label as a whole is not taken apart."""

    def is_known(name: str) -> bool:
        return key_of(name) in own or bool(_chosen(field, name, offered))

    parts: list[str] = []
    for part in map(str.strip, _JOINTS.split(text)):
        if field.kind == "id" and is_known(part):
            parts.append(part)
            continue
        for piece in map(str.strip, _LOOSER.split(part)):
            listed = [
                name.strip() for name in piece.split(",")
            ]  # names may hold commas, so only if all are known
            known = all(map(is_known, listed))
            parts += listed if field.kind == "id" and known else [piece]
    return [part for part in parts if part]


def _chosen(field: Field, text: str, offered: Mapping[str, str]) -> str | None:
    """Return the id that a label, or a label with its id behind it, means in a pick-list."""
    key = key_of(text)
    known = picks(field.choices)
    older = offered.get(key) or _FORMER.get(key)  # of this field, or of another
    return known.get(key) or (known.get(key_of(older)) if older else None)


@cache
def picks(choices: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Return ids by what may be written for them; labels of several records name none."""
    by_label: dict[str, str | None] = {}
    for name, label in choices:
        key = key_of(label)
        by_label[key] = None if key in by_label else name
    known = dict(_short(choices))
    known.update({key: name for key, name in by_label.items() if name})
    known.update({key_of(f"{label} ({name})"): name for name, label in choices})
    known.update({key_of(name): name for name, _ in choices})
    return known


def _short(choices: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """Yield the last parts of ids that only one has, such as the printed number of a result."""
    last = Counter(name.rpartition("/")[2] for name, _ in choices)
    for name, _ in choices:
        part = name.rpartition("/")[2]
        if last[part] == 1:
            yield key_of(part), name
