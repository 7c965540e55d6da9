"""One record of each class of the ontology, made and edited in the browser.

What is entered is made from the form, which is made from the shapes: a class that is added to the
ontology is tested without a word here, or has to be listed as an exception with its reason.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph
from starlette.testclient import TestClient

from metrograph import paths
from metrograph.editing.choices import recorded
from metrograph.editing.companions import goes_without_saying
from metrograph.editing.countries import regions_of
from metrograph.editing.forms import Field, form, kinds, values
from metrograph.plan import Plan, open_plan
from metrograph.vocabulary import MG, MG_NAMESPACE
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
}
ROOM = {  # what is changed first, in a plan that has all that there can be of a kind
    "Intersection": (
        ("categories.ttl", r"<intersection/rising-seas/port-heritage> a .*?\.\n", ""),
    ),
    "Section": (("sources.ttl", r"lastLine 40", "lastLine 39"),),
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


@pytest.mark.parametrize("kind", ENTERED)
def test_a_record_of_each_class_is_made_and_edited(
    browser: TestClient, harbour_copy: Path, kind: str
) -> None:
    for file, old, new in ROOM.get(kind, ()):
        path = harbour_copy / file
        text = path.read_text(encoding="utf-8")
        assert re.search(old, text, re.DOTALL)
        path.write_text(re.sub(old, new, text, count=1, flags=re.DOTALL), encoding="utf-8")
    plan = open_plan(harbour_copy)
    name = sent(browser, f"kind={kind}", filled(plan, kind, "Quay light"))
    made = values(open_plan(harbour_copy), name)
    for key, text in filled(plan, kind, "Quay light").items():
        if key != "f.citation":
            assert made[key.removeprefix("f.")] == (text,)
    assert words(browser.get(f"/en/entity/{name}").text)


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
