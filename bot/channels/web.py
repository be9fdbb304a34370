"""The website's channel: conversations of the chat and of the page's plain form, over HTTP.

    POST   /webhooks/web/conversation  {"language"}          begins one: its token and its greeting
    GET    /webhooks/web/conversation                        all that was said in it
    DELETE /webhooks/web/conversation                        ends it, and deletes it here
    POST   /webhooks/web/messages      {"id", "text"}        asks: answers as server-sent events
    POST   /webhooks/web/ratings       {"message", "value"}  rates an answer: up, down or null

All but the first carry `Authorization: Bearer <token>`. Errors are answered as {"error": code}.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, cast

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic import response as answer
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.retention import forget_regularly
from bot.channels.turn import Asked, Stream
from bot.channels.web_conversation import LONGEST, NAME, VALUES, Conversations, Gone
from bot.channels.web_page import PlainPage
from bot.channels.web_settings import Settings, TooMany
from bot.language import LANGUAGES
from bot.version import BOT, data_version

logger = logging.getLogger(__name__)

API = "/webhooks/web"
LONGEST_ID = 64
LONGEST_TITLE = 200
LARGEST = 65_536  # bytes of a request; Sanic alone would take 100 MB into memory
PRIVATE = {"Cache-Control": "no-store"}
AT_ONCE = {"X-Accel-Buffering": "no"}  # nginx would hold the answers back until the last one
Event = tuple[str, dict[str, Any]]


class Refused(Exception):
    """What the person's program sent cannot be taken; `code` tells programs why."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.status = code, status


class Web(InputChannel):
    """See the module. Its settings stand in credentials.yml."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "Web":
        return cls(Settings.parse_obj(credentials or {}))

    @classmethod
    def name(cls) -> str:
        return NAME

    def url_prefix(self) -> str:
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint(NAME)
        here = Server(self.settings)
        for method, path, handler in (
            ("POST", "/conversation", here.begin),
            ("GET", "/conversation", here.said),
            ("DELETE", "/conversation", here.end),
            ("POST", "/messages", here.ask),
            ("POST", "/ratings", here.rate),
        ):
            blueprint.add_route(
                here.safely(handler), API + path, methods=[method], name=handler.__name__
            )
        here.page.add_to(blueprint)
        blueprint.listener("before_server_start")(here.stand_in_front)
        blueprint.listener("after_server_start")(here.start)
        blueprint.listener("before_server_stop")(here.stop)
        return blueprint


Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


class Server:
    """The handlers, with what they share."""

    agent: Agent
    conversations: Conversations

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.limits = settings.limits()
        self.turns: set[asyncio.Task[None]] = set()
        self.page = PlainPage(self)

    async def stand_in_front(self, app: Sanic, _: Any) -> None:
        """Rasa answers "/" with its version, and sanic-cors every preflight: we come before."""
        app.config.REQUEST_MAX_SIZE = LARGEST
        app.request_middleware.appendleft(self._first)

    async def _first(self, request: Request) -> HTTPResponse | None:
        if request.method == "OPTIONS" and request.path.startswith(API):
            return self._preflight(request)
        if request.method == "GET" and request.path == "/":
            return await self.page.show(request)
        return None

    async def start(self, app: Sanic, _: Any) -> None:
        agent: Agent = app.ctx.agent
        self.agent = agent
        self.conversations = Conversations(agent, self.settings.kept)
        cleaning = forget_regularly(agent, NAME, self.settings.stored)
        self.cleaning = asyncio.create_task(cleaning)

    async def stop(self, app: Sanic, _: Any) -> None:
        self.cleaning.cancel()

    def safely(self, handler: Handler) -> Handler:
        """A handler whose failures are answered with a code, and never logged with the text."""

        async def handle(request: Request) -> HTTPResponse:
            response = await answered(request)
            response.headers.update(self._cors(request))
            return response

        async def answered(request: Request) -> HTTPResponse:
            try:
                self.limits.spend_address(self.address(request))
                return await handler(request)
            except Refused as refusal:
                return _error(refusal.code, refusal.status)
            except TooMany as limit:
                return _error("too_many", 429, {"Retry-After": str(limit.seconds)})
            except Gone:
                return _error("ended", 404)
            except Exception:
                logger.exception("%s %s failed", request.method, request.path)
                return _error("failed", 500)

        return handle

    def _preflight(self, request: Request) -> HTTPResponse:
        """What a browser asks before a page of another origin may ask us."""
        allowed = {
            "Access-Control-Allow-Methods": "GET, POST, DELETE",
            "Access-Control-Allow-Headers": "authorization, content-type",
            "Access-Control-Max-Age": "600",
        }
        cors = self._cors(request)
        return answer.empty(headers=cors | allowed if len(cors) > 1 else cors)

    def _cors(self, request: Request) -> dict[str, str]:
        origin = request.headers.get("origin")
        if origin not in self.settings.origins:
            return {"Vary": "Origin"}
        return {
            "Vary": "Origin",
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": "Retry-After",
        }

    async def begin(self, request: Request) -> HTTPResponse:
        language = _field(request, "language", 2)
        if language not in LANGUAGES:
            raise Refused("language")
        self.limits.spend_beginning(self.address(request))
        said: list[dict[str, Any]] = []
        token = await self.conversations.begin(language, Stream(said.append))
        begun = {"token": token, "messages": said, "about": self.about()}
        return answer.json(begun, 201, PRIVATE)

    async def said(self, request: Request) -> HTTPResponse:
        said = await self.conversations.said(_token(request))
        return answer.json({"messages": said, "about": self.about()}, headers=PRIVATE)

    def about(self) -> dict[str, Any]:
        """What a person may want to know of the service."""
        return {
            "kept_hours": self.settings.kept_hours,
            "stored_days": self.settings.stored_days,
            "longest": LONGEST,
            "bot_version": BOT,
            "data_version": data_version(),
        }

    async def end(self, request: Request) -> HTTPResponse:
        await self.conversations.end(_token(request))
        return answer.empty()

    async def rate(self, request: Request) -> HTTPResponse:
        value = _json(request).get("value")
        if value is not None and value not in VALUES:
            raise Refused("value")
        if not await self.conversations.rate(
            _token(request), _field(request, "message", LONGEST_ID), value
        ):
            raise Refused("message", 404)
        return answer.empty()

    async def ask(self, request: Request) -> HTTPResponse:
        token = _token(request)
        asked = Asked(
            _field(request, "id", LONGEST_ID),
            _field(request, "text", LONGEST),
            _field(request, "title", LONGEST_TITLE) if _json(request).get("title") else None,
        )
        self.limits.spend_conversation(token)
        await self.conversations.require(token)
        events: asyncio.Queue[Event | None] = asyncio.Queue()
        # A turn goes on when the person's connection breaks: the answers wait to be fetched.
        turn = asyncio.create_task(self._turn(token, asked, events))
        self.turns.add(turn)
        turn.add_done_callback(self.turns.discard)

        async def write(response: Any) -> None:
            await response.write(_event("typing", {}))
            while (event := await events.get()) is not None:
                await response.write(_event(*event))

        stream = answer.stream(
            write, content_type="text/event-stream; charset=utf-8", headers=PRIVATE | AT_ONCE
        )
        return cast(HTTPResponse, stream)  # Sanic takes it for one

    async def _turn(self, token: str, asked: Asked, events: "asyncio.Queue[Event | None]") -> None:
        stream = Stream(lambda message: events.put_nowait(("message", message)))
        try:
            await self.conversations.ask(token, asked, stream)
            events.put_nowait(("done", {}))
        except Exception:
            logger.exception("A message on channel web failed")
            events.put_nowait(("failed", {}))
        events.put_nowait(None)

    def address(self, request: Request) -> str:
        return self.settings.address(request.ip, request.headers.get("x-forwarded-for"))


def _token(request: Request) -> str:
    kind, _, token = (request.headers.get("authorization") or "").partition(" ")
    if kind != "Bearer" or not token:
        raise Refused("token", 401)
    return token


def _json(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError:
        raise Refused("json") from None
    if not isinstance(body, dict):
        raise Refused("json")
    return body


def _field(request: Request, name: str, longest: int) -> str:
    value = _json(request).get(name)
    if not isinstance(value, str) or not value.strip():
        raise Refused(name)
    if len(value) > longest:
        raise Refused("too_long")
    return value


def _event(kind: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _error(code: str, status: int, headers: dict[str, str] | None = None) -> HTTPResponse:
    return answer.json({"error": code}, status, {**PRIVATE, **(headers or {})})
