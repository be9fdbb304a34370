"""What the actions share: reading the latest message, and naming a response."""

from typing import Any

from rasa_sdk import Tracker


def entities(tracker: Tracker, *kinds: str) -> list[dict[str, Any]]:
    """The latest message's entities of these kinds, as they stand in the text, each value once."""
    found = [
        each for each in tracker.latest_message.get("entities") or [] if each["entity"] in kinds
    ]
    found.sort(key=lambda each: each.get("start") or 0)
    return list({(each["entity"], each["value"]): each for each in reversed(found)}.values())[::-1]


def part(response: str, **values: Any) -> dict[str, Any]:
    """A response within a response: the response generator words it."""
    return {"response": response, **values}
