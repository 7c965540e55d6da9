"""Checks that a plan's activities make a valid IATI file, and that file and ledger say it all."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from metrograph.errors import UsageError
from metrograph.exchange import asserted
from metrograph.exchange.iati import exporter, reader
from metrograph.exchange.iati.codes import DATE, FILLED, ID, XML_LANG
from metrograph.exchange.ledger import Written, read, summary, written
from metrograph.ids import Ids
from metrograph.messages import word
from metrograph.plan import Plan, open_plan
from metrograph.store import new_plan
from metrograph.store.new_plan import Draft
from metrograph.store.records import Record
from metrograph.vocabulary import MG, RDF, Dcterms, Graphs, Org, Skos
from tests.iati import BASE, EXAMPLE, WELLS, is_valid, planned, schema, told, triples

PLANS = ("metropolis", "harbour", "wells", "example")


@pytest.fixture(scope="module")
def wells(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Plan:
    return planned(tmp_path_factory.mktemp("wells"), reader.read(WELLS, BASE, "en"), cache)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Plan:
    if not EXAMPLE.exists():
        pytest.skip("the official example of IATI lies beside the project")
    return planned(tmp_path_factory.mktemp("example"), reader.read(EXAMPLE, BASE, "en"), cache)


@pytest.fixture(scope="module")
def files(metropolis: Plan, harbour: Plan) -> dict[str, Written]:
    """Return the files of the two plans that are always there."""
    return {"metropolis": exporter.write(metropolis), "harbour": exporter.write(harbour)}


def root_of(file: Written) -> etree._Element:
    return etree.fromstring(file.data)


def activity(file: Written, ref: str) -> etree._Element:
    """Return the element of an activity, by its IRI."""
    (found,) = root_of(file).xpath(f"iati-activity[other-identifier/@ref='{ref}']")
    return found


def reread(file: Written, base: str) -> set[ox.Triple]:
    with TemporaryDirectory() as place:
        path = Path(place) / "again.xml"
        path.write_bytes(file.data)
        return triples(reader.read(path, base, "en"))


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def facts(plan: Plan) -> set[ox.Triple]:
    return {quad.triple for quad in asserted.quads(plan, asserted.Choice("nq"))}


# ---------------------------------------------------------------- the law


@pytest.mark.parametrize("name", PLANS)
def test_the_file_is_valid(request: pytest.FixtureRequest, name: str) -> None:
    document = root_of(exporter.write(request.getfixturevalue(name)))
    assert schema().validate(document), schema().error_log


@pytest.mark.parametrize("name", PLANS)
def test_file_and_ledger_say_all_that_the_plan_says(
    request: pytest.FixtureRequest, name: str
) -> None:
    plan: Plan = request.getfixturevalue(name)
    file = exporter.write(plan)
    lost = {one.triple for one in file.lost}
    again = reread(file, plan.ids.base)
    assert file.carried | lost == facts(plan)
    assert not file.carried & lost
    assert file.carried <= again


@pytest.mark.parametrize("name", ["metropolis", "harbour"])
def test_the_file_says_nothing_else_of_a_figure(
    request: pytest.FixtureRequest, files: dict[str, Written], name: str
) -> None:
    """A figure that IATI cannot hold is left out whole, and not made one about something else."""
    plan: Plan = request.getfixturevalue(name)
    own = (MG.ofIndicator, MG.subject, MG.value, MG.valueType, MG.year, MG.startDate, MG.scope)
    said = {
        triple
        for triple in reread(files[name], plan.ids.base)
        if "/observation/" in _iri(triple.subject) and triple.predicate.value in own
    }
    assert said
    assert said <= facts(plan)


@pytest.mark.parametrize("name", PLANS)
def test_the_ledger_gives_its_reasons_and_can_be_read(
    request: pytest.FixtureRequest, name: str, tmp_path: Path
) -> None:
    plan: Plan = request.getfixturevalue(name)
    lost = exporter.write(plan).lost
    assert all(one.why.startswith("iati_lost_") and word(one.why, "en") != one.why for one in lost)
    assert len(summary(plan, lost)) > 0
    path = tmp_path / "ledger.csv"
    path.write_bytes(written(plan, lost))
    assert set(read(path)) == {one.triple for one in lost}


def test_only_what_iati_lacks_is_lost_of_a_file_of_iati(wells: Plan) -> None:
    """All the rest comes back: a file of others goes through a plan almost unharmed."""
    lost = Counter(
        (one.triple.predicate.value.replace("#", "/").rpartition("/")[2], one.why)
        for one in exporter.write(wells).lost
        if one.triple.predicate.value != MG.citation
    )
    assert lost == {
        ("label", "iati_lost_citation"): 2,  # of the file that was read, in two languages
        ("type", "iati_lost_citation"): 1,
        ("sha256", "iati_lost_citation"): 1,
        ("lineCount", "iati_lost_citation"): 1,
        ("note", "iati_lost_plan"): 1,  # when the file was made
        ("note", "iati_lost_place"): 2,  # on a place, and on an indicator without description
    }


@pytest.mark.parametrize("name", ["metropolis", "harbour"])
def test_the_same_plan_gives_the_same_bytes(
    request: pytest.FixtureRequest, files: dict[str, Written], name: str
) -> None:
    assert exporter.write(request.getfixturevalue(name)).data == files[name].data


def test_a_file_that_was_written_goes_round_unchanged(
    files: dict[str, Written], tmp_path: Path, cache: Path
) -> None:
    """What is read from it and written again tells of the same things by the same ids."""
    path = tmp_path / "harbour.xml"
    path.write_bytes(files["harbour"].data)
    base = "https://example.org/harbour/"
    plan = planned(tmp_path, reader.read(path, base, "en"), cache)
    assert [one for one in plan.findings if one.severity == "violation"] == []
    again = root_of(exporter.write(plan))
    for what in (ID, "ref", "code"):
        assert {one.get(what) for one in root_of(files["harbour"]).iter()} <= {
            one.get(what) for one in again.iter()
        }


# ---------------------------------------------------------------- what the file holds

METROPOLIS = "https://w3id.org/metrograph/metropolis/"
HARBOUR = "https://example.org/harbour/"


def test_all_activities_of_the_shipped_plan_are_in_the_file(
    metropolis: Plan, files: dict[str, Written]
) -> None:
    refs = root_of(files["metropolis"]).xpath("iati-activity/other-identifier[@type='A1']/@ref")
    is_one = re.compile(r"^<(activity/[^>]+)> a mg:Activity ;$", re.MULTILINE)
    texts = (path.read_text("utf-8") for path in metropolis.built.folder.glob("*.ttl"))
    written_ = [f"{METROPOLIS}{id_}" for text in texts for id_ in is_one.findall(text)]
    assert sorted(refs) == sorted(written_)
    assert len(refs) == 28


def test_an_activity_has_names_results_and_figures(files: dict[str, Written]) -> None:
    found = activity(files["metropolis"], f"{METROPOLIS}activity/2023/avantia")
    titles = {one.get(XML_LANG): one.text for one in found.iterfind("title/narrative")}
    assert titles == {"en": "AVANTIA project", "es": "Proyecto AVANTIA", "fr": "Projet AVANTIA"}
    # docs/model.md: the claims of both coders on result/2.2.4 make it stand
    assert found.xpath("result/reference/@code") == ["result/2.2.4"]
    tags = set(found.xpath("tag/@code"))
    assert {"theme/sustainability", "theme/gender-equality", "theme/quality-of-life"} <= tags
    figure = found.xpath(
        "result/indicator[reference/@code='indicator/cycling-infrastructure-surveyed']"
    )
    assert figure[0].xpath("period/actual/@value") == ["600"]
    assert figure[0].xpath("period/period-start/@iso-date") == ["2023-01-01"]
    assert figure[0].xpath("period/actual/dimension[@xml:lang='fr']/@value") == ["à Bogotá"]


def test_a_figure_about_another_thing_says_so_and_stands_once(files: dict[str, Written]) -> None:
    """`observation/clean-samples/2023/harbour-cities` is about the network, no activity."""
    dimensions = root_of(files["harbour"]).xpath("//actual/dimension[@name='subject']")
    about = f"{HARBOUR}body/harbour-cities"
    assert dimensions
    assert {one.get(ID) for one in dimensions} == {about}
    figures = root_of(files["harbour"]).xpath(
        "//own:figure/@own:id", namespaces={"own": "https://w3id.org/metrograph/exchange#"}
    )
    assert len(figures) == len(set(figures)) > 0


def test_roles_say_no_more_than_the_plan(files: dict[str, Written]) -> None:
    """Who hosts or takes part has no role in IATI, so neither gets one."""
    found = activity(files["harbour"], f"{HARBOUR}activity/2021/tide-school")
    roles = {(one.get(ID), one.get("role")) for one in found.iterfind("participating-org")}
    assert roles == {
        (f"{HARBOUR}body/secretariat", "2"),
        (f"{HARBOUR}organization/coast-lab", "4"),
    }
    lost = {
        _iri(one.triple.object)
        for one in files["harbour"].lost
        if one.why == "iati_lost_role" and "tide-school" in str(one.triple.subject)
    }
    assert lost == {f"{HARBOUR}member/porto-salgado", f"{HARBOUR}member/vila-mare"}


def test_months_keep_their_precision(files: dict[str, Written]) -> None:
    """IATI wants days: `activity/2023/clean-docks` lasted from March to November."""
    found = activity(files["harbour"], f"{HARBOUR}activity/2023/clean-docks")
    assert [
        (one.get("iso-date"), one.get(DATE), one.get("type"))
        for one in found.iterfind("activity-date")
    ] == [("2023-03-01", "2023-03", "2"), ("2023-11-30", "2023-11", "4")]
    months = {
        (triple.predicate.value, triple.object.value)
        for triple in files["harbour"].carried
        if _iri(triple.subject) == f"{HARBOUR}activity/2023/clean-docks"
        and isinstance(triple.object, ox.Literal)
    }
    assert {(MG.startDate, "2023-03"), (MG.endDate, "2023-11")} <= months


def test_what_the_plan_does_not_say_is_marked_as_filled_in(files: dict[str, Written]) -> None:
    found = activity(files["harbour"], f"{HARBOUR}activity/2023/storm-alert")
    status = found.find("activity-status")
    assert (status.get("code"), status.get(FILLED)) == ("4", "all")
    day = found.find("activity-date")
    assert (day.get("iso-date"), day.get(FILLED)) == ("2023-01-01", "all")
    assert found.find("iati-identifier").get(FILLED) == "all"
    assert found.find("reporting-org").get(FILLED) == "all"
    again = reread(files["harbour"], HARBOUR)
    of_it = {
        triple.predicate.value
        for triple in again
        if triple.subject == ox.NamedNode(f"{HARBOUR}activity/2023/storm-alert")
    }
    assert MG.year in of_it
    assert not {MG.status, MG.startDate, Dcterms.identifier, MG.recordedBy} & of_it


def test_what_is_given_is_not_marked(wells: Plan) -> None:
    found = activity(exporter.write(wells), f"{BASE}activity/2022/xx-1-wells")
    marked = [one.tag for one in found.iter() if one.get(FILLED)]
    assert marked == []
    assert found.findtext("iati-identifier") == "XX-1-WELLS"
    assert found.find("reporting-org").get("ref") == "XX-1"
    assert found.find("activity-status").get("code") == "2"
    types = [(one.get("type"), one.get("iso-date")) for one in found.iterfind("activity-date")]
    assert types == [("2", "2022-04-15"), ("3", "2024-12-31")]  # under way: the end is planned
    assert found.xpath("sector/@code") == ["14031"]
    assert found.xpath("document-link/@url") == ["https://example.org/wells.pdf"]
    assert found.xpath("result/indicator/@measure") == ["1", "5"]


def test_a_plan_without_activities_makes_no_file(small_plan: Path, cache: Path) -> None:
    with pytest.raises(UsageError, match="no activities"):
        exporter.write(open_plan(small_plan, cache=cache))


def test_identifiers_of_several_activities_differ(tmp_path: Path, cache: Path) -> None:
    one = (
        '<iati-activity xml:lang="en"><iati-identifier>X</iati-identifier>'
        '<activity-date iso-date="2020-01-01" type="2"/></iati-activity>'
    )
    file = exporter.write(planned(tmp_path, told(tmp_path, one * 3), cache))
    found = root_of(file).xpath("iati-activity/iati-identifier/text()")
    assert len(found) == len(set(found)) == 3


# ---------------------------------------------------------------- whatever a plan says

WORDS_OF_ANY_KIND = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\x00\x0b\x1f\x85\ufffe\u2028\r\n\t <>&\"'"),
    ),
    min_size=1,
    max_size=12,
)
ADDRESSES = st.one_of(
    WORDS_OF_ANY_KIND, st.sampled_from(["https://example.org/a", "http://[", "a:b", "http://a:b/"])
)


_YEAR = ox.Literal("2023", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))
_ANY = "https://example.org/any/"
Values = tuple[ox.NamedNode | ox.Literal, ...]


def _en(*texts: str) -> Values:
    return tuple(ox.Literal(text, language="en") for text in dict.fromkeys(texts))


def _to(id_or_iri: str) -> Values:
    return (ox.NamedNode(Ids(_ANY).iri(id_or_iri)),)


def _number(value: Decimal) -> Values:
    kind = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    return (ox.Literal(f"{value:f}", datatype=kind),)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Return a small plan with an activity and all it leads to, whose texts are anything."""

    def text() -> str:
        return draw(WORDS_OF_ANY_KIND)

    kind = draw(st.sampled_from([MG.baseline, MG.target, MG.actual]))
    own = (ox.Literal(text()),) if draw(st.booleans()) else ()
    things: dict[str, tuple[str, dict[str, Values]]] = {
        "plan/p": (MG.StrategicPlan, {Dcterms.language: (ox.Literal("en"),)}),
        "organization/o": (Org.Organization, {Dcterms.identifier: (ox.Literal(text()),)}),
        "place/p": (MG.Place, {Dcterms.description: _en(text())}),
        "document/d": (MG.Document, {Dcterms.source: (ox.Literal(draw(ADDRESSES)),)}),
        "result/1": (MG.Result, {Dcterms.description: _en(text()), Skos.note: _en(text())}),
        "indicator/i": (MG.Indicator, {MG.measures: _to("result/1"), MG.unit: _to(MG.percent)}),
        "observation/o": (
            MG.Observation,
            {
                MG.ofIndicator: _to("indicator/i"),
                MG.subject: _to("activity/a"),
                MG.value: _number(draw(st.decimals(-1_000, 1_000, places=2))),
                MG.valueType: _to(kind),
                MG.year: (_YEAR,),
                MG.scope: _en(text()),
                Skos.note: _en(text()),
            },
        ),
        "activity/a": (
            MG.Activity,
            {
                MG.year: (_YEAR,),
                MG.ofPlan: _to("plan/p"),
                Dcterms.identifier: own,
                Dcterms.description: _en(text()),
                Skos.note: _en(text(), text()),
                MG.organizer: _to("organization/o"),
                MG.place: _to("place/p"),
                RDF.seeAlso: _to("document/d"),
                MG.relatesTo: _to("result/1"),
            },
        ),
    }
    records = [
        Record(Ids(_ANY).iri(id_), ((RDF.type, _to(kind)), (RDF.label, _en(text())), *of.items()))
        for id_, (kind, of) in things.items()
    ]
    return Draft(_ANY, {"all.ttl": ("Anything.", records)})


def opened(harbour: Plan, draft: Draft, place: Path) -> Plan:
    """Return the plan of a draft with nothing checked and inferred, which would take too long."""
    new_plan.write(place, draft)
    ontology = ox.NamedNode(Graphs.ontology)
    store = ox.Store()
    store.extend(harbour.built.store.quads_for_pattern(None, None, None, ontology))
    for _, records in draft.files.values():
        store.extend(ox.Quad(*triple) for one in records for triple in one.triples())
    plan = f"{draft.base}plan/p"
    built = replace(harbour.built, store=store, folder=place, plan=plan, base=draft.base)
    return Plan(built)


@settings(max_examples=60, deadline=None)
@given(draft=drafts())
def test_whatever_a_plan_says_file_and_ledger_say_it(harbour: Plan, draft: Draft) -> None:
    with TemporaryDirectory() as place:
        file = exporter.write(opened(harbour, draft, Path(place) / "any"))
    assert is_valid(file.data)
    lost = {one.triple for one in file.lost}
    assert file.carried | lost == {
        triple for _, records in draft.files.values() for one in records for triple in one.triples()
    }
    assert file.carried <= reread(file, draft.base)
    for one in file.lost:
        of = one.triple.object
        if isinstance(of, ox.Literal) and re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", of.value):
            assert one.why == "iati_lost_signs"
