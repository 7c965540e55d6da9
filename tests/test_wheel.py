"""The installed wheel holds each file of the package, the ontology, the plan and the questions."""

import os
import subprocess
from pathlib import Path

import pytest

import metrograph

ROOT = Path(__file__).parents[1]
PACKAGE = Path(metrograph.__file__).parent
DATA = ("ontology", "graph", "queries")  # which lie beside the package in a checkout


@pytest.mark.skipif(
    os.environ.get("METROGRAPH_TESTED") != "wheel", reason="`make wheel` runs it on the wheel"
)
@pytest.mark.parametrize("folder", ["metrograph", *DATA])
def test_each_file_of_the_checkout_is_in_the_wheel(folder: str) -> None:
    installed = PACKAGE / "data" / folder if folder in DATA else PACKAGE
    assert ROOT not in installed.parents or "build" in installed.parts
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", folder], cwd=ROOT, check=True, capture_output=True
    )
    names = [name for name in listed.stdout.decode().split("\0") if name]
    assert len(names) > 1
    lacking = [
        name
        for name in names
        if not (copy := installed / Path(name).relative_to(folder)).is_file()
        or copy.read_bytes() != (ROOT / name).read_bytes()
    ]
    assert lacking == []
