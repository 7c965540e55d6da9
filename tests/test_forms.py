"""Checks that forms say what the shapes say, in the reader's language, with the plan's lists."""

from pathlib import Path

import pytest

from metrograph.editing import choices
from metrograph.editing.forms import Field, Form, form, kinds, values
from metrograph.errors import QueryError
from metrograph.plan import Plan, open_plan
from tests.conftest import HARBOUR


def field(of: Form, name: str) -> Field:
    return next(one for one in of.fields if one.name == name)


def names(of: Form, label: str) -> list[str]:
    return [one.name for group in of.groups if group.label == label for one in group.fields]


def test_an_activity_is_asked_for_in_the_order_of_the_shapes(harbour: Plan) -> None:
    activity = form(harbour, "Activity")
    assert activity.label == "activity"
    assert [group.label for group in activity.groups] == [
        "Basic information", "When and where", "Who", "Position in the plan", "Evidence",
    ]  # fmt: skip
    assert names(activity, "Basic information") == [
        "label", "description", "edition", "partOf", "relatesTo",
    ]  # fmt: skip
    assert names(activity, "When and where") == ["year", "startDate", "endDate", "place"]
    assert names(activity, "Who") == ["organizer", "host", "partner", "participant", "funder"]
    assert names(activity, "Evidence") == ["citation", "editorialNote"]


@pytest.mark.parametrize(
    ("name", "kind", "required", "many"),
    [
        ("label", "text", True, False),
        ("description", "long", False, False),
        ("year", "year", True, False),
        ("startDate", "date", False, False),
        ("edition", "integer", False, False),
        ("partner", "id", False, True),
        ("ofPlan", "id", True, True),
        ("citation", "citation", True, True),
    ],
)
def test_fields_of_an_activity(
    harbour: Plan, name: str, kind: str, required: bool, many: bool
) -> None:
    one = field(form(harbour, "Activity"), name)
    assert (one.kind, one.required, one.many) == (kind, required, many)


def test_texts_are_asked_for_in_each_language_of_the_plan(harbour: Plan) -> None:
    label = field(form(harbour, "Activity"), "label")
    assert label.languages == ("en", "fr", "es")
    assert label.keys == ("label.en", "label.fr", "label.es")
    assert field(form(harbour, "Activity"), "year").keys == ("year",)


def test_labels_and_help_are_in_the_language_of_the_reader() -> None:
    french = form(open_plan(HARBOUR, lang="fr"), "Activity")
    assert french.label == "activité"
    assert french.groups[1].label == "Quand et où"
    assert field(french, "place").label == "lieu"
    assert field(french, "label").help.startswith("Un nom court")
    spanish = form(open_plan(HARBOUR, lang="es"), "Observation")
    assert field(spanish, "valueType").label == "tipo de valor"


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_every_field_of_every_form_has_a_label_and_a_name_of_its_own(lang: str) -> None:
    plan = open_plan(HARBOUR, lang=lang)
    for kind in kinds():
        fields = form(plan, kind).fields
        assert fields
        assert len({one.name for one in fields}) == len(fields)
        assert all(one.label and not one.label.startswith("http") for one in fields)
    asked = [form(plan, kind) for kind in ("Activity", "AlignmentClaim", "Observation")]
    assert all(one.help for of in asked for one in of.fields)


def test_pick_lists_follow_the_plan(harbour: Plan, metropolis: Plan) -> None:
    claim = form(harbour, "AlignmentClaim")
    assert field(claim, "claimsTheme").choices == (
        ("theme/clean-water", "Clean water"),
        ("theme/decent-work", "Decent work"),
        ("theme/port-heritage", "Port heritage"),
    )  # positions 1, 2, 3
    outcomes = [name for name, _ in field(claim, "claimsResult").choices]
    assert outcomes[:4] == ["outcome/1.1", "outcome/1.2", "outcome/1.3", "outcome/2.1"]
    assert outcomes[-2:] == ["outcome/2.9", "outcome/2.10"]
    assert [name for name, _ in field(claim, "claimsChallenge").choices] == [
        "challenge/rising-seas", "challenge/port-transition",
    ]  # fmt: skip
    years = [name.split("/")[1] for name, _ in field(claim, "onActivity").choices]
    assert years == ["2021", "2022", "2022", "2023", "2023", "2023", "2023"]
    members = field(form(metropolis, "Activity"), "host").choices
    assert ("member/abidjan", "Abidjan") in members


def test_a_text_where_the_record_above_belongs_does_not_stop_a_list(
    harbour_copy: Path, cache: Path
) -> None:
    elements = harbour_copy / "elements.ttl"
    text = elements.read_text(encoding="utf-8")
    assert "mg:partOf <goal/1>" in text
    elements.write_text(text.replace("mg:partOf <goal/1>", 'mg:partOf "goal 1"', 1), "utf-8")
    fields = form(open_plan(harbour_copy, cache=cache), "AlignmentClaim").fields
    listed = next(field for field in fields if field.name == "claimsResult")
    assert len(listed.choices) == 13


def test_fixed_lists_are_in_the_order_of_the_shape(harbour: Plan) -> None:
    basis = field(form(harbour, "AlignmentClaim"), "basis")
    assert [name for name, _ in basis.choices] == ["mg:stated", "mg:implied", "mg:notRecorded"]
    figure = form(harbour, "Observation")
    assert [name for name, _ in field(figure, "valueType").choices] == [
        "mg:baseline", "mg:target", "mg:actual", "mg:projection",
    ]  # fmt: skip


def test_where_any_record_will_do_there_is_nothing_to_pick_from(harbour: Plan) -> None:
    assert field(form(harbour, "Activity"), "relatesTo").choices == ()
    assert field(form(harbour, "Activity"), "partOf").choices == ()
    assert field(form(harbour, "Observation"), "subject").kind == "id"


def test_a_list_that_is_too_long_is_not_shown(
    harbour: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "_MOST", 2)
    claim = form(harbour, "AlignmentClaim")
    assert field(claim, "claimsTheme").choices == ()  # three themes
    assert len(field(claim, "claimsChallenge").choices) == 2


def test_numbers_are_numbers(harbour: Plan) -> None:
    figure = form(harbour, "Observation")
    assert field(figure, "value").kind == "decimal"
    assert field(figure, "notReported").kind == "boolean"
    assert field(form(harbour, "Activity"), "edition").minimum == 1


def test_organisations_and_indicators_have_forms(harbour: Plan) -> None:
    assert field(form(harbour, "Organization"), "label").required
    assert field(form(harbour, "Indicator"), "unit").required
    assert field(form(harbour, "Member"), "country").choices[0][0].startswith("country/")


def test_what_has_no_form_is_refused_with_what_has(harbour: Plan) -> None:
    with pytest.raises(QueryError, match=r"no form for records of the kind “Activty”.*Activity"):
        form(harbour, "Activty")
    for kind in ("Citation", "Basis", "Decision", "ScopeDecision"):
        assert kind not in kinds()
    assert form(harbour, "mg:Activity") == form(harbour, "Activity")


def test_values_are_what_the_files_say_as_a_person_types_it(harbour: Plan) -> None:
    said = values(harbour, "activity/2023/clean-docks")
    assert said["label.en"] == ("Clean Docks",)
    assert said["label.es"] == ("Dársenas Limpias",)
    assert said["year"] == ("2023",)
    assert said["startDate"] == ("2023-03",)
    assert said["partner"] == (
        "member/ndarou", "organization/dockers-union", "organization/tidal-institute",
    )  # fmt: skip
    assert said["citation"] == ("source/annual-2023#line=12,16",)
    # what follows by rules is not there
    assert not {"hasClaim", "addressesTheme", "involves", "type"} & set(said)
    assert values(harbour, "observation/cargo-growth/2023/harbour-cities")["value"] == ("-4.2",)
    with pytest.raises(QueryError):
        values(harbour, "activity/2023/none")
