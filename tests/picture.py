"""Writes docs/coverage.svg, the README's picture of the matrix, from the matrix itself.

`make reference` runs it; a test checks that the file is what this gives.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

import metrograph

PATH = Path(__file__).parents[1] / "docs" / "coverage.svg"
_LEFT, _TOP, _WIDE, _HIGH = 170, 58, 130, 46
_SHADES = ("#deebf7", "#9ecae1", "#4292c6")  # light to dark for 1, 2, 3 and more


def picture() -> str:
    """Return the coverage matrix of the shipped plan as an SVG drawing."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    plan = metrograph.open()
    matrix = plan.coverage()
    width = _LEFT + _WIDE * len(matrix.themes) + 10
    height = _TOP + _HIGH * len(matrix.challenges) + 34
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="13" role="img">'
    )
    yield "<title>Activities by challenge and theme, Metropolis 2021-2023</title>"
    yield '<defs><pattern id="gap" width="8" height="8" patternUnits="userSpaceOnUse" '
    yield 'patternTransform="rotate(45)"><rect width="8" height="8" fill="#fff"/>'
    yield '<path d="M0 0V8" stroke="#bbb" stroke-width="2"/></pattern></defs>'
    yield f'<rect width="{width}" height="{height}" fill="#fff"/>'
    yield '<text x="10" y="22" font-size="15" font-weight="bold">'
    yield f"{matrix.count()} activities, by challenge and theme</text>"
    for column, theme in enumerate(matrix.themes):
        x = _LEFT + _WIDE * column + _WIDE / 2 - 2
        yield f'<text x="{x:g}" y="{_TOP - 10}" text-anchor="middle" font-size="12">'
        yield f"{escape(plan.label(plan.ids.iri(theme)))}</text>"
    for row, challenge in enumerate(matrix.challenges):
        y = _TOP + _HIGH * row
        yield f'<text x="10" y="{y + _HIGH / 2 + 4:g}">'
        yield f"{escape(plan.label(plan.ids.iri(challenge)))}</text>"
        for column, theme in enumerate(matrix.themes):
            yield from _cell(_LEFT + _WIDE * column, y, matrix.count(challenge, theme))
    yield f'<text x="10" y="{height - 12}" font-size="12" fill="#555">'
    yield "A number shows that something was done, not that it worked.</text>"
    yield "</svg>"


def _cell(x: int, y: int, count: int) -> Iterator[str]:
    fill = _SHADES[min(count, 3) - 1] if count else "url(#gap)"
    ink = "#fff" if count >= 3 else "#111"
    weight = "bold" if count else "normal"
    yield f'<rect x="{x}" y="{y}" width="{_WIDE - 4}" height="{_HIGH - 4}" fill="{fill}"/>'
    if not count:
        yield f'<rect x="{x + 42}" y="{y + 10}" width="42" height="22" fill="#fff"/>'
    yield f'<text x="{x + _WIDE / 2 - 2:g}" y="{y + _HIGH / 2 + 3:g}" text-anchor="middle" '
    yield f'font-weight="{weight}" fill="{ink}">{count or "gap"}</text>'


if __name__ == "__main__":
    PATH.write_text(picture(), encoding="utf-8")
