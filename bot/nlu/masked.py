"""A message's text as the learning components read it: names and dates as labels, dots off."""

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.extractor import MASKS

FOLDED = str.maketrans("äöåÄÖÅ", "aoaAOA")  # many people type without the dots


def masked(message: Message, replacement: str = "{}", span: tuple[int, int] | None = None) -> str:
    """The text, or a span of it, with each mask's place replaced.

    `replacement` may hold {} for the mask's label.
    """
    text: str = message.get(TEXT) or ""
    first, last = span or (0, len(text))
    pieces, at = [], first
    for start, end, label in sorted(message.get(MASKS) or []):
        if at <= start and end <= last:
            pieces += [text[at:start], f" {replacement.format(label.upper())} "]
            at = end
    return "".join([*pieces, text[at:last]])
