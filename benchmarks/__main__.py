"""`make bench`: trains, asks and clocks every contender, and writes what came out."""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from benchmarks import asking, forms, report, speed, training, understanding
from benchmarks.contenders import TITLES, Contender, hakuneuvoja, plain_server, rasa_bot
from benchmarks.machine import machine
from benchmarks.paths import result_folder
from benchmarks.questions import examples, gold_municipalities, held_out
from benchmarks.rasa_bots import build, default_config, light_config
from benchmarks.search import SHOWN
from bot.serve import ROOT

PARTS = ("training", "understanding", "speed", "forms")
# Rasa's default would take some five hours for all examples on two cores: unless --full, all who
# learn get every twelfth, Hakuneuvoja beside what it ships.
EVERY, QUICK_EVERY = 12, 60
CONFIGS = {"rasa_default": default_config, "rasa_light": light_config}
READ_BY_TRAINING = ("config.yml", "domain.yml", "data", "bot/call", "bot/language", "bot/nlu")


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    file = result_folder(options.quick) / "results.json"
    partial = set(options.only) != set(TITLES) or set(options.parts) != set(PARTS)
    # A partial run brings an earlier one up to date; a whole one begins anew.
    results = json.loads(file.read_text("utf-8")) if partial and file.exists() else {}
    results |= {
        "date": datetime.now().astimezone().isoformat(timespec="minutes"),
        "machine": machine(),
        "quick": options.quick,
        "partial": partial,
        "data": {
            "examples": len(examples()),
            "examples_of_all": len(examples(_every(options))),
            "held_out": len(held_out()),
            "gold_municipalities": len(gold_municipalities()),
        },
    }
    if unknown := asking.without_topic():
        sys.exit(f"tests/conversations/topics.yml says nothing of {', '.join(sorted(unknown))}")
    contenders = results.setdefault("contenders", {})

    def keep(name: str, figures: dict[str, Any]) -> None:
        contenders.setdefault(name, {}).update(figures)
        file.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    chosen = []
    for name in options.only:
        contender, figures = _prepared(name, options)
        chosen.append(contender)
        keep(name, figures)
    if "understanding" in options.parts:
        for contender in chosen:
            _say(f"{contender.title}: understanding of the held-out questions")
            keep(contender.name, _understood(contender))
    if "forms" in options.parts and "hakuneuvoja" in options.only:
        _say("Municipalities in every form")
        results["forms"] = forms.measured()
        keep("hakuneuvoja", {})
    if "speed" in options.parts:
        _clocked(chosen, options, keep)
    report.write(results, file.parent)
    _say(f"Written: {file.parent / 'results.md'}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", type=_listed(TITLES), default=list(TITLES), metavar="NAME,...")
    parser.add_argument("--parts", type=_listed(PARTS), default=list(PARTS), metavar="PART,...")
    parser.add_argument("--rounds", type=int, help="rounds of clocking, unless the usual ones")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a small sample: shows that all holds together, says nothing of the contenders",
    )
    parser.add_argument("--full", action="store_true", help="all examples for all who learn")
    return parser.parse_args(arguments)


def _listed(known: Sequence[str] | dict[str, str]) -> Any:
    def names(text: str) -> list[str]:
        wanted = text.split(",")
        for name in wanted:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(known)}")
        return [name for name in known if name in wanted]

    return names


def _prepared(name: str, options: argparse.Namespace) -> tuple[Contender, dict[str, Any]]:
    """The contender, trained, and what training cost. Rasa contenders need it in any part."""
    figures: dict[str, Any] = {}
    if name.startswith("hakuneuvoja"):
        _say(f"{TITLES[name]}: training, measured in a clean copy")
        learned = examples(1 if name == "hakuneuvoja" else _every(options))
        model, cost = training.train_hakuneuvoja(f"{_hash()}-{len(learned)}", learned)
        figures["training"] = asdict(cost)
        contender = hakuneuvoja() if name == "hakuneuvoja" else hakuneuvoja(name, model)
    elif name in CONFIGS:
        _say(f"{TITLES[name]}: training")
        bot = build(name, CONFIGS[name](options.quick), examples(_every(options)))
        figures["training"] = asdict(training.train_contender(bot, name))
        contender = rasa_bot(name, bot)
    else:
        contender = plain_server(name)
    if contender.model:
        figures["model_bytes"] = contender.model.stat().st_size
    return contender, figures


def _understood(contender: Contender) -> dict[str, Any]:
    if contender.name == "search_announcement":
        return understanding.of_announcement_search(SHOWN)
    if contender.name == "search_examples":
        return {"understanding": understanding.of_example_search()}
    return {"understanding": understanding.of_model(contender.model)} if contender.model else {}


def _clocked(chosen: Sequence[Contender], options: argparse.Namespace, keep: Any) -> None:
    size = speed.QUICK if options.quick else speed.Size()
    rounds = options.rounds or size.rounds
    figures: dict[str, list[dict[str, Any]]] = {each.name: [] for each in chosen}
    for number in range(1, rounds + 1):
        for contender in chosen:
            _say(f"Round {number} of {rounds}: {contender.title}")
            measured = speed.once(contender, size, questions=number == 1)
            if "answers" in measured:
                keep(contender.name, {"answers": measured.pop("answers")})
            figures[contender.name].append(measured)
            own = figures[contender.name]
            keep(contender.name, {"speed": speed.medians(own), "rounds": own})


def _every(options: argparse.Namespace) -> int:
    return 1 if options.full else QUICK_EVERY if options.quick else EVERY


def _hash() -> str:
    """Of all that training the assistant reads."""
    digest = hashlib.sha256()
    for each in READ_BY_TRAINING:
        path = ROOT / each
        files = (
            [path]
            if path.is_file()
            else sorted(each for each in path.rglob("*.*") if each.is_file())
        )
        for file in files:
            if file.suffix != ".pyc":
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _say(text: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {text}", flush=True)


if __name__ == "__main__":
    main()
