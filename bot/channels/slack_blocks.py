"""An answer in Block Kit, for Slack, within its limits."""

import re
from typing import Any

from bot.language import known
from bot.web.page import calendar_path, lines, texts

BLOCKS = 50
SECTION = 3000  # characters
BUTTON = 75  # characters
BUTTONS = 25  # in a row
HEADER = 150  # characters
PAYLOAD = 2000  # characters of a button's value
LINK = re.compile(r"https?://[^\s<>|”\"]+[^\s<>|”\".,;:!?)]")
Block = dict[str, Any]


def message(answer: dict[str, Any], home: str) -> dict[str, Any]:
    """The arguments of chat.postMessage that say an answer: blocks, and text for notifications.

    `home` is where files can be had.
    """
    blocks: list[Block] = [
        _section(part)
        for kind, items in lines(answer["text"])
        for part in _parts(
            "\n".join(f"• {_marked(item)}" if kind == "ul" else _marked(item) for item in items)
        )
    ]
    if answer.get("attachment"):
        language = known(answer.get("language"))
        words = texts(language)["chat"]
        blocks.append(_section(f"<{home}{calendar_path(language)}|{words['download']}>"))
    return {
        "text": _marked(answer["text"]),
        "blocks": [*blocks[: BLOCKS - 1], *_buttons(answer["buttons"])],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def chosen(blocks: list[Block], title: str) -> list[Block]:
    """A message's blocks once one of its buttons was pressed: which one, instead of them all."""
    note = {"type": "context", "elements": [{"type": "plain_text", "text": f"✓ {title}"}]}
    return [*(each for each in blocks if each.get("type") != "actions"), note]


def home_tab(title: str, answer: dict[str, Any], home: str) -> dict[str, Any]:
    """The app's own page: what the assistant is, and the main topics."""
    heading = {"type": "header", "text": {"type": "plain_text", "text": title[:HEADER]}}
    return {"type": "home", "blocks": [heading, *message(answer, home)["blocks"]]}


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _buttons(replies: list[dict[str, str]]) -> list[Block]:
    if not replies:
        return []
    elements = [
        {
            "type": "button",
            "action_id": f"reply-{place}",
            "text": {"type": "plain_text", "text": _short(reply["title"], BUTTON)},
            "value": reply["payload"][:PAYLOAD],
        }
        for place, reply in enumerate(replies[:BUTTONS])
    ]
    return [{"type": "actions", "block_id": "replies", "elements": elements}]


def _marked(text: str) -> str:
    """Slack takes &, < and > for marks of its own; with these, addresses become links."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return LINK.sub(lambda found: f"<{found[0]}>", plain)


def _parts(text: str) -> list[str]:
    """A long text in pieces that a section holds, broken at spaces."""
    parts = []
    while len(text) > SECTION:
        end = max(text.rfind("\n", 0, SECTION), text.rfind(" ", 0, SECTION)) + 1 or SECTION
        parts.append(text[:end].rstrip())
        text = text[end:]
    return [*parts, text]


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
