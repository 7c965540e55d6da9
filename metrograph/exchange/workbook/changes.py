"""Holds what sheets would change in a plan: records before and after, and the new files."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from metrograph.editing.forms import Form
from metrograph.editing.placement import Now, file_for, part_of_file
from metrograph.exchange.workbook.faults import Fault
from metrograph.exchange.workbook.forms import form_of
from metrograph.exchange.workbook.rows import Entry
from metrograph.plan import Plan
from metrograph.reading.notices import Remark
from metrograph.store import records
from metrograph.store.engine import in_memory
from metrograph.store.records import Record

What = Literal["added", "changed", "removed", "unchanged", "conflict"]
ORDER: tuple[What, ...] = ("added", "changed", "removed", "conflict", "unchanged")


@dataclass(frozen=True)
class Change:
    """What becomes of one record: its id, and as it was and would be, where it is in a file."""

    what: What
    id: str
    kind: str
    row: str
    before: Record | None
    after: Record | None
    places: Mapping[str, str]


@dataclass(frozen=True)
class ChangeSet:
    """All that sheets would change, and what is wrong with them.

    `texts` are the files as they would be, by their names. `new` are the ids that rows make, with
    the row of each, whether it can be taken or not, `remarks` what was noticed of their names.
    """

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    texts: Mapping[str, str]
    new: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    def count(self, what: What) -> int:
        """Return how many records are added, changed, and so on."""
        return sum(change.what == what for change in self.changes)


def version(record: Iterable[ox.Triple], form: Form) -> str:
    """Return a short hash of what a record says in the fields of its form, whoever wrote it when.

    A workbook carries it, so that it can be told whether the record has changed since.
    """
    paths = {field.path for field in form.fields}
    held = in_memory(triple for triple in record if triple.predicate.value in paths)
    # a store spells literals in one way
    statements = sorted(f"{triple.predicate} {triple.object}" for triple in held.triples())
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()[:16]


def place_of(of: Entry | Change, name: str | None) -> str:
    """Return the cell of a field in a row, or the row."""
    cells = (place for key, place in of.places.items() if key.partition(".")[0] == name)
    return next(cells, of.row)


def texts(plan: Plan, now: Now, changes: Iterable[Change]) -> dict[str, str]:
    """Return the files that changes touch, as they would be, by name."""
    contents: dict[str, str] = {}
    new: dict[str, tuple[str, list[Record]]] = {}
    files: dict[tuple[str, str], tuple[str, str]] = {}
    for change in changes:
        if change.what == "added" and change.after:
            form = form_of(plan, change.kind)
            part = (change.kind, part_of_file(now, form, change.after))
            if part not in files:
                files[part] = file_for(now, form, change.after)
            name, about = files[part]
            new.setdefault(name, (about, []))[1].append(change.after)
        elif change.what in ("changed", "removed"):
            file = now.file_of(plan.ids.iri(change.id))
            if file is not None:
                text = contents.get(file.name, file.text)
                contents[file.name] = _with_changed(text, change, file.path)
    for name, (about, added) in new.items():
        text = contents.get(name) or now.text(name) or f"# {about}\n@base <{plan.ids.base}> .\n"
        contents[name] = records.with_records(text, added)
    return contents


def _with_changed(text: str, change: Change, path: Path) -> str:
    if change.before is None:
        return text
    block = records.block(text, change.before.subject, path)
    if change.after is None:
        return records.without(text, block)
    return records.with_replaced(text, block, change.after)
