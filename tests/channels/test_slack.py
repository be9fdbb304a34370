"""The channel for Slack, against the platform's protocol on loopback, with real signatures."""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from vobject import readOne

from bot.channels import slack_blocks
from tests.channels.serving import Server, serving_channels
from tests.channels.slack_platform import (
    BOT,
    SIGNING,
    TOKEN,
    Colleague,
    SlackPlatform,
    signed,
)
from tests.channels.talks import HOME, TALKS, every_topic

SLACK = "bot.channels.slack.Slack"
IDENTITY = {
    "SLACK_BOT_TOKEN": TOKEN,
    "SLACK_SIGNING_SECRET": SIGNING,
    "SLACK_ADDRESS": HOME,
}


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlackPlatform]:
    platform = SlackPlatform(tmp_path_factory.mktemp("slack"))
    with platform.running():
        yield platform


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory, platform: SlackPlatform) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("bot")
    environment = IDENTITY | platform.trusting
    with serving_channels(folder, {SLACK: platform.settings}, environment) as server:
        yield server


@pytest.fixture
def colleague(platform: SlackPlatform, slack: Server) -> Colleague:
    return Colleague(platform, slack.home)


@pytest.mark.parametrize(("language", "question", "answer", "title", "further"), TALKS)
def test_a_conversation_with_buttons(
    colleague: Colleague, language: str, question: str, answer: str, title: str, further: str
) -> None:
    said = colleague.ask(question)
    assert answer in said["blocks"][0]["text"]["text"]
    assert answer in said["text"]
    assert colleague.press(said, title) == 200
    assert further in colleague.platform.wait_for(colleague.channel, 2)[1]["text"]
    updated = colleague.platform.wait_for_call("chat.update", channel=colleague.channel)
    assert "actions" not in [block["type"] for block in updated["blocks"]]
    assert title in updated["blocks"][-1]["elements"][0]["text"]


@pytest.mark.parametrize(
    ("locale", "text", "greeting"),
    [("sv-SE", "Lahti?", "kan söka"), ("en-GB", "Lahti?", "can apply"),
     ("de-DE", "Lahti?", "voi hakea"), ("sv-SE", "voiko Lahti hakea?", "voi hakea")],
)  # fmt: skip
def test_the_message_tells_the_language_and_then_the_locale(
    platform: SlackPlatform, slack: Server, locale: str, text: str, greeting: str
) -> None:
    assert greeting in Colleague(platform, slack.home, locale=locale).ask(text)["text"]


def test_a_mention_in_a_channel_is_answered_in_its_thread(
    platform: SlackPlatform, slack: Server
) -> None:
    colleague = Colleague(platform, slack.home, channel=f"C{uuid.uuid4().hex}")
    said = colleague.ask(
        f"<@{BOT}> voiko Kuopio hakea?", type="app_mention", channel_type="channel", ts="17.1"
    )
    assert said["thread_ts"] == "17.1"
    assert "Kuopio" in said["text"]
    further = colleague.ask(
        f"entä Lahti <@{BOT}>?", type="app_mention", channel_type="channel", thread_ts="17.1"
    )
    assert further["thread_ts"] == "17.1"
    assert "Lahti" in further["text"]


def test_what_is_private_is_not_carried_into_a_channel(
    platform: SlackPlatform, slack: Server
) -> None:
    colleague = Colleague(platform, slack.home)
    colleague.ask("voiko Lahti hakea?")
    colleague.channel = f"C{uuid.uuid4().hex}"
    text = f"<@{BOT}> entä mistä tuo luku on peräisin?"
    said = colleague.ask(text, type="app_mention", channel_type="channel")
    assert "Lahti" not in said["text"]


def test_the_command_answers_its_person_alone(
    colleague: Colleague, platform: SlackPlatform
) -> None:
    assert colleague.command("voiko Lahti hakea?") == 200
    said = platform.wait_for_call("hook", hook=colleague.id)
    assert said["response_type"] == "ephemeral"
    assert "Kyllä, Lahti voi hakea" in said["text"]
    assert platform.said(colleague.channel) == []
    pressed = colleague.press(said, "Ehdon täyttävät kunnat", is_ephemeral=True)
    assert pressed == 200
    with platform.changed:
        assert platform.changed.wait_for(lambda: len(hooks(platform, colleague)) == 3, 20)
    _, marked, further = hooks(platform, colleague)
    assert marked["replace_original"] is True
    assert "Helsinki" in further["text"]


def hooks(platform: SlackPlatform, colleague: Colleague) -> list[dict[str, Any]]:
    return [
        each.body
        for each in platform.calls
        if each.method == "hook" and each.body["hook"] == colleague.id
    ]


def test_the_command_alone_tells_what_can_be_asked(
    colleague: Colleague, platform: SlackPlatform
) -> None:
    assert colleague.command("") == 200
    assert platform.wait_for_call("hook", hook=colleague.id)["blocks"]


def test_an_answer_goes_to_no_other_address(colleague: Colleague, platform: SlackPlatform) -> None:
    assert colleague.command("hei", hook="https://evil.example/hooks/1") == 400


def test_the_home_shows_the_topics_and_answers_in_the_persons_chat(
    platform: SlackPlatform, slack: Server
) -> None:
    colleague = Colleague(platform, slack.home, locale="sv-SE")
    opened = colleague.event(type="app_home_opened", tab="home", text="")
    assert colleague.deliver(opened) == 200
    view = platform.wait_for_call("views.publish", user_id=colleague.id)["view"]
    assert view["type"] == "home"
    assert "Hej" in view["blocks"][1]["text"]["text"]
    pressed = colleague.press(
        {"text": "", "blocks": view["blocks"]}, "Sista", type="view", view_id="V1"
    )
    assert pressed == 200
    assert "20.4.2021" in platform.wait_for(f"D-{colleague.id}")[0]["text"]


@pytest.mark.parametrize(
    "content",
    [
        {"subtype": "message_changed", "message": {"text": "mikä on määräaika?"}},
        {"subtype": "bot_message", "text": "mikä on määräaika?", "bot_id": "B1"},
        {"text": "mikä on määräaika?", "bot_id": "B1"},
        {"text": "mikä on määräaika?", "channel_type": "channel"},
        {"text": "mikä on määräaika?", "edited": {"user": "U1", "ts": "1"}},
        {"type": "reaction_added", "reaction": "+1"},
        {"text": ""},
    ],
)
def test_what_is_no_question_is_acknowledged_and_ignored(
    colleague: Colleague, platform: SlackPlatform, content: dict[str, Any]
) -> None:
    assert colleague.deliver(colleague.event(**content)) == 200
    colleague.ask("mikä on määräaika?")
    assert len(platform.said(colleague.channel)) == 1


def test_the_calendar_file_is_linked_to(colleague: Colleague, slack: Server) -> None:
    said = json.dumps(colleague.ask("lisää määräaika kalenteriin"), ensure_ascii=False)
    assert f"<{HOME}/calendar/fi.ics|Lataa kalenteritiedosto>" in said
    file = httpx.get(f"{slack.home}/calendar/fi.ics")
    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    assert readOne(file.text).vevent.dtend.value.isoformat().startswith("2021-04-20T")


def test_the_address_is_verified(colleague: Colleague) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "what Slack made up"})
    answer = colleague.send("events", body, "application/json", signed(body))
    assert answer.json() == {"challenge": "what Slack made up"}


def test_marks_of_slack_are_no_part_of_the_question(colleague: Colleague) -> None:
    said = colleague.ask("voiko <#C1|oulu> hakea &amp; <https://lahti.fi|Lahti>?")
    assert "Lahti" in said["text"]
    assert "Oulu" in said["text"]


# What is refused ----------------------------------------------------------------------------------


FORGED: list[Callable[[], dict[str, str]]] = [  # made when they are sent: they have an age
    dict,
    lambda: signed("{}") | {"X-Slack-Signature": "v0=00"},
    lambda: signed("{}") | {"X-Slack-Request-Timestamp": "soon"},
    lambda: signed("another body"),
    lambda: signed("{}", secret="another secret"),  # noqa: S106
    lambda: signed("{}", age=400),
    lambda: signed("{}", age=-400),
]


@pytest.mark.parametrize("path", ["events", "interactions", "commands"])
@pytest.mark.parametrize("headers", FORGED)
def test_forged_and_old_requests(
    colleague: Colleague, path: str, headers: Callable[[], dict[str, str]]
) -> None:
    answer = colleague.send(path, "{}", "application/json", headers())
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize("body", ["", "[]", "null", "{}", '{"type": "event_callback"}', "{"])
def test_signed_nonsense_is_refused(colleague: Colleague, body: str) -> None:
    for path in ("events", "interactions", "commands"):
        answer = colleague.send(path, body, "application/json", signed(body))
        assert (answer.status_code, answer.content) == (400, b"")


def test_what_is_delivered_again_is_not_answered_again(
    colleague: Colleague, platform: SlackPlatform
) -> None:
    event = colleague.event(text="voiko Lahti hakea?")
    again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_error"}
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: colleague.deliver(event, **again), range(4))) == [200] * 4
    other_id = event | {"event_id": "Ev2"}  # as where both a message and a mention are subscribed
    assert colleague.deliver(other_id) == 200
    platform.wait_for(colleague.channel)
    colleague.ask("voiko Kuopio hakea?")
    assert len(platform.said(colleague.channel)) == 2


def test_acknowledged_before_it_is_worked_on(colleague: Colleague, platform: SlackPlatform) -> None:
    platform.refusals = [(503, {})]
    begun = time.monotonic()
    assert colleague.deliver(colleague.event(text="voiko Lahti hakea?")) == 200
    assert time.monotonic() - begun < 3
    platform.wait_for(colleague.channel)


# What goes wrong on the way -----------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_platform_is_asked_again(
    colleague: Colleague, platform: SlackPlatform, status: int
) -> None:
    platform.refusals = [(status, {"Retry-After": "1"})]
    colleague.ask("mikä on määräaika?")
    assert len(platform.said(colleague.channel)) == 1


def test_a_slow_platform_keeps_nobody_waiting(
    colleague: Colleague, platform: SlackPlatform, slack: Server
) -> None:
    """Requests are acknowledged at once, and other channels answer, while posting takes long."""
    platform.slow = 2
    try:
        begun = time.monotonic()
        for _ in range(5):
            assert colleague.deliver(colleague.event(text="mikä on määräaika?")) == 200
        said = {"sender": "somebody", "message": "mikä on määräaika?"}
        assert httpx.post(f"{slack.home}/webhooks/rest/webhook", json=said).json()
        assert time.monotonic() - begun < 2
    finally:
        platform.slow = 0
    assert len(platform.wait_for(colleague.channel, 5)) == 5


def test_retry_after_is_honoured(colleague: Colleague, platform: SlackPlatform) -> None:
    platform.refusals = [(429, {"Retry-After": "2"})]
    begun = time.monotonic()
    colleague.ask("mikä on määräaika?")
    assert time.monotonic() - begun >= 2


def test_two_hundred_messages_of_fifty_people_keep_their_order(
    platform: SlackPlatform, slack: Server
) -> None:
    names = ["Lahti", "Kuopio", "Oulu", "Turku"]
    people = [Colleague(platform, slack.home) for _ in range(50)]

    def write(person: Colleague) -> list[int]:
        return [person.deliver(person.event(text=f"voiko {name} hakea?")) for name in names]

    with ThreadPoolExecutor(50) as pool:
        assert all(codes == [200] * 4 for codes in pool.map(write, people))
    for person in people:
        said = platform.wait_for(person.channel, 4, 60)
        assert len(said) == 4
        for name, each in zip(names, said, strict=True):
            assert name in each["text"]


def test_nothing_of_people_or_secrets_is_logged(
    colleague: Colleague, slack: Server, platform: SlackPlatform
) -> None:
    colleague.ask("salaisuus-24680 mikä on määräaika")
    body = '{"salaisuus-24680"'
    assert colleague.send("events", body, "application/json", signed(body)).status_code == 400
    log = slack.log.read_text(encoding="utf-8")
    for word in ("salaisuus-24680", TOKEN, SIGNING, colleague.id):
        assert word not in log
    assert colleague.id not in "".join(sender + data for sender, data in slack.stored())


def test_starts_without_the_platform(tmp_path: Path) -> None:
    settings = {"api": "https://localhost:1/api/", "hooks": "https://localhost:1/hooks/"}
    with serving_channels(tmp_path, {SLACK: settings}, IDENTITY) as server:
        colleague = Colleague(SlackPlatform(tmp_path), server.home)
        assert colleague.deliver(colleague.event(text="hei")) == 200


def test_off_unless_configured(server: Server) -> None:
    response = httpx.post(
        f"{server.home}/webhooks/slack/events", content="{}", headers=signed("{}")
    )
    assert response.status_code == 404


def test_every_answer_keeps_to_the_limits_of_block_kit(
    platform: SlackPlatform, slack: Server
) -> None:
    for locale in ("fi-FI", "sv-SE", "en-GB"):
        colleague = Colleague(platform, slack.home, locale=locale)
        for text in every_topic():
            within_limits(colleague.ask(text)["blocks"])


LONG = "Pitkä vastaus " * 400
MANY = [{"title": "Painike " * 20, "payload": "/x" * 2000}] * 30


@pytest.mark.parametrize("text", [LONG, "x" * 7000, "- kohta\n" * 900, "a\n" * 90, "& < > " * 900])
def test_whatever_is_said_keeps_to_the_limits(text: str) -> None:
    blocks = slack_blocks.message({"text": text, "buttons": MANY}, HOME)["blocks"]
    within_limits(blocks)
    assert blocks[-1]["type"] == "actions"


def within_limits(blocks: list[dict[str, Any]]) -> None:
    """As published: 50 blocks, 3,000 characters a section, 75 a button, 2,000 its value."""
    assert 1 <= len(blocks) <= 50
    for block in blocks:
        if block["type"] == "section":
            assert 1 <= len(block["text"]["text"]) <= 3000
        if block["type"] == "actions":
            assert len(block["elements"]) <= 25
            assert len({each["action_id"] for each in block["elements"]}) == len(block["elements"])
            for each in block["elements"]:
                assert len(each["text"]["text"]) <= 75
                assert len(each["value"]) <= 2000
