"""Shortens an input that failed to one that fails in the same way."""

from pathlib import Path

from fuzz.inputs import Format, Input
from fuzz.process import Finding, Limits, fuzz

_TRIES = 40
_QUICK = Limits(processor=10, clock=60)


def shrunk(form: Format, entered: Input, finding: Finding, seed: int, work: Path) -> Input:
    """Return the input without the parts that its failure does not need, in at most 40 tries."""
    if finding.kind != "traceback":  # of hangs and memory, each try would take as long
        return entered
    data, size, tries = entered.data, len(entered.data) // 2, 0
    while size >= 1 and tries < _TRIES:
        place = 0
        while place < len(data) and tries < _TRIES:
            shorter = data[:place] + data[place + size :]
            tries += 1
            if _fails(form, Input(entered.name, shorter), finding, seed, work):
                data = shorter
            else:
                place += size
        size //= 2
    return Input(entered.name, data)


def _fails(form: Format, entered: Input, finding: Finding, seed: int, work: Path) -> bool:
    """Whether an input fails as the finding did, run with the same random generator."""
    same = Format(form.name, form.samples, lambda _rng, inputs: inputs[0], form.open_target)
    outcome = fuzz(same, [entered], work, seed, [finding.number], limits=_QUICK)
    return any(found.signature == finding.signature for found in outcome.findings)
