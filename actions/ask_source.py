"""Where an answer comes from: the announcement's sentences behind the last one that had any."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.call.announcement import announcement


class AskSource(Action):
    def name(self) -> str:
        return "action_ask_source"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        behind = self._behind_last_answer(tracker)
        quotes = [
            quote for key in behind.get("source", ()) for quote in announcement().sources(key)
        ]
        if not quotes:
            dispatcher.utter_message(response="utter_ask_source__announcement")
        else:
            kind = "figures" if behind.get("figures") else "quote"
            dispatcher.utter_message(response=f"utter_ask_source__{kind}", quotes=quotes)
        return []

    @staticmethod
    def _behind_last_answer(tracker: Tracker) -> dict[str, Any]:
        for event in reversed(tracker.events):
            metadata: dict[str, Any] = event.get("metadata") or {}
            if event["event"] == "bot" and metadata.get("source"):
                return metadata
        return {}
