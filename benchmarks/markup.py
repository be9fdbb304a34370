"""Examples with their names, dates and bodies marked up as Rasa's training format wants it.

The marks come from Hakuneuvoja's own finders: a gift to the contenders, who would otherwise need
someone to mark up thousands of examples by hand.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.parsing import parse
from benchmarks.paths import CACHE
from bot.serve import MODEL, ROOT
from tests.nlu.questions import TRAINING

KINDS = ("municipality", "place", "date", "organisation")
FINDERS = ("bot/call", "bot/language", "bot/nlu")

Entity = dict[str, Any]


def marks(texts: Sequence[str]) -> dict[str, list[Entity]]:
    """What the finders see in each text; kept while texts and finders stay the same."""
    file = CACHE / "marks" / f"{_hash(texts)}.json"
    if not file.exists():
        print(f"  Marking up {len(texts)} examples ...", flush=True)
        found = [_apart(parsed["entities"]) for parsed in parse(MODEL, texts)]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(dict(zip(texts, found, strict=True))), encoding="utf-8")
    content: dict[str, list[Entity]] = json.loads(file.read_text(encoding="utf-8"))
    return content


def marked(text: str, entities: Sequence[Entity]) -> str:
    """`[Lahdessa]{"entity": "municipality", "value": "Lahti"}`."""
    for each in sorted(entities, key=lambda each: -each["start"]):
        start, end = each["start"], each["end"]
        note = json.dumps({"entity": each["entity"], "value": each["value"]}, ensure_ascii=False)
        text = f"{text[:start]}[{text[start:end]}]{note}{text[end:]}"
    return text


def _apart(entities: Sequence[Entity]) -> list[Entity]:
    """The entities of a kind that stands in the text, none over another."""
    kept: list[Entity] = []
    for each in entities:
        if each["entity"] not in KINDS or not isinstance(each["value"], str):
            continue
        if each["end"] > each["start"] and all(
            each["end"] <= other["start"] or each["start"] >= other["end"] for other in kept
        ):
            kept.append({key: each[key] for key in ("entity", "value", "start", "end")})
    return kept


def _hash(texts: Sequence[str]) -> str:
    digest = hashlib.sha256("\n".join(texts).encode())
    files: list[Path] = [
        *(file for folder in FINDERS for file in (ROOT / folder).glob("*.py")),
        *TRAINING.parent.glob("*.csv"),
    ]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
