"""Who may write or decide: the names that forms offer, and the one that a session used last."""

from collections import OrderedDict

from starlette.requests import Request

from metrograph.editing.choices import recorded
from metrograph.plan import Plan
from metrograph.text import folded
from metrograph.vocabulary import MG, Org
from metrograph.web.access import sessions_of
from metrograph.web.saving import coder_key

_MOST = 1_000  # sessions whose last name is remembered
_KINDS = (MG.Coder, MG.Body, MG.Member, Org.Organization)


def writers(plan: Plan) -> list[tuple[str, str]]:
    """Return who may be named (id, label): coders, then bodies, members and organisations."""
    return list(dict.fromkeys(choice for kind in _KINDS for choice in recorded(plan, kind)))


def known_writer(plan: Plan, name: str) -> str | None:
    """Return the id of who is meant by an id or a name, whatever its accents; else None."""
    wanted = folded(" ".join(name.split()))
    return next((id_ for id_, label in writers(plan) if wanted in (id_, folded(label))), None)


def remember(request: Request, by: str) -> None:
    """Remember who wrote last in the session of a request, so that forms offer the name again."""
    if name := sessions_of(request).name(request):
        last: OrderedDict[str, str] = request.app.state.last_writers
        last[name] = by
        last.move_to_end(name)
        if len(last) > _MOST:
            last.popitem(last=False)


def remembered(request: Request) -> str:
    """Return who wrote last in the session of a request, or nothing."""
    last: OrderedDict[str, str] = request.app.state.last_writers
    return last.get(sessions_of(request).name(request) or "", "")


def who_decides(plan: Plan, by: str, agent: str) -> tuple[str, str | None]:
    """Return the coder who decides, by id, and the name of one that is to be made.

    A name that is known is taken as known. A body, a member or an organisation decides under its
    own name.
    """
    known = known_writer(plan, by or agent)
    coders = {id_ for id_, _ in recorded(plan, MG.Coder)}
    if known in coders:
        return str(known), None
    name = plan.label(known) if known else agent
    key = coder_key(name)
    return key, None if key in coders else name
