"""The command that lists contested claims and decides on them."""

import os
from dataclasses import dataclass
from datetime import date

from metrograph.analysis.adjudication import Order, decision, scope_decision
from metrograph.cli.command import Exclusive, argument, command, option
from metrograph.cli.parameters import Choice, Day, Id
from metrograph.cli.terminal import Session, opened, say, show_table
from metrograph.editing.saving import keep_decision
from metrograph.errors import UsageError
from metrograph.messages import word
from metrograph.paths import folder_of
from metrograph.plan import Plan
from metrograph.store.writing import locked


@dataclass(frozen=True)
class Verdict:
    """What is decided on, how, by whom and why."""

    unit: str | None
    category: str | None
    accept: bool
    reject: bool
    out_of_scope: bool
    in_scope: bool
    by: str | None
    because: str | None
    basis: str | None
    name: str | None
    supersede: bool
    as_of: date | None

    @property
    def on_scope(self) -> bool:
        """Whether it is on the scope of an intersection, not on a claim."""
        return self.out_of_scope or self.in_scope


@command(
    "adjudicate",
    "metrograph adjudicate activity/2023/avantia result/2.2.7 --accept --by board "
    '--name "Board" --because "The project is such a tool." --graph graph/metropolis',
    into=Verdict,
    exclusive=Exclusive([("accept", "reject", "out_of_scope", "in_scope")]),
)
@argument(
    "unit", type=Id("Activity", "Intersection"), required=False, metavar="UNIT", help="arg_unit"
)
@argument("category", type=Id(), required=False, metavar="CATEGORY", help="arg_category")
@option("--accept", is_flag=True, help="opt_accept")
@option("--reject", is_flag=True, help="opt_reject")
@option("--out-of-scope", is_flag=True, help="opt_out_of_scope")
@option("--in-scope", is_flag=True, help="opt_in_scope")
@option("--by", type=Id("Coder", keys=""), metavar="KEY", help="opt_decision_by")
@option("--because", metavar="TEXT", help="opt_because")
@option("--basis", type=Choice(("stated", "implied")), help="opt_decision_basis")
@option("--name", metavar="NAME", help="opt_decision_name")
@option("--supersede", is_flag=True, help="opt_supersede")
@option("--as-of", type=Day(), metavar="DAY", help="opt_decision_as_of")
def adjudicate(session: Session, chosen: Verdict) -> int:
    """List contested claims or the decisions on one, or decide."""
    if chosen.on_scope or chosen.accept or chosen.reject:
        return _decide(session, chosen)
    of_decision = (chosen.by, chosen.because, chosen.basis, chosen.name, chosen.as_of)
    if any(value is not None for value in of_decision) or chosen.supersede:
        raise UsageError("Give the decision: --accept, --reject, --out-of-scope or --in-scope.")
    plan = opened(session)
    if chosen.unit is not None and chosen.category is not None:
        show_table(plan.history(chosen.unit, chosen.category), session)
    elif chosen.unit is not None:
        raise UsageError("Give both UNIT and CATEGORY, or neither to list the contested claims.")
    else:
        show_table(plan.contested(), session)
    return 0


def _decide(session: Session, chosen: Verdict) -> int:
    """Write a decision into the plan's files, and show the pair's history with it."""
    unit = _checked(session, chosen)
    with locked(folder_of(session.graph)):
        _write(opened(session), unit, session, chosen)
        plan = opened(session)  # while no other changes the files
    if chosen.on_scope:
        show_table(plan.query("decisions-on-scope"), session)
    else:
        show_table(plan.history(unit, chosen.category or ""), session)
    return 0


def _checked(session: Session, chosen: Verdict) -> str:
    """Return what is decided on, or raise `UsageError` for a decision that is not whole."""
    if not chosen.unit or bool(chosen.category) == chosen.on_scope:
        raise UsageError(
            "--out-of-scope and --in-scope require one INTERSECTION; --accept and "
            "--reject require UNIT and CATEGORY."
        )
    if not chosen.by:
        raise UsageError("A decision requires an adjudicator: add --by with the adjudicator's key.")
    if chosen.on_scope and chosen.basis:
        raise UsageError(
            "--basis is only for --accept and --reject: a decision on the scope has no basis."
        )
    today = date.today()
    if chosen.as_of and chosen.as_of > today:
        raise UsageError(
            "A decision cannot be dated in the future: --as-of may be {today} at the latest.",
            today=today,
        )
    if not session.graph and not os.environ.get("METROGRAPH_GRAPH"):
        raise UsageError("A decision changes the plan's files: give their folder with --graph DIR.")
    return chosen.unit


def _write(plan: Plan, unit: str, session: Session, chosen: Verdict) -> None:
    order = _order(plan, session.lang, chosen)
    if chosen.on_scope:
        records = scope_decision(plan, plan.ids, unit, order)
    else:
        records = decision(plan, plan.ids, unit, chosen.category or "", order)
    path = keep_decision(plan, records)
    say(word("written_to", session.lang).format(plan.ids.short(records[-1].subject), path))


def _order(plan: Plan, lang: str, chosen: Verdict) -> Order:
    return Order(
        by=f"coder/{(chosen.by or '').removeprefix('coder/')}",
        accepts=chosen.accept or chosen.in_scope,
        because=chosen.because or "",
        as_of=chosen.as_of or date.today(),
        lang=lang,
        languages=plan.built.languages,
        name=chosen.name,
        replace=chosen.supersede,
        basis=chosen.basis,
    )
