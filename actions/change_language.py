"""Goes on in the language that the person asks for."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.language import known
from bot.language.named import named_language


class ChangeLanguage(Action):
    def name(self) -> str:
        return "action_change_language"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        text = tracker.latest_message.get("text") or ""
        language = named_language(text) or known(tracker.get_slot("language"))
        dispatcher.utter_message(response="utter_change_language", language=language)
        return [SlotSet("language", language)]
