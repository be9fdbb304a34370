"""How well each contender understands the held-out questions, asked of its model."""

from pathlib import Path
from typing import Any

from benchmarks import scores
from benchmarks.parsing import parse
from benchmarks.questions import Question, gold_municipalities, held_out
from benchmarks.search import AnnouncementSearch, ExampleSearch
from bot.language import LANGUAGES


def of_model(model: Path) -> dict[str, Any]:
    """Intents by language, confused pairs, calibration and municipalities of a Rasa model."""
    questions = held_out()
    parsed = parse(model, [question.text for question in questions])
    pairs = [
        (question, scores.intent(each)) for question, each in zip(questions, parsed, strict=True)
    ]
    return {
        **_intents(pairs),
        "calibration": scores.calibration(questions, parsed),
        "municipality": scores.municipality_f1(questions, parsed, gold_municipalities()),
    }


def of_example_search() -> dict[str, Any]:
    """The intent of the training example that BM25 puts first."""
    search = ExampleSearch()
    return _intents([(each, search.intent(each.text) or scores.FALLBACK) for each in held_out()])


def of_announcement_search(shown: int) -> dict[str, Any]:
    """The share of questions whose sentence is the first, or among the first `shown`.

    Only questions count whose answer rests on a sentence of the announcement.
    """
    search = AnnouncementSearch()
    return {"found": {language: _found(search, language, shown) for language in LANGUAGES}}


def _found(search: AnnouncementSearch, language: str, shown: int) -> dict[str, float]:
    asked: list[Question] = [each for each in held_out() if each.language == language]
    first = [each for q in asked if (each := search.finds(q)) is not None]
    among = [each for q in asked if (each := search.finds(q, shown)) is not None]
    return {
        "questions": len(first),
        "first": sum(first) / max(len(first), 1),
        "among": sum(among) / max(len(among), 1),
        "shown": shown,
    }


def _intents(pairs: list[tuple[Question, str]]) -> dict[str, Any]:
    return {
        "by_language": scores.by_language(pairs),
        "matrix": {language: scores.matrix(pairs, language) for language in LANGUAGES},
    }
