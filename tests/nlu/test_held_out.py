"""Questions written apart from the training examples: how many does the model understand?"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.language import LANGUAGES
from tests.nlu.conftest import Parse

HELD_OUT = Path(__file__).parent / "held_out"
TRAINING = Path(__file__).resolve().parents[2] / "data" / "nlu"
REPORT = Path(__file__).resolve().parents[2] / "reports" / "held_out.md"
LEAST_RIGHT = 0.95

# So short that whoever writes them apart still writes the same words.
COURTESIES = {"greet", "goodbye", "thank", "affirm", "deny", "stop"} | {
    "report_done", "report_under_way", "report_not_begun", "choose_electronic", "choose_paper",
}  # fmt: skip

Question = tuple[str, str, str]  # text, intent, language


def read(files: Iterator[Path]) -> list[Question]:
    yaml = YAML(typ="safe")
    return [
        (line.removeprefix("- ").strip(), group["intent"], group["metadata"]["language"])
        for file in sorted(files)
        for group in yaml.load(file.read_text(encoding="utf-8"))["nlu"]
        for line in group["examples"].splitlines()
        if line.strip()
    ]


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return read(HELD_OUT.glob("*.yml"))


@pytest.fixture(scope="module")
def understood(parse: Parse, questions: list[Question]) -> list[tuple[Question, str, str]]:
    """Each question with the intent and the language that the model gives it."""
    answers = []
    for question in questions:
        parsed = parse(question[0])
        answers.append((question, parsed["intent"]["name"], parsed["language"]))
    return answers


def share(right: int, of: int) -> str:
    return f"{right}/{of} ({right / of:.1%})"


def test_every_intent_is_asked_in_every_language(questions: list[Question]) -> None:
    asked = Counter((intent, language) for _, intent, language in questions)
    trained = {(intent, language) for _, intent, language in read(TRAINING.glob("*/*.yml"))}
    assert set(asked) == trained
    assert min(asked.values()) >= 3


def test_no_question_stands_in_the_training_examples(questions: list[Question]) -> None:
    trained = {" ".join(text.casefold().split()) for text, *_ in read(TRAINING.glob("*/*.yml"))}
    repeated = {
        text
        for text, intent, _ in questions
        if intent not in COURTESIES and " ".join(text.casefold().split()) in trained
    }
    assert not repeated


def test_intents_are_understood(understood: list[tuple[Question, str, str]]) -> None:
    """Writes reports/held_out.md: the score by language and by intent, and every miss."""
    lines = ["# Held-out questions", "", "| | right |", "|---|---|"]
    shares = {}
    for language in LANGUAGES:
        own = [intent == found for (_, intent, lang), found, _ in understood if lang == language]
        shares[language] = sum(own) / len(own)
        lines.append(f"| {language} | {share(sum(own), len(own))} |")
    for intent in sorted({intent for (_, intent, _), *_ in understood}):
        own = [intent == found for (_, wanted, _), found, _ in understood if wanted == intent]
        lines.append(f"| {intent} | {share(sum(own), len(own))} |")
    lines += ["", "| question | wanted | understood |", "|---|---|---|"]
    lines += [
        f"| {text} | {wanted} | {found} |"
        for (text, wanted, _), found, _ in understood
        if wanted != found
    ]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert min(shares.values()) >= LEAST_RIGHT, f"{shares}; see {REPORT}"


def test_languages_are_told_apart(understood: list[tuple[Question, str, str]]) -> None:
    wrong = [
        question
        for question, _, language in understood
        # Who asks for another language may do so in any.
        if language != question[2] and question[1] != "change_language"
    ]
    assert len(wrong) <= 0.02 * len(understood), wrong
