"""`bench/iati.py`: measures the memory for importing IATI files of 5 and 50 MB; prints JSON.

The files are generated and always the same: activities with two languages, sectors, transactions,
and two results with values of four periods. A separate process imports each into a new folder. The
peaks are of resident memory, including the Python interpreter and its libraries; `empty` is that of
an import of one activity. A file ten times as large should not need ten times the memory.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

SIZES = (5, 50)  # MB
_MB = 1_000_000
_KB = 1024  # the unit of the peak on Linux
_YEARS = (2019, 2020, 2021, 2022)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
_TAIL = "</iati-activities>\n"


def activity(number: int) -> str:
    """Return an activity, distinguished from others by its number."""
    transactions = "".join(
        f'<transaction ref="{number}-{one}"><transaction-type code="3"/>'
        f'<transaction-date iso-date="{_YEARS[one % 4]}-03-0{1 + one % 9}"/>'
        f'<value currency="EUR" value-date="{_YEARS[one % 4]}-03-01">{number * 7 + one}</value>'
        f"<description><narrative>Payment {one} of {number}</narrative></description>"
        "</transaction>\n"
        for one in range(6)
    )
    return (
        '<iati-activity xml:lang="en">\n'
        f"<iati-identifier>XX-BENCH-1-{number}</iati-identifier>\n"
        f'<reporting-org ref="XX-BENCH-1" type="10"><narrative>The bench</narrative>'
        '<narrative xml:lang="fr">Le banc</narrative></reporting-org>\n'
        f"<title><narrative>Water for district {number}</narrative>"
        f'<narrative xml:lang="fr">De l\'eau pour le quartier {number}</narrative></title>\n'
        f"<description><narrative>{f'Pipes and wells for district {number}. ' * 12}</narrative>"
        "</description>\n"
        f'<participating-org ref="XX-ORG-{number % 500}" role="4"><narrative>Organisation '
        f"{number % 500}</narrative></participating-org>\n"
        '<activity-status code="2"/>\n'
        f'<activity-date iso-date="{_YEARS[number % 4]}-01-01" type="2"/>\n'
        f'<sector vocabulary="1" code="{14010 + number % 90}" percentage="100"/>\n'
        f"{transactions}{''.join(result(number, one) for one in range(2))}"
        "</iati-activity>\n"
    )


def result(number: int, one: int) -> str:
    """Return a result with an indicator, a baseline, and targets and actual values of the years."""
    periods = "".join(
        f'<period><period-start iso-date="{year}-01-01"/><period-end iso-date="{year}-12-31"/>'
        f'<target value="{number % 97 + year}"/><actual value="{number % 89 + year}">'
        f"<comment><narrative>As counted in {year}</narrative></comment></actual></period>\n"
        for year in _YEARS
    )
    return (
        f'<result type="{one + 1}"><title><narrative>Result {one} of {number}</narrative></title>\n'
        f'<indicator measure="1" ascending="1"><title><narrative>Taps {one} of {number}'
        "</narrative></title>\n"
        f'<baseline year="2018" value="{number % 83}"/>\n{periods}</indicator></result>\n'
    )


def generated(path: Path, size: int) -> int:
    """Write a file of this many bytes or slightly more, and return its size."""
    written = number = 0
    with path.open("w", encoding="utf-8") as file:
        written += file.write(_HEAD)
        while not number or written < size:
            number += 1
            written += file.write(activity(number))
        written += file.write(_TAIL)
    return path.stat().st_size


def imported(path: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """Import a file in this process, and yield the measurements."""
    from metrograph.exchange.iati import reader  # noqa: PLC0415  in a process of its own
    from metrograph.store import new_plan as folders  # noqa: PLC0415  in a process of its own

    start = time.perf_counter()
    read = reader.read(path, "https://example.org/bench/", "en")
    yield "read seconds", round(time.perf_counter() - start, 2)
    folders.write(folder, read.draft)
    yield "whole seconds", round(time.perf_counter() - start, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KB
    yield "peak bytes", peak
    yield "written bytes", sum(one.stat().st_size for one in folder.iterdir())


def measured(size: int) -> dict[str, float]:
    """Import a file of this many bytes in another process, and return the measurements."""
    with TemporaryDirectory() as place:
        path = Path(place) / "bench.xml"
        found: dict[str, float] = {"file bytes": generated(path, size)}
        command = [sys.executable, __file__, "--import", str(path), str(Path(place) / "plan")]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        return {**found, **json.loads(done.stdout)}


def main() -> None:
    """Measure the requested sizes, in MB, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=float, default=SIZES, metavar="MB")
    parser.add_argument("--import", nargs=2, type=Path, metavar=("FILE", "DIR"), dest="one")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(dict(imported(*options.one))))
        return
    empty = measured(1)
    found = {f"{size:g} MB": measured(int(size * _MB)) for size in options.sizes}
    peaks = [one["peak bytes"] for one in found.values()]
    shares = {
        size: round((one["peak bytes"] - empty["peak bytes"]) / one["file bytes"], 2)
        for size, one in found.items()
    }
    print(json.dumps({
        "empty": empty, **found,
        "peak of the last over the first": round(peaks[-1] / peaks[0], 2),
        "peak beyond empty over file": shares,
    }, indent=2))  # fmt: skip


if __name__ == "__main__":
    main()
