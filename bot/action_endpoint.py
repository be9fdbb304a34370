"""Calls to the action server, given up after the time that endpoints.yml sets."""

import asyncio
from typing import Any

from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig


class ActionTimeout(Exception):
    """The action server did not answer in time."""


class TimedEndpoint(EndpointConfig):
    """An action endpoint with `timeout` in seconds; Rasa itself waits five minutes."""

    @classmethod
    def of(cls, endpoint: EndpointConfig) -> "TimedEndpoint":
        timed = cls.__new__(cls)
        timed.__dict__.update(endpoint.__dict__)
        return timed

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        seconds = float(self.kwargs.get("timeout", 5))
        try:
            return await asyncio.wait_for(super().request(*args, **kwargs), seconds)
        except asyncio.TimeoutError as error:
            raise ActionTimeout(f"no answer from {self.url} within {seconds:g} s") from error


def limit_waiting(agent: Agent) -> None:
    """Give the agent's action endpoint its time limit."""
    if agent.processor is not None and agent.processor.action_endpoint is not None:
        agent.processor.action_endpoint = TimedEndpoint.of(agent.processor.action_endpoint)
