"""The passage behind a citation, on the command line and on pages, and the pages of documents.

All lines are those of tests/data/harbour/sources, counted by hand: line 4 of the report is
"with the Coast Lab; ...", and each of the 40 lines is cited by a record.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from metrograph.documents.adding import add
from metrograph.documents.edition import Line, edition_of
from metrograph.documents.passages import Held, Shelf, as_text, cut
from metrograph.plan import Plan, open_plan
from tests.conftest import Run
from tests.explorer import client, links, words
from tests.shelf import REPORT, shelved

STORM = "with the Coast Lab; Vila Mare took part. Young people learned to read storm warnings"
WORD = "open sesame"
CANARY = "the tides as a trade"  # no record uses these words
CLAIM = "/en/entity/claim/a/tide-school/theme/decent-work"


@pytest.fixture(scope="module")
def shelf_plan(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Plan:
    return shelved(tmp_path_factory.mktemp("shelf") / "harbour", cache)


@pytest.fixture(scope="module")
def browser(shelf_plan: Plan, cache: Path) -> Iterator[TestClient]:
    with client(shelf_plan.built.folder, cache) as asked:
        yield asked


def test_a_citation_leads_to_its_lines_with_two_around_them(shelf_plan: Plan) -> None:
    passage = Shelf(shelf_plan).passage("source/annual-2023#line=3,4")
    assert passage is not None
    assert [(line.number, line.is_cited) for line in passage.lines] == [
        (2, False),
        (3, False),
        (4, True),
        (5, False),
        (6, False),
    ]
    assert passage.lines[2].text.startswith(STORM)
    assert passage.lang == "en"


def test_lines_that_a_text_does_not_have_are_reported(shelf_plan: Plan) -> None:
    shelf = Shelf(shelf_plan)
    assert as_text(shelf, "source/annual-2023#line=40,41", "en") == (
        "The text has 40 lines and does not reach these."
    )
    last = shelf.passage("source/annual-2023#line=38,99")  # 39 and 40 are its last
    assert last is not None
    assert [line.number for line in last.lines if line.is_cited] == [39, 40]


def test_a_passage_names_its_pages_and_cuts_what_is_long(shelf_plan: Plan) -> None:
    lines = [Line(f"line {number}", page=1 + number // 25) for number in range(60)]
    lines[1] = Line("x" * 5_000, page=1)
    document = Shelf(shelf_plan).documents[0]
    passage = cut(Held(document, edition_of(lines)), "source/long", 2, 60)
    assert passage.pages == (1, 2)  # 30 lines are shown: 2 to 31, page 2 begins with 26
    assert passage.left == 29
    assert [line.number for line in passage.lines] == list(range(1, 32))
    assert len(passage.lines[1].text) < 1_100


def test_show_and_query_give_passages_only_when_asked(shelf_plan: Plan, run: Run) -> None:
    asked = ("show", "claim/a/tide-school/theme/decent-work", "--format", "json")
    where = ("--graph", shelf_plan.built.folder)
    assert CANARY not in run(*asked, *where).stdout
    rows = json.loads(run(*asked, "--passages", *where).stdout)["rows"]
    texts = [row["value_passage"] for row in rows if row["value_passage"]]
    assert [text.splitlines()[2][:5] for text in texts] == ["> 4  "]
    listed = run(
        "query",
        "claims-of-activity",
        "-p",
        "activity=activity/2021/tide-school",
        "--passages",
        "--format",
        "csv",
        *where,
    )
    assert "Passage" in listed.stdout.splitlines()[0]
    assert f"> 4  {STORM}" in listed.stdout


def test_where_the_text_is_not_at_hand_the_command_says_what_to_add(
    harbour_copy: Path, run: Run
) -> None:
    shown = run(
        "show",
        "claim/a/tide-school/theme/decent-work",
        "--passages",
        "--format",
        "json",
        "--graph",
        harbour_copy,
    )
    assert "metrograph documents add FILE --source source/annual-2023" in shown.stdout


@pytest.mark.parametrize(
    "path",
    [
        CLAIM,
        "/en/entity/activity/2021/tide-school",
        "/en/entity/source/annual-2023%23line%3D3%2C4",
        "/en/coverage/activities?theme=theme/decent-work",
        "/en/questions/claims-of-activity?activity=activity/2021/tide-school",
    ],
)
def test_a_page_shows_the_passage_wherever_a_citation_stands(
    browser: TestClient, path: str
) -> None:
    page = browser.get(path)
    assert page.status_code == 200
    assert f"<mark>{STORM}" in page.text
    assert "/en/document/source/annual-2023#L4" in links(page.text)


def test_a_page_says_what_to_add_where_the_text_is_not_at_hand(
    harbour_copy: Path, cache: Path
) -> None:
    with client(harbour_copy, cache) as asked:
        assert "metrograph documents add FILE --source source/annual-2023" in words(
            asked.get(CLAIM).text
        )


def test_the_form_of_a_claim_shows_what_the_documents_state(shelf_plan: Plan, cache: Path) -> None:
    with client(shelf_plan.built.folder, cache, edits=True) as asked:
        page = asked.get("/en/edit/record?kind=Coding&codedActivity=activity/2021/tide-school")
        assert f"<mark>{STORM}" in page.text  # the activity cites lines 3 to 5
        page = asked.get("/en/edit/record?id=claim/a/tide-school/theme/decent-work")
        assert page.text.count('class="passage" open') == 1


def test_the_page_of_a_document_has_each_line_and_what_cites_it(browser: TestClient) -> None:
    page = browser.get("/en/document/source/annual-2023").text
    assert page.count('class="line ') == 40
    line = page.partition('id="L4"')[2].partition('id="L5"')[0]
    assert STORM in line
    assert '<li class="claim">' in line
    assert "coder A: Decent work" in words(line)
    figure = page.partition('id="L26"')[2].partition('id="L27"')[0]
    assert '<li class="figure">' in figure
    assert "Clean samples" in words(figure)
    assert "100% of its lines are cited" in words(page)
    assert page.count("document/source/annual-2023#L") >= 40


def test_documents_are_listed_with_those_that_are_missing(
    harbour_copy: Path, cache: Path, browser: TestClient
) -> None:
    page = words(browser.get("/en/documents").text)
    assert "Harbour Cities report 2023 40" in page
    assert "--source" not in page
    with client(harbour_copy, cache) as asked:
        page = words(asked.get("/en/documents").text)
        assert "metrograph documents add FILE --source source/annual-2023" in page


def test_a_document_that_is_added_shows_at_once(harbour_copy: Path, cache: Path, run: Run) -> None:
    with client(harbour_copy, cache) as asked:
        assert STORM not in asked.get(CLAIM).text
        assert run("documents", "add", REPORT, "--graph", harbour_copy).returncode == 0
        assert STORM in asked.get(CLAIM).text


@pytest.fixture
def private_plan(tmp_path: Path, cache: Path) -> Plan:
    return shelved(tmp_path / "private", cache, private=(REPORT,))


ADDRESSES = (
    CLAIM,
    "/en/documents",
    "/en/document/source/annual-2023",
    "/en/entity/activity/2021/tide-school",
    "/en/entity/source/annual-2023",
    "/en/coverage/activities?theme=theme/decent-work",
    "/en/questions/claims-of-activity?activity=activity/2021/tide-school",
    "/en/questions/claims-of-activity.csv?activity=activity/2021/tide-school",
    "/en/questions/claims-of-activity.json?activity=activity/2021/tide-school",
    "/en/coverage/activities.csv?theme=theme/decent-work",
    "/en/search?q=storm",
    "/data/source/annual-2023.ttl",
    "/data/claim/a/tide-school/theme/decent-work.jsonld",
    "/dump.nq",
    "/dump.ttl",
    "/catalog",
)


def test_a_private_document_is_shown_only_where_editing_is_allowed(
    private_plan: Plan, cache: Path
) -> None:
    folder = private_plan.built.folder
    with client(folder, cache) as asked:
        for path in ADDRESSES:
            assert CANARY not in asked.get(path).text, path
    with client(folder, cache, edits=True) as asked:
        page = asked.get(CLAIM)
        assert STORM in page.text
        assert page.headers["cache-control"] == "no-store"
        assert "Vila Mare took part" in asked.get("/en/document/source/annual-2023").text
        for path in ADDRESSES[7:]:
            assert CANARY not in asked.get(path).text, path


def test_a_private_document_waits_for_the_word_of_the_server(
    private_plan: Plan, cache: Path
) -> None:
    with client(private_plan.built.folder, cache, edits=True, token=WORD) as asked:
        assert STORM not in asked.get(CLAIM).text  # and this page is kept
        asked.post("/en/edit/enter", data={"word": WORD})
        assert STORM in asked.get(CLAIM).text
        asked.cookies.clear()
        assert STORM not in asked.get(CLAIM).text


def test_a_private_document_is_in_no_export(private_plan: Plan, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name, options in {
        "plan.ttl": (),
        "plan.nq": (),
        "plan.jsonld": (),
        "plan.xlsx": ("--format", "xlsx"),
    }.items():
        run("export", "-o", out / name, *options, "--graph", private_plan.built.folder)
    for path in out.iterdir():
        assert CANARY.encode() not in path.read_bytes(), path
    run("report", "-o", out / "board.html", "--graph", private_plan.built.folder)
    assert CANARY not in (out / "board.html").read_text(encoding="utf-8")


def test_what_a_document_holds_is_text_on_every_page(tmp_path: Path, cache: Path) -> None:
    plan = shelved(tmp_path / "hostile", cache)
    evil = "<script>alert(1)</script> &amp; <b onclick=x> {{ 7*7 }} " + "y" * 200_000
    path = tmp_path / "evil.txt"
    path.write_text(f"{evil}\n- <img src=x onerror=y>\n", encoding="utf-8")
    sources = plan.built.folder / "sources.ttl"
    text = sources.read_text(encoding="utf-8")
    sources.write_text(
        text + '\n<source/evil> a mg:Source ; rdfs:label "Evil"@en ; mg:citation '
        "<source/evil#line=0,1> .\n",
        encoding="utf-8",
    )
    add(open_plan(plan.built.folder, cache=cache), path, "source/evil")
    with client(plan.built.folder, cache) as asked:
        for address in ("/en/document/source/evil", "/en/entity/source/evil"):
            page = asked.get(address).text
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &lt;b onclick=x&gt;" in page
            assert "{{ 7*7 }}" in page
            assert len(page) < 60_000
        page = asked.get("/en/document/source/evil?uncited=1").text
        assert 'id="L2"' in page  # the record cites line 1 alone
        assert 'id="L1"' not in page
        assert "50% of its lines are cited" in words(page)


def test_lines_of_a_document_open_a_form_that_cites_them(shelf_plan: Plan, cache: Path) -> None:
    with client(shelf_plan.built.folder, cache, edits=True) as asked:
        page = asked.get("/en/document/source/annual-2023").text
        assert 'action="/en/edit/cite"' in page
        lines = "/en/edit/cite?source=source/annual-2023&kind=Activity&first=4&last="
        form = asked.get(asked.get(f"{lines}5").headers["location"]).text
        assert 'name="l.citation" value="4-5"' in form
        assert f"<mark>{STORM}" in form
        for wrong in ("3", "41", "x", "9" * 30):
            answer = asked.get(lines + wrong)
            assert answer.status_code == 404
            assert "not lines of this document, which has 40" in words(answer.text)
    with client(shelf_plan.built.folder, cache) as asked:
        assert "/edit/cite" not in asked.get("/en/document/source/annual-2023").text
        assert asked.get(f"{lines}5").status_code == 403
