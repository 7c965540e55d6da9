"""Checks spreadsheets there and back: the workbook to fill in, and what an import changes."""

import csv
import io
import os
import resource
import shutil
import signal
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from metrograph.exchange.workbook import template as templates
from metrograph.exchange.workbook.importing import Result, result
from metrograph.exchange.workbook.saving import save
from metrograph.plan import Plan, open_plan
from metrograph.store.turtle import file_contents, turtle_files
from metrograph.store.writing import locked
from tests.conftest import HARBOUR, Run, some

DAY = date(2026, 3, 1)
COLUMNS = {
    "name_fr": "Nom (français)", "name_en": "Nom (anglais)", "year": "année", "start": "début",
    "plan": "plan", "organizer": "organisateur", "cited": "référence",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the invented plan, to be changed."""
    return shutil.copytree(HARBOUR, tmp_path / "harbour")


@pytest.fixture
def plan(folder: Path, cache: Path) -> Plan:
    return open_plan(folder, cache=cache)


def workbook(plan: Plan, tmp_path: Path) -> tuple[Path, Any]:
    """Return the workbook of a plan as a file, and open for changes."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(templates.template(plan, DAY))
    return path, openpyxl.load_workbook(path)


def column(sheet: Any, heading: str) -> int:
    """Return the number of the column that begins with a heading."""
    found = [cell.column for cell in sheet[1] if str(cell.value or "").startswith(heading)]
    assert len(found) == 1, (heading, [cell.value for cell in sheet[1]])
    return int(found[0])


def row_of(sheet: Any, name: str) -> int:
    return int(next(cell.row for cell in sheet["A"] if cell.value == name))


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ttl"))}


def told(found: Result) -> dict[str, tuple[str, str]]:
    """Return what was made of each cell that was interpreted or left."""
    return {one.where: (one.found, one.made) for one in found.remarks}


def written_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


# ---------------------------------------------------------------- the workbook


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_a_workbook_that_nobody_filled_in_changes_nothing(
    folder: Path, cache: Path, tmp_path: Path, lang: str
) -> None:
    plan = open_plan(folder, lang, cache=cache)
    path = tmp_path / "book.xlsx"
    path.write_bytes(templates.template(plan, DAY))
    found = result(plan, path, DAY)
    assert (found.faults, found.remarks) == ((), ())
    # 7 activities, 5 members, and the readings, claims and figures that the files hold
    held = {"activity": 7, "member": 5}
    for kind, count in held.items():
        assert sum(one.id.startswith(f"{kind}/") for one in found.changes.changes) == count
    assert found.changes.count("unchanged") == len(found.changes.changes) > 60
    assert found.changes.texts == {}


def test_the_workbook_speaks_the_language_and_marks_what_is_required(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    _, book = workbook(open_plan(folder, "fr", cache=cache), tmp_path)
    assert book.sheetnames[:6] == [
        "Mode d'emploi", "Activités", "Codages", "Affirmations", "Valeurs", "Membres",
    ]  # fmt: skip
    assert {"Organisations", "Lieux", "Codeurs", "Indicateurs", "Thèmes d'orientation", "Défis",
            "Niveaux", "Éléments du plan"} <= set(book.sheetnames)  # fmt: skip
    assert [book[name].sheet_state for name in book.sheetnames[-2:]] == ["hidden", "veryHidden"]
    sheet = book["Activités"]
    headings = [cell.value for cell in sheet[1]]
    assert headings[:4] == ["Fiche", "nom (anglais) *", "nom (français) *", "nom (espagnol) *"]
    assert "année *" in headings
    assert "édition" in headings
    assert "Un nom court" in sheet.cell(1, 2).comment.text
    lists = {
        str(one.sqref).split(":")[0]: one.formula1 for one in sheet.data_validations.dataValidation
    }
    place = sheet.cell(2, column(sheet, "lieu")).coordinate
    assert lists[place].startswith("_lists!")


def test_rows_show_their_texts_and_print_with_their_headings(
    plan: Plan, tmp_path: Path, cache: Path
) -> None:
    """A row is as high as its longest cell (LibreOffice finds that not by itself), to a limit."""
    path = plan.built.folder / "activities.ttl"
    text = path.read_text(encoding="utf-8")
    short = "Course for young people on tides and storm warnings."
    assert short in text
    long = "A sentence of forty signs with spaces. ." * 4  # 160 signs in a column of 50: four lines
    path.write_text(text.replace(short, long), encoding="utf-8")
    _, book = workbook(open_plan(plan.built.folder, cache=cache), tmp_path)
    sheet = book.worksheets[1]
    assert sheet.row_dimensions[row_of(sheet, "activity/2021/tide-school")].height == 4 * 15
    assert all((one.height or 15) <= 8 * 15 for one in sheet.row_dimensions.values())
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")


def test_an_empty_workbook_has_headings_and_lists_only(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(templates.template(plan, DAY, empty=True))
    sheet = openpyxl.load_workbook(path)["Activities"]
    assert [cell.value for cell in sheet["A"] if cell.value] == ["Record"]
    assert result(plan, path, DAY).changes.changes == ()


def test_labels_in_the_workbook_are_texts_whatever_they_begin_with(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    path = folder / "activities.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Tide School"@en', '"=HYPERLINK(\\"x\\")<script>"@en'))
    plan = open_plan(folder, cache=cache)
    book_path, book = workbook(plan, tmp_path)
    sheet = book["Activities"]
    cell = sheet.cell(row_of(sheet, "activity/2021/tide-school"), 2)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("x")<script>')
    assert result(plan, book_path, DAY).changes.texts == {}


# ---------------------------------------------------------------- what an import changes


def test_changed_added_and_removed_rows_are_told_apart_and_written(
    folder: Path, plan: Plan, cache: Path, tmp_path: Path
) -> None:
    path, book = workbook(plan, tmp_path)
    sheet = book["Activities"]
    row = row_of(sheet, "activity/2021/tide-school")
    sheet.cell(row, 2).value = "Tide School for all"
    sheet.cell(row, column(sheet, "end")).value = "12 sept. 2021"
    new = {
        "name (English)": "Night of the Quays", "name (French)": "Nuit des quais",
        "name (Spanish)": "Noche de los muelles", "year": 2023,
        "start": datetime(2023, 10, 7), "plan": "plan/2022-2025",
        "participant": "Vila Maré\nmember/ndarou", "citation": "source/annual-2023 21-22",
    }  # fmt: skip
    free = sheet.max_row + 1
    for heading, value in new.items():
        sheet.cell(free, column(sheet, heading)).value = value
    claims = book["Claims"]
    settled = (folder / "decisions.ttl").read_text(encoding="utf-8")
    others = [cell for cell in claims["A"] if cell.value and f"<{cell.value}>" not in settled]
    gone = str(others[-1].value)
    claims.delete_rows(others[-1].row)
    book.save(path)
    before = texts(folder)
    found = result(plan, path, DAY)
    assert found.faults == ()
    assert {what: found.changes.count(what) for what in ("added", "changed", "removed")} == {
        "added": 1, "changed": 1, "removed": 1,
    }  # fmt: skip
    assert told(found) == {
        f"Activities!{sheet.cell(row, column(sheet, 'end')).coordinate}": (
            "12 sept. 2021", "2021-09-12",
        )
    }  # fmt: skip
    save(plan, found.changes)
    after = texts(folder)
    assert '"Tide School for all"@en' in after["activities.ttl"]
    assert 'mg:endDate "2021-09-12"^^xsd:date' in after["activities.ttl"]
    added = after["activities.ttl"].partition("<activity/2023/night-of-the-quays> a mg:Activity")[2]
    assert "mg:participant <member/vila-mare>, <member/ndarou>" in added
    assert 'mg:startDate "2023-10-07"^^xsd:date' in added
    assert "mg:citation <source/annual-2023#line=20,22> ." in added
    assert f"<{gone}> a" in before["claims-a.ttl"] + before["claims-b.ttl"]
    assert f"<{gone}> a" not in after["claims-a.ttl"] + after["claims-b.ttl"]
    untouched = before.keys() - {"activities.ttl", "claims-a.ttl", "claims-b.ttl"}
    assert {name: before[name] for name in untouched} == {name: after[name] for name in untouched}
    again = result(open_plan(folder, cache=cache), path, DAY)
    assert (again.faults, again.changes.texts) == ((), {})


def test_what_was_changed_on_both_sides_is_a_conflict_and_what_nobody_touched_is_not(
    folder: Path, plan: Plan, cache: Path, tmp_path: Path
) -> None:
    path, book = workbook(plan, tmp_path)
    sheet = book["Activities"]
    sheet.cell(row_of(sheet, "activity/2021/tide-school"), 2).value = "Mine"
    book.save(path)
    file = folder / "activities.ttl"
    text = file.read_text(encoding="utf-8")
    text = text.replace('"Tide School"@en', '"Theirs"@en').replace(
        '"Harbour Forum"@en', '"Other"@en'
    )
    file.write_text(text, encoding="utf-8")
    found = result(open_plan(folder, cache=cache), path, DAY)
    assert [one.where for one in found.faults] == ["Activities!A2"]
    (message,) = [one.message for one in found.faults]
    assert "Mine" in message
    assert "Theirs" in message
    assert found.changes.count("changed") == 0  # the other one was changed by them alone


def test_a_csv_as_people_write_it_is_read_and_known_again(
    folder: Path, plan: Plan, cache: Path, tmp_path: Path
) -> None:
    market = ["45206", "Marché", "Market", "Mercado", "2023", "plan/2022-2025",
              "source/annual-2023 21-22", "à voir"]  # fmt: skip
    rows = [
        ["Début ", "NOM (francais)", "nom (en)", "label.es", "Année", "plan", "référence",
         "Remarque"],
        ["7 oct. 2023", "Fête d'été", "Summer <b>Fair</b>", "Feria", "2023", "plan/2022-2025",
         "source/annual-2023 21", ""],
        ["", "", "", "", "", "", "", ""],
        market,
        market,
    ]  # fmt: skip
    path = written_csv(tmp_path / "activités.csv", rows, "cp1252")
    found = result(plan, path, DAY)
    assert found.faults == ()
    assert [one.id for one in found.changes.changes] == [
        "activity/2023/summer-fair", "activity/2023/market",
    ]  # fmt: skip
    noticed = told(found)
    assert noticed["activités.csv!A2"] == ("7 oct. 2023", "2023-10-07")
    assert noticed["activités.csv!A4"] == ("45206", "2023-10-07")
    assert noticed["activités.csv!C2"] == ("Summer <b>Fair</b>", "Summer Fair")
    assert "“activity” has no field with this name" in noticed["activités.csv!H1"][1]
    assert "row 4" in noticed["activités.csv!A5"][1]
    save(plan, found.changes)
    again = result(open_plan(folder, cache=cache), path, DAY)
    assert (again.changes.count("unchanged"), again.changes.texts) == (2, {})


def test_each_fault_names_its_cell_and_nothing_is_written_unless_asked(
    folder: Path, plan: Plan, tmp_path: Path, run: Run
) -> None:
    path, book = workbook(plan, tmp_path)
    sheet = book["Activities"]
    row = row_of(sheet, "activity/2021/tide-school")
    start = sheet.cell(row, column(sheet, "start"))
    start.value = "31/02/2023"
    other = sheet.cell(row + 1, column(sheet, "place"))
    other.value = "Porto Salgadoo"
    sheet.cell(row + 2, 2).value = "Forum of harbours"
    book.save(path)
    found = result(plan, path, DAY)
    assert [one.where for one in found.faults] == [
        f"Activities!{start.coordinate}", f"Activities!{other.coordinate}",
    ]  # fmt: skip
    assert "31/02/2023 does not exist" in found.faults[0].message
    assert "Did you mean Porto Salgado?" in found.faults[1].message
    before = texts(folder)
    refused = run("import", path, "--graph", folder)
    assert refused.returncode == 1
    assert "Rows to correct first: 2" in refused.stderr
    assert texts(folder) == before
    taken = run("import", path, "--graph", folder, "--accept-valid")
    assert taken.returncode == 1
    assert "Forum of harbours" in texts(folder)["activities.ttl"]


HEAD = ["name (en)", "name (fr)", "name (es)", "year", "start", "end", "plan", "citation"]
GOOD = ["One", "Un", "Uno", "2023", "", "", "plan/2022-2025", "source/annual-2023 21"]


def test_what_is_left_out_is_all_listed_and_the_rest_is_written(
    folder: Path, cache: Path, tmp_path: Path, run: Run
) -> None:
    rows = [
        HEAD,
        GOOD,
        ["Two", "Deux", "Dos", "2023", *GOOD[4:7], ""],  # what the shapes refuse
        ["Three", "Trois", "Tres", "20x3", *GOOD[4:]],  # what cannot be read
    ]
    path = written_csv(tmp_path / "a.csv", rows)
    taken = run("import", path, "--graph", folder, "--accept-valid", "--format", "csv")
    assert taken.returncode == 1
    assert "a.csv!H3" in taken.stdout  # the row without a citation
    assert "a.csv!D4" in taken.stdout
    assert "added: 1" in taken.stderr
    plan = open_plan(folder, cache=cache)
    assert plan.label("activity/2023/one") == "One"
    assert '"Two"@en' not in texts(folder)["activities.ttl"]


def test_rows_without_an_id_are_known_by_name_and_year_and_never_doubled(
    plan: Plan, tmp_path: Path
) -> None:
    """A copied row is its record; rows of one name and another day are two; a row twice is one."""
    copied = ["Tide School", "École des marées", "Escuela de Mareas", "2021", "", "",
              "plan/2022-2025", "source/annual-2023 3-5"]  # fmt: skip
    found = result(plan, written_csv(tmp_path / "a.csv", [HEAD, copied]), DAY)
    assert [one.id for one in found.changes.changes] == ["activity/2021/tide-school"]
    again = [*GOOD[:4], "2023-05-01", *GOOD[5:]]
    apart = result(plan, written_csv(tmp_path / "b.csv", [HEAD, GOOD, again]), DAY)
    assert apart.faults == ()
    assert len({change.id for change in apart.changes.changes}) == 2
    assert "b.csv!A3" in {remark.where for remark in apart.remarks}
    twice = result(plan, written_csv(tmp_path / "c.csv", [HEAD, GOOD, GOOD]), DAY)
    assert [change.id for change in twice.changes.changes] == ["activity/2023/one"]
    assert ("c.csv!A3", "left") in {(remark.where, remark.kind) for remark in twice.remarks}


def test_lists_take_commas_curly_quotes_and_the_ends_of_ids(plan: Plan, tmp_path: Path) -> None:
    head = [*HEAD, "participant", "reported under"]
    row = [*GOOD, "Vila Maré, ndarou", "1"]
    found = result(plan, written_csv(tmp_path / "a.csv", [head, row]), DAY)
    assert found.faults == ()
    (change,) = found.changes.changes
    assert change.after is not None
    named = {plan.ids.short(str(one.object).strip("<>")) for one in change.after.triples()}
    assert {"member/vila-mare", "member/ndarou"} <= named


def test_a_workbook_of_everything_is_taken_as_far_as_it_can_be(
    plan: Plan, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "all.xlsx"
    run("export", "--graph", plan.built.folder, "-o", path)
    found = result(plan, path, DAY)
    assert found.faults == ()
    assert found.changes.texts == {}
    assert found.changes.count("unchanged") > 60
    left = {one.where for one in found.remarks if one.kind == "left"}
    assert "unit" in left


def test_the_shapes_are_asked_of_the_whole(plan: Plan, tmp_path: Path) -> None:
    rows = [
        ["name (en)", "name (fr)", "name (es)", "year", "start", "end", "plan", "citation"],
        ["Backwards", "À rebours", "Al revés", "2023", "2023-05-02", "2023-05-01", "plan/2022-2025",
         "source/annual-2023 21"],
    ]  # fmt: skip
    found = result(plan, written_csv(tmp_path / "a.csv", rows), DAY)
    (fault,) = found.faults
    assert fault.where in ("a.csv!A2", "a.csv!F2", "a.csv!E2")
    assert "end" in fault.message


def test_a_workbook_of_another_plan_and_a_sheet_of_nothing_known_are_refused(
    plan: Plan, metropolis: Plan, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(templates.template(metropolis, DAY, empty=True))
    refused = run("import", path, "--graph", plan.built.folder)
    assert refused.returncode == 2
    assert "made from another plan (https://w3id.org/metrograph/metropolis/)" in refused.stderr
    rows = [["colour", "taste"], ["red", "sweet"]]
    unknown = run("import", written_csv(tmp_path / "b.csv", rows), "--graph", plan.built.folder)
    assert unknown.returncode == 2
    assert "--kind" in unknown.stderr
    own = run("import", path)
    assert own.returncode == 2
    assert "--graph DIR" in own.stderr


def test_a_dry_run_shows_the_change_and_writes_nothing(
    folder: Path, plan: Plan, tmp_path: Path, run: Run
) -> None:
    path, book = workbook(plan, tmp_path)
    sheet = book["Members"]
    sheet.cell(2, 2).value = "New name"
    book.save(path)
    before = texts(folder)
    report = tmp_path / "report.csv"
    shown = run(
        "import", path, "--graph", folder, "--dry-run", "--format", "csv", "--report", report
    )
    assert shown.returncode == 0, shown.stderr
    (row,) = [
        row for row in csv.DictReader(io.StringIO(shown.stdout)) if row["Field"].startswith("name")
    ]
    assert (row["Change"], row["After"]) == ("changed", "New name")
    assert "Nothing was written (--dry-run)" in shown.stderr
    assert texts(folder) == before
    assert report.read_text(encoding="utf-8-sig").startswith("Where,Treatment,")


# ---------------------------------------------------------------- killed, and out of space


def state_after(found: Result, plan: Plan, hook: Any) -> int:
    """Save in a process of its own in which `hook` may do harm; return how it ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            hook()
            save(plan, found.changes)
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def edited(plan: Plan, tmp_path: Path) -> Result:
    """Return an import that changes two files."""
    path, book = workbook(plan, tmp_path)
    for name in ("Activities", "Members"):
        sheet = book[name]
        sheet.cell(2, 2).value = f"New name in {name}"
    book.save(path)
    return result(plan, path, DAY)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process of its own making by fork")
def test_an_import_that_is_killed_anywhere_changes_all_or_nothing(
    folder: Path, plan: Plan, cache: Path, tmp_path: Path
) -> None:
    found = edited(plan, tmp_path)
    assert len(found.changes.texts) == 2
    before = texts(folder)
    saved = shutil.copytree(folder, tmp_path / "saved")
    ends: list[str] = []
    for step in (*some(range(1, 200), 3), 500):
        shutil.rmtree(folder)
        shutil.copytree(saved, folder)
        left = [step]

        def kill_at(event: str, _: object, left: list[int] = left) -> None:
            if event.startswith(("open", "os.", "shutil.", "tempfile.")):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        code = state_after(found, plan, lambda hook=kill_at: sys.addaudithook(hook))
        found_there = sorted(path.name for path in folder.rglob("*"))
        open_plan(folder, cache=cache)
        now = {
            path.name: data.decode() for path, data in file_contents(folder, turtle_files(folder))
        }
        assert sorted(path.name for path in folder.rglob("*")) == found_there  # reading only reads
        changed = {name for name in before if now[name] != before[name]}
        assert changed in (set(), {"activities.ttl", "members.ttl"}), step
        with locked(folder):
            assert texts(folder) == now
        assert [path.name for path in folder.glob(".*")] == [".metrograph.lock"]
        ends.append("all" if changed else "nothing")
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert ends[-1] == "all"
    assert ends.index("all") > 1  # it was killed before the change, and after it was decided
    assert ends.count("all") > 1
    assert ends == sorted(ends, key=lambda one: one == "all")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits a process of its own making by fork")
def test_a_disk_that_fills_leaves_the_files_whole(folder: Path, plan: Plan, tmp_path: Path) -> None:
    found = edited(plan, tmp_path)
    before = texts(folder)
    most = max(map(len, found.changes.texts.values())) // 2

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    assert state_after(found, plan, fill) == 1
    assert texts(folder) == before
    assert [path.name for path in folder.iterdir() if path.name.startswith(".metrograph.w")] == []


def test_what_changed_while_the_import_was_looked_at_is_not_overwritten(
    folder: Path, plan: Plan, tmp_path: Path
) -> None:
    found = edited(plan, tmp_path)
    path = folder / "members.ttl"
    names = [one.id for one in found.changes.changes if one.what == "changed"]
    member = next(name for name in names if name.startswith("member/"))
    text = path.read_text(encoding="utf-8")
    label = text.partition(f"<{member}> a")[2].partition('"')[2].partition('"')[0]
    path.write_text(text.replace(f'"{label}"', '"Elsewhere"', 1), encoding="utf-8")
    before = texts(folder)
    with pytest.raises(Exception, match="has meanwhile been changed by someone else"):
        save(plan, found.changes)
    assert texts(folder) == before
