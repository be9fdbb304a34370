"""WCAG 2.2 AA, as far as machines can tell, in every state of the chat and of the page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from bot.web.page import STATEMENTS
from tests.web.browser import Person
from tests.web.conftest import Somebody
from tests.web.embedding import Embedding

SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
RESTYLE = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  const visit = (root) => {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    for (const each of root.querySelectorAll("*")) if (each.shadowRoot) visit(each.shadowRoot);
  };
  visit(document);
}"""
SMALL = """() => {
  const found = [];
  const visit = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.shadowRoot) visit(each.shadowRoot);
      if (!each.matches("button, a, textarea, summary") || !each.checkVisibility()) continue;
      const { width, height } = each.getBoundingClientRect();
      if (Math.min(width, height) < 24) found.push(`${each.textContent.trim()} ${width}x${height}`);
    }
  };
  visit(document);
  return found;
}"""
CUT = """() => {
  const found = [];
  const visit = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.shadowRoot) visit(each.shadowRoot);
      if (!each.checkVisibility() || each.matches("textarea")) continue;
      const wide = getComputedStyle(each).display !== "inline";
      if (wide && each.scrollWidth > each.clientWidth + 1)
        found.push(`${each.localName}.${each.className} ${each.scrollWidth}>${each.clientWidth}`);
    }
  };
  visit(document);
  return found;
}"""

State = Callable[[Person], object]


def unreachable(person: Person) -> None:
    person.page.route("**/webhooks/**", lambda route: route.abort())
    person.field.fill("mikä on määräaika?")
    person.field.press("Enter")
    expect(person.button("retry")).to_be_visible()


def ended(person: Person) -> None:
    person.button("end").click()
    person.button("end_yes").click()
    expect(person.button("begin")).to_be_visible()


def with_source(person: Person) -> None:
    person.ask("mikä on määräaika?")
    person.button("source").click()
    expect(person.answers.last.locator("blockquote").first).to_be_visible()


STATES: dict[str, State] = {
    "greeting": lambda person: None,
    "eligibility": lambda person: person.ask("voivatko Lahti ja Iisalmi hakea?"),
    "time": lambda person: person.ask("paljonko aikaa on jäljellä?"),
    "list": lambda person: person.ask("keneltä saa lisätietoja?"),
    "source": with_source,
    "calendar": lambda person: person.ask("määräaika kalenteriin"),
    "readiness": lambda person: person.ask("tarkista hakemuksen valmius"),
    "other language": lambda person: person.ask("Vem kan söka understödet?"),
    "too long": lambda person: person.field.fill("x" * 2001),
    "empty": lambda person: person.field.press("Enter"),
    "nearly too long": lambda person: person.field.fill("x" * 1950),
    "unreachable": unreachable,
    "sure": lambda person: person.button("end").click(),
    "ended": ended,
}
LOOKS: list[dict[str, Any]] = [
    {"color_scheme": scheme, "viewport": {"width": width, "height": height}}
    for scheme in ("light", "dark")
    for width, height in ((1100, 900), (320, 640))
]


@pytest.mark.parametrize("state", STATES)
def test_every_state_in_every_look(somebody: Somebody, state: str) -> None:
    for look in LOOKS:
        person = somebody("fi", **look).open()
        STATES[state](person)
        assert person.axe() == [], look
        assert person.page.evaluate(SMALL) == [], look
        assert person.page.evaluate(CUT) == [], look
        person.page.evaluate(RESTYLE, SPACING)
        assert person.page.evaluate(CUT) == [], look


def test_the_corner_button_closed_and_open(somebody: Somebody, embedding: Embedding) -> None:
    for look in LOOKS:
        person = somebody("fi", embedding.home, **look)
        person.page.goto(embedding.page())
        expect(person.button("open")).to_be_visible()
        assert person.axe() == []
        person.button("open").click()
        person.ready()
        person.ask("voiko Lahti hakea?")
        assert person.axe() == []
        assert person.page.evaluate(SMALL) == []
        assert person.page.evaluate(CUT) == []


@pytest.mark.parametrize("path", STATEMENTS.values())
def test_the_statements(somebody: Somebody, path: str) -> None:
    for look in LOOKS:
        person = somebody("fi", **look)
        person.page.goto(person.home + path)
        assert person.axe() == []
        assert person.page.evaluate(CUT) == []


def test_nothing_but_the_log_scrolls_at_400_percent(somebody: Somebody) -> None:
    person = somebody("fi", viewport={"width": 320, "height": 256}).open()
    person.ask("voiko Lahti hakea?")
    expect(person.field).to_be_in_viewport()
    assert "Kyllä" in person.answer()
    expect(person.answers.last).to_be_in_viewport()
    assert person.page.evaluate(CUT) == []


def test_a_mistake_is_tied_to_its_field(somebody: Somebody) -> None:
    person = somebody("fi").open()
    person.field.press("Enter")
    expect(person.field).to_have_attribute("aria-invalid", "true")
    expect(person.field).to_have_accessible_description(re.compile(person.says("empty")))
    expect(person.field).to_be_focused()
    person.field.fill("m")
    expect(person.field).to_have_attribute("aria-invalid", "false")


def test_nothing_moves_for_those_who_do_not_want_it(somebody: Somebody) -> None:
    for motion, runs in (("reduce", False), ("no-preference", True)):
        person = somebody("fi", reduced_motion=motion).open()
        person.page.route("**/messages", lambda route: None)  # never answered
        person.field.fill("mikä on määräaika?")
        person.field.press("Enter")
        typing = person.page.locator(".typing")
        expect(typing).to_be_visible()
        name = typing.evaluate("each => getComputedStyle(each, '::after').animationName")
        assert (name != "none") is runs


def test_forced_colours(somebody: Somebody) -> None:
    person = somebody("fi", forced_colors="active").open()
    person.ask("voiko Lahti hakea?")
    assert person.axe() == []
    for said in (person.questions.last, person.answers.last):
        width = said.locator(".said").evaluate("each => getComputedStyle(each).borderTopWidth")
        assert width == "1px"
    bar = person.page.get_by_role("img", name=re.compile("^Pylväs"))
    filled, rest = (
        bar.locator(f"rect.{each}").evaluate("each => getComputedStyle(each).fill")
        for each in ("gone", "rest")
    )
    assert filled != rest


def test_the_plain_form(somebody: Somebody) -> None:
    """axe needs JavaScript: the chat itself is kept from loading instead."""
    for look in LOOKS:
        person = somebody("fi", **look)
        person.page.route("**/chat.js", lambda route: route.fulfill(content_type="text/javascript"))
        person.page.goto(person.home)
        assert person.axe() == []
        field = person.page.get_by_role("textbox", name="Kysymyksesi")
        ask = person.page.get_by_role("button", name="Kysy", exact=True)
        ask.click()
        expect(field).to_have_accessible_description("Kirjoita ensin kysymys.")
        assert person.axe() == []
        field.fill("voiko Lahti hakea?")
        ask.click()
        expect(person.page.locator("article").last).to_contain_text("Kyllä, Lahti voi hakea")
        assert person.axe() == []
        assert person.page.evaluate(SMALL) == []
        assert person.page.evaluate(CUT) == []
