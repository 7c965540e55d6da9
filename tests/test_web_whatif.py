"""The pages of what-if, range and concentration: each number leads to what it counts.

In the invented plan, Clean Docks (with its training) alone covers port transition × decent work,
and alone reaches outcomes 2.2 (by the training) and 2.3; the Harbour Forum reaches 2.1, too.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from metrograph.analysis.fragility import fragile
from metrograph.plan import Plan
from tests.conftest import HARBOUR
from tests.explorer import client, links, words

DOCKS = "/coverage/what-if?without=activity/2023/clean-docks"


@pytest.fixture(scope="module")
def ports(cache: Path) -> Iterator[TestClient]:
    with client(HARBOUR, cache) as asked:
        yield asked


@pytest.fixture(scope="module")
def shipped(cache: Path) -> Iterator[TestClient]:
    with client(None, cache) as asked:
        yield asked


def counted(page: str) -> int:
    """Return how many activities a page of the coverage counts; none for an empty cell."""
    total = re.search(r'<p class="sum">(\d+) ', page)
    return int(total[1]) if total else 0


def test_an_activity_ends_and_what_it_alone_covered_is_lost(ports: TestClient) -> None:
    page = ports.get(f"/en{DOCKS}").text
    shown = words(page)
    assert "What if Clean Docks ended?" in shown
    assert (
        "2 activities would be lost 1 intersection would lose its coverage"
        " 2 results would lose their last activity" in shown
    )
    changed = re.findall(r": (\d+ → \d+(?: gap)?) ", shown)
    # rising seas, port transition, both: clean water, decent work, heritage, total
    assert changed == [
        "2 → 1", "2 → 1", "3 → 2",
        "2 → 1", "1 → 0 gap", "2 → 1",
        "2 → 1", "2 → 1", "3 → 2",
    ]  # fmt: skip
    leads = links(page)
    lost = "/en/coverage/activities?challenge=challenge%2Fport-transition&theme=theme%2Fdecent-work"
    for lead in (lost, "/en/entity/outcome/2.2", "/en/entity/outcome/2.3",
                 "/en/entity/activity/2023/clean-docks-training"):  # fmt: skip
        assert lead in leads
    assert "/en/entity/outcome/2.1" not in leads
    for link in sorted(set(leads)):
        if link.startswith("/en/"):
            assert ports.get(link).status_code == 200, link


def test_its_tables_are_files(ports: TestClient) -> None:
    query = "without=activity/2023/clean-docks"
    matrix = ports.get(f"/en/coverage/what-if.csv?{query}").text.splitlines()
    assert matrix[2] == "Port transition,challenge/port-transition,2 → 1,1 → gap,gap,2 → 1"
    losses = ports.get(f"/en/coverage/losses.csv?{query}").text
    assert losses.count("\n") == 4  # a heading, an intersection, two results
    assert "intersection/port-transition/decent-work" in losses
    ranked = ports.get("/en/coverage/dependencies.csv").text.splitlines()
    assert ranked[1].startswith("Harbour Cities report 2023,source/annual-2023,")
    assert ports.get("/en/coverage/losses.csv").status_code == 404
    assert ports.get("/en/coverage/what-if.csv?without=nothing").status_code == 404


def test_the_questions_ask_first_about_what_most_depends_on(
    shipped: TestClient, metropolis: Plan
) -> None:
    page = shipped.get("/fr/coverage/what-if").text
    asked = re.findall(r'<li><a href="[^"]*without=([^"]*)">([^<]*)</a>', page)
    most = [
        one.thing.replace("/", "%2F") for one in fragile(metropolis) if one.cells or one.results
    ]
    assert [name for name, _ in asked] == most[:12]
    assert asked[2][1].replace("\xa0", " ") == "Et si « Sommet urbain de Bruxelles » prenait fin ?"
    assert asked[3][1].replace("\xa0", " ") == "Et si Bruxelles se retirait ?"
    every = shipped.get("/fr/coverage/what-if?all=1").text
    assert len(re.findall("<li><a href=[^>]*without=", every)) == len(most)


def test_several_records_can_be_left_out_at_once(ports: TestClient) -> None:
    both = f"{DOCKS}&without=activity/2021/tide-school"
    shown = words(ports.get(f"/en{both}").text)
    assert "What if all of these were missing: Tide School, Clean Docks?" in shown or (
        "What if all of these were missing: Clean Docks, Tide School?" in shown
    )
    # Tide School takes rising seas × decent work (with Clean Docks), and × port heritage
    assert "3 activities would be lost 3 intersections would lose their coverage" in shown


def test_what_nothing_depends_on_is_answered_with_other_questions(ports: TestClient) -> None:
    for name in ("theme/clean-water", "member/none", ""):
        answer = ports.get(f"/en/coverage/what-if?without={name}")
        assert answer.status_code == (404 if name else 200)
        assert "What if Clean Docks ended?" in words(answer.text)


def test_records_and_pages_ask_the_question(ports: TestClient, shipped: TestClient) -> None:
    avantia = shipped.get("/en/entity/activity/2023/avantia").text
    assert "What if AVANTIA project ended?" in words(avantia)
    assert "/en/coverage/what-if?without=activity%2F2023%2Favantia" in links(avantia)
    assert "What if Brussels left?" in words(shipped.get("/en/entity/member/brussels").text)
    assert "What if the codings of coder A" in words(shipped.get("/en/entity/coder/a").text)
    assert "What if" not in words(shipped.get("/en/entity/theme/sustainability").text)
    for path in ("/", "/coverage", "/coverage/range", "/coverage/concentration"):
        assert "/en/coverage/what-if" in links(ports.get(f"/en{path}").text), path
    alone = "/en/coverage/activities?challenge=challenge/port-transition&theme=theme/decent-work"
    assert "What if Clean Docks ended?" in words(ports.get(alone).text)


def test_each_bound_of_the_range_leads_to_as_many_activities(ports: TestClient) -> None:
    page = ports.get("/en/coverage/range").text
    assert "3 of 6 intersections are covered, or empty" in words(page)
    cells = re.findall(r'<td class="plain([^"]*)">(.*?)</td>', page, re.DOTALL)
    # the lowest of rising seas × port heritage is coder A's, who claims no heritage at all
    assert [re.sub(r" \([^)]*\)", "", words(cell)).replace(" ", "") for _, cell in cells] == [
        *("1–3", "1–3", "0–3uncertain"), *("2", "0–2uncertain", "0–2uncertain"),
    ]  # fmt: skip
    bounds = re.findall(r'<a href="([^"]*)">(\d+)<', "".join(cell for _, cell in cells))
    assert len(bounds) == 11
    for address, number in bounds:
        assert counted(ports.get(address.replace("&amp;", "&")).text) == int(number), address
    assert ports.get("/en/coverage/range.csv").text.splitlines()[1].endswith(",1–3,1–3,0–3 *")


def test_each_number_of_the_concentration_leads_to_what_it_counts(ports: TestClient) -> None:
    page = ports.get("/en/coverage/concentration").text
    rows = re.findall(r'<tr>\s*<th scope="row">.*?</tr>', page, re.DOTALL)
    assert len(rows) == 3  # two goals and the whole plan
    for row in rows:
        address, number = re.findall(r'<a href="([^"]*coverage/activities[^"]*)">(\d+)<', row)[0]
        assert counted(ports.get(address.replace("&amp;", "&")).text) == int(number)
    assert "Port transition × Clean water : 2 activities" in words(page)
    assert ports.get("/fr/coverage/concentration.csv?year=2023").status_code == 200
