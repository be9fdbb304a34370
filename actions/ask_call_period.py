"""When the call opens and closes, and whether it is open now."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.call.announcement import announcement
from bot.call.clock import now
from bot.call.deadline import Phase, phase


class AskCallPeriod(Action):
    def name(self) -> str:
        return "action_ask_call_period"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        stands = phase(now(), announcement())
        shown = Phase.OPEN if stands.is_open else stands
        dispatcher.utter_message(response=f"utter_ask_call_period__{shown.value}")
        return []
