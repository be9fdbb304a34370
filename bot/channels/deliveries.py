"""What a platform delivers: each message once, and a person's messages one after the other."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.shared.core.events import SlotSet

from bot.channels.turn import QUICK, Asked, Stream, answer, turn_of
from bot.language import LANGUAGES, Language

logger = logging.getLogger(__name__)

Say = Callable[[dict[str, Any]], Awaitable[None]]
Locale = Callable[[], Awaitable[str | None]]


class Deliveries:
    """Works on what was taken after it was acknowledged; keeps the order of each person's messages.

    Platforms deliver again what they believe lost: what the conversation holds already, by the
    platform's own id of it, is not asked again, also after a restart.
    """

    def __init__(self, agent: Agent, channel: str) -> None:
        self.agent = agent
        self.channel = channel
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, sender: str, asked: Asked, say: Say, locale: Locale) -> None:
        """Answer soon: `say` posts an answer, `locale` tells the language of the person's app."""
        self.after(sender, lambda: self._turn(sender, asked, say, locale))

    def greet(self, sender: str, asked: Asked, say: Say, locale: Locale) -> None:
        """As `take`, for somebody with whom nothing was said yet."""

        async def work() -> None:
            if not (await self.agent.tracker_store.retrieve(sender)).events:
                await self._turn(sender, asked, say, locale)

        self.after(sender, work)

    def after(self, sender: str, work: Callable[[], Awaitable[object]]) -> None:
        """Do something once all that came before in this conversation is done."""
        queue = self._queues.setdefault(sender, asyncio.Lock())

        async def wait() -> None:
            async with queue:
                try:
                    await work()
                except Exception:
                    logger.exception("A message on channel %s failed", self.channel)

        task = asyncio.create_task(wait())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Before the server stops: let what was acknowledged be answered."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def _turn(self, sender: str, asked: Asked, say: Say, locale: Locale) -> None:
        answers: list[dict[str, Any]] = []
        async with self.agent.lock_store.lock(sender, wait_time_in_seconds=QUICK):
            tracker = await self.agent.tracker_store.retrieve(sender)
            if turn_of(tracker.events, asked.id) is not None:
                return
            if not tracker.events and (language := spoken(await locale())):
                # What the person writes decides; this is for messages that do not tell.
                begun = await self.agent.processor.fetch_tracker_with_initial_session(sender)
                begun.update(SlotSet("language", language))
                await self.agent.tracker_store.save(begun)
            await answer(self.agent, self.channel, sender, asked, Stream(answers.append))
        for each in answers:
            await say(each)


def sender_of(channel: str, *identity: str) -> str:
    """A conversation's name in the database: tells nothing of who takes part."""
    digest = hashlib.sha256(json.dumps(identity).encode()).hexdigest()
    return f"{channel}-{digest}"


def spoken(locale: str | None) -> Language | None:
    """The language of a locale such as sv-FI, if the assistant speaks it."""
    code = (locale or "")[:2].lower()
    return next((each for each in LANGUAGES if each == code), None)
