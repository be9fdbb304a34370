"""The questions that every contender is asked, and the examples that it learns from."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.paths import GOLD
from tests.nlu.questions import HELD_OUT, Question, Several, read, training
from tests.nlu.questions import several as read_several

PLAIN = Question("mikä on hakemuksen määräaika?", "ask_deadline", "fi")
ACTION = Question("voiko Lahti hakea?", "check_eligibility", "fi")


def held_out() -> list[Question]:
    """Written apart from the examples; nothing learns from them."""
    return read(HELD_OUT.glob("*.yml"))


def examples(every: int = 1) -> list[Question]:
    """The training examples; of each intent and language only the first of `every` so many."""
    counts: dict[tuple[str, str], int] = {}
    chosen = []
    for question in training():
        group = question.intent, question.language
        counts[group] = counts.get(group, -1) + 1
        # Rasa wants two examples of an intent at least.
        if counts[group] % every == 0:
            chosen.append(question)
    return chosen


def several() -> list[Several]:
    """Messages with several questions, or one that looks like it."""
    return read_several(HELD_OUT)


def gold_municipalities(what: str = "named") -> dict[str, list[str]]:
    """The municipalities that a held-out question names, or is `asked` about, by its text."""
    return {
        text: each[what] if isinstance(each, dict) else each for text, each in _yaml(GOLD).items()
    }


def _yaml(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))
