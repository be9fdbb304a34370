"""The website's channel, asked over HTTP as the chat asks it."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from bot.channels.web_settings import Settings
from tests.channels.serving import Server


class Person:
    """Somebody with the chat open."""

    def __init__(self, server: Server, language: str = "fi") -> None:
        self.http = server.client("/webhooks/web")
        begun = self.http.post("/conversation", json={"language": language})
        assert begun.status_code == 201, begun.text
        self.token: str = begun.json()["token"]
        self.greeting: dict[str, Any] = begun.json()["messages"][0]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def ask(self, text: str, id: str | None = None, **more: str) -> list[dict[str, Any]]:
        response = self.http.post(
            "/messages", json={"id": id or uuid.uuid4().hex, "text": text, **more}
        )
        assert response.status_code == 200, response.text
        kinds = [kind for kind, _ in events(response.text)]
        assert (kinds[0], kinds[-1]) == ("typing", "done")
        return [data for kind, data in events(response.text) if kind == "message"]

    def said(self) -> list[dict[str, Any]]:
        return self.http.get("/conversation").json()["messages"]


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for block in filter(None, text.split("\n\n")):
        kind, data = block.split("\n")
        found.append((kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


@pytest.mark.parametrize(
    ("language", "greeting", "question", "answer"),
    [
        ("fi", "Hei.", "mikä on määräaika?", "20.4.2021 klo 16.15"),
        ("sv", "Hej.", "när är sista ansökningsdagen?", "20.4.2021 kl. 16.15"),
        ("en", "Hello.", "what is the deadline?", "20 April 2021"),
    ],
)
def test_a_conversation_in_each_language(
    server: Server, language: str, greeting: str, question: str, answer: str
) -> None:
    person = Person(server, language)
    assert person.greeting["text"].startswith(greeting)
    assert person.greeting["language"] == language
    (message,) = person.ask(question)
    assert answer in message["text"]
    assert message["language"] == language
    assert message["buttons"]
    assert message["sources"]


def test_a_conversation_is_there_after_a_reload(server: Server) -> None:
    person = Person(server)
    said = [
        person.greeting,
        *person.ask("voiko Lahti hakea?"),
        *person.ask("/ask_deadline", title="Määräaika"),
    ]
    again = person.said()
    assert [each["text"] for each in again if each["speaker"] == "person"] == [
        "voiko Lahti hakea?",
        "Määräaika",
    ]
    assert [each | {"rating": None} for each in said] == [
        each for each in again if each["speaker"] == "bot"
    ]


def test_several_answers_come_one_by_one(server: Server) -> None:
    answers = Person(server).ask("kuka voi hakea ja mikä on määräaika?")
    assert len(answers) == 2


def test_a_message_sent_again_is_answered_again_but_not_asked_again(server: Server) -> None:
    person = Person(server)
    first = person.ask("voiko Kuopio hakea?", id="same")
    assert person.ask("voiko Kuopio hakea?", id="same") == first
    assert sum(each["speaker"] == "person" for each in person.said()) == 1


def test_a_message_sent_twice_at_once_is_asked_once(server: Server) -> None:
    person = Person(server)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: person.ask("paljonko aikaa on?", id="same"), range(4)))
    assert all(each == answers[0] for each in answers)
    assert sum(each["speaker"] == "person" for each in person.said()) == 1


def test_the_token_is_not_stored(server: Server) -> None:
    person = Person(server)
    person.ask("hei")
    assert all(person.token not in sender + data for sender, data in server.stored())


@pytest.mark.parametrize("token", ["guessed", "web-1", "x" * 500, "..", "%27"])
def test_a_token_that_the_server_did_not_make_opens_nothing(server: Server, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    assert httpx.get(f"{server.address}/conversation", headers=headers).json() == {"error": "ended"}
    asked = httpx.post(
        f"{server.address}/messages", headers=headers, json={"id": "1", "text": "hei"}
    )
    assert (asked.status_code, asked.json()) == (404, {"error": "ended"})


def test_no_token_is_refused(server: Server) -> None:
    for method, path in (
        ("GET", "/conversation"),
        ("DELETE", "/conversation"),
        ("POST", "/messages"),
        ("POST", "/ratings"),
    ):
        response = httpx.request(method, server.address + path, content=b"{}")
        assert (response.status_code, response.json()) == (401, {"error": "token"})


def test_ending_deletes_everything(server: Server) -> None:
    person = Person(server)
    person.ask("voiko Lohja hakea?")
    before = server.stored()
    assert person.http.delete("/conversation").status_code == 204
    assert person.http.get("/conversation").status_code == 404
    assert person.http.delete("/conversation").status_code == 204
    kept = {sender for sender, _ in server.stored()}
    gone = {sender for sender, _ in before} - kept
    assert len(gone) == 1
    assert all("Lohja" not in data for _, data in server.stored())


def test_an_answer_is_rated_and_the_rating_can_change(server: Server) -> None:
    person = Person(server)
    (message,) = person.ask("mikä on määräaika?")
    for value in ("up", "down", None):
        rated = person.http.post("/ratings", json={"message": message["id"], "value": value})
        assert rated.status_code == 204
        assert person.said()[-1]["rating"] == value
    unknown = person.http.post("/ratings", json={"message": "1", "value": "up"})
    assert (unknown.status_code, unknown.json()) == (404, {"error": "message"})


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "json"),
        (b"[]", "json"),
        (b'{"id": "1"}', "text"),
        (b'{"id": "1", "text": " "}', "text"),
        (b'{"id": 1, "text": "hei"}', "id"),
        (json.dumps({"id": "1", "text": "x" * 2001}).encode(), "too_long"),
        (json.dumps({"id": "x" * 65, "text": "hei"}).encode(), "too_long"),
    ],
)
def test_bad_input_is_named(server: Server, body: bytes, error: str) -> None:
    response = Person(server).http.post("/messages", content=body)
    assert (response.status_code, response.json()) == (400, {"error": error})


def test_what_is_far_too_long_is_not_even_read(server: Server) -> None:
    response = Person(server).http.post("/messages", content=b"x" * 200_000)
    assert response.status_code == 413


@pytest.mark.parametrize(
    "text",
    ["x" * 2000, "👩‍👩‍👧‍👦 🇫🇮", "متى الموعد النهائي؟", "<script>alert(1)</script>", "\u0000 a"],
)
def test_any_text_gets_an_answer(server: Server, text: str) -> None:
    assert Person(server).ask(text)[0]["text"]


def test_who_asks_too_fast_is_asked_to_wait(server: Server) -> None:
    person = Person(server)
    codes = [
        person.http.post("/messages", json={"id": str(number), "text": "hei"})
        for number in range(25)
    ]
    assert [each.status_code for each in codes] == [200] * 20 + [429] * 5
    assert codes[-1].json() == {"error": "too_many"}
    assert 1 <= int(codes[-1].headers["Retry-After"]) <= 60
    assert Person(server).ask("hei")


def test_pages_of_other_origins_get_nothing_unless_listed(server: Server) -> None:
    preflight = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    response = httpx.options(f"{server.address}/messages", headers=preflight)
    assert "access-control-allow-origin" not in response.headers
    asked = httpx.post(
        f"{server.address}/conversation",
        headers={"Origin": "https://evil.example"},
        json={"language": "fi"},
    )
    assert "access-control-allow-origin" not in asked.headers


def test_what_people_write_is_not_logged(server: Server) -> None:
    person = Person(server)
    person.ask("salaisuus-98765 mikä on määräaika")
    person.http.post("/messages", content=b'{"salaisuus-98765')
    assert "salaisuus-98765" not in server.log.read_text(encoding="utf-8")
    assert person.token not in server.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "setting",
    [
        {"origins": ["tem.fi"]},
        {"origins": ["https://*"]},
        {"kept_hours": 0},
        {"per_address": "fast"},
        {"colour": "red"},
    ],
)
def test_a_setting_that_is_none_is_named(setting: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=next(iter(setting))):
        Settings.parse_obj(setting)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "6.6.6.6", "10.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"),
        (1, None, "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    proxies: int, forwarded: str | None, address: str
) -> None:
    assert Settings(proxies=proxies).address("10.0.0.1", forwarded) == address
