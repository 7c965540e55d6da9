"""Checks what is read beyond plain cells: what is hidden, colours, several tables, documents.

The workbooks are made here; what must come of each was written down before it was read.
"""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import docx
import pytest
from odf import opendocument, style, table, text
from odf.office import Annotation
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from metrograph.reading.any_table import reader
from metrograph.reading.any_table.mapping import from_toml
from metrograph.reading.notices import LEFT, Read
from metrograph.vocabulary import MG
from tests.conftest import Run
from tests.test_anyplan import BASE, elements, figures, value, values
from tests.test_anyplan_structure import column_roles, tree

GREEN, RED, AMBER = "FF00B050", "FFFF0000", "FFFFC000"


def filled(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


def left(made: Read) -> str:
    return "\n".join(f"{r.where} {r.found} {r.made}" for r in made.remarks if r.kind == LEFT)


@pytest.fixture
def hiding(tmp_path: Path) -> Path:
    """Make a workbook that hides a row, a column and a sheet, with a comment on a cell."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Actions"
    for row in (
        ["Axis", "Action", "Due", "Private remarks"],
        ["Air", "Filter smoke", 2027, "quarrel with Z"],
        ["Air", "Secret tax", 2028, "not yet public"],
        ["Sea", "Clean beaches", 2029, None],
    ):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet["B2"].comment = Comment("Decided on 4 May", "A")
    other = book.create_sheet("Salaries")
    other.append(["Name", "Pay"])
    other.append(["Someone", 1])
    other.sheet_state = "hidden"
    return saved(book, tmp_path / "plan.xlsx")


def test_what_a_workbook_hides_is_named_and_left_out(hiding: Path) -> None:
    made = reader.read(hiding, BASE, "en")
    assert tree(made) == ["Air", "  Filter smoke", "Sea", "  Clean beaches"]
    stated = left(made)
    for words in ("Actions!A3 3 Hidden rows", "Actions!D Private remarks", "Salaries", "4 May"):
        assert words in stated
    kept = "".join(made.draft.texts.values())
    assert "quarrel" not in kept
    assert "Secret tax" not in kept


def test_what_is_hidden_is_read_where_it_is_asked_for_and_so_is_that_of_the_next_file(
    hiding: Path, run: Run, tmp_path: Path
) -> None:
    made = reader.read(hiding, BASE, "en", with_hidden=True)
    assert "  Secret tax" in tree(made)
    (text_of_map,) = (part for name, part in made.draft.texts.items() if name.endswith(".toml"))
    assert from_toml(text_of_map).hidden
    done = run("import", hiding, "--new", tmp_path / "new", "--with-hidden", "--dry-run")
    assert done.returncode == 0
    assert "Hidden rows were not read" not in done.stderr


def coloured(path: Path, legend: Sequence[tuple[str, str]], cells: Sequence[str | None]) -> Path:
    """Make a table whose column F says by colours how far actions are."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Axe", "Action", "État"])
    colours = (GREEN, RED, AMBER)
    for at, colour in enumerate(colours):
        sheet.append(["Eau" if at < 2 else "Air", f"Action {at}", cells[at]])
        sheet.cell(at + 2, 3).fill = filled(colour)
    for at, (colour, words) in enumerate(legend):
        sheet.cell(8 + at, 1).fill = filled(colour)
        sheet.cell(8 + at, 2, words)
    return saved(book, path)


LEGEND = [(GREEN, "Terminé"), (RED, "En retard"), (AMBER, "En cours")]


def test_colours_are_read_by_their_legend(tmp_path: Path) -> None:
    made = reader.read(coloured(tmp_path / "p.xlsx", LEGEND, ["●", "●", None]), BASE, "fr")
    assert [len(names) for names in elements(made).values()] == [2, 3]
    assert value(made, "action/1.1", MG.status) == "status/termine"
    assert value(made, "action/1.2", MG.status) == "status/en-retard"
    assert value(made, "action/2.1", MG.status) == "status/en-cours"


def test_colours_without_a_legend_are_called_by_their_names_and_doubtful(tmp_path: Path) -> None:
    made = reader.read(coloured(tmp_path / "p.xlsx", [], ["●", None, "●"]), BASE, "fr")
    assert value(made, "action/1.1", MG.status) == "status/vert"
    assert value(made, "action/1.2", MG.status) == "status/rouge"
    assert [remark.where for remark in made.remarks if remark.doubt > 0.8] == ["Sheet!C2"]


def test_colours_of_words_without_a_legend_are_stated_and_change_nothing(tmp_path: Path) -> None:
    words = ["Fini", "Retard", "Prévu"]
    made = reader.read(coloured(tmp_path / "p.xlsx", [], words), BASE, "fr")
    assert value(made, "action/1.1", MG.status) == "status/fini"
    assert "Sheet!C2 vert (1), rouge (1), orange (1)" in left(made)


def test_an_open_document_workbook_is_read_as_excels_are(tmp_path: Path) -> None:
    book = opendocument.OpenDocumentSpreadsheet()
    hidden = style.Style(name="off", family="table")
    hidden.addElement(style.TableProperties(display="false"))
    book.automaticstyles.addElement(hidden)
    sheet = table.Table(name="Plan")
    sheet.addElement(table.TableColumn(numbercolumnsrepeated=5))
    sheet.addElement(table.TableColumn(visibility="collapse"))
    rows: list[list[object]] = [
        ["Goal", "Action", "Due", "Budget (€)", "Progress", "Inner"],
        ["Homes", "Build  flats", date(2027, 5, 1), 1250.5, 0.25, "hush"],
        [None, "Cap rents", date(2028, 1, 31), 40, 1, "hush"],
        ["Trees", "Plant limes", date(2029, 12, 31), 3, 0.5, None],
    ]
    for number, row in enumerate(rows):
        line = table.TableRow(visibility="collapse" if number == 3 else "visible")
        for at, cell in enumerate(row):
            line.addElement(_cell(cell, is_share=at == 4))
        sheet.addElement(line)
    sheet.addElement(table.TableRow(numberrowsrepeated=1_000_000))
    book.spreadsheet.addElement(sheet)
    other = table.Table(name="Draft", stylename=hidden)
    line = table.TableRow()
    line.addElement(_cell("old", is_share=False))
    other.addElement(line)
    book.spreadsheet.addElement(other)
    out = io.BytesIO()
    book.write(out)
    path = tmp_path / "plan.ods"
    path.write_bytes(out.getvalue())
    made = reader.read(path, BASE, "en")
    assert tree(made) == ["Homes", "  Build flats", "  Cap rents"]
    assert value(made, "action/1.1", MG.endDate) == "2027-05-01"
    found = {(figure[0], figure[1], figure[4]) for figure in figures(made)}
    assert found == {
        ("budget", "action/1.1", "1250.5"), ("budget", "action/1.2", "40"),
        ("progress", "action/1.1", "25"), ("progress", "action/1.2", "100"),
    }  # fmt: skip
    stated = left(made)
    for words in ("Plan!A4 4 Hidden rows", "Plan!F Inner", "Draft", "Plan!B2 ask Ann"):
        assert words in stated


def _cell(value: object, is_share: bool) -> table.TableCell:
    if isinstance(value, date):
        return table.TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        kind = "percentage" if is_share else "float"
        return table.TableCell(valuetype=kind, value=str(value))
    cell = table.TableCell(valuetype="string")
    if value == "Build  flats":
        note = Annotation()
        note.addElement(text.P(text="ask Ann"))
        cell.addElement(note)
    if value:
        cell.addElement(text.P(text=str(value)))
    return cell


def test_tables_of_a_word_document_of_one_form_are_one_plan(tmp_path: Path) -> None:
    """The headings above the tables are the highest level; a merged cell is filled down."""
    document = docx.Document()
    document.add_paragraph("Our plan in two parts.")
    for name, rows in {
        "Axis 1 Air": [("Reduce", "Filter smoke"), ("Reduce", "Count cars")],
        "Axis 2 Sea": [("Protect", "Clean beaches"), ("Protect", "Ban nets")],
    }.items():
        document.add_heading(name, 1)
        grid = document.add_table(rows=3, cols=3)
        for column, heading in enumerate(("Objective", "Action", "Lead")):
            grid.cell(0, column).text = heading
        for at, (objective, action) in enumerate(rows, 1):
            grid.cell(at, 0).text = objective if at == 1 else ""
            grid.cell(at, 1).text = action
            grid.cell(at, 2).text = "Works"
        grid.cell(1, 0).merge(grid.cell(2, 0))
    path = tmp_path / "plan.docx"
    document.save(str(path))
    made = reader.read(path, BASE, "en")
    assert tree(made) == [
        "Axis 1 Air", "  Reduce", "    Filter smoke", "    Count cars",
        "Axis 2 Sea", "  Protect", "    Clean beaches", "    Ban nets",
    ]  # fmt: skip
    assert values(made, "stakeholder/lead/works", MG.stakeIn)


def test_tables_of_one_form_under_titles_in_a_sheet_are_one_plan(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        "Goal 1 Homes,,\nStrategy,Action,Lead\nBuild,Buy land,Works\nBuild,Lay pipes,Works\n\n"
        "Goal 2 Parks,,\nStrategy,Action,Lead\nPlant,Dig holes,Green\nPlant,Buy limes,Green\n"
    )
    made = reader.read(path, BASE, "en")
    assert tree(made) == [
        "Goal 1 Homes", "  Build", "    Buy land", "    Lay pipes",
        "Goal 2 Parks", "  Plant", "    Dig holes", "    Buy limes",
    ]  # fmt: skip


def test_another_table_below_is_stated_and_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        "Goal,Action,Lead,Status\nAir,Filter,Ann,Done\nAir,Count,Ann,Done\nSea,Dredge,Bob,Open\n\n"
        "Indicator,Unit,Target 2030\nSmoke,mg,4\nCatch,t,70\n"
    )
    made = reader.read(path, BASE, "en")
    assert tree(made) == ["Air", "  Filter", "  Count", "Sea", "  Dredge"]
    assert "plan.csv!A6" in left(made)
    assert "header = 6" in left(made)
    chosen = reader.read(path, BASE, "en", from_toml("header = 6"))
    assert column_roles(chosen)["Target 2030"] == "target"
    assert len(figures(chosen)) == 2


def test_what_stands_beside_a_table_is_stated_and_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(
        "Goal,Action,Lead,,\nAir,Filter,Ann,,Key\nAir,Count,Ann,,R = late\nSea,Dredge,Bob,,\n"
        "Sea,Fish,Bob,,\nSea,Swim,Bob,,\n"
    )
    made = reader.read(path, BASE, "en")
    assert list(column_roles(made)) == ["Goal", "Action", "Lead"]
    assert "R = late" in left(made)
