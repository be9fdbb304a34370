"""The website channel's settings in credentials.yml, and the limits that they set."""

import time
from datetime import timedelta
from functools import cached_property

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pydantic import BaseModel, Extra, Field, validator


class TooMany(Exception):
    """Somebody asks too fast; may ask again in `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Settings(BaseModel):
    """Raises pydantic's ValidationError, which names the setting, for a value that is none."""

    class Config:
        extra = Extra.forbid
        keep_untouched = (cached_property,)

    origins: list[str] = []  # of other pages that may embed the chat: "https://tem.fi"
    kept_hours: float = Field(24, gt=0)  # a conversation goes on until so long after its last word
    stored_days: float = Field(30, gt=0)  # then it is deleted
    per_conversation: str = "20/minute"  # messages
    per_address: str = "240/minute"  # requests
    beginnings: str = "120/hour"  # conversations from one address
    proxies: int = Field(0, ge=0)  # in front of the server, each adding to X-Forwarded-For

    @validator("per_conversation", "per_address", "beginnings")
    def is_a_rate(cls, rate: str) -> str:
        parse(rate)
        return rate

    @validator("origins", each_item=True)
    def is_an_origin(cls, origin: str) -> str:
        scheme, _, host = origin.partition("://")
        if scheme not in ("https", "http") or not host or set(host) & set("/*?# "):
            raise ValueError(f"{origin!r} is no origin like https://tem.fi")
        return origin

    @property
    def kept(self) -> timedelta:
        return timedelta(hours=self.kept_hours)

    @property
    def stored(self) -> timedelta:
        return timedelta(days=self.stored_days)

    def address(self, peer: str, forwarded: str | None) -> str:
        """Where a request comes from: only what our own proxies added is believed."""
        hops = [*(each.strip() for each in (forwarded or "").split(",") if each.strip()), peer]
        return hops[-1 - min(self.proxies, len(hops) - 1)]

    def limits(self) -> "Limits":
        return Limits(self)


class Limits:
    """How fast people may ask; counted in this process."""

    def __init__(self, settings: Settings) -> None:
        self._counts = MemoryStorage()  # which the limiter itself does not keep alive
        self._window = MovingWindowRateLimiter(self._counts)
        self._conversation = parse(settings.per_conversation)
        self._address = parse(settings.per_address)
        self._beginning = parse(settings.beginnings)

    def spend_conversation(self, token: str) -> None:
        self._spend(self._conversation, "conversation", token)

    def spend_address(self, address: str) -> None:
        self._spend(self._address, "address", address)

    def spend_beginning(self, address: str) -> None:
        self._spend(self._beginning, "beginning", address)

    def _spend(self, rate: RateLimitItem, what: str, whose: str) -> None:
        if not self._window.hit(rate, what, whose):
            ends, _ = self._window.get_window_stats(rate, what, whose)
            raise TooMany(max(1, round(ends - time.time())))
