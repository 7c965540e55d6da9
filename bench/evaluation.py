"""Times a plan's evaluations and plain questions, and prints the seconds as JSON.

The plan is opened first (and built if necessary). All take turns, and the median counts.

    python bench/evaluation.py FOLDER
"""

import json
import sys
import time
from collections.abc import Callable
from statistics import median

import metrograph.plan

TURNS = 3


def main() -> None:
    """Time the evaluations of a plan."""
    plan = metrograph.plan.open_plan(sys.argv[1])
    activity = str(plan.rows("results-by-activity")[0]["activity"])
    timed: dict[str, Callable[[], object]] = {
        "coverage": plan.coverage,
        "claims": lambda: plan.rows("claims"),
        "agreement": lambda: plan.agreement(rounds=1_000),
        "gaps": lambda: plan.gaps().table,
        "whatif --without an activity": lambda: plan.whatif(activity).table,
        "whatif --without a coder": lambda: plan.whatif("coder/a").table,
    }
    seconds = {name: median(turns) for name, turns in measured(timed).items()}
    print(json.dumps(seconds))


def measured(timed: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Return how long each action takes, in turns."""
    found: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(TURNS):
        for name, action in timed.items():
            start = time.perf_counter()
            action()
            found[name].append(time.perf_counter() - start)
    return found


if __name__ == "__main__":
    main()
