"""Rasa's REST channel, made safe: bad input is named, no failure is silent or logged with text."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, Sanic
from sanic.exceptions import InvalidUsage
from sanic.request import Request

from bot.policy import UNAVAILABLE
from bot.processor import take_over

logger = logging.getLogger(__name__)

LONGEST_SENDER = 255  # what the tracker store's column holds
LONGEST_MESSAGE = 10_000  # characters


class Rest(RestInput):
    """POST /webhooks/rest/webhook {"sender": "...", "message": "..."}, as Rasa's own channel."""

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        agent: list[Agent] = []

        async def answer(message: UserMessage) -> None:
            try:
                await on_new_message(message)
            except Exception:
                # Rasa's channel would log the text with the error.
                logger.exception("A message on channel %s failed", message.input_channel)
                await apologise(agent[0], message)

        blueprint: Blueprint = super().blueprint(answer)

        @blueprint.listener("after_server_start")
        async def take_agent(app: Sanic, _: Any) -> None:
            agent.append(app.ctx.agent)
            take_over(app.ctx.agent)

        return blueprint

    async def _extract_sender(self, req: Request) -> str | None:
        sender = _field(req, "sender")
        if sender is not None and len(sender) > LONGEST_SENDER:
            raise InvalidUsage(f'"sender" is longer than {LONGEST_SENDER} characters')
        return sender or None

    def _extract_message(self, req: Request) -> str:
        message = _field(req, "message") or ""
        if len(message) > LONGEST_MESSAGE:
            raise InvalidUsage(f'"message" is longer than {LONGEST_MESSAGE} characters')
        return message

    def _extract_input_channel(self, req: Request) -> str:
        return str(self.name())

    def get_metadata(self, request: Request) -> dict[str, Any] | None:
        return None


def _field(request: Request, name: str) -> str | None:
    """A text of the request's JSON object; anything else is answered by 400 with the reason."""
    if not isinstance(request.json, dict):
        raise InvalidUsage('the body has to be a JSON object with "sender" and "message"')
    value = request.json.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidUsage(f'"{name}" has to be a text')
    return value


async def apologise(agent: Agent, message: UserMessage) -> None:
    """Say that no answer can be given now, with the contacts."""
    tracker: DialogueStateTracker = await agent.tracker_store.get_or_create_tracker(
        message.sender_id, append_action_listen=False
    )
    channel = message.output_channel
    if channel is not None:
        response = await agent.nlg.generate(UNAVAILABLE, tracker, channel.name())
        await channel.send_response(message.sender_id, response or {})
