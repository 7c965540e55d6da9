"""Makes the forms of the kinds of records that sheets may list, and the titles of the sheets."""

from functools import cache

from metrograph.editing import forms
from metrograph.editing.countries import with_countries
from metrograph.editing.forms import Form
from metrograph.messages import word
from metrograph.plan import Plan

GUESSED = ("Activity", "AlignmentClaim", "Observation", "Member", "Coding", "Indicator")
# These have columns of their own, by which a sheet is known; the others by the sheet's name only.
KINDS = (
    *GUESSED,
    "Organization",
    "Place",
    "PartnerGroup",
    "Body",
    "Initiative",
    "Coder",
    "Source",
    "VisionTheme",
    "Challenge",
    "WorkArea",
    "Level",
    "PlanElement",
    "Axis",
    "ActionLine",
    "Result",
    "OutputType",
    "CrosscuttingFactor",
)


@cache
def form_of(plan: Plan, kind: str) -> Form:
    """Return the form of a kind or class (its IRI), with all countries, made once for a plan."""
    made = forms.form_of(plan, kind) if ":" in kind else forms.form(plan, kind)
    return with_countries(plan, made)


@cache
def title(kind: str, lang: str) -> str:
    """Return the name of the sheet of a kind."""
    called = word(f"many_{kind}", lang)
    return called[:1].upper() + called[1:]
