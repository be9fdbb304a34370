"""How fast the page is there on a middling phone: `python -m benchmarks.page`.

Chromium slowed down four times, on a network of 1.6 Mbit/s and 150 ms there and back.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.channels.serving import Server, serving_web
from tests.web.browser import Person, chromium

ROUNDS = 7
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,  # ms there and back
    "downloadThroughput": 1.6e6 / 8,  # bytes a second
    "uploadThroughput": 750e3 / 8,
}
PAINTED = """performance.getEntriesByName("first-contentful-paint")[0].startTime"""


def load(browser: Browser, server: Server) -> dict[str, float]:
    """Milliseconds from the click on the address, and bytes over the network."""
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        person = Person(context, server.home)
        devtools = context.new_cdp_session(person.page)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", NETWORK)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        sizes: list[float] = []
        devtools.on("Network.loadingFinished", lambda end: sizes.append(end["encodedDataLength"]))
        person.page.goto(server.home, wait_until="commit")
        person.field.wait_for()
        writable = person.page.evaluate("performance.now()")
        person.ready()
        greeted = person.page.evaluate("performance.now()")
        return {
            "facts on the screen (ms)": person.page.evaluate(PAINTED),
            "one can write (ms)": writable,
            "the greeting is there (ms)": greeted,
            "everything loaded (bytes)": sum(sizes),
        }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = {"beginnings": "1000/hour", "per_address": "100/second"}
        with serving_web(Path(folder), **settings) as server, chromium() as browser:
            rounds = [load(browser, server) for _ in range(ROUNDS)]
    for name in rounds[0]:
        print(f"{name:30} {statistics.median(each[name] for each in rounds):>8,.0f}")


if __name__ == "__main__":
    main()
