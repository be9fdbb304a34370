"""The machine and the versions behind the figures."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from bot.serve import ROOT

PACKAGES = ("rasa", "tensorflow", "scikit-learn", "sanic", "spacy", "bm25s", "aiohttp")


def machine() -> dict[str, Any]:
    """Cores, memory in bytes, processor, versions, and the state of the project."""
    return {
        "cores": os.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "commit": _git("rev-parse", "--short", "HEAD"),
        "changed": bool(
            _git("status", "--porcelain", "--", "bot", "actions", "data", "config.yml")
        ),
        "load": os.getloadavg()[0],
    }


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _git(*arguments: str) -> str:
    ended = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return ended.stdout.strip()
