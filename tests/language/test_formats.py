from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language import LANGUAGES, formats

DEADLINE = datetime(2021, 4, 20, 16, 15, tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "20.4.2021 klo 16.15"),
        ("sv", "20.4.2021 kl. 16.15"),
        ("en", "20 April 2021 at 16:15"),
    ],
)
def test_moments(language: formats.Language, expected: str) -> None:
    assert formats.moment(DEADLINE, language) == expected


def test_a_moment_is_written_in_its_own_zone() -> None:
    assert formats.moment(DEADLINE.astimezone(ZoneInfo("UTC")), "fi") == "20.4.2021 klo 13.15"


def test_days_and_weekdays() -> None:
    assert [formats.day(date(2022, 6, 30), each) for each in LANGUAGES] == [
        "30.6.2022", "30.6.2022", "30 June 2022",
    ]  # fmt: skip
    assert [formats.weekday(DEADLINE, each) for each in LANGUAGES] == [
        "tiistaina",
        "tisdag",
        "Tuesday",
    ]


@pytest.mark.parametrize(
    ("left", "fi", "sv", "en"),
    [
        (timedelta(days=19, hours=4), "19 päivää 4 tuntia",
         "19 dagar och 4 timmar", "19 days 4 hours"),
        (timedelta(days=1, hours=1, minutes=1), "1 päivä 1 tunti 1 minuutti",
         "1 dag, 1 timme och 1 minut", "1 day 1 hour 1 minute"),
        (timedelta(hours=27, minutes=12), "1 päivä 3 tuntia 12 minuuttia",
         "1 dag, 3 timmar och 12 minuter", "1 day 3 hours 12 minutes"),
        (timedelta(minutes=5, seconds=59), "5 minuuttia", "5 minuter", "5 minutes"),
        (timedelta(seconds=30), "30 sekuntia", "30 sekunder", "30 seconds"),
        (timedelta(0), "0 sekuntia", "0 sekunder", "0 seconds"),
    ],
)  # fmt: skip
def test_durations(left: timedelta, fi: str, sv: str, en: str) -> None:
    assert [formats.duration(left, each) for each in LANGUAGES] == [fi, sv, en]


def test_numbers_and_lists() -> None:
    assert [formats.number(1066000, each) for each in LANGUAGES] == [
        "1\u00a0066\u00a0000", "1\u00a0066\u00a0000", "1,066,000",
    ]  # fmt: skip
    assert [formats.compact(3_000_000, each) for each in LANGUAGES] == [
        "3 miljoonaa", "3 miljoner", "3 million",
    ]  # fmt: skip
    assert [formats.listing(["a", "b", "c"], each) for each in LANGUAGES] == [
        "a, b ja c", "a, b och c", "a, b and c",
    ]  # fmt: skip
