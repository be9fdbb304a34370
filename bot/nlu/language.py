"""Tells which of the three languages a message is written in."""

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression
from spacy.util import get_lang_class

from bot.call.municipality import municipalities
from bot.language import DEFAULT, LANGUAGES, Language, known
from bot.nlu.learned import Learned
from bot.nlu.linear import LinearClassifier, Pieces, softmax
from bot.nlu.masked import masked

LANGUAGE = "language"
Words = dict[Language, set[str]]
LONGEST = 2000  # characters that tell a language; more only costs time
LONG = 10  # letters: a compound may be new and tell its language all the same, "asdf" may not


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=True,
)
class LanguageIdentifier(Learned[tuple[LinearClassifier, Words]]):
    """Sets `language` on the message, and the entity `language` where it is sure.

    Learns from the examples (their metadata names the language) and spaCy's stop words. Where it
    is not sure ("Lahti?", "ok") there is no entity, and the conversation stays in its language;
    to begin in a language it needs to be less sure (`first`) than to change it (`change`).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"first": 0.45, "change": 0.7}

    def train(self, training_data: TrainingData) -> Resource:
        examples = [
            (masked(message, ""), language)
            for message in training_data.intent_examples
            # Who asks for another language may already write in it.
            if (language := _declared(message)) and message.get(INTENT) != "change_language"
        ]
        words = [
            (word, language)
            for language in LANGUAGES
            for word in get_lang_class(language).Defaults.stop_words
        ]
        texts, languages = zip(*examples, *words, strict=True)
        known_words: Words = {language: set() for language in LANGUAGES}
        for text, language in (*examples, *words):
            known_words[language].update(_words(text))
        model = LinearClassifier.learn(
            LogisticRegression(C=20, class_weight="balanced", max_iter=300),
            [(text.lower(),) for text in texts],
            languages,
            [(Pieces(1, 4), 2)],
        )
        return self.keep((model, known_words))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        for message in training_data.training_examples:
            message.set(LANGUAGE, _declared(message) or DEFAULT)
        return training_data

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        begun = tracker is not None and tracker.get_slot(LANGUAGE) is not None
        threshold = self.config["change" if begun else "first"]
        for message in messages:
            language, confidence = self.identify(masked(message, "")[:LONGEST])
            if not begun and names_swedish(message):
                language, confidence = "sv", max(confidence, threshold)
            message.set(LANGUAGE, language, add_to_output=True)
            if confidence >= threshold:
                entity = {
                    "entity": LANGUAGE,
                    "value": language,
                    "confidence_entity": confidence,
                    "start": 0,
                    "end": 0,
                    "extractor": type(self).__name__,
                }
                message.set(ENTITIES, [*(message.get(ENTITIES) or []), entity], add_to_output=True)
        return messages

    def identify(self, text: str) -> tuple[Language, float]:
        """The likeliest language and its probability; 0.0 where no word gives it away."""
        if self.knowledge is None:
            return DEFAULT, 0.0
        model, known_words = self.knowledge
        probabilities = softmax(model.scores((text.lower(),)))
        best = probabilities.argmax()
        language = known(model.classes[best])
        words = _words(text)
        if known_words[language].isdisjoint(words) and max(map(len, words), default=0) < LONG:
            return language, 0.0
        return language, float(probabilities[best])


def names_swedish(message: Message) -> bool:
    """Whether the message is nothing but a municipality's name, and that the Swedish one."""
    if _words(masked(message, "")):
        return False
    for entity in message.get(ENTITIES) or []:
        written = message.get(TEXT)[entity["start"] : entity["end"]].casefold()
        municipality = municipalities().get(entity["value"])
        if municipality and written == municipality.name_sv.casefold():
            return bool(written != municipality.name_fi.casefold())
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text.lower())


def _declared(message: Message) -> Language | None:
    """The language that the training file names for an example."""
    metadata = message.get("metadata") or {}
    language = (metadata.get("intent") or {}).get(LANGUAGE)
    return known(language) if language in LANGUAGES else None
