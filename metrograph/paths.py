"""The locations of the ontology, the shipped plan, the query library and the user's own folders."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

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


def user_folder(kind: Literal["cache", "state"]) -> Path:
    """Return a folder of the user: METROGRAPH_CACHE or METROGRAPH_STATE, or the system's own."""
    chosen = os.environ.get(f"METROGRAPH_{kind.upper()}")
    if chosen:
        return Path(chosen)
    places = {"cache": platformdirs.user_cache_path, "state": platformdirs.user_state_path}
    return places[kind]("metrograph", appauthor=False)
