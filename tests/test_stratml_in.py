"""StratML files as people write them: all that they say is in the plan or in a remark."""

import re
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from metrograph.errors import InputError
from metrograph.exchange.stratml import reader, vocabulary
from metrograph.exchange.xml_stream import root_of
from metrograph.plan import open_plan
from metrograph.reading import notices
from metrograph.reading.notices import Read
from metrograph.store import new_plan
from metrograph.tables.table import Entity
from metrograph.vocabulary import MG, RDF, Dcterms, Skos
from tests.test_numbers import NO_NUMBER, TOO_LONG

from .stratml import BASE, OWN, SAMPLES, lines, read_text, sample, triples

FILES = [OWN / "part-1.xml", OWN / "part-2.xml", OWN / "as-people-write.xml"]
PART_1 = 'xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core"'
PART_2 = 'xmlns="urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"'
DATED = (
    "<AdministrativeInformation><StartDate>2024-01-01</StartDate><EndDate>2024-12-31</EndDate>"
    "</AdministrativeInformation>"
)
RESULT = (
    "<MeasurementInstance><ActualResult><NumberOfUnits>{}</NumberOfUnits></ActualResult>"
    "</MeasurementInstance>"
)
RELATION = (
    "<Identifier>_i</Identifier><Relationship><ReferentIdentifier>{}</ReferentIdentifier>"
    "</Relationship>"
)


def path_of(name: Path | str) -> Path:
    return name if isinstance(name, Path) else sample(name)


def kinds(read: Read, kind: str) -> int:
    """Return how many records are of a class."""
    wanted = (ox.NamedNode(RDF.type), ox.NamedNode(kind))
    return sum((one.predicate, one.object) == wanted for one in triples(read.draft))


def texts(read: Read, predicate: str) -> list[str]:
    return sorted(
        one.object.value
        for one in triples(read.draft)
        if one.predicate.value == predicate and isinstance(one.object, ox.Literal)
    )


def noticed(read: Read, kind: str) -> list[tuple[str, str]]:
    """Return the remarks of a kind: the line, and what stands there."""
    return [(one.where.partition(":")[2], one.found) for one in read.remarks if one.kind == kind]


def goal(inner: str, attributes: str = PART_1) -> str:
    return (
        f"<StrategicPlan {attributes}>\n<Name>P</Name>\n<StrategicPlanCore>\n<Goal><Name>G</Name>"
        f"<Description/>\n{inner}\n</Goal></StrategicPlanCore>\n{DATED}</StrategicPlan>"
    )


def indicator(inner: str, unit: str = "pipes", attributes: str = "") -> str:
    made = (
        f"<Objective><Name>O</Name><PerformanceIndicator {attributes}><MeasurementDimension>D"
        f"</MeasurementDimension><UnitOfMeasurement>{unit}</UnitOfMeasurement>{inner}"
        "</PerformanceIndicator></Objective>"
    )
    whole = goal(made, f'{PART_2} Type="Strategic_Plan"')
    return whole.replace("<StrategicPlan ", "<PerformancePlanOrReport ").replace(
        "</StrategicPlan>", "</PerformancePlanOrReport>"
    )


# ---------------------------------------------------------------- whole files


def unaccounted(root: etree._Element, read: Read) -> list[tuple[int, str, str]]:
    """Return each text and attribute of a file that is neither in the plan nor in a remark."""
    terms = (one.object for one in triples(read.draft))
    said = {term.value for term in terms if isinstance(term, ox.Literal | ox.NamedNode)}
    said |= {remark.found for remark in read.remarks}
    whole = "\n".join(said)
    missing = []
    for element in root.iter("*"):
        parts = [element.text, *(child.tail for child in element), *element.attrib.values()]
        for text in (part.strip() for part in parts if part and part.strip()):
            if not re.search(rf"(?<![\w.]){re.escape(text)}(?!\w|\.\w)", whole):
                missing.append((element.sourceline, etree.QName(element).localname, text))
    return missing


@pytest.mark.parametrize("name", [*FILES, *SAMPLES], ids=str)
def test_every_text_and_attribute_is_in_the_plan_or_in_a_remark(name: Path | str) -> None:
    path = path_of(name)
    assert unaccounted(etree.parse(path).getroot(), reader.read(path, BASE, "en")) == []


NAMES = st.sampled_from(
    sorted({*vocabulary.READ, *vocabulary.LEAVES, "Submitter", "Goals", "Foo", "b"})
)


ATTRIBUTES = ["Type", "id", "IndicatorType", "StakeholderTypeType", "foo", "Name"]
TEXTS = [
    " {} ",
    " {}.5 ",
    " 2021-03-04 ",
    " 2020-02-30 ",
    " _a{} ",
    " Performer ",
    " t{} ",
    " u{} ",
]
PARTS = st.tuples(  # how far up the next element stands, its name, texts in and after it, attribute
    st.integers(0, 3),
    NAMES,
    st.sampled_from([None, *TEXTS]),
    st.sampled_from([None, None, *TEXTS]),
    st.sampled_from([None, None, *ATTRIBUTES]),
)


def grown(
    root: etree._Element, parts: list[tuple[int, str, str | None, str | None, str | None]]
) -> None:
    """Add elements to a root, each within the one before or further up."""
    last = root
    for number, (up, name, text, tail, attribute) in enumerate(parts, start=100):
        for _ in range(up):
            last = last if last is root else last.getparent()
        last = etree.SubElement(last, name)
        last.text = text and text.format(number)
        last.tail = tail and tail.format(f"{number}0")
        if attribute:
            last.set(attribute, f"v{number}")


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@example([(0, "Goals", None, None, "Type"), (0, "Acronym", None, None, None)], 1)
@given(st.lists(PARTS, max_size=25), st.sampled_from([1, 2]))
def test_whatever_stands_wherever_is_accounted_for(
    parts: list[tuple[int, str, str | None, str | None, str | None]], part: int
) -> None:
    root = etree.Element(vocabulary.ROOTS[part])
    etree.SubElement(root, "Name").text = "N"
    grown(root, parts)
    data = etree.tostring(root)
    whole = etree.fromstring(data)
    read = reader.document(whole, Path("a.xml"), data, BASE, "en", date(2020, 1, 1))
    assert unaccounted(whole, read) == []
    for _, records in read.draft.files.values():
        assert len({record.subject for record in records}) == len(records)


def violations(read: Read, folder_: Path, cache: Path) -> list[str]:
    """Return what the checks find wrong in the plan of a file."""
    plan = open_plan(new_plan.write(folder_ / "plan", read.draft), cache=cache)
    return [one.focus for one in plan.findings if one.severity == "violation"]


@pytest.mark.parametrize("name", [*FILES, *SAMPLES], ids=str)
def test_the_plan_that_is_made_has_no_violation(
    name: Path | str, tmp_path: Path, cache: Path
) -> None:
    assert violations(reader.read(path_of(name), BASE, "en"), tmp_path, cache) == []


def test_a_plan_that_was_read_can_be_asked(tmp_path: Path, cache: Path) -> None:
    made = new_plan.write(tmp_path / "plan", reader.read(OWN / "part-1.xml", BASE, "en").draft)
    plan = open_plan(made, cache=cache)
    elements = [row[1] for row in plan.query("plan-tree").rows]
    assert [one.id for one in elements if isinstance(one, Entity)] == [
        "goal/clean-water", "objective/fewer-pipes", "objective/more-reeds", "goal/a-living-bank",
    ]  # fmt: skip
    assert plan.coverage().activities() == ()


def test_what_part_1_says() -> None:
    read = reader.read(OWN / "part-1.xml", BASE, "en")
    said = [line for line in lines(read.draft) if " citation " not in line]
    for line in (
        "plan/2024-2026 adoptedBy body/river-town-council",
        'plan/2024-2026 endDate "2026-12-31"',
        'plan/2024-2026 issued "2023-11-30"',
        'plan/2024-2026 label "River Town 2024-2026"@en',
        'plan/2024-2026 mission "Keep the water clean."@en',
        'plan/2024-2026 note "Adopted without a vote."@en',
        'plan/2024-2026 startDate "2024-01-01"',
        'plan/2024-2026 vision "A river to swim in."@en',
        'body/river-town-council altLabel "RTC"@en',
        'body/river-town-council description "Elected every four years."@en',
        'body/river-town-council identifier "_a1"',
        'value/patience description "Water takes its time."@en',
        "value/openness ofPlan plan/2024-2026",
        "goal/clean-water level level/goal",
        'goal/clean-water notation "1"',
        'goal/clean-water note "Begun in 2023."@en',
        'goal/clean-water identifier "_g1"',
        "objective/fewer-pipes partOf goal/clean-water",
        'objective/more-reeds notation "1.2"',
        'objective/more-reeds position "2"',
        "stakeholder/river-town-council/people-of-the-town stakeIn plan/2024-2026",
        "stakeholder/river-town-council/people-of-the-town relatesTo body/river-town-council",
        'stakeholder/river-town-council/people-of-the-town position "1"',
        'stakeholder/clean-water/water-works note "StakeholderTypeType: Organization"@en',
        "stakeholder/clean-water/water-works stakeIn goal/clean-water",
    ):
        assert line in said
    assert read.remarks == ()


def test_what_part_2_says_of_figures() -> None:
    read = reader.read(OWN / "part-2.xml", BASE, "en")
    figure = "observation/pipes-closed/2025/river-town-council"
    quarter = "observation/clear-water/2025-04-01-2025-06-30/river-town-council"
    said = lines(read.draft)
    for line in (
        f"{figure} valueType target",
        f'{figure} value "40"',
        f'{figure} year "2025"',
        f"{figure} unit unit/pipes",
        f"{figure} subject body/river-town-council",
        f"{figure}-2 valueType actual",
        f'{figure}-2 value "31"',
        f'{figure}-2 note "A strike in May."@en',
        'observation/pipes-closed/2024-06-30/river-town-council value "12.5"',
        'observation/pipes-closed/2024-06-30/river-town-council year "2024"',
        'observation/pipes-closed/2024-06-30/river-town-council note "DescriptorName: Grade"@en',
        f"{quarter} unit percent",
        f'{quarter} startDate "2025-04-01"',
        "indicator/pipes-closed measures objective/fewer-pipes",
        "indicator/pipes-closed relatesTo indicator/clear-water",
        'indicator/pipes-closed note "ValueChainStage: Outcome"@en',
        'stakeholder/fewer-pipes/water-works stakeholderRole "Beneficiary"@en',
        'stakeholder/fewer-pipes/water-works stakeholderRole "Digger"@en',
        'stakeholder/fewer-pipes/water-works stakeholderRole "Performer"@en',
        'plan/2024-2026 identifier "_report-2025"',
        'plan/2024-2026 note "Type: Performance_Report"@en',
    ):
        assert line in said
    assert not any(line.startswith(f"{quarter} year") for line in said)
    notes = texts(read, Skos.note)
    assert "Relationship\nRelationshipType: Peer_To\nName: goes with" in notes
    assert "TargetResult: The bottom can be seen.\nEndDate: 2026-12-31" in notes


def test_what_the_samples_hold_is_counted_by_hand() -> None:
    one = reader.read(sample(SAMPLES[0]), BASE, "en")
    two = reader.read(sample(SAMPLES[1]), BASE, "en")
    kind = (MG.PlanElement, MG.CoreValue, MG.Body, MG.Stakeholder, MG.Indicator, MG.Observation)
    assert [kinds(one, each) for each in kind] == [6, 6, 1, 19, 0, 0]
    assert [kinds(two, each) for each in kind] == [13, 5, 1, 52, 11, 4]
    assert texts(two, MG.value) == ["13", "2", "8", "829"]
    assert texts(one, Dcterms.issued) == ["2017-04-12"]


def test_a_file_that_keeps_to_its_schema_has_no_deviation() -> None:
    read = reader.read(sample(SAMPLES[0]), BASE, "en")
    assert noticed(read, notices.READ) == [
        ("2", "Stakeholder/@StakeholderTypeType: Person (×14)")  # no deviation, but said
    ]


def test_the_submitter_is_left_out_and_said() -> None:
    read = reader.read(OWN / "part-2.xml", BASE, "en")
    left = [found for _, found in noticed(read, notices.LEFT)]
    for text in ("Ada", "Moss", "+00 1 234", "ada@rivertown.example"):
        assert any(text in one for one in left)
        assert not any(text in str(one) for one in triples(read.draft))
    assert read.draft.texts == {}  # the file itself, which names the submitter, is not copied


# ---------------------------------------------------------------- deviations


def test_deviations_are_named_with_their_lines() -> None:
    read = reader.read(OWN / "as-people-write.xml", BASE, "en")
    otherwise = noticed(read, notices.READ)
    for place in (
        ("2", "strategicplan"),
        ("2", "StrategicPlan"),
        ("3", "StrategicPlan/Title"),
        ("5", "Mission: Save the lake."),
        ("6", "Vision/@statement: A blue lake."),
        ("7", "StrategicPlan/Organisation"),
        ("7", "Organization/@id: 123 lake"),
        ("8", "Values"),
        ("13", "Identifier: 9 goal"),
        ("14", "Goal: Identifier, Name"),
        ("15", "Description/b"),
        ("20", "Identifier: 9 goal"),
        ("22", "Objective/performance_indicator"),
        ("22", "PerformanceIndicator/@indicatortype: counted"),
        ("23", "PerformanceIndicator/Unit"),
        ("31", "EndDate: 2020-06-30Z"),
    ):
        assert place in otherwise
    assert ("32", "NumberOfUnits: 1 400") in noticed(read, notices.GUESSED)
    kept = noticed(read, notices.KEPT)
    for place in (
        ("16", "Budget: 10000"),
        ("16", "Budget/@currency: EUR"),
        ("17", "Name: Fishes"),
        ("21", "RoleType: Watcher"),
        ("24", "Identifier: nowhere"),
        ("27", "NumberOfUnits: about a dozen"),
        ("30", "StartDate: soon"),
        ("43", "Source: on paper"),
    ):
        assert place in kept


def test_what_deviates_is_read_all_the_same() -> None:
    said = lines(reader.read(OWN / "as-people-write.xml", BASE, "en").draft)
    for line in (
        'plan/lake-plan-2019-2021 vision "A blue lake."@en',
        'plan/lake-plan-2019-2021 mission "Save the lake."@en',
        'plan/lake-plan-2019-2021 startDate "2019"',
        'plan/lake-plan-2019-2021 endDate "2021"',
        'body/lake-board identifier "123 lake"',
        'goal/fish description "Fish come back."@en',
        'goal/fish note "Budget: 10000"@en',
        'goal/fish identifier "9 goal"',
        'objective/nets identifier "9 goal"',
        'indicator/nets label "Nets"@en',
        'observation/nets/2020-06-30/lake-board value "1400"',
        'observation/nets/2019-2021/lake-board value "7"',
    ):
        assert line in said


@pytest.mark.parametrize("lang", ["fr", "es"])
def test_remarks_are_in_the_language_asked_for(lang: str, tmp_path: Path) -> None:
    whole = (OWN / "as-people-write.xml").read_text(encoding="utf-8")
    english = {one.made for one in read_text(tmp_path, whole).remarks}
    assert not english & {one.made for one in read_text(tmp_path, whole, lang).remarks}


def test_a_file_that_tells_its_language_is_of_that_language(tmp_path: Path) -> None:
    text = goal(
        '<OtherInformation xml:lang="es-MX">¡Sí!</OtherInformation>', f'{PART_1} xml:lang="fr"'
    )
    said = lines(read_text(tmp_path, text).draft)
    assert 'goal/g label "G"@fr' in said
    assert 'plan/2024 language "fr"' in said


def test_a_second_vision_is_kept(tmp_path: Path) -> None:
    text = goal("").replace("<Name>P</Name>", "<Name>P</Name><Vision>Far</Vision>")
    text = text.replace("<StrategicPlanCore>", "<StrategicPlanCore><Vision>Near</Vision>")
    read = read_text(tmp_path, text)
    said = texts(read, MG.vision) + texts(read, Skos.note)
    assert said == ["Near", "Vision/Description: Far"]


def test_names_repeat_and_identifiers_do(tmp_path: Path) -> None:
    one = "<Objective><Name>O</Name><Identifier>_a</Identifier></Objective>"
    said = lines(read_text(tmp_path, goal(one + one)).draft)
    assert [line for line in said if line.endswith('identifier "_a"')] == [
        'objective/o identifier "_a"', 'objective/o-2 identifier "_a"',
    ]  # fmt: skip


def test_an_identifier_of_ours_is_an_id_again_and_never_one_that_is_taken(tmp_path: Path) -> None:
    own = "<Objective><Name>O</Name><Identifier>outcome_x2F_1.1</Identifier></Objective>"
    plan = "<Objective><Name>P</Name><Identifier>source_x2F_some</Identifier></Objective>"
    said = lines(read_text(tmp_path, goal(own + own + plan)).draft)
    labels = [line for line in said if line.endswith(('label "O"@en', 'label "P"@en'))]
    assert [line.partition(" ")[0] for line in labels] == [
        "objective/o", "objective/p", "outcome/1.1", "plan/2024",
    ]  # fmt: skip


def test_a_number_that_does_not_continue_the_one_above_gives_no_position(tmp_path: Path) -> None:
    text = goal(
        "<SequenceIndicator>1</SequenceIndicator>"
        "<Objective><Name>A</Name><SequenceIndicator>1.2</SequenceIndicator></Objective>"
        "<Objective><Name>B</Name><SequenceIndicator>X</SequenceIndicator></Objective>"
    )
    said = lines(read_text(tmp_path, text).draft)
    assert 'objective/a position "2"' in said
    assert not any(line.startswith("objective/b position") for line in said)


def test_objectives_within_objectives_are_a_third_level(tmp_path: Path, cache: Path) -> None:
    text = goal("<Objective><Name>O</Name><Objective><Name>P</Name></Objective></Objective>")
    read = read_text(tmp_path, text)
    assert "objective/p level level/objective-3" in lines(read.draft)
    assert ("5", "Objective/Objective") in noticed(read, notices.READ)
    assert violations(read, tmp_path, cache) == []


def test_start_and_end_the_wrong_way_round_are_exchanged(tmp_path: Path) -> None:
    text = goal("").replace("2024-01-01", "2025-01-01")
    read = read_text(tmp_path, text)
    assert 'plan/2024-2025 startDate "2024-12-31"' in lines(read.draft)
    assert [found for _, found in noticed(read, notices.GUESSED)] == [
        "StartDate: 2025-01-01, EndDate: 2024-12-31"
    ]


def test_per_cent_is_a_unit_of_its_own_for_parts_of_a_hundred_only(tmp_path: Path) -> None:
    within = lines(read_text(tmp_path, indicator(RESULT.format(99), "Percent")).draft)
    beyond = lines(read_text(tmp_path, indicator(RESULT.format(130), "Percent")).draft)
    assert "indicator/d unit percent" in within
    assert "indicator/d unit unit/percent" in beyond


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("829", "829"),
        ("-1.50", "-1.50"),
        ("45 %", "45"),
        ("1,400", None),
        ("many", None),
        *((odd, None) for odd in (*TOO_LONG, *NO_NUMBER)),
    ],
)
def test_a_number_is_read_where_it_can_be_read_in_one_way(
    text: str, value: str | None, tmp_path: Path
) -> None:
    read = read_text(tmp_path, indicator(RESULT.format(text)))
    assert texts(read, MG.value) == ([value] if value else [])
    if not value:
        assert any(f"NumberOfUnits: {text}" in note for note in texts(read, Skos.note))


def test_a_relationship_ties_what_its_identifiers_name(tmp_path: Path) -> None:
    text = indicator(RELATION.format("_o")).replace(
        "<Name>O</Name>", "<Name>O</Name><Identifier>_o</Identifier>"
    )
    assert "indicator/d relatesTo objective/o" in lines(read_text(tmp_path, text).draft)
    unknown = read_text(tmp_path, indicator(RELATION.format("_z")))
    assert any("ReferentIdentifier: _z" in found for _, found in noticed(unknown, notices.KEPT))


def test_hostile_names_stay_texts(tmp_path: Path, cache: Path) -> None:
    text = goal(
        "<Objective><Name>&lt;script&gt;alert(1)&lt;/script&gt; \\ \" '</Name>"
        "<Identifier>../../x\" onload='y</Identifier>"
        "<Description>}} {{ &#x202E; \u0000</Description></Objective>".replace("\u0000", "&#x85;")
    )
    read = read_text(tmp_path, text)
    assert "<script>alert(1)</script> \\ \" '" in texts(read, RDF.label)
    assert violations(read, tmp_path, cache) == []


def test_a_plan_without_any_day_is_of_the_day_of_its_file(tmp_path: Path) -> None:
    read = read_text(tmp_path, goal("").replace(DATED, ""))
    (guess,) = noticed(read, notices.GUESSED)
    (start,) = texts(read, MG.startDate)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", start)
    assert guess[1] == "/"


def test_citations_name_the_lines_of_an_element() -> None:
    said = lines(reader.read(OWN / "part-1.xml", BASE, "en").draft)
    # the objective “Fewer pipes” stands on lines 39 to 44 of the file
    text = (OWN / "part-1.xml").read_text(encoding="utf-8").splitlines()
    assert text[38].strip() == "<Objective>"
    assert text[43].strip() == "</Objective>"
    assert "objective/fewer-pipes citation source/part-1#line=38,44" in said


# ---------------------------------------------------------------- what is refused


def test_the_later_dialect_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "later.xml"
    path.write_text('<?xml version="1.0"?>\n<StrategicPlan xmlns="http://schemas.stratml.us/3.5"/>')
    assert reader.is_stratml(root_of(path))
    with pytest.raises(InputError, match=r"later\.xml:2: .*3\.5.* \(ISO 17469\)"):
        reader.read(path, BASE, "en")


@pytest.mark.parametrize("text", ["<svg/>", "<StrategicPlan><circle/></StrategicPlan>"])
def test_other_xml_is_refused_with_a_sentence(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"some\.xml:1: this XML is not StratML"):
        read_text(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("<PerformancePlan/>", True),
        ('<p:strategicPlan xmlns:p="http://www.stratml.net"/>', True),
        ("<iati-activities/>", False),
    ],
)
def test_stratml_is_told_by_its_root(text: str, is_ours: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text)
    assert reader.is_stratml(root_of(path)) is is_ours
