"""Rasa's message processor, with a model's graph and custom actions that cost little."""

import asyncio
import gc
from typing import Any

import rasa_sdk.interfaces
from jsonschema import Draft202012Validator
from rasa.core.actions.action import Action, ActionExecutionRejection, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import ActionExecutionRejected, BotUttered, Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.runner import SequentialRunner

ACTION_RESULT = Draft202012Validator(RemoteAction.action_response_format_spec())


class ActionTimeout(Exception):
    """The action server did not answer in time."""


class ActionServer(EndpointConfig):
    """An action endpoint with `timeout` in seconds; Rasa itself waits five minutes."""

    @classmethod
    def of(cls, endpoint: EndpointConfig) -> "ActionServer":
        server = cls.__new__(cls)
        server.__dict__.update(endpoint.__dict__)
        return server

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        seconds = float(self.kwargs.get("timeout", 5))
        try:
            return await asyncio.wait_for(self._answer(*args, **kwargs), seconds)
        except asyncio.TimeoutError as error:
            raise ActionTimeout(f"no answer from {self.url} within {seconds:g} s") from error

    async def _answer(self, *args: Any, **kwargs: Any) -> Any:
        return await super().request(*args, **kwargs)


class ActionsInProcess(ActionServer):
    """Runs the actions of the package `in_process` in this server, without network and JSON."""

    executor: ActionExecutor

    @classmethod
    def of(cls, endpoint: EndpointConfig) -> "ActionsInProcess":
        here = super().of(endpoint)
        here.executor = ActionExecutor()
        here.executor.register_package(endpoint.kwargs["in_process"])
        return here

    async def _answer(self, *, json: dict[str, Any], **kwargs: Any) -> Any:
        try:
            return await self.executor.run(json)
        except rasa_sdk.interfaces.ActionExecutionRejection as rejection:
            raise ActionExecutionRejection(rejection.action_name, rejection.message) from rejection


class CustomAction(RemoteAction):
    """Rasa's remote action, its result checked by a schema that is compiled once (25 ms a call).

    Forms make remote actions of their own, without this.
    """

    def _validate_action_result(self, result: Any) -> bool:
        ACTION_RESULT.validate(result)
        return True


class Processor(MessageProcessor):
    """Rasa's processor, but for how it runs the model and custom actions (see endpoints.yml)."""

    @classmethod
    def of(cls, plain: MessageProcessor) -> "Processor":
        """Take over a processor, with the model that it has loaded."""
        processor = cls.__new__(cls)
        processor.__dict__.update(plain.__dict__)
        processor.graph_runner = SequentialRunner.of(plain.graph_runner)
        if (endpoint := plain.action_endpoint) is not None:
            kind = ActionsInProcess if "in_process" in endpoint.kwargs else ActionServer
            processor.action_endpoint = kind.of(endpoint)
        return processor

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Nothing: Rasa would make a domain each time; `rasa data validate` checks the same."""

    async def execute_side_effects(
        self, events: list[Event], tracker: DialogueStateTracker, output_channel: OutputChannel
    ) -> None:
        """Say what was said, stored before: most channels answer after the turn, others at once."""
        at_once = type(output_channel) is not CollectingOutputChannel
        if at_once and any(isinstance(event, BotUttered) for event in events):
            await self.save_tracker(tracker)
        await super().execute_side_effects(events, tracker, output_channel)

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Nothing: what a person has told does not belong into a log."""

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: list[Event] | None,
        prediction: PolicyPrediction,
    ) -> None:
        """Add what an action did; Rasa also copies each event for its debug log (6 % of a turn)."""
        if not any(isinstance(event, ActionExecutionRejected) for event in events or ()):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events or [], self.domain)

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if isinstance(action, RemoteAction):
            action = CustomAction(action.name(), self.action_endpoint)
        return action, prediction


def take_over(agent: Agent) -> None:
    """Give a loaded agent this processor: Rasa has no setting for it.

    A model that the agent loads later is run by Rasa's own, slower, with the same actions.
    """
    if agent.processor is not None:
        agent.processor = Processor.of(agent.processor)
        agent.action_endpoint = agent.processor.action_endpoint
    # At rest while loading (bot/server.py). What is loaded stays: to search all of it for garbage
    # would hold answers up for half a second.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
