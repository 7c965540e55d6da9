"""An officer's list imported in Chromium in French, without Turtle, as the officer does it.

Without Chromium this test is skipped: `apt-get install chromium` (Debian) brings it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser import (
    NARROW,
    WIDE,
    Served,
    browsing,
    chromium,
    matrix_of,
    overflow,
    serving,
    watched,
)
from tests.conftest import HARBOUR

CHROMIUM = chromium()
pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is missing. Install it (Debian: apt-get install chromium) to test the pages.",
)
HEAD = "Titre;Année;Ville;Défi;Thème\n"
CLAIRE = (
    HEAD
    + """Fête du vent;2023;Porto Novo;Transition portuaire;Patrimoine portuaire
Course des bacs;2023;Vila Maré;Montée des mers;Eau propre
"""
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing(CHROMIUM or "") as running:
        yield running


@pytest.fixture(scope="module")
def served(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    assert cache.is_dir()
    folder = shutil.copytree(HARBOUR, tmp_path_factory.mktemp("imported") / "harbour")
    with serving(folder, "--edit") as running:
        yield running


def import_list(page: Page, served: Served, path: Path, coder: str) -> None:
    """Upload a list from the navigation on; the page that shows what it changes stays open."""
    page.goto(f"{served.address}/fr/")
    page.get_by_role("link", name="Importer").click()
    page.get_by_label("Feuille de calcul").set_input_files(path)
    page.get_by_label("Auteur de l'import").fill(coder)
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("heading", name="Vérifier l'import").wait_for()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_pages_of_an_import_fit_the_screen_and_complain_of_nothing(
    browser: Browser, served: Served, tmp_path: Path, size: ViewportSize
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(CLAIRE, encoding="utf-8")
    page = browser.new_page(viewport=size)
    noted = watched(page)
    page.goto(f"{served.address}/fr/import")
    assert overflow(page) == ""
    import_list(page, served, path, "Claire")
    assert overflow(page) == ""
    assert page.get_by_text("Porto Novo").first.is_visible()
    page.get_by_role("button", name="L'ajouter comme nouveau lieu").click()
    page.get_by_role("button", name="Tout importer").wait_for()
    assert overflow(page) == ""
    assert noted.complaints == []
    page.close()


def test_a_list_that_two_people_import_closes_a_gap(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(CLAIRE, encoding="utf-8")
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/fr/coverage")
    gap = [["2", "2", "1", "3"], ["2", "1", "lacune", "2"], ["2", "2", "1", "3"]]
    closed = [["3", "2", "1", "4"], ["2", "1", "1", "3"], ["3", "2", "2", "5"]]
    assert matrix_of(page) == gap
    for coder in ("Claire", "Amadou"):
        import_list(page, served, path, coder)
        if coder == "Claire":  # nobody has to add a place twice
            page.get_by_role("button", name="L'ajouter comme nouveau lieu").click()
        page.get_by_role("button", name="Tout importer").click()
        page.get_by_role("heading", name="Import terminé").wait_for()
        page.goto(f"{served.address}/fr/coverage")
        # the claims of one coder are provisional
        assert matrix_of(page) == (gap if coder == "Claire" else closed)
    context.close()
