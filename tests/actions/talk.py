"""A conversation as an action sees it, and what the action says to it."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

Entity = dict[str, Any]


def tracker(
    *entities: Entity,
    text: str = "",
    slots: dict[str, Any] | None = None,
    events: list[dict[str, Any]] | None = None,
    ranking: list[dict[str, Any]] | None = None,
) -> Tracker:
    """A tracker whose latest message has these entities."""
    message = {"text": text, "entities": list(entities), "intent_ranking": ranking or []}
    return Tracker("person", slots or {}, message, events or [], False, None, {}, "action_listen")


def run(
    action: Action, to: Tracker, domain: dict[str, Any] | None = None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The messages and the events of an action."""
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, to, domain or {})
    return dispatcher.messages, events


def said(action: Action, to: Tracker) -> dict[str, Any]:
    """The only message of an action, without empty fields and the SDK's old name of the response."""
    (message,), _ = run(action, to)
    return {name: value for name, value in message.items() if value and name != "template"}
