"""Splits a message into words by spaCy's rules for its language; each word with its stem."""

from functools import cache, lru_cache
from typing import Any

import spacy
import spacy.language
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from snowballstemmer import stemmer

from bot.language import Language, known
from bot.nlu.extractor import MASKS
from bot.nlu.language import LANGUAGE
from bot.nlu.masked import FOLDED

STEMMERS: dict[Language, str] = {"fi": "finnish", "sv": "swedish", "en": "english"}


@cache
def _pipeline(language: Language) -> spacy.language.Language:
    return spacy.blank(language)


@cache
def _stemmer(language: Language) -> Any:
    return stemmer(STEMMERS[language])


@lru_cache(maxsize=20_000)
def stem(word: str, language: Language) -> str:
    """The Snowball stem of a word in lower case, without dots."""
    stemmed: str = _stemmer(language).stemWord(word)
    return stemmed.translate(FOLDED)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokenizer(Tokenizer):
    """Tokens with `lemma`: the Snowball stem without dots, or the label of a name or date."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    @staticmethod
    def required_packages() -> list[str]:
        return ["spacy", "snowballstemmer"]

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        text = message.get(attribute)
        language = known(message.get(LANGUAGE))
        masks = message.get(MASKS) or []
        tokens = []
        for word in _pipeline(language).make_doc(text):
            if word.is_space:
                continue
            end = word.idx + len(word.text)
            labels = [label for start, stop, label in masks if start < end and word.idx < stop]
            lemma = labels[0].upper() if labels else stem(word.lower_, language)
            tokens.append(Token(word.text, word.idx, end, lemma=lemma))
        return tokens
