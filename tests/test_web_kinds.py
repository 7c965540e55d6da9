"""One record of each class of the ontology, made and edited in the browser.

What is entered is made from the form, which is made from the shapes: a class that is added to the
ontology is tested without a word here, or has to be listed as an exception with its reason.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from rdflib import OWL, RDF, Graph
from starlette.testclient import TestClient

from metrograph import paths
from metrograph.editing.choices import recorded
from metrograph.editing.companions import goes_without_saying
from metrograph.editing.countries import regions_of
from metrograph.editing.forms import Field, form, kinds, values
from metrograph.editing.moving import is_movable, whole_field
from metrograph.editing.proposals import version
from metrograph.plan import Plan, open_plan
from metrograph.vocabulary import MG, MG_NAMESPACE
from tests.conftest import some
from tests.explorer import client, hidden, words

LISTED = "a fixed list of the ontology: a plan picks from it"
NOT_ENTERED = {
    "Basis": LISTED,
    "Direction": LISTED,
    "Qualifier": LISTED,
    "ValueType": LISTED,
    "Verdict": LISTED,
    "Citation": "follows from the address of a range of lines",
    "Judgement": "the class above claims and decisions",
    "Decision": "made on the page of a contested pair, which knows what it settles",
    "ScopeDecision": "made where an intersection is put out of scope",
}
ONTOLOGY = Graph().parse(paths.ONTOLOGY / "metrograph.ttl")
CLASSES = sorted(
    str(kind).removeprefix(MG_NAMESPACE) for kind in ONTOLOGY.subjects(RDF.type, OWL.Class)
)
ENTERED = sorted({*CLASSES, *kinds()} - set(NOT_ENTERED))
LINES = "source/annual-2023 13-16"
FITTING = {  # what the shapes ask of a field beyond its type
    ("Country", "notation"): "FJI",
    ("Region", "notation"): "057",
    ("Source", "sha256"): "0" * 64,
    ("StrategicPlan", "language"): "en",
    ("StrategicPlan", "startDate"): "2026-01-01",
    ("StrategicPlan", "endDate"): "2029-12-31",
    ("AlignmentClaim", "claimsTheme"): "theme/port-heritage",
    ("AlignmentClaim", "wasAttributedTo"): "coder/c",
    ("AlignmentClaim", "onActivity"): "activity/2023/storm-alert",
    ("Coding", "codedBy"): "coder/c",
    ("Observation", "year"): "2025",
    ("Observation", "value"): "7",
    ("Intersection", "ofTheme"): "theme/port-heritage",
    ("Axis", "level"): "level/outcome",
    ("Axis", "partOf"): "goal/1",
    ("Result", "level"): "level/outcome",
    ("Result", "partOf"): "goal/1",
    ("Section", "firstLine"): "40",
    ("Section", "lastLine"): "40",
    ("Section", "inSource"): "source/annual-2023",
    ("Level", "depth"): "3",
    ("StatusReport", "status"): "status/late",
}
ROOM = {  # what is changed first, in a plan that has all that there can be of a kind
    "Intersection": (
        ("categories.ttl", r"<intersection/rising-seas/port-heritage> a .*?\.\n", ""),
    ),
    "Section": (("sources.ttl", r"lastLine 40", "lastLine 39"),),
    "StatusReport": (  # the plan has no statuses yet
        (
            "categories.ttl",
            r"\Z",
            "\n".join(
                f"\n<status/{key}> a mg:Status ; mg:citation <source/annual-2023#line=12,16> ;"
                f' rdfs:label "{key}"@en, "{key}"@fr, "{key}"@es .\n'
                for key in ("late", "done")
            ),
        ),
    ),
}
RENAMED = {"f.label.en": "Quay lamp"}
CHANGED = {  # what is edited in records that have no name of their own
    "AlignmentClaim": {"f.basis": "mg:implied"},
    "Coding": {"f.created": "2024-05-02"},
    "Membership": {"f.startDate": "2024-02-01"},
    "Observation": {"f.value": "8"},
    "StatusReport": {"f.status": "status/done"},
}
TWIN = {  # what a second record has that there cannot be twice
    "Country": {"f.notation": "KIR"},
    "Region": {"f.notation": "061"},
    "Observation": {"f.year": "2024"},
    "Coding": {"f.codedActivity": "activity/2021/tide-school"},
}
ALONE = {  # of which there is one of a kind, so that there is nothing to merge
    "Intersection": "a challenge and a theme have one",
    "Section": "sections of a source do not overlap",
    "AlignmentClaim": "a coder makes one on each category",
}
USUAL = {
    "date": "2024-05-01", "year": "2024", "integer": "9", "decimal": "4.5", "boolean": "true",
    "citation": LINES, "id": "goal/1",
}  # fmt: skip


@pytest.fixture
def browser(harbour_copy: Path, cache: Path) -> Iterator[TestClient]:
    with client(harbour_copy, cache, edits=True) as opened:
        yield opened


def sample(kind: str, field: Field, name: str) -> dict[str, str]:
    """Return what a person might enter in a field of a record that is called by a name."""
    if field.languages:
        return {f"f.{key}": f"{name} {key[-2:]}" for key in field.keys}
    usual = field.choices[0][0] if field.choices else USUAL.get(field.kind, name)
    return {f"f.{field.name}": FITTING.get((kind, field.name), usual)}


def filled(plan: Plan, kind: str, name: str) -> dict[str, str]:
    """Return what a person enters: what is required, and what the exceptions name."""
    entered: dict[str, str] = {}
    for field in form(plan, kind).fields:
        is_asked = field.required and not goes_without_saying(form(plan, kind), field)
        if is_asked or (kind, field.name) in FITTING:
            entered |= sample(kind, field, name)
    return entered


def sent(browser: TestClient, query: str, entered: dict[str, str]) -> str:
    """Send a form, and return the id of the record that it saved."""
    page = browser.get(f"/en/edit/record?{query}").text
    asked = {name: hidden(page, name) for name in ("token", "kind", "id", "seen", "once")}
    answer = browser.post(
        "/en/edit/record", data={**asked, **entered, "by": "coder/c", "save": "1"}
    )
    assert answer.status_code == 303, words(answer.text)[:600]
    return re.sub(r"^/en/entity/(.*)\?saved=1$", r"\1", answer.headers["location"])


def test_every_class_is_entered_or_has_a_reason_not_to_be() -> None:
    assert set(NOT_ENTERED) <= set(CLASSES)
    assert set(CLASSES) - set(NOT_ENTERED) <= set(kinds())
    assert not set(NOT_ENTERED) & set(kinds())


def make_room(harbour_copy: Path, kind: str) -> None:
    """Change a plan that has all that there can be of a kind, so that there can be another."""
    for file, old, new in ROOM.get(kind, ()):
        path = harbour_copy / file
        text = path.read_text(encoding="utf-8")
        assert re.search(old, text, re.DOTALL)
        path.write_text(re.sub(old, new, text, count=1, flags=re.DOTALL), encoding="utf-8")


def pressed(browser: TestClient, page: str, query: str, **values: str) -> str:
    """Press a button of a page that moves, merges or deletes; return where that leads."""
    shown = browser.get(f"/en/edit/{page}?{query}").text
    names = ("token", "id", "seen", "once", *(("kind",) if page == "delete" else ()))
    asked = {name: hidden(shown, name) for name in names}
    answer = browser.post(f"/en/edit/{page}", data={**asked, **values, "by": "coder/c"})
    assert answer.status_code == 303, words(answer.text)[:900]
    return answer.headers["location"]


@pytest.mark.parametrize("kind", some(sorted(ENTERED), 4))
def test_a_record_of_each_class_is_made_edited_moved_merged_and_deleted(
    browser: TestClient, harbour_copy: Path, kind: str
) -> None:
    make_room(harbour_copy, kind)
    plan = open_plan(harbour_copy)
    entered = filled(plan, kind, "Quay light")
    name = sent(browser, f"kind={kind}", entered)
    made = values(open_plan(harbour_copy), name)
    for key, text in entered.items():
        if key != "f.citation":
            assert made[key.removeprefix("f.")] == (text,)

    edited = {f"f.{key}": texts[0] for key, texts in made.items()} | CHANGED.get(kind, RENAMED)
    sent(browser, f"id={name}", edited)
    now = values(open_plan(harbour_copy), name)
    for key, text in CHANGED.get(kind, RENAMED).items():
        assert now[key.removeprefix("f.")] == (text,)

    wanted = form(plan, kind)
    if is_movable(wanted) and wanted.field(MG.position):
        before = now.get("position")
        pressed(browser, "move", f"id={name}", step="up")
        after = values(open_plan(harbour_copy), name).get("position")
        assert after != before or before == ("1",)  # the first of its kind stays where it is
    elif is_movable(wanted):
        whole = next(other for other, _ in whole_field(wanted).choices if other != name)  # type: ignore[union-attr]
        pressed(browser, "move", f"id={name}", whole=whole, place="1")
        assert values(open_plan(harbour_copy), name)[whole_field(wanted).name] == (whole,)  # type: ignore[union-attr]

    if kind not in ALONE:
        twin = sent(browser, f"kind={kind}", entered | TWIN.get(kind, {}))
        pressed(browser, "merge", f"id={twin}&into={name}", into=name)
        assert version(open_plan(harbour_copy), twin) == ""
        assert version(open_plan(harbour_copy), name)

    if kind == "Intersection":  # it is there as long as its challenge and its theme
        page = words(browser.get(f"/en/edit/delete?id={name}").text)
        assert "This challenge and a theme of the plan have no intersection." in page
        return
    pressed(browser, "delete", f"id={name}")
    last = open_plan(harbour_copy)
    assert version(last, name) == ""
    assert last.built.violations == plan.built.violations


def test_a_record_sent_with_another_name_keeps_the_rest(
    browser: TestClient, harbour_copy: Path
) -> None:
    before = values(open_plan(harbour_copy), "theme/clean-water")
    renamed = {"f.label.en": "Clear water"} | {
        f"f.{key}": texts[0] for key, texts in before.items() if key not in ("label.en", "citation")
    }
    page = browser.get("/en/edit/record?id=theme/clean-water").text
    # the passage is shown by the name of its document and its lines
    assert '<option value="source/plan-2022-2025" selected>Plan 2022-2025, text edition' in page
    assert 'value="5"' in page
    renamed |= {"s.citation": "source/plan-2022-2025", "l.citation": "5"}
    assert sent(browser, "id=theme/clean-water", renamed) == "theme/clean-water"
    after = dict(values(open_plan(harbour_copy), "theme/clean-water"))
    assert after.pop("label.en") == ("Clear water",)
    assert after.pop("recordedBy") == ("coder/c",)
    assert after.pop("recordChangedOn")
    assert after == {key: texts for key, texts in before.items() if key != "label.en"}


def test_a_theme_meets_every_challenge_in_an_intersection(
    browser: TestClient, harbour_copy: Path
) -> None:
    plan = open_plan(harbour_copy)
    assert sent(browser, "kind=VisionTheme", filled(plan, "VisionTheme", "Calm")) == "theme/calm-en"
    covered = open_plan(harbour_copy, lang="fr").coverage()
    assert "theme/calm-en" in covered.themes
    assert covered.count("challenge/rising-seas", "theme/calm-en") == 0
    page = words(browser.get("/fr/entity/intersection/rising-seas/calm-en").text)
    assert "Montée des mers × Calm fr" in page
    assert open_plan(harbour_copy).built.violations == 0


def test_a_country_of_the_world_is_picked_by_its_name(
    browser: TestClient, harbour_copy: Path
) -> None:
    page = browser.get("/fr/edit/record?kind=Place").text
    assert '<option value="country/jpn">Japon</option>' in page
    assert page.index(">Ghana<") < page.index(">Grèce<") < page.index(">Japon<")
    place = {"f.label.en": "Osaka", "f.label.fr": "Osaka", "f.label.es": "Osaka",
             "f.country": "country/jpn", "f.citation": LINES}  # fmt: skip
    assert sent(browser, "kind=Place", place) == "place/osaka"
    japan = values(open_plan(harbour_copy), "country/jpn")
    assert japan["label.es"] == ("Japón",)
    assert japan["notation"] == ("JPN",)
    assert values(open_plan(harbour_copy), japan["region"][0])["label.fr"] == ("Asie de l’Est",)
    # of a region that the plan has, none is made
    place |= {"f.label.en": "Bamako", "f.country": "country/mli"}
    sent(browser, "kind=Place", place)
    assert values(open_plan(harbour_copy), "country/mli")["region"] == ("region/western-africa",)


def test_the_regions_of_countries_are_those_of_the_shipped_plan(metropolis: Plan) -> None:
    countries = recorded(metropolis, MG.Country)
    assert len(countries) == 66
    for name, _ in countries:
        country = values(metropolis, name)
        (region,) = (values(metropolis, region)["notation"][0] for region in country["region"])
        assert region in regions_of(country["notation"][0]), name


def test_a_claim_brings_the_coding_that_it_is_part_of(
    browser: TestClient, harbour_copy: Path
) -> None:
    plan = open_plan(harbour_copy)
    sent(browser, "kind=AlignmentClaim", filled(plan, "AlignmentClaim", "Because"))
    coding = values(open_plan(harbour_copy), "coding/c/storm-alert")
    assert coding["codedActivity"] == ("activity/2023/storm-alert",)
    assert coding["codedBy"] == ("coder/c",)


def test_what_depends_on_a_record_is_shown_before_it_is_deleted(
    browser: TestClient, harbour_copy: Path
) -> None:
    page = browser.get("/en/edit/delete?id=theme/clean-water").text
    # five claims and the intersections with two challenges; an indicator measures it
    assert "alignment claim (5)" in words(page)
    assert "Rising seas × Clean water" in words(page)
    assert "Oil spills" in words(page)
    assert "Delete all 8 records" in words(page)
    to = pressed(browser, "delete", "id=theme/clean-water")
    assert to == "/en/edit/kind?kind=VisionTheme&deleted=1"
    after = open_plan(harbour_copy)
    assert after.coverage().themes == ("theme/decent-work", "theme/port-heritage")
    assert "measures" not in values(after, "indicator/spills")
    assert after.built.violations == 0


def test_what_others_need_is_not_deleted(browser: TestClient, harbour_copy: Path) -> None:
    before = {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")}
    page = words(browser.get("/en/edit/delete?id=coder/a").text)
    assert "This record cannot be deleted yet" in page
    assert "coding (6)" in page
    move = browser.get("/en/edit/move?id=theme/clean-water").text
    asked = {"token": hidden(move, "token"), "id": "coder/a", "by": "coder/c", "seen": ""}
    assert browser.post("/en/edit/delete", data=asked).status_code == 409
    assert {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")} == before


def test_merging_two_themes_merges_what_would_be_there_twice(
    browser: TestClient, harbour_copy: Path
) -> None:
    pressed(
        browser, "merge", "id=theme/clean-water&into=theme/decent-work", into="theme/decent-work"
    )
    after = open_plan(harbour_copy)
    work = values(after, "theme/decent-work")
    assert work["label.fr"] == ("Travail décent",)
    assert work["altLabel.fr"] == ("Eau propre",)
    assert after.coverage().themes == ("theme/decent-work", "theme/port-heritage")
    # both coders claim both themes for Clean Docks: one claim each is left
    assert version(after, "claim/a/clean-docks/theme/clean-water") == ""
    assert values(after, "claim/a/storm-alert/theme/clean-water")["claimsTheme"] == (
        "theme/decent-work",
    )
    assert after.built.violations == 0


def test_what_changed_meanwhile_is_not_deleted(browser: TestClient, harbour_copy: Path) -> None:
    shown = browser.get("/en/edit/delete?id=place/ndarou").text
    asked = {name: hidden(shown, name) for name in ("token", "id", "kind", "seen", "once")}
    activities = harbour_copy / "activities.ttl"
    text = activities.read_text(encoding="utf-8").replace('"Harbour Forum"@en', '"Forum"@en')
    activities.write_text(text, encoding="utf-8")
    answer = browser.post("/en/edit/delete", data={**asked, "by": "coder/c"})
    assert answer.status_code == 409
    assert "has changed since you opened this page" in words(answer.text)
    assert version(open_plan(harbour_copy), "place/ndarou")


def test_an_element_moves_with_its_number_and_those_below(
    browser: TestClient, harbour_copy: Path
) -> None:
    pressed(browser, "move", "id=goal/2", step="up")
    after = open_plan(harbour_copy)
    assert values(after, "goal/2")["notation"] == ("1",)
    assert values(after, "outcome/2.10")["notation"] == ("1.10",)
    assert values(after, "goal/1")["notation"] == ("2",)
    pressed(browser, "move", "id=outcome/1.2", whole="goal/2", place="1")
    moved = values(open_plan(harbour_copy), "outcome/1.2")
    assert (moved["partOf"], moved["notation"]) == (("goal/2",), ("1.11",))
    assert open_plan(harbour_copy).built.violations == 0


# ---------------------------------------------------------------- made in place


def filled_activity(**more: str | list[str]) -> dict[str, str | list[str]]:
    """Return what a person enters for an activity that cites lines 14-16 of the report of 2023."""
    return {"f.label.fr": "Nuit des quais", "f.year": "2023", "f.ofPlan": "plan/2022-2025",
            "s.citation": "source/annual-2023", "l.citation": "14-16", "by": "coder/a",
            **more}  # fmt: skip


def posted(browser: TestClient, button: str, entered: dict[str, str | list[str]]) -> Response:
    """Press a button of the French form of a new activity."""
    page = browser.get("/fr/edit/record?kind=Activity").text
    asked = {name: hidden(page, name) for name in ("token", "kind", "id", "seen", "once")}
    return browser.post("/fr/edit/record", data={**asked, **entered, button: "1"})


def test_a_place_and_partners_are_made_with_the_activity_that_names_them(
    browser: TestClient, harbour_copy: Path
) -> None:
    entered = filled_activity() | {
        "n.place": ["", "Lyon"],  # the country of the second row is that of the second name
        "x.place.country": ["country/gha", "country/fra"],
        "n.partner": ["Ville de Lyon", "Port du Rhône", ""],
        "n.funder": "ville de  lyon",  # the same organisation, made once
    }
    before = {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")}
    preview = posted(browser, "check", entered)
    said = words(preview.text)
    assert "lieu : Lyon (France)" in said.replace("\xa0", " ")
    assert "x.place.partOf" not in browser.get("/fr/edit/record?kind=Activity").text
    # of the activity, saved with it, and to translate
    assert said.count("Port du Rhône") == 3
    assert {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")} == before
    assert posted(browser, "save", entered).status_code == 303
    after = open_plan(harbour_copy, lang="fr")
    activity = values(after, "activity/2023/nuit-des-quais")
    assert activity["place"] == ("place/lyon",)
    partners = activity["partner"]
    assert sorted(map(after.label, partners)) == ["Port du Rhône", "Ville de Lyon"]
    assert activity["funder"] == tuple(p for p in partners if after.label(p) == "Ville de Lyon")
    lyon = values(after, "place/lyon")
    assert lyon["label.fr"] == ("Lyon",)
    assert lyon["country"] == ("country/fra",)
    assert lyon["citation"] == ("source/annual-2023#line=13,16",)
    assert lyon["recordedBy"] == ("coder/a",)
    assert values(after, "country/fra")["notation"] == ("FRA",)
    assert after.built.violations == 0


def test_a_name_that_the_plan_has_is_chosen_and_not_made_again(
    browser: TestClient, harbour_copy: Path
) -> None:
    plan = open_plan(harbour_copy, lang="fr")
    known = plan.label("place/ndarou").upper()
    assert posted(browser, "save", filled_activity() | {"n.place": known}).status_code == 303
    after = open_plan(harbour_copy)
    assert values(after, "activity/2023/nuit-des-quais")["place"] == ("place/ndarou",)


def test_nothing_is_made_where_the_form_has_an_error(
    browser: TestClient, harbour_copy: Path
) -> None:
    before = {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")}
    entered = filled_activity() | {"n.place": "Lyon <script>", "l.citation": ""}
    entered |= {"s.citation": ""}
    answer = posted(browser, "save", entered)
    assert answer.status_code == 422
    assert 'value="Lyon &lt;script&gt;"' in answer.text  # what was typed is kept
    assert words(answer.text).count("n'a pas de référence") == 2  # in the summary and at its field
    assert {path: path.read_bytes() for path in harbour_copy.glob("*.ttl")} == before


def test_what_a_new_record_needs_is_asked_beside_its_name(
    browser: TestClient, harbour_copy: Path
) -> None:
    figure = filled(open_plan(harbour_copy), "Observation", "")
    del figure["f.ofIndicator"], figure["f.citation"]
    figure |= {"s.citation": "source/annual-2023", "l.citation": "14", "by": "coder/a"}
    page = browser.get("/en/edit/record?kind=Observation").text
    asked = {name: hidden(page, name) for name in ("token", "kind", "id", "seen", "once")}
    sent_ = {**asked, **figure, "n.ofIndicator": "Boats counted"}
    answer = browser.post("/en/edit/record", data={**sent_, "save": "1"})
    assert answer.status_code == 422
    unit = re.findall(r'<option value="(unit/[^"]*)"', page)[0]
    answer = browser.post(
        "/en/edit/record", data={**sent_, "x.ofIndicator.unit": unit, "save": "1"}
    )
    assert answer.status_code == 303, words(answer.text)[:900]
    after = open_plan(harbour_copy)
    assert values(after, "indicator/boats-counted")["unit"] == (unit,)
    assert after.built.violations == 0


def test_a_renamed_theme_renames_its_intersections_but_not_what_somebody_named(
    browser: TestClient, harbour_copy: Path
) -> None:
    file = harbour_copy / "categories.ttl"
    text = file.read_text(encoding="utf-8")
    assert text.count('"Rising seas × Clean water"@en') == 1
    own = text.replace('"Montée des mers × Eau propre"@fr', '"Digues et eau"@fr')
    assert own != text
    file.write_text(own, encoding="utf-8")
    held = values(open_plan(harbour_copy), "theme/clean-water")
    theme = {f"f.{key}": texts[0] for key, texts in held.items() if key != "citation"}
    theme |= {"f.label.en": "Clear water", "f.label.fr": "Eau claire", "by": "coder/c",
              "s.citation": "source/plan-2022-2025", "l.citation": "5"}  # fmt: skip
    page = browser.get("/en/edit/record?id=theme/clean-water").text
    asked = {name: hidden(page, name) for name in ("token", "kind", "id", "seen", "once")}
    preview = browser.post("/en/edit/record", data={**asked, **theme, "check": "1"})
    assert "Rising seas × Clean water → Rising seas × Clear water" in words(preview.text)
    answer = browser.post("/en/edit/record", data={**asked, **theme, "save": "1"})
    assert answer.status_code == 303, words(answer.text)[:600]
    after = open_plan(harbour_copy)
    crossing = values(after, "intersection/rising-seas/clean-water")
    assert crossing["label.en"] == ("Rising seas × Clear water",)
    assert crossing["label.fr"] == ("Digues et eau",)
    assert crossing["recordedBy"] == ("coder/c",)
    other = values(after, "intersection/port-transition/clean-water")
    assert other["label.fr"] == ("Transition portuaire × Eau claire",)
    assert after.built.violations == 0


def test_a_source_is_entered_by_its_name_and_can_be_cited(
    browser: TestClient, harbour_copy: Path
) -> None:
    page = browser.get("/fr/edit/record?kind=Source").text
    asked = {name: hidden(page, name) for name in ("token", "kind", "id", "seen", "once")}
    minutes = {**asked, "f.label.fr": "Compte rendu du 12 mars", "by": "coder/a", "save": "1"}
    answer = browser.post("/fr/edit/record", data=minutes)
    assert answer.status_code == 303, words(answer.text)[:600]
    entered = filled_activity() | {"s.citation": "source/compte-rendu-du-12-mars"}
    assert posted(browser, "save", entered).status_code == 303
    after = open_plan(harbour_copy)
    cited = values(after, "activity/2023/nuit-des-quais")["citation"]
    assert cited == ("source/compte-rendu-du-12-mars#line=13,16",)
    assert after.built.violations == 0


def test_a_second_coder_codes_an_activity_in_a_single_form(
    browser: TestClient, harbour_copy: Path
) -> None:
    page = browser.get("/fr/edit/record?kind=Coding&codedActivity=activity/2023/storm-alert").text
    asked = {name: hidden(page, name) for name in ("token", "kind", "id", "seen", "once")}
    coding: dict[str, str | list[str]] = {
        **asked, "f.codedActivity": "activity/2023/storm-alert", "f.codedBy": "coder/c",
        "by": "coder/c", "c.category": ["theme/port-heritage", "challenge/rising-seas"],
        "c.basis": "mg:implied", "save": "1",
    }  # fmt: skip
    refused = browser.post("/fr/edit/record", data=coding)
    assert refused.status_code == 422  # a claim has its reason
    answer = browser.post("/fr/edit/record", data={**coding, "c.reason": "Les quais anciens."})
    assert answer.status_code == 303, words(answer.text)[:900]
    after = open_plan(harbour_copy)
    claim = values(after, "claim/c/storm-alert/challenge/rising-seas")
    assert claim["claimsChallenge"] == ("challenge/rising-seas",)
    assert claim["reason.fr"] == ("Les quais anciens.",)
    assert claim["basis"] == ("mg:implied",)
    assert claim["citation"] == values(after, "activity/2023/storm-alert")["citation"]
    assert version(after, "claim/c/storm-alert/theme/port-heritage")
    assert version(after, "coding/c/storm-alert")
    assert after.built.violations == 0


def test_who_writes_is_the_coder_of_a_new_activity_unless_another_is_chosen(
    browser: TestClient, harbour_copy: Path
) -> None:
    entered = filled_activity() | {
        "c.category": ["theme/port-heritage"], "c.reason": "Les quais.", "by": "", "agent": "Ana"
    }  # fmt: skip
    assert posted(browser, "save", entered).status_code == 303
    after = open_plan(harbour_copy)
    claim = values(after, "claim/ana/nuit-des-quais/theme/port-heritage")
    assert claim["wasAttributedTo"] == ("coder/ana",)
    assert after.built.violations == 0


def test_claims_on_an_activity_called_like_that_of_another_year_are_its_own(
    browser: TestClient, harbour_copy: Path
) -> None:
    """Coder A codes the Tide School of 2021; ids of codings have only the end of an activity's."""
    entered = filled_activity() | {
        "f.label.en": "Tide School", "f.label.fr": "", "c.category": ["theme/port-heritage"],
        "c.reason": "Les quais.",
    }  # fmt: skip
    assert posted(browser, "save", entered).status_code == 303
    after = open_plan(harbour_copy)
    new = "activity/2023/tide-school"
    coders = [row["coder"] for row in after.rows("codings") if row["activity"] == new]
    assert coders == ["coder/a"]
    claims = [row for row in after.rows("claims") if row["activity"] == new]
    assert [row["category"] for row in claims] == ["theme/port-heritage"]
    assert after.built.violations == 0


def test_a_second_coding_leaves_a_claim_that_its_coder_makes_already_as_it_is(
    browser: TestClient, harbour_copy: Path
) -> None:
    claim = "claim/b/tide-school/theme/port-heritage"
    before = values(open_plan(harbour_copy), claim)
    page = browser.get("/fr/edit/record?kind=Coding").text
    asked = {name: hidden(page, name) for name in ("token", "kind", "id", "seen", "once")}
    coding: dict[str, str | list[str]] = {
        **asked, "f.codedActivity": "activity/2021/tide-school", "f.codedBy": "coder/b",
        "by": "coder/b", "c.category": ["theme/port-heritage", "outcome/1.3"],
        "c.reason": "Encore.", "save": "1",
    }  # fmt: skip
    answer = browser.post("/fr/edit/record", data=coding)
    assert answer.status_code == 303, words(answer.text)[:900]
    after = open_plan(harbour_copy)
    assert values(after, claim) == before
    made = [row for row in after.rows("claims") if row["coder"] == "coder/b"]
    pair = ("activity/2021/tide-school", "theme/port-heritage")
    assert len({row["claim"] for row in made if (row["activity"], row["category"]) == pair}) == 1
    assert version(after, "claim/b/tide-school/outcome/1.3")
