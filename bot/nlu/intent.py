"""Tells what a person wants, also where a message asks several things or tells a story first."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT, TEXT_TOKENS
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.nlu.learned import Learned
from bot.nlu.linear import LinearClassifier, Pieces, Vector, softmax, words
from bot.nlu.masked import FOLDED, masked
from bot.nlu.segments import Tokens, asks, cuts, sentences
from bot.turn import QUESTIONS

LONGEST = 4000  # characters of a message that are read
MOST = 8  # questions answered in one message: Rasa runs at most ten actions a message
FOLDS = 5


class Reading(NamedTuple):
    """What a part of a message may mean."""

    classes: list[str]
    probabilities: Vector
    asks: bool

    @property
    def intent(self) -> str:
        return self.classes[int(self.probabilities.argmax())]

    @property
    def confidence(self) -> float:
        return float(self.probabilities.max())

    def ranking(self, length: int) -> list[dict[str, Any]]:
        best = np.argsort(-self.probabilities)[:length]
        return [
            {"name": self.classes[each], "confidence": float(self.probabilities[each])}
            for each in best
        ]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(Learned[tuple[LinearClassifier, float]]):
    """Sets intent and ranking, and `questions`: the intents of all that is asked, in order.

    Knows the classifier and its sharpness, which makes probabilities of scores: it is fitted to
    a fifth of the examples, by a classifier that learned the others.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "ranking_length": 10,
            "around": [],  # intents that come with a question and ask nothing of their own
            "requests": [],  # intents that a sentence may ask for without being a question
            "sentence": 0.7,  # confidence for a sentence to count as a question
            "part": 0.6,  # confidence of each part for a sentence to be cut in two
            "including": {},  # intents whose answer holds that of others, asked in one sentence
        }

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    def train(self, training_data: TrainingData) -> Resource:
        examples = training_data.intent_examples
        texts = [_text(message, message.get(TEXT_TOKENS) or []) for message in examples]
        intents = np.array([message.get(INTENT) for message in examples])
        return self.keep((_learn(texts, intents), _sharpness(texts, intents)))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            readings = self._questions(message)
            first = readings[0] if readings else None
            ranking = first.ranking(self.config["ranking_length"]) if first else []
            best = ranking[0] if ranking else {"name": None, "confidence": 0.0}
            message.set(INTENT, best, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            asked = list(dict.fromkeys(reading.intent for reading in readings))[:MOST]
            message.set(QUESTIONS, asked, add_to_output=True)
        return messages

    def _questions(self, message: Message) -> list[Reading]:
        """What is asked, part by part; the message as one where no part stands out."""
        tokens = [each for each in message.get(TEXT_TOKENS) or [] if each.end <= LONGEST]
        if self.knowledge is None or not any(each.text[0].isalnum() for each in tokens):
            return []
        whole = self._read(message, tokens)
        parts = sentences(message.get(TEXT), tokens)
        if len(parts) == 1:
            return self._parted(message, parts[0], whole)
        readings = [
            reading
            for part in parts
            for reading in self._parted(message, part, self._read(message, part))
        ]
        return self._asked(readings) or [whole]

    def _asked(self, readings: Sequence[Reading]) -> list[Reading]:
        """Of a message's sentences those that ask something."""
        topics = [
            each
            for each in readings
            if each.confidence >= self.config["sentence"]
            and each.intent not in self.config["around"]
        ]
        asked = [each for each in topics if each.asks or each.intent in self.config["requests"]]
        return asked or topics

    def _parted(self, message: Message, sentence: Tokens, whole: Reading) -> list[Reading]:
        """The sentence's clauses where each asks something of its own, otherwise the sentence."""
        best: tuple[float, Tokens, Tokens, Reading, Reading] | None = None
        for left, right in cuts(sentence):
            readings = self._read(message, left), self._read(message, right)
            least = min(each.confidence for each in readings)
            intents = [each.intent for each in readings]
            if set(intents) & set(self.config["around"]) or self._is_one_question(intents):
                continue
            if least >= self.config["part"] and (best is None or least > best[0]):
                best = least, left, right, *readings
        if best is None:
            return [whole]
        _, left, right, first, second = best
        return self._parted(message, left, first) + self._parted(message, right, second)

    def _is_one_question(self, intents: Sequence[str]) -> bool:
        """Whether one answer serves two parts: when does it open and when does it close."""
        including = self.config["including"]
        return any(
            one == other or other in including.get(one, ()) for one, other in permutations(intents)
        )

    def _read(self, message: Message, tokens: Tokens) -> Reading:
        classifier, sharpness = self.learned
        text = _text(message, tokens)
        probabilities = softmax(classifier.scores(text) * sharpness)
        return Reading(
            classifier.classes,
            probabilities * classifier.familiarity(text),
            tokens[-1].text.startswith("?") or asks(tokens),
        )


def _text(message: Message, tokens: Tokens) -> tuple[str, str]:
    """A part of a message as its stems, names and dates as labels, and as it is written."""
    if not tokens:
        return "", ""
    known = (each for each in tokens if each.text[0].isalnum() or each.text == "?")
    written = masked(message, span=(tokens[0].start, tokens[-1].end))
    return " ".join(each.lemma for each in known), written.lower().translate(FOLDED)


def _learn(texts: Sequence[tuple[str, str]], intents: NDArray[np.str_]) -> LinearClassifier:
    # What stands in a single example tells nothing and doubles the memory.
    return LinearClassifier.learn(
        LinearSVC(random_state=0), texts, intents, [(words, 2), (Pieces(2, 5), 3)]
    )


def _sharpness(texts: Sequence[tuple[str, str]], intents: NDArray[np.str_]) -> float:
    """By how much scores are to be multiplied for probabilities that come true."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    learned, unseen = next(folds.split(texts, intents))
    classifier = _learn([texts[each] for each in learned], intents[learned])
    scores = np.array([classifier.scores(texts[each]) for each in unseen])
    right = np.searchsorted(classifier.classes, intents[unseen])

    def surprise(sharpness: float) -> float:
        probabilities = np.apply_along_axis(softmax, 1, scores * sharpness)
        return float(-np.log(probabilities[np.arange(len(right)), right] + 1e-12).mean())

    return float(minimize_scalar(surprise, bounds=(1, 20), method="bounded").x)
