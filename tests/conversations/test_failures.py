"""What a person gets when the action server is gone or hangs."""

import os
import signal
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.serve import LOOPBACK, free_port, serving
from tests.conftest import MOMENTS
from tests.conversations.talk import Talk


class Servers(NamedTuple):
    address: str
    actions: int
    log: Path
    database: Path

    def talk(self) -> Talk:
        return Talk(self.address, uuid.uuid4().hex)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    folder = tmp_path_factory.mktemp("failing")
    log, database, port = folder / "log.txt", folder / "conversations.sqlite", free_port()
    with (
        log.open("wb") as out,
        serving(
            port,
            database=database,
            environment={"HAKUNEUVOJA_NOW": MOMENTS["open"]},
            log=out.fileno(),
            actions_apart=True,
        ) as (_, actions),
    ):
        address = f"http://{LOOPBACK}:{port}/webhooks/rest/webhook"
        yield Servers(address, actions.pid, log, database)


def kill(process: int, what: signal.Signals) -> None:
    os.kill(process, what)


def test_a_hanging_action_server(servers: Servers) -> None:
    talk = servers.talk()
    kill(servers.actions, signal.SIGSTOP)
    try:
        reply = talk.say("voiko Lahti hakea?")
        assert "En pysty juuri nyt vastaamaan" in reply.text
        assert "029 504 7990" in reply.text
        assert "20.4.2021 klo 16.15" in talk.say("mikä on hakemuksen määräaika?").text
    finally:
        kill(servers.actions, signal.SIGCONT)
    assert "Kyllä, Lahti voi hakea" in talk.say("voiko Lahti hakea?").text
    assert "no answer from" in servers.log.read_text(encoding="utf-8")


def test_every_event_is_stored(servers: Servers) -> None:
    talk = servers.talk()
    reply = talk.say("Mikä on hakemuksen määräaika?")
    with sqlite3.connect(servers.database) as connection:
        rows = connection.execute(
            "select type_name, data from events where sender_id = ? order by id", (talk.sender,)
        ).fetchall()
    kinds = [kind for kind, _ in rows]
    assert kinds.index("user") < kinds.index("bot")
    assert any("20.4.2021" in data for kind, data in rows if kind == "bot")
    assert "20.4.2021" in reply.text


def test_no_message_stands_in_the_log(servers: Servers) -> None:
    servers.talk().say("salainen-tunnus-12345 mikä on määräaika")
    servers.talk().say("/salainen-tunnus-12345{")
    assert "salainen-tunnus" not in servers.log.read_text(encoding="utf-8")


def test_no_action_server(servers: Servers) -> None:
    """Stands last: the action server does not come back."""
    kill(servers.actions, signal.SIGKILL)
    talk = servers.talk()
    for ask, apology in (
        ("voiko Lahti hakea?", "En pysty juuri nyt vastaamaan"),
        ("Kan Esbo söka?", "Jag kan inte svara på det här just nu"),
        ("How much time is left?", "I cannot answer this right now"),
        ("start the readiness check please", "I cannot answer this right now"),
    ):
        reply = talk.say(ask)
        assert apology in reply.text
        assert "029 504 7990" in reply.text
    both = talk.say("Can Lahti apply and where do I send the application?").text
    assert both.index("I cannot answer this right now") < both.index("sent to the registry")
    assert "20 April 2021" in talk.say("What is the application deadline?").text
    assert "Encountered an exception while running action" in servers.log.read_text("utf-8")
