"""The browser, the server and the people that the tests of the chat share."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from bot.language import Language
from tests.channels.serving import Server, serving_web
from tests.web.browser import Person, chromium
from tests.web.embedding import Embedding, embedding_page

Somebody = Callable[..., Person]


@pytest.fixture(scope="package")
def elsewhere() -> Iterator[Embedding]:
    with embedding_page() as page:
        yield page


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory, elsewhere: Embedding) -> Iterator[Server]:
    """Asked faster than people do; one more page may embed the chat."""
    settings = {"origins": [elsewhere.home], "per_address": "100/second", "beginnings": "1000/hour"}
    with serving_web(tmp_path_factory.mktemp("chat"), **settings) as server:
        yield server


@pytest.fixture
def embedding(elsewhere: Embedding, server: Server) -> Embedding:
    elsewhere.bot = server.home
    return elsewhere


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def somebody(browser: Browser, server: Server) -> Iterator[Somebody]:
    """Makes people, each with a browser profile of their own; whatever they meet is checked."""
    people: list[Person] = []
    contexts: list[BrowserContext] = []

    def make(language: Language = "fi", home: str = server.home, **settings: Any) -> Person:
        context = browser.new_context(**{"reduced_motion": "reduce", **settings})
        context.set_default_timeout(15_000)
        contexts.append(context)
        person = Person(context, home, language)
        person.allowed = (home, server.home, "blob:", "data:")
        people.append(person)
        return person

    yield make
    for person in people:
        if not person.page.is_closed():
            assert person.violations() == []
        assert person.complaints == []
        assert person.elsewhere == []
    for context in contexts:
        context.close()
