"""The channel for Teams, against the platform's protocol on loopback: real keys, real tokens."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from trustme import KeyType

from bot.channels.teams_connector import _asked_to_wait
from bot.channels.teams_settings import TeamsSettings
from bot.serve import ROOT, free_port
from tests.channels.serving import Server, serving_channels
from tests.channels.talks import HOME, TALKS, every_topic
from tests.channels.teams_platform import (
    APP,
    BOT,
    SECRET,
    TENANT,
    Colleague,
    TeamsPlatform,
    encoded,
    new_key,
)

TEAMS = "bot.channels.teams.Teams"
IDENTITY = {
    "TEAMS_APP_ID": APP,
    "TEAMS_TENANT": TENANT,
    "TEAMS_SECRET": SECRET,
    "TEAMS_ADDRESS": HOME,
}


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamsPlatform]:
    platform = TeamsPlatform(tmp_path_factory.mktemp("teams"))
    with platform.running():
        yield platform


@pytest.fixture(scope="module")
def teams(tmp_path_factory: pytest.TempPathFactory, platform: TeamsPlatform) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("bot")
    environment = IDENTITY | platform.trusting
    with serving_channels(folder, {TEAMS: platform.settings}, environment) as server:
        yield server


@pytest.fixture
def colleague(platform: TeamsPlatform, teams: Server) -> Colleague:
    return Colleague(platform, teams.home)


@pytest.mark.parametrize(("language", "question", "answer", "reply", "further"), TALKS)
def test_a_conversation_with_buttons(
    colleague: Colleague, language: str, question: str, answer: str, reply: str, further: str
) -> None:
    card = colleague.ask(question)
    assert answer in card["fallbackText"]
    assert answer in card["body"][0]["text"]
    assert (card["version"], card["lang"]) == ("1.5", language)
    assert further in colleague.click(card, reply)["fallbackText"]


@pytest.mark.parametrize(
    ("locale", "text", "language"),
    [("sv-FI", "Lahti?", "sv"), ("en-US", "Lahti?", "en"), ("de-DE", "Lahti?", "fi"),
     ("en-US", "mikä on hakemusten määräaika?", "fi"), ("fi-FI", "When is the deadline?", "en")],
)  # fmt: skip
def test_the_message_tells_the_language_and_then_the_locale(
    platform: TeamsPlatform, teams: Server, locale: str, text: str, language: str
) -> None:
    assert Colleague(platform, teams.home, locale=locale).ask(text)["lang"] == language


def test_in_a_channel_the_mention_is_removed_and_the_answer_is_in_the_thread(
    platform: TeamsPlatform, teams: Server
) -> None:
    thread = f"19:{uuid.uuid4().hex}@thread.tacv2;messageid=17"
    colleague = Colleague(platform, teams.home, conversation=thread, kind="channel")
    mention = {
        "type": "mention",
        "text": "<at>Lahti</at>",  # a bot of an unlucky name: what is mentioned is not asked
        "mentioned": {"id": BOT, "name": "Lahti"},
    }
    activity = colleague.activity(
        text="<at>Lahti</at>&nbsp;voiko Kuopio hakea?", entities=[mention]
    )
    assert colleague.deliver(activity) == 200
    (posted,) = platform.wait_for(thread)
    assert posted.reply_to == activity["id"]
    assert "Kuopio" in posted.activity["summary"]
    assert "Lahti" not in posted.activity["summary"]


def test_a_mention_without_text_takes_nothing_away(colleague: Colleague) -> None:
    mention = {"type": "mention", "mentioned": {"id": BOT, "name": "Hakuneuvoja"}}
    card = colleague.ask("voiko Kuopio hakea?", entities=[mention])
    assert "Kuopio" in card["fallbackText"]


def test_a_message_without_an_id_is_refused(colleague: Colleague) -> None:
    """Nothing would tell it from one that is delivered again."""
    assert colleague.deliver(colleague.activity(text="hei", id="")) == 400


def test_nobody_shares_what_another_is_remembered_by(
    platform: TeamsPlatform, teams: Server
) -> None:
    thread = f"19:{uuid.uuid4().hex}@thread.tacv2"
    one, other = (
        Colleague(platform, teams.home, conversation=thread, kind="groupChat") for _ in range(2)
    )
    one.ask("voiko Lahti hakea?")
    assert "Lahti" not in other.ask("entä mistä tuo luku on peräisin?")["fallbackText"]
    elsewhere = Colleague(platform, teams.home)
    elsewhere.id = one.id
    assert "Lahti" not in elsewhere.ask("entä mistä tuo luku on peräisin?")["fallbackText"]


def test_greets_once(colleague: Colleague, platform: TeamsPlatform) -> None:
    added = colleague.activity(
        type="conversationUpdate", membersAdded=[{"id": BOT}, {"id": colleague.id}]
    )
    assert [colleague.deliver(added | {"id": uuid.uuid4().hex}) for _ in range(3)] == [200] * 3
    assert "Hei" in colleague.card(1)["fallbackText"]
    colleague.ask("mikä on määräaika?")
    assert len(platform.messages(colleague.conversation)) == 2


@pytest.mark.parametrize(
    "content",
    [
        {"type": "messageUpdate", "text": "mikä on määräaika?"},
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "event", "name": "something/new"},
        {"type": "conversationUpdate", "membersAdded": [{"id": "29:another"}]},
        {"type": "message", "text": "  "},
        {"type": "message", "attachments": [{"contentType": "text/html", "content": "<p></p>"}]},
    ],
)
def test_other_activities_are_accepted_and_ignored(
    colleague: Colleague, platform: TeamsPlatform, content: dict[str, Any]
) -> None:
    assert colleague.deliver(colleague.activity(**content)) == 200
    colleague.ask("mikä on määräaika?")
    assert len(platform.messages(colleague.conversation)) == 1


def test_a_long_answer_is_one_message(colleague: Colleague, platform: TeamsPlatform) -> None:
    card = colleague.ask("Mitä hakemuksessa pitää kuvata?")
    assert [part["type"] for part in card["body"]].count("TextBlock") > 1
    time.sleep(0.3)
    assert len(platform.messages(colleague.conversation)) == 1


def test_the_calendar_file_is_linked_to(colleague: Colleague) -> None:
    card = json.dumps(colleague.ask("lisää määräaika kalenteriin"))
    assert f'"url": "{HOME}/calendar/fi.ics"' in card


def test_typing_is_shown_first(colleague: Colleague, platform: TeamsPlatform) -> None:
    colleague.ask("mikä on määräaika?")
    kinds = [
        each.activity["type"]
        for each in platform.posted
        if each.conversation == colleague.conversation
    ]
    assert kinds == ["typing", "message"]


# What is refused ----------------------------------------------------------------------------------


def refused(colleague: Colleague, token: str | None, status: int = 401, **content: Any) -> None:
    """Answered with the status and nothing else, and nothing is said."""
    activity = colleague.activity(text="mikä on määräaika?", **content)
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    address = f"{colleague.bot}/webhooks/teams/messages"
    response = httpx.post(address, json=activity, headers=headers)
    assert (response.status_code, response.content) == (status, b"")
    colleague.ask("hei")
    assert len(colleague.platform.messages(colleague.conversation)) == 1


def test_no_token(colleague: Colleague) -> None:
    refused(colleague, None)
    refused(Colleague(colleague.platform, colleague.bot), "not.a.token")


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-app"},
        {"aud": None},
        {"iss": "https://sts.windows.net/attacker/"},
        {"iss": None},
        {"exp": int(time.time()) - 600},
        {"exp": None},
        {"nbf": int(time.time()) + 86_400},
    ],
)
def test_wrong_claims(colleague: Colleague, claims: dict[str, Any]) -> None:
    refused(colleague, colleague.platform.token(**claims))


def test_a_clock_a_little_wrong_is_no_reason(colleague: Colleague) -> None:
    token = colleague.platform.token(exp=int(time.time()) - 20)
    assert colleague.deliver(colleague.activity(text="hei"), token) == 200


def test_a_token_for_another_service(colleague: Colleague) -> None:
    refused(colleague, colleague.platform.token(serviceurl="https://evil.example/"), 403)
    other = Colleague(colleague.platform, colleague.bot)
    refused(other, other.platform.token(serviceurl=None), 403)


def test_a_service_that_is_not_configured(colleague: Colleague) -> None:
    """Even with a token for it: answers go nowhere else."""
    evil = "https://evil.example/"
    refused(colleague, colleague.platform.token(serviceurl=evil), 403, serviceUrl=evil)


def test_a_key_for_another_channel(colleague: Colleague) -> None:
    refused(colleague, colleague.platform.token(), 403, channelId="directline")


def test_a_forged_signature(colleague: Colleague) -> None:
    forged = new_key(colleague.platform.key.id)
    refused(colleague, colleague.platform.token(forged))
    unknown = new_key("nobody's")
    other = Colleague(colleague.platform, colleague.bot)
    refused(other, other.platform.token(unknown))


def test_the_algorithm_is_not_the_tokens_to_choose(colleague: Colleague) -> None:
    platform = colleague.platform
    claims = {
        "iss": "https://api.botframework.com",
        "aud": APP,
        "exp": int(time.time()) + 600,
        "serviceurl": platform.service,
    }
    none = f"{encoded({'alg': 'none', 'kid': platform.key.id})}.{encoded(claims)}."
    refused(colleague, none)
    public = platform.key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signed = f"{encoded({'alg': 'HS256', 'kid': platform.key.id})}.{encoded(claims)}"
    mac = hmac.new(public, signed.encode(), hashlib.sha256).digest()
    confused = f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    refused(Colleague(platform, colleague.bot), confused)


def test_a_replayed_message_is_not_answered_twice(
    colleague: Colleague, platform: TeamsPlatform
) -> None:
    activity = colleague.activity(text="mikä on määräaika?")
    token = platform.token()
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda _: colleague.deliver(activity, token), range(4)))
    assert codes == [200] * 4
    platform.wait_for(colleague.conversation)
    colleague.ask("hei")
    assert len(platform.messages(colleague.conversation)) == 2


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'"hei"', b'{"type": "message"}', b'{"from": {"id": 1}}']
)
def test_no_activity_is_refused(teams: Server, platform: TeamsPlatform, body: bytes) -> None:
    header = {"Authorization": f"Bearer {platform.token()}", "Content-Type": "application/json"}
    response = httpx.post(f"{teams.home}/webhooks/teams/messages", content=body, headers=header)
    assert (response.status_code, response.content) == (400, b"")


def test_a_new_key_of_the_platform_is_fetched(
    colleague: Colleague, platform: TeamsPlatform
) -> None:
    """Once a minute at most, whatever key ids strangers make up."""
    before = platform.asked.count("/keys")
    for number in range(5):
        colleague.deliver(colleague.activity(), platform.token(new_key(f"made-up-{number}")))
    assert platform.asked.count("/keys") <= before + 1


# What goes wrong on the way -----------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_platform_is_asked_again(
    colleague: Colleague, platform: TeamsPlatform, status: int
) -> None:
    platform.refusals = [(status, {"Retry-After": "1"})]
    begun = time.monotonic()
    colleague.ask("mikä on määräaika?")
    assert time.monotonic() - begun >= 1
    assert len(platform.messages(colleague.conversation)) == 1


def test_order_is_kept_while_the_platform_fails(
    colleague: Colleague, platform: TeamsPlatform
) -> None:
    platform.refusals = [(503, {"Retry-After": "1"})]
    asked = ["voiko Lahti hakea?", "voiko Kuopio hakea?", "voiko Oulu hakea?"]
    for text in asked:
        assert colleague.deliver(colleague.activity(text=text)) == 200
    posted = platform.wait_for(colleague.conversation, 3)
    for text, each in zip(asked, posted, strict=True):
        assert text.split()[1] in each.activity["summary"]


def test_a_slow_platform_keeps_nobody_waiting(
    colleague: Colleague, platform: TeamsPlatform, teams: Server
) -> None:
    """Requests are acknowledged at once, and other channels answer, while posting takes long."""
    platform.slow = 2
    try:
        begun = time.monotonic()
        for _ in range(5):
            assert colleague.deliver(colleague.activity(text="mikä on määräaika?")) == 200
        said = {"sender": "somebody", "message": "mikä on määräaika?"}
        assert httpx.post(f"{teams.home}/webhooks/rest/webhook", json=said).json()
        assert time.monotonic() - begun < 2
    finally:
        platform.slow = 0
    assert len(platform.wait_for(colleague.conversation, 5)) == 5


def test_what_the_platform_refuses_for_good_stops_nothing(
    colleague: Colleague, platform: TeamsPlatform, teams: Server
) -> None:
    platform.refusals = [(403, {})]
    assert colleague.deliver(colleague.activity(text="voiko Lahti hakea?")) == 200
    assert "Kuopio" in colleague.ask("voiko Kuopio hakea?")["fallbackText"]
    assert len(platform.messages(colleague.conversation)) == 1


def test_two_hundred_messages_of_fifty_people_keep_their_order(
    platform: TeamsPlatform, teams: Server
) -> None:
    names = ["Lahti", "Kuopio", "Oulu", "Turku"]
    people = [Colleague(platform, teams.home) for _ in range(50)]

    def write(person: Colleague) -> list[int]:
        return [person.deliver(person.activity(text=f"voiko {name} hakea?")) for name in names]

    with ThreadPoolExecutor(50) as pool:
        assert all(codes == [200] * 4 for codes in pool.map(write, people))
    for person in people:
        posted = platform.wait_for(person.conversation, 4, 60)
        assert len(posted) == 4
        for name, each in zip(names, posted, strict=True):
            assert name in each.activity["summary"]


def test_nothing_of_people_or_secrets_is_logged(
    colleague: Colleague, teams: Server, platform: TeamsPlatform
) -> None:
    colleague.ask("salaisuus-13579 mikä on määräaika")
    stranger = Colleague(platform, teams.home)
    text = stranger.activity(text="salaisuus-13579")
    assert stranger.deliver(text, platform.token(aud="another")) == 401
    platform.refusals = [(403, {})]
    colleague.deliver(colleague.activity(text="hei"))
    colleague.ask("mikä on määräaika?")
    log = teams.log.read_text(encoding="utf-8")
    assert "Teams answered 403" in log
    for word in (
        "salaisuus-13579",
        SECRET,
        colleague.id,
        colleague.conversation[2:],
        platform.token()[:40],
    ):
        assert word not in log
    stored = "".join(sender + data for sender, data in teams.stored())
    assert colleague.id not in stored


def test_the_token_is_asked_for_once(colleague: Colleague, platform: TeamsPlatform) -> None:
    colleague.ask("hei")
    colleague.ask("kiitos")
    assert platform.asked.count(f"/{TENANT}/oauth2/v2.0/token") == 1


def test_an_app_with_a_certificate_of_no_single_tenant(
    tmp_path: Path, platform: TeamsPlatform
) -> None:
    own = platform.authority.issue_cert("the-app.example", key_type=KeyType.RSA)
    file = tmp_path / "app.pem"
    own.private_key_and_cert_chain_pem.write_to_path(str(file))
    identity = {"TEAMS_APP_ID": APP, "TEAMS_CERTIFICATE": str(file), "TEAMS_ADDRESS": HOME}
    environment = identity | platform.trusting
    with serving_channels(tmp_path, {TEAMS: platform.settings}, environment) as server:
        assert "Hei" in Colleague(platform, server.home).ask("hei")["fallbackText"]
    assert "/botframework.com/oauth2/v2.0/token" in platform.asked
    assert "client_assertion" in platform.credentials[-1]


def test_starts_without_the_platform(tmp_path: Path) -> None:
    """And says that it cannot check, not that the request is wrong."""
    nowhere = "https://localhost:1"
    settings = {"login": nowhere, "keys": f"{nowhere}/metadata", "services": [nowhere]}
    platform = TeamsPlatform(tmp_path)
    with serving_channels(tmp_path, {TEAMS: settings}, IDENTITY) as server:
        colleague = Colleague(platform, server.home)
        assert colleague.deliver(colleague.activity(text="hei")) == 503
        assert httpx.get(f"{server.home}/").status_code == 200


def test_off_unless_configured(server: Server) -> None:
    assert httpx.post(f"{server.home}/webhooks/teams/messages", json={}).status_code == 404


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("-1", 0), ("0.5", 0.5), (None, None), ("soon", None),
     ("Thu, 01 Jan 1970 00:00:00 GMT", 0)],
)  # fmt: skip
def test_how_long_to_wait(header: str | None, seconds: float | None) -> None:
    assert _asked_to_wait(header) == seconds


def test_every_answer_is_a_card_that_microsofts_library_takes(
    platform: TeamsPlatform, teams: Server
) -> None:
    posted = []
    for locale in ("fi-FI", "sv-FI", "en-GB"):
        colleague = Colleague(platform, teams.home, locale=locale)
        posted += [colleague.ask(text) for text in every_topic()]
    checked = subprocess.run(
        [ROOT / ".venv/bin/node", ROOT / "tests/channels/check_cards.cjs"],
        input=json.dumps(posted),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(checked.stdout) == [[]] * len(posted)
    assert max(len(json.dumps(each)) for each in posted) < 28_000  # what Teams takes


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        (
            {"TEAMS_APP_ID": APP, "TEAMS_ADDRESS": HOME},
            "either TEAMS_SECRET or TEAMS_CERTIFICATE has to be set",
        ),
        (IDENTITY | {"TEAMS_ADDRESS": "bot.example"}, "is no address like https://bot.example"),
        ({"TEAMS_SECRET": SECRET}, "TEAMS_APP_ID: field required"),
        (IDENTITY | {"TEAMS_CERTIFICATE": "/nowhere"}, "either TEAMS_SECRET or TEAMS_CERT"),
        (
            {"TEAMS_APP_ID": APP, "TEAMS_ADDRESS": HOME, "TEAMS_CERTIFICATE": "/nowhere"},
            "has to be a PEM file",
        ),
        ({"HAKUNEUVOJA_SECRETS": "/nowhere"}, "HAKUNEUVOJA_SECRETS='/nowhere' is no folder"),
        ({"SLACK_BOT_TOKEN": "x"}, "SLACK_SIGNING_SECRET: field required"),
    ],
)
def test_half_a_configuration_stops_the_start(environment: dict[str, str], complaint: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot.serve"],
        cwd=ROOT,
        env=os.environ | {"PORT": str(free_port())} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert complaint in ended.stderr
    assert "Traceback" not in ended.stderr
    assert SECRET not in ended.stderr


def test_secrets_from_files(tmp_path: Path) -> None:
    (tmp_path / "teams_app_id").write_text(APP)
    (tmp_path / "TEAMS_ADDRESS").write_text(f"{HOME}/")
    (tmp_path / "TEAMS_SECRET").write_text(f"{SECRET}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAKUNEUVOJA_SECRETS", str(tmp_path))
        settings = TeamsSettings.load()
    assert settings is not None
    assert settings.credential() == SECRET
    assert SECRET not in repr(settings)


def test_what_is_older_is_deleted(tmp_path: Path, platform: TeamsPlatform) -> None:
    """When the server starts, and regularly after that; other channels' conversations stay."""
    environment = IDENTITY | platform.trusting | {"TEAMS_STORED_DAYS": "0.00001"}
    with serving_channels(tmp_path, {TEAMS: platform.settings}, environment) as server:
        Colleague(platform, server.home).ask("voiko Lahti hakea?")
        httpx.post(f"{server.address}/conversation", json={"language": "fi"})
        time.sleep(1)
    with serving_channels(tmp_path, {TEAMS: platform.settings}, environment) as server:
        kept = {sender.partition("-")[0] for sender, _ in server.stored()}
    assert kept == {"web"}
