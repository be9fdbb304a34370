"""Custom actions in this process and elsewhere: the same results, checked, and in time."""

import asyncio
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.utils.endpoints import EndpointConfig

from bot.processor import ActionsInProcess, ActionTimeout, CustomAction

CALL: dict[str, Any] = {
    "next_action": "action_list_eligible_municipalities",
    "sender_id": "person",
    "tracker": {"sender_id": "person", "slots": {}, "latest_message": {}, "events": []},
}


def in_process(**settings: Any) -> ActionsInProcess:
    return ActionsInProcess.of(EndpointConfig(in_process="actions", **settings))


def test_the_projects_actions_run_without_an_action_server() -> None:
    result = asyncio.run(in_process().request(json=CALL, method="post"))
    (response,) = result["responses"]
    assert response["response"] == "utter_list_eligible_municipalities"
    assert response["municipalities"][0] == "Helsinki"


def test_an_action_that_waits_too_long_is_given_up() -> None:
    endpoint = in_process(timeout=0.01)

    async def wait(*_: Any) -> list[Any]:
        await asyncio.sleep(5)
        return []

    endpoint.executor.actions["action_list_eligible_municipalities"] = wait
    with pytest.raises(ActionTimeout):
        asyncio.run(endpoint.request(json=CALL))


@pytest.mark.parametrize("result", [{"events": "none"}, {"events": [{"event": 5}]}, []])
def test_a_result_of_another_form_is_refused(result: Any) -> None:
    with pytest.raises(ValidationError):
        CustomAction("action_x", None)._validate_action_result(result)


def test_a_result_of_the_right_form_passes() -> None:
    result = {"events": [{"event": "slot", "name": "language", "value": "sv"}], "responses": []}
    assert CustomAction("action_x", None)._validate_action_result(result)
