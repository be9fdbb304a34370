"""The moment at which the whole bot stands: the real time, or the one that is set."""

import os
from datetime import datetime

from bot.call.announcement import announcement

VARIABLE = "HAKUNEUVOJA_NOW"


class ClockError(ValueError):
    """HAKUNEUVOJA_NOW holds something that is no moment."""


def now() -> datetime:
    """The present moment in the call's time zone.

    HAKUNEUVOJA_NOW freezes it: ISO 8601 with an offset. Raises ClockError where it is no moment.
    """
    zone = announcement().zone
    frozen = os.environ.get(VARIABLE)
    if not frozen:
        return datetime.now(zone)
    try:
        moment = datetime.fromisoformat(frozen.strip().replace("Z", "+00:00"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ClockError(
            f"{VARIABLE}={frozen!r} is no moment: write ISO 8601 with an offset, "
            "for example 2021-04-01T12:15:00+03:00"
        )
    return moment.astimezone(zone)
