"""The conversations of dialogues.yml, held with the real servers."""

import base64
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from ruamel.yaml import YAML

from bot.call.announcement import Announcement
from tests.conftest import MOMENTS
from tests.conversations.talk import Talk

DIALOGUES: list[dict[str, Any]] = YAML(typ="safe").load(
    (Path(__file__).parent / "dialogues.yml").read_text(encoding="utf-8")
)
OPEN = MOMENTS["open"]


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue["name"])
def test_dialogue(talk_at: Callable[[str], Talk], dialogue: dict[str, Any]) -> None:
    talk = talk_at(MOMENTS[dialogue.get("moment", "open")])
    for turn in dialogue["turns"]:
        reply = talk.say(turn["ask"])
        for needed in turn["say"]:
            assert needed in reply.text, f"{turn['ask']}: {reply.text}"
        for forbidden in turn.get("never", ()):
            assert forbidden not in reply.text, f"{turn['ask']}: {reply.text}"
        assert set(turn.get("offer", ())) <= set(reply.titles), turn["ask"]
        if "texts" in turn:
            assert sum("text" in message for message in reply.messages) == turn["texts"], reply.text
            places = [reply.text.index(needed) for needed in turn["say"]]
            assert places == sorted(places), reply.text


@pytest.mark.parametrize(
    "message",
    [
        "", "   ", "🙂", "🇫🇮🙂👍", "?", "!!!", "...", "\x00\x07\x1b[31m", "\u202eabc", "a" * 10_000,
        "ä" * 10_000, "hakemus " * 1_250, "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
        "'; DROP TABLE events; --", "{{7*7}} ${7*7} {closes.moment}", "/", "//", "/{}", "@/restart",
        "/check_eligibility" * 500, "lahti " * 1_600, "voiko lahti hakea ja " * 400,
        "".join(random.Random(0).choices("abcdefghijklmnopqrstuvwxyz", k=10_000)), '{"sender": "x"}', None,
    ],
)  # fmt: skip
def test_odd_input_gets_a_polite_answer(
    talk_at: Callable[[str], Talk], message: str | None
) -> None:
    talk = talk_at(OPEN)
    reply = talk.say(message)
    assert sum("text" in message for message in reply.messages) == 1
    for repeated in ("<script", "<img", "DROP TABLE", "utter_", "nlu_fallback", "{"):
        assert repeated not in reply.text
    assert "20.4.2021 klo 16.15" in talk.say("mikä on hakemuksen määräaika?").text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"not json", "Failed when parsing body as json"),
        (b"[1]", "JSON object"),
        (b'{"sender": "x", "message": 5}', '"message" has to be a text'),
        (b'{"sender": {"a": 1}, "message": "hei"}', '"sender" has to be a text'),
        (b'{"sender": "' + b"x" * 300 + b'", "message": "hei"}', "longer than 255"),
        (b'{"sender": "x", "message": "' + b"x" * 10_001 + b'"}', "longer than 10000"),
    ],
)
def test_a_bad_request_is_told_what_is_wrong(
    address_at: Callable[[str], str], body: bytes, reason: str
) -> None:
    response = httpx.post(address_at(OPEN), content=body, timeout=30)
    assert response.status_code == 400
    assert reason in response.text.replace('\\"', '"').replace("&quot;", '"')


def test_the_calendar_file_is_attached(talk_at: Callable[[str], Talk], call: Announcement) -> None:
    reply = talk_at(OPEN).say("add the deadline to my calendar please")
    (attachment,) = reply.attachments
    kind, _, content = attachment["payload"]["src"].partition(",")
    assert kind == "data:text/calendar;charset=utf-8;base64"
    event = Calendar.from_ical(base64.b64decode(content)).walk("VEVENT")[0]
    assert event.decoded("dtend") == call.closes.moment
    assert event["summary"] == "Call for competence centres closes"
    assert "Ministry of Economic Affairs and Employment" in event["description"]


def test_conversations_do_not_mix(talk_at: Callable[[str], Talk]) -> None:
    first, second = talk_at(OPEN), talk_at(OPEN)
    first.say("start the readiness check")
    second.say("mikä on määräaika?")
    assert "Is the content of the centre's service defined?" in first.say("Espoo").text
    assert "Kyllä, Espoo voi hakea" in second.say("Espoo").text
