"""What a person with a search box has: BM25 over the announcement, and over the examples."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import bm25s
import numpy as np
from ruamel.yaml import YAML

from benchmarks.paths import ANNOUNCEMENT
from benchmarks.questions import Question, examples
from bot.serve import ROOT

SHOWN = 3  # sentences on the first page of results


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


class Search:
    """BM25 with the library's usual settings over texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = list(texts)
        self._index = bm25s.BM25()
        self._index.index([words(text) for text in self.texts], show_progress=False)
        self._known = set(self._index.vocab_dict)

    def best(self, text: str, most: int = 1) -> list[int]:
        """The numbers of the texts that fit best, best first; none where no word is known."""
        asked = [word for word in words(text) if word in self._known]
        if not asked:
            return []
        scores = np.asarray(self._index.get_scores(asked))
        order = np.argsort(-scores, kind="stable")[:most]
        return [int(each) for each in order if scores[each] > 0]


class AnnouncementSearch(Search):
    """Over the announcement's sentences: right where it finds what the answer rests on.

    That is a sentence behind the answer, or one that names the same date or number.
    """

    def __init__(self) -> None:
        super().__init__(sentences())
        self._sources = _sources()

    def answer(self, text: str) -> str:
        return "\n".join(self.texts[each] for each in self.best(text)) or "-"

    def finds(self, question: Question, most: int = 1) -> bool | None:
        """Whether a sentence behind the answer is among the first; None where there is none."""
        quotes = self._sources.get(question.intent)
        if not quotes:
            return None
        found = [self.texts[each] for each in self.best(question.text, most)]
        return any(_agree(each, quote) for each in found for quote in quotes)


class ExampleSearch(Search):
    """Over the training examples: the intent of the one that fits best."""

    def __init__(self) -> None:
        self._examples = examples()
        super().__init__([each.text for each in self._examples])

    def answer(self, text: str) -> str:
        return self.intent(text) or "-"

    def intent(self, text: str) -> str | None:
        found = self.best(text)
        return self._examples[found[0]].intent if found else None


SEARCHES: dict[str, Callable[[], AnnouncementSearch | ExampleSearch]] = {
    "search_announcement": AnnouncementSearch,
    "search_examples": ExampleSearch,
}


def sentences() -> list[str]:
    """The announcement cut at the ends of its sentences and lines, hyphenation undone."""
    text = re.sub(r"(?<=\w)-(?=[a-zåäö])", "", ANNOUNCEMENT.read_text(encoding="utf-8"))
    cut = re.split(r"(?<=[a-zåäö0-9)][.?!])\s+(?=[A-ZÅÄÖ])|\n+", text)
    return [each.strip(" -\t") for each in cut if len(words(each)) > 2]


def _sources() -> dict[str, list[str]]:
    """For each intent the announcement's sentences that its answer rests on, by domain.yml."""
    yaml = YAML(typ="safe")
    call = yaml.load((ROOT / "data" / "call.yml").read_text(encoding="utf-8"))
    responses = yaml.load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    sources: dict[str, list[str]] = {}
    for name, wordings in responses.items():
        # utter_ask_deadline and its variants utter_ask_deadline__... rest on the same facts.
        intent = name.removeprefix("utter_").partition("__")[0]
        for path in wordings[0].get("metadata", {}).get("source", ()):
            sources.setdefault(intent, []).extend(_quotes(call, path))
    return sources


def _quotes(call: dict[str, Any], path: str) -> list[str]:
    here: Any = call
    for step in path.split("."):
        if isinstance(here, list):
            here = next(each for each in here if each["key"] == step)
        else:
            here = here[step]
    facts = here if isinstance(here, list) else [here]
    return [each["source"] for each in facts if "source" in each]


def _agree(sentence: str, quote: str) -> bool:
    one, other = _plain(sentence), _plain(quote)
    return one in other or other in one or not _numbers(sentence).isdisjoint(_numbers(quote))


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d. ]*\d", text))


def _plain(text: str) -> str:
    """Letters and figures alone: hyphens and spaces differ between the text and its quotes."""
    return re.sub(r"[\W_]+", "", text.lower())
