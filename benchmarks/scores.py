"""Figures of understanding: accuracy and F1, confused pairs, calibration, municipalities found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from benchmarks.questions import Question
from bot.call.municipality import municipalities
from bot.language import LANGUAGES

FALLBACK = "nlu_fallback"
BINS = 10
THRESHOLDS = [round(each * 0.05, 2) for each in range(20)]

Parsed = Mapping[str, Any]
Pairs = Sequence[tuple[Question, str]]  # a question and the intent that it was given


def by_language(pairs: Pairs) -> dict[str, dict[str, float]]:
    """Accuracy, macro F1 over the intents asked, and the share asked back, for each language."""
    figures: dict[str, dict[str, float]] = {}
    for language in LANGUAGES:
        own = [
            (question.intent, found) for question, found in pairs if question.language == language
        ]
        if not own:
            continue
        wanted, found = zip(*own, strict=True)
        figures[language] = {
            "questions": len(own),
            "accuracy": sum(a == b for a, b in own) / len(own),
            "macro_f1": float(
                f1_score(
                    wanted, found, labels=sorted(set(wanted)), average="macro", zero_division=0
                )
            ),
            "asked_back": found.count(FALLBACK) / len(own),
        }
    return figures


def matrix(pairs: Pairs, language: str) -> list[tuple[str, str, int]]:
    """How often each wanted intent was taken for which one, most frequent first."""
    counts = Counter((q.intent, found) for q, found in pairs if q.language == language)
    return [(*pair, count) for pair, count in sorted(counts.items(), key=lambda each: -each[1])]


def intent(parsed: Parsed) -> str:
    return str((parsed.get("intent") or {}).get("name"))


def likeliest(parsed: Parsed) -> tuple[str, float]:
    """The intent that the classifier itself puts first, before the fallback steps in."""
    for each in parsed.get("intent_ranking") or []:
        if each["name"] != FALLBACK:
            return each["name"], float(each["confidence"])
    found = parsed.get("intent") or {}
    return str(found.get("name")), float(found.get("confidence") or 0.0)


def calibration(questions: Sequence[Question], parsed: Sequence[Parsed]) -> dict[str, Any]:
    """Whether confidence means what it says, and what each fallback threshold would bring.

    `error` is the expected calibration error: the mean distance of confidence from share right.
    `thresholds` gives shares of all questions: answered, answered wrongly, answered right.
    """
    best = [likeliest(each) for each in parsed]
    confidence = np.array([each for _, each in best])
    right = np.array([q.intent == name for q, (name, _) in zip(questions, best, strict=True)])
    bins, error = [], 0.0
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    for number in range(BINS):
        inside = place == number
        if not inside.any():
            continue
        said, was = float(confidence[inside].mean()), float(right[inside].mean())
        bins.append({"questions": int(inside.sum()), "confidence": said, "right": was})
        error += float(inside.mean()) * abs(said - was)
    thresholds = [
        {
            "threshold": each,
            "answered": float((confidence >= each).mean()),
            "wrong": float(((confidence >= each) & ~right).mean()),
            "right": float(((confidence >= each) & right).mean()),
        }
        for each in THRESHOLDS
    ]
    return {"bins": bins, "error": error, "thresholds": thresholds}


def found_municipalities(parsed: Parsed) -> set[str]:
    """The Finnish names of the municipalities that a model sees, however it writes them."""
    found = set()
    for entity in parsed.get("entities") or []:
        if entity["entity"] == "municipality":
            known = municipalities().get(str(entity["value"]))
            found.add(known.name_fi if known else str(entity["value"]))
    return found


def municipality_f1(
    questions: Sequence[Question], parsed: Sequence[Parsed], gold: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Over the questions of the gold list: names found right, found wrong, and missed."""
    hit = false = missed = asked = 0
    for question, each in zip(questions, parsed, strict=True):
        if question.text not in gold:
            continue
        asked += 1
        wanted, found = set(gold[question.text]), found_municipalities(each)
        hit += len(wanted & found)
        false += len(found - wanted)
        missed += len(wanted - found)
    return {
        "questions": asked,
        "precision": hit / max(hit + false, 1),
        "recall": hit / max(hit + missed, 1),
        "f1": 2 * hit / max(2 * hit + false + missed, 1),
    }
