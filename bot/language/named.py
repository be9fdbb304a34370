"""Which language a person names: "voidaanko jatkaa ruotsiksi", "in English, please"."""

import re

from bot.language import Language

NAMES: dict[Language, str] = {
    "fi": r"suome|suomi|finska|finnish|\"fi\"",
    "sv": r"ruots|svensk|swedish|\"sv\"",
    "en": r"engla|englis|engelsk|enkku|\"en\"",
}


def named_language(text: str) -> Language | None:
    """The language named last: who says "not Finnish but Swedish" wants the second."""
    places = {
        language: max((match.start() for match in re.finditer(names, text.lower())), default=-1)
        for language, names in NAMES.items()
    }
    last = max(places, key=lambda language: places[language])
    return last if places[last] >= 0 else None
