"""A turn of a conversation: what the person asked last, and what has happened since."""

from collections.abc import Iterator

from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

QUESTIONS = "questions"  # where the message's intents stand in what was understood of it


def questions(tracker: DialogueStateTracker) -> list[str]:
    """The intents of the latest message, in order."""
    message = tracker.latest_message
    intent = message.intent.get("name") if message else None
    several: list[str] = (message.parse_data or {}).get(QUESTIONS) or [] if message else []
    # A payload or a fallback has changed the intent since the questions were found.
    return several if intent in several else [intent] if intent else []


def since_message(tracker: DialogueStateTracker) -> Iterator[Event]:
    """The events after the person's latest message, latest first."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return
        yield event
