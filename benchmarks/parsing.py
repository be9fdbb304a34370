"""What a model understands of texts, asked in a process of its own: `python -m benchmarks.parsing`.

The process ends afterwards, so that its memory is free for the servers that are measured.
"""

import asyncio
import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.paths import CACHE
from bot.serve import QUIET, ROOT

Parsed = dict[str, Any]  # intent, intent_ranking, entities, as Rasa's /model/parse names them


def parse(model: Path, texts: Sequence[str]) -> list[Parsed]:
    """The model's understanding of each text, each as the first of a conversation."""
    log = CACHE / "logs" / "parsing.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, log.open("wb") as warnings:
        asked, answered = Path(folder, "texts.json"), Path(folder, "parsed.json")
        asked.write_text(json.dumps(list(texts)), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "benchmarks.parsing", str(model), str(asked), str(answered)],
            cwd=ROOT,
            env=os.environ | QUIET,
            stderr=warnings,
            check=True,
        )
        parsed: list[Parsed] = json.loads(answered.read_text(encoding="utf-8"))
        return parsed


async def _parse_all(model: str, texts: list[str]) -> list[Parsed]:
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    agent = Agent.load(model)
    parsed = []
    for number, text in enumerate(texts, 1):
        understood = await agent.parse_message(text)
        parsed.append(
            {key: understood.get(key) for key in ("intent", "intent_ranking", "entities")}
        )
        if number % 500 == 0 or number == len(texts):
            print(f"    {number}/{len(texts)} texts understood", flush=True)
    return parsed


def _main(model: str, asked: str, answered: str) -> None:
    texts = json.loads(Path(asked).read_text(encoding="utf-8"))
    parsed = asyncio.run(_parse_all(model, texts))
    Path(answered).write_text(json.dumps(parsed, default=float), encoding="utf-8")


if __name__ == "__main__":
    _main(*sys.argv[1:])
