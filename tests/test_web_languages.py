"""Texts in another language than their page are marked with it (WCAG 2.2, 3.1.2).

What is in which language is read from the plan's files, not from the engine.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from metrograph import paths
from metrograph.editing.forms import form
from metrograph.network.drawing import html
from metrograph.network.view import neighbourhood
from metrograph.plan import Plan, open_plan
from metrograph.tables.table import FORMATS
from metrograph.text import Run, runs
from metrograph.web.merging import merged
from tests.conftest import HARBOUR
from tests.explorer import LANGUAGES, client, words

CHANGED = {  # what the invented plan names in one language only, and where
    "activities.ttl": [
        (
            '"Forum des ports"@fr, "Harbour Forum"@en, "Foro de los Puertos"@es',
            '"Forum des <ports>"@fr',
        ),
        ('"Nobody has coded this activity yet."@en, ', ""),
        ('"Docks bleus"@fr, "Blue Docks"@en, "Dársenas Azules"@es', '"Docks bleus"@fr'),
        ('"Programme pour des docks sans déchets."@fr, ', ""),
    ],
    "categories.ttl": [
        ('"Eau propre"@fr, "Clean water"@en, "Agua limpia"@es', '"Agua limpia"@es'),
        ('"Digues"@fr, "Dikes"@en, "Diques"@es', '"Digues"@fr'),
    ],
    "coders.ttl": [('"codeuse A"@fr, "coder A"@en, "codificadora A"@es', '"codeuse A"@fr')],
    "claims-a.ttl": [('"Towns met."@en', '"Des villes se sont réunies."@fr')],
    "sources.ttl": [
        (
            '"Rapport 2023 de Villes portuaires"@fr, "Harbour Cities report 2023"@en, '
            '"Informe 2023 de Ciudades Portuarias"@es',
            '"Rapport 2023 de Villes portuaires"@fr',
        )
    ],
}
PAGES = (
    "/", "/coverage", "/coverage/activities", "/plan", "/explore", "/explore/centre",
    "/explore/path?from=activity/2022/harbour-forum&to=theme/clean-water",
    "/explore?focus=activity/2022/harbour-forum", "/explore/picture",
    "/questions/activities-of-theme?theme=theme/clean-water", "/questions/themes",
    "/questions/claims-of-activity?activity=activity/2022/harbour-forum",
    "/questions/sparql?query=SELECT+*+{+?claim+mg:reason+?reason+}+ORDER+BY+?claim",
    "/review/contested", "/review/findings", "/review/gaps?type=activities-pending",
    "/review/gaps?line=goal/1", "/review/indicators", "/review/cycle", "/review/agreement",
    "/review/pair?activity=activity/2022/harbour-forum&category=area/rising-seas/dikes",
    "/search?q=a", "/search?q=forum", "/edit", "/edit/record?kind=AlignmentClaim",
    "/edit/record?id=claim/a/harbour-forum/theme/clean-water",
    "/entity/activity/2022/harbour-forum", "/entity/theme/clean-water", "/entity/coder/a",
    "/entity/claim/a/harbour-forum/outcome/1.2", "/entity/initiative/blue-docks",
    "/entity/decision/2", "/entity/source/annual-2023", "/entity/source/annual-2023%23line=5,9",
)  # fmt: skip
UNMARKED = {"script", "style", "textarea", "pre"}  # code, and what a person types
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Reader(HTMLParser):
    """Reads a page as texts, each with its language and its element."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str, str]] = []
        self.attributes: list[str] = []
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = self.open[-1][1] if self.open else ""
        self.attributes += [value or "" for _, value in attrs]
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or above))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open:
            tag, lang = self.open[-1]
            self.texts.append((" ".join(data.split()), lang, tag))


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


def marked(page: str) -> list[tuple[str, str, str]]:
    """Return the texts of a page that are in another language than it: text, language, element."""
    page_lang = re.search(r'<html lang="(\w+)"', page) or re.search(r'<table lang="(\w+)"', page)
    assert page_lang
    return [text for text in read(page).texts if text[1] != page_lang[1]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the invented plan, with some of its names and reasons in one language only."""
    copy = shutil.copytree(HARBOUR, tmp_path_factory.mktemp("languages") / "harbour")
    for name, changes in CHANGED.items():
        text = (copy / name).read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text, before
            text = text.replace(before, after)
        (copy / name).write_text(text, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def site(folder: Path, cache: Path) -> Iterator[TestClient]:
    with client(folder, cache, edits=True) as asked:
        yield asked


@pytest.fixture(scope="module")
def plan(folder: Path, cache: Path) -> Plan:
    return open_plan(folder, cache=cache)


def literals(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each text of the Turtle files of a folder, with its language."""
    for path in folder.glob("*.ttl"):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.object, ox.Literal):
                yield " ".join(quad.object.value.split()), quad.object.language or ""


@pytest.fixture(scope="module")
def languages(folder: Path) -> dict[str, set[str]]:
    """Return the languages of each text that the plan's files and the ontology hold."""
    spoken: dict[str, set[str]] = defaultdict(set)
    for text, lang in (*literals(folder), *literals(paths.ONTOLOGY)):
        spoken[text].add(lang)
    return spoken


@pytest.fixture(scope="module")
def named(folder: Path) -> set[str]:
    """Return the texts of the plan that are long enough to be in no other by chance."""
    return {text for text, _ in literals(folder) if len(text) > 5}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_text_of_the_plan_stands_under_its_language(
    site: TestClient, languages: dict[str, set[str]], named: set[str], lang: str
) -> None:
    foreign = {
        text: (tags, re.compile(rf"\b{re.escape(text)}(?!\w)"))
        for text, tags in languages.items()
        if not tags & {lang, ""} and text in named
    }
    seen = set()
    for path in PAGES:
        answer = site.get(f"/{lang}{path}")
        assert answer.status_code == 200, path
        page = read(answer.text)
        for text, language, tag in page.texts:
            if tag in UNMARKED or (tag == "title" and text not in foreign):
                continue
            if language != lang and tag != "a":  # the links to the three languages
                assert language in languages[text], (path, text, language)
            for other, (tags, whole) in foreign.items():
                if other in text and whole.search(text):
                    seen.add(other)
                    assert language in tags, (path, text, language)
    assert len(seen) > 10, seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_mark_stands_where_only_text_can(site: TestClient, lang: str) -> None:
    for path in PAGES:
        page = read(site.get(f"/{lang}{path}").text)
        assert not [value for value in page.attributes if "<span" in value], path
        assert not [text for text, _, _ in page.texts if "span lang" in text], path
        assert not [text for text, _, tag in page.texts if tag == "option" and "<span" in text]


def test_a_heading_in_another_language_is_marked(site: TestClient) -> None:
    page = site.get("/en/entity/activity/2022/harbour-forum").text
    assert '<h1><span lang="fr">Forum des &lt;ports&gt;</span></h1>' in page
    assert "<title>Forum des &lt;ports&gt; ·" in page
    assert (
        "<h1>Forum des &lt;ports&gt;</h1>"
        in site.get("/fr/entity/activity/2022/harbour-forum").text
    )


@pytest.mark.parametrize(("lang", "text", "language"), [
    ("en", "Des villes se sont réunies.", "fr"),
    ("fr", "Clean water is named as a subject.", "en"),
    ("es", "The port transition is named.", "en"),
])  # fmt: skip
def test_a_reason_is_marked_beside_the_words_of_its_page(
    site: TestClient, lang: str, text: str, language: str
) -> None:
    page = site.get(f"/{lang}/entity/activity/2022/harbour-forum").text
    assert (text, language, "span") in marked(page)


def test_a_contested_reason_is_marked_but_not_its_basis(site: TestClient) -> None:
    page = site.get("/fr/review/contested").text
    assert (
        'explicite\u00a0: <span lang="en">Rising seas are named; no area seems to fit.</span>'
        in page
    )


def test_headings_of_the_matrix_are_marked(site: TestClient) -> None:
    page = site.get("/en/coverage").text
    assert (
        '<th scope="col"><a href="/en/entity/theme/clean-water"><span lang="es">Agua limpia' in page
    )
    assert '<span class="hidden">Rising seas × <span lang="es">Agua limpia</span>: </span>' in page


def test_a_choice_in_another_language_is_marked(site: TestClient) -> None:
    page = site.get("/en/questions/activities-of-theme").text
    assert '<option value="theme/clean-water" lang="es">Agua limpia</option>' in page
    assert '<option value="theme/decent-work">Decent work</option>' in page
    offered = site.get("/en/coverage/what-if").text
    option = '<option value="activity/2022/harbour-forum" lang="fr">Forum des &lt;ports&gt;<'
    assert option in offered


def test_a_passage_marks_the_title_of_its_source_only(site: TestClient) -> None:
    page = site.get("/en/entity/activity/2022/harbour-forum").text
    assert '<span lang="fr">Rapport 2023 de Villes portuaires</span>, lines 6–9' in page


def test_a_note_after_the_sentence_of_a_check_is_marked(site: TestClient) -> None:
    page = site.get("/en/review/findings").text
    assert ': <span lang="es">Nadie ha codificado aún esta actividad.</span></td>' in page


def test_a_drawing_marks_its_texts(site: TestClient) -> None:
    page = site.get("/en/explore?focus=activity/2022/harbour-forum").text
    assert ("Forum des <ports>", "fr", "text") in marked(page)
    assert ("Agua limpia", "es", "text") in marked(page)


def test_an_exported_table_marks_its_texts(plan: Plan) -> None:
    page = FORMATS["html"](plan.contested())
    assert ("Forum des <ports>", "fr", "span") in marked(page)
    assert ("codeuse A", "fr", "span") in marked(page)
    assert '<span lang="fr">codeuse A</span></th>' in page


def test_an_exported_network_marks_its_texts(plan: Plan) -> None:
    page = html(neighbourhood(plan.network(), "activity/2022/harbour-forum"))
    assert '<h1>Connections: <span lang="fr">Forum des &lt;ports&gt;</span></h1>' in page
    assert "<title>Connections: Forum des &lt;ports&gt;</title>" in page
    assert ("Agua limpia", "es", "span") in marked(page)


def test_files_for_programs_do_not_change(plan: Plan) -> None:
    table = plan.contested()
    assert "span" not in table.to_json() + table.to_csv() + table.to_text() + table.to_markdown()
    assert '"label": "Forum des <ports>"' in table.to_json()


@pytest.mark.parametrize(("lang", "sentence"), [
    ("en", "“soon” is not a year (YYYY)."),
    ("fr", "« soon » n'est pas une année (AAAA)."),
    ("es", "«soon» no es un año (AAAA)."),
])  # fmt: skip
def test_a_wrong_year_is_refused_in_the_language_of_the_page(
    site: TestClient, lang: str, sentence: str
) -> None:
    answer = site.get(f"/{lang}/coverage?year=soon")
    assert (answer.status_code, sentence in words(answer.text)) == (404, True)


@pytest.mark.parametrize(("lang", "sentence"), [
    ("en", "Send the form as application/x-www-form-urlencoded."),
    ("fr", "Envoyez le formulaire sous la forme application/x-www-form-urlencoded."),
    ("es", "Envíe el formulario como application/x-www-form-urlencoded."),
])  # fmt: skip
def test_a_form_of_another_type_is_refused_in_the_language_of_the_page(
    site: TestClient, lang: str, sentence: str
) -> None:
    answer = site.post(
        f"/{lang}/review/decide", content="{}", headers={"Content-Type": "text/plain"}
    )
    assert (answer.status_code, sentence in words(answer.text)) == (415, True)


def test_what_is_wrong_with_a_query_is_in_the_language_of_the_page(site: TestClient) -> None:
    page = site.get("/fr/questions/sparql?query=DELETE+WHERE+{+?s+?p+?o+}").text
    wrong = [text for text in read(page).texts if text[0].startswith("query:1")]
    assert [lang for _, lang, _ in wrong] == ["fr"]


def test_what_changed_in_a_record_is_marked_by_its_language(plan: Plan) -> None:
    _, (difference,) = merged(
        form(plan, "Activity"), {}, {"label.fr": ("Quai neuf",)}, {"label.en": ("New quay",)}
    )
    assert runs(difference.now[0]) == (Run("Quai neuf", "fr"),)
