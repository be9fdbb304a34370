import pytest

from bot.call.announcement import Announcement
from bot.call.readiness import Status, points, still_open


def test_the_points_are_the_calls_six_and_the_attachments(call: Announcement) -> None:
    assert points(call) == [
        "service", "customers", "role", "partners", "rooting", "other_centres", "attachments",
    ]  # fmt: skip


def test_what_is_not_done_is_open_in_order(call: Announcement) -> None:
    answers = dict.fromkeys(points(call), "done") | {
        "attachments": "under_way",
        "role": "not_begun",
    }
    assert list(still_open(answers, call).items()) == [
        ("role", Status.NOT_BEGUN),
        ("attachments", Status.UNDER_WAY),
    ]


def test_nothing_is_open_when_all_is_done(call: Announcement) -> None:
    assert still_open(dict.fromkeys(points(call), "done"), call) == {}


def test_a_point_without_an_answer_is_not_begun(call: Announcement) -> None:
    assert set(still_open({"role": None}, call).values()) == {Status.NOT_BEGUN}


def test_an_unknown_status_is_refused(call: Announcement) -> None:
    with pytest.raises(ValueError, match="nearly"):
        still_open({"role": "nearly"}, call)
