"""Makes the records that new rows bring with them, such as the intersections of a new theme."""

from collections.abc import Sequence

from metrograph.editing.companions import companions
from metrograph.editing.placement import Now
from metrograph.exchange.workbook.changes import Change
from metrograph.exchange.workbook.forms import form_of
from metrograph.plan import Plan
from metrograph.store.records import Record
from metrograph.vocabulary import RDF


def with_companions(plan: Plan, now: Now, made: Sequence[Change]) -> list[Change]:
    """Return changes with the records that the added ones need and neither files nor rows have.

    Each stands at the row that needs it. `now` learns of all that is added.
    """
    added = [change for change in made if change.what == "added" and change.after]
    for change in added:
        learn(now, change.after)
    needed: list[Change] = []
    for change in added:
        if change.after is None:
            continue
        for companion in companions(plan, now, form_of(plan, change.kind), change.after):
            record = companion.record
            kind = dict(record.facts)[RDF.type][0].value
            name = plan.ids.short(record.subject)
            needed.append(Change("added", name, kind, change.row, None, record, {}))
            learn(now, record)
    return [*made, *needed]


def learn(now: Now, record: Record | None) -> None:
    """Add to what the files assert what a record is going to say."""
    if record:
        now.engine.add(record.triples())
