"""Checks that hostile or mistaken files, names and moments do no harm to imports and exports."""

import csv
import io
import os
import shutil
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from metrograph.errors import InputError
from metrograph.exchange.workbook.importing import result
from metrograph.exchange.workbook.saving import save
from metrograph.plan import open_plan
from metrograph.reading import sheets
from metrograph.store.writing import replace_file
from tests.conftest import HARBOUR, Run

DAY = date(2026, 3, 1)
HEAD = "name (en),name (fr),name (es),year,plan,citation,description (en)\n"
ROW = "Bike week,Semaine,Semana,2026,plan/2022-2025,source/annual-2023 21,{}\n"
TABLE = "Goal,Action\nGreen,Plant trees\nGreen,Save water\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(HARBOUR, tmp_path / "harbour")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_two_who_add_the_same_at_once_do_not_merge(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    plan = open_plan(folder, cache=cache)
    mine = result(plan, written(tmp_path / "a.csv", HEAD + ROW.format("mine")), DAY)
    theirs = result(plan, written(tmp_path / "b.csv", HEAD + ROW.format("theirs")), DAY)
    save(plan, theirs.changes)
    with pytest.raises(InputError, match="has meanwhile been added by someone else"):
        save(plan, mine.changes)
    assert b"mine" not in contents(folder)["activities.ttl"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "--to", "stratml", "-o", "{folder}/plan.ttl", "--graph", "{folder}"],
        ["export", "--to", "iati", "-o", "{folder}/elements.ttl", "--graph", "{folder}"],
        ["export", "--to", "nq", "-o", "{folder}/sources/plan.txt", "--graph", "{folder}"],
        ["import", "{table}", "--graph", "{folder}", "--report", "{folder}/plan.ttl"],
        ["import", "{table}", "--graph", "{folder}", "--report", "{table}"],
        ["import", "{table}", "--new", "{new}", "--write-map", "{table}"],
        ["export", "--to", "stratml", "-o", ".", "--graph", "{folder}"],
    ],
    ids=lambda given: " ".join(given[:5]),
)
def test_no_output_takes_the_place_of_the_plan_or_of_the_input(
    folder: Path, tmp_path: Path, run: Run, arguments: list[str]
) -> None:
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "plan.txt").write_text("the text that is cited")
    table = written(tmp_path / "table.csv", TABLE)
    before = contents(tmp_path)
    names = {"folder": str(folder), "table": str(table), "new": str(tmp_path / "new")}
    refused = run(*(one.format(**names) for one in arguments))
    assert refused.returncode in (2, 3), refused.stdout
    assert "unexpected" not in refused.stderr
    assert contents(tmp_path) == before


def test_what_is_no_file_is_written_into_and_a_link_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    replace_file(pipe, "through")
    assert os.read(reading, 100) == b"through"
    os.close(reading)
    assert pipe.is_fifo()
    target = written(tmp_path / "target.txt", "old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    replace_file(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x01\x02", "NUL character"),
        ("a.csv", '{"a": [1, 2]}', "JSON"),
        ("a.csv", r"{\rtf1 hello}", "RTF"),
        ("a.csv", "<StrategicPlan><Name>x</Name></StrategicPlan>\n", "XML"),
        ("a.csv", "Goal,Action\nGreen," + "x" * 1_000_001 + "\n", "a.csv!B2"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        sheets.read(written(tmp_path / name, content))


def small_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Goal", "Action"])
    sheet.append(["Green", "Plant trees"])
    written_to = io.BytesIO()
    book.save(written_to)
    return written_to.getvalue()


@pytest.mark.parametrize("byte", [0x00, 0x7F, 0xFF])
def test_a_workbook_with_one_wrong_byte_is_read_or_refused(tmp_path: Path, byte: int) -> None:
    data = small_workbook()
    directory = data.index(b"PK\x01\x02")
    refused = 0
    for place in (*range(60), *range(directory, len(data), 4), len(data) - 6):
        spoiled = data[:place] + bytes([byte]) + data[place + 1 :]
        try:
            sheets.read(written(tmp_path / "a.xlsx", spoiled))
        except InputError:
            refused += 1
    assert refused > 20


@pytest.mark.parametrize("encoding", [b"gb18030", b"utf-7", b"no-such", b"utf-16", b"hex"])
def test_a_workbook_in_an_odd_encoding_is_refused(tmp_path: Path, encoding: bytes) -> None:
    spoiled = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(small_workbook())) as book,
        zipfile.ZipFile(spoiled, "w") as new,
    ):
        for name in book.namelist():
            part = b'<?xml version="1.0" encoding="%s"?><x/>' % encoding
            new.writestr(name, part if name == "xl/workbook.xml" else book.read(name))
    with pytest.raises(InputError, match="damaged"):
        sheets.read(written(tmp_path / "a.xlsx", spoiled.getvalue()))


def test_a_small_workbook_cannot_fill_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 701):
        sheet.cell(row, 16_384).value = 1  # 11 million cells, of which 700 say something
    path = tmp_path / "wide.xlsx"
    book.save(path)
    with pytest.raises(InputError, match="more than 10,000,000 cells"):
        sheets.read(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_stratml_is_known_whatever_its_encoding_and_the_blanks_before(
    tmp_path: Path, run: Run, encoding: str
) -> None:
    text = (
        '<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core"><Name>Sea</Name>'
        "<StrategicPlanCore><Organization><Name>Port</Name></Organization><Goal><Name>Quays</Name>"
        "</Goal></StrategicPlanCore><AdministrativeInformation><StartDate>2024-01-01</StartDate>"
        "<EndDate>2026-12-31</EndDate></AdministrativeInformation></StrategicPlan>"
    )
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n'
    path = written(tmp_path / "plan.xml", (declared + text).encode(encoding))
    made = run("import", path, "--new", tmp_path / "new")
    assert made.returncode == 0, made.stderr
    assert "Quays" in (tmp_path / "new" / "elements.ttl").read_text(encoding="utf-8")


def test_a_pipe_or_a_folder_is_no_file_to_import(tmp_path: Path, run: Run) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("pipe.csv", ".", "none.csv"):
        refused = run("import", tmp_path / name, "--new", tmp_path / "new")
        assert refused.returncode == 3
        assert "Give a file to import" in refused.stderr


def test_the_ledger_holds_no_formula(folder: Path, tmp_path: Path, run: Run) -> None:
    path = folder / "activities.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Tide School"@en', '"=1+1"@en'), encoding="utf-8")
    done = run("export", "--graph", folder, "--to", "stratml", "-o", tmp_path / "plan.xml")
    assert done.returncode == 0
    with (tmp_path / "plan.xml.losses.csv").open(encoding="utf-8", newline="") as file:
        values = [row["value"] for row in csv.DictReader(file)]
    assert "'=1+1" in values
    assert "=1+1" not in values


def test_a_killed_or_refused_import_makes_no_new_folder(tmp_path: Path, run: Run) -> None:
    path = written(tmp_path / "plan.nq", "<a> <b> <c> .\n")
    refused = run("import", path, "--new", tmp_path / "new")
    assert refused.returncode == 3
    assert {one.name for one in tmp_path.iterdir()} == {"plan.nq"}
