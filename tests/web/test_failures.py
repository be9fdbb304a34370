"""What goes wrong on the way is said in the person's language, and nothing is lost or said twice."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from bot.serve import free_port
from tests.channels.serving import Server, serving_web
from tests.web.browser import Person
from tests.web.conftest import Somebody

QUESTION = "voiko Naantali hakea?"
ANSWER = "Ei, Naantali ei voi hakea"


def times_asked(server: Server, question: str) -> int:
    return sum('"event": "user"' in data and question in data for _, data in server.stored())


class Restarting:
    """A server that can be stopped and started at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.running = ExitStack()

    def start(self) -> Server:
        return self.running.enter_context(serving_web(self.folder, port=self.port))

    def stop(self) -> None:
        self.running.close()


@pytest.fixture
def restarting(tmp_path: Path) -> Iterator[Restarting]:
    server = Restarting(tmp_path)
    yield server
    server.stop()


def test_the_server_stops_in_mid_conversation(browser: Browser, restarting: Restarting) -> None:
    server = restarting.start()
    with browser.new_context() as context:
        person = Person(context, server.home).open()
        person.ask("mikä on määräaika?")
        restarting.stop()
        person.field.fill(QUESTION)
        person.field.press("Enter")
        expect(person.status).to_contain_text(re.compile(r"lähetetään uudelleen \d+ sekunnin"))
        expect(person.questions.last).to_contain_text(QUESTION)
        person.field.fill("ja vielä yksi: entä Lahti?")
        person.field.press("Enter")
        server = restarting.start()
        expect(person.answers).to_have_count(4, timeout=40_000)
        assert ANSWER in person.answers.nth(2).inner_text()
        assert "Kyllä, Lahti" in person.answer()
        expect(person.status).to_be_empty()
        assert times_asked(server, QUESTION) == 1


def test_the_answer_is_lost_on_the_way(somebody: Somebody, server: Server) -> None:
    """The server has answered, but the connection broke: asked again, it is not answered twice."""
    person = somebody("fi").open()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    person.page.route("**/messages", lose, times=1)
    asked = "voiko Raisio hakea?"
    assert "Raisio" in person.ask(asked)
    assert times_asked(server, asked) == 1
    expect(person.questions).to_have_count(1)


def test_offline(somebody: Somebody) -> None:
    person = somebody("fi").open()
    person.page.context.set_offline(True)
    person.field.fill(QUESTION)
    person.field.press("Enter")
    expect(person.status).to_contain_text(person.says("offline"))
    person.page.context.set_offline(False)
    expect(person.answers).to_have_count(2)
    assert ANSWER in person.answer()


def test_offline_at_load(somebody: Somebody) -> None:
    person = somebody("sv")
    person.page.route("**/webhooks/**", lambda route: route.abort())
    person.page.goto(f"{person.home}/sv")
    expect(person.status).to_contain_text(re.compile(r"Rådgivaren kan inte nås"))
    person.field.fill("kan Lahtis söka?")
    person.field.press("Enter")
    expect(person.questions).to_have_count(1)
    person.page.unroute("**/webhooks/**")
    person.button("retry").click()
    expect(person.answers).to_have_count(2)
    assert "Ja, Lahtis kan söka" in person.answer()


@pytest.mark.parametrize(
    "broken",
    [
        {"status": 500, "body": ""},
        {"status": 502, "content_type": "text/html", "body": "<h1>Bad gateway</h1>"},
        {"status": 200, "content_type": "text/html", "body": "<h1>Please log in</h1>"},
        {"status": 200, "content_type": "text/event-stream", "body": ""},
        {"status": 200, "content_type": "text/event-stream", "body": "event: message\ndata: {\n\n"},
    ],
)
def test_the_server_answers_nonsense(somebody: Somebody, broken: dict[str, str | int]) -> None:
    person = somebody("en").open()
    person.page.route("**/messages", lambda route: route.fulfill(**broken))
    person.field.fill("can Lahti apply?")
    person.field.press("Enter")
    expect(person.button("retry")).to_be_visible()
    expect(person.status).to_contain_text(re.compile("does not answer|not arrived"))
    expect(person.questions.last).to_contain_text("can Lahti apply?")
    person.page.unroute("**/messages")
    person.button("retry").click()
    expect(person.answers).to_have_count(2)
    assert "Yes, Lahti can apply" in person.answer()
    expect(person.questions).to_have_count(1)


def test_blocked_storage(somebody: Somebody) -> None:
    person = somebody("fi")
    person.page.add_init_script(
        """Object.defineProperty(window, "localStorage",
             { get() { throw new DOMException("blocked", "SecurityError"); } })"""
    )
    person.open()
    expect(person.log).to_contain_text(person.says("not_kept"))
    assert ANSWER in person.ask(QUESTION)
    assert "Lahti" in person.ask("entä Lahti?")


def test_without_javascript(somebody: Somebody) -> None:
    person = somebody("fi", java_script_enabled=False)
    person.page.goto(person.home)
    expect(person.page.get_by_text("20.4.2021 klo 16.15").first).to_be_visible()
    person.page.get_by_role("textbox", name="Kysymyksesi").fill(QUESTION)
    person.page.get_by_role("button", name="Kysy", exact=True).click()
    expect(person.page.locator("article").last).to_contain_text(ANSWER)
    person.page.close()


def test_ten_thousand_characters(somebody: Somebody) -> None:
    person = somebody("fi").open()
    pasted = "määräaika " * 1000
    person.field.fill(pasted)
    expect(person.page.get_by_role("alert")).to_have_text(person.says("over", count=8000))
    person.field.press("Enter")
    expect(person.field).to_have_value(pasted)
    expect(person.questions).to_have_count(0)
    person.field.fill(pasted[:1990])
    expect(person.page.get_by_text(person.says("left", count=10))).to_be_visible()
    person.field.press("Enter")
    expect(person.answers).to_have_count(2)


@pytest.mark.parametrize("text", ["👩‍👩‍👧‍👦 🇫🇮 hakuaika?", "متى الموعد النهائي؟", "\u202egnp.exe"])
def test_any_text_is_shown_as_written(somebody: Somebody, text: str) -> None:
    person = somebody("fi").open()
    person.ask(text)
    assert person.questions.last.locator(".said").text_content() == text
    expect(person.questions.last.locator(".said")).to_have_attribute("dir", "auto")


ATTACKS = [
    "<img src=x onerror=pwned=1>",
    '"><script>pwned=1</script>',
    "javascript:pwned=1",
    "https://example.org/\"onmouseover='pwned=1'",
    "<svg/onload=pwned=1>${pwned=1}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_people_write_is_never_markup(somebody: Somebody, attack: str) -> None:
    person = somebody("fi").open()
    person.ask(attack)
    assert person.questions.last.locator(".said").text_content() == attack
    person.page.reload()
    expect(person.questions.last).to_contain_text(attack)
    assert person.page.evaluate("typeof pwned") == "undefined"


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_the_bot_says_is_never_markup(somebody: Somebody, attack: str) -> None:
    """Were the server's answers forged, the page would show them as text."""
    person = somebody("fi")

    def forge(route: Route) -> None:
        said = route.fetch().json()
        (message,) = said["messages"]
        message["text"] = f"{attack}\n- {attack}"
        message["sources"] = [attack]
        message["buttons"] = [{"title": attack, "payload": "hei"}]
        message["language"] = attack
        message["response"] = "utter_ask_deadline"
        message["attachment"] = {"title": attack, "src": attack}
        route.fulfill(json=said, status=201)

    person.page.route("**/conversation", forge)
    person.open()
    person.button("source").click()
    said = person.answers.last
    assert attack in (said.locator(".said").text_content() or "")
    assert said.locator("img, script, [onerror], [onload], [onmouseover]").count() == 0
    for link in said.locator("a").all():
        assert (link.get_attribute("href") or "").startswith("https://")
    download = person.page.get_by_role("button", name=person.says("download"))
    if download.count():
        download.click()
    assert person.page.evaluate("typeof pwned") == "undefined"


def test_who_writes_too_fast_waits_and_is_answered(browser: Browser, tmp_path: Path) -> None:
    with (
        serving_web(tmp_path, per_conversation="2/4 second") as server,
        browser.new_context() as context,
    ):
        person = Person(context, server.home).open()
        for text in ("hei", "kiitos", QUESTION):
            person.field.fill(text)
            person.field.press("Enter")
        expect(person.status).to_contain_text(
            re.compile(r"Odota hetki: viesti lähtee \d+ sekunnin")
        )
        expect(person.answers).to_have_count(4, timeout=15_000)
        assert ANSWER in person.answer()


def test_the_conversation_has_expired(browser: Browser, tmp_path: Path) -> None:
    """A question typed into a page left open for too long is answered in a new conversation."""
    with (
        serving_web(tmp_path, kept_hours=3 / 3600) as server,
        browser.new_context() as context,
    ):
        person = Person(context, server.home).open()
        person.ask("mikä on määräaika?")
        person.page.wait_for_timeout(3500)
        person.field.fill(QUESTION)
        person.field.press("Enter")
        expect(person.answers.last).to_contain_text(ANSWER)
        expect(person.questions).to_have_count(1)


def test_what_cannot_be_deleted_or_rated_is_said(somebody: Somebody) -> None:
    person = somebody("fi").open()
    person.ask("mikä on määräaika?")
    person.page.route("**/ratings", lambda route: route.fulfill(status=500))
    person.button("helpful").click()
    expect(person.status).to_contain_text(person.says("rate_failed"))
    expect(person.button("helpful")).to_have_attribute("aria-pressed", "false")
    person.page.route("**/conversation", lambda route: route.abort())
    person.button("end").click()
    person.button("end_yes").click()
    expect(person.status).to_contain_text(person.says("end_failed"))
    expect(person.answers).to_have_count(2)
    person.page.unroute("**/conversation")
    person.button("end_yes").click()
    expect(person.log).to_contain_text(person.says("ended"))
