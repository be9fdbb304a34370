"""How much time is left: from now, or from a day or moment that the person names."""

from datetime import date, datetime, timedelta
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import entities
from bot.call.announcement import Announcement, announcement
from bot.call.clock import now
from bot.call.deadline import Phase, phase, start_of, time_left


class AskTimeLeft(Action):
    def name(self) -> str:
        return "action_ask_time_left"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        call, here = announcement(), now()
        response, values = next(
            (
                answer
                for entity in entities(tracker, "date")
                if (answer := _from(entity["value"], here, call))
            ),
            _from_now(here, call),
        )
        dispatcher.utter_message(response=f"utter_ask_time_left__{response}", **values)
        return []


def _seconds(duration: timedelta) -> int:
    return abs(int(duration.total_seconds()))


def _from_now(here: datetime, call: Announcement) -> tuple[str, dict[str, Any]]:
    stands = phase(here, call)
    response = Phase.OPEN if stands is Phase.LAST_HOURS else stands
    return response.value, {"left": _seconds(time_left(here, call))}


def _from(named: str, here: datetime, call: Announcement) -> tuple[str, dict[str, Any]] | None:
    """The answer from a named day or moment; None for today and for the deadline itself."""
    try:
        moment = datetime.fromisoformat(named)
    except ValueError:
        return None
    whole_day = len(named) == len("2021-04-20")
    if whole_day:
        moment = start_of(moment.date(), call)
    day: date = moment.date()
    if moment == call.closes.moment or (
        whole_day and day in (here.date(), call.closes.moment.date())
    ):
        return None
    if moment > call.closes.moment:
        return "after", {}
    left = {"left": _seconds(time_left(moment, call))}
    if whole_day:
        return "from_day", {"day": day.isoformat(), **left}
    return "from_moment", {"moment": moment.isoformat(), **left}
