"""Questions by which the model is measured, and the training examples that it learns from."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

from bot.language import LANGUAGES
from bot.serve import ROOT

TRAINING = ROOT / "data" / "nlu"
# Seen while building: where to look for what is weak, and how bold to be.
DEVELOPMENT = Path(__file__).parent / "development"
# To measure by: nobody builds by it, and tests tell only how many are right.
HELD_OUT = Path(__file__).parent / "held_out"

READER = YAML(typ="safe")


class Question(NamedTuple):
    """A question of one intent."""

    text: str
    intent: str
    language: str


class Several(NamedTuple):
    """A message with the intents of all that it asks, in order."""

    text: str
    intents: list[str]
    language: str


def read(files: Iterable[Path]) -> list[Question]:
    """The examples of files in Rasa's form."""
    return [
        Question(line.strip().removeprefix("- "), group["intent"], group["metadata"]["language"])
        for file in sorted(files)
        for group in READER.load(file.read_text(encoding="utf-8"))["nlu"]
        for line in group["examples"].splitlines()
        if line.strip()
    ]


def training() -> list[Question]:
    return read(TRAINING.glob("*/*.yml"))


def several(folder: Path) -> list[Several]:
    """The messages with several questions, or that look so, of a set."""
    return [
        Several(item["text"], item["intents"], language)
        for language in LANGUAGES
        for item in READER.load((folder / "several" / f"{language}.yml").read_text("utf-8"))
    ]
