"""`make chat`: talks to the running assistant in the terminal."""

import json
import os
import sys
import urllib.error
import urllib.request
import uuid
from typing import Any

from bot.serve import DEFAULT_PORT, LOOPBACK


def ask(address: str, sender: str, message: str) -> list[dict[str, Any]]:
    """The assistant's messages in answer to one message."""
    request = urllib.request.Request(
        address,
        json.dumps({"sender": sender, "message": message}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        messages: list[dict[str, Any]] = json.load(response)
        return messages


def show(messages: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Print messages; the quick replies are numbered and returned."""
    buttons: list[dict[str, str]] = []
    for message in messages:
        if message.get("text"):
            print(f"\n{message['text']}")
        if message.get("attachment"):
            print(f"  [{message['attachment']['payload']['title']}]")
        buttons = message.get("buttons") or buttons
    for number, button in enumerate(buttons, 1):
        print(f"  {number}  {button['title']}")
    print()
    return buttons


def main() -> None:
    port = os.environ.get("PORT") or DEFAULT_PORT
    address = f"http://{LOOPBACK}:{port}/webhooks/rest/webhook"
    sender = uuid.uuid4().hex
    buttons: list[dict[str, str]] = []
    try:
        print(
            "Kirjoita kysymys tai numero. Skriv en fråga eller siffra. Type a question or number."
        )
        while True:
            message = input("> ").strip()
            if message.isdigit() and 0 < int(message) <= len(buttons):
                message = buttons[int(message) - 1]["payload"]
            if message:
                buttons = show(ask(address, sender, message))
    except (EOFError, KeyboardInterrupt):
        print()
    except urllib.error.URLError as error:
        sys.exit(f"No answer at {address} ({error.reason}): start the assistant with `make run`.")


if __name__ == "__main__":
    main()
