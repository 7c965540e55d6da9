"""`python -m fuzz`: run inputs of each format, print how many, and keep those that failed."""

import argparse
import importlib
import pkgutil
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import metrograph
from fuzz.formats import FORMATS
from fuzz.inputs import Format, Input, input_of
from fuzz.process import Finding, Outcome, apart, fuzz
from fuzz.samples import of_own, prepare
from fuzz.shrinking import shrunk
from metrograph.store.build import rules

_KEPT = 3  # inputs that are kept of each cause


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the fuzzer; return 1 if an input failed."""
    options = _parser().parse_args(arguments)
    _import_all()
    work = Path(tempfile.mkdtemp(prefix="metrograph-fuzz-")).resolve()
    try:
        apart(prepare, work)
        return _run(options, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same inputs")
    parser.add_argument("--inputs", type=int, default=2_000, help="inputs of each form (2,000)")
    parser.add_argument("--first", type=int, default=0, help="number of the first input (0)")
    parser.add_argument("--seconds", type=float, help="time for all forms; the rest is left out")
    parser.add_argument(
        "--format", action="append", choices=tuple(FORMATS), help="only this form; may be repeated"
    )
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"), help="where failures go")
    parser.add_argument("--replay", type=Path, help="run one file that was kept, of one --format")
    parser.add_argument("--samples", type=Path, metavar="DIR", help="more samples, of your own")
    parser.add_argument("--no-shrink", action="store_true", help="keep failures as they are")
    return parser


def _import_all() -> None:
    """Import metrograph and compile its rules, so that each process starts with them."""
    for module in pkgutil.walk_packages(metrograph.__path__, "metrograph."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    rules()


def _run(options: argparse.Namespace, work: Path) -> int:
    forms = [FORMATS[name] for name in options.format or FORMATS]
    if options.replay:
        return _replay(options, forms[0], work)
    ends = time.monotonic() + options.seconds if options.seconds else float("inf")
    failed = 0
    for number, form in enumerate(forms):
        now = time.monotonic()
        until = now + (ends - now) / (len(forms) - number)
        numbers = range(options.first, options.first + options.inputs)
        samples = apart(form.samples, work)
        if options.samples:
            samples += of_own(form, options.samples)
        outcome = fuzz(form, samples, work, options.seed, numbers, until, report=_say)
        failed += len(outcome.findings)
        _tell(form, outcome, options, time.monotonic() - now)
        _keep(form, samples, outcome, options, work)
    print(f"{'clean' if not failed else f'{failed} failed'}; seed {options.seed}")
    return 1 if failed else 0


def _say(finding: Finding) -> None:
    """Report a failure immediately, because a run takes long."""
    print(f"  {finding.number}: {finding.kind}: {finding.place}", file=sys.stderr, flush=True)


def _tell(form: Format, outcome: Outcome, options: argparse.Namespace, seconds: float) -> None:
    causes = len({finding.signature for finding in outcome.findings})
    short = "" if outcome.count >= options.inputs else f" of {options.inputs}: time is over"
    answers = ", ".join(f"{answer}: {n}" for answer, n in sorted(outcome.answers.items()))
    print(
        f"{form.name}: {outcome.count} inputs{short}, {len(outcome.findings)} failed"
        f" ({causes} causes), {seconds:.0f} s; {answers}",
        flush=True,
    )


def _keep(
    form: Format, samples: list[Input], outcome: Outcome, options: argparse.Namespace, work: Path
) -> None:
    """Write the first inputs of each cause to files, and print how to repeat them."""
    kept: dict[tuple[str, str], list[Finding]] = {}
    for finding in outcome.findings:
        kept.setdefault(finding.signature, []).append(finding)
    for (kind, place), findings in kept.items():
        print(f"  {len(findings)} x {kind}: {place}")
        for finding in findings[:_KEPT]:
            entered, _ = input_of(form, samples, options.seed, finding.number)
            if form.is_text and not options.no_shrink:
                entered = shrunk(form, entered, finding, options.seed, work)
            path = options.out / f"{form.name}-{options.seed}-{finding.number}" / entered.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(entered.data)
            path.with_name("finding.txt").write_text(finding.detail, encoding="utf-8")
            print(f"    python -m fuzz --format {form.name} --seed {options.seed}", end="")
            print(f" --first {finding.number} --inputs 1   # or --replay {path}", flush=True)


def _replay(options: argparse.Namespace, form: Format, work: Path) -> int:
    """Run one file, and print everything that is known of its failure."""
    path: Path = options.replay
    name = f"{path.parent.name}/{path.name}" if form.name == "turtle" else path.name
    entered = Input(name, path.read_bytes())
    same = Format(form.name, form.samples, lambda _rng, inputs: inputs[0], form.open_target)
    outcome = fuzz(same, [entered], work, options.seed, [options.first])
    for finding in outcome.findings:
        print(f"{finding.kind}: {finding.place}\n{finding.detail}")
    return 1 if outcome.findings else 0


if __name__ == "__main__":
    sys.exit(main())
