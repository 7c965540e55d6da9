"""`make bench`: measures the performance targets; exit code 1 if one is missed.

1. Building the shipped plan from an empty cache takes a tenth of the time of the plain stack.
2. The coverage of the built plan takes no longer than importing rdflib.
3. Time and memory grow no faster than the plan does, up to 100,000 activities.
4. On 10,000 activities, agreement takes at most 5 times as long as one scan of all claims, gaps and
   whatif at most 10 times as long as the coverage.
5. A page of the explorer takes at most 10 times as long as a static page, the coverage of 100,000
   activities at most 100 times. From start to first answer it takes at most 3 times as long as an
   import of rdflib and Starlette.
6. The matrix of the largest plan, with any filters, takes no more processor time than an import of
   rdflib.

7. Importing a table of 100,000 rows takes at most 10 times as long as reading them with Python's
   csv module and loading their triples in bulk.
8. Importing ten times as much IATI (50 MB) takes less than twice the memory.
9. After a changed label, the coverage of 10,000 activities takes at most 3 times the processor time
   of that of 100, and at most 1.5 seconds. To save a record of the shipped plan in the explorer
   takes at most 0.3 seconds, and 0.5 of 10,000 activities; a workbook with two changed rows, 2.5.

Whole processes are compared in turns, so that a busy machine slows both alike; the median of the
ratios counts. `--quick` leaves out the largest plan, `--write` rewrites docs/benchmarks.md.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
SHIPPED = HERE.parent / "graph" / "metropolis"
COVERAGE = (str(Path(sys.executable).with_name("metrograph")), "coverage", "--format", "json")
SIZES = (1_000, 10_000, 100_000)
LIBRARIES = ("rdflib", "pyoxigraph", "oxrdflib", "owlrl", "pyshacl", "networkx")
CLAIMS = 3  # of each coder on an activity, as in the shipped plan
BUILD_TARGET = 0.1
WARM_TARGET = 1.0
EVALUATED = 10_000  # activities
PAGE_TARGET = 10.0
LARGE_PAGE_TARGET = 100.0
START_TARGET = 3.0
IMPORT_TARGET = 10.0
STREAM_TARGET = 2.0
AGREEMENT_TARGET = 5.0
WHATIF_TARGET = 10.0
FILTER_TARGET = 1.0
LABEL_TARGET = 3.0
FEW = 100  # activities
LABEL_SECONDS = 1.5
SAVE_SECONDS = 0.3
LARGE_SAVE_SECONDS = 0.5
WORKBOOK_SECONDS = 2.5
WHATIF = ("whatif --without an activity", "whatif --without a coder")
GROWTH_TARGET = 1.2  # n log n, from 3 to 35 million quads, is 1.07; the rest is cache misses
PROMISED = ("whole build", "peak memory", "first answer", "next answer")
NOTICEABLE = 1.0  # seconds; the growth of shorter stages is noise
TEMPLATE = """\
# Benchmarks

`make bench` repeats these measurements; `bench/run.py --write` writes this page. Whole processes
are compared in turns, and the median of the ratios counts.

{day}, {machine}.

## The shipped plan

{shipped}

## Generated plans

Invented plans (`bench/plans.py`): two coders with up to {claims} claims each per activity; the
numbers of members, reports and values grow with the activities. Seconds are the processor time of a
stage; memory is the peak of the process up to the end of that stage. The rows up to the whole build
are of one process, those below of another, which opens the built plan. `make bench` without
`--quick` includes 100,000 activities, which takes about an hour.

{generated}

## Evaluations

{evaluations}

## The explorer

{explorer}

## Data in

{exchange}

## Changes

{changes}
"""

Stages = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Result:
    """One comparison: the measurement as a line of Markdown, and whether the target is met."""

    text: str
    kept: bool


def main() -> int:
    """Measure, print, and write the page if requested; return the exit code."""
    parser = argparse.ArgumentParser(description="Measure the performance targets of metrograph.")
    parser.add_argument("--quick", action="store_true", help="leave out the largest plan")
    parser.add_argument("--write", action="store_true", help="rewrite docs/benchmarks.md")
    options = parser.parse_args()
    sizes = SIZES[:-1] if options.quick else SIZES
    with TemporaryDirectory() as folder:
        results = [
            build(Path(folder)),
            warm(Path(folder)),
            *growth(Path(folder), sizes),
            filtered(Path(folder) / str(sizes[-1]), sizes[-1]),
            evaluation(Path(folder) / str(EVALUATED)),
            explorer(Path(folder)),
            large_page(Path(folder) / str(sizes[-1]), sizes[-1]),
            table_import(sizes[-1]),
            iati_import(),
            edits(Path(folder)),
        ]
    for result in results:
        print(result.text if result.kept else f"{result.text}\n**Missed.**", flush=True)
    if options.write:
        PAGE.write_text(page(results), encoding="utf-8")
    return 0 if all(result.kept for result in results) else 1


def run(command: Sequence[str], cache: Path | None = None) -> str:
    """Run a command with its own cache and return its output."""
    # As on a user's machine, where Python keeps what it has compiled:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    if cache:
        environment["METROGRAPH_CACHE"] = str(cache)
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def compare(
    ours: Callable[[], object], theirs: Callable[[], object], times: int
) -> tuple[float, float, float]:
    """Time two actions in turns; return both medians and the median of the ratios."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(times)]
    mine, other = zip(*pairs, strict=True)
    return median(mine), median(other), median(one / two for one, two in pairs)


def build(folder: Path, times: int = 1) -> Result:
    """Compare a build of the shipped plan with the plain stack."""
    caches = iter(range(times))
    mine, other, ratio = compare(
        lambda: run(COVERAGE, folder / f"cache-{next(caches)}"),
        lambda: run((sys.executable, str(HERE / "baseline.py"), str(SHIPPED))),
        times,
    )
    text = (
        f"Building the shipped plan and asking for its coverage: {mine:.1f} s; the plain stack "
        f"(`bench/baseline.py`): {other:.1f} s. Ratio {ratio:.3f}, at most {BUILD_TARGET}."
    )
    return Result(text, ratio <= BUILD_TARGET)


def warm(folder: Path, times: int = 20) -> Result:
    """Compare the coverage of the built plan with importing rdflib."""
    run(COVERAGE, folder / "warm")
    mine, other, ratio = compare(
        lambda: run(COVERAGE, folder / "warm"),
        lambda: run((sys.executable, "-c", "import rdflib")),
        times,
    )
    text = (
        f"`metrograph coverage --format json` once built: {1000 * mine:.0f} ms; "
        f'`python -c "import rdflib"`: {1000 * other:.0f} ms. '
        f"Ratio {ratio:.2f}, at most {WARM_TARGET}."
    )
    return Result(text, ratio <= WARM_TARGET)


def growth(folder: Path, sizes: Sequence[int]) -> Iterator[Result]:
    """Measure generated plans and yield a table, and how fast time and memory grow."""
    measured = {size: stages(folder / str(size), size) for size in sizes}
    yield Result("\n".join(table(measured)), kept=True)
    for small, large in pairwise(sizes):
        exponents = exponents_of(measured[small], measured[large], large / small)
        worst = max(exponents[name] for name in PROMISED if name in exponents)
        listed = ", ".join(f"{name} {exponent:.2f}" for name, exponent in exponents.items())
        text = (
            f"Growth from {small:,} to {large:,} activities, as an exponent (1 is linear): "
            f"{listed}. The whole build, its memory and the answers: at most {GROWTH_TARGET}. "
            "(Storing sorts, which takes more than linear time.)"
        )
        yield Result(text, worst <= GROWTH_TARGET)


def evaluation(folder: Path) -> Result:
    """Compare the evaluations of a generated, built plan with plain questions."""
    child = (sys.executable, str(HERE / "evaluation.py"), str(folder / "plan"))
    took: dict[str, float] = json.loads(run(child, folder / "cache"))
    ratios = {
        "agreement": (took["agreement"] / took["claims"], AGREEMENT_TARGET),
        "gaps": (took["gaps"] / took["coverage"], WHATIF_TARGET),
        **{name: (took[name] / took["coverage"], WHATIF_TARGET) for name in WHATIF},
    }
    listed = ", ".join(
        f"{name} {took[name]:.2f} s (ratio {ratio:.1f}, at most {most:g})"
        for name, (ratio, most) in ratios.items()
    )
    text = (
        f"On {EVALUATED:,} activities, a scan of all claims takes {took['claims']:.2f} s and the "
        f"coverage {took['coverage']:.2f} s. Agreement, with 1,000 bootstrap rounds, is compared "
        f"with the scan, the others with the coverage: {listed}."
    )
    return Result(text, all(ratio <= most for ratio, most in ratios.values()))


def filtered(folder: Path, size: int) -> Result:
    """Compare the matrix with each filter on the largest plan, which is built, with an import."""
    took: dict[str, float] = json.loads(
        run((sys.executable, str(HERE / "filters.py"), str(folder / "plan")), folder / "cache")
    )
    unit = took.pop("import rdflib")
    slowest = max(took, key=lambda name: took[name])
    text = (
        f"The matrix of {size:,} activities with {len(took)} choices of filters: the slowest "
        f"({slowest}) takes {1000 * took[slowest]:.0f} ms of processor time, an import of rdflib "
        f"{1000 * unit:.0f} ms. Ratio {took[slowest] / unit:.2f}, at most {FILTER_TARGET:g}."
    )
    return Result(text, took[slowest] / unit <= FILTER_TARGET)


def stages(folder: Path, size: int) -> Stages:
    """Generate a plan, build it in one process, open it in another; return the measurements."""
    plans = (sys.executable, str(HERE / "plans.py"), "--claims", str(CLAIMS))
    run((*plans, str(folder / "plan"), str(size)))
    child = (sys.executable, str(HERE / "stages.py"), str(folder / "plan"))
    built: dict[str, Any] = json.loads(run(child, folder / "cache"))["stages"]
    opened: dict[str, Any] = json.loads(run(child, folder / "cache"))["stages"]
    whole = {
        "seconds": sum(stage["seconds"] for name, stage in built.items() if "answer" not in name),
        "megabytes": max(stage["megabytes"] for stage in built.values()),
    }
    building = {name: stage for name, stage in built.items() if name not in opened}
    return {**building, "whole build": whole, **opened}


def exponents_of(small: Stages, large: Stages, factor: float) -> dict[str, float]:
    """Return the growth exponents of stages that take noticeable time, and of memory."""
    times = {
        name: log(stage["seconds"] / small[name]["seconds"], factor)
        for name, stage in large.items()
        if stage["seconds"] >= NOTICEABLE
    }
    peaks = [plan["whole build"]["megabytes"] for plan in (small, large)]
    return {**times, "peak memory": log(peaks[1] / peaks[0], factor)}


def table(measured: Mapping[int, Stages]) -> Iterator[str]:
    """Yield the lines of a table of seconds and peak memory: stages as rows, sizes as columns."""
    yield "| stage | " + " | ".join(f"{size:,} activities" for size in measured) + " |"
    yield "|---" * (1 + len(measured)) + "|"
    for name in next(iter(measured.values())):
        cells = [
            f"{plan[name]['seconds']:.2f} s, {plan[name]['megabytes']:,.0f} MB"
            for plan in measured.values()
        ]
        yield f"| {name} | " + " | ".join(cells) + " |"


def page(results: Sequence[Result]) -> str:
    """Return the text of docs/benchmarks.md."""
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}"
    texts = [result.text if result.kept else f"{result.text} **Missed.**" for result in results]
    return TEMPLATE.format(
        day=date.today(),
        machine=machine,
        claims=CLAIMS,
        shipped="\n\n".join(texts[:2]),
        generated="\n\n".join(texts[2:-6]),
        evaluations=texts[-6],
        explorer="\n\n".join(texts[-5:-3]),
        exchange="\n\n".join(texts[-3:-1]),
        changes=texts[-1],
    )


def explorer(folder: Path) -> Result:
    """Compare the explorer's pages of the shipped plan with a static page."""
    found: dict[str, Any] = json.loads(run((sys.executable, str(HERE / "web.py")), folder / "warm"))
    ratios: dict[str, float] = found["pages"]
    slowest = max(ratios, key=lambda path: ratios[path])
    text = (
        f"The explorer of the shipped plan, {len(ratios)} pages, 95th percentile of a page's time "
        f"relative to that of a static page: median {median(ratios.values()):.1f}, slowest "
        f"{ratios[slowest]:.1f} (`{slowest}`), at most {PAGE_TARGET:g}. 200 requests, 50 at once: "
        f"{found['errors']} errors. From start to first answer: {found['start']:.1f} times "
        f'`python -c "import rdflib, starlette"`, at most {START_TARGET:g}.'
    )
    kept = ratios[slowest] <= PAGE_TARGET and found["start"] <= START_TARGET
    return Result(text, kept and not found["errors"])


def large_page(folder: Path, size: int) -> Result:
    """Compare the coverage page of the largest generated, built plan with a static page."""
    child = (sys.executable, str(HERE / "web.py"), str(folder / "plan"), "--only", "/en/coverage")
    ratio: float = json.loads(run(child, folder / "cache"))["pages"]["/en/coverage"]
    text = (
        f"The coverage page of {size:,} activities, 95th percentile relative to that of a static "
        f"page: {ratio:.1f}, at most {LARGE_PAGE_TARGET:g}."
    )
    return Result(text, ratio <= LARGE_PAGE_TARGET)


def table_import(rows: int) -> Result:
    """Compare importing a table with reading its rows and loading its triples."""
    child = (sys.executable, str(HERE / "importing.py"), str(rows), "--turns", "1")
    found: dict[str, float] = json.loads(run(child))
    text = (
        f"A table of {rows:,} rows becomes a new plan (parse, map, check, write) in "
        f"{found['import']:.0f} s; Python's csv module and Oxigraph's bulk load take "
        f"{found['baseline']:.0f} s for the same rows and triples. Ratio {found['ratio']:.1f}, at "
        f"most {IMPORT_TARGET:g}; peak memory {found['megabytes']:,.0f} MB."
    )
    return Result(text, found["ratio"] <= IMPORT_TARGET)


def iati_import() -> Result:
    """Compare the memory for importing a small and a large IATI file."""
    found: dict[str, Any] = json.loads(run((sys.executable, str(HERE / "iati.py"))))
    ratio: float = found["peak of the last over the first"]
    peaks = [f"{found[size]['peak bytes'] / 1e6:,.0f} MB" for size in ("5 MB", "50 MB")]
    text = (
        f"Importing IATI: peak memory {peaks[0]} for a file of 5 MB, {peaks[1]} for one of 50 MB. "
        f"Ratio {ratio:.2f}, at most {STREAM_TARGET:g}."
    )
    return Result(text, ratio <= STREAM_TARGET)


def edits(folder: Path) -> Result:
    """Measure changes of small and large plans, which are generated where they are not yet."""
    plans = [folder / str(size) / "plan" for size in (FEW, EVALUATED)]
    for plan, size in zip(plans, (FEW, EVALUATED), strict=True):
        if not plan.exists():
            script = (sys.executable, str(HERE / "plans.py"), "--claims", str(CLAIMS))
            run((*script, str(plan), str(size)))
    child = (sys.executable, str(HERE / "edits.py"), *map(str, plans))
    took: dict[str, Any] = json.loads(run(child, folder / str(EVALUATED) / "cache"))
    label, save, workbook = took["label"], took["save"], took["workbook"]
    text = (
        f"Processor time of whole processes. The coverage after one label changed: "
        f"{label['small']:.2f} s of {FEW} activities, {label['large']:.2f} s of {EVALUATED:,} (at "
        f"most {LABEL_SECONDS:g}). Ratio {took['ratio']:.1f}, at most {LABEL_TARGET:g}. A save in "
        f"the explorer: {save['shipped']['save']:.2f} s on the shipped plan (at most "
        f"{SAVE_SECONDS:g}), {save['large']['save']:.2f} s on {EVALUATED:,} activities (at most "
        f"{LARGE_SAVE_SECONDS:g}); the page that shows it, for which the store is updated: "
        f"{save['shipped']['page']:.2f} s and {save['large']['page']:.2f} s. A workbook of "
        f"{workbook['rows']:g} rows, two of them changed: {workbook['seconds']:.2f} s (at most "
        f"{WORKBOOK_SECONDS:g})."
    )
    kept = (
        took["ratio"] <= LABEL_TARGET
        and label["large"] <= LABEL_SECONDS
        and save["shipped"]["save"] <= SAVE_SECONDS
        and save["large"]["save"] <= LARGE_SAVE_SECONDS
        and workbook["seconds"] <= WORKBOOK_SECONDS
    )
    return Result(text, kept)


if __name__ == "__main__":
    sys.exit(main())
