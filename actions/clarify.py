"""Asks back when a message was not understood; after the second time in a row, names people."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

TOPICS = ("ask_", "check_", "list_", "start_")
OFFERED = 3
LEAST_CONFIDENCE = 0.05
FALLBACK = "nlu_fallback"


class Clarify(Action):
    def name(self) -> str:
        return "action_clarify"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        if self._missed_before(tracker):
            dispatcher.utter_message(response="utter_clarify__again")
            return []
        likely = [
            intent["name"]
            for intent in tracker.latest_message.get("intent_ranking") or []
            if intent["name"].startswith(TOPICS) and intent["confidence"] >= LEAST_CONFIDENCE
        ]
        if likely:
            dispatcher.utter_message(response="utter_clarify", next=likely[:OFFERED])
        else:
            dispatcher.utter_message(response="utter_clarify__nothing")
        return []

    @staticmethod
    def _missed_before(tracker: Tracker) -> bool:
        intents = [
            event["parse_data"]["intent"].get("name")
            for event in tracker.events
            if event["event"] == "user"
        ]
        return len(intents) > 1 and intents[-2] == FALLBACK
