"""The fuzzer: it finds each kind of fault that is planted, repeats itself, and finds none here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.formats import FORMATS
from fuzz.inputs import Input, input_of
from fuzz.requests import Asked
from fuzz.tables import rows_of
from tests.conftest import IS_LONG

SMALL = 10 if IS_LONG else 3  # inputs of each form; `make fuzz` runs 2,000
ROOT = Path(__file__).parents[1]
SAMPLES = {
    "turtle": Input(
        "harbour/a.ttl",
        b"@prefix mg: <https://w3id.org/metrograph/ontology#> .\n"
        b'<activity/x> a mg:Activity ; mg:year "2023" .\n',
    ),
    "csv": Input("a.csv", b"id,label\nactivity/x,Cleaner docks\nactivity/y,Tide school\n"),
    "stratml": Input(
        "a.xml", b"<StrategicPlan><Name>Sea</Name><Goal><Name>Quays</Name></Goal></StrategicPlan>"
    ),
    "mapping": Input(
        "a.csv.toml", b'hierarchy = "columns"\n[[columns]]\nindex = 0\nrole = "level"\n'
    ),
    "question": Input("a.rq", b'#+ [title]\n#+ en = "Sea"\nSELECT ?s WHERE { ?s ?p ?o }\n'),
    "sparql": Input("a.rq", b"SELECT ?s WHERE { ?s ?p ?o }"),
    "forms": Asked(
        "POST", "/en/edit/record", [["token", "{token}"], ["f.year", "2023"]], []
    ).to_input(),
}


def ran(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300, check=False
    )


@pytest.mark.parametrize(
    ("kind", "findings"),
    [
        ("nothing", []),
        ("traceback", [[1, "traceback"]]),
        ("loop", [[1, "hang"]]),
        ("loop in C", [[1, "hang"]]),
        ("memory", [[1, "memory"]]),
        ("crash", [[1, "death"]]),
        ("deadlock", [[1, "hang"]]),
        ("unexpected", [[1, "answer"]]),
        ("silence", [[1, "answer"]]),
        ("exit code", [[1, "answer"]]),
    ],
)
def test_a_planted_fault_is_found_and_the_other_inputs_run_all_the_same(
    kind: str, findings: list[list[object]]
) -> None:
    answer = json.loads(ran("tests.planted", kind).stdout)
    assert answer["findings"] == findings
    failed = 1 if findings and kind != "memory" else 0  # what takes too much memory answers, too
    assert answer["answers"] == {"fine": 3 - failed} | ({"failed": failed} if failed else {})


@pytest.mark.parametrize("name", SAMPLES)
def test_a_seed_gives_the_same_inputs_again_and_they_differ_from_the_sample(name: str) -> None:
    form, samples = FORMATS[name], [SAMPLES[name]]
    first = [input_of(form, samples, 1, number)[0].data for number in range(60)]
    again = [input_of(form, samples, 1, number)[0].data for number in reversed(range(60))]
    other = [input_of(form, samples, 2, number)[0].data for number in range(60)]
    assert first == again[::-1]
    assert first != other
    assert len({data for data in first if data != samples[0].data}) > 30


def test_cells_are_changed_within_a_table_that_stays_one() -> None:
    changed = [
        input_of(FORMATS["csv"], [SAMPLES["csv"]], 1, number)[0].data for number in range(60)
    ]
    tables = [rows_of(data)[1] for data in changed]
    assert sum(1 for rows in tables if "activity/y" in str(rows) and len(rows) > 2) > 15


def test_no_input_of_a_small_run_fails(tmp_path: Path) -> None:
    done = ran(
        "fuzz", "--inputs", str(SMALL), "--seed", "12", "--no-shrink", "--out", str(tmp_path)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(f": {SMALL} inputs, 0 failed") == len(FORMATS)
