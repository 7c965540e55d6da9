"""Checks how cells are read that people and Excel write in many ways."""

from datetime import date, datetime, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from metrograph.reading.normalize import Habits, Spelt, habits, spelt

DAYS = st.dates(date(1955, 1, 1), date(2099, 12, 31))


@given(DAYS, st.sampled_from(["en", "fr", "es"]), st.sampled_from(["medium", "long"]))
def test_a_day_in_words_is_that_day(day: date, lang: str, width: str) -> None:
    written = format_date(day, width, locale=lang)  # 7 oct. 2023, October 7, 2023
    assert spelt(written, "date", Habits()).text == day.isoformat()


@given(DAYS, st.sampled_from("/.-"))
def test_a_day_in_numbers_is_read_as_the_column_shows(day: date, mark: str) -> None:
    day_first = f"{day.day}{mark}{day.month}{mark}{day.year}"
    month_first = f"{day.month:02}{mark}{day.day:02}{mark}{day.year}"
    assert spelt(day_first, "date", Habits()).text == day.isoformat()
    assert spelt(month_first, "date", habits(["1/25/2023", month_first])).text == day.isoformat()


@given(DAYS)
def test_a_serial_number_of_excel_is_its_day(day: date) -> None:
    serial = (day - date(1970, 1, 1)) // timedelta(days=1) + 25_569  # 1 January 1970 in Excel
    assert spelt(serial, "date", Habits()) == Spelt(day.isoformat(), True)
    assert spelt(datetime(day.year, day.month, day.day), "date", Habits()).text == day.isoformat()


@given(st.integers(-(10**9), 10**9), st.sampled_from(" ,'\u00a0\u202f"))
def test_thousands_may_stand_apart(number: int, mark: str) -> None:
    written = f"{number:,}".replace(",", mark)
    assert spelt(written, "integer", Habits()).text == str(number)
    if number > 0:
        assert spelt(f"+{written}", "integer", Habits()).text == str(number)


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        ("45 %", [], "45"),
        ("45,5%", [], "45.5"),
        ("1.400.000", [], "1400000"),
        ("1 400,50", [], "1400.50"),
        ("1,400.50", [], "1400.50"),
        ("1.400,50", [], "1400.50"),
        ("1,400", ["12,5"], "1.400"),  # the column writes decimals with a comma
        ("1,400", [], "1400"),
        ("1.400", ["12,5"], "1400"),
        ("1.400", [], "1.400"),  # doubtful: left for the reader to refuse
        (70.0, [], "70"),
        (0.1, [], "0.1"),
        (1e6, [], "1000000"),
        ("\u221212", [], "-12"),
        ("about 5", [], "about 5"),
    ],
)
def test_numbers_are_read_as_the_column_shows(value: object, column: list[str], text: str) -> None:
    assert spelt(value, "decimal", habits([*column, value])).text == text  # type: ignore[arg-type,list-item]  # cells as sheets hold them


def test_what_cannot_be_read_stays_as_it_is_written() -> None:
    for text in ("31/02/2023", "soon", "2023-13-01", "7 brumaire 2023"):
        assert spelt(text, "date", Habits()) == Spelt(text)


def test_a_column_with_days_of_both_kinds_has_no_habit() -> None:
    assert not habits(["25/12/2023", "12/25/2023"]).month_first
    assert habits(["12,5", "12.5"]).decimal is None


def test_markup_becomes_text_and_a_sign_below_stays_one() -> None:
    assert spelt("<p>One</p><p>two&nbsp;three</p>", "long", Habits()).text == "One\ntwo three"
    assert spelt("a < b and c > d", "long", Habits()) == Spelt("a < b and c > d")
