"""Lets buttons' payloads through and reads every other text that looks like one as plain text."""

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.call.municipality import municipalities
from bot.language import LANGUAGES

PAYLOAD = re.compile(
    r'/(?P<intent>[a-z_]+)(?:\{\s*"(?P<entity>municipality|language)"\s*:\s*"(?P<value>[^"{}]+)"\s*\})?'
)
# What Rasa does on these (restart, go back, ...) no question can bring about.
REFUSED = set(DEFAULT_INTENTS) - {"out_of_scope"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class PayloadGuard(GraphComponent):
    """Stands last: after it, Rasa turns a text like "/intent{...}" into that intent unseen.

    A payload may name an intent that people can ask for, with a known municipality or language.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "PayloadGuard":
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = (message.get(TEXT) or "").strip()
            if text.startswith("/") and not allowed(text):
                message.set(TEXT, text.lstrip("/ "), add_to_output=True)
        return messages


def allowed(text: str) -> bool:
    """Whether a text is a payload that a button of this assistant could carry."""
    payload = PAYLOAD.fullmatch(text)
    if payload is None or payload["intent"] in REFUSED:
        return False
    if payload["entity"] == "municipality":
        return municipalities().get(payload["value"]) is not None
    return payload["entity"] is None or payload["value"] in LANGUAGES
