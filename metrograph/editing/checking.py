"""Finds what rules and shapes say against proposed records, and against others because of them."""

from metrograph.editing.placement import Now
from metrograph.editing.rewriting import Rewrite
from metrograph.plan import Plan
from metrograph.store.findings import Finding
from metrograph.store.records import Record
from metrograph.store.working import findings_with


def check(plan: Plan, now: Now, *proposed: Record) -> list[Finding]:
    """Return what is found in the graph with proposed records as they would be, of the first.

    Of other records, only what is wrong with them by that: what was not found before.
    """
    before = plan.findings
    known = {_sign(finding) for finding in before}
    iri = proposed[0].subject
    return [
        finding
        for finding in findings_with(now.engine, proposed, before)
        if finding.focus == iri or _sign(finding) not in known
    ]


def check_rewrite(plan: Plan, now: Now, rewrite: Rewrite) -> list[Finding]:
    """Return what would be wrong in the graph by a change of its files that is not wrong now."""
    new = [*rewrite.changed, *(addition.record for addition in rewrite.added)]
    before = plan.findings
    known = {_sign(finding) for finding in before}
    findings = findings_with(now.engine, new, before, rewrite.removed)
    return [finding for finding in findings if _sign(finding) not in known]


def _sign(finding: Finding) -> tuple[str, str, str | None, str | None]:
    return finding.shape, finding.focus, finding.path, finding.value
