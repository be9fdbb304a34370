"""What the channels of platforms share: off unless configured; acknowledge first, answer after."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.deliveries import Deliveries
from bot.channels.platform_settings import PlatformSettings
from bot.channels.retention import forget_regularly

LONGEST = 10_000  # characters of a message
GRACE = 10  # seconds that answers under way get when the server stops
Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]
Settings = TypeVar("Settings", bound=PlatformSettings)


class PlatformServer(Generic[Settings]):
    """Takes what a platform delivers to `routes`, by their paths below /webhooks/<channel>/."""

    channel: ClassVar[str]
    agent: Agent
    session: aiohttp.ClientSession
    deliveries: Deliveries

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def routes(self) -> Mapping[str, Handler]:
        raise NotImplementedError

    async def start(self, app: Sanic, _: Any) -> None:
        self.agent = app.ctx.agent
        self.session = aiohttp.ClientSession()
        self.deliveries = Deliveries(self.agent, self.channel)
        cleaning = forget_regularly(self.agent, self.channel, self.settings.stored)
        self.cleaning = asyncio.create_task(cleaning)

    async def stop(self, app: Sanic, _: Any) -> None:
        self.cleaning.cancel()
        await self.deliveries.finish(GRACE)
        await self.session.close()


class PlatformChannel(InputChannel):
    """`settings` is None where the platform is not configured: then there is nothing here."""

    settings_class: ClassVar[type[PlatformSettings]]
    server_class: ClassVar[type[PlatformServer[Any]]]

    def __init__(self, settings: PlatformSettings | None) -> None:
        self.settings = settings

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "PlatformChannel":
        return cls(cls.settings_class.load(credentials))

    @classmethod
    def name(cls) -> str:
        return cls.server_class.channel

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint(self.name())
        if self.settings is not None:
            here = self.server_class(self.settings)
            for name, handler in here.routes().items():
                # `partial`, since Sanic writes on a handler, which a method does not allow.
                blueprint.add_route(partial(handler), f"/{name}", methods=["POST"], name=name)
            blueprint.listener("after_server_start")(here.start)
            blueprint.listener("before_server_stop")(here.stop)
        return blueprint
