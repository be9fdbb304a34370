from typing import Any

from actions.ask_source import AskSource
from tests.actions.talk import said, tracker


def spoken(**metadata: Any) -> dict[str, Any]:
    return {"event": "bot", "text": "...", "metadata": metadata}


def test_the_sentence_behind_the_last_answer_that_had_one() -> None:
    events = [spoken(source=["amount"]), spoken(source=["grant_period"]), spoken(source=[])]
    message = said(AskSource(), tracker(events=events))
    assert message["response"] == "utter_ask_source__quote"
    assert message["quotes"] == ["Avustus on käytössä ajalla 1.7.2021-30.6.2022."]


def test_figures_are_not_the_announcements() -> None:
    message = said(AskSource(), tracker(events=[spoken(source=["threshold"], figures=True)]))
    assert message["response"] == "utter_ask_source__figures"


def test_without_an_answer_the_announcement_itself() -> None:
    assert said(AskSource(), tracker()) == {"response": "utter_ask_source__announcement"}
