"""A person's turn, on whatever channel: what was asked, and the answers as they are said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import Event, UserUttered

from bot.call.announcement import announcement

QUICK = 0.05  # seconds between looks at a lock; Rasa looks once a second


@dataclass(frozen=True)
class Asked:
    """A message as the person's program sent it; `title` is what the person saw of a payload."""

    id: str
    text: str
    title: str | None = None


class Stream(OutputChannel):
    """Passes each answer on at the moment at which it is said."""

    def __init__(self, pass_on: Callable[[dict[str, Any]], None]) -> None:
        self.pass_on = pass_on

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.pass_on(bot_message(message))


async def answer(
    agent: Agent, channel: str, sender: str, asked: Asked, stream: OutputChannel
) -> None:
    """Answer what was asked; whoever calls holds the conversation's lock."""
    metadata = {"title": asked.title} if asked.title else None
    await agent.processor.handle_message(
        UserMessage(
            asked.text,
            stream,
            sender,
            input_channel=channel,
            message_id=asked.id,
            metadata=metadata,
        )
    )


def turn_of(events: Iterable[Event], asked: str) -> list[Event] | None:
    """The events after the message of this id, up to the person's next one."""
    turn: list[Event] | None = None
    for event in events:
        if isinstance(event, UserUttered):
            if turn is not None:
                break
            if event.message_id == asked:
                turn = []
        elif turn is not None:
            turn.append(event)
    return turn


def moment_of(event: Event) -> datetime:
    return datetime.fromtimestamp(event.timestamp, timezone.utc)


def bot_message(message: dict[str, Any]) -> dict[str, Any]:
    """An answer as the chat gets it, the announcement's sentences behind it beside it."""
    quotes = [
        quote for fact in message.get("source") or () for quote in announcement().sources(fact)
    ]
    return {
        "id": str(message["timestamp"]),
        "speaker": "bot",
        "text": message["text"],
        "language": message.get("language"),
        "buttons": message.get("buttons") or [],
        "attachment": (message.get("attachment") or {}).get("payload"),
        "sources": quotes,
        "pictures": message.get("pictures") or [],
        "response": message.get("utter_action"),
        "at": datetime.fromtimestamp(message["timestamp"], timezone.utc).isoformat(),
    }
