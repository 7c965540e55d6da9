"""Findings: what a check reports about a record, with its location and message."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from metrograph.messages import word
from metrograph.store.turtle import Place
from metrograph.text import joined, tagged

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """A finding: how grave, by which shape, about which record, and where it is.

    `shape` is the local name of the shape; `focus`, `path` and `value` are IRIs or literal text;
    `messages` holds one sentence per language; `file` and `line` are known for records of files.
    `note_in` is the language of a value that is a note in the plan, worth showing as it is;
    `notes` are the texts of the note that the sentences end with, by language.
    """

    severity: Severity
    shape: str
    focus: str
    messages: Mapping[str, str]
    path: str | None = None
    value: str | None = None
    file: str | None = None
    line: int | None = None
    note_in: str | None = None
    notes: Mapping[str, str] = field(default_factory=dict)

    def message(self, lang: str) -> str:
        """Return the sentence in a language, or in English, or in whatever there is.

        It keeps its language, and that of its note.
        """
        for language in (lang, "en", *self.messages):
            if text := self.messages.get(language):
                spoken = _closest(self.notes, language) if self.notes else language
                note = self.notes.get(spoken, "")
                return joined(tagged(text.removesuffix(note), language), tagged(note, spoken))
        return ""


def located(findings: Iterable[Finding], where: Mapping[str, Place]) -> list[Finding]:
    """Return the findings with the place of their record, in order of gravity and place."""
    placed = [
        replace(finding, file=place.file, line=place.line)
        if (place := where.get(finding.focus))
        else finding
        for finding in findings
    ]
    return sorted(set_of(placed), key=_order)


def set_of(findings: Iterable[Finding]) -> list[Finding]:
    """Return each finding once: shapes that overlap may say the same twice.

    What is found on a note in several languages is one finding, whose sentence shows the note.
    """
    unique: dict[tuple[str | None, ...], Finding] = {}
    notes: dict[tuple[str | None, ...], dict[str, str]] = {}
    for finding in findings:
        key: tuple[str | None, ...] = (finding.shape, finding.focus, finding.path)
        if finding.note_in:
            notes.setdefault(key, {})[finding.note_in] = finding.value or ""
        else:
            key = (*key, finding.value, finding.message("en"))
        unique[key] = finding
    return [
        _with_note(finding, notes[key]) if key in notes else finding
        for key, finding in unique.items()
    ]


def _with_note(finding: Finding, texts: Mapping[str, str]) -> Finding:
    """Show a note after the sentence of its shape, in each language that the sentence has."""
    messages = {
        lang: f"{text}{word('colon', lang)} {texts[_closest(texts, lang)]}"
        for lang, text in finding.messages.items()
    }
    return replace(finding, value=None, messages=messages, note_in=None, notes=dict(texts))


def _closest(texts: Mapping[str, str], lang: str) -> str:
    """Return a language that texts are in: the one asked for, or English, or the first."""
    return next((other for other in (lang, "en") if texts.get(other)), min(texts))


def _order(finding: Finding) -> tuple[int, str, int, str, str, str]:
    return (
        SEVERITIES.index(finding.severity),
        finding.file or "",
        finding.line or 0,
        finding.focus,
        finding.shape,
        finding.value or "",
    )


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity.

    >>> count([])
    {'violation': 0, 'warning': 0, 'info': 0}
    """
    severities = Counter(finding.severity for finding in findings)
    return {severity: severities[severity] for severity in SEVERITIES}


def to_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values that JSON can hold."""
    return {**asdict(finding), "messages": dict(finding.messages)}


def from_json(values: Mapping[str, Any]) -> Finding:
    """Return the finding that `to_json` wrote."""
    return Finding(**values)
