import asyncio
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.readiness import ReadinessStop, ReadinessSummary, ValidateReadinessForm
from tests.actions.talk import run, tracker
from tests.conftest import MOMENTS

KEYS = ["service", "customers", "role", "partners", "rooting", "other_centres", "attachments"]


def filled(**answers: str) -> dict[str, Any]:
    slots = dict.fromkeys(KEYS, "done") | {"municipality": "Espoo", "submission": "paper"} | answers
    return {f"readiness__{key}": value for key, value in slots.items()}


def forgotten(events: list[dict[str, Any]]) -> bool:
    return {event["name"] for event in events} == set(filled()) and all(
        event["value"] is None for event in events
    )


@pytest.fixture(autouse=True)
def open_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAKUNEUVOJA_NOW", MOMENTS["open"])


def test_the_summary_lists_what_is_open_and_forgets_the_answers() -> None:
    slots = filled(role="under_way", attachments="not_begun")
    (message,), events = run(ReadinessSummary(), tracker(slots=slots))
    assert message["response"] == "utter_readiness__summary_open"
    assert [point["response"] for point in message["points"]] == [
        "utter_readiness__under_way", "utter_readiness__not_begun",
    ]  # fmt: skip
    assert message["points"][0]["point"] == {"response": "utter_readiness__point_role"}
    assert message["submission"] == {"response": "utter_readiness__paper"}
    assert forgotten(events)


def test_with_everything_done() -> None:
    (message,), _ = run(ReadinessSummary(), tracker(slots=filled()))
    assert message["response"] == "utter_readiness__summary_ready"


def test_after_the_close_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    form, dispatcher = ValidateReadinessForm(), CollectingDispatcher()
    asked = list(filled())
    assert asyncio.run(form.required_slots(asked, dispatcher, tracker(), {})) == asked
    monkeypatch.setenv("HAKUNEUVOJA_NOW", MOMENTS["closed"])
    assert asyncio.run(form.required_slots(asked, dispatcher, tracker(), {})) == []
    (message,), events = run(ReadinessSummary(), tracker())
    assert message["response"] == "utter_readiness__closed"
    assert forgotten(events)


@pytest.mark.parametrize(
    ("value", "kept", "note"),
    [
        ("Espoo", "Espoo", []),
        (["Oulu", "Espoo"], "Oulu", []),
        ("Kuopio", "Kuopio", ["utter_readiness__not_eligible"]),
        ("Atlantis", None, []),
        ({"a": 1}, None, []),
    ],
)
def test_the_municipality_is_checked(value: Any, kept: str | None, note: list[str]) -> None:
    dispatcher = CollectingDispatcher()
    slots = ValidateReadinessForm().validate_readiness__municipality(
        value, dispatcher, tracker(), {}
    )
    assert slots == {"readiness__municipality": kept}
    assert [message["response"] for message in dispatcher.messages] == note


def test_stopping_forgets_the_answers() -> None:
    (message,), events = run(ReadinessStop(), tracker())
    assert message["response"] == "utter_readiness__stopped"
    assert forgotten(events)
