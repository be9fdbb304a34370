"""Whether the municipalities that a person names reach the threshold."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import entities, part
from bot.call.announcement import announcement
from bot.call.eligibility import assess
from bot.call.municipality import municipalities

MOST = 20  # municipalities answered in one message


class CheckEligibility(Action):
    def name(self) -> str:
        return "action_check_eligibility"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        named = entities(tracker, "municipality", "place")
        bodies = entities(tracker, "organisation")
        if any(_begins(entity, body) for entity in named for body in bodies):
            dispatcher.utter_message(response="utter_ask_eligibility_organisation")
            return []
        answers = [answer for entity in named[:MOST] for answer in self._answers(entity)]
        if len(named) > MOST:
            answers.append(part("utter_check_eligibility__most", amount=MOST))
        if not answers:
            dispatcher.utter_message(response="utter_check_eligibility__which")
        else:
            dispatcher.utter_message(response="utter_check_eligibility", answers=answers)
        return []

    def _answers(self, entity: dict[str, Any]) -> list[dict[str, Any]]:
        """What there is to say on one name: how it was understood, then the verdict."""
        name = entity["value"]
        if entity["entity"] == "place":
            return [part("utter_check_eligibility__place", place=name)]
        municipality = municipalities().get(name)
        if municipality is None:
            return []
        understood = []
        if entity.get("former"):
            understood = [
                part("utter_check_eligibility__former", former=entity["former"], municipality=name)
            ]
        elif entity.get("guessed"):
            understood = [part("utter_check_eligibility__guessed", municipality=name)]
        verdict = assess(municipality, announcement().threshold.residents).value
        return [*understood, part(f"utter_check_eligibility__{verdict}", municipality=name)]


def _begins(name: dict[str, Any], body: dict[str, Any]) -> bool:
    """Whether a municipality's name begins a body's: "Helsingin yliopisto" is not Helsinki."""
    return bool(0 <= body.get("start", 0) - name.get("end", 0) <= 1)
