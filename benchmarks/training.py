"""Training, measured: time and memory. A trained contender is kept, with what it cost."""

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.paths import CACHE
from benchmarks.processes import Cost, measured
from benchmarks.questions import Question
from benchmarks.rasa_bots import RasaBot
from bot.serve import ROOT

COPIED = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "bot", "data", "actions")
TRAIN = [sys.executable, "-m", "rasa", "train"]
COST, WORDING = "cost.json", "wording"


def train_contender(bot: RasaBot, name: str) -> Cost:
    """Train unless that is done; Rasa's own cache makes a change of wording a matter of seconds."""
    wording = (bot.folder / "domain" / "responses.yml").read_text(encoding="utf-8")
    cost_file, wording_file = bot.folder / COST, bot.folder / WORDING
    trained = cost_file.exists() and bot.model.exists()
    if trained and wording_file.exists() and wording_file.read_text(encoding="utf-8") == wording:
        print(f"  {name}: trained before ({bot.folder.name})", flush=True)
        return _read(cost_file)
    command = [*TRAIN, "--skip-validation", "--domain", "domain"]
    cost = measured(
        [*command, "--fixed-model-name", bot.model.name.removesuffix(".tar.gz")],
        cwd=bot.folder,
        log=bot.folder / "training.log",
        what=f"training {name}",
        environment={"PYTHONPATH": str(ROOT)},
    )
    if not trained:
        _write(cost_file, cost)
    wording_file.write_text(wording, encoding="utf-8")
    return _read(cost_file)


def train_hakuneuvoja(digest: str, learned: Sequence[Question]) -> tuple[Path, Cost]:
    """Its model and what that cost, in a clean copy of its folder without Rasa's cache."""
    folder_kept = CACHE / f"hakuneuvoja-{digest}"
    model, cost_file = folder_kept / "hakuneuvoja.tar.gz", folder_kept / COST
    if cost_file.exists():
        print("  hakuneuvoja: trained before", flush=True)
        return model, _read(cost_file)
    folder_kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for each in COPIED:
            source, target = ROOT / each, Path(folder, each)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)
        _write_examples(Path(folder, "data", "nlu"), learned)
        cost = measured(
            [*TRAIN, "--skip-validation", "--fixed-model-name", "hakuneuvoja"],
            cwd=Path(folder),
            log=folder_kept / "training.log",
            what="training hakuneuvoja",
        )
        shutil.move(Path(folder, "models", model.name), model)
    _write(cost_file, cost)
    return model, cost


def _write_examples(folder: Path, learned: Sequence[Question]) -> None:
    """In each file of the training examples only those that are to be learned."""
    texts = {each.text for each in learned}
    for file in folder.glob("*/*.yml"):
        lines = file.read_text(encoding="utf-8").splitlines()
        kept = [
            each
            for each in lines
            if not each.startswith("    - ") or each.removeprefix("    - ").strip() in texts
        ]
        file.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _read(file: Path) -> Cost:
    return Cost(**json.loads(file.read_text(encoding="utf-8")))


def _write(file: Path, cost: Cost) -> None:
    file.write_text(json.dumps(asdict(cost)) + "\n", encoding="utf-8")
