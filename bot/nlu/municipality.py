"""Finds municipalities, former ones, and places that are none (see bot/call/municipality.py)."""

import re
from collections import defaultdict

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
from spacy.lang.fi.stop_words import STOP_WORDS as FINNISH
from spacy.lang.sv.stop_words import STOP_WORDS as SWEDISH

from bot.call.municipality import municipalities
from bot.call.name_finder import Mention
from bot.nlu.extractor import Entity, Extractor
from bot.nlu.learned import Learned
from bot.nlu.masked import FOLDED


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
        return self.keep(ordinary_words(training_data))

    def entities(self, text: str) -> list[Entity]:
        return [_entity(mention) for mention in municipalities().find(text, self.knowledge or ())]


def ordinary_words(training_data: TrainingData) -> frozenset[str]:
    """The words in lower case that are no mistyped names: frequent ones of the three languages.

    With and without their dots, as many type them.
    """
    intents = defaultdict(set)
    for message in training_data.training_examples:
        for word in re.findall(r"\w+", (message.get(TEXT) or "").lower()):
            intents[word].add(message.get(INTENT))
    # A word that stands only where one or two things are asked may itself be a mistyped name.
    words = {word for word, own in intents.items() if len(own) > 2} | FINNISH | SWEDISH | ENGLISH
    return frozenset(words | {word.translate(FOLDED) for word in words})


def _entity(mention: Mention) -> Entity:
    return {
        "entity": mention.kind,
        "value": mention.name,
        "start": mention.start,
        "end": mention.end,
        "former": mention.former,
        "guessed": not mention.exact,
    }
