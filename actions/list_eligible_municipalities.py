"""Which municipalities reach the threshold."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.call.announcement import announcement
from bot.call.eligibility import eligible
from bot.call.municipality import municipalities


class ListEligibleMunicipalities(Action):
    def name(self) -> str:
        return "action_list_eligible_municipalities"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        reaching = eligible(municipalities().all(), announcement().threshold.residents)
        dispatcher.utter_message(
            response="utter_list_eligible_municipalities",
            municipalities=[each.name_fi for each in reaching],
        )
        return []
