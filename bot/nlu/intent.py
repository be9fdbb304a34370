"""Tells what a person wants: a linear classifier on word stems and on pieces of words."""

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT_TOKENS
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from sklearn.svm import LinearSVC

from bot.nlu.learned import Learned
from bot.nlu.masked import FOLDED, masked

LONGEST = 2000  # characters that a question needs; more only costs time


def stems(message: Message) -> str:
    """The message's stems, names and dates as labels; a question mark counts as a word."""
    tokens = message.get(TEXT_TOKENS) or []
    words = [token.lemma for token in tokens if token.text[0].isalnum() or token.text == "?"]
    return " ".join(words)[:LONGEST]


def letters(message: Message) -> str:
    """The message's words as written, in lower case without dots."""
    return masked(message).lower().translate(FOLDED)[:LONGEST]


def first(pair: tuple[str, str]) -> str:
    return pair[0]


def second(pair: tuple[str, str]) -> str:
    return pair[1]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(Learned[Pipeline]):
    """Intent and ranking with probabilities calibrated by cross-validation on the examples."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"ranking_length": 10}

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    def train(self, training_data: TrainingData) -> Resource:
        examples = training_data.intent_examples
        pairs = [(stems(message), letters(message)) for message in examples]
        intents = np.array([message.get(INTENT) for message in examples])
        words = TfidfVectorizer(
            preprocessor=first,
            tokenizer=str.split,
            token_pattern=None,
            ngram_range=(1, 2),
            sublinear_tf=True,
        )
        pieces = TfidfVectorizer(
            preprocessor=second,
            analyzer="char_wb",
            ngram_range=(2, 5),
            min_df=2,
            sublinear_tf=True,
        )
        model = make_pipeline(
            make_union(words, pieces),
            CalibratedClassifierCV(LinearSVC(), cv=5, ensemble=False),
        )
        return self.keep(model.fit(pairs, intents))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = self._ranking(message)
            best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set(INTENT, best, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        pair = stems(message), letters(message)
        if self.knowledge is None or not pair[0]:
            return []
        probabilities = self.knowledge.predict_proba([pair])[0] * familiarity(self.knowledge, pair)
        best = np.argsort(-probabilities)[: self.config["ranking_length"]]
        return [
            {"name": str(self.knowledge.classes_[each]), "confidence": float(probabilities[each])}
            for each in best
        ]


def familiarity(model: Pipeline, pair: tuple[str, str]) -> float:
    """1.0 when a word is known; else the share of known pieces: "asdf" is no insult."""
    words, pieces = (each for _, each in model["featureunion"].transformer_list)
    if not words.vocabulary_.keys().isdisjoint(pair[0].split()):
        return 1.0
    found = pieces.build_analyzer()(pair)
    return sum(piece in pieces.vocabulary_ for piece in found) / max(len(found), 1)
