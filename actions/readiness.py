"""The readiness check: a form over the points of an application, and its summary."""

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import part
from bot.call.announcement import announcement
from bot.call.clock import now
from bot.call.deadline import Phase, phase
from bot.call.eligibility import Verdict, assess
from bot.call.municipality import municipalities
from bot.call.readiness import SUBMISSION, points, still_open

SLOT = "readiness__{}".format
MUNICIPALITY = SLOT("municipality")


def _is_closed() -> bool:
    return phase(now(), announcement()) is Phase.CLOSED


def _forget() -> list[dict[str, Any]]:
    keys = ["municipality", *points(announcement()), SUBMISSION]
    return [SlotSet(SLOT(key), None) for key in keys]


class ValidateReadinessForm(FormValidationAction):
    def name(self) -> str:
        return "validate_readiness_form"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """Nothing is asked any more once the call has closed."""
        return [] if _is_closed() else domain_slots

    def validate_readiness__municipality(
        self,
        value: Any,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> dict[str, Any]:
        name = value[0] if isinstance(value, list) else value
        municipality = municipalities().get(name) if isinstance(name, str) else None
        if municipality is None:
            return {MUNICIPALITY: None}
        if assess(municipality, announcement().threshold.residents) is Verdict.NO:
            dispatcher.utter_message(
                response="utter_readiness__not_eligible", municipality=municipality.name_fi
            )
        return {MUNICIPALITY: municipality.name_fi}


class ReadinessSummary(Action):
    def name(self) -> str:
        return "action_readiness_summary"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        if _is_closed():
            dispatcher.utter_message(response="utter_readiness__closed")
            return _forget()
        call = announcement()
        to_do = still_open({key: tracker.get_slot(SLOT(key)) for key in points(call)}, call)
        dispatcher.utter_message(
            response=f"utter_readiness__summary_{'open' if to_do else 'ready'}",
            municipality=tracker.get_slot(MUNICIPALITY),
            submission=part(f"utter_readiness__{tracker.get_slot(SLOT(SUBMISSION))}"),
            points=[
                part(
                    f"utter_readiness__{status.value}",
                    point=part(f"utter_readiness__point_{key}"),
                )
                for key, status in to_do.items()
            ],
        )
        return _forget()


class ReadinessStop(Action):
    def name(self) -> str:
        return "action_readiness_stop"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_readiness__stopped")
        return _forget()
