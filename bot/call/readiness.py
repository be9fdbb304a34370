"""The readiness check: what an application needs, and what of it is still open."""

from collections.abc import Mapping
from enum import Enum

from bot.call.announcement import Announcement

ATTACHMENTS = "attachments"
SUBMISSION = "submission"


class Status(str, Enum):
    """How far a point is."""

    DONE = "done"
    UNDER_WAY = "under_way"
    NOT_BEGUN = "not_begun"


def points(call: Announcement) -> list[str]:
    """What a person is asked to rate, in order: the call's points, then form and attachments."""
    return [point.key for point in call.application_points] + [ATTACHMENTS]


def still_open(answers: Mapping[str, str | None], call: Announcement) -> dict[str, Status]:
    """The points not yet done, in order; a point without an answer counts as not begun."""
    statuses = {key: Status(answers.get(key) or Status.NOT_BEGUN) for key in points(call)}
    return {key: status for key, status in statuses.items() if status is not Status.DONE}
