from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.call.announcement import Announcement, announcement
from bot.call.deadline import Phase, elapsed, phase, start_of, time_left

moments = st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2027, 1, 1), timezones=st.just(timezone.utc)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2021-03-16T23:59:59+02:00", Phase.BEFORE),
        ("2021-03-17T00:00:00+02:00", Phase.OPEN),
        ("2021-04-18T16:14:59+03:00", Phase.OPEN),
        ("2021-04-18T16:15:00+03:00", Phase.LAST_HOURS),
        ("2021-04-20T16:15:00+03:00", Phase.LAST_HOURS),
        ("2021-04-20T16:15:00.000001+03:00", Phase.CLOSED),
        ("2021-04-20T16:15:01+03:00", Phase.CLOSED),
        ("2021-04-20T13:15:00+00:00", Phase.LAST_HOURS),
        ("2026-11-23T00:00:00+02:00", Phase.CLOSED),
    ],
)
def test_where_a_moment_stands(call: Announcement, moment: str, expected: Phase) -> None:
    assert phase(at(moment), call) is expected


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        ("2021-04-01T12:15:00+03:00", timedelta(days=19, hours=4)),
        ("2021-04-20T16:14:30+03:00", timedelta(seconds=30)),
        ("2021-04-20T16:15:00+03:00", timedelta(0)),
        ("2021-04-20T16:15:01+03:00", timedelta(seconds=-1)),
        # The night of 28.3.2021 had 23 hours.
        ("2021-03-27T16:15:00+02:00", timedelta(days=24) - timedelta(hours=1)),
        ("2021-03-28T02:59:59+02:00", timedelta(days=23, hours=12, minutes=15, seconds=1)),
        ("2021-03-28T04:00:00+03:00", timedelta(days=23, hours=12, minutes=15)),
    ],
)
def test_time_left_is_real_time(call: Announcement, moment: str, left: timedelta) -> None:
    zoned = at(moment).astimezone(call.zone)
    assert time_left(zoned, call) == left


@given(moments)
def test_open_exactly_while_time_is_left(moment: datetime) -> None:
    call = announcement()
    local = moment.astimezone(call.zone)
    stands = phase(local, call)
    assert (stands is Phase.CLOSED) == (time_left(local, call) < timedelta(0))
    assert (stands is Phase.BEFORE) == (moment < call.opening_moment)
    assert (stands is Phase.LAST_HOURS) == (
        timedelta(0) <= time_left(local, call) <= timedelta(hours=48)
    )


@given(moments, moments)
def test_elapsed_time_does_not_depend_on_the_zone(first: datetime, second: datetime) -> None:
    zone = announcement().zone
    assert elapsed(first.astimezone(zone), second.astimezone(zone)) == second - first


def test_a_day_starts_at_local_midnight(call: Announcement) -> None:
    assert start_of(at("2021-04-10").date(), call).isoformat() == "2021-04-10T00:00:00+03:00"
    assert start_of(at("2021-03-20").date(), call).isoformat() == "2021-03-20T00:00:00+02:00"
