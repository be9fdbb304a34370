"""Where a moment stands against the call: before it, in it, in its last hours, after it."""

from datetime import date, datetime, timedelta, timezone
from enum import Enum

from bot.call.announcement import Announcement


class Phase(str, Enum):
    """Where a moment stands. The closing second itself is still in time."""

    BEFORE = "before"
    OPEN = "open"
    LAST_HOURS = "last_hours"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        return self in (Phase.OPEN, Phase.LAST_HOURS)


def phase(moment: datetime, call: Announcement) -> Phase:
    """Where `moment` (with a time zone) stands against the call."""
    if moment < call.opening_moment:
        return Phase.BEFORE
    if moment > call.closes.moment:
        return Phase.CLOSED
    return Phase.LAST_HOURS if moment >= call.last_hours_begin else Phase.OPEN


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Real time between two moments: a night of clock change has 23 or 25 hours."""
    return end.astimezone(timezone.utc) - start.astimezone(timezone.utc)


def time_left(moment: datetime, call: Announcement) -> timedelta:
    """Real time from `moment` to the close; negative after it."""
    return elapsed(moment, call.closes.moment)


def start_of(day: date, call: Announcement) -> datetime:
    """Midnight at which `day` begins in the call's time zone."""
    return datetime.combine(day, datetime.min.time(), call.zone)
