"""Measures the stages of opening and querying a plan folder, and prints them as JSON.

With an empty cache (METROGRAPH_CACHE) the plan is built; otherwise it is only opened. `seconds` is
the time of a stage, `megabytes` the peak memory of this process up to its end.

    python bench/stages.py FOLDER
"""

import json
import resource
import sys
import time

import metrograph.plan
from metrograph.store.reports import Notice, Step

STAGES = {"reading": "load", "inferring": "infer", "checking": "validate", "storing": "store"}


class Watch:
    """Records the time of each stage, and the peak memory up to its end."""

    def __init__(self) -> None:
        self.stages: dict[str, dict[str, float]] = {}
        self._stage = "open"
        self._start = time.process_time()

    def next(self, stage: str) -> None:
        """End the running stage and begin another."""
        now = time.process_time()
        spent = {"seconds": round(now - self._start, 4), "megabytes": round(peak())}
        self.stages[self._stage] = spent
        self._stage, self._start = stage, now

    def message(self, done: Step | Notice) -> None:
        """Start the stage that a step of the engine announces."""
        if str(done.text) in STAGES:
            self.next(STAGES[str(done.text)])


def peak() -> float:
    """Return the peak memory of this process in megabytes."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Open the plan and ask for its coverage twice."""
    watch = Watch()
    plan = metrograph.plan.open_plan(sys.argv[1], report=watch.message)
    watch.next("first answer")
    matrix = plan.coverage()
    watch.next("next answer")
    plan.coverage()
    watch.next("end")
    print(json.dumps({"stages": watch.stages, "activities": matrix.count()}))


if __name__ == "__main__":
    main()
