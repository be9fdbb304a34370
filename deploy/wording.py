"""What app packages say, from the assistant's own wording."""

import argparse
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from bot.call.announcement import announcement
from bot.language.wording import Wording
from bot.serve import ROOT

TOPICS = ["ask_deadline", "check_eligibility", "ask_how_to_submit", "start_readiness_check"]


def wording() -> Wording:
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return Wording(domain["responses"], announcement())


def address(text: str) -> str:
    """Where the assistant answers, from the command line: https and a host, no path."""
    parts = urlsplit(text.rstrip("/"))
    if parts.scheme != "https" or not parts.netloc or parts.path or parts.query:
        raise argparse.ArgumentTypeError(f"{text!r} is no address like https://bot.example")
    return text.rstrip("/")
