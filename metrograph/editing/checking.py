"""Finds what rules and shapes say against proposed records, and against others because of them."""

import contextlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from metrograph.editing.placement import Now
from metrograph.editing.rewriting import Rewrite
from metrograph.errors import CacheError
from metrograph.late import late_from
from metrograph.plan import Plan
from metrograph.store.findings import Finding
from metrograph.store.records import Record

if TYPE_CHECKING:
    from metrograph.store import trial, update, working
else:  # only checks need these
    trial, update, working = late_from("metrograph.store", "trial", "update", "working")


def check(plan: Plan, now: Now, *proposed: Record) -> list[Finding]:
    """Return what is found in the graph with proposed records as they would be, of the first.

    Of other records, only what is wrong with them by that: what was not found before.
    """
    iri = proposed[0].subject
    before, after = _before_and_after(plan, now, proposed)
    known = {_sign(finding) for finding in before}
    return [finding for finding in after if finding.focus == iri or _sign(finding) not in known]


def check_rewrite(plan: Plan, now: Now, rewrite: Rewrite) -> list[Finding]:
    """Return what would be wrong in the graph by a change of its files that is not wrong now."""
    new = [*rewrite.changed, *(addition.record for addition in rewrite.added)]
    before, after = _before_and_after(plan, now, new, rewrite.removed)
    known = {_sign(finding) for finding in before}
    return [finding for finding in after if _sign(finding) not in known]


def _before_and_after(
    plan: Plan, now: Now, proposed: Sequence[Record], removed: Sequence[str] = ()
) -> tuple[Iterable[Finding], Iterable[Finding]]:
    """Return what was found, and what would be found with records proposed, and others removed."""
    with contextlib.suppress(update.Wider, CacheError, OSError, RuntimeError):
        tried = trial.before_and_after(plan.built, now.files, proposed, removed)
        if tried is not None:
            return tried
    before = plan.findings
    return before, working.findings_with(now.engine, proposed, before, removed)


def _sign(finding: Finding) -> tuple[str, str, str | None, str | None]:
    return finding.shape, finding.focus, finding.path, finding.value
