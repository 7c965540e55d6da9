"""The pages that list the kinds of records, and the records of a kind, to add and edit them."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from metrograph.editing.choices import recorded
from metrograph.editing.forms import class_of, form, kind_of, kinds
from metrograph.editing.moving import is_movable
from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.text import folded
from metrograph.web.access import kept_out
from metrograph.web.pages import ROWS, lang_of, page, plan_of, state_of
from metrograph.web.site import State

USUAL = "Activity"  # the kind that a page is of, where the address names none

_GROUPS = {
    "kinds_plan": (
        "VisionTheme", "Challenge", "WorkArea", "CrosscuttingFactor", "Level", "ActionLine", "Axis",
        "Result", "PlanElement", "KeyIdea", "Intersection", "StrategicPlan",
    ),
    "kinds_work": (
        "Activity", "Initiative", "Event", "Milestone", "OutputType", "Audience", "PartnerGroup",
    ),
    "kinds_values": ("Indicator", "Observation", "Unit", "CountUnit", "Status", "StatusReport"),
    "kinds_who": (
        "Member", "Organization", "Body", "Membership", "Role", "Place", "Country", "Region",
    ),
    "kinds_evidence": ("Source", "Document", "Section", "Coder", "Coding", "AlignmentClaim"),
}  # fmt: skip
_REST = "kinds_rest"  # all others, so that no kind is ever left out


@dataclass(frozen=True)
class Kind:
    """A kind of record: its name, its label, and how many records of it there are."""

    name: str
    label: str
    number: int


def grouped(state: State, lang: str) -> list[tuple[str, list[Kind]]]:
    """Return all kinds of records that have forms, in groups with their headings."""
    plan = state.plan(lang)
    every = {kind: plan.label(class_of(kind)) for kind in kinds()}
    held = state.known(
        "kinds", lambda: {kind: len(recorded(plan, class_of(kind))) for kind in every}
    )
    grouped_names = {name for names in _GROUPS.values() for name in names}
    rest = sorted((name for name in every if name not in grouped_names), key=every.__getitem__)
    groups = {**_GROUPS, _REST: tuple(rest)}
    return [
        (word(key, lang), [Kind(name, every[name], held[name]) for name in names if name in every])
        for key, names in groups.items()
    ]


def records_of(plan: Plan, kind: str, words: str = "") -> list[tuple[str, str]]:
    """Return the ids and labels of the records of a kind, in the order of the plan.

    With `words`, only those whose label has each of them, whatever accents and case.
    """
    wanted = folded(words).split()
    return [
        (name, label)
        for name, label in recorded(plan, class_of(kind))
        if all(part in folded(label) for part in wanted)
    ]


def start(request: Request) -> Response:
    """Return the page to choose what to add, or the record to edit."""
    if refused := kept_out(request):
        return refused
    return page(
        request,
        "edit-start.html",
        groups=grouped(state_of(request), lang_of(request)),
        secret=True,
    )


def list_kind(request: Request) -> Response:
    """Return the records of a kind in the order of the plan, each with what can be done with it."""
    if refused := kept_out(request):
        return refused
    plan = plan_of(request)
    wanted = form(plan, request.query_params.get("kind", USUAL))
    words = request.query_params.get("q", "").strip()
    return page(
        request,
        "edit-kind.html",
        kind=wanted,
        words=words,
        records=records_of(plan, wanted.kind, words),
        most=ROWS,
        movable=is_movable(wanted),
        deleted="deleted" in request.query_params,
        secret=True,
    )


def what_can_be_done(state: State, plan: Plan, name: str) -> dict[str, bool]:
    """Return whether a record has a form, and whether it can be moved."""
    kind = kind_of(plan, name)
    movable = kind and state.known(("movable", kind), lambda: is_movable(form(plan, kind)))
    return {"is_record": bool(kind), "is_movable": bool(movable)}
