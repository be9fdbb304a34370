"""The website's conversations: whose token is good for how long, and what was said."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.retention import store_of
from bot.channels.turn import QUICK, Asked, answer, bot_message, moment_of, turn_of
from bot.language import Language

NAME = "web"
RATINGS = "ratings"  # the slot that holds them, by the answer's id
VALUES = ("up", "down")
TOKEN_BYTES = 32
LONGEST = 2000  # characters of a message; the chat counts them
GREETING = "greeting"  # the id of the message that the chat sends for the person at the start


class Gone(Exception):
    """No conversation goes by this token, or it was left too long ago."""


class Conversations:
    """Those of one server. A token is known to the person alone: stored is only its digest."""

    def __init__(self, agent: Agent, kept: timedelta) -> None:
        self.agent = agent
        self.kept = kept

    async def begin(self, language: Language, stream: OutputChannel) -> str:
        """A new conversation, greeted in a language: its token."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        greeting = Asked(GREETING, f'/greet{{"language": "{language}"}}')
        await answer(self.agent, NAME, _sender(token), greeting, stream)
        return token

    async def ask(self, token: str, asked: Asked, stream: OutputChannel) -> None:
        """Answer a message; one that was answered before is not asked again. Raises Gone."""
        sender = _sender(token)
        async with self._locked(sender):
            tracker = await self._live(sender)
            turn = turn_of(tracker.events, asked.id)
            if turn is None:
                await answer(self.agent, NAME, sender, asked, stream)
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
            await store_of(self.agent).delete(sender)

    def _locked(self, sender: str) -> Any:
        return self.agent.lock_store.lock(sender, wait_time_in_seconds=QUICK)

    async def _live(self, sender: str) -> DialogueStateTracker:
        tracker: DialogueStateTracker = await self.agent.tracker_store.retrieve(sender)
        if not tracker.events:
            raise Gone
        left = datetime.now(timezone.utc) - moment_of(tracker.events[-1])
        if left > self.kept:
            raise Gone
        return tracker


def _sender(token: str) -> str:
    return f"{NAME}-{hashlib.sha256(token.encode()).hexdigest()}"


def _messages(events: Iterable[Event], ratings: dict[str, str]) -> Iterable[dict[str, Any]]:
    for event in events:
        if isinstance(event, UserUttered) and event.message_id != GREETING:
            title = (event.metadata or {}).get("title")
            yield {
                "id": event.message_id,
                "speaker": "person",
                "text": title or event.text,
                "at": moment_of(event).isoformat(),
            }
        elif isinstance(event, BotUttered):
            yield bot_message(event.message()) | {"rating": ratings.get(message_id(event))}


def message_id(event: BotUttered) -> str:
    """What an answer goes by: its time of storage, to the microsecond."""
    return str(event.timestamp)
