"""A spreadsheet imported in the browser: what it would change, its errors, and what is written."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from starlette.testclient import TestClient

from metrograph.editing.forms import values
from metrograph.plan import open_plan
from metrograph.web.security import LARGEST_UPLOAD
from metrograph.web.uploads import Choices, Stage, Uploads
from tests.explorer import client, hidden, words

LIST = """Titre;Année;Ville;Défi;Thème
Fête du vent;2023;Vila Maré;Montée des mers;Eau propre
Atelier des phares;2022;Porto Novo;;Travail decent
"""
KITES = "activity/2023/fete-du-vent"


@pytest.fixture
def browser(harbour_copy: Path, cache: Path) -> Iterator[TestClient]:
    with client(harbour_copy, cache, edits=True) as opened:
        opened.app.state.uploads.patience = 60.0  # type: ignore[attr-defined]  # of Starlette
        yield opened


def send(browser: TestClient, data: bytes, name: str = "liste.csv", **fields: str) -> str:
    """Upload a file; return the address of its page."""
    token = hidden(browser.get("/fr/import").text, "token")
    answer = browser.post(
        "/fr/import", data={"token": token, **fields}, files={"file": (name, data)}
    )
    assert answer.status_code == 303, words(answer.text)
    return answer.headers["location"]


def press(browser: TestClient, address: str, **fields: str) -> str:
    """Press a button of an upload's page; return the page that comes then."""
    token = hidden(browser.get(address).text, "token")
    answer = browser.post(address, data={"token": token, **fields})
    assert answer.status_code == 303
    return browser.get(answer.headers["location"]).text


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.ttl")}


def test_an_officers_list_is_checked_a_place_made_on_the_way_and_imported(
    browser: TestClient, harbour_copy: Path, cache: Path
) -> None:
    before = bytes_of(harbour_copy)
    address = send(browser, LIST.encode(), coder="Claire")
    page = browser.get(address).text
    assert "1 erreur" in words(page)
    assert "liste.csv!C3 Porto Novo" in words(page)
    assert "1 lieu n'est pas encore dans le plan : Porto Novo" in words(page).replace("\xa0", " ")
    assert 'name="accept"' not in page
    page = press(browser, address, again="1", coder="Claire", kind="Activity", places="1")
    # a source, a coder, a place, two activities, three claims and the codings of two activities
    assert "ajouté : 10" in words(page).replace("\xa0", " ")
    assert "erreur" not in words(page)
    assert "3 affirmations restent provisoires" in words(page)
    assert bytes_of(harbour_copy) == before
    page = press(browser, address, accept="1")
    assert "Toutes les modifications ont été enregistrées." in words(page)
    assert f"/fr/entity/{KITES}" in page
    plan = open_plan(harbour_copy, "fr", cache=cache)
    assert values(plan, KITES)["place"] == ("place/vila-mare",)
    assert values(plan, "activity/2022/atelier-des-phares")["place"] == ("place/porto-novo",)
    assert values(plan, "claim/claire/fete-du-vent/theme/clean-water")["wasAttributedTo"] == (
        "coder/claire",
    )
    activity = words(browser.get(f"/fr/entity/{KITES}").text)
    claim = words(browser.get("/fr/entity/claim/claire/fete-du-vent/theme/clean-water").text)
    pair = "challenge=challenge/rising-seas&theme=theme/clean-water"
    cell = words(browser.get(f"/fr/coverage/activities?{pair}&claims=any").text)
    both = words(browser.get("/fr/entity/activity/2023/clean-docks").text)  # two have coded it
    once = "Une seule personne a codé cette activité"
    assert [once in page for page in (activity, claim, cell, both)] == [True, True, True, False]


def test_who_claims_is_asked_where_a_list_names_themes(browser: TestClient) -> None:
    address = send(browser, LIST.encode())
    page = browser.get(address).text
    assert "indiquez à qui attribuer ces affirmations" in words(page)
    assert "--coder" not in page
    page = press(browser, address, again="1", coder="Claire", places="1")
    assert 'name="accept"' in page
    assert "--coder" not in page


def test_a_workbook_comes_back_with_one_value_changed(browser: TestClient) -> None:
    rows = [
        ("id", "année"),
        ("activity/2023/clean-docks", 2022),
        ("activity/2023/storm-alert", 2023),
    ]
    page = browser.get(send(browser, workbook("Activités", rows), "Mon plan.xlsx")).text
    told = words(page).replace("\xa0", " ")
    assert "ajouté : 0 · modifié : 1 · supprimé : 0 · inchangé : 1" in told
    assert "année 2023 2022 Activités!" in told


def workbook(sheet: str, rows: Sequence[tuple[object, ...]]) -> bytes:
    book = Workbook()
    active = book.active
    assert active is not None
    active.title = sheet
    for row in rows:
        active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_plan_that_changed_meanwhile_is_compared_again_before_anything_is_written(
    browser: TestClient, harbour_copy: Path
) -> None:
    rows = [("id", "année"), ("activity/2023/clean-docks", 2022)]
    address = send(browser, workbook("Activités", rows), "plan.xlsx")
    assert 'name="accept"' in browser.get(address).text
    path = harbour_copy / "activities.ttl"
    text = path.read_text(encoding="utf-8")
    start = text.index("<activity/2023/clean-docks>")
    changed = text[:start] + text[start:].replace('"2023"', '"2024"', 1)
    path.write_text(changed, encoding="utf-8")
    page = press(browser, address, accept="1")
    assert "Le plan a changé" in words(page)
    assert "année 2024 2022" in words(page)
    assert path.read_text(encoding="utf-8") == changed
    assert "Toutes les modifications" in words(press(browser, address, accept="1"))
    after = path.read_text(encoding="utf-8")
    assert '"2022"' in after[after.index("<activity/2023/clean-docks>") :].split("\n\n")[0]


def test_a_change_elsewhere_in_the_plan_does_not_hold_an_import_up(
    browser: TestClient, harbour_copy: Path
) -> None:
    rows = [("id", "année"), ("activity/2023/clean-docks", 2022)]
    address = send(browser, workbook("Activités", rows), "plan.xlsx")
    browser.get(address)
    path = harbour_copy / "coders.ttl"
    path.write_text(path.read_text(encoding="utf-8") + "# checked\n", encoding="utf-8")
    assert "Toutes les modifications" in words(press(browser, address, accept="1"))
    assert path.read_text(encoding="utf-8").endswith("# checked\n")


@pytest.mark.parametrize(("lang", "sentence"), [
    ("en", "1 error"), ("fr", "1 erreur"), ("es", "1 error"),
])  # fmt: skip
def test_faults_are_said_in_the_language_of_the_page(
    browser: TestClient, lang: str, sentence: str
) -> None:
    address = send(browser, LIST.encode(), coder="Claire").replace("/fr/", f"/{lang}/")
    page = words(browser.get(address).text)
    assert sentence in page
    missing = {"en": "was not found in the plan", "fr": "introuvable dans le plan", "es": "el plan"}
    assert missing[lang] in page


def test_progress_is_shown_and_reloads_by_itself_until_the_work_ends(browser: TestClient) -> None:
    uploads: Uploads = browser.app.state.uploads  # type: ignore[attr-defined]  # of Starlette
    with uploads._turn:  # another import is under way
        uploads.patience = 0.0
        address = send(browser, LIST.encode(), coder="Claire")
        page = browser.get(address).text
        assert '<meta http-equiv="refresh"' in page
        assert "Comparaison avec le plan" in page
    uploads.patience = 60.0
    assert "1 erreur" in words(browser.get(address).text)


def test_hostile_names_and_cells_stay_text(browser: TestClient) -> None:
    rows = "Titre;Année;Ville\n<script>alert(1)</script>;2023;<b>Vila</b>\n"
    address = send(browser, rows.encode(), "../../<script>.csv", coder="<i>C</i>")
    page = browser.get(address).text
    assert "<script>" not in page
    assert "<b>" not in page.replace("<b>GAP</b>", "")
    assert "&lt;b&gt;Vila" in page
    assert "script.csv!C2" in words(page)


@pytest.mark.parametrize(("name", "data", "sentence"), [
    ("vide.csv", b"", "Choisissez un fichier"),
    ("plan.docx", b"PK", "Ce type de fichier"),
])  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_at_once(
    browser: TestClient, name: str, data: bytes, sentence: str
) -> None:
    token = hidden(browser.get("/fr/import").text, "token")
    answer = browser.post("/fr/import", data={"token": token}, files={"file": (name, data)})
    assert answer.status_code == 422
    assert sentence in words(answer.text)


def test_a_damaged_workbook_is_refused_without_a_place_of_this_machine(browser: TestClient) -> None:
    page = browser.get(send(browser, b"PK\3\4broken", "plan.xlsx")).text
    assert "plan.xlsx" in words(page)
    assert "metrograph-" not in page


def test_only_who_may_write_uploads_and_only_they_see_their_upload(
    browser: TestClient, harbour_copy: Path, cache: Path
) -> None:
    address = send(browser, LIST.encode(), coder="Claire")
    browser.cookies.clear()
    assert browser.get(address).status_code == 404
    file = {"file": ("a.csv", b"a;b")}
    assert browser.post("/fr/import", data={"token": "x"}, files=file).status_code == 403
    with client(harbour_copy, cache) as reader:
        assert reader.get("/en/import").status_code == 403
        assert reader.post("/en/import", files=file).status_code == 403
        assert "/en/import" not in reader.get("/en/").text
    with client(harbour_copy, cache, True, "a word of sixteen") as stranger:
        answer = stranger.post("/en/import", files=file)
        assert (answer.status_code, stranger.get("/en/import").status_code) == (303, 303)
        assert answer.headers["location"].startswith("/en/edit/enter")


def test_uploads_have_a_larger_limit_than_forms(browser: TestClient) -> None:
    large = {"content-length": str(LARGEST_UPLOAD + 1)}
    assert browser.post("/fr/import", headers=large).status_code == 413
    fits = {"content-length": str(LARGEST_UPLOAD), "content-type": "text/plain"}
    assert browser.post("/fr/import", content=b"", headers=fits).status_code != 413
    assert browser.post("/fr/edit/record", headers=fits).status_code == 413


def test_uploads_are_forgotten_after_half_an_hour_and_the_oldest_makes_room() -> None:
    now = 0.0
    uploads = Uploads(clock=lambda: now)
    keys = [uploads.add("session", "a.csv", b"a", Choices(), "en") for _ in range(8)]
    assert uploads.add("session", "a.csv", b"a", Choices(), "en") is None  # all are worked on
    first = uploads.get(keys[0] or "", "session")
    assert first is not None
    uploads.forget(first.key)
    key = uploads.add("session", "b.csv", b"b", Choices(), "en")
    assert key
    begun = uploads.begin(key, Stage.COMPARING, Choices(), "en")
    assert begun
    assert uploads.begin(key, Stage.SAVING, Choices(), "en") is None  # pressed twice
    uploads.start(lambda upload: upload.__class__(**{**vars(upload), "stage": Stage.REVIEW}), begun)
    assert uploads.settled(key, "session", 60.0) is not None
    now = 1801.0
    assert uploads.get(key, "session") is None
    assert uploads.get(keys[1] or "", "session") is not None  # still worked on
