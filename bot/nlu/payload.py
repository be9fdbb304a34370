"""Lets the payloads of buttons through; any other text that looks like one is not understood."""

import re
from collections.abc import Collection
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME, INTENT_MESSAGE_PREFIX
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.call.municipality import municipalities
from bot.language import LANGUAGES

PAYLOAD = re.compile(
    r'/(?P<intent>[a-z_]+)(?:\{\s*"(?P<entity>municipality|language)"\s*:\s*"(?P<value>[^"{}]+)"\s*\})?'
)
COMMAND = re.compile(r"/+\w+\s*($|[{@\[])")  # "/restart", "/intent{...": nothing that people write
# What Rasa does on these (restart, go back, ...) no question can bring about.
REFUSED = set(DEFAULT_INTENTS) - {"out_of_scope"}
NLU_FALLBACK = DEFAULT_NLU_FALLBACK_INTENT_NAME


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

    def process(self, messages: list[Message], domain: Domain) -> list[Message]:
        askable = set(domain.intents) - REFUSED
        for message in messages:
            text = (message.get(TEXT) or "").strip()
            if not text.startswith(INTENT_MESSAGE_PREFIX) or allowed(text, askable):
                continue
            message.set(TEXT, text.lstrip(INTENT_MESSAGE_PREFIX + " "), add_to_output=True)
            if COMMAND.match(text):
                message.set(INTENT, {"name": NLU_FALLBACK, "confidence": 1.0}, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [], add_to_output=True)
                message.set(ENTITIES, [], add_to_output=True)
        return messages


def allowed(text: str, askable: Collection[str]) -> bool:
    """Whether a text is a payload that a button of this assistant could carry."""
    payload = PAYLOAD.fullmatch(text)
    if payload is None or payload["intent"] not in askable:
        return False
    if payload["entity"] == "municipality":
        return municipalities().get(payload["value"]) is not None
    return payload["entity"] is None or payload["value"] in LANGUAGES
