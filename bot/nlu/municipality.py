"""Finds municipalities, former ones, and places that are none (see bot/call/municipality.py)."""

import json
import re
from collections import Counter
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
from spacy.lang.fi.stop_words import STOP_WORDS as FINNISH
from spacy.lang.sv.stop_words import STOP_WORDS as SWEDISH

from bot.call.municipality import municipalities
from bot.call.name_finder import Mention
from bot.nlu.extractor import Entity, Extractor

FILE = "words.json"


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=True,
)
class MunicipalityExtractor(Extractor):
    """Entities `municipality` (value: the living municipality's Finnish name) and `place`.

    Learns from the training examples which words are ordinary ones, and so no mistyped names.
    """

    def __init__(self, storage: ModelStorage, resource: Resource, words: frozenset[str]) -> None:
        self.storage = storage
        self.resource = resource
        self.words = words

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "MunicipalityExtractor":
        return cls(model_storage, resource, frozenset())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "MunicipalityExtractor":
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(model_storage, resource, frozenset(words))

    def train(self, training_data: TrainingData) -> Resource:
        # A word that stands only once may itself be a mistyped name.
        counts = Counter(
            word
            for message in training_data.training_examples
            for word in re.findall(r"\w+", (message.get(TEXT) or "").lower())
        )
        ordinary = {word for word, count in counts.items() if count > 1}
        self.words = frozenset(ordinary | FINNISH | SWEDISH | ENGLISH)
        with self.storage.write_to(self.resource) as folder:
            (folder / FILE).write_text(json.dumps(sorted(self.words)), encoding="utf-8")
        return self.resource

    def entities(self, text: str) -> list[Entity]:
        return [_entity(mention) for mention in municipalities().find(text, self.words)]


def _entity(mention: Mention) -> Entity:
    return {
        "entity": mention.kind,
        "value": mention.name,
        "start": mention.start,
        "end": mention.end,
        "former": mention.former,
        "guessed": not mention.exact,
    }
