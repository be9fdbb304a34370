"""The deadline as a calendar file (RFC 5545)."""

from datetime import date, datetime, timedelta, timezone

from icalendar import Alarm, Calendar, Event

from bot.call.announcement import Announcement


def calendar_file(
    call: Announcement, *, summary: str, description: str, language: str, made: datetime
) -> bytes:
    """A calendar with one entry that ends at the deadline and warns beforehand.

    UID and SEQUENCE come from the data, so that a moved deadline moves the entry that people have.
    `made` is the moment of writing (DTSTAMP); the entry's times carry the call's zone by name.
    """
    event = Event()
    event.add("uid", call.calendar.uid)
    event.add("sequence", call.calendar.sequence)
    event.add("dtstamp", made.astimezone(timezone.utc))
    event.add("dtstart", call.closes.moment)
    event.add("dtend", call.closes.moment)
    event.add("summary", summary, parameters={"language": language})
    event.add("description", description, parameters={"language": language})
    event.add("transp", "TRANSPARENT")
    for hours in call.calendar.alarms_hours_before:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(hours=-hours))
        alarm.add("description", summary)
        event.add_component(alarm)

    calendar = Calendar()
    calendar.add("prodid", "-//Hakuneuvoja//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    year = call.closes.moment.year
    # Only the deadline's year: some calendar programs cannot read half a century of clock changes.
    calendar.add_missing_timezones(first_date=date(year, 1, 1), last_date=date(year + 1, 1, 1))
    return bytes(calendar.to_ical())
