"""What people say on any platform."""

from ruamel.yaml import YAML

from bot.language import Language
from bot.serve import ROOT

HOME = "https://bot.example"

# A question with the beginning of its answer; a quick reply to that, with a word of its answer.
TALKS: list[tuple[Language, str, str, str, str]] = [
    ("fi", "voiko Lahti hakea?", "Kyllä, Lahti voi hakea", "Ehdon täyttävät kunnat", "Helsinki"),
    ("sv", "kan Lahtis söka?", "Ja, Lahtis kan söka", "Kommuner som", "Helsingfors"),
    ("en", "can Lahti apply?", "Yes, Lahti can apply", "Municipalities", "Helsinki"),
]


def every_topic() -> list[str]:
    """A message for each intent that a quick reply can stand for, and one on two municipalities."""
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    title = "utter_title__"
    topics = [name.removeprefix(title) for name in domain["responses"] if name.startswith(title)]
    return ["Lahti, Iisalmi?", *(f"/{topic}" for topic in topics)]
