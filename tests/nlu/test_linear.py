"""The linear classifier gives the scores that scikit-learn gives."""

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.nlu.linear import LinearClassifier, Pieces, softmax, words

TEXTS = [
    "mikä on määräaika", "milloin haku päättyy", "kuka voi hakea", "voiko kunta hakea",
    "paljonko rahaa on", "mikä on summa",
]  # fmt: skip
LABELS = ["deadline", "deadline", "who", "who", "amount", "amount"]
UNSEEN = ["mikä on haun määräaika", "voiko yhdistys hakea rahaa", "kissa", ""]


def test_scores_are_those_of_scikit_learn() -> None:
    pairs = [(text, text) for text in TEXTS]
    learned = LinearClassifier.learn(LinearSVC(), pairs, LABELS, [(words, 1), (Pieces(2, 4), 2)])
    whole = TfidfVectorizer(analyzer=words, sublinear_tf=True).fit(TEXTS)
    pieces = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True, lowercase=False
    ).fit(TEXTS)

    def features(texts: list[str]) -> object:
        return hstack([whole.transform(texts), pieces.transform(texts)], format="csr")

    theirs = LinearSVC().fit(features(TEXTS), LABELS)
    assert learned.classes == list(theirs.classes_)
    ours = np.array([learned.scores((text, text)) for text in UNSEEN])
    np.testing.assert_allclose(ours, theirs.decision_function(features(UNSEEN)), atol=1e-3)


def test_familiarity_tells_words_from_noise() -> None:
    pairs = [(text, text) for text in TEXTS]
    learned = LinearClassifier.learn(LinearSVC(), pairs, LABELS, [(words, 1), (Pieces(2, 4), 2)])
    assert learned.familiarity(("mikä xyz", "mikä xyz")) == 1
    assert learned.familiarity(("xyzzy", "xyzzy")) < 0.2


def test_probabilities_add_up_and_keep_the_order() -> None:
    probabilities = softmax(np.array([100.0, 99.0, -300.0], np.float32))
    assert probabilities.sum() == np.float32(1)
    assert list(probabilities) == sorted(probabilities, reverse=True)
