"""What tests share: the moments at which the bot is asked."""

from datetime import datetime

import pytest

from bot.call.announcement import Announcement, announcement

MOMENTS = {
    "before": "2021-03-10T12:00:00+02:00",
    "open": "2021-04-01T12:15:00+03:00",
    "last_hours": "2021-04-19T13:03:00+03:00",
    "closed": "2021-04-20T16:15:01+03:00",
    "years_later": "2026-11-23T09:00:00+02:00",
}


@pytest.fixture
def call() -> Announcement:
    return announcement()


@pytest.fixture
def moments() -> dict[str, datetime]:
    return {name: datetime.fromisoformat(moment) for name, moment in MOMENTS.items()}
