"""Microsoft Teams, in place of Rasa's Bot Framework channel: POST /webhooks/teams/messages.

Off unless TEAMS_APP_ID and its credential are set: see docs/teams.md.
"""

import asyncio
import html
import logging
from contextlib import suppress
from typing import Any

import aiohttp
from sanic import Sanic
from sanic import response as reply
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.deliveries import sender_of
from bot.channels.platform import LONGEST, Handler, PlatformChannel, PlatformServer
from bot.channels.teams_card import message
from bot.channels.teams_connector import Connector
from bot.channels.teams_settings import TeamsSettings
from bot.channels.teams_token import NotTeams, Tokens
from bot.channels.turn import Asked

logger = logging.getLogger(__name__)

NAME = "teams"
Activity = dict[str, Any]


class Server(PlatformServer[TeamsSettings]):
    """Takes activities, and answers them through the connector."""

    channel = NAME

    def routes(self) -> dict[str, Handler]:
        return {"messages": self.receive}

    async def start(self, app: Sanic, _: Any) -> None:
        await super().start(app, _)
        self.tokens = Tokens(self.settings.app_id, self.settings.keys, self.session)
        self.connector = Connector(self.settings, self.session)

    async def receive(self, request: Request) -> HTTPResponse:
        """Acknowledge what really comes from Teams; the answer is posted afterwards."""
        try:
            activity = _activity(request)
            await self.tokens.check(request.headers.get("authorization"), activity)
            if not activity["serviceUrl"].startswith(self.settings.services):
                raise NotTeams("its serviceUrl is not in `services`", 403)
            self._take(activity)
        except NotTeams as refusal:
            logger.warning("Teams: a request was refused: %s", refusal)
            return reply.empty(refusal.status)
        return reply.empty(200)

    def _take(self, activity: Activity) -> None:
        async def say(answer: dict[str, Any]) -> None:
            await self.connector.post(activity, message(answer, self.settings.address))

        async def locale() -> str | None:
            return activity.get("locale")

        sender = sender_of(NAME, activity["conversation"]["id"], activity["from"]["id"])
        if activity["type"] == "conversationUpdate" and _joined(activity):
            self.deliveries.greet(sender, Asked(activity["id"], "/greet"), say, locale)
        asked = _asked(activity) if activity["type"] == "message" else None
        if asked is not None:
            self.deliveries.after(sender, lambda: self._type(activity))
            self.deliveries.take(sender, asked, say, locale)

    async def _type(self, activity: Activity) -> None:
        """Shown until the answer comes; not worth a second try."""
        with suppress(aiohttp.ClientError, asyncio.TimeoutError):
            await self.connector.post(activity, {"type": "typing"}, tries=1)


class Teams(PlatformChannel):
    """See the module."""

    settings_class = TeamsSettings
    server_class = Server


def _activity(request: Request) -> Activity:
    """Raises NotTeams for a body that is no activity with all that an answer needs."""
    activity = request.json
    try:
        for party in ("from", "recipient", "conversation"):
            if not isinstance(activity[party]["id"], str):
                raise NotTeams(f"its {party} has no id", 400)
        if not all(isinstance(activity[each], str) for each in ("type", "serviceUrl")):
            raise NotTeams("its type or serviceUrl is no text", 400)
        if activity["type"] == "message" and not activity.get("id"):
            raise NotTeams("it is a message without an id", 400)
        return {"id": "", **activity}
    except (LookupError, TypeError, AttributeError):
        raise NotTeams("it is no activity", 400) from None


def _joined(activity: Activity) -> bool:
    """Whether a person's own chat with the bot begins; in channels nobody is greeted."""
    added = [each.get("id") for each in activity.get("membersAdded") or []]
    personal = activity["conversation"].get("conversationType", "personal") == "personal"
    return personal and activity["recipient"]["id"] in added


def _asked(activity: Activity) -> Asked | None:
    """What a message says, or what the button meant that was clicked; None says nothing."""
    chosen = activity.get("value")
    if isinstance(chosen, dict) and isinstance(chosen.get("payload"), str):
        return Asked(
            activity["id"], chosen["payload"][:LONGEST], str(chosen.get("title", ""))[:200]
        )
    text = activity.get("text") or ""
    for entity in activity.get("entities") or []:
        mentioned = entity.get("mentioned") or {}
        to_bot = mentioned.get("id") == activity["recipient"]["id"]
        if entity.get("type") == "mention" and to_bot and entity.get("text"):
            text = text.replace(entity["text"], " ")
    text = html.unescape(text).replace("\xa0", " ").strip()
    return Asked(activity["id"], text[:LONGEST]) if text else None
