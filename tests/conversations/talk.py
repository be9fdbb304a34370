"""A conversation with the running bot over its REST webhook."""

from dataclasses import dataclass
from typing import Any

import httpx


@dataclass
class Reply:
    """What came back for one message."""

    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        """All texts, with ordinary spaces for the ones that do not break."""
        texts = [message["text"] for message in self.messages if message.get("text")]
        return "\n".join(texts).replace("\u00a0", " ")

    @property
    def titles(self) -> list[str]:
        return [
            button["title"] for message in self.messages for button in message.get("buttons", [])
        ]

    @property
    def payloads(self) -> list[str]:
        return [
            button["payload"] for message in self.messages for button in message.get("buttons", [])
        ]

    @property
    def attachments(self) -> list[dict[str, Any]]:
        return [message["attachment"] for message in self.messages if message.get("attachment")]


@dataclass
class Talk:
    """One person's conversation."""

    address: str
    sender: str

    def say(self, message: Any) -> Reply:
        response = httpx.post(
            self.address, json={"sender": self.sender, "message": message}, timeout=60
        )
        response.raise_for_status()
        messages: list[dict[str, Any]] = response.json()
        assert all(message["recipient_id"] == self.sender for message in messages)
        return Reply(messages)
