"""Custom actions in this process and elsewhere: the same results, checked, and in time."""

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.agent import load_agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig

from bot.processor import ActionsInProcess, ActionTimeout, CustomAction, take_over
from bot.serve import MODEL, ROOT

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


class Witness(OutputChannel):
    """A channel that says each answer at once, and looks up what is stored at that moment."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.said: list[str] = []
        self.stored: list[str] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.said.append(message["text"])
        with sqlite3.connect(self.database) as connection:
            query = "select data from events where type_name = 'bot' order by id desc limit 1"
            (data,) = connection.execute(query).fetchone()
        self.stored.append(data)


def test_what_is_said_at_once_is_stored_before(tmp_path: Path) -> None:
    database = tmp_path / "conversations.sqlite"

    async def talk(witness: Witness) -> None:
        endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
        endpoints.tracker_store.kwargs["db"] = str(database)
        agent = await load_agent(str(MODEL), endpoints=endpoints)
        take_over(agent)
        await agent.handle_message(UserMessage("kuka voi hakea ja mikä on määräaika?", witness))

    witness = Witness(database)
    asyncio.run(talk(witness))
    assert len(witness.said) == 2
    assert "vieraskielistä" in witness.said[0]
    for text, data in zip(witness.said, witness.stored, strict=True):
        assert json.loads(data)["text"] == text
