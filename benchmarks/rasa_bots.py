"""The folders of the Rasa contenders: the same domain, rules and examples, another config."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rasa
from ruamel.yaml import YAML

from benchmarks.markup import Entity, marked, marks
from benchmarks.paths import CACHE
from benchmarks.questions import Question
from bot.call.municipality import municipalities
from bot.serve import ROOT

# What `rasa init` leaves empty in config.yml, and `rasa train` then fills in from.
DEFAULT_CONFIG = Path(rasa.__file__).parent / "engine/recipes/config_files/default_config.yml"
RULES = ("rules.yml", "stories.yml")
QUICK_EPOCHS = 2
LIGHT: dict[str, Any] = {
    "recipe": "default.v1",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "LogisticRegressionClassifier"},
        {"name": "RegexEntityExtractor", "use_lookup_tables": True, "use_regexes": False},
        {"name": "EntitySynonymMapper"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [{"name": "RulePolicy"}],
}

Config = dict[str, Any]


@dataclass(frozen=True)
class RasaBot:
    """A contender's folder, named by a hash of all that its training reads."""

    folder: Path

    @property
    def model(self) -> Path:
        return self.folder / "models" / "contender.tar.gz"


def default_config(quick: bool) -> Config:
    """As `rasa init` of this version leaves it."""
    config: Config = YAML(typ="safe").load(DEFAULT_CONFIG.read_text(encoding="utf-8"))
    config |= {"language": "fi", "assistant_id": "rasa_default"}
    for component in [*config["pipeline"], *config["policies"]] if quick else ():
        if "epochs" in component:
            component["epochs"] = QUICK_EPOCHS
    return config


def light_config(quick: bool) -> Config:
    """Without deep learning: words and pieces of words, look-up of names, rules."""
    return {"language": "fi", "assistant_id": "rasa_light", **LIGHT}


def build(name: str, config: Config, examples: Sequence[Question]) -> RasaBot:
    """Write the folder. One that is there stays; only the wording in it is brought up to date."""
    found = marks([each.text for each in examples])
    files = {
        "config.yml": config,
        "credentials.yml": {"rest": {}},
        "data/nlu.yml": _nlu(examples, found, lookup=name == "rasa_light"),
        "domain/domain.yml": _domain(),
        **{f"data/{each}": _read(ROOT / "data" / each) for each in RULES},
    }
    responses = _read(ROOT / "domain.yml")["responses"]
    inputs = json.dumps([files, sorted(responses)], ensure_ascii=False, sort_keys=True, default=str)
    digest = hashlib.sha256(inputs.encode()).hexdigest()[:16]
    bot = RasaBot(CACHE / f"{name}-{digest}")
    files["domain/responses.yml"] = {"version": "3.1", "responses": responses}
    for path, content in files.items():
        _write(bot.folder / path, content)
    return bot


def endpoints(bot: RasaBot, action_port: int) -> Path:
    """In-memory conversations, as `rasa init` leaves it; the project's words and actions."""
    file = bot.folder / "endpoints.yml"
    content = {
        "action_endpoint": {"url": f"http://127.0.0.1:{action_port}/webhook"},
        "nlg": {"type": "bot.nlg.ResponseGenerator"},
    }
    _write(file, content)
    return file


def _domain() -> dict[str, Any]:
    """The project's domain without its words: those can change without a new training."""
    domain: dict[str, Any] = _read(ROOT / "domain.yml")
    return {key: value for key, value in domain.items() if key != "responses"}


def _nlu(
    examples: Sequence[Question], found: dict[str, list[Entity]], lookup: bool
) -> dict[str, Any]:
    """The examples by intent, and the municipalities for an extractor that looks names up."""
    by_intent: dict[str, list[str]] = {}
    for each in examples:
        by_intent.setdefault(each.intent, []).append(marked(each.text, found[each.text]))
    intents = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in sorted(by_intent.items())
    ]
    if lookup:
        names = "".join(f"- {name}\n" for name in _names(found))
        intents.append({"lookup": "municipality", "examples": names})
    return {"version": "3.1", "nlu": intents}


def _names(found: dict[str, list[Entity]]) -> list[str]:
    """Every municipality by its Finnish and Swedish name, and as the examples write it."""
    names = {name for each in municipalities().all() for name in (each.name_fi, each.name_sv)}
    written = {
        text[entity["start"] : entity["end"]]
        for text, entities in found.items()
        for entity in entities
        if entity["entity"] == "municipality"
    }
    return sorted(names | written)


def _read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


def _write(file: Path, content: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    yaml: Any = YAML()
    yaml.width = 10_000  # a question stays on its line
    with file.open("w", encoding="utf-8") as output:
        yaml.dump(content, output)
