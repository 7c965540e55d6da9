"""Reads what a workbook shows beside its values: hidden rows and columns, colours, comments.

Only the beginnings of elements are looked at, and only in sheets that hide or colour anything.
"""

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from metrograph.late import late
from metrograph.reading.workbooks import holds
from metrograph.text import whole_number

if TYPE_CHECKING:
    from openpyxl.styles import colors as styles
    from openpyxl.utils import cell as cells
else:
    styles, cells = late("openpyxl.styles.colors"), late("openpyxl.utils.cell")

Place = tuple[int, int]  # the number of a row (from 1) and a column (from 0)
_CHUNK = 65_536
_HIDES = re.compile(rb'\shidden="(?:1|true)"')
_MOST = 16_384  # columns of a sheet
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_THEME = re.compile(
    rb'<a:(dk1|lt1|dk2|lt2|accent[1-6])>\s*<a:\w+ [^>]*?(?:lastClr|val)="([0-9A-F]{6})"'
)
_SLOTS = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
WHITE = "FFFFFF"


@dataclass(frozen=True)
class Looks:
    """How a sheet looks: what is hidden, and the colours (RRGGBB) and comments of its cells."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    colours: Mapping[Place, str] = field(default_factory=dict)
    comments: Mapping[Place, str] = field(default_factory=dict)


PLAIN = Looks()


def place_of(reference: str) -> Place | None:
    """Return the place of a reference such as `B3`, or nothing.

    >>> place_of("B3"), place_of("AA10"), place_of("B")
    ((3, 1), (10, 26), None)
    """
    match = _CELL.fullmatch(reference)
    if match is None:
        return None
    return int(match[2]), cells.column_index_from_string(match[1]) - 1


def read(package: zipfile.ZipFile, worksheet: Any) -> Looks:
    """Return how a sheet looks, which openpyxl opened read-only."""
    part = worksheet._worksheet_path
    colour_of = _colours(worksheet.parent)
    is_hidden = worksheet.sheet_state != "visible"
    comments = _comments(package, part)
    if not colour_of and not holds(package, part, _HIDES):
        return Looks(is_hidden=is_hidden, comments=comments)
    rows: set[int] = set()
    columns: set[int] = set()
    colours: dict[Place, str] = {}

    def start(name: str, of: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c" and (colour := colour_of.get(of.get("s", ""))):
            if place := place_of(of.get("r", "")):
                colours[place] = colour
        elif tag == "row" and of.get("hidden") in ("1", "true"):
            rows.add(whole_number(of.get("r", "")) or 0)
        elif tag == "col" and of.get("hidden") in ("1", "true"):
            first, last = (whole_number(of.get(key, "")) or 0 for key in ("min", "max"))
            columns.update(range(max(first - 1, 0), min(last, _MOST)))

    _parsed(package, part, start)
    return Looks(frozenset(rows), frozenset(columns), is_hidden, colours, comments)


def _parsed(
    package: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse an XML part of a package; it was looked at before, and has no document type."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    if text:
        parser.CharacterDataHandler = text
    with package.open(part) as file:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _comments(package: zipfile.ZipFile, part: str) -> dict[Place, str]:
    """Return the comments of a sheet, from the part that stands beside it under its relations."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package.namelist():
        return {}
    targets = re.findall(rb'Target="([^"]*)"', package.read(relations))
    names = [target.decode(errors="replace").rpartition("/")[2] for target in targets]
    parts = [
        known
        for known in package.namelist()
        if (file := known.rpartition("/")[2]) in names
        and "comment" in file
        and file.endswith(".xml")
        and "thread" not in known.casefold()
    ]
    texts: dict[Place, list[str]] = {}
    at: list[Place | None] = [None]

    def start(tag: str, of: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "comment":
            at[0] = place_of(of.get("ref", ""))

    def text(part: str) -> None:
        if at[0]:
            texts.setdefault(at[0], []).append(part)

    for known in parts:
        _parsed(package, known, start, text)
    return {place: " ".join("".join(parts).split()) for place, parts in texts.items()}


# ---------------------------------------------------------------- colours


def _colours(workbook: Any) -> dict[str, str]:
    """Return by number of a style the colour that it fills cells with; white fills nothing."""
    theme = dict(_THEME.findall(workbook.loaded_theme or b""))
    slots = [theme.get(slot.encode(), b"").decode() for slot in _SLOTS]
    made = {}
    for number, style in enumerate(workbook._cell_styles):
        fill = workbook._fills[style.fillId] if style.fillId < len(workbook._fills) else None
        if fill is not None and getattr(fill, "fill_type", None) == "solid":
            colour = _colour(fill.fgColor, slots)
            if colour and colour != WHITE:
                made[str(number)] = colour
    return made


def _colour(of: Any, slots: list[str]) -> str:
    if of.type == "rgb" and isinstance(of.rgb, str):
        return of.rgb[-6:].upper()
    if of.type == "indexed" and isinstance(of.indexed, int) and of.indexed < 64:
        return str(styles.COLOR_INDEX[of.indexed])[-6:].upper()
    if of.type == "theme" and isinstance(of.theme, int) and of.theme < len(slots):
        return _tinted(slots[of.theme], float(of.tint or 0))
    return ""


def _tinted(colour: str, tint: float) -> str:
    """Return a colour nearer to white (a tint above 0) or to black.

    >>> _tinted("000000", 0.5), _tinted("FFFFFF", -0.5)
    ('7F7F7F', '7F7F7F')
    """
    parts = [int(colour[at : at + 2], 16) for at in range(0, len(colour), 2)]
    made = [part + (255 - part) * tint if tint > 0 else part * (1 + tint) for part in parts]
    return "".join(f"{min(max(int(part), 0), 255):02X}" for part in made)


@cache
def name_of(colour: str) -> str:
    """Return the name of a colour, in English, by its hue.

    >>> [name_of(colour) for colour in ("00B050", "FF0000", "FFC000", "FFFF00", "5B9BD5", "808080")]
    ['green', 'red', 'orange', 'yellow', 'blue', 'grey']
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    most, least = max(red, green, blue), min(red, green, blue)
    if most - least < 24:
        return "black" if most < 64 else "white" if least > 245 else "grey"
    spread = most - least
    if most == red:
        hue = (60 * (green - blue) / spread) % 360
    elif most == green:
        hue = 60 * (blue - red) / spread + 120
    else:
        hue = 60 * (red - green) / spread + 240
    names = ((18, "red"), (50, "orange"), (70, "yellow"), (170, "green"), (260, "blue"))
    return next((name for below, name in names if hue < below), "purple" if hue < 335 else "red")
