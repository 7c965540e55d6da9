"""Checks that dates, numbers and other values are read as people mean them, wherever they stand.

A form asks what is doubtful; in a row of a workbook and in a table, the column's habit decides.
"""

from datetime import date, datetime, timedelta

import pyoxigraph as ox
import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from metrograph.editing.forms import Field
from metrograph.editing.values import Reader, Unreadable, is_same, parse
from metrograph.ids import Ids
from metrograph.reading.dates import days_of, is_xml_day, read_date, read_xml_day, read_year
from metrograph.reading.normalize import Normalized, normalize
from metrograph.reading.numbers import figure_of, read_number
from metrograph.reading.policy import Ambiguous, Ask, Habit, Impossible, habit_of

XSD = "http://www.w3.org/2001/XMLSchema#"
BASE = "https://example.org/"
IDS = Ids(BASE)
KNOWN = {BASE + "source/report", BASE + "place/one", BASE + "place/two"}
DATES = ("date", "gYearMonth", "gYear")
NUMBERS = ("integer", "decimal")
DAYS = st.dates(date(1955, 1, 1), date(2099, 12, 31))
LANGUAGES = ["en", "fr", "es", "ca", "pt", "de", "it"]  # in which months and weekdays are read


def field(kind: str, *datatypes: str) -> Field:
    choices = (("place/one", "First place"), ("place/two", "Second place"), ("place/3", "Twice"),
               ("place/4", "Twice"))  # fmt: skip
    return Field(
        name="x",
        path=BASE + "x",
        label="x",
        help="",
        kind=kind,
        required=False,
        many=True,
        choices=choices if kind == "id" else (),
        datatypes=tuple(XSD + name for name in datatypes),
    )


def typed(text: str, kind: str, *datatypes: str, lang: str = "en") -> tuple[str, str]:
    """Return the value and the datatype that a form makes of a text."""
    term = parse(text, field(kind, *datatypes), Reader(lang, IDS, KNOWN.__contains__))
    if isinstance(term, ox.Literal):
        return term.value, term.datatype.value.removeprefix(XSD)
    return IDS.short(term.value), "id"


# ---------------------------------------------------------------- dates that are read everywhere


# 7 October 2023 was a Saturday. No notation here can be read in two ways.
SEVENTH_OF_OCTOBER = """
2023-10-07
2023/10/7
2023-10-07Z
2023-10-07+02:00
2023-10-07T14:30:00Z
2023-10-07t14:30:00z
2023-10-07T14:30
2023-10-07 14:30
2023-10-07 14:30:59
2023-10-07T14:30:00.123456+02:00
2023-10-07T23:59:59-0800
2023-10-07 00:00:00 UTC
20231007T143000Z
le 7 octobre 2023
7 octobre 2023
7 oct. 2023
7 OCTOBRE 2023
samedi 7 octobre 2023
le samedi 7 octobre 2023
sam. 7 oct. 2023
7 octobre 2023 à 14h30
7th of October 2023
7th October, 2023
the 7th of October, 2023
on 7 October 2023
October 7th, 2023
October 7, 2023
Oct 7 2023
Oct. 7th 2023
Saturday, October 7th, 2023
Saturday 7 October 2023
Saturday the 7th of October 2023
Sat, 07 Oct 2023 14:30:00 GMT
October 7, 2023 2:30 PM
Oct 7, 2023, 2:30 p.m.
7-Oct-2023
7-Oct-23
2023 October 7
el 7 de octubre de 2023
7 de octubre de 2023
7 de octubre del 2023
sábado, 7 de octubre de 2023
el sábado 7 de octubre de 2023
7º de octubre de 2023
7 de octubre de 2023 a las 14:30
7 d'octubre de 2023
el dia 7 d’octubre de 2023
sábado, 7 de outubro de 2023
7. Oktober 2023
Samstag, den 7. Oktober 2023
il 7 ottobre 2023
sabato 7 ottobre 2023
Sat 07/10/2023
samedi 07/10/2023
45206
"""

OTHER_DATES = [
    ("le 1er mai 2023", "2023-05-01"),
    ("1er mai 2023", "2023-05-01"),
    ("lundi 1er mai 2023", "2023-05-01"),
    ("premier mai 2023", "2023-05-01"),
    ("1º de mayo de 2023", "2023-05-01"),
    ("1.º de mayo de 2023", "2023-05-01"),
    ("primero de mayo de 2023", "2023-05-01"),
    ("May 1st, 2023", "2023-05-01"),
    ("2nd of March 2024", "2024-03-02"),
    ("23rd January 2024", "2024-01-23"),
    ("mar. 5 mars 2024", "2024-03-05"),  # a Tuesday; "mar." also is March
    ("mar 5, 2024", "2024-03-05"),
    ("29 février 2024", "2024-02-29"),
    ("31/12/2023", "2023-12-31"),
    ("31/12/2023 14:30", "2023-12-31"),
    ("31.12.2023", "2023-12-31"),
    ("31/12/23", "2023-12-31"),
    ("octobre 2023", "2023-10"),
    ("oct. 2023", "2023-10"),
    ("octubre de 2023", "2023-10"),
    ("October, 2023", "2023-10"),
    ("Oct-23", "2023-10"),
    ("2023-10", "2023-10"),
    ("10/2023", "2023-10"),
    ("2023", "2023"),
]
READ_EVERYWHERE = [(text, "2023-10-07") for text in SEVENTH_OF_OCTOBER.split("\n") if text]
READ_EVERYWHERE += OTHER_DATES


@pytest.mark.parametrize(("text", "day"), READ_EVERYWHERE)
def test_a_date_is_read_alike_in_forms_rows_and_tables(text: str, day: str) -> None:
    kind = DATES[2 - day.count("-")]
    for lang in ("en", "fr", "es"):
        assert typed(text, "date", *DATES, lang=lang) == (day, kind)
    assert normalize(text, "date", Habit()).text == day
    assert days_of(text, Habit()) == (day, day)
    if not text.isdecimal() or text == day:
        assert typed(text, "year", "gYear") == (day[:4], "gYear")


@given(DAYS, st.sampled_from(LANGUAGES), st.sampled_from(["medium", "long", "full"]))
def test_a_day_as_a_language_writes_it_is_that_day(day: date, lang: str, width: str) -> None:
    written = format_date(day, width, locale=lang)  # 7 oct. 2023; October 7, 2023
    if any(char.isalpha() for char in written):
        assert read_date(written, Ask()) == day.isoformat()
        assert days_of(written) == (day.isoformat(), day.isoformat())


@given(
    st.datetimes(datetime(1955, 1, 1), datetime(2099, 12, 31)),
    st.sampled_from("T "),
    st.sampled_from(["", "Z", "+02:00", "-0330", " UTC"]),
)
def test_a_date_time_is_the_day_written_in_it(moment: datetime, mark: str, zone: str) -> None:
    written, day = moment.isoformat(mark) + zone, moment.date().isoformat()
    assert read_date(written, Ask()) == day
    assert days_of(written) == (day, day)
    assert read_xml_day(moment.isoformat()) == day


@given(DAYS)
def test_a_number_of_excel_is_its_day(day: date) -> None:
    serial = (day - date(1970, 1, 1)) // timedelta(days=1) + 25_569  # 1 January 1970 in Excel
    assert normalize(serial, "date", Habit()) == Normalized(day.isoformat(), True)
    assert normalize(serial + 0.6, "date", Habit()).text == day.isoformat()
    assert (
        normalize(datetime(day.year, day.month, day.day), "date", Habit()).text == day.isoformat()
    )
    assert days_of(serial) == days_of(str(serial)) == (day.isoformat(), day.isoformat())


@pytest.mark.parametrize(
    "text",
    ["in May", "soon", "7 brumaire 2023", "7 octobre", "Tuesday", "2023-10-07T", "2023 14:30",
     "2023-10-07T25:00", "before 2024", "Q3 2024", "2021-2024", "123456", "20236", "202",
     "7 October 2023 and later", "7 October 8 2023", "7 October 2023 " * 9, "٧ octobre 2023"],
)  # fmt: skip
def test_what_is_not_one_date_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(Unreadable, match=r"is not a date|does not exist"):
        typed(text, "date", *DATES)


@pytest.mark.parametrize(
    "text",
    ["31/02/2023", "2023-13-01", "30 February 2024", "29 février 2023", "32 de enero de 2024",
     "domingo 7 de octubre de 2023", "Monday, October 7th, 2023"],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_not_read(text: str) -> None:
    for lang in ("en", "fr", "es"):
        with pytest.raises(Impossible):
            read_date(text, Ask(lang))
    assert normalize(text, "date", Habit()) == Normalized(text)
    assert days_of(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Q3 2024", "2024-07", "2024-09"),
        ("2024 T1", "2024-01", "2024-03"),
        ("2021-2024", "2021", "2024"),
        ("2021 à 2024", "2021", "2024"),
        ("2021/22", "2021", "2022"),
        ("by end of 2025", "2025", "2025"),
        ("fin 2025", "2025", "2025"),
    ],
)
def test_a_table_may_write_a_period(text: str, first: str, last: str) -> None:
    assert days_of(text) == (first, last)


@pytest.mark.parametrize("text", ["1850-01-01", "7 May 2450", "2023-10-07T14:30:00 soon"])
def test_a_table_has_no_days_far_from_today(text: str) -> None:
    assert days_of(text) is None


# ---------------------------------------------------------------- dates that can be two


@pytest.mark.parametrize("text", ["07/10/2023", "7.10.2023", "07-10-2023", "07/10/2023 14:30"])
def test_a_day_that_may_be_two_is_asked_in_english_only(text: str) -> None:
    with pytest.raises(Unreadable, match="Enter 2023-07-10 or 2023-10-07"):
        typed(text, "date", *DATES)
    for lang in ("fr", "es"):
        assert typed(text, "date", *DATES, lang=lang) == ("2023-10-07", "date")
    assert days_of(text, Habit(month_first=True)) == ("2023-07-10", "2023-07-10")
    assert normalize(text, "date", Habit(month_first=True)).text == "2023-07-10"


def test_a_weekday_decides_between_two_days() -> None:
    assert read_date("Sat 07/10/2023", Ask("en")) == "2023-10-07"
    assert read_date("Mon 07/10/2023", Ask("en")) == "2023-07-10"
    assert read_year("07/10/2023", Ask("en")) == "2023"


@given(DAYS, st.sampled_from("/.-"))
def test_a_day_in_numbers_is_read_as_the_column_shows(day: date, mark: str) -> None:
    day_first = f"{day.day}{mark}{day.month}{mark}{day.year}"
    month_first = f"{day.month:02}{mark}{day.day:02}{mark}{day.year}"
    assert normalize(day_first, "date", Habit()).text == day.isoformat()
    habit = habit_of(["1/25/2023 8:00 am", month_first])
    assert normalize(month_first, "date", habit).text == day.isoformat()


def test_a_column_with_days_of_both_kinds_has_no_habit() -> None:
    assert not habit_of(["25/12/2023", "12/25/2023"]).month_first


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
        ("23-10-07", "en", "is not a date"),
    ],
)
def test_a_form_says_what_is_wrong_with_a_date(text: str, lang: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        typed(text, "date", *DATES, lang=lang)


@pytest.mark.parametrize(
    ("text", "lang", "day"),
    [
        ("2023-1-7", "en", "2023-01-07"),
        ("7.10.2023", "es", "2023-10-07"),
        ("31/10/2023", "en", "2023-10-31"),
        ("10/31/2023", "en", "2023-10-31"),
        ("07/07/2023", "en", "2023-07-07"),
        ("2024-02-29", "en", "2024-02-29"),
    ],
)
def test_a_form_reads_a_day_in_numbers(text: str, lang: str, day: str) -> None:
    assert typed(text, "date", *DATES, lang=lang) == (day, "date")


def test_a_month_is_refused_where_a_day_is_wanted() -> None:
    for text in ("2023-10", "octobre 2023"):
        with pytest.raises(Unreadable, match="such as 2023-10-07"):
            typed(text, "date", "date")


def test_a_file_of_a_standard_writes_days_in_one_way() -> None:
    assert read_xml_day(" 2012-04-15Z ") == read_xml_day("2012-04-15T00:00:00") == "2012-04-15"
    assert read_xml_day("2012-02-30") is read_xml_day("15/04/2012") is read_xml_day(None) is None
    assert is_xml_day("2012-04-15")
    assert not is_xml_day("2012-04-15Z")


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1400", "1400"),
        (" 1 400 ", "1400"),
        ("1\u00a0400", "1400"),
        ("1\u2009400", "1400"),
        ("1\u202f400\u202f000", "1400000"),
        ("1'400", "1400"),
        ("1’400.50", "1400.50"),
        ("1 400,5", "1400.5"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        (".5", "0.5"),
        ("70.0", "70.0"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("12345,678", "12345.678"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.400.000,50", "1400000.50"),
        ("-4.2", "-4.2"),
        ("\u22124,2", "-4.2"),
        ("+3", "3"),
        ("45 %", "45"),
        ("45,5%", "45.5"),
    ],
)
def test_a_number_is_read_alike_in_forms_rows_and_tables(text: str, value: str) -> None:
    for lang in ("en", "fr", "es"):
        kind = "decimal" if "." in value else "integer"
        assert typed(text, "decimal", *NUMBERS, lang=lang) == (value, kind)
    assert normalize(text, "decimal", Habit()).text == value
    figure = figure_of(text, Habit())
    assert figure is not None
    assert f"{figure.number:f}" == value


@pytest.mark.parametrize("text", ["1,400", "1.400", "12.345", "-1,400", "1,400 %"])
def test_a_number_that_may_be_two_is_asked(text: str) -> None:
    for lang, says in (("en", "two ways"), ("fr", "deux façons"), ("es", "dos maneras")):
        with pytest.raises(Unreadable, match=says):
            typed(text, "decimal", *NUMBERS, lang=lang)


def test_a_doubtful_number_names_both_readings_in_words_that_are_read() -> None:
    with pytest.raises(Unreadable, match=r"Escriba 1400 o 1\.4000\."):
        typed("1.400", "decimal", *NUMBERS, lang="es")
    assert typed("1.4000", "decimal", *NUMBERS) == ("1.4000", "decimal")
    with pytest.raises(Ambiguous) as raised:
        read_number("-12.345", Ask())
    assert raised.value.readings == ("-12345", "-12.345")


@pytest.mark.parametrize(
    "text",
    ["many", "1e5", "NaN", "1 40", "12 3456", "1,2,3", "٣", "1..5", "$5", "", "-", ".", "%",
     "1,400 000", "1 400'000", "1_000", "5 km"],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="not a number"):
        typed(text, "decimal", *NUMBERS)
    assert normalize(text, "decimal", Habit()) == Normalized(text)


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        ("1.400.000", [], "1400000"),
        ("1,400.50", [], "1400.50"),
        ("1,400", ["12,5"], "1.400"),  # the column writes decimals with a comma
        ("1,400", [], "1400"),
        ("1.400", ["12,5"], "1400"),
        ("1.400", ["12.5"], "1.400"),
        ("1.400", [], "1.400"),  # doubtful: left for the form to ask
        ("1.400", ["12,5", "12.5"], "1.400"),  # a column without a habit
        (70.0, [], "70"),
        (0.1, [], "0.1"),
        (1e6, [], "1000000"),
        ("\u221212", [], "-12"),
        ("about 5", [], "about 5"),
    ],
)
def test_a_number_is_read_as_the_column_shows(
    value: str | float, column: list[str], text: str
) -> None:
    assert normalize(value, "decimal", habit_of([*column, value])).text == text


@given(st.integers(-(10**9), 10**9), st.sampled_from(" ,'\u00a0\u202f"))
def test_thousands_may_stand_apart(number: int, mark: str) -> None:
    written = f"{number:,}".replace(",", mark)
    assert normalize(written, "integer", Habit()).text == str(number)
    if number > 0:
        assert normalize(f"+{written}", "integer", Habit()).text == str(number)


@pytest.mark.parametrize("text", ["0." + "1" * 50, "9" * 26, "-" + "1" * 19, "1 000" + " 000" * 6])
def test_a_number_of_more_digits_than_can_be_counted_with_is_refused(text: str) -> None:
    for lang, part in (
        ("en", "Round it."),
        ("fr", "Arrondissez la valeur."),
        ("es", "Redondee el valor."),
    ):
        with pytest.raises(Unreadable, match=part):
            typed(text, "decimal", *NUMBERS, lang=lang)
    assert typed("1" * 18 + "." + "1" * 18, "decimal", *NUMBERS) == (
        "1" * 18 + "." + "1" * 18,
        "decimal",
    )


def test_a_whole_number_is_wanted_where_the_shape_says_so() -> None:
    with pytest.raises(Unreadable, match="not a whole number"):
        typed("1.5", "integer", "integer")


# ---------------------------------------------------------------- other values


@pytest.mark.parametrize(("text", "value"), [("Sí", "true"), ("oui", "true"), ("NO", "false")])
def test_yes_and_no_are_read_in_three_languages(text: str, value: str) -> None:
    assert typed(text, "boolean", "boolean") == (value, "boolean")


def test_an_id_may_be_picked_by_its_label_if_only_one_has_it() -> None:
    assert typed("place/one", "id") == ("place/one", "id")
    assert typed(f"<{BASE}place/one>", "id") == ("place/one", "id")
    assert typed("second PLACE", "id") == ("place/two", "id")
    with pytest.raises(Unreadable, match="“Twice” was not found"):
        typed("Twice", "id")
    with pytest.raises(Unreadable, match=r"“place/tvo” was not found.*place/two\?"):
        typed("place/tvo", "id")
    with pytest.raises(Unreadable, match="“a> b” was not found"):
        typed("a> b", "id")


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
    assert typed(text, "citation") == (value, "id")


@pytest.mark.parametrize(
    "text", ["source/report", "page 3", "source/none 3-4", "source/report 0-4"]
)
def test_what_cites_no_line_of_a_known_source_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        typed(text, "citation")


def test_a_text_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(Unreadable, match="This text cannot be read"):
        typed("\ud800", "long")


@given(st.text(alphabet="0123456789.,- \u202f/"), st.sampled_from(["date", "decimal", "year"]))
def test_nothing_that_is_typed_ends_in_another_error(text: str, kind: str) -> None:
    datatypes = {"date": DATES, "decimal": NUMBERS, "year": ("gYear",)}[kind]
    try:
        value, _ = typed(text, kind, *datatypes)
    except Unreadable:
        return
    assert value


@given(st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_what_is_shown_of_a_number_means_that_number(number: object) -> None:
    kind = "integer" if isinstance(number, int) else "decimal"
    term = ox.Literal(str(number), datatype=ox.NamedNode(XSD + kind))
    assert is_same(str(number), term, IDS)
    assert not is_same(f"{number}1", ox.Literal("0", datatype=ox.NamedNode(XSD + kind)), IDS)


@pytest.mark.parametrize("tick", ["x", "✓", "Oui", True])
def test_a_tick_in_a_cell_means_yes(tick: str | bool) -> None:
    text = normalize(tick, "boolean", Habit()).text
    assert typed(text, "boolean", "boolean") == ("true", "boolean")


def test_markup_becomes_text_and_a_sign_below_stays_one() -> None:
    markup = "<p>One</p><p>two&nbsp;three</p>"
    assert normalize(markup, "long", Habit()).text == "One\ntwo three"
    assert normalize("a < b and c > d", "long", Habit()) == Normalized("a < b and c > d")
