"""The website's conversations: whose token is good for how long, and what was said."""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.call.announcement import announcement
from bot.language import Language
from bot.tracker_store import LiveTrackerStore

NAME = "web"
RATINGS = "ratings"  # the slot that holds them, by the answer's id
VALUES = ("up", "down")
TOKEN_BYTES = 32
LONGEST = 2000  # characters of a message; the chat counts them
GREETING = "greeting"  # the id of the message that the chat sends for the person at the start
QUICK = 0.05  # seconds between looks at a lock; Rasa looks once a second


class Stream(OutputChannel):
    """Passes each answer on at the moment at which it is said."""

    def __init__(self, pass_on: Callable[[dict[str, Any]], None]) -> None:
        self.pass_on = pass_on

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.pass_on(bot_message(message))


class Gone(Exception):
    """No conversation goes by this token, or it was left too long ago."""


@dataclass(frozen=True)
class Asked:
    """A message as the person's program sent it; `title` is what the person saw of a payload."""

    id: str
    text: str
    title: str | None = None


class Conversations:
    """Those of one server. A token is known to the person alone: stored is only its digest."""

    def __init__(self, agent: Agent, kept: timedelta) -> None:
        self.agent = agent
        self.kept = kept

    async def begin(self, language: Language, stream: OutputChannel) -> str:
        """A new conversation, greeted in a language: its token."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        greeting = Asked(GREETING, f'/greet{{"language": "{language}"}}')
        await self._answer(_sender(token), greeting, stream)
        return token

    async def ask(self, token: str, asked: Asked, stream: OutputChannel) -> None:
        """Answer a message; one that was answered before is not asked again. Raises Gone."""
        sender = _sender(token)
        async with self._locked(sender):
            tracker = await self._live(sender)
            turn = _turn(tracker.events, asked.id)
            if turn is None:
                await self._answer(sender, asked, stream)
                return
        for event in turn:
            if isinstance(event, BotUttered):
                await stream.send_response(sender, event.message())

    async def require(self, token: str) -> None:
        """Raises Gone."""
        await self._live(_sender(token))

    async def said(self, token: str) -> list[dict[str, Any]]:
        """All messages of a conversation, oldest first. Raises Gone."""
        sender = _sender(token)
        async with self._locked(sender):
            await self._live(sender)
            tracker = await self.agent.tracker_store.retrieve_full_tracker(sender)
        ratings = (tracker.get_slot(RATINGS) or {}) if tracker else {}
        return [*_messages(tracker.events if tracker else (), ratings)]

    async def rate(self, token: str, message: str, value: str | None) -> bool:
        """Keep what the person thinks of an answer; False without such an answer. Raises Gone."""
        sender = _sender(token)
        async with self._locked(sender):
            tracker = await self._live(sender)
            full = await self.agent.tracker_store.retrieve_full_tracker(sender)
            said = [event for event in full.events if isinstance(event, BotUttered)]
            if all(message_id(event) != message for event in said):
                return False
            ratings = {**(tracker.get_slot(RATINGS) or {}), message: value}
            tracker.update(SlotSet(RATINGS, {key: each for key, each in ratings.items() if each}))
            await self.agent.tracker_store.save(tracker)
        return True

    async def end(self, token: str) -> None:
        """Delete a conversation; one that is gone already is no error."""
        sender = _sender(token)
        async with self._locked(sender):
            await self._store.delete(sender)

    def forget(self, stored: timedelta) -> None:
        """Delete the conversations of this channel in which nothing was said for so long."""
        before = datetime.now(timezone.utc) - stored
        self._store.delete_silent_since(before, f"{NAME}-%")

    @property
    def _store(self) -> LiveTrackerStore:
        """Rasa wraps the store of endpoints.yml in one that knows only its own methods."""
        store: LiveTrackerStore = self.agent.tracker_store._tracker_store
        return store

    def _locked(self, sender: str) -> Any:
        return self.agent.lock_store.lock(sender, wait_time_in_seconds=QUICK)

    async def _live(self, sender: str) -> DialogueStateTracker:
        tracker: DialogueStateTracker = await self.agent.tracker_store.retrieve(sender)
        if not tracker.events:
            raise Gone
        left = datetime.now(timezone.utc) - _at(tracker.events[-1])
        if left > self.kept:
            raise Gone
        return tracker

    async def _answer(self, sender: str, asked: Asked, stream: OutputChannel) -> None:
        metadata = {"title": asked.title} if asked.title else None
        await self.agent.processor.handle_message(
            UserMessage(
                asked.text,
                stream,
                sender,
                input_channel=NAME,
                message_id=asked.id,
                metadata=metadata,
            )
        )


def _sender(token: str) -> str:
    return f"{NAME}-{hashlib.sha256(token.encode()).hexdigest()}"


def _at(event: Event) -> datetime:
    return datetime.fromtimestamp(event.timestamp, timezone.utc)


def _turn(events: Iterable[Event], asked: str) -> list[Event] | None:
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


def _messages(events: Iterable[Event], ratings: dict[str, str]) -> Iterable[dict[str, Any]]:
    for event in events:
        if isinstance(event, UserUttered) and event.message_id != GREETING:
            title = (event.metadata or {}).get("title")
            yield {
                "id": event.message_id,
                "speaker": "person",
                "text": title or event.text,
                "at": _at(event).isoformat(),
            }
        elif isinstance(event, BotUttered):
            yield bot_message(event.message()) | {"rating": ratings.get(message_id(event))}


def message_id(event: BotUttered) -> str:
    """What an answer goes by: its time of storage, to the microsecond."""
    return str(event.timestamp)


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
