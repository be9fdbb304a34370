from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import find_dates

THURSDAY = datetime(2021, 4, 1, 12, 15, tzinfo=ZoneInfo("Europe/Helsinki"))


def named(text: str) -> list[str]:
    return [mention.value.isoformat() for mention in find_dates(text, THURSDAY, 2021)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("paljonko 15.4. on aikaa", "2021-04-15"),
        ("paljonko 15.4 on aikaa", "2021-04-15"),
        ("1.3. 2021 alkaen", "2021-03-01"),
        ("15.4.2022", "2022-04-15"),
        ("huhtikuun 15. päivä", "2021-04-15"),
        ("10. huhtikuuta", "2021-04-10"),
        ("huomenna", "2021-04-02"),
        ("huomisesta laskien", "2021-04-02"),
        ("ylihuomenna", "2021-04-03"),
        ("eilen", "2021-03-31"),
        ("perjantaihin mennessä", "2021-04-02"),
        ("ensi torstaina", "2021-04-08"),
        ("ensi viikon perjantaina", "2021-04-09"),
        ("3 päivän päästä", "2021-04-04"),
        ("den 10 april", "2021-04-10"),
        ("i morgon", "2021-04-02"),
        ("i övermorgon", "2021-04-03"),
        ("på fredag", "2021-04-02"),
        ("om 3 dagar", "2021-04-04"),
        ("next Friday", "2021-04-02"),
        ("on the 15th of April", "2021-04-15"),
        ("April 15th, 2021", "2021-04-15"),
        ("tomorrow", "2021-04-02"),
        ("the day after tomorrow", "2021-04-03"),
        ("2021-04-10", "2021-04-10"),
        ("5/4", "2021-04-05"),
        ("10. huhtikuuta klo 12", "2021-04-10T12:00:00+03:00"),
        ("20.4.2021 klo 16.15", "2021-04-20T16:15:00+03:00"),
        ("20 April at 3 pm", "2021-04-20T15:00:00+03:00"),
        ("den 20 april kl. 9.30", "2021-04-20T09:30:00+03:00"),
        ("25.3. klo 9:30", "2021-03-25T09:30:00+02:00"),
    ],
)
def test_a_named_day_or_moment(text: str, expected: str) -> None:
    assert named(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "31.4.",
        "klo 16.15",
        "029 504 7990",
        "may I apply",
        "maanantaisin",
        "99.99.",
        "huhtikuussa",
        "",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert named(text) == []


def test_two_days_in_one_message_in_order() -> None:
    assert named("lähetänkö 15.4. vai huomenna") == ["2021-04-15", "2021-04-02"]


def test_the_place_in_the_text() -> None:
    (mention,) = find_dates("jos lähetän 15.4. postissa", THURSDAY, 2021)
    assert (mention.start, mention.end) == (12, 17)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_day_written_in_full_is_found(day: date) -> None:
    assert named(f"aikaa {day.day}.{day.month}.{day.year} asti") == [day.isoformat()]
    assert named(f"until {day:%B} {day.day}, {day.year}") == [day.isoformat()]


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    for mention in find_dates(text, THURSDAY, 2021):
        assert 0 <= mention.start < mention.end <= len(text)
        day = mention.value.date() if isinstance(mention.value, datetime) else mention.value
        assert abs(day - THURSDAY.date()) < timedelta(days=366 * 10_000)
