"""Makes records of a person's own list of activities: the activities, and claims of a named coder.

Such a list has a column of challenges or themes. What stands there is a person's opinion of an
activity, so that it becomes a claim of that person, and not a fact about the activity.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from metrograph.editing.elsewhere import meant
from metrograph.errors import Text, UsageError
from metrograph.exchange.workbook.forms import form_of
from metrograph.exchange.workbook.rows import Entry
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.reading.sheets import Sheet
from metrograph.text import folded
from metrograph.vocabulary import MG

CODER_PLACE = "--coder"  # where the coder of a list stands: no row names one
_AT = "place"  # the field of an activity that names where it was


class CoderError(UsageError):
    """A list claims something, and nobody says whose claims these are."""


@dataclass(frozen=True)
class OwnList:
    """Where a list comes from: its name, the digest of its file, its rows, and who claims.

    With `creates_places`, places that the plan does not have are made.
    """

    name: str
    digest: str
    rows: int
    coder: str | None
    creates_places: bool = False


def own_list(
    path: Path, sheets: Sequence[Sheet], coder: str | None, creates_places: bool = False
) -> OwnList:
    """Return what identifies a list that is read from a file."""
    last = max((row.number for sheet in sheets for row in sheet.rows), default=1)
    return OwnList(
        path.name, hashlib.sha256(path.read_bytes()).hexdigest(), last, coder, creates_places
    )


def with_claims(plan: Plan, entries: Sequence[Entry], of: OwnList) -> list[Entry]:
    """Return the entries of a list with its source, its coder, and the claims of its columns.

    Raises `CoderError` where there are claims and nobody says whose.
    """
    claims = [claim for entry in entries for claim in _claims(plan, entry, of)]
    if claims and not of.coder:
        raise CoderError(
            Text.of(
                "The columns of challenges and themes become claims of a coder. Say whose they "
                "are: --coder NAME."
            )
        )
    activities = [
        entry
        if entry.kind != "Activity" or "citation" in entry.values
        else replace(entry, values={**entry.values, "citation": (_citation(entry, of),)})
        for entry in entries
    ]
    cites = any(_citation(entry, of) in entry.values.get("citation", ()) for entry in activities)
    source = [_source(plan, of)] if cites or claims or of.creates_places else []
    coder = [_coder(plan, of)] if claims and not _known_coder(plan, of) else []
    places = _places(plan, entries, of) if of.creates_places else []
    return [*source, *coder, *places, *activities, *claims]


def new_places(plan: Plan, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the names of places that activities name and the plan does not have."""
    return tuple(name for name, _ in _unknown(plan, entries).values())


def _unknown(plan: Plan, entries: Sequence[Entry]) -> dict[str, tuple[str, Entry]]:
    """Return each new place as it is written first, and the entry there, by its folded name."""
    kinds = frozenset({MG.Place})
    unknown: dict[str, tuple[str, Entry]] = {}
    for entry in entries:
        for text in entry.values.get(_AT, ()):
            pieces = (
                []
                if meant(plan, text, kinds)
                else [" ".join(name.split()) for name in re.split("[,;|]", text)]
            )
            for name in pieces:
                if name and not meant(plan, name, kinds) and "/" not in name:
                    unknown.setdefault(folded(name), (name, entry))
    return unknown


def _places(plan: Plan, entries: Sequence[Entry], of: OwnList) -> list[Entry]:
    made = []
    for name, entry in _unknown(plan, entries).values():
        labels = {f"label.{tag}": (name,) for tag in _languages(plan)}
        where = entry.places.get(_AT, entry.row)
        citation = entry.values.get("citation") or (_citation(entry, of),)
        made.append(Entry("Place", None, {**labels, "citation": citation}, {}, where))
    return made


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
    return Entry("Coder", None, labels, {}, CODER_PLACE)


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
