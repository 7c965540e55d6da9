"""Reads the names that older exports and workbooks gave to columns, values and sheets."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

_NAMES = tomllib.loads((Path(__file__).parent / "former.toml").read_text(encoding="utf-8"))
HEADINGS: Mapping[str, tuple[str, ...]] = {
    name: tuple(headings) for name, headings in _NAMES["headings"].items()
}
CHOICES: Mapping[str, str] = _NAMES["choices"]
SHEETS: Mapping[str, str] = _NAMES["sheets"]
