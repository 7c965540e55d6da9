"""The command that starts the explorer."""

import os
from dataclasses import dataclass
from pathlib import Path

from metrograph.cli.command import command, option
from metrograph.cli.parameters import File, Folder, Whole
from metrograph.cli.terminal import Session, opened, say
from metrograph.errors import UsageError
from metrograph.messages import in_language
from metrograph.paths import folder_of
from metrograph.plan import open_plan
from metrograph.query.workers import COUNT, MEMORY
from metrograph.web.attention import prepare
from metrograph.web.server import LEAST_MEMORY, Served, checked, token_of
from metrograph.web.server import serve as run
from metrograph.web.site import Site


@dataclass(frozen=True)
class Serving:
    """Where the explorer listens, and what it allows."""

    host: str
    port: int
    name: tuple[str, ...]
    edit: bool
    share: bool
    token_file: Path | None
    workers: int
    memory: int
    compare: tuple[str, ...]


@command("serve", "metrograph serve --graph my-plan --edit", into=Serving)
@option("--host", default="127.0.0.1", metavar="HOST", help="opt_host")
@option("--port", type=Whole(0, 65535), default=8765, metavar="PORT", help="opt_port")
@option("--name", multiple=True, metavar="HOST", help="opt_host_name")
@option("--edit", is_flag=True, help="opt_edit")
@option("--share", is_flag=True, help="opt_share")
@option("--token-file", type=File(), metavar="FILE", help="opt_token_file")
@option(
    "--workers",
    type=Whole(1, 64),
    default=COUNT,
    metavar="N",
    help="opt_workers",
    values=(COUNT,),
)
@option(
    "--memory",
    type=Whole(LEAST_MEMORY, 2**20),
    default=MEMORY // 2**20,
    metavar="MB",
    help="opt_memory",
    values=(MEMORY // 2**20,),
)
@option("--compare", type=Folder(), multiple=True, metavar="DIR", help="opt_compare")
def serve(session: Session, chosen: Serving) -> int:
    """Start the explorer, and answer until it is stopped."""
    served = checked(
        Served(
            chosen.host,
            chosen.port,
            chosen.name,
            chosen.edit,
            chosen.token_file,
            chosen.share,
            chosen.workers,
            chosen.memory,
        )
    )
    if chosen.edit and session.graph is None and "METROGRAPH_GRAPH" not in os.environ:
        raise UsageError("--edit changes files: give your own plan folder with --graph DIR.")
    site = Site(
        folder_of(session.graph),
        edits=chosen.edit,
        token=token_of(served),
        compared=tuple(open_plan(folder) for folder in chosen.compare),
        server=session.engine,
    )
    site.take(opened(session))  # built before the first visitor comes, with progress and warnings
    prepare(site.state)
    run(site, served, lambda text: say(in_language(text, session.lang)))
    return 0
