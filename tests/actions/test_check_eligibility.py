from typing import Any

from actions.answering import part
from actions.check_eligibility import MOST, CheckEligibility
from bot.call.municipality import municipalities
from tests.actions.talk import said, tracker


def named(value: str, start: int = 0, **more: Any) -> dict[str, Any]:
    return {"entity": "municipality", "value": value, "start": start} | more


def answers(*entities: dict[str, Any]) -> list[str]:
    message = said(CheckEligibility(), tracker(*entities))
    assert message["response"] == "utter_check_eligibility"
    return [
        answer["response"].removeprefix("utter_check_eligibility__")
        for answer in message["answers"]
    ]


def test_over_and_under_the_threshold() -> None:
    assert answers(named("Lahti")) == ["yes"]
    assert answers(named("Jyväskylä")) == ["no"]


def test_several_in_the_order_of_the_text_each_once() -> None:
    assert answers(named("Kuopio", 20), named("Espoo", 3), named("Kuopio", 40)) == ["yes", "no"]


def test_a_former_municipality_and_a_guess_are_said_first() -> None:
    assert answers(named("Lahti", former="Nastola")) == ["former", "yes"]
    assert answers(named("Helsinki", guessed=True)) == ["guessed", "yes"]


def test_a_place_that_is_no_municipality() -> None:
    assert answers({"entity": "place", "value": "Tukholma"}) == ["place"]


def test_what_is_no_municipality_is_asked_for() -> None:
    for entities in ([], [named("Atlantis")]):
        message = said(CheckEligibility(), tracker(*entities))
        assert message == {"response": "utter_check_eligibility__which"}


def test_each_of_several_municipalities_gets_its_answer_and_a_crowd_is_told_to_ask_again() -> None:
    everybody = [named(each.name_fi, place) for place, each in enumerate(municipalities().all())]
    assert len(answers(*everybody[:MOST])) == MOST
    message = said(CheckEligibility(), tracker(*everybody[: MOST + 1]))
    *given, last = message["answers"]
    assert len(given) == MOST
    assert last == part("utter_check_eligibility__most", amount=MOST)


def test_a_body_named_after_a_municipality_is_not_the_municipality() -> None:
    university = {"entity": "organisation", "value": "education", "start": 17, "end": 27}
    to = tracker(named("Helsinki", 6, end=16), university)
    assert said(CheckEligibility(), to) == {"response": "utter_ask_eligibility_organisation"}
    to = tracker(named("Helsinki", 30, end=38), university)
    assert said(CheckEligibility(), to)["response"] == "utter_check_eligibility"
