"""Draws the coverage matrix as a picture for slides: SVG, or PNG made from it."""

import textwrap
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from metrograph.analysis.coverage import Coverage, Pair
from metrograph.late import late
from metrograph.messages import word
from metrograph.report.document import plain

if TYPE_CHECKING:
    import vl_convert
else:  # a large library, which only a picture as pixels needs
    vl_convert = late("vl_convert")

_LEFT, _WIDE, _HIGH, _LINE = 190, 140, 56, 17
_SHADES = ("#deebf7", "#9ecae1", "#4292c6", "#08519c")  # ColorBrewer Blues, also told apart as grey
_DARK = 3  # from this shade on, numbers are white
_CHARACTERS = 18  # of a line of a heading
_SCALE = 2  # pixels of the PNG for each of the drawing


def to_svg(matrix: Coverage) -> str:
    """Return a matrix as an SVG drawing: counts in shades, empty cells hatched and named.

    The same matrix gives the same text. Every label is escaped.
    """
    return "\n".join(_lines(matrix)) + "\n"


def to_png(matrix: Coverage) -> bytes:
    """Return the same drawing as PNG, in twice its size."""
    return vl_convert.svg_to_png(to_svg(matrix), scale=_SCALE)


def _lines(matrix: Coverage) -> Iterator[str]:
    heads = {name: _wrapped(matrix.labels.get(name, name)) for name in matrix.themes}
    top = 52 + _LINE * max(map(len, heads.values()), default=1)
    width = _LEFT + _WIDE * len(matrix.themes) + 16
    height = top + _HIGH * len(matrix.challenges) + 40
    title = escape(matrix.table.title)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="Arial, sans-serif" '
        'font-size="14" role="img">'
    )
    yield f"<title>{title}</title>"
    yield '<defs><pattern id="gap" width="8" height="8" patternUnits="userSpaceOnUse" '
    yield 'patternTransform="rotate(45)"><rect width="8" height="8" fill="#fff"/>'
    yield '<path d="M0 0V8" stroke="#bbb" stroke-width="2"/></pattern></defs>'
    yield f'<rect width="{width}" height="{height}" fill="#fff"/>'
    yield f'<text x="12" y="28" font-size="18" font-weight="bold">{title}</text>'
    for column, theme in enumerate(matrix.themes):
        x = _LEFT + _WIDE * column + _WIDE / 2 - 2
        yield from _text(heads[theme], x, top - 8 - _LINE * (len(heads[theme]) - 1), "middle")
    for row, challenge in enumerate(matrix.challenges):
        y = top + _HIGH * row
        lines = _wrapped(matrix.labels.get(challenge, challenge))
        yield from _text(lines, 12, y + _HIGH / 2 + 3 - _LINE * (len(lines) - 1) / 2, "start")
        for column, theme in enumerate(matrix.themes):
            yield from _cell(matrix, (challenge, theme), _LEFT + _WIDE * column, y)
    note = escape(word("coverage_note", matrix.lang).partition(". ")[0].rstrip("."))
    yield f'<text x="12" y="{height - 14}" font-size="12" fill="#444">{note}.</text>'
    yield "</svg>"


def _cell(matrix: Coverage, pair: Pair, x: int, y: int) -> Iterator[str]:
    """Yield a cell: its number, or the word for an empty one; nothing where there is none."""
    if pair not in matrix.cells:
        return
    count = len(matrix.cells[pair])
    most = max(map(len, matrix.cells.values()))
    shade = -(-count * len(_SHADES) // most) - 1 if count else 0
    fill = _SHADES[shade] if count else "url(#gap)"
    yield f'<rect x="{x}" y="{y}" width="{_WIDE - 4}" height="{_HIGH - 4}" fill="{fill}"/>'
    shown = str(count) if count else matrix.empty_word(pair)
    if not count:
        wide = 9 * len(shown) + 12
        left = x + _WIDE / 2 - 2 - wide / 2
        yield f'<rect x="{left:g}" y="{y + 15}" width="{wide}" height="24" fill="#fff"/>'
    ink = "#fff" if count and shade >= _DARK else "#111"
    weight = "bold" if count else "normal"
    yield f'<text x="{x + _WIDE / 2 - 2:g}" y="{y + _HIGH / 2 + 4:g}" text-anchor="middle" '
    yield f'font-size="16" font-weight="{weight}" fill="{ink}">{escape(shown)}</text>'


def _text(lines: list[str], x: float, y: float, anchor: str) -> Iterator[str]:
    for at, line in enumerate(lines):
        yield (
            f'<text x="{x:g}" y="{y + _LINE * at:g}" text-anchor="{anchor}">{escape(line)}</text>'
        )


def _wrapped(label: str) -> list[str]:
    """Return a label in lines that fit a column, three at most."""
    return textwrap.wrap(plain(label), _CHARACTERS, max_lines=3, placeholder="…") or [""]
