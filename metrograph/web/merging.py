"""Merges three versions of a record: when its form was opened, as it is now, and as entered."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrograph.editing.forms import Field, Form
from metrograph.text import tagged

Values = Mapping[str, tuple[str, ...]]  # by the keys of a form's fields


@dataclass(frozen=True)
class Difference:
    """What changed in a field: its values `before`, `now`, and as entered, as people read them.

    `before` is None where it is not known. `entered` is None where the person had left the field as
    it was: then it holds what stands there now.
    """

    label: str
    before: tuple[str, ...] | None
    now: tuple[str, ...]
    entered: tuple[str, ...] | None


def merged(
    form: Form, before: Values | None, now: Values, entered: Values
) -> tuple[dict[str, tuple[str, ...]], list[Difference]]:
    """Return the values that a form shows, and how the record differs from what it was.

    What the person entered stays; what they left as it was follows the record.
    """
    shown: dict[str, tuple[str, ...]] = {}
    differences = []
    for field in form.fields:
        for key in field.keys:
            mine, theirs = entered.get(key, ()), now.get(key, ())
            was = None if before is None else before.get(key, ())
            is_mine = was is None or not _are_same(mine, was)
            shown[key] = mine if is_mine else theirs
            if not _are_same(mine if was is None else was, theirs):
                differences.append(
                    Difference(
                        _label(field, key),
                        None if was is None else _read(field, key, was),
                        _read(field, key, theirs),
                        _read(field, key, mine) if is_mine else None,
                    )
                )
    return shown, differences


def _are_same(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Return whether texts are the same, however browsers end lines and in whatever order."""
    return sorted(map(_plain, some)) == sorted(map(_plain, others))


def _plain(text: str) -> str:
    return "\n".join(text.split("\r\n")).strip()


def _label(field: Field, key: str) -> str:
    return f"{field.label} ({key.rpartition('.')[2]})" if field.languages else field.label


def _read(field: Field, key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return values as people read them: labels of records, and texts with their language."""
    labels = dict(field.choices)
    lang = key.rpartition(".")[2] if field.languages else ""
    return tuple(labels.get(value) or tagged(value, lang) for value in values)
