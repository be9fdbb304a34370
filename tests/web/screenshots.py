"""`make screenshots`: the chat in every state, light and dark, wide and at 320 px, for docs/."""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from bot.serve import ROOT
from tests.channels.serving import Server, serving_web
from tests.web.browser import Person, chromium
from tests.web.embedding import Embedding, embedding_page
from tests.web.test_accessibility import STATES, State, ended, unreachable, with_source

FOLDER = ROOT / "docs" / "screenshots"
SHOWN: dict[str, State] = {
    "greeting": STATES["greeting"],
    "eligibility": STATES["eligibility"],
    "time": STATES["time"],
    "source": with_source,
    "readiness": STATES["readiness"],
    "too-long": STATES["too long"],
    "unreachable": unreachable,
    "sure": STATES["sure"],
    "ended": ended,
}


def looks() -> dict[str, dict[str, Any]]:
    """Browser settings by the ending of the file's name."""
    return {
        f"{scheme}-{size}": {
            "color_scheme": scheme,
            "viewport": {"width": width, "height": height},
            "reduced_motion": "reduce",
        }
        for scheme in ("light", "dark")
        for size, width, height in (("wide", 1000, 860), ("320", 320, 640))
    }


def shoot(browser: Browser, server: Server, elsewhere: Embedding) -> None:
    for look, settings in looks().items():
        for state, bring_about in SHOWN.items():
            with browser.new_context(**settings) as context:
                person = Person(context, server.home).open()
                bring_about(person)
                person.page.evaluate("scrollTo(0, 0)")
                person.page.screenshot(path=FOLDER / f"{state}-{look}.png")
        with browser.new_context(**settings) as context:
            person = Person(context, elsewhere.home, "sv")
            person.page.route("**/style.css", lambda route: route.abort())
            person.page.goto(elsewhere.page(lang="sv", page="sv"))
            person.button("open").wait_for()
            person.page.screenshot(path=FOLDER / f"closed-{look}.png")
            person.button("open").click()
            person.ready().ask("Kan Esbo söka?")
            person.page.screenshot(path=FOLDER / f"corner-{look}.png")
        with browser.new_context(**settings, java_script_enabled=False) as context:
            person = Person(context, server.home, "en")
            person.page.goto(f"{server.home}/en")
            person.page.get_by_role("textbox").fill("Can Vantaa apply?")
            person.page.get_by_role("button", name="Ask", exact=True).click()
            person.page.screenshot(path=FOLDER / f"plain-{look}.png", full_page=True)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, embedding_page() as elsewhere:
        settings = {"origins": [elsewhere.home], "per_address": "100/second"}
        with serving_web(Path(folder), **settings) as server, chromium() as browser:
            elsewhere.bot = server.home
            shoot(browser, server, elsewhere)
