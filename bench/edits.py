"""Measures what a change costs: after a label, by a save in the explorer, by a workbook; as JSON.

Seconds are the processor time of whole processes: of `metrograph coverage` after a label of a
generated plan changed, with few activities and with many, in turns; of a server, from a form that
is sent to the page that shows the record (the answers to the preview, to the save, and the page,
apart); of an import of the shipped plan's workbook, in which two rows changed.

    python bench/edits.py SMALL LARGE       two folders of generated plans, which are changed
"""

import argparse
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import openpyxl
from web import Server

import metrograph

SHIPPED = Path(__file__).parent.parent / "graph" / "metropolis"
METROGRAPH = (sys.executable, "-m", "metrograph")
TURNS = 5  # the median counts
SETTLED = 2.5  # seconds after which a file counts as unchanged by its times
_TICKS = os.sysconf("SC_CLK_TCK")


class Form(HTMLParser):
    """The fields of a page's form as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._name, self._text = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the value of an input, or of an option that is selected."""
        has = dict(attrs)
        name, value = has.get("name") or self._name, has.get("value") or ""
        is_ticked = has.get("type") not in ("checkbox", "submit") or "checked" in has
        if tag in ("select", "textarea"):
            self._name, self._text = name, ""
        elif value and ((tag == "option" and "selected" in has) or (tag == "input" and is_ticked)):
            self.fields.append((name, value))

    def handle_data(self, data: str) -> None:
        """Take the text of a field of several lines."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """End such a field."""
        if tag == "textarea" and self._text.strip():
            self.fields.append((self._name, self._text))
        if tag in ("select", "textarea"):
            self._name = ""


def main() -> None:
    """Measure the changes, and print their seconds."""
    parser = argparse.ArgumentParser(description="Measure what a change costs.")
    parser.add_argument("small", type=Path)
    parser.add_argument("large", type=Path)
    parser.add_argument("--turns", type=int, default=TURNS)
    options = parser.parse_args()
    plans = {"small": options.small, "large": options.large}
    labels = labelled(plans, options.turns)
    with TemporaryDirectory() as name:
        shipped = shutil.copytree(SHIPPED, Path(name) / "plan")
        took = {
            "label": {key: median(values) for key, values in labels.items()},
            "ratio": median(large / small for small, large in zip(*labels.values(), strict=True)),
            "save": {
                "shipped": saved(shipped, options.turns),
                "large": saved(options.large, options.turns),
            },
            "workbook": imported(shipped, Path(name) / "plan.xlsx", options.turns),
        }
    print(json.dumps(took))


def labelled(plans: Mapping[str, Path], turns: int) -> dict[str, list[float]]:
    """Return the seconds of the coverage after a label changed, of each plan in turns."""
    took: dict[str, list[float]] = {key: [] for key in plans}
    for folder in plans.values():
        coverage(folder)
    for turn in range(turns):
        for key, folder in plans.items():
            path = next(folder.glob("activities-*.ttl"))
            text = path.read_text(encoding="utf-8")
            labels = list(re.finditer(r'"(Activity [^"]*)"@en', text))
            start, end = labels[len(labels) // 2].span(1)
            path.write_text(f"{text[:start]}Activity, turn {turn}{text[end:]}", encoding="utf-8")
            time.sleep(SETTLED)
            took[key].append(coverage(folder))
    return took


def coverage(folder: Path) -> float:
    """Return the seconds of `metrograph coverage`."""
    return cpu((*METROGRAPH, "coverage", "--graph", str(folder)))


def cpu(command: Sequence[str]) -> float:
    """Return the processor time of a process."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def saved(folder: Path, turns: int) -> dict[str, float]:
    """Return the seconds of a preview, a save and the page after it, without those of the first."""
    server = Server((*METROGRAPH, "serve", "--port", "0", "--edit", "--graph", str(folder)))
    name = str(metrograph.open(folder).rows("activities")[0]["activity"])
    try:
        rounds = [_saved(server, name, f"Renamed {turn}") for turn in range(turns + 1)][1:]
    finally:
        server.process.terminate()
        server.process.wait()
    parts = {part: median(values[part] for values in rounds) for part in rounds[0]}
    return {**parts, "whole": median(sum(values.values()) for values in rounds)}


def _saved(server: Server, name: str, label: str) -> dict[str, float]:
    """Save a record under another label; return the seconds of each request."""
    session = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    cookies: dict[str, str] = {}

    def ask(method: str, path: str, fields: Sequence[tuple[str, str]] = ()) -> tuple[str, str]:
        heads = {"Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items())}
        if method == "POST":
            heads["Content-Type"] = "application/x-www-form-urlencoded"
            heads["Origin"] = f"http://127.0.0.1:{server.port}"
        session.request(method, path, urlencode(fields) if fields else None, heads)
        answer = session.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            key, _, value = cookie.partition(";")[0].partition("=")
            cookies[key] = value
        text = answer.read().decode()
        if answer.status not in (200, 303):
            raise RuntimeError(f"{answer.status} for {path}: {text[-2000:]}")
        return answer.headers.get("Location", ""), text

    _, page = ask("GET", f"/en/edit/record?id={name}")
    fields = [(key, label if key == "f.label.en" else value) for key, value in Form(page).fields]
    fields.append(("by", "coder/a"))
    took = {}
    for part, more in (("preview", ()), ("save", (("save", "1"),))):
        before = spent(server)
        where, _ = ask("POST", "/en/edit/record", [*fields, *more])
        took[part] = spent(server) - before
    before = spent(server)
    ask("GET", where)
    return {**took, "page": spent(server) - before}


def spent(server: Server) -> float:
    """Return the processor time of a server until now, with all its threads."""
    parts = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / _TICKS


def imported(folder: Path, path: Path, turns: int) -> dict[str, float]:
    """Return the rows of a plan's workbook, and the seconds of importing it with two changed."""
    graph = ("--graph", str(folder))
    took, rows = [], 0
    for turn in range(turns):
        cpu((*METROGRAPH, "template", *graph, "-o", str(path)))
        book = openpyxl.load_workbook(path)
        filled = [sheet for sheet in book.worksheets[1:] if sheet.sheet_state == "visible"]
        rows = sum(bool(row[0]) for sheet in filled for row in sheet.values) - len(filled)
        headings = [str(cell.value) for cell in filled[0][1]]
        column = next(at for at, text in enumerate(headings, 1) if text.startswith("name (English"))
        for row in (2, 3):
            filled[0].cell(row, column).value = f"Changed in turn {turn}: {row}"
        book.save(path)
        took.append(cpu((*METROGRAPH, "import", str(path), *graph)))
    return {"rows": rows, "seconds": median(took)}


if __name__ == "__main__":
    main()
