"""Says which claims are provisional: those about an activity that only one coder has coded."""

from dataclasses import replace

from metrograph.messages import word
from metrograph.query.answers import text
from metrograph.tables.table import Table
from metrograph.web.site import State


def coded_once(state: State) -> frozenset[str]:
    """Return the activities that exactly one coder has coded."""
    rows = state.known("pending", lambda: state.plan().rows("activities-pending"))
    return frozenset(text(row["activity"]) for row in rows if row["coders"] == 1)


def note(state: State, lang: str, activity: str) -> str:
    """Return that the claims about an activity are provisional, or nothing where they are not."""
    return word("claims_provisional", lang) if activity in coded_once(state) else ""


def with_note(state: State, table: Table, activity: str) -> Table:
    """Return a table of claims about an activity, with a note where they are provisional."""
    notes = filter(None, (table.note, note(state, table.lang, activity)))
    return replace(table, note="\n".join(notes))
