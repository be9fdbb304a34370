"""The contenders and how each is started: a server that answers the REST webhook."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from benchmarks.paths import CACHE
from benchmarks.rasa_bots import RasaBot, endpoints
from bot.serve import LOOPBACK, MODEL, QUIET, ROOT, free_port, serving
from tests.conftest import MOMENTS

MOMENT = MOMENTS["open"]
PATIENCE = 300  # seconds that a contender may take to start
CLOCK = {"HAKUNEUVOJA_NOW": MOMENT}
TITLES = {
    "hakuneuvoja": "Hakuneuvoja",
    "hakuneuvoja_same": "Hakuneuvoja, same examples",
    "rasa_default": "Rasa's default",
    "rasa_light": "Rasa light",
    "search_announcement": "Search: announcement",
    "search_examples": "Search: examples",
    "floor": "Floor",
}


@dataclass(frozen=True)
class Server:
    """A running contender: its webhook, and the processes that it consists of."""

    address: str
    pids: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Contender:
    """One to choose: `bot` is true where it is a whole bot that holds conversations."""

    name: str
    start: Callable[[], AbstractContextManager[Server]]
    model: Path | None = None
    bot: bool = False

    @property
    def title(self) -> str:
        return TITLES[self.name]


def hakuneuvoja(name: str = "hakuneuvoja", model: Path = MODEL) -> Contender:
    """As it ships, unless told another model: as `make run` starts it, with a new database."""
    return Contender(name, lambda: _hakuneuvoja(model), model, bot=True)


def rasa_bot(name: str, bot: RasaBot) -> Contender:
    """A folder as `rasa init` makes it, with `rasa run` and the ordinary action server."""
    return Contender(name, lambda: _rasa(bot), bot.model, bot=True)


def plain_server(name: str) -> Contender:
    """A handler on Sanic without Rasa: constant (the floor), or BM25 search."""
    return Contender(name, lambda: _plain(name))


@contextmanager
def _hakuneuvoja(model: Path) -> Iterator[Server]:
    port = free_port()
    with ExitStack() as stack:
        log = stack.enter_context(_log("hakuneuvoja"))
        database = _fresh("hakuneuvoja.sqlite")
        processes = stack.enter_context(
            serving(port, database=database, environment=CLOCK, log=log.fileno(), model=model)
        )
        yield Server(_webhook(port), [process.pid for process in processes])


@contextmanager
def _rasa(bot: RasaBot) -> Iterator[Server]:
    port, action_port = free_port(), free_port()
    actions = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "-p", str(action_port)]
    rasa = [sys.executable, "-m", "rasa", "run", "--model", str(bot.model), "-p", str(port)]
    rasa += ["-i", LOOPBACK, "--endpoints", str(endpoints(bot, action_port))]
    rasa += ["--credentials", "credentials.yml"]
    with _log(bot.folder.name) as log, ExitStack() as stack:
        processes = [
            stack.enter_context(_running(command, cwd, log.fileno()))
            for command, cwd in ((rasa, bot.folder), (actions, ROOT))
        ]
        _wait_for(f"http://{LOOPBACK}:{action_port}/health", processes)
        _wait_for(f"http://{LOOPBACK}:{port}/webhooks/rest/", processes)
        yield Server(_webhook(port), [process.pid for process in processes])


@contextmanager
def _plain(name: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.plain_server", name, str(port)]
    with _log(name) as log, _running(command, ROOT, log.fileno()) as process:
        _wait_for(f"http://{LOOPBACK}:{port}/webhooks/rest/", [process])
        yield Server(_webhook(port), [process.pid])


def _webhook(port: int) -> str:
    return f"http://{LOOPBACK}:{port}/webhooks/rest/webhook"


def _log(name: str) -> BinaryIO:
    folder = CACHE / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / f"{name}.log").open("wb")


def _fresh(name: str) -> Path:
    """A database that holds no conversation yet."""
    for file in CACHE.glob(f"{name}*"):
        file.unlink()
    return CACHE / name


@contextmanager
def _running(
    command: list[str], cwd: Path, log: int, environment: Mapping[str, str] = CLOCK
) -> Iterator[subprocess.Popen[bytes]]:
    settings = {**os.environ, **QUIET, **environment}
    settings |= {"PYTHONPATH": str(ROOT), "SANIC_HOST": LOOPBACK}
    process = subprocess.Popen(command, cwd=cwd, env=settings, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def _wait_for(address: str, processes: list[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if any(process.poll() is not None for process in processes):
            raise RuntimeError(f"a server stopped while starting; see the logs in {CACHE / 'logs'}")
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"no answer from {address} within {PATIENCE} seconds")
