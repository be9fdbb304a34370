"""The training data: whole in three languages, and clean in the eyes of Rasa's own validation."""

import os
import re
import subprocess
import sys
from collections import Counter

from ruamel.yaml import YAML

from bot.language import LANGUAGES
from bot.serve import QUIET, ROOT
from tests.nlu.test_held_out import TRAINING, read


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
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    examples = Counter((intent, language) for _, intent, language in read(TRAINING.glob("*/*.yml")))
    for intent in domain["intents"]:
        for language in LANGUAGES:
            assert examples[intent, language] >= 25, f"{intent} in {language}"


def test_each_training_file_is_named_by_its_language_and_intent() -> None:
    for file in TRAINING.glob("*/*.yml"):
        (group,) = YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]
        assert (group["metadata"]["language"], group["intent"]) == (file.parent.name, file.stem)
