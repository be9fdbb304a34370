"""The three languages: which one a person writes, and how dates, numbers and lists read in it."""

from typing import Literal, get_args

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "fi"


def known(language: object) -> Language:
    """`language` if the assistant speaks it, otherwise Finnish."""
    return next((each for each in LANGUAGES if each == language), DEFAULT)
