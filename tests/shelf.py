"""A copy of the invented plan with the texts of its sources added, for tests."""

import shutil
from pathlib import Path

from metrograph.documents.adding import add
from metrograph.plan import Plan, open_plan
from tests.conftest import HARBOUR

REPORT = HARBOUR / "sources" / "annual-2023.en.txt"
PLAN = HARBOUR / "sources" / "plan-2022-2025.en.txt"


def shelved(folder: Path, cache: Path, *, private: tuple[Path, ...] = ()) -> Plan:
    """Return the invented plan in a new folder, with the texts of both its sources."""
    shutil.copytree(HARBOUR, folder)
    shutil.rmtree(folder / "sources")  # so that only `documents` has the texts
    plan = open_plan(folder, cache=cache)
    for path in (REPORT, PLAN):
        add(plan, path, is_private=path in private)
    return plan
