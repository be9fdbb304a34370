"""How long a channel's conversations are stored: until nothing was said in them for so long."""

import asyncio
import logging
from datetime import datetime, timedelta, timezone

from rasa.core.agent import Agent

from bot.tracker_store import LiveTrackerStore

logger = logging.getLogger(__name__)


def store_of(agent: Agent) -> LiveTrackerStore:
    """Rasa wraps the store of endpoints.yml in one that knows only its own methods."""
    store: LiveTrackerStore = agent.tracker_store._tracker_store
    return store


async def forget_regularly(agent: Agent, channel: str, stored: timedelta) -> None:
    """Delete the conversations of a channel (senders "channel-...") that are older; never ends."""
    while True:
        try:
            before = datetime.now(timezone.utc) - stored
            store_of(agent).delete_silent_since(before, f"{channel}-%")
        except Exception:
            logger.exception("Old conversations of channel %s could not be deleted", channel)
        await asyncio.sleep(min(stored.total_seconds() / 100, 3600))
