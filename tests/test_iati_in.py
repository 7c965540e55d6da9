"""Checks what a file of IATI activities becomes, and that nothing of it is lost in silence."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from metrograph.errors import InputError, UsageError
from metrograph.exchange import xml_stream
from metrograph.exchange.drafts import Names
from metrograph.exchange.iati import exporter, reader
from metrograph.reading import notices
from metrograph.store import new_plan
from tests.iati import (
    BASE,
    EXAMPLE,
    WELLS,
    facts,
    is_valid,
    needs_example,
    planned,
    told,
    triples,
    violations,
)

_PERSONAL = {"person-name", "job-title", "telephone", "email", "mailing-address"}
MINIMAL = '<iati-activity xml:lang="en"><iati-identifier>A-1</iati-identifier>{}</iati-activity>'
DATED = '<activity-date iso-date="2020-01-01" type="2"/>'


# ---------------------------------------------------------------- what becomes of what

ACTIVITY = "activity/2022/xx-1-wells"
RESULT = "result/2022/xx-1-wells/1"
WELLS_DUG = "indicator/2022/xx-1-wells/1/1"
FIGURE = "observation/2022/xx-1-wells/1/1/"


@pytest.fixture(scope="module")
def wells() -> set[tuple[str, str, str]]:
    return facts(reader.read(WELLS, BASE, "en"))


@pytest.mark.parametrize(
    "fact",
    [
        (ACTIVITY, "type", "mg:Activity"),
        (ACTIVITY, "label", "Wells for Aru@en"),
        (ACTIVITY, "label", "Des puits pour Aru@fr"),
        (ACTIVITY, "identifier", "XX-1-WELLS"),
        (ACTIVITY, "description", "Ten wells <script> & pumps@en"),
        (ACTIVITY, "startDate", "2022-04-15"),  # the actual one, not the planned one
        (ACTIVITY, "endDate", "2024-12-31"),  # the planned one: there is no other
        (ACTIVITY, "note", "activity-date (iso-date 2022-03-01, type 1)@en"),
        (ACTIVITY, "year", "2022"),
        (ACTIVITY, "recordedBy", "organization/xx-1"),
        (ACTIVITY, "funder", "organization/xx-2"),
        (ACTIVITY, "organizer", "organization/xx-1"),
        (ACTIVITY, "partner", "organization/well-diggers"),
        ("organization/well-diggers", "label", "Puisatiers@fr"),
        ("organization/xx-1", "identifier", "XX-1"),
        (ACTIVITY, "status", "activity-status/2"),
        ("activity-status/2", "label", "Implementation@en"),
        ("activity-status/2", "label", "Mise en œuvre@fr"),
        (ACTIVITY, "place", "place/aru"),
        ("place/aru", "note", "location [point [pos 2.87 30.83]]@en"),
        (ACTIVITY, "subject", "sector/1/14031"),
        ("sector/1/14031", "label", "Eau potable@fr"),
        ("sector/1/14031", "inScheme", "scheme/sector-1"),
        (ACTIVITY, "note", "sector (vocabulary 1, code 14031, percentage 100)@en"),
        (ACTIVITY, "subject", "recipient-country/cd"),
        ("recipient-country/cd", "label", "CD@en"),
        (ACTIVITY, "seeAlso", "document/example-org-wells-pdf"),
        ("document/example-org-wells-pdf", "source", "https://example.org/wells.pdf"),
        (ACTIVITY, "relatesTo", RESULT),
        (RESULT, "type", "mg:Result"),
        (RESULT, "level", "level/result"),
        (RESULT, "ofPlan", "plan/2021-2024"),
        (WELLS_DUG, "measures", RESULT),
        (WELLS_DUG, "directionWanted", "mg:up"),
        (WELLS_DUG, "unit", "indicator-measure/1"),
        (FIGURE + "1", "valueType", "mg:baseline"),
        (FIGURE + "1", "value", "0"),
        (FIGURE + "1", "year", "2021"),
        (FIGURE + "2", "valueType", "mg:target"),
        (FIGURE + "2", "year", "2022"),  # a period of a whole year is that year
        (FIGURE + "2", "note", "As planned@en"),
        (FIGURE + "2", "subject", ACTIVITY),
        (FIGURE + "3", "value", "3.5"),
        (FIGURE + "3", "scope", "kind: deep@en"),
        (FIGURE + "4", "startDate", "2023-01-01"),
        (FIGURE + "4", "endDate", "2023-06-30"),
        (FIGURE + "4", "notReported", "true"),  # an actual value was due, and none was given
        (
            "indicator/2022/xx-1-wells/1/2",
            "note",
            "period-start 2023-01-01; period-end 2023-12-31; actual (value good)@en",
        ),
        ("activity/2021/xx-1-pumps", "label", "Pompes@fr"),  # its own language is French
        ("activity/2021/xx-1-pumps", "partOf", ACTIVITY),
        ("plan/2021-2024", "label", "IATI activities: Water Office@en"),
        ("plan/2021-2024", "label", "Activités IITA\u00a0: Office de l'eau@fr"),
        ("plan/2021-2024", "startDate", "2021"),
        ("plan/2021-2024", "endDate", "2024"),
    ],
    ids=lambda fact: " ".join(fact)[:60],
)
def test_what_a_file_says_stands_in_the_plan(
    wells: set[tuple[str, str, str]], fact: tuple[str, str, str]
) -> None:
    assert fact in wells


def test_nothing_of_a_person_is_kept_and_a_remark_says_so(
    wells: set[tuple[str, str, str]],
) -> None:
    assert not any("Private" in text or "p@example" in text for _, _, text in wells)
    left = {one.found for one in reader.read(WELLS, BASE, "en").remarks if one.kind == notices.LEFT}
    assert left == {"contact-info/person-name", "contact-info/email"}


def test_records_cite_the_lines_that_tell_of_them() -> None:
    read = reader.read(WELLS, BASE, "en")
    (source,) = (name for name, kind, of in facts(read) if (kind, of) == ("type", "mg:Source"))
    lines = WELLS.read_text(encoding="utf-8").splitlines()
    start = next(at for at, text in enumerate(lines) if '<baseline year="2021"' in text)
    assert (FIGURE + "1", "citation", f"{source}#line={start},{start + 1}") in facts(read)
    assert (source, "lineCount", str(len(lines))) in facts(read)


def test_a_plan_of_a_file_has_no_violation_and_answers(tmp_path: Path, cache: Path) -> None:
    plan = planned(tmp_path, reader.read(WELLS, BASE, "en"), cache)
    assert violations(plan) == []
    assert [row["element"] for row in plan.rows("plan-tree")] == [RESULT]
    assert not plan.coverage().themes
    gaps = plan.rows("results-without-activity")
    assert [row["result"] for row in gaps] == [RESULT]  # so long as nobody has claimed it


# ---------------------------------------------------------------- nothing is lost


def _values(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Yield each attribute and text of a document: its element, its name, and what it says."""
    for element in root.iter(etree.Element):
        for name, value in element.items():
            yield element, etree.QName(name).localname, value
        if element.text and element.text.strip():
            yield element, "text", element.text


def _all_words(read: notices.Read) -> str:
    words = [" ".join(fact[2].split()) for fact in facts(read)]
    return "\n".join([*words, *(f"{one.where} {one.found} {one.made}" for one in read.remarks)])


@needs_example
def test_each_value_of_the_official_example_is_in_the_graph_or_a_remark() -> None:
    read = reader.read(EXAMPLE, BASE, "en")
    words = _all_words(read)
    for element, name, value in _values(xml_stream.parsed(EXAMPLE)):
        if not any(one.tag in _PERSONAL for one in [element, *element.iterancestors()]):
            assert " ".join(value.split()) in words, (element.tag, name, value)


@needs_example
def test_no_value_is_lost_whatever_it_is(tmp_path: Path) -> None:
    """Each value is made one that occurs nowhere else, so that none hides behind another."""
    root = xml_stream.parsed(EXAMPLE)
    tokens = {}
    for number, (element, name, _) in enumerate(list(_values(root))):
        path = f"{root.getroottree().getpath(element)}/{name}"
        if name in {"version", "lang"} or name.endswith("date") or "datetime" in name:
            continue
        token = str(9_000_000 + number) if name in {"value", "year"} else f"q{number}z"
        tokens[token] = (path, element)
        if name == "text":
            element.text = token
        else:
            element.set(name, token)
    made = tmp_path / "tokens.xml"
    made.write_bytes(etree.tostring(root))
    read = reader.read(made, BASE, "en")
    words = set(re.findall(r"q[0-9]+z|[0-9]{7}", _all_words(read)))
    lost = {
        where
        for token, (where, element) in tokens.items()
        if token not in words
        and not any(one.tag in _PERSONAL for one in [element, *element.iterancestors()])
    }
    assert lost == set()
    assert len(tokens) > 200


@needs_example
def test_the_official_example_makes_a_plan_without_violation(tmp_path: Path, cache: Path) -> None:
    plan = planned(tmp_path, reader.read(EXAMPLE, BASE, "en"), cache)
    assert violations(plan) == []


# ---------------------------------------------------------------- versions and other files


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('<iati-activities version="1.05"/>', "unsupported IATI version: 1.05"),
        ("<iati-activities/>", "unsupported IATI version: not given"),
        ('<iati-organisations version="2.03"/>', "describes organisations"),
        ("<html/>", "is not an IATI file"),
        ('<iati-activities version="2.03"></iati-activities>', "contains no iati-activity"),
        ('<iati-activities version="2.03"><iati-activity>', "the XML is not well-formed"),
    ],
)
def test_what_is_no_file_of_activities_is_refused_with_a_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "other.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=sentence):
        reader.read(path, BASE, "en")


def test_a_base_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="must be an address that ends in a slash"):
        reader.read(WELLS, "wells", "en")


@pytest.mark.parametrize(("version", "is_older"), [("2.01", True), ("2.02", True), ("2.03", False)])
def test_older_versions_are_read_with_a_remark(
    tmp_path: Path, version: str, is_older: bool
) -> None:
    read = told(tmp_path, MINIMAL.format(DATED), version)
    assert ("activity/2020/a-1", "type", "mg:Activity") in facts(read)
    assert any(f"version {version}" in one.found for one in read.remarks) == is_older


def test_a_file_is_known_by_its_root(tmp_path: Path) -> None:
    path = tmp_path / "one.xml"
    for name, is_one in (("iati-activities", True), ("iati-organisations", True), ("plan", False)):
        path.write_text(f"<{name}/>", encoding="utf-8")
        assert reader.is_iati(xml_stream.root_of(path)) == is_one


# ---------------------------------------------------------------- what people really write

ODD = {
    "another order": (DATED + "<title><narrative>T</narrative></title>", ("label", "T@en")),
    "no narrative": (DATED + "<title>Bare</title>", ("label", "Bare@en")),
    "no title": (DATED, ("label", "A-1@en")),
    "no date": ('<budget><period-start iso-date="2019-07-01"/></budget>', ("year", "2019")),
    "an impossible day": (
        DATED + '<activity-date iso-date="2020-02-31" type="4"/>',
        ("note", "activity-date (iso-date 2020-02-31, type 4)@en"),
    ),
    "a day with a zone": ('<activity-date iso-date="2020-03-01Z" type="2"/>',
                          ("startDate", "2020-03-01")),
    "an end before the start": (
        DATED + '<activity-date iso-date="2019-12-31" type="4"/>',
        ("note", "activity-date (iso-date 2019-12-31)@en"),
    ),
    "an unknown status": (DATED + '<activity-status code="77"/>', ("status", "activity-status/77")),
    "an unknown role": (
        DATED + '<participating-org role="9" ref="XX-9"/>', ("involves", "organization/xx-9")
    ),
    "an element that IATI has not": (
        DATED + '<budget-line amount="3"/>', ("note", "budget-line (amount 3)@en")
    ),
    "an element with words only": (
        DATED + "<motto><narrative>Water</narrative></motto>", ("note", "motto Water@en")
    ),
    "a language with a region": (
        DATED + '<title><narrative xml:lang="pt-BR">T</narrative></title>', ("label", "T@pt")
    ),
    "no language at all": (
        DATED + '<title><narrative xml:lang="English">T</narrative></title>', ("label", "T@en")
    ),
    "two texts in one language": (
        DATED + "<description><narrative>One</narrative><narrative>Two</narrative></description>",
        ("note", "Two@en"),
    ),
    "words in another script": (
        DATED + "<participating-org role='1'><narrative>水利</narrative></participating-org>",
        ("funder", "organization/organization"),
    ),
    "markup": (
        DATED + "<title><narrative>A <b>bold</b> word</narrative></title>",
        ("label", "A bold word@en"),
    ),
}  # fmt: skip


FIGURES = {
    "1,400": ("value", "1400"),
    "-2.50": ("value", "-2.50"),
    "12 %": None,
    "9" * 30: None,  # more than a store counts
    "": ("notReported", "true"),
}


@pytest.mark.parametrize(("inside", "fact"), ODD.values(), ids=ODD)
def test_what_is_odd_is_read_around(tmp_path: Path, inside: str, fact: tuple[str, str]) -> None:
    read = told(tmp_path, MINIMAL.format(inside))
    assert fact in {one[1:] for one in facts(read) if one[0].startswith("activity/")}


def test_what_is_odd_makes_no_violation(tmp_path: Path, cache: Path) -> None:
    figures = "".join(
        _result(f'<baseline year="2019" value="{value}"/>', measure)
        for value in FIGURES
        for measure in ("1", "2", "5", "77", "")
    )
    odd = "".join(MINIMAL.format(inside) for inside, _ in ODD.values())
    plan = planned(tmp_path, told(tmp_path, odd + MINIMAL.format(DATED + figures)), cache)
    assert violations(plan) == []


@pytest.mark.parametrize(("value", "expected"), FIGURES.items())
def test_a_figure_is_a_number_or_a_note(
    tmp_path: Path, value: str, expected: tuple[str, str] | None
) -> None:
    read = told(
        tmp_path, MINIMAL.format(DATED + _result(f'<baseline year="2019" value="{value}"/>'))
    )
    found = {fact[1:] for fact in facts(read) if fact[0].startswith("observation/")}
    if expected:
        assert expected in found
    else:
        assert found == set()
        note = f"baseline (year 2019, value {value})@en"
        assert ("indicator/2020/a-1/1/1", "note", note) in facts(read)
        assert any(one.found == f"baseline {value}" for one in read.remarks)


def _result(figures: str, measure: str = "1") -> str:
    return (
        '<result type="1"><title><narrative>R</narrative></title>'
        f'<indicator measure="{measure}"><title><narrative>I</narrative></title>{figures}'
        "</indicator></result>"
    )


def test_per_cent_beyond_a_hundred_are_no_violation(tmp_path: Path, cache: Path) -> None:
    inside = _result('<baseline year="2019" value="50"/>', "2") + _result(
        '<baseline year="2019" value="150"/>', "2"
    )
    read = told(tmp_path, MINIMAL.format(DATED + inside))
    assert ("indicator/2020/a-1/1/1", "unit", "mg:percent") in facts(read)
    assert ("indicator/2020/a-1/2/1", "unit", "indicator-measure/2") in facts(read)
    assert violations(planned(tmp_path, read, cache)) == []


def test_hostile_ids_and_circles_make_no_violation(tmp_path: Path, cache: Path) -> None:
    """What a file gives as ids of ours may be of other kinds, taken already, or no ids at all."""
    activities = "".join(
        f"<iati-activity><iati-identifier>{one}</iati-identifier>{DATED}"
        f'<related-activity ref="{other}" type="1"/>'
        f'<participating-org role="1" m:id="{BASE}level/result"><narrative>W</narrative>'
        "</participating-org>"
        f'<participating-org role="1" m:id="{BASE}{"x y"}&lt;z&gt;"><narrative>V</narrative>'
        "</participating-org>"
        f'<location m:id="{BASE}activity/2020/a"><name><narrative>L</narrative></name></location>'
        f'<tag vocabulary="99" vocabulary-uri="{BASE}" code="result/1"/>'
        f'<other-identifier type="A1" ref="{BASE}result/1"/>'
        f"{_result('')}</iati-activity>"
        for one, other in (("A", "B"), ("B", "A"), ("A", "A"), ("../../../etc", "C"))
    )
    read = told(tmp_path, activities)
    assert len([one for one in facts(read) if one[1:] == ("type", "mg:Activity")]) == 4
    assert violations(planned(tmp_path, read, cache)) == []
    assert any(one.found == "A" and one.kind == notices.READ for one in read.remarks)


def test_a_figure_of_ours_that_is_copied_is_a_figure_of_its_own(
    tmp_path: Path, cache: Path
) -> None:
    """A copy that a hand changed must not make one figure of two values."""
    mark = f'<m:figure m:id="{BASE}observation/one"/>'
    figures = "".join(
        f'<baseline year="2019" {value}><dimension name="scope" value="{value[-2:]}" '
        f'xml:lang="{lang}"/>{mark}</baseline>'
        for value, lang in (("value='1'", "en"), ("value='2'", "not a language"), ("", "fr"))
    )
    read = told(tmp_path, MINIMAL.format(DATED + _result(figures)))
    values = {(one, of) for one, what, of in facts(read) if what in {"value", "notReported"}}
    assert {of for _, of in values} == {"1", "2", "true"}
    assert ("observation/one", "1") in values
    assert [one.kind for one in read.remarks if "observation/one" in one.found] == [
        notices.READ
    ] * 2
    assert violations(planned(tmp_path, read, cache)) == []


def test_a_result_of_several_activities_is_one_record(tmp_path: Path, cache: Path) -> None:
    """By its reference it is ours; what is said of it at several places is brought together."""
    results = [
        f"<result type='1'><title><narrative>R</narrative></title>"
        f"<description><narrative>{text}</narrative></description>"
        f'<reference vocabulary="99" vocabulary-uri="{BASE}" code="result/shared"/></result>'
        for text in ("Here", "There")
    ]
    activities = "".join(
        f"<iati-activity><iati-identifier>{number}</iati-identifier>{DATED}{one}</iati-activity>"
        for number, one in enumerate(results)
    )
    read = told(tmp_path, activities)
    found = [
        record
        for _, records in read.draft.files.values()
        for record in records
        if record.subject == f"{BASE}result/shared"
    ]
    assert len(found) == 1
    said = {fact[1:] for fact in facts(read) if fact[0] == "result/shared"}
    assert {("description", "Here@en"), ("note", "There@en")} <= said
    assert [of for _, what, of in facts(read) if what == "relatesTo"] == ["result/shared"] * 2
    assert violations(planned(tmp_path, read, cache)) == []


VALUES = (
    *("", "0", "99", "-1", "abc", "2020-02-31", "9999-12-31", "0000", "1e9", "<x>", "2", "en-GB"),
    *("true", " ", "100.5", "\u2028", "水", "x" * 300, f"{BASE}plan/1", f"{BASE}result/1"),
)


def _mutated(element: etree._Element, chance: Random) -> etree._Element:
    """Return a copy of an activity in which a hand has deleted, doubled and changed at will."""
    made = deepcopy(element)
    for _ in range(chance.randint(1, 20)):
        every = list(made.iter())
        one, other = chance.choice(every[1:]), chance.choice(every)
        match chance.randint(0, 5):
            case 0 if len(every) > 2:
                one.getparent().remove(one)
            case 1:
                other.append(deepcopy(one))
            case 2 if one.keys():
                one.set(chance.choice(one.keys()), chance.choice(VALUES))
            case 3 if one.keys():
                del one.attrib[chance.choice(one.keys())]
            case 4:
                one.text = chance.choice(VALUES)
            case _:
                one.tag = other.tag
    return made


def test_whatever_a_hand_did_to_a_file_it_makes_a_valid_plan(tmp_path: Path, cache: Path) -> None:
    chance = Random(2023)  # noqa: S311  no secret: always the same hand
    root = xml_stream.parsed(WELLS)
    path = tmp_path / "mutated.xml"
    given = list(root)
    root.extend(_mutated(chance.choice(given), chance) for _ in range(80))
    path.write_bytes(etree.tostring(root))
    read = reader.read(path, BASE, "en")
    plan = planned(tmp_path, read, cache)
    assert violations(plan) == []
    assert is_valid(exporter.write(plan).data)


def test_what_stands_between_activities_is_noticed(tmp_path: Path) -> None:
    read = told(tmp_path, f"<extra/>{MINIMAL.format(DATED)}<extra/>")
    assert [(one.kind, one.found) for one in read.remarks if "extra" in one.found] == [
        (notices.LEFT, "extra (2×)")
    ]


# ---------------------------------------------------------------- languages


def _titled(identifier: str, *titles: tuple[str, str]) -> str:
    texts = "".join(f'<narrative xml:lang="{lang}">{text}</narrative>' for lang, text in titles)
    return (
        f"<iati-activity><iati-identifier>{identifier}</iati-identifier>{DATED}"
        f"<title>{texts}</title></iati-activity>"
    )


@pytest.mark.parametrize(
    ("second", "languages"),
    [
        ((("fr", "Deux"), ("en", "Two")), {"en", "fr"}),
        ((("fr", "Deux"),), {"fr"}),
        ((("es", "Dos"),), {"en"}),
    ],
)
def test_the_plan_has_the_languages_in_which_everything_is_named(
    tmp_path: Path, cache: Path, second: tuple[tuple[str, str], ...], languages: set[str]
) -> None:
    read = told(tmp_path, _titled("A", ("en", "One"), ("fr", "Un")) + _titled("B", *second))
    assert {of for one, what, of in facts(read) if what == "language"} == languages
    names = {of for _, what, of in facts(read) if what in {"label", "altLabel"}}
    assert {"One@en", "Un@fr", *(f"{text}@{lang}" for lang, text in second)} <= names
    assert violations(planned(tmp_path, read, cache)) == []


def test_a_language_that_nothing_has_is_no_language_of_the_plan(tmp_path: Path) -> None:
    """Who reads in Spanish gets the two languages of the file all the same."""
    titles = _titled("A", ("en", "One"), ("fr", "Un")) + _titled("B", ("en", "Two"), ("fr", "Deux"))
    read = told(tmp_path, titles, lang="es")
    assert {of for _, what, of in facts(read) if what == "language"} == {"en", "fr"}


# ---------------------------------------------------------------- large files


def test_records_are_made_anew_from_the_file_each_time() -> None:
    _, records = reader.read(WELLS, BASE, "en").draft.files["activities.ttl"]
    first, second = list(records), list(records)
    assert first == second
    assert len(records) == len(first) == 9


def test_a_file_is_forgotten_as_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "many.xml"
    path.write_text("<a>" + "<b><c>x</c></b>" * 5_000 + "</a>", encoding="utf-8")
    held = 0
    for element in xml_stream.streamed(path):
        parent = element.getparent()
        held = max(held, len(parent))
        assert element[0].text == "x"
    assert held < 5_000
    assert len(parent) <= 1


def test_a_large_file_cites_lines_that_it_has(tmp_path: Path) -> None:
    """A parser may count no further than 65,535 lines."""
    lines = 70_000
    read = told(tmp_path, "\n" * lines + MINIMAL.format(DATED))
    (cited,) = (
        of for one, what, of in facts(read) if (one, what) == ("activity/2020/a-1", "citation")
    )
    first, last = map(int, cited.rpartition("=")[2].split(","))
    assert lines <= first < last <= lines + 4


def test_a_batch_of_records_is_written_after_the_other(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = triples(reader.read(WELLS, BASE, "en"))
    monkeypatch.setattr(new_plan, "_BATCH", 2)
    plan = planned(tmp_path, reader.read(WELLS, BASE, "en"), cache)
    assert {quad.triple for quad in plan.built.store} >= whole
    assert violations(plan) == []


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_python_counts_them(
    tmp_path: Path, ends: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lines.txt"
    monkeypatch.setattr(new_plan, "_PIECE", 3)  # so that a line's end lies between two pieces
    for text in ("", "ab", f"ab{ends}", f"ab{ends}cd{ends}{ends}e"):
        path.write_text(text, encoding="utf-8", newline="")
        assert new_plan.fingerprint(path)[1] == (len(text.splitlines()) or 1)


def test_the_benchmark_makes_the_same_file_and_says_what_it_took() -> None:
    script = Path(__file__).parents[1] / "bench" / "iati.py"
    done = subprocess.run(
        [sys.executable, str(script), "0.02"], check=True, stdout=subprocess.PIPE, text=True
    )
    found = json.loads(done.stdout)["0.02 MB"]
    assert found["file bytes"] >= 20_000
    assert found["peak bytes"] > 0


def test_a_name_is_given_out_once() -> None:
    names = Names(BASE)
    assert names.made("k", "one", "k/a") == names.made("k", "one", "k/a") == f"{BASE}k/a"
    assert names.made("k", "two", "k/a") == f"{BASE}k/a-2"
    assert names.ours("k", f"{BASE}k/a") is None  # already another thing's
    assert names.ours("k", f"{BASE}k/b") == names.ours("k", f"{BASE}k/b") == f"{BASE}k/b"
    assert names.ours("other", f"{BASE}k/b") is None
    assert names.ours("k", "https://example.org/elsewhere/k") is None
