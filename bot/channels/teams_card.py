"""An answer as an Adaptive Card, for Teams."""

import re
from datetime import datetime
from typing import Any

from bot.language import known
from bot.web.page import calendar_path, lines, texts

VERSION = "1.5"
KIND = "application/vnd.microsoft.card.adaptive"
MARKS = re.compile(r"([\\*_\[\]`~])")  # what a card would take for markdown
ACTIONS = 6  # that Teams shows in a row; it drops the others
SUMMARY = 200  # characters of a notification
Element = dict[str, Any]


def message(answer: dict[str, Any], home: str) -> dict[str, Any]:
    """The activity that says an answer; `home` is where files can be had."""
    return {
        "type": "message",
        "summary": answer["text"][:SUMMARY],
        "locale": answer.get("language"),
        "attachments": [{"contentType": KIND, "content": card(answer, home)}],
    }


def card(answer: dict[str, Any], home: str) -> Element:
    language = known(answer.get("language"))
    words = texts(language)["chat"]
    actions: list[Element] = [
        {
            "type": "Action.Submit",
            "title": reply["title"],
            "data": {"payload": reply["payload"], "title": reply["title"]},
        }
        for reply in answer["buttons"]
    ]
    if answer["attachment"]:
        file = home + calendar_path(language)
        actions.append({"type": "Action.OpenUrl", "title": words["download"], "url": file})
    if answer["sources"]:
        quotes = [_text(quote, isSubtle=True) for quote in answer["sources"]]
        actions.append(
            {
                "type": "Action.ShowCard",
                "title": words["source"],
                "card": {
                    "type": "AdaptiveCard",
                    "version": VERSION,
                    "body": [_text(words["source_is"]), *quotes],
                },
            }
        )
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": VERSION,
        "lang": language,
        "fallbackText": answer["text"],
        "body": [
            *(_text(_markdown(*block)) for block in lines(answer["text"])),
            *(part for drawn in answer["pictures"] for part in _picture(drawn)),
            *(
                {"type": "ActionSet", "actions": actions[place : place + ACTIONS]}
                for place in range(0, len(actions), ACTIONS)
            ),
        ],
    }


def _text(text: str, **more: Any) -> Element:
    return {"type": "TextBlock", "text": text, "wrap": True, **more}


def _markdown(kind: str, items: list[str]) -> str:
    plain = [MARKS.sub(r"\\\1", item) for item in items]
    return "\n".join(f"- {item}" for item in plain) if kind == "ul" else plain[0]


def _picture(drawn: dict[str, Any]) -> list[Element]:
    """A bar, with its figures in words above and below."""
    if drawn["kind"] == "residents":
        residents, threshold = drawn["residents"], drawn["threshold"]
        share = min(residents, threshold) / max(residents, threshold)
        return [
            _text(drawn["residents_text"], weight="Bolder"),
            _bar(share, "good" if residents > threshold else "emphasis"),
            _text(drawn["threshold_text"], isSubtle=True),
        ]
    opens, closes, now = (
        datetime.fromisoformat(drawn[each]) for each in ("opens", "closes", "now")
    )
    share = (now - opens) / (closes - opens)
    return [_bar(share, "emphasis"), _text(drawn["alternative"], isSubtle=True)]


def _bar(share: float, beyond: str) -> Element:
    """Two columns of these widths; a full or an empty one has but one."""
    done = round(100 * min(1.0, max(0.0, share)))
    return {
        "type": "ColumnSet",
        "spacing": "Small",
        "columns": [
            {
                "type": "Column",
                "width": width,
                "style": style,
                "spacing": "None",
                "minHeight": "12px",
                "items": [],
            }
            for width, style in ((done, "accent"), (100 - done, beyond))
            if width
        ],
    }
