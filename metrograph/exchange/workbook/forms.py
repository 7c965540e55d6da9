"""Makes the forms of the kinds of records that sheets may list, and the titles of the sheets."""

from collections.abc import Mapping
from functools import cache

from metrograph.editing.forms import Form, form
from metrograph.messages import word
from metrograph.plan import Plan

KINDS = ("Activity", "AlignmentClaim", "Observation", "Member", "Coding", "Indicator")


@cache
def forms(plan: Plan) -> Mapping[str, Form]:
    """Return the forms of the kinds that sheets may have, made once for a plan."""
    return {kind: form(plan, kind) for kind in KINDS}


@cache
def title(kind: str, lang: str) -> str:
    """Return the name of the sheet of a kind."""
    called = word(f"many_{kind}", lang)
    return called[:1].upper() + called[1:]
