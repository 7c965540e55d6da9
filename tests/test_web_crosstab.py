"""The pages of a matrix of two axes: pick-lists, cells, gaps, files; on the invented plan.

What the cells hold is worked out in tests/test_crosstab.py; here, where each number leads.
"""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.conftest import HARBOUR
from tests.explorer import client, links, words
from tests.test_crosstab import ELEMENTS, VALUES, budgets

MEMBERS = "/en/coverage?rows=member&columns=challenge"


@pytest.fixture(scope="module")
def ports(cache: Path) -> Iterator[TestClient]:
    with client(HARBOUR, cache) as asked:
        yield asked


@pytest.fixture(scope="module")
def shipped(cache: Path) -> Iterator[TestClient]:
    with client(None, cache) as asked:
        yield asked


def number(page: str, cell: str) -> str:
    """Return what a cell of a page shows, by the words that a screen reader gets before it."""
    match = re.search(rf"<span class=\"hidden\">{re.escape(cell)}: </span><[^>]*>([^<]*)<", page)
    assert match, cell
    return match[1]


def test_the_coverage_page_offers_the_axes_and_questions_often_asked(ports: TestClient) -> None:
    page = ports.get("/en/coverage").text
    rows = re.search(r'<select id="f-rows".*?</select>', page, re.DOTALL)
    assert rows
    assert '<option value="challenge" selected>Challenges</option>' in rows[0]
    assert '<option value="level/outcome">Outcome</option>' in rows[0]
    # the invented plan has no statuses and names no goals of the United Nations
    assert 'value="status"' not in rows[0]
    assert 'value="sdg"' not in rows[0]
    assert "/en/coverage?rows=member&columns=challenge" in links(page)
    # the form of the page as it is leads to the same page
    same = ports.get("/en/coverage?rows=challenge&columns=theme&count=&year=&line=").text
    assert words(same) == words(page)


def test_who_does_nothing_for_a_challenge_is_two_clicks(ports: TestClient) -> None:
    page = ports.get(MEMBERS).text
    assert number(page, "Porto Salgado × Rising seas") == "2"
    assert number(page, "Vila Mare × Port transition") == "gap"
    assert number(page, "Gaps × Port transition") == "2"
    leads = [link for link in links(page) if "empty=1" in link and "port-transition" in link]
    listed = words(ports.get(leads[0]).text)
    assert "Gaps: Members × Port transition Akwasi Bay Vila Mare" in listed
    assert "Porto Salgado" not in listed


def test_a_cell_leads_to_its_activities_with_the_claims(ports: TestClient) -> None:
    page = ports.get(MEMBERS).text
    (cell,) = [
        link
        for link in links(page)
        if "porto-salgado" in link and "column=challenge%2Fport" in link
    ]
    shown = ports.get(cell).text
    assert "1 activity" in words(shown)
    assert "Harbour Forum" in shown
    # A2 is at the challenge by the claims of both coders; its other categories are not the cell's
    assert shown.count("/entity/claim/") == 2
    assert "/en/entity/claim/a/harbour-forum/challenge/port-transition" in links(shown)
    csv = ports.get(cell.replace("/coverage/cell?", "/coverage/cell.csv?")).text
    assert "activity/2022/harbour-forum" in csv


def test_a_cell_that_filters_empty_says_so(ports: TestClient) -> None:
    page = ports.get(f"{MEMBERS}&year=2023").text
    assert number(page, "Porto Salgado × Rising seas") == "empty with these filters"
    assert number(page, "Vila Mare × Port transition") == "gap"
    (cell,) = [
        link for link in links(page) if "porto-salgado" in link and "column=challenge%2Fris" in link
    ]
    shown = ports.get(cell).text
    assert "empty with these filters; it is not a gap" in words(shown)
    (whole,) = [link for link in links(shown) if "row=" in link and "year" not in link]
    assert "2 activities" in words(ports.get(whole).text)
    gap = ports.get(
        "/en/coverage/cell?rows=goal&columns=theme&row=goal/2&column=theme/port-heritage"
    )
    assert "This cell is a gap" in words(gap.text)


def test_the_address_says_all_and_files_hold_all(shipped: TestClient) -> None:
    address = "?rows=member&columns=challenge&year=2023&claims=any"
    page = shipped.get(f"/fr/coverage{address}").text
    assert 'value="member" selected' in page
    assert 'value="2023" selected' in page
    assert "Tout afficher" in page
    every = shipped.get(f"/fr/coverage{address}&all=1").text
    assert every.count('<th scope="row">') == 152 + 2  # members, the total and the gaps
    csv = shipped.get(f"/fr/coverage.csv{address}").text.splitlines()
    assert len(csv) == 1 + 152 + 2
    value = json.loads(shipped.get(f"/fr/coverage.json{address}").text)
    assert value["filters"] == {"claims": "any", "year": 2023}
    assert len(value["rows"]["categories"]) == 152


def test_what_names_no_axis_is_refused(ports: TestClient) -> None:
    assert ports.get("/en/coverage?rows=coutry&columns=theme").status_code == 404
    answer = ports.get("/en/coverage?rows=/etc/passwd.rq&columns=theme")
    assert answer.status_code == 404
    assert "Unknown axis" in html.unescape(answer.text)
    assert ports.get("/en/coverage?rows=member&columns=theme&count=x").status_code == 404
    assert ports.get("/en/coverage/cell?rows=member&columns=theme&row=x").status_code == 404


def test_a_plan_without_activities_shows_its_elements(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "plan.ttl").write_text(ELEMENTS, encoding="utf-8")
    with client(tmp_path, cache) as asked:
        start = asked.get("/en/coverage").text
        assert "/en/coverage?rows=level%2Faxis&columns=owner" in links(start)
        assert "choose what the rows and columns are" in words(start)
        assert '<option value="owner" selected>' in start
        page = asked.get("/en/coverage?rows=level/axis&columns=owner").text
        assert number(page, "Mobility × City of Lyon") == "2"
        assert "<script>Air" not in page
        assert "&lt;script&gt;Air" in page
        cell = "/en/coverage/cell?rows=level/axis&columns=owner&row=axis/1"
        assert "Build lanes Count bikes" in words(asked.get(cell).text)


def test_a_budget_is_added_up_on_the_page_and_in_files(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "plan.ttl").write_text(budgets(VALUES), encoding="utf-8")
    address = "rows=level/axis&columns=owner&count=indicator/budget"
    with client(tmp_path, cache) as asked:
        start = asked.get("/fr/coverage?rows=level/axis&columns=owner").text
        assert '<option value="indicator/budget"' in start
        page = asked.get(f"/en/coverage?{address}").text
        assert "Budget: Axis × Responsible organisations" in words(page)
        # as in tests/test_crosstab.py: Lyon has 3,000.50 euros and 500 dollars planned, 40 spent
        lyon = "40 EUR, actual value 3000.5 EUR, projection 500 USD, projection"
        assert f"Mobility × City of Lyon: {lyon}" in words(page)
        assert number(page, "Mobility × Homes") == "gap"
        leads = [link for link in links(page) if "row=axis%2F1" in link and "lyon" in link]
        assert "Build lanes Count bikes" in words(asked.get(leads[0]).text)
        csv = asked.get(f"/en/coverage.csv?{address}").text
        assert "EUR,projection,gap,3000.5,2000.5,3000.5" in csv
        later = words(asked.get(f"/en/coverage?{address}&year=2027").text)
        assert "Mobility × City of Lyon: 500 USD" in later  # of one type only
        assert "3000.5" not in later
