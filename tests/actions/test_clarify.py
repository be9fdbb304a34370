from typing import Any

from actions.clarify import Clarify
from tests.actions.talk import said, tracker


def ranked(**confidences: float) -> list[dict[str, Any]]:
    return [{"name": name, "confidence": value} for name, value in confidences.items()]


def heard(*intents: str) -> list[dict[str, Any]]:
    return [{"event": "user", "parse_data": {"intent": {"name": intent}}} for intent in intents]


def test_at_most_three_topics_are_offered_and_no_courtesies() -> None:
    ranking = ranked(nlu_fallback=0.4, greet=0.3, ask_amount=0.2, ask_centre=0.1, ask_source=0.08)
    ranking += ranked(ask_help=0.06, ask_deadline=0.01)
    message = said(Clarify(), tracker(ranking=ranking, events=heard("nlu_fallback")))
    assert message == {
        "response": "utter_clarify",
        "next": ["ask_amount", "ask_centre", "ask_source"],
    }


def test_nothing_likely() -> None:
    message = said(
        Clarify(), tracker(ranking=ranked(ask_amount=0.01), events=heard("nlu_fallback"))
    )
    assert message == {"response": "utter_clarify__nothing"}


def test_the_second_miss_in_a_row_names_the_contacts() -> None:
    missed = heard("greet", "nlu_fallback", "nlu_fallback")
    assert said(Clarify(), tracker(events=missed)) == {"response": "utter_clarify__again"}


def test_a_miss_after_an_answer_is_a_first_one() -> None:
    missed = heard("nlu_fallback", "ask_amount", "nlu_fallback")
    assert said(Clarify(), tracker(events=missed)) == {"response": "utter_clarify__nothing"}
