"""Checks what is taken for a value of a datatype, by the text of XML Schema 1.1 Part 2."""

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrograph.store.datatypes import NUMBERS, number_of, problem
from metrograph.vocabulary import XSD

GOOD = {
    "decimal": "1 -1.5 +.5 5. 007 0.000000000000000000000",
    "integer": "1 -0 +7 000000000000000000000000001",
    "byte": "127 -128",
    "unsignedByte": "255 0",
    "positiveInteger": "1",
    "nonNegativeInteger": "0 -0",
    "negativeInteger": "-1",
    "double": "1e9 -1.5E-3 1 1e300",
    "float": "1.5",
    "boolean": "true false 0 1",
    "date": "2023-02-28 2024-02-29 2023-01-01Z 2023-01-01+14:00",
    "dateTime": "2023-02-28T10:00:00 2023-02-28T24:00:00 2023-02-28T10:00:00.5-05:00",
    "dateTimeStamp": "2023-02-28T10:00:00Z",
    "time": "23:59:59 24:00:00",
    "gYear": "2023 0001 9999 2023Z",
    "gYearMonth": "2023-12",
    "gMonth": "--12",
    "gMonthDay": "--02-29",
    "gDay": "---31",
    "duration": "P1Y PT5S -P1Y2M3DT4H5M6.7S PT0.5S",
    "dayTimeDuration": "P1D PT1H",
    "yearMonthDuration": "P1Y2M",
    "hexBinary": "0aFF",
    "base64Binary": "YQ==",
    "language": "en fr-CA",
    "NCName": "a_b",
    "token": "a",
    "string": "NaN",
    "anyURI": "https://example.org/",
}
BAD = {
    "decimal": ["NaN", "INF", "-INF", "1e9", " 5 ", "1_000", "٣", "", "1,5", ".", "5\n"],
    "integer": ["1.0", " 1", "1_0", "1e3", "", "NaN", "+-1"],
    "byte": ["128", "-129"],
    "unsignedByte": ["256", "-1"],
    "positiveInteger": ["0"],
    "nonNegativeInteger": ["-1"],
    "negativeInteger": ["0"],
    "double": ["inf", "nan", "Infinity", "1_0", "0x1", "1e", "e9"],
    "boolean": ["yes", "True", "TRUE", ""],
    "date": ["2023-02-30", "2023-2-3", "2023-02-29", "1900-02-29", "2023-01-01 ", "23-01-01"],
    "dateTime": ["2023-02-30T10:00:00", "2023-02-28", "2023-02-28T25:00:00", "2023-02-28T10:00"],
    "dateTimeStamp": ["2023-02-28T10:00:00"],
    "time": ["25:00:00", "10:00"],
    "gYear": ["20233x", "23", "02023", "year"],
    "gYearMonth": ["2023-13", "2023-1"],
    "gMonth": ["--13", "12"],
    "gMonthDay": ["--02-30"],
    "gDay": ["---32"],
    "duration": ["1Y", "P", "PT", "P1YT", "P1S"],
    "dayTimeDuration": ["P1Y"],
    "yearMonthDuration": ["P1D"],
    "hexBinary": ["0", "0g"],
    "base64Binary": ["Y", "é"],
    "language": ["e_n"],
    "NCName": ["a:b", "1"],
    "token": ["a  b", " a"],
}
UNUSABLE = {
    ("INF", "double"): "not_finite",
    ("-INF", "float"): "not_finite",
    ("NaN", "double"): "not_finite",
    ("1e999", "double"): "not_finite",
    ("9" * 19, "integer"): "too_long",
    ("9" * 5_000, "nonNegativeInteger"): "too_long",
    ("0." + "1" * 19, "decimal"): "too_long",
    ("9" * 5_000, "decimal"): "too_long",
    ("0000", "gYear"): "year_outside",
    ("-0001", "gYear"): "year_outside",
    ("12345-01-01", "date"): "year_outside",
    ("5", "number"): "datatype_unknown",
}


@pytest.mark.parametrize(("kind", "texts"), GOOD.items())
def test_what_the_standard_takes_is_taken(kind: str, texts: str) -> None:
    assert {text: problem(text, XSD + kind) for text in texts.split()} == dict.fromkeys(
        texts.split()
    )


@pytest.mark.parametrize(("kind", "texts"), BAD.items())
def test_what_the_standard_does_not_take_is_ill_typed(kind: str, texts: list[str]) -> None:
    found = {text: problem(text, XSD + kind) for text in texts}
    assert found == dict.fromkeys(texts, "ill_typed")


@pytest.mark.parametrize(("written", "expected"), UNUSABLE.items())
def test_what_nothing_can_be_counted_with_is_named_as_that(
    written: tuple[str, str], expected: str
) -> None:
    assert problem(written[0], XSD + written[1]) == expected


def test_nothing_is_known_of_the_datatypes_of_others() -> None:
    assert problem("anything", "https://example.org/type") is None


@given(st.text(), st.sampled_from(sorted(NUMBERS)))
def test_a_number_is_finite_or_none(text: str, kind: str) -> None:
    number = number_of(text, XSD + kind)
    assert abs(Decimal(number or 0)) < 10**18


@given(
    st.one_of(
        st.tuples(st.just("integer"), st.integers().map(str)),
        st.tuples(
            st.just("decimal"),
            st.decimals(allow_nan=False, allow_infinity=False).map(lambda number: f"{number:f}"),
        ),
    )
)
def test_the_numbers_that_are_taken_are_those_that_the_engine_counts_with(
    written: tuple[str, str],
) -> None:
    """Oxigraph says by `ISNUMERIC` whether it can: what is taken here, it can."""
    kind, text = XSD + written[0], written[1]
    store = ox.Store()
    name = ox.NamedNode("urn:x")
    store.add(ox.Quad(name, name, ox.Literal(text, datatype=ox.NamedNode(kind))))
    if problem(text, kind) is None:
        assert bool(store.query("ASK { ?s ?p ?o FILTER(ISNUMERIC(?o)) }"))
