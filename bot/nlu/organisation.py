"""Finds kinds of body, such as association, company or school (data/organisations.csv)."""

import csv
import re
from functools import cache
from pathlib import Path

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.nlu.extractor import Entity, Extractor

FILE = Path(__file__).resolve().parents[2] / "data" / "organisations.csv"


@cache
def _kinds() -> re.Pattern[str]:
    with FILE.open(encoding="utf-8", newline="") as rows:
        kinds = [(row["kind"], row["word_starts"].split("|")) for row in csv.DictReader(rows)]
    groups = (f"(?P<{kind}>{'|'.join(map(_word, starts))})" for kind, starts in kinds)
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})", re.IGNORECASE)


def _word(start: str) -> str:
    """Short ones ("oy", "ab", "ngo") are a word of their own, longer ones the start of one."""
    return re.escape(start) + (r"(?!\w)" if len(start) < 4 else r"\w*")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class OrganisationExtractor(Extractor):
    """Entities `organisation` with the kind as value; the words themselves stay for learning."""

    mask = False

    def entities(self, text: str) -> list[Entity]:
        return [
            {
                "entity": "organisation",
                "value": match.lastgroup,
                "start": match.start(),
                "end": match.end(),
            }
            for match in _kinds().finditer(text)
        ]
