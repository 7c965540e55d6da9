"""Where the ontology, the shipped plan and the query library lie: in a checkout or in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "data"
ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

ONTOLOGY = ROOT / "ontology"
QUERIES = ROOT / "queries"
SHIPPED_GRAPH = ROOT / "graph" / "metropolis"
