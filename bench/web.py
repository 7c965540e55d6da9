"""Times the explorer's pages of a plan against a static page, and prints JSON.

A server is started as a user starts it. Its pages are requested over one connection, in turns with
the static page of another uvicorn; the 95th percentile counts. The first answer of each page, for
which it is rendered, is counted with the others.

    python bench/web.py [FOLDER] [--only PATH ...]
"""

import argparse
import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles

PAGES = (
    "/en/", "/fr/coverage", "/es/coverage?year=2023&basis=stated", "/en/coverage/activities",
    "/fr/plan", "/en/explore", "/es/explore/picture", "/en/explore/centre", "/en/questions",
    "/fr/questions/activities", "/en/questions/sparql", "/en/review/findings",
    "/en/review/contested", "/fr/review/gaps", "/en/review/indicators", "/en/review/agreement",
    "/es/review/cycle", "/en/search?q=a", "/catalog", "/static/explorer.css",
)  # fmt: skip
THINGS = ("activities", "themes", "indicators", "members")
TURNS = 100
AT_ONCE = 50
_HELLO = """
import socket, sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

def hello(_):
    return HTMLResponse("<!doctype html><title>hello</title><p>hello")

config = uvicorn.Config(Starlette(routes=[Route("/", hello)]), log_level="warning",
                        access_log=False, server_header=False, timeout_keep_alive=600)
listening = socket.create_server(("127.0.0.1", 0))  # like the explorer
listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
print(f"at http://127.0.0.1:{listening.getsockname()[1]}/", file=sys.stderr, flush=True)
uvicorn.Server(config).run(sockets=[listening])
"""


class Server:
    """A server in a separate process, and the port on which it answers."""

    def __init__(self, command: Sequence[str]) -> None:
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None  # noqa: S101  a pipe was asked for
        found = next(
            found
            for line in self.process.stderr
            if (found := re.search(r"http://[^:]+:(\d+)", line))
        )
        self.port = int(found[1])

    def ask(self, path: str, connection: http.client.HTTPConnection | None = None) -> int:
        """Request a page and read it; return the status."""
        line = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
        return answer.status


def main() -> None:
    """Measure a server of a plan."""
    parser = argparse.ArgumentParser(description="Compare the explorer with a static page.")
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--only", nargs="*", default=None, metavar="PATH")
    options = parser.parse_args()
    graph = ("--graph", options.folder) if options.folder else ()
    command = (sys.executable, "-m", "metrograph", "serve", "--port", "0", *graph)
    hello = Server((sys.executable, "-c", _HELLO))
    explorer = Server(command)
    try:
        paths = tuple(options.only or (*PAGES, *_things(options.folder)))
        found = {
            "pages": pages(explorer, hello, paths),
            "errors": errors(explorer, paths),
            "start": start(command) if options.only is None else None,
        }
    finally:
        explorer.process.terminate()
        hello.process.terminate()
    print(json.dumps(found))


def _things(folder: str | None) -> list[str]:
    """Return pages of a few records of each kind."""
    import metrograph  # noqa: PLC0415  the server is measured, not this

    plan = metrograph.open(folder)
    names = [str(next(iter(plan.rows(kind)[0].values()))) for kind in THINGS]
    return [f"/en/entity/{name}" for name in names] + [f"/fr/explore?focus={names[0]}"]


def pages(explorer: Server, hello: Server, paths: Sequence[str]) -> dict[str, float]:
    """Return the 95th percentile of each page's time, relative to that of the static page."""
    ours = http.client.HTTPConnection("127.0.0.1", explorer.port, timeout=300)
    theirs = http.client.HTTPConnection("127.0.0.1", hello.port, timeout=300)
    found = {}
    for path in paths:
        taken: list[tuple[float, float]] = []
        for _ in range(TURNS):
            begun = time.perf_counter()
            explorer.ask(path, ours)
            between = time.perf_counter()
            hello.ask("/", theirs)
            taken.append((between - begun, time.perf_counter() - between))
        mine, other = zip(*taken, strict=True)
        found[path] = _high(mine) / _high(other)
    return found


def _high(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]


def errors(explorer: Server, paths: Sequence[str]) -> int:
    """Send many requests at once, and return how many failed."""
    wanted = [paths[at % len(paths)] for at in range(4 * AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sum(status != 200 for status in threads.map(explorer.ask, wanted))


def start(command: Sequence[str]) -> float:
    """Return the time to the first answer, relative to importing rdflib and Starlette."""
    ratios = []
    for _ in range(5):
        begun = time.perf_counter()
        server = Server(command)
        server.ask("/en/")
        between = time.perf_counter()
        server.process.terminate()
        server.process.wait()
        again = time.perf_counter()
        subprocess.run((sys.executable, "-c", "import rdflib, starlette"), check=True)
        ratios.append((between - begun) / (time.perf_counter() - again))
    return median(ratios)


if __name__ == "__main__":
    main()
