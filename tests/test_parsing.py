"""Checks that what people type is read as they mean it, and that what is doubtful is asked."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrograph.editing.forms import Field
from metrograph.editing.values import Reader, Unreadable, is_same, parse
from metrograph.ids import Ids

XSD = "http://www.w3.org/2001/XMLSchema#"
BASE = "https://example.org/"
IDS = Ids(BASE)
KNOWN = {BASE + "source/report", BASE + "place/one", BASE + "place/two"}
DAYS = ("date", "gYearMonth", "gYear")
NUMBERS = ("integer", "decimal")


def field(kind: str, *datatypes: str) -> Field:
    choices = (("place/one", "First place"), ("place/two", "Second place"), ("place/3", "Twice"),
               ("place/4", "Twice"))  # fmt: skip
    return Field(
        name="x", path=BASE + "x", label="x", help="", kind=kind, required=False, many=True,
        choices=choices if kind == "id" else (), datatypes=tuple(XSD + one for one in datatypes),
    )  # fmt: skip


def read(text: str, kind: str, *datatypes: str, lang: str = "en") -> tuple[str, str]:
    term = parse(text, field(kind, *datatypes), Reader(lang, IDS, KNOWN.__contains__))
    if isinstance(term, ox.Literal):
        return term.value, term.datatype.value.removeprefix(XSD)
    return IDS.short(term.value), "id"


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("1400", "1400", "integer"),
        (" 1 400 ", "1400", "integer"),
        ("1\u00a0400", "1400", "integer"),
        ("1\u202f400\u202f000", "1400000", "integer"),
        ("1 400,5", "1400.5", "decimal"),
        ("1,5", "1.5", "decimal"),
        ("1.5", "1.5", "decimal"),
        ("70.0", "70.0", "decimal"),
        ("0.125", "0.125", "decimal"),
        ("1,234.5", "1234.5", "decimal"),
        ("1.234,5", "1234.5", "decimal"),
        ("1,234,567", "1234567", "integer"),
        ("1.234.567", "1234567", "integer"),
        ("-4.2", "-4.2", "decimal"),
        ("\u22124,2", "-4.2", "decimal"),
        ("+3", "3", "integer"),
    ],
)
def test_numbers_are_read_as_in_three_languages(text: str, value: str, kind: str) -> None:
    assert read(text, "decimal", *NUMBERS) == (value, kind)


@pytest.mark.parametrize("text", ["1,400", "1.400", "12.345", "-1,400"])
def test_a_number_that_may_be_two_is_asked(text: str) -> None:
    with pytest.raises(Unreadable, match="two ways"):
        read(text, "decimal", *NUMBERS)


def test_a_doubtful_number_names_both_readings_in_words_that_are_read() -> None:
    with pytest.raises(Unreadable, match=r"Escriba 1400 o 1\.4000\."):
        read("1.400", "decimal", *NUMBERS, lang="es")
    assert read("1.4000", "decimal", *NUMBERS) == ("1.4000", "decimal")


@pytest.mark.parametrize(
    "text", ["many", "1e5", "NaN", "1 40", "12 3456", "1,2,3", "٣", "1..5", "$5"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="not a number"):
        read(text, "decimal", *NUMBERS)


@pytest.mark.parametrize("text", ["0." + "1" * 50, "9" * 26, "-" + "1" * 19, "1 000" + " 000" * 6])
def test_a_number_of_more_digits_than_can_be_counted_with_is_refused(text: str) -> None:
    for lang, part in (
        ("en", "Round it."),
        ("fr", "Arrondissez la valeur."),
        ("es", "Redondee el valor."),
    ):
        with pytest.raises(Unreadable, match=part):
            read(text, "decimal", *NUMBERS, lang=lang)
    assert read("1" * 18 + "." + "1" * 18, "decimal", *NUMBERS) == (
        "1" * 18 + "." + "1" * 18,
        "decimal",
    )


def test_a_whole_number_is_wanted_where_the_shape_says_so() -> None:
    with pytest.raises(Unreadable, match="not a whole number"):
        read("1.5", "integer", "integer")


@pytest.mark.parametrize(
    ("text", "lang", "value", "kind"),
    [
        ("2023-10-07", "en", "2023-10-07", "date"),
        ("2023-1-7", "en", "2023-01-07", "date"),
        ("2023-10", "en", "2023-10", "gYearMonth"),
        ("10/2023", "fr", "2023-10", "gYearMonth"),
        ("2023", "en", "2023", "gYear"),
        ("07/10/2023", "fr", "2023-10-07", "date"),
        ("7.10.2023", "es", "2023-10-07", "date"),
        ("31/10/2023", "en", "2023-10-31", "date"),
        ("10/31/2023", "en", "2023-10-31", "date"),
        ("07/07/2023", "en", "2023-07-07", "date"),
        ("2024-02-29", "en", "2024-02-29", "date"),
    ],
)
def test_dates_are_read(text: str, lang: str, value: str, kind: str) -> None:
    assert read(text, "date", *DAYS, lang=lang) == (value, kind)


@pytest.mark.parametrize(
    ("text", "lang", "says"),
    [
        ("31/02/2023", "en", "The date 31/02/2023 does not exist"),
        ("31/02/2023", "fr", "La date 31/02/2023 n'existe pas"),
        ("31/02/2023", "es", "La fecha 31/02/2023 no existe"),
        ("10/31/2023", "fr", "n'existe pas"),
        ("2023-02-29", "en", "does not exist"),
        ("2023-13", "en", "does not exist"),
        ("0000", "en", "does not exist"),
        ("07/10/2023", "en", "Enter 2023-07-10 or 2023-10-07"),
        ("in May", "en", "is not a date"),
        ("23-10-07", "en", "is not a date"),
    ],
)
def test_dates_that_are_none_or_two_are_refused(text: str, lang: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(text, "date", *DAYS, lang=lang)


def test_a_month_is_refused_where_a_day_is_wanted() -> None:
    with pytest.raises(Unreadable, match="such as 2023-10-07"):
        read("2023-10", "date", "date")


@pytest.mark.parametrize(("text", "value"), [("Sí", "true"), ("oui", "true"), ("NO", "false")])
def test_yes_and_no_are_read_in_three_languages(text: str, value: str) -> None:
    assert read(text, "boolean", "boolean") == (value, "boolean")


def test_an_id_may_be_picked_by_its_label_if_only_one_has_it() -> None:
    assert read("place/one", "id") == ("place/one", "id")
    assert read(f"<{BASE}place/one>", "id") == ("place/one", "id")
    assert read("second PLACE", "id") == ("place/two", "id")
    with pytest.raises(Unreadable, match="“Twice” was not found"):
        read("Twice", "id")
    with pytest.raises(Unreadable, match=r"“place/tvo” was not found.*place/two\?"):
        read("place/tvo", "id")
    with pytest.raises(Unreadable, match="“a> b” was not found"):
        read("a> b", "id")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("source/report#line=277,283", "source/report#line=277,283"),
        ("source/report 278-283", "source/report#line=277,283"),  # RFC 5147: between lines
        ("source/report, lignes 278–283", "source/report#line=277,283"),
        ("source/report line 9", "source/report#line=8,9"),
    ],
)
def test_citations_are_read_as_positions_or_as_lines(text: str, value: str) -> None:
    assert read(text, "citation") == (value, "id")


@pytest.mark.parametrize(
    "text", ["source/report", "page 3", "source/none 3-4", "source/report 0-4"]
)
def test_what_cites_no_line_of_a_known_source_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text, "citation")


def test_a_text_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(Unreadable, match="This text cannot be read"):
        read("\ud800", "long")


@given(st.text(alphabet="0123456789.,- \u202f/"), st.sampled_from(["date", "decimal", "year"]))
def test_nothing_that_is_typed_ends_in_another_error(text: str, kind: str) -> None:
    datatypes = {"date": DAYS, "decimal": NUMBERS, "year": ("gYear",)}[kind]
    try:
        value, _ = read(text, kind, *datatypes)
    except Unreadable:
        return
    assert value


@given(st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_what_is_shown_of_a_number_means_that_number(number: object) -> None:
    kind = "integer" if isinstance(number, int) else "decimal"
    term = ox.Literal(str(number), datatype=ox.NamedNode(XSD + kind))
    assert is_same(str(number), term, IDS)
    assert not is_same(f"{number}1", ox.Literal("0", datatype=ox.NamedNode(XSD + kind)), IDS)
