"""The locations of the ontology, the shipped plan, the query library and the user's own folders."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from metrograph.errors import UsageError
from metrograph.late import late

if TYPE_CHECKING:
    import platformdirs
else:
    platformdirs = late("platformdirs")

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "data"
ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

ONTOLOGY = ROOT / "ontology"
QUERIES = ROOT / "queries"
SHIPPED_GRAPH = ROOT / "graph" / "metropolis"


def is_shipped(folder: Path) -> bool:
    """Return whether a folder is the shipped plan: part of the program, in which nothing writes."""
    return folder.resolve() == SHIPPED_GRAPH.resolve()


def user_folder(kind: Literal["cache", "config", "state"]) -> Path:
    """Return a folder of the user: METROGRAPH_CACHE, _CONFIG or _STATE, or the system's own."""
    chosen = os.environ.get(f"METROGRAPH_{kind.upper()}")
    if chosen:
        return Path(chosen)
    places = {
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
        "state": platformdirs.user_state_path,
    }
    return places[kind]("metrograph", appauthor=False)


def folder_of(graph: str | os.PathLike[str] | None) -> Path:
    """Return the folder asked for: as given, else METROGRAPH_GRAPH, else the shipped plan."""
    if graph is not None and not str(graph):
        raise UsageError("The folder's name is empty. Give a folder, or leave out --graph.")
    return Path(graph or os.environ.get("METROGRAPH_GRAPH") or SHIPPED_GRAPH)
