"""Adding, editing and deciding in the browser, down to the bytes of the files."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from metrograph.plan import open_plan
from tests.explorer import client, hidden, words

DOCKS = "activity/2023/clean-docks"
NEW = {
    "f.label.en": "Night ferry", "f.label.fr": "Bac de nuit",
    "f.label.es": "Transbordador nocturno",
    "f.description.en": "A ferry at night.", "f.description.fr": "Un bac, la nuit.",
    "f.description.es": "Un transbordador de noche.", "f.year": "2024",
    "f.citation": "source/annual-2023#line=12,16", "f.ofPlan": "plan/2022-2025", "by": "coder/c",
}  # fmt: skip


@pytest.fixture
def browser(harbour_copy: Path, cache: Path) -> Iterator[TestClient]:
    with client(harbour_copy, cache, edits=True) as found:
        yield found


def opened(browser: TestClient, query: str) -> dict[str, str]:
    """Open a form; return its hidden fields."""
    page = browser.get(f"/en/edit/record?{query}").text
    return {name: hidden(page, name) for name in ("token", "kind", "id", "seen")}


class _Sent(HTMLParser):
    """The fields of a page's form as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.name = ""
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name, value = has.get("name") or self.name, has.get("value") or ""
        is_ticked = has.get("type") != "checkbox" or "checked" in has
        if tag in ("select", "textarea"):
            self.name = name
            self.text = [] if tag == "textarea" else None
        elif value and ((tag == "option" and "selected" in has) or (tag == "input" and is_ticked)):
            self.found.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None and "".join(self.text).strip():
            self.found.setdefault(self.name, []).append("".join(self.text))
        if tag in ("select", "textarea"):
            self.name, self.text = "", None


def fields_of(page: str) -> dict[str, list[str]]:
    """Return all fields of a page's form as a browser would send them."""
    sent = _Sent()
    sent.feed(page)
    return sent.found


def entered(browser: TestClient, name: str) -> dict[str, list[str]]:
    """Return the fields of the form of a record that a person fills in."""
    sent = fields_of(browser.get(f"/en/edit/record?id={name}").text)
    return {name: values for name, values in sent.items() if name[:2] in ("f.", "s.", "l.")}


def test_an_activity_is_added_and_shown_at_once(browser: TestClient, harbour_copy: Path) -> None:
    before = {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")}
    form = {**opened(browser, "kind=Activity"), **NEW}
    preview = browser.post("/en/edit/record", data=form)
    assert preview.status_code == 200
    assert "year 2024" in words(preview.text)  # in words
    assert "citation Harbour Cities report 2023, lines 13–16" in words(preview.text)
    assert "&lt;activity/2024/night-ferry&gt; a mg:Activity" in preview.text  # and on demand
    assert {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")} == before
    saved = browser.post("/en/edit/record", data={**form, "save": "1"})
    assert saved.headers["location"] == "/en/entity/activity/2024/night-ferry?saved=1"
    page = words(browser.get(saved.headers["location"]).text)
    assert "Saved." in page
    assert "Night ferry" in page
    assert "coder C" in page or "adjudicator C" in page  # who
    assert "Bac de nuit" in words(browser.get("/fr/search?q=bac").text)
    changed = [path for path in harbour_copy.glob("*.ttl") if before.get(path) != path.read_bytes()]
    assert len(changed) == 1
    assert changed[0].read_bytes().startswith(before.get(changed[0], b""))
    assert open_plan(harbour_copy).label("activity/2024/night-ferry") == "Night ferry"


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(
    browser: TestClient, harbour_copy: Path
) -> None:
    before = {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")}
    wrong = {**NEW, "f.startDate": "31/02/2024", "f.label.fr": "", "f.partOf": "initiative/none"}
    for lang, sentence in (("en", "31/02/2024"), ("fr", "31/02/2024")):
        form = {**opened(browser, "kind=Activity"), **wrong}
        told = browser.post(f"/{lang}/edit/record", data=form)
        assert told.status_code == 422
        assert '<a href="#f-startDate">' in told.text  # the summary leads to the field
        beside = re.search(r'id="e-startDate-1">([^<]*)<', told.text)
        assert beside
        assert sentence in beside[1]
        assert 'aria-invalid="true" aria-describedby="e-startDate-1' in told.text
        assert "Night ferry" in told.text
        assert "Un bac, la nuit." in told.text
        assert 'value="31/02/2024"' in told.text
    assert {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")} == before


def test_a_record_opened_and_sent_as_it_is_changes_nothing(
    browser: TestClient, harbour_copy: Path
) -> None:
    before = {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")}
    plan = open_plan(harbour_copy)
    claim = str(plan.rows("claims")[0]["claim"])
    figure = str(plan.rows("figures")[0]["observation"])
    for name in (DOCKS, claim, figure):
        form = {**opened(browser, f"id={name}"), **entered(browser, name), "by": "coder/c"}
        told = browser.post("/en/edit/record", data=form)
        assert told.status_code == 200, (name, words(told.text))
        assert "Nothing has changed." in words(told.text), (name, words(told.text))
    assert {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")} == before


def test_a_record_that_changed_meanwhile_is_not_written_over(
    browser: TestClient, harbour_copy: Path
) -> None:
    form = {**opened(browser, f"id={DOCKS}"), **entered(browser, DOCKS), "by": "coder/c"}
    form["f.label.en"] = ["Mine"]
    place = next(
        path
        for path in harbour_copy.glob("*.ttl")
        if f"<{DOCKS}> a mg:Activity" in path.read_text(encoding="utf-8")
    )
    theirs = place.read_text(encoding="utf-8").replace('"Clean Docks"@en', '"Theirs"@en')
    place.write_text(theirs, encoding="utf-8")
    told = browser.post("/en/edit/record", data={**form, "save": "1"})
    assert told.status_code == 409
    assert "Theirs" in told.text
    assert "Mine" in told.text
    assert place.read_text(encoding="utf-8") == theirs


def test_hostile_text_is_kept_as_text(browser: TestClient, harbour_copy: Path) -> None:
    evil = '<script>alert(1)</script> """ . \\ \' {{ 7*7 }}'
    form = {**opened(browser, "kind=Activity"), **NEW, "f.description.en": evil, "save": "1"}
    saved = browser.post("/en/edit/record", data=form)
    assert saved.status_code == 303
    page = browser.get(saved.headers["location"]).text
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in words(page)
    assert evil in words(page)
    assert open_plan(harbour_copy).label("activity/2024/night-ferry") == "Night ferry"


def test_a_decision_settles_a_contested_pair(browser: TestClient, harbour_copy: Path) -> None:
    pair = {"activity": "activity/2022/harbour-forum", "category": "outcome/1.2"}
    listed = words(browser.get("/en/review/contested").text)
    assert "Harbour Forum Towns meet every second year" in listed
    page = browser.get("/en/review/pair", params=pair).text
    form = {**pair, "token": hidden(page, "token"), "by": "coder/c", "accept": "1"}
    told = browser.post("/en/review/decide", data={**form, "because": " "})
    assert told.status_code == 422
    assert "Enter the reason for the decision." in words(told.text)
    assert "coder A not recorded: Towns met. coder B does not claim it" in words(told.text)
    done = browser.post("/en/review/decide", data={**form, "because": "The minutes say so."})
    receipt = words(browser.get(done.headers["location"]).text)
    assert "The decision is recorded." in receipt
    after = words(browser.get("/en/review/contested").text)
    assert "Harbour Forum Towns meet every second year" not in after
    assert "The minutes say so." in words(browser.get("/en/review/pair", params=pair).text)
    reached = open_plan(harbour_copy).rows("activities-by-result")
    assert {row["result"]: row["activities"] for row in reached}["outcome/1.2"] == 1


def test_a_new_name_may_sign(browser: TestClient, harbour_copy: Path) -> None:
    form = {**opened(browser, "kind=Activity"), **NEW, "by": "", "agent": "Élodie of the Board"}
    saved = browser.post("/en/edit/record", data={**form, "save": "1"})
    assert saved.status_code == 303, words(saved.text)
    assert open_plan(harbour_copy).label("coder/elodie-of-the-board") == "Élodie of the Board"


def test_nobody_writes_without_a_name(browser: TestClient) -> None:
    form = {**opened(browser, "kind=Activity"), **NEW, "by": ""}
    told = browser.post("/en/edit/record", data={**form, "save": "1"})
    assert told.status_code == 422
    assert '<a href="#by">' in told.text


def test_an_activity_that_is_added_can_come_to_count(
    browser: TestClient, harbour_copy: Path
) -> None:
    # two readings and four claims, all by forms: then it stands in a cell of the matrix
    form = {**opened(browser, "kind=Activity"), **NEW}
    assert browser.post("/en/edit/record", data={**form, "save": "1"}).status_code == 303
    name = "activity/2024/night-ferry"
    before = open_plan(harbour_copy).coverage().count("challenge/rising-seas", "theme/clean-water")
    for coder in ("coder/a", "coder/b"):
        reading = {"f.codedActivity": name, "f.codedBy": coder, "by": coder}
        form = {**opened(browser, "kind=Coding"), **reading, "save": "1"}
        told = browser.post("/en/edit/record", data=form)
        assert told.status_code == 303, words(told.text)
        for field, category in (("claimsTheme", "theme/clean-water"),
                                ("claimsChallenge", "challenge/rising-seas")):  # fmt: skip
            claim = {
                "f.onActivity": name, f"f.{field}": category, "f.wasAttributedTo": coder,
                "f.basis": "mg:stated", "f.reason.en": "It says so.", "by": coder,
                "f.citation": "source/annual-2023#line=12,16", "f.created": "2024-05-01",
            }  # fmt: skip
            form = {**opened(browser, "kind=AlignmentClaim"), **claim, "save": "1"}
            told = browser.post("/en/edit/record", data=form)
            assert told.status_code == 303, words(told.text)
    after = open_plan(harbour_copy).coverage().count("challenge/rising-seas", "theme/clean-water")
    assert after == before + 1


def test_a_form_that_is_sent_twice_is_written_once(browser: TestClient, harbour_copy: Path) -> None:
    page = browser.get("/en/edit/record?kind=Activity").text
    hid = {name: hidden(page, name) for name in ("token", "kind", "id", "seen", "once")}
    form = {**hid, **NEW, "save": "1"}
    first = browser.post("/en/edit/record", data=form).headers["location"]
    assert browser.post("/en/edit/record", data=form).headers["location"] == first
    found = [row for row in open_plan(harbour_copy).rows("activities") if "ferry" in str(row)]
    assert len(found) == 1


def test_many_saves_at_once_are_all_written_and_none_reported_as_failed(
    browser: TestClient, harbour_copy: Path
) -> None:
    hid = opened(browser, "kind=Activity")
    forms = [
        {**hid, **NEW, "f.label.en": f"Ferry {one}", "save": "1"} for one in ("one", "two", "three")
    ]
    with ThreadPoolExecutor(3) as threads:
        told = list(
            threads.map(lambda form: browser.post("/en/edit/record", data=form).status_code, forms)
        )
    assert told == [303, 303, 303]
    ids = {str(row["activity"]) for row in open_plan(harbour_copy).rows("activities")}
    assert {f"activity/2024/ferry-{one}" for one in ("one", "two", "three")} <= ids


def test_a_form_from_before_the_server_was_started_anew_keeps_what_was_typed(
    browser: TestClient, harbour_copy: Path
) -> None:
    before = {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")}
    form = {**opened(browser, "kind=Activity"), **NEW, "token": "0" * 64, "save": "1"}
    told = browser.post("/en/edit/record", data=form)
    assert told.status_code == 403
    assert "Nothing was saved" in words(told.text)
    assert 'value="Night ferry"' in told.text
    assert {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")} == before
    again = {**form, "token": hidden(told.text, "token")}
    assert browser.post("/en/edit/record", data=again).status_code == 303


def test_a_link_does_not_change_what_a_record_says(browser: TestClient) -> None:
    page = browser.get(f"/en/edit/record?id={DOCKS}&year=1999").text
    assert 'value="1999"' not in page


def test_an_activity_and_what_it_addresses_are_entered_in_a_single_form(
    browser: TestClient, harbour_copy: Path
) -> None:
    page = browser.get("/fr/edit/record?kind=Activity&theme=theme/clean-water").text
    assert re.search(r'value="theme/clean-water" checked', page)
    claims = {"c.category": ["theme/clean-water", "challenge/rising-seas", "outcome/1.3"],
              "c.coder": "coder/a", "c.basis": "mg:stated"}  # fmt: skip
    form = {**opened(browser, "kind=Activity"), **NEW, **claims}
    told = browser.post("/en/edit/record", data=form)
    assert told.status_code == 422
    assert "Say in one sentence why the activity addresses this." in words(told.text)
    assert re.search(r'value="challenge/rising-seas" checked', told.text)
    form["c.reason"] = "It clears the basin."
    told = browser.post("/en/edit/record", data=form)
    # of whom each claim is, and how it is founded: the plan is judged with them
    assert "alignment claim : Clean water (coder A, stated)" in words(told.text)
    assert "alignment claim: A description or note" in words(told.text)
    assert "No coder has coded this activity yet" not in words(told.text)
    assert browser.post("/en/edit/record", data={**form, "save": "1"}).status_code == 303
    plan = open_plan(harbour_copy)
    name = "activity/2024/night-ferry"
    made = {str(row["category"]) for row in plan.rows("claims") if row["activity"] == name}
    assert made == {"theme/clean-water", "challenge/rising-seas", "outcome/1.3"}
    assert plan.built.violations == 0
    # it is one coder's word so far
    before = plan.coverage().count("challenge/rising-seas", "theme/clean-water")
    for category in ("theme/clean-water", "challenge/rising-seas"):
        field = "f.claimsTheme" if category.startswith("theme") else "f.claimsChallenge"
        claim = {"f.onActivity": name, field: category, "f.wasAttributedTo": "coder/b",
                 "f.basis": "mg:stated", "f.reason.en": "So it says.", "by": "coder/b",
                 "s.citation": ["source/annual-2023", "source/annual-2023"],
                 "l.citation": ["13-16", "18"]}  # fmt: skip
        form = {**opened(browser, "kind=AlignmentClaim"), **claim, "save": "1"}
        told = browser.post("/en/edit/record", data=form)
        assert told.status_code == 303, words(told.text)
    after = open_plan(harbour_copy)
    assert after.coverage().count("challenge/rising-seas", "theme/clean-water") == before + 1
    # a claim with two passages is a single claim
    claims_of_b = [
        row for row in after.rows("claims") if str(row["claim"]).startswith("claim/b/night")
    ]
    assert len({row["claim"] for row in claims_of_b}) == 2


def test_a_body_decides_and_a_known_name_is_taken_as_known(
    browser: TestClient, harbour_copy: Path
) -> None:
    pair = {"activity": "activity/2022/harbour-forum", "category": "outcome/1.2"}
    page = browser.get("/en/review/pair", params=pair).text
    assert '<option value="body/assembly">Assembly</option>' in page
    form = {**pair, "token": hidden(page, "token"), "by": "body/assembly", "accept": "1"}
    assert browser.post("/en/review/decide", data={**form, "because": "Yes."}).status_code == 303
    assert open_plan(harbour_copy).label("coder/assembly") == "Assembly"
    pair["category"] = "challenge/rising-seas"
    page = browser.get("/en/review/pair", params=pair).text
    form = {**pair, "token": hidden(page, "token"), "agent": "ASSEMBLY", "accept": "1"}
    assert browser.post("/en/review/decide", data={**form, "because": "Yes."}).status_code == 303
    coders = {str(row["coder"]) for row in open_plan(harbour_copy).rows("coders")}
    assert coders == {"coder/a", "coder/b", "coder/c", "coder/assembly"}


def test_a_form_sent_with_nothing_in_its_list_of_categories_is_shown_again(
    harbour_copy: Path, cache: Path
) -> None:
    with client(harbour_copy, cache, edits=True) as asked:
        page = asked.get("/en/edit/record?kind=Activity").text
        form = {name: hidden(page, name) for name in ("token", "kind", "seen")}
        answer = asked.post(
            "/en/edit/record", data={**form, "c.coder": "", "c.basis": "", "f.year": "soon"}
        )
        assert answer.status_code == 422
