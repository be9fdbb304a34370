"""Chromium, and a person who uses the chat in it."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    expect,
    sync_playwright,
)

from bot.language import Language
from bot.serve import ROOT
from bot.web.page import PATHS, texts

AXE = ROOT / "tests" / "node_modules" / "axe-core" / "axe.min.js"
WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium of this machine, or the one that Playwright has installed."""
    own = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=own, args=["--no-sandbox"])
        except Error as error:
            pytest.fail(f"The browser tests need Chromium: make .venv/browser\n{error}")
        try:
            yield browser
        finally:
            browser.close()


class Person:
    """Somebody at the chat, wherever a page shows it."""

    def __init__(self, context: BrowserContext, home: str, language: Language = "fi") -> None:
        self.home, self.language = home, language
        self.allowed: tuple[str, ...] = (home, "blob:", "data:")
        self.page: Page = context.new_page()
        self.page.add_init_script(WATCH)
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hear)
        self.page.on("request", self._see)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _see(self, request: Any) -> None:
        if not request.url.startswith(self.allowed):
            self.elsewhere.append(request.url)

    def says(self, text: str, **values: object) -> str:
        return texts(self.language)["chat"][text].format(**values)

    def open(self) -> "Person":
        self.page.goto(self.home + PATHS[self.language])
        return self.ready()

    def ready(self) -> "Person":
        """The greeting has come."""
        expect(self.answers.first).to_be_visible()
        return self

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name=self.says("message"))

    @property
    def answers(self) -> Locator:
        return self.log.locator("article.bot")

    @property
    def questions(self) -> Locator:
        return self.log.locator("article.person")

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status")

    def button(self, text: str) -> Locator:
        """The last button of this text: that of the latest answer."""
        return self.page.get_by_role("button", name=self.says(text), exact=True).last

    def reply(self, title: str) -> Locator:
        return self.log.get_by_role("button", name=re.compile(title)).last

    def ask(self, text: str) -> str:
        """Write and send; the answer's text."""
        before = self.answers.count()
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.answers).not_to_have_count(before)
        expect(self.page.locator(".typing")).to_have_count(0)
        return self.answer()

    def answer(self) -> str:
        return self.answers.last.locator(".said").inner_text()

    def violations(self) -> list[str]:
        """Of the page's Content-Security-Policy."""
        found: list[str] = self.page.evaluate("window.violations")
        return found

    def axe(self) -> list[str]:
        """What axe-core finds wrong, by rule and place."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{each['id']}: {node['target']} {node['failureSummary']}"
            for each in found["violations"]
            for node in each["nodes"]
        ]
