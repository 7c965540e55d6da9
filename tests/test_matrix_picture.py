"""The coverage matrix as a picture for slides."""

import re
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from metrograph.plan import Plan
from metrograph.report import matrix_picture
from tests.conftest import HARBOUR, Run


@pytest.mark.parametrize(("lang", "empty"), [("en", "gap"), ("fr", "lacune"), ("es", "brecha")])
def test_the_picture_shows_each_cell_with_its_number_or_word(
    harbour: Plan, lang: str, empty: str
) -> None:
    matrix = Plan(harbour.built, lang).coverage()
    drawing = etree.fromstring(matrix_picture.to_svg(matrix).encode("utf-8"))
    texts = [text.text for text in drawing.iter("{*}text")]
    # two challenges by three themes: 2 2 1, then 2 1 and the empty one
    assert [text for text in texts if re.fullmatch("[0-9]", text)] == ["2", "2", "1", "2", "1"]
    assert texts.count(empty) == 1


def test_labels_are_escaped_and_wrapped(harbour: Plan) -> None:
    matrix = harbour.coverage()
    first = matrix.themes[0]
    labels = {**matrix.labels, first: "<script>alert(1)</script> and a very long name " * 3}
    drawn = matrix_picture.to_svg(replace(matrix, labels=labels))
    assert "<script" not in drawn
    etree.fromstring(drawn.encode("utf-8"))
    assert "…" in drawn


def test_the_command_writes_svg_and_png(run: Run, tmp_path: Path) -> None:
    ask = ["coverage", "--graph", HARBOUR, "-o"]
    drawn = run(*ask, tmp_path / "matrix.svg")
    assert drawn.returncode == 0, drawn.stderr
    width = int(re.findall(r'width="([0-9]+)"', (tmp_path / "matrix.svg").read_text("utf-8"))[0])
    assert run(*ask, tmp_path / "matrix.png").returncode == 0
    png = (tmp_path / "matrix.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20])[0] == 2 * width
    assert run(*ask, tmp_path / "matrix.gif").returncode == 2
    both = run(*ask, tmp_path / "matrix.svg", "--range")
    assert "-o draws the matrix of challenges and themes" in both.stderr
