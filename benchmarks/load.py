"""The load: one client process that sends messages to a webhook and clocks each answer.

The figures hold the client's own time, which is the same for every contender: the floor shows it.
"""

import asyncio
import itertools
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import aiohttp
import numpy as np

MOST = 2000  # messages in a series
PATIENCE = aiohttp.ClientTimeout(total=120)

Message = dict[str, str]


@dataclass(frozen=True)
class Series:
    """What one series of messages took."""

    seconds: float
    latencies: list[float]  # seconds, in the order of the answers

    @property
    def figures(self) -> dict[str, float]:
        """p50, p95 and p99 in milliseconds, and messages a second."""
        p50, p95, p99 = np.percentile(self.latencies, (50, 95, 99)) * 1000
        return {
            "p50_ms": float(p50),
            "p95_ms": float(p95),
            "p99_ms": float(p99),
            "per_second": len(self.latencies) / self.seconds,
        }


def fresh(address: str, text: str, messages: int, at_once: int) -> Series:
    """The same question as the first of as many conversations, `at_once` on the way at a time."""
    texts = [{"sender": uuid.uuid4().hex, "message": text} for _ in range(min(messages, MOST))]
    return asyncio.run(_series(address, texts, at_once))


def conversation(address: str, texts: tuple[str, ...], turns: int) -> list[float]:
    """Seconds of each turn of one conversation that asks the texts over and over."""
    sender = uuid.uuid4().hex
    asked = itertools.islice(itertools.cycle(texts), min(turns, MOST))
    messages = [{"sender": sender, "message": text} for text in asked]
    return asyncio.run(_series(address, messages, 1)).latencies


async def _series(address: str, messages: list[Message], at_once: int) -> Series:
    latencies: list[float] = []
    waiting = iter(messages)
    connector = aiohttp.TCPConnector(limit=at_once)
    async with aiohttp.ClientSession(connector=connector, timeout=PATIENCE) as session:
        begun = time.perf_counter()
        await asyncio.gather(
            *(_person(session, address, waiting, latencies) for _ in range(at_once))
        )
        return Series(time.perf_counter() - begun, latencies)


async def _person(
    session: aiohttp.ClientSession,
    address: str,
    waiting: Iterator[Message],
    latencies: list[float],
) -> None:
    """Sends the next message when the last one is answered."""
    for message in waiting:
        begun = time.perf_counter()
        async with session.post(address, json=message) as response:
            response.raise_for_status()
            answer = await response.json()
        latencies.append(time.perf_counter() - begun)
        if not answer:
            raise RuntimeError(f"{address} did not answer {message['message']!r}")
