"""Slack's side, played on loopback: its Web API, its hooks, and requests signed as it does."""

import json
import time
import uuid
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from threading import Condition
from typing import Any, NamedTuple
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier

from tests.channels.platform import PLAIN, Answer, Asked, Platform

TOKEN, SIGNING = "xoxb-the-apps-token", "the-apps-signing-secret"
TEAM, BOT = "T1", "UBOT"


class Call(NamedTuple):
    method: str  # "chat.postMessage", or "hook"
    body: dict[str, Any]
    at: float


class SlackPlatform(Platform):
    """Takes what the bot calls; `locales` by person."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.calls: list[Call] = []
        self.locales: dict[str, str] = {}
        self.refusals: list[tuple[int, dict[str, str]]] = []  # the next answers to posts
        self.changed = Condition()

    @property
    def settings(self) -> dict[str, str]:
        return {"api": f"{self.home}/api/", "hooks": f"{self.home}/hooks/"}

    def answer(self, asked: Asked) -> Answer:
        kind, _, method = asked.path.partition("?")[0].strip("/").partition("/")
        if kind == "hooks":
            return self._take("hook", json.loads(asked.body) | {"hook": method})
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return Answer(content={"ok": False, "error": "invalid_auth"})
        body = _body(asked)
        if method == "users.info":
            locale = self.locales.get(body["user"])
            return Answer(content={"ok": True, "user": {"id": body["user"], "locale": locale}})
        if method == "conversations.open":
            return Answer(content={"ok": True, "channel": {"id": f"D-{body['users']}"}})
        return self._take(method, body)

    def _take(self, method: str, body: dict[str, Any]) -> Answer:
        if self.refusals and method in ("chat.postMessage", "hook"):
            status, headers = self.refusals.pop(0)
            return Answer(status, {"ok": False, "error": "refused"}, headers)
        with self.changed:
            self.calls.append(Call(method, body, time.monotonic()))
            self.changed.notify_all()
        return Answer(content={"ok": True, "ts": f"{time.time():.6f}"})

    def said(self, channel: str) -> list[dict[str, Any]]:
        return [
            each.body
            for each in self.calls
            if each.method == "chat.postMessage" and each.body["channel"] == channel
        ]

    def wait_for(self, channel: str, count: int = 1, seconds: float = 20) -> list[dict[str, Any]]:
        """What was posted to a channel, once there is so much."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.said(channel)) >= count, seconds)
        return self.said(channel)

    def wait_for_call(self, method: str, **content: str) -> dict[str, Any]:
        def found() -> list[dict[str, Any]]:
            return [
                each.body
                for each in self.calls
                if each.method == method and content.items() <= each.body.items()
            ]

        with self.changed:
            assert self.changed.wait_for(found, 20), f"{method} was not called"
        return found()[-1]


def _body(asked: Asked) -> dict[str, Any]:
    if asked.headers.get("Content-Type", "").startswith("application/json"):
        return dict(json.loads(asked.body))
    return dict(httpx.QueryParams(asked.body.decode() or asked.path.partition("?")[2]))


def signed(body: str, secret: str = SIGNING, age: float = 0) -> dict[str, str]:
    """The headers with which Slack signs a body."""
    timestamp = str(int(time.time() - age))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    assert signature
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}


class Colleague:
    """Somebody in Slack; their own chat with the bot is `channel` unless told."""

    def __init__(
        self,
        platform: SlackPlatform,
        bot: str,
        *,
        channel: str | None = None,
        locale: str = "fi-FI",
        http: httpx.Client | None = None,
    ) -> None:
        self.post = http.post if http else partial(httpx.post, timeout=30, verify=PLAIN)
        self.platform, self.bot = platform, bot
        self.id = f"U{uuid.uuid4().hex}"
        self.channel = channel or f"D-{self.id}"
        platform.locales[self.id] = locale

    def send(self, path: str, body: str, kind: str, headers: Mapping[str, str]) -> httpx.Response:
        return self.post(
            f"{self.bot}/webhooks/slack/{path}",
            content=body.encode(),
            headers={"Content-Type": kind, **headers},
        )

    def event(self, **content: Any) -> dict[str, Any]:
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{uuid.uuid4().hex}",
            "authorizations": [{"user_id": BOT, "is_bot": True}],
            "event": {
                "type": "message",
                "channel_type": "im",
                "channel": self.channel,
                "user": self.id,
                "ts": f"{time.time():.6f}{uuid.uuid4().int % 10**6}",
                **content,
            },
        }

    def deliver(self, event: Mapping[str, Any], **headers: str) -> int:
        body = json.dumps(event)
        own = signed(body) | headers
        return self.send("events", body, "application/json", own).status_code

    def ask(self, text: str, **content: Any) -> dict[str, Any]:
        """What is posted for a message."""
        before = len(self.platform.said(self.channel))
        assert self.deliver(self.event(text=text, **content)) == 200
        return self.platform.wait_for(self.channel, before + 1)[before]

    def form(self, path: str, content: Mapping[str, str]) -> int:
        body = urlencode(content)
        kind = "application/x-www-form-urlencoded"
        return self.send(path, body, kind, signed(body)).status_code

    def press(self, message: Mapping[str, Any], title: str, **container: Any) -> int:
        payload = {
            "type": "block_actions",
            "user": {"id": self.id, "team_id": TEAM},
            "container": {
                "type": "message",
                "channel_id": self.channel,
                "message_ts": "17.5",
                **container,
            },
            "message": {"text": message["text"], "blocks": message["blocks"]},
            "actions": [button(message, title) | {"action_ts": f"{time.time():.6f}"}],
            "response_url": f"{self.platform.home}/hooks/{self.id}",
        }
        return self.form("interactions", {"payload": json.dumps(payload)})

    def command(self, text: str, trigger: str | None = None, hook: str | None = None) -> int:
        return self.form(
            "commands",
            {
                "command": "/haku",
                "text": text,
                "team_id": TEAM,
                "channel_id": self.channel,
                "user_id": self.id,
                "trigger_id": trigger or uuid.uuid4().hex,
                "response_url": hook or f"{self.platform.home}/hooks/{self.id}",
            },
        )


def button(message: Mapping[str, Any], title: str) -> dict[str, Any]:
    """The button of a message whose text holds a title."""
    found = [
        each
        for block in message["blocks"]
        if block["type"] == "actions"
        for each in block["elements"]
        if title in each["text"]["text"]
    ]
    return dict(found[0])
