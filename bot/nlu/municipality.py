"""Finds municipalities, former ones, and places that are none (see bot/call/municipality.py)."""

import re
from collections import Counter

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
from spacy.lang.fi.stop_words import STOP_WORDS as FINNISH
from spacy.lang.sv.stop_words import STOP_WORDS as SWEDISH

from bot.call.municipality import municipalities
from bot.call.name_finder import Mention
from bot.nlu.extractor import Entity, Extractor
from bot.nlu.learned import Learned


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=True,
)
class MunicipalityExtractor(Learned[frozenset[str]], Extractor):
    """Entities `municipality` (value: the living municipality's Finnish name) and `place`.

    Learns from the training examples which words are ordinary ones, and so no mistyped names.
    """

    def train(self, training_data: TrainingData) -> Resource:
        # A word that stands only once may itself be a mistyped name.
        counts = Counter(
            word
            for message in training_data.training_examples
            for word in re.findall(r"\w+", (message.get(TEXT) or "").lower())
        )
        ordinary = {word for word, count in counts.items() if count > 1}
        return self.keep(frozenset(ordinary | FINNISH | SWEDISH | ENGLISH))

    def entities(self, text: str) -> list[Entity]:
        return [_entity(mention) for mention in municipalities().find(text, self.knowledge or ())]


def _entity(mention: Mention) -> Entity:
    return {
        "entity": mention.kind,
        "value": mention.name,
        "start": mention.start,
        "end": mention.end,
        "former": mention.former,
        "guessed": not mention.exact,
    }
