"""Teams' side, played on loopback with real keys: token, key and conversation endpoints."""

import base64
import json
import time
import uuid
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from threading import Condition
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.channels.platform import PLAIN, Answer, Asked, Platform

APP, TENANT, SECRET = "11111111-aaaa-bbbb-cccc-000000000001", "a-tenant", "the-apps-secret"
BOT = f"28:{APP}"
TOKEN = "a-token-for-the-connector"  # noqa: S105


class Posted(NamedTuple):
    conversation: str
    reply_to: str | None
    activity: dict[str, Any]
    at: float


class Key(NamedTuple):
    """A signing key, by what it is published under."""

    id: str
    private: rsa.RSAPrivateKey

    def published(self, endorsements: list[str]) -> dict[str, Any]:
        own = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        return own | {"kid": self.id, "use": "sig", "endorsements": endorsements}


def new_key(name: str) -> Key:
    return Key(name, rsa.generate_private_key(public_exponent=65537, key_size=2048))


class TeamsPlatform(Platform):
    """Publishes `keys`, gives tokens for SECRET, and takes what the bot posts."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.key = new_key("first")
        self.keys = [self.key.published(["msteams"])]
        self.posted: list[Posted] = []
        self.refusals: list[tuple[int, dict[str, str]]] = []  # the next answers to posts
        self.asked: list[str] = []  # paths, in order
        self.credentials: list[dict[str, str]] = []
        self.changed = Condition()

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked.path)
        match asked.path.strip("/").split("/"):
            case ["metadata"]:
                return Answer(content={"jwks_uri": f"{self.home}/keys"})
            case ["keys"]:
                return Answer(content={"keys": self.keys})
            case [tenant, "v2.0", ".well-known", "openid-configuration"]:
                return self._tenant(f"{self.home}/{tenant}")
            case [_, "oauth2", "v2.0", "token"]:
                return self._token(dict(parse_qsl(asked.body.decode())))
            case ["teams", "v3", "conversations", conversation, "activities", *activity]:
                return self._post(unquote(conversation), activity, asked)
        return Answer(404)

    @property
    def service(self) -> str:
        return f"{self.home}/teams/"

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "login": self.home,
            "keys": f"{self.home}/metadata",
            "services": [self.service],
        }

    def _tenant(self, own: str) -> Answer:
        return Answer(
            content={
                "issuer": f"{own}/v2.0",
                "authorization_endpoint": f"{own}/oauth2/v2.0/authorize",
                "token_endpoint": f"{own}/oauth2/v2.0/token",
            }
        )

    def _token(self, form: dict[str, str]) -> Answer:
        self.credentials.append(form)
        if "client_assertion" not in form and form.get("client_secret") != SECRET:
            return Answer(401, {"error": "invalid_client"})
        return Answer(content={"token_type": "Bearer", "expires_in": 3600, "access_token": TOKEN})

    def _post(self, conversation: str, activity: list[str], asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Answer(401)
        content = json.loads(asked.body)
        if self.refusals and content["type"] == "message":
            status, headers = self.refusals.pop(0)
            return Answer(status, headers=headers)
        with self.changed:
            reply_to = unquote(activity[0]) if activity else None
            self.posted.append(Posted(conversation, reply_to, content, time.monotonic()))
            self.changed.notify_all()
        return Answer(201, {"id": uuid.uuid4().hex})

    def messages(self, conversation: str) -> list[Posted]:
        return [
            each
            for each in self.posted
            if each.conversation == conversation and each.activity["type"] == "message"
        ]

    def wait_for(self, conversation: str, count: int = 1, seconds: float = 20) -> list[Posted]:
        """The messages posted to a conversation, once there are so many."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.messages(conversation)) >= count, seconds)
        return self.messages(conversation)

    def token(self, key: Key | None = None, **claims: Any) -> str:
        """As the platform signs them; `claims` other than usual, None leaves one out."""
        usual = {
            "iss": "https://api.botframework.com",
            "aud": APP,
            "nbf": int(time.time()) - 10,
            "exp": int(time.time()) + 3600,
            "serviceurl": self.service,
        }
        kept = {name: value for name, value in (usual | claims).items() if value is not None}
        key = key or self.key
        return jwt.encode(kept, key.private, "RS256", headers={"kid": key.id})


class Colleague:
    """Somebody in Teams, in a conversation with the bot."""

    def __init__(
        self,
        platform: TeamsPlatform,
        bot: str,
        *,
        conversation: str | None = None,
        kind: str = "personal",
        locale: str = "fi-FI",
        http: httpx.Client | None = None,
    ) -> None:
        self.platform, self.bot, self.kind, self.locale = platform, bot, kind, locale
        self.post = http.post if http else partial(httpx.post, timeout=30, verify=PLAIN)
        self.id = f"29:{uuid.uuid4().hex}"
        self.conversation = conversation or f"a:{uuid.uuid4().hex}"

    def activity(self, **content: Any) -> dict[str, Any]:
        return {
            "type": "message",
            "id": uuid.uuid4().hex,
            "channelId": "msteams",
            "serviceUrl": self.platform.service,
            "from": {"id": self.id, "name": "Colleague"},
            "recipient": {"id": BOT, "name": "Hakuneuvoja"},
            "conversation": {"id": self.conversation, "conversationType": self.kind},
            "locale": self.locale,
            **content,
        }

    def deliver(self, activity: Mapping[str, Any], token: str | None = None) -> int:
        header = {"Authorization": f"Bearer {token or self.platform.token()}"}
        address = f"{self.bot}/webhooks/teams/messages"
        return self.post(address, json=activity, headers=header).status_code

    def ask(self, text: str, **content: Any) -> dict[str, Any]:
        """The card that comes for a message."""
        before = len(self.platform.messages(self.conversation))
        assert self.deliver(self.activity(text=text, **content)) == 200
        return self.card(before + 1)

    def click(self, card: Mapping[str, Any], title: str) -> dict[str, Any]:
        (data,) = [
            each["data"]
            for part in card["body"]
            for each in part.get("actions", [])
            if each["type"] == "Action.Submit" and title in each["title"]
        ]
        before = len(self.platform.messages(self.conversation))
        assert self.deliver(self.activity(value=data)) == 200
        return self.card(before + 1)

    def card(self, count: int) -> dict[str, Any]:
        posted = self.platform.wait_for(self.conversation, count)[count - 1].activity
        (attachment,) = posted["attachments"]
        assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
        content: dict[str, Any] = attachment["content"]
        return content


def encoded(content: Mapping[str, Any]) -> str:
    """A part of a JSON Web Token, for those that no library makes."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
