"""The options of a server in; a running explorer out."""

import argparse
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from metrograph.cli.terminal import number, opened, say
from metrograph.errors import UsageError
from metrograph.plan import folder_of
from metrograph.query.workers import COUNT, MEMORY
from metrograph.web.server import LEAST_MEMORY, Served, checked, serve, token_of

if TYPE_CHECKING:
    pass


def add_command(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add `serve` to the command line."""
    command = add(
        "serve",
        _serve,
        "Start the explorer: the plan in a browser, and its data for other software.",
        "metrograph serve --graph my-plan --edit",
    )
    command.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)"
    )
    command.add_argument(
        "--port",
        type=number(0, 65535),
        default=8765,
        help="port (default: 8765; 0 for any free port)",
    )
    command.add_argument(
        "--name", action="append", default=[], metavar="HOST",
        help="another host name of the server; can be repeated",
    )  # fmt: skip
    command.add_argument(
        "--edit",
        action="store_true",
        help="allow adding and editing records, and deciding on claims",
    )
    command.add_argument(
        "--share", action="store_true", help="allow pages of other sites to read the data"
    )
    command.add_argument(
        "--token-file", type=Path, metavar="FILE", help="file with the token required for editing"
    )
    command.add_argument(
        "--workers",
        type=number(1, 64),
        default=COUNT,
        metavar="N",
        help=f"number of processes that answer queries (default: {COUNT})",
    )
    command.add_argument(
        "--memory",
        type=number(LEAST_MEMORY, 2**20),
        default=MEMORY // 2**20,
        metavar="MB",
        help=f"memory limit of each of them, in MB (default: {MEMORY // 2**20})",
    )


def _serve(options: argparse.Namespace) -> int:
    served = checked(
        Served(
            options.host,
            options.port,
            tuple(options.name),
            options.edit,
            options.token_file,
            options.share,
            options.workers,
            options.memory,
        )
    )
    if options.edit and options.graph is None and "METROGRAPH_GRAPH" not in os.environ:
        raise UsageError("--edit changes files: say which with --graph DIR, a folder of your own.")
    from metrograph.web.site import Site  # noqa: PLC0415  as above

    site = Site(folder_of(options.graph), edits=options.edit, token=token_of(served))
    site.take(opened(options))  # built before the first visitor comes, with progress and warnings
    threading.Thread(target=site.state.prepare, daemon=True).start()
    serve(site, served, say)
    return 0
