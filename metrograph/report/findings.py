"""Reports the findings of `metrograph check`: as a table or JSON, with an exit code."""

import json
from collections.abc import Iterable

from metrograph.messages import word
from metrograph.plan import Plan
from metrograph.report.omissions import sentence_of_files, unread_files
from metrograph.store.findings import SEVERITIES, Finding, Severity, count
from metrograph.tables.table import Column, Table


def listed(findings: Iterable[Finding], least: Severity) -> list[Finding]:
    """Return the findings that are at least as grave."""
    kept = SEVERITIES[: SEVERITIES.index(least) + 1]
    return [finding for finding in findings if finding.severity in kept]


def exit_code(findings: Iterable[Finding]) -> int:
    """Return 1 where a violation was found, else 0."""
    return int(any(finding.severity == "violation" for finding in findings))


def to_json(plan: Plan, findings: list[Finding]) -> str:
    """Return the report as JSON; `conforms` means that there is no violation in what was read.

    `notRead` names the files of RDF that were not.
    """
    value = {
        "conforms": exit_code(plan.findings) == 0,
        "notRead": list(unread_files(plan.built.folder)),
        "counts": count(plan.findings),
        "findings": [
            {
                "severity": finding.severity,
                "shape": finding.shape,
                "id": plan.ids.short(finding.focus),
                "label": plan.label(finding.focus),
                "path": finding.path and plan.ids.short(finding.path),
                "value": finding.value and plan.ids.short(finding.value),
                "message": finding.message(plan.lang),
                "file": finding.file,
                "line": finding.line,
            }
            for finding in findings
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def table(plan: Plan, findings: list[Finding], least: Severity) -> Table:
    """Return the report as a table, with the verdict as its title and the counts as its note."""
    lang = plan.lang
    counts = count(plan.findings)
    columns = tuple(
        Column(name, word(name, lang)) for name in ("severity", "where", "record", "finding")
    )
    rows = tuple(
        (
            word(finding.severity, lang),
            f"{finding.file}:{finding.line}" if finding.file else "",
            plan.ids.short(finding.focus),
            finding.message(lang),
        )
        for finding in findings
    )
    unread = sentence_of_files(plan)
    passed = "conforms_read" if unread else "conforms"
    verdict = word("conforms_not" if counts["violation"] else passed, lang)
    colon = word("colon", lang)
    note = ", ".join(f"{word(severity, lang)}{colon} {counts[severity]}" for severity in SEVERITIES)
    if least != "info" and counts["info"]:
        note += f"\n{word('more', lang)}"
    if unread:
        note += f"\n{unread}"
    return Table(verdict, columns, rows, note, lang, empty="")
