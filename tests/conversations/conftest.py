"""Real server processes, one pair a moment, started when the first test asks for them."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.serve import LOOPBACK, free_port, serving
from tests.conversations.talk import Talk


@pytest.fixture(scope="session")
def address_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """The webhook of a bot that stands at a moment (ISO 8601)."""
    addresses: dict[str, str] = {}
    with ExitStack() as stack:

        def start(moment: str) -> str:
            if moment not in addresses:
                folder: Path = tmp_path_factory.mktemp("bot")
                log = stack.enter_context((folder / "log.txt").open("wb"))
                port = free_port()
                stack.enter_context(
                    serving(
                        port,
                        database=folder / "conversations.sqlite",
                        environment={"HAKUNEUVOJA_NOW": moment},
                        log=log.fileno(),
                    )
                )
                addresses[moment] = f"http://{LOOPBACK}:{port}/webhooks/rest/webhook"
            return addresses[moment]

        yield start


@pytest.fixture
def talk_at(address_at: Callable[[str], str]) -> Callable[[str], Talk]:
    """A new conversation with the bot at a moment."""
    return lambda moment: Talk(address_at(moment), uuid.uuid4().hex)
