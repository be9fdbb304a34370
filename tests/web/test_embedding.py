"""The chat on somebody else's page."""

import httpx
import pytest
from playwright.sync_api import expect

from bot.language import Language
from tests.channels.serving import Server
from tests.web.conftest import Somebody
from tests.web.embedding import Embedding


def test_a_button_in_the_corner_by_keyboard(somebody: Somebody, embedding: Embedding) -> None:
    """Pinned by its hash, under the policy that the docs give, with a hostile style sheet."""
    person = somebody("fi", embedding.home)
    person.page.goto(embedding.page())
    button = person.button("open")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    person.page.keyboard.press("Enter")
    expect(person.field).to_be_focused()
    person.ready()
    assert "Kyllä, Lahti voi hakea" in person.ask("voiko Lahti hakea?")
    person.page.keyboard.press("Escape")
    expect(person.log).not_to_be_visible()
    expect(button).to_be_focused()
    person.page.keyboard.press("Enter")
    expect(person.answers).to_have_count(2)
    person.page.get_by_role("dialog").get_by_role("button", name=person.says("close")).click()
    expect(button).to_be_focused()


def test_a_listed_page_may_read_how_long_to_wait(server: Server, embedding: Embedding) -> None:
    for origin, readable in ((embedding.home, "Retry-After"), ("https://evil.example", None)):
        response = httpx.get(f"{server.address}/conversation", headers={"Origin": origin})
        assert response.headers.get("access-control-expose-headers") == readable


def test_nothing_is_asked_of_the_server_before_the_chat_is_opened(
    somebody: Somebody, embedding: Embedding, server: Server
) -> None:
    person = somebody("fi", embedding.home)
    seen: list[str] = []
    person.page.on("request", lambda request: seen.append(request.url))
    person.page.goto(embedding.page())
    expect(person.button("open")).to_be_visible()
    assert [each for each in seen if each.startswith(server.home)] == [f"{server.home}/chat.js"]


def test_the_pages_styles_stay_outside(somebody: Somebody, embedding: Embedding) -> None:
    person = somebody("fi", embedding.home, viewport={"width": 1000, "height": 700})
    person.page.goto(embedding.page())
    person.button("open").click()
    person.ready()
    style = person.log.evaluate(
        """each => {
          const { fontSize, letterSpacing, textTransform } = getComputedStyle(each);
          return [fontSize, letterSpacing, textTransform];
        }"""
    )
    assert style == ["16px", "normal", "none"]


@pytest.mark.parametrize(
    ("asked", "page", "language"),
    [("sv", "fi", "sv"), ("xx", "sv", "sv"), ("", "en-GB", "en"), ("xx", "de", "fi")],
)
def test_an_unknown_language_gives_that_of_the_page(
    somebody: Somebody, embedding: Embedding, asked: str, page: str, language: Language
) -> None:
    person = somebody(language, embedding.home)
    person.page.goto(embedding.page(lang=asked, page=page))
    expect(person.button("open")).to_be_visible()


def test_an_element_in_the_page(somebody: Somebody, embedding: Embedding) -> None:
    person = somebody("en", embedding.home)
    person.page.goto(embedding.page(lang="en", inline="yes"))
    person.ready()
    assert "20 April 2021" in person.ask("what is the deadline?")
    expect(person.page.get_by_role("button", name=person.says("open"))).to_have_count(0)
