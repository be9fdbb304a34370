"""The trained model, loaded once."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.serve import MODEL

Parse = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def parse() -> Parse:
    """What the model understands of a text."""
    from rasa.core.agent import Agent  # slow to import: only for those who need it

    agent = Agent.load(str(MODEL))
    return lambda text: asyncio.run(agent.parse_message(text))
