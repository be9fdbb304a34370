"""Where the benchmark reads and writes."""

from pathlib import Path

from bot.serve import ROOT

FOLDER = ROOT / "benchmarks"
CACHE = FOLDER / ".cache"  # trained contenders and what they cost; git does not see it
ANNOUNCEMENT = ROOT / "tests" / "call" / "announcement-2021-03-17.fi.txt"
GOLD = FOLDER / "municipality_gold.yml"


def result_folder(quick: bool) -> Path:
    """Quick runs only show that all holds together: their figures stay out of git."""
    folder = CACHE / "quick" if quick else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder
