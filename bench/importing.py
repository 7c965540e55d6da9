"""Times the import of a table against its basic steps, and prints the seconds as JSON.

A process imports the table of an invented plan with `metrograph import --new` (parse, map,
validate, write). In turns with it, another process reads the same rows with Python's csv module and
loads the triples that the import wrote with Oxigraph's bulk load.

    python bench/importing.py [ROWS]
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROWS = 100_000
TURNS = 3  # the median counts
_BASELINE = """
import csv, io, sys
import pyoxigraph as ox

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.reader(file))
store = ox.Store()
for path in sys.argv[2:]:
    store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
"""


def main() -> None:
    """Measure an import and its baseline in turns."""
    parser = argparse.ArgumentParser(description="Measure the import of a table.")
    parser.add_argument("rows", nargs="?", type=int, default=ROWS)
    parser.add_argument("--turns", type=int, default=TURNS)
    options = parser.parse_args()
    rows = options.rows
    with TemporaryDirectory() as name:
        table = Path(name) / "plan.csv"
        write(table, rows)
        ours, theirs = zip(
            *(turn(table, Path(name) / str(at)) for at in range(options.turns)), strict=True
        )
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({
        "rows": rows, "import": median(ours), "baseline": median(theirs),
        "ratio": median(ratios), "megabytes": peak,
    }))  # fmt: skip


def write(path: Path, rows: int) -> None:
    """Write the table of a plan: three levels, status, progress, dates, owner, budget, a target."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Goal", "Objective", "Action", "Description", "Status", "Progress", "Start",
                      "End", "Owner", "Budget", "Target 2030"])  # fmt: skip
        for at in range(rows):
            goal, objective = at % 7, at % 77
            out.writerow([
                f"Goal {goal}", f"Objective {goal}.{objective}", f"Action number {at}",
                f"What is done in action {at}, with whom, and what it is for.",
                ("planned", "under way", "done")[at % 3], f"{at % 101} %",
                f"2024-{at % 12 + 1:02}-{at % 28 + 1:02}", f"2026-{at % 12 + 1:02}-01",
                f"Department {at % 23}", 1_000 + at, at % 500,
            ])  # fmt: skip


def turn(table: Path, folder: Path) -> tuple[float, float]:
    """Return the seconds of the import, and those of its steps."""
    command = (sys.executable, "-m", "metrograph", "import", str(table), "--new", str(folder))
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    between = time.perf_counter()
    files = sorted(map(str, folder.glob("*.ttl")))
    subprocess.run((sys.executable, "-c", _BASELINE, str(table), *files), check=True)
    return between - begun, time.perf_counter() - between


if __name__ == "__main__":
    main()
