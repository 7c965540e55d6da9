"""Makes records of a person's own list of activities: the activities, and claims of a named coder.

Such a list has a column of challenges or themes. What stands there is a person's opinion of an
activity, so that it becomes a claim of that person, and not a fact about the activity.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from metrograph.editing.elsewhere import meant
from metrograph.errors import UsageError
from metrograph.exchange.workbook.forms import form_of
from metrograph.exchange.workbook.rows import Entry
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.reading.sheets import Sheet
from metrograph.vocabulary import MG

_PLACE = "--coder"


@dataclass(frozen=True)
class OwnList:
    """Where a list comes from: its name, the digest of its file, its rows, and who claims."""

    name: str
    digest: str
    rows: int
    coder: str | None


def own_list(path: Path, sheets: Sequence[Sheet], coder: str | None) -> OwnList:
    """Return what identifies a list that is read from a file."""
    last = max((row.number for sheet in sheets for row in sheet.rows), default=1)
    return OwnList(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), last, coder)


def with_claims(plan: Plan, entries: Sequence[Entry], of: OwnList) -> list[Entry]:
    """Return the entries of a list with its source, its coder, and the claims of its columns.

    Raises `UsageError` where there are claims and nobody says whose.
    """
    claims = [claim for entry in entries for claim in _claims(plan, entry, of)]
    if claims and not of.coder:
        raise UsageError(
            "The columns of challenges and themes become claims of a coder. Say whose they are: "
            "--coder NAME."
        )
    activities = [
        entry
        if entry.kind != "Activity" or "citation" in entry.values
        else replace(entry, values={**entry.values, "citation": (_citation(entry, of),)})
        for entry in entries
    ]
    cites = any(_citation(entry, of) in entry.values.get("citation", ()) for entry in activities)
    source = [_source(plan, of)] if cites or claims else []
    coder = [_coder(plan, of)] if claims and not _known_coder(plan, of) else []
    return [*source, *coder, *activities, *claims]


def _claims(plan: Plan, entry: Entry, of: OwnList) -> list[Entry]:
    """Return a claim for each category that a row names, and no coding: a claim brings its own."""
    coder = _known_coder(plan, of) or of.coder or ""
    reason = word("reason_of_list", plan.lang).format(of.name)
    tag = _language(plan)
    made = []
    for name, texts in entry.claims.items():
        for text in _each(plan, texts):
            values = {
                "onActivity": (entry.row,),
                "wasAttributedTo": (coder,),
                name: (text,),
                "basis": ("mg:notRecorded",),
                f"reason.{tag}": (reason,),
                "citation": entry.values.get("citation") or (_citation(entry, of),),
            }
            place = entry.places[name]
            made.append(Entry("AlignmentClaim", None, values, {name: place}, place))
    return made


def _each(plan: Plan, texts: Sequence[str]) -> list[str]:
    """Return names one by one: each category is a claim, and names may be in any language."""
    each: list[str] = []
    for text in texts:
        pieces = [piece.strip() for piece in text.split(",")]
        each += pieces if all(meant(plan, piece) for piece in pieces) else [text]
    return list(dict.fromkeys(each))


def _citation(entry: Entry, of: OwnList) -> str:
    """Return a citation of a row in the list, by the number at the end of its place."""
    row = entry.row.rpartition("!")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f"{of.name}, line {row}"


def _source(plan: Plan, of: OwnList) -> Entry:
    labels = {f"label.{tag}": (of.name,) for tag in _languages(plan)}
    counted = {"sha256": (of.digest,), "lineCount": (str(of.rows),)}
    return Entry("Source", None, {**labels, **counted}, {}, of.name)


def _coder(plan: Plan, of: OwnList) -> Entry:
    labels = {f"label.{tag}": (of.coder or "",) for tag in _languages(plan)}
    return Entry("Coder", None, labels, {}, _PLACE)


def _known_coder(plan: Plan, of: OwnList) -> str | None:
    """Return the id of the coder of a list, by id or name, if the plan has that coder."""
    ids = meant(plan, of.coder or "", frozenset({MG.Coder}))
    written = [name for name, _ in _choices(plan) if name == of.coder]
    return next(iter((*written, *ids)), None)


def _choices(plan: Plan) -> tuple[tuple[str, str], ...]:
    fields = form_of(plan, "AlignmentClaim").fields
    return next(field.choices for field in fields if field.name == "wasAttributedTo")


def _languages(plan: Plan) -> tuple[str, ...]:
    fields = form_of(plan, "Activity").fields
    return next(field.languages for field in fields if field.name == "label")


def _language(plan: Plan) -> str:
    """Return the language in which a list is written: the reader's, if the plan has it."""
    tags = _languages(plan)
    return plan.lang if plan.lang in tags else tags[0]
