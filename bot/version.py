"""Which assistant answers from which data: what a saved conversation names."""

import hashlib
from functools import cache

from bot.call.announcement import CALL_FILE

BOT = "0.1.0"  # as in pyproject.toml


@cache
def data_version() -> str:
    """The first digits of the SHA-256 of the facts in data/, whichever of them changes."""
    facts = [*CALL_FILE.parent.glob("*.yml"), *CALL_FILE.parent.glob("*.csv")]
    content = b"".join(file.read_bytes() for file in sorted(facts))
    return hashlib.sha256(content).hexdigest()[:8]
