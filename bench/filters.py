"""A plan folder that is built in, what its matrix takes with each filter out, as JSON.

Seconds are processor time in one process: of an import of rdflib, with which the others are
compared, and of the matrix as text with filters that a person may combine.

    python bench/filters.py FOLDER
"""

import json
import subprocess
import sys
import time
from resource import RUSAGE_CHILDREN, getrusage

import metrograph.plan
from metrograph.query.filters import Filters

NARROWED = {
    "none": Filters(),
    "year": Filters(year=2023),
    "line": Filters(line="line/1"),
    "output": Filters(output="output-type/1"),
    "region": Filters(region="region/world"),
    "any claim": Filters(claims="any"),
    "one coder, implied": Filters(claims="coder:b", basis="implied"),
    "stated, one passage, a year": Filters(basis="stated", evidence="same-passage", year=2023),
}


def main() -> None:
    """Ask for each matrix once, and print how long it took."""
    plan = metrograph.plan.open_plan(sys.argv[1])
    took: dict[str, float] = {}
    for name, filters in NARROWED.items():
        start = time.process_time()
        str(plan.coverage(filters))
        took[name] = time.process_time() - start
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run((sys.executable, "-c", "import rdflib"), check=True)
    after = getrusage(RUSAGE_CHILDREN)
    took["import rdflib"] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps(took))


if __name__ == "__main__":
    main()
