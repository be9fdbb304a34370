"""The deadline as a calendar file, attached to the answer."""

from base64 import b64encode
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.call.announcement import announcement
from bot.call.clock import now
from bot.call.deadline import Phase, phase
from bot.language import known
from bot.language.calendar import KIND, NAME, deadline_file
from bot.language.wording import Wording


class AskCalendar(Action):
    def name(self) -> str:
        return "action_ask_calendar"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        call, here = announcement(), now()
        wording = Wording(domain["responses"], call)
        language = known(tracker.get_slot("language"))
        file = deadline_file(wording, language, here)
        closed = "__closed" if phase(here, call) is Phase.CLOSED else ""
        dispatcher.utter_message(
            response=f"utter_ask_calendar{closed}",
            attachment={
                "type": "file",
                "payload": {
                    "title": NAME,
                    "src": f"data:{KIND};charset=utf-8;base64,{b64encode(file).decode()}",
                },
            },
        )
        return []
