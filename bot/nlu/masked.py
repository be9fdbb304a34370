"""A message's text as the learning components read it: names and dates as labels, dots off."""

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.extractor import MASKS

FOLDED = str.maketrans("äöåÄÖÅ", "aoaAOA")  # many people type without the dots


def masked(message: Message, replacement: str = "{}") -> str:
    """The text with each masked span replaced; `replacement` may hold {} for the span's label."""
    text: str = message.get(TEXT) or ""
    for start, end, label in sorted(message.get(MASKS) or [], reverse=True):
        text = text[:start] + f" {replacement.format(label.upper())} " + text[end:]
    return text
