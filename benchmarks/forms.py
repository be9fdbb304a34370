"""Municipalities found in every form of their names: the figures of municipality_forms.py.

Asked in a process of its own (`python -m benchmarks.forms FILE`): Rasa's loader of examples brings
TensorFlow with it, which the client that clocks the contenders should not carry.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.paths import CACHE
from bot.serve import QUIET, ROOT


def measured() -> dict[str, Any]:
    """Its table in Markdown, the shares found, and the false finds where no name is."""
    file, log = CACHE / "forms.json", CACHE / "logs" / "forms.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as warnings:
        subprocess.run(
            [sys.executable, "-m", "benchmarks.forms", str(file)],
            cwd=ROOT,
            env=os.environ | QUIET,
            stderr=warnings,
            check=True,
        )
    figures: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return figures


def _main(file: str) -> None:
    from benchmarks import municipality_forms as own

    known = own.known_words()
    measurement = own.measure(known)
    none = {
        folder.name: {
            "sentences": len(own.sentences_without_names(folder)),
            "false_finds": len(own.false_finds(folder, known)),
        }
        for folder in own.SETS
    }
    figures = {
        "table": own.table(measurement),
        "asked": measurement.total().asked,
        "found": measurement.total().share,
        "found_written_right": measurement.total("").share,
        "found_with_an_error": measurement.total(*own.ERRORS).share,
        "none": none,
    }
    Path(file).write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    _main(sys.argv[1])
