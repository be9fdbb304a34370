import pytest

from actions.ask_time_left import AskTimeLeft
from tests.actions.talk import said, tracker
from tests.conftest import MOMENTS

DAY = 24 * 60 * 60


@pytest.mark.parametrize(
    ("moment", "response", "left"),
    [
        ("before", "before", 41 * DAY + 4 * 3600 + 15 * 60 - 3600),
        ("open", "open", 19 * DAY + 4 * 3600),
        ("last_hours", "open", DAY + 3 * 3600 + 12 * 60),
        ("closed", "closed", 1),
    ],
)
def test_from_now(monkeypatch: pytest.MonkeyPatch, moment: str, response: str, left: int) -> None:
    monkeypatch.setenv("HAKUNEUVOJA_NOW", MOMENTS[moment])
    message = said(AskTimeLeft(), tracker())
    assert message == {"response": f"utter_ask_time_left__{response}", "left": left}


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("2021-04-10", {"response": "from_day", "day": "2021-04-10", "left": 10 * DAY + 58500}),
        (
            "2021-04-15T12:15:00+03:00",
            {
                "response": "from_moment",
                "moment": "2021-04-15T12:15:00+03:00",
                "left": 5 * DAY + 14400,
            },
        ),
        ("2021-04-25", {"response": "after"}),
        ("2021-04-20T16:15:01+03:00", {"response": "after"}),
        # Today, the deadline itself and what is no date: counted from now.
        ("2021-04-01", {"response": "open", "left": 19 * DAY + 14400}),
        ("2021-04-20", {"response": "open", "left": 19 * DAY + 14400}),
        ("2021-04-20T16:15:00+03:00", {"response": "open", "left": 19 * DAY + 14400}),
        ("soon", {"response": "open", "left": 19 * DAY + 14400}),
    ],
)
def test_from_what_the_person_names(
    monkeypatch: pytest.MonkeyPatch, named: str, message: dict[str, object]
) -> None:
    monkeypatch.setenv("HAKUNEUVOJA_NOW", MOMENTS["open"])
    reply = said(AskTimeLeft(), tracker({"entity": "date", "value": named}))
    assert reply == message | {"response": f"utter_ask_time_left__{message['response']}"}
