"""Slack, in place of Rasa's channel, which forgets what it was delivered: /webhooks/slack/...

    POST events        messages to the bot, mentions of it, its home
    POST interactions  buttons
    POST commands      /haku

Off unless SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are set: see docs/slack.md.
"""

import html
import json
import logging
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NamedTuple

import aiohttp
from sanic import Sanic
from sanic import response as reply
from sanic.request import Request
from sanic.response import HTTPResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.call.clock import now
from bot.channels import slack_blocks
from bot.channels.deliveries import sender_of, spoken
from bot.channels.platform import LONGEST, Handler, PlatformChannel, PlatformServer
from bot.channels.slack_settings import SlackSettings
from bot.channels.turn import Asked
from bot.language import DEFAULT

logger = logging.getLogger(__name__)

NAME = "slack"
TITLE = "Hakuneuvoja"
TRIES = 4
MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
Payload = dict[str, Any]
Answer = dict[str, Any]


class Place(NamedTuple):
    """Where somebody speaks with the bot, and where it answers."""

    team: str
    channel: str
    thread: str | None
    user: str

    @property
    def sender(self) -> str:
        """A conversation of each person in each thread: what is private stays there."""
        return sender_of(NAME, self.team, self.channel, self.thread or "", self.user)


class Server(PlatformServer[SlackSettings]):
    """Takes what Slack delivers, and answers through its Web API."""

    channel = NAME

    def __init__(self, settings: SlackSettings) -> None:
        super().__init__(settings)
        self.verifier = SignatureVerifier(settings.signing_secret.get_secret_value())

    def routes(self) -> dict[str, Handler]:
        return {
            handler.__name__: partial(self.checked, handler)
            for handler in (self.events, self.interactions, self.commands)
        }

    async def start(self, app: Sanic, _: Any) -> None:
        await super().start(app, _)
        self.client = AsyncWebClient(
            self.settings.bot_token.get_secret_value(),
            base_url=self.settings.api,
            session=self.session,
            retry_handlers=_retries(),
        )

    async def checked(self, handler: Handler, request: Request) -> HTTPResponse:
        """Acknowledge what Slack has signed within five minutes; work on it afterwards."""
        try:
            signed = self.verifier.is_valid(
                request.body,
                request.headers.get("x-slack-request-timestamp", ""),
                request.headers.get("x-slack-signature", ""),
            )
        except ValueError:  # a timestamp that is no number
            signed = False
        if not signed:
            logger.warning("Slack: a request was refused: it is not signed, or not lately")
            return reply.empty(401)
        try:
            return await handler(request)
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            logger.warning("Slack: a request was refused: %s", type(error).__name__)
            return reply.empty(400)

    # What comes in -------------------------------------------------------------------------------

    async def events(self, request: Request) -> HTTPResponse:
        body = json.loads(request.body)
        if body["type"] == "url_verification":
            return reply.json({"challenge": body["challenge"]})
        event = body["event"]
        if event["type"] == "app_home_opened" and event.get("tab") == "home":
            place = Place(body["team_id"], event["channel"], None, event["user"])
            self.deliveries.after(place.sender, partial(self._show_home, event["user"]))
        elif _is_asked(event):
            thread = event.get("thread_ts")
            if event["type"] == "app_mention":
                thread = thread or event["ts"]
            place = Place(body["team_id"], event["channel"], thread, event["user"])
            bots = [each.get("user_id") for each in body.get("authorizations") or []]
            text = _plain(event["text"], [each for each in bots if each])
            if text:
                asked = Asked(event["ts"], text[:LONGEST])
                self._take(place, asked, partial(self._post, place))
        return reply.empty(200)

    async def interactions(self, request: Request) -> HTTPResponse:
        payload = json.loads(request.form["payload"][0])
        if payload["type"] == "block_actions" and "value" in payload["actions"][0]:
            self._press(payload, payload["actions"][0])
        return reply.empty(200)

    async def commands(self, request: Request) -> HTTPResponse:
        form = {name: values[0] for name, values in request.form.items()}
        place = Place(form["team_id"], form["channel_id"], None, form["user_id"])
        text = form.get("text", "").strip()[:LONGEST] or "/ask_help"
        say = partial(self._respond, self._hook(form["response_url"]))
        self._take(place, Asked(form["trigger_id"], text), say)
        return reply.empty(200)

    def _press(self, payload: Payload, action: Payload) -> None:
        """A button was pressed: mark which, and answer where it stood."""
        user, team = payload["user"]["id"], payload["user"]["team_id"]
        title = action["text"]["text"]
        asked = Asked(action["action_ts"], action["value"][:LONGEST], title[:200])
        container = payload["container"]
        if container["type"] == "view":  # in the app's home: answered in the person's own chat
            self.deliveries.after(user, partial(self._answer_from_home, team, user, asked))
            return
        pressed = payload["message"]
        place = Place(team, container["channel_id"], container.get("thread_ts"), user)
        blocks = slack_blocks.chosen(pressed.get("blocks") or [], title)
        if container.get("is_ephemeral"):
            hook = self._hook(payload["response_url"])
            mark: Callable[[], Awaitable[object]] = partial(
                hook.send, text=title, blocks=blocks, replace_original=True
            )
            say = partial(self._respond, hook)
        else:
            mark = partial(
                self.client.chat_update,
                channel=place.channel,
                ts=container["message_ts"],
                text=pressed.get("text") or title,
                blocks=blocks,
            )
            say = partial(self._post, place)
        self.deliveries.after(place.sender, mark)
        self._take(place, asked, say)

    def _take(self, place: Place, asked: Asked, say: Callable[[Answer], Awaitable[None]]) -> None:
        self.deliveries.take(place.sender, asked, say, partial(self._locale, place.user))

    # What goes out -------------------------------------------------------------------------------

    async def _post(self, place: Place, answer: Answer) -> None:
        await self.client.chat_postMessage(
            channel=place.channel,
            thread_ts=place.thread,
            **slack_blocks.message(answer, self.settings.address),
        )

    async def _respond(self, hook: AsyncWebhookClient, answer: Answer) -> None:
        """To the person alone, as commands are answered."""
        said = slack_blocks.message(answer, self.settings.address)
        await hook.send(
            text=said["text"],
            blocks=said["blocks"],
            response_type="ephemeral",
            replace_original=False,
        )

    def _hook(self, address: str) -> AsyncWebhookClient:
        if not address.startswith(self.settings.hooks):
            raise ValueError("its response_url is not Slack's")
        return AsyncWebhookClient(address, session=self.session, retry_handlers=_retries())

    async def _locale(self, user: str) -> str | None:
        try:
            found = await self.client.users_info(user=user, include_locale=True)
        except (SlackApiError, aiohttp.ClientError):
            return None  # the bot answers all the same, in Finnish
        locale: str | None = (found.get("user") or {}).get("locale")
        return locale

    async def _show_home(self, user: str) -> None:
        language = spoken(await self._locale(user)) or DEFAULT
        wording = self.agent.nlg.wording
        moment = wording.moment(now())
        topics = wording.about("utter_greet")["next"]
        answer = {
            "text": wording.text("utter_greet", language, moment),
            "buttons": wording.quick_replies(topics, language, moment),
        }
        await self.client.views_publish(
            user_id=user, view=slack_blocks.home_tab(TITLE, answer, self.settings.address)
        )

    async def _answer_from_home(self, team: str, user: str, asked: Asked) -> None:
        opened = await self.client.conversations_open(users=user)
        place = Place(team, opened["channel"]["id"], None, user)
        self._take(place, asked, partial(self._post, place))


class Slack(PlatformChannel):
    """See the module."""

    settings_class = SlackSettings
    server_class = Server


def _retries() -> list[Any]:
    """Again only where Slack did not take it: never the same twice."""
    return [
        AsyncConnectionErrorRetryHandler(TRIES, error_types=[aiohttp.ClientConnectorError]),
        AsyncRateLimitErrorRetryHandler(TRIES),
        AsyncServerErrorRetryHandler(TRIES),
    ]


def _is_asked(event: Payload) -> bool:
    """A person's own message, to the bot: neither an edit, nor a bot's, nor what others say."""
    to_bot = event["type"] == "app_mention" or (
        event["type"] == "message" and event.get("channel_type") == "im"
    )
    own = not event.get("subtype") and not event.get("bot_id") and not event.get("edited")
    return bool(to_bot and own and event.get("user") and event.get("text"))


def _plain(text: str, bots: list[str]) -> str:
    """What a person sees of a message: without mentions of the bot and Slack's marks."""

    def seen(found: re.Match[str]) -> str:
        target, label = found[1], found[2]
        if target[:1] == "@":
            return " " if target[1:] in bots else (label or " ")
        if target[:1] in ("#", "!"):
            return label or " "
        return label or target.removeprefix("mailto:")

    return " ".join(html.unescape(MARK.sub(seen, text)).split())
