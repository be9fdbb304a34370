from datetime import datetime, timedelta, timezone

import vobject
from icalendar import Calendar

from bot.call.announcement import Announcement
from bot.call.calendar import calendar_file

MADE = datetime(2021, 4, 1, 9, 15, tzinfo=timezone.utc)


def made(call: Announcement) -> bytes:
    return calendar_file(
        call, summary="Haku päättyy", description="Kirjaamoon", language="fi", made=MADE
    )


def test_the_entry_ends_at_the_deadline_in_the_calls_zone(call: Announcement) -> None:
    event = Calendar.from_ical(made(call)).walk("VEVENT")[0]
    assert event.decoded("dtend") == call.closes.moment
    assert event["dtend"].params["TZID"] == "Europe/Helsinki"
    assert event["summary"] == "Haku päättyy"
    assert event.decoded("dtstamp") == MADE


def test_the_zone_is_described_in_the_file(call: Announcement) -> None:
    zones = Calendar.from_ical(made(call)).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["Europe/Helsinki"]


def test_it_warns_a_week_a_day_and_two_hours_before(call: Announcement) -> None:
    alarms = Calendar.from_ical(made(call)).walk("VALARM")
    assert [alarm.decoded("trigger") for alarm in alarms] == [
        timedelta(days=-7),
        timedelta(days=-1),
        timedelta(hours=-2),
    ]


def test_a_moved_deadline_moves_the_same_entry(call: Announcement) -> None:
    moved = call.copy(
        update={
            "closes": call.closes.copy(update={"moment": call.closes.moment + timedelta(days=1)}),
            "calendar": call.calendar.copy(update={"sequence": 1}),
        }
    )
    first, second = (Calendar.from_ical(made(each)).walk("VEVENT")[0] for each in (call, moved))
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert second.decoded("dtend") - first.decoded("dtend") == timedelta(days=1)


def test_another_reader_understands_the_file(call: Announcement) -> None:
    event = vobject.readOne(made(call).decode()).vevent
    assert event.dtend.value.utctimetuple() == call.closes.moment.utctimetuple()
    assert len(list(event.valarm_list)) == 3
