"""The training data: whole in three languages, and clean in the eyes of Rasa's own validation."""

import os
import re
import subprocess
import sys
from collections import Counter

from bot.language import LANGUAGES
from bot.serve import QUIET, ROOT
from tests.nlu.questions import DEVELOPMENT, HELD_OUT, READER, TRAINING, read, several, training


def test_rasa_data_validate_is_clean() -> None:
    """Rasa warns of every response that a custom action names; of nothing else may it warn."""
    validation = subprocess.run(
        [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings"],
        cwd=ROOT,
        env=os.environ | QUIET,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    output = validation.stdout + validation.stderr
    assert validation.returncode == 0, output
    assert "No story structure conflicts found" in output
    warnings = set(re.findall(r"UserWarning: (.*)", output))
    assert warnings
    rules = (ROOT / "data" / "rules.yml").read_text(encoding="utf-8")
    for warning in warnings:
        unused = re.fullmatch(r"The utterance '(\w+)' is not used in any story or rule\.", warning)
        assert unused, warning
        assert f"action: {unused[1]}\n" not in rules


def test_every_intent_has_examples_enough_in_every_language() -> None:
    domain = READER.load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    examples = Counter((each.intent, each.language) for each in training())
    for intent in domain["intents"]:
        for language in LANGUAGES:
            assert examples[intent, language] >= 25, f"{intent} in {language}"


def test_each_training_file_is_named_by_its_language_and_intent() -> None:
    for file in TRAINING.glob("*/*.yml"):
        (group,) = READER.load(file.read_text(encoding="utf-8"))["nlu"]
        assert (group["metadata"]["language"], group["intent"]) == (file.parent.name, file.stem)


# So short that whoever writes them apart still writes the same words.
COURTESIES = {"greet", "goodbye", "thank", "affirm", "deny", "stop"} | {
    "report_done", "report_under_way", "report_not_begun", "choose_electronic", "choose_paper",
}  # fmt: skip


def plain(text: str) -> str:
    """Words only: what differs in capitals and punctuation is no other question."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_training_development_and_held_out_questions_are_kept_apart() -> None:
    trained = {plain(each.text) for each in training()}
    developed = {plain(each.text) for each in read(DEVELOPMENT.glob("*.yml"))}
    developed |= {plain(each.text) for each in several(DEVELOPMENT)}
    for folder, others in ((DEVELOPMENT, trained), (HELD_OUT, trained | developed)):
        questions = [(each.text, each.intent) for each in read(folder.glob("*.yml"))]
        questions += [(each.text, ", ".join(each.intents)) for each in several(folder)]
        repeated = {
            text for text, intent in questions if intent not in COURTESIES and plain(text) in others
        }
        assert not repeated, folder.name


def test_no_example_stands_for_two_intents() -> None:
    intents: dict[tuple[str, str], set[str]] = {}
    for each in training():
        intents.setdefault((each.language, plain(each.text)), set()).add(each.intent)
    assert not {text: own for text, own in intents.items() if len(own) > 1 and text[1]}
