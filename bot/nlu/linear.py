"""A linear classifier of texts by the words and pieces of words in them."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

Analyzer = Callable[[str], list[str]]
Vector = NDArray[np.float32]


def words(text: str) -> list[str]:
    """The words of a text, one by one and in pairs."""
    single = text.split()
    return single + [f"{one} {two}" for one, two in pairwise(single)]


@dataclass(frozen=True)
class Pieces:
    """All pieces of each word, its ends marked by a space, of `shortest` to `longest` letters."""

    shortest: int
    longest: int

    def __call__(self, text: str) -> list[str]:
        pieces = []
        for word in text.split():
            word = f" {word} "
            for length in range(self.shortest, self.longest + 1):
                if length >= len(word):
                    pieces.append(word)
                    break
                pieces += [word[at : at + length] for at in range(len(word) - length + 1)]
        return pieces


@dataclass
class Block:
    """One way of looking at a text: what it consists of, and how rare each of that is."""

    analyzer: Analyzer
    vocabulary: dict[str, int]  # to rows of the classifier's coefficients
    rarity: Vector  # by the same rows, less `first`
    first: int

    def weights(self, text: str) -> tuple[list[int], Vector]:
        """Rows and weights of the known parts of a text, as TF-IDF of length 1."""
        known = Counter(filter(self.vocabulary.__contains__, self.analyzer(text)))
        rows = [self.vocabulary[each] for each in known]
        counts = np.fromiter(known.values(), np.float32, len(rows))
        weights = (1 + np.log(counts)) * self.rarity[np.array(rows, int) - self.first]
        return rows, weights / (np.linalg.norm(weights) or 1)


@dataclass
class LinearClassifier:
    """Learned by scikit-learn, asked without it: a sum over a few rows is all that it takes.

    Going through scikit-learn's pipeline for one text takes ten times as long.
    """

    classes: list[str]
    blocks: list[Block]
    coefficients: Vector  # parts x classes
    intercept: Vector

    @classmethod
    def learn(
        cls,
        model: Any,
        texts: Sequence[tuple[str, ...]],
        labels: Collection[str],
        analyzers: Sequence[tuple[Analyzer, int]],
    ) -> "LinearClassifier":
        """Fit a linear model of scikit-learn on texts, each given once for each analyzer.

        `analyzers`: with the number of texts in which a part has to stand to count.
        """
        blocks: list[Block] = []
        matrices = []
        first = 0
        for place, (analyzer, least) in enumerate(analyzers):
            vectorizer = TfidfVectorizer(analyzer=analyzer, min_df=least, sublinear_tf=True)
            matrices.append(vectorizer.fit_transform([text[place] for text in texts]))
            vocabulary = {part: first + row for part, row in vectorizer.vocabulary_.items()}
            blocks.append(Block(analyzer, vocabulary, vectorizer.idf_.astype(np.float32), first))
            first += len(vocabulary)
        model.fit(hstack(matrices, format="csr"), labels)
        return cls(
            [str(each) for each in model.classes_],
            blocks,
            np.ascontiguousarray(model.coef_.T, np.float32),
            model.intercept_.astype(np.float32),
        )

    def scores(self, text: tuple[str, ...]) -> Vector:
        """The score of each class: the higher, the likelier."""
        total = self.intercept.copy()
        for block, own in zip(self.blocks, text, strict=True):
            rows, weights = block.weights(own)
            total += weights @ self.coefficients[rows]
        return total

    def familiarity(self, text: tuple[str, ...]) -> float:
        """1 when a word is known, else the share of its longest pieces that are: "asdf" is noise.

        Short pieces are known by chance.
        """
        words, pieces = self.blocks
        if not words.vocabulary.keys().isdisjoint(words.analyzer(text[0])):
            return 1.0
        found = pieces.analyzer(text[1])
        length = max(map(len, found), default=0)
        longest = [each for each in found if len(each) == length]
        return sum(each in pieces.vocabulary for each in longest) / max(len(longest), 1)


def softmax(scores: Vector) -> Vector:
    """Probabilities from scores."""
    powers: Vector = np.exp(scores - scores.max())
    powers /= powers.sum()
    return powers
