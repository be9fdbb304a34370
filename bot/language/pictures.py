"""What a picture of an answer shows: its figures, and the words beside and instead of it."""

from collections.abc import Mapping
from typing import Any

from bot.call.municipality import Municipality
from bot.language import Language
from bot.language.wording import Moment, Wording

Values = Mapping[str, Any]


def pictures(
    name: str, wording: Wording, language: Language, moment: Moment, values: Values
) -> list[dict[str, Any]]:
    """The pictures of a response (its metadata's `picture`) and of those within its `answers`."""
    match wording.about(name).get("picture"), values.get("municipality"):
        case "time", _:
            own = [_time(wording, language, moment)]
        case "residents", Municipality() as municipality:
            own = [_residents(wording, language, moment, municipality)]
        case _:
            own = []
    within = [
        each
        for part in values.get("answers", ())
        for each in pictures(part["response"], wording, language, moment, part)
    ]
    return own + within


def _time(wording: Wording, language: Language, moment: Moment) -> dict[str, Any]:
    """Now, on the line from opening to closing."""
    values = {"moment": moment.now.astimezone(wording.call.zone)}

    def text(name: str) -> str:
        return wording.part(f"utter_picture__{name}", language, moment, values)

    return {
        "kind": "time",
        "opens": wording.call.opening_moment.isoformat(),
        "closes": wording.call.closes.moment.isoformat(),
        "now": moment.now.isoformat(),
        "opens_text": text("opens"),
        "closes_text": text("closes"),
        "now_text": text("now"),
        "alternative": text("time"),
    }


def _residents(
    wording: Wording, language: Language, moment: Moment, municipality: Municipality
) -> dict[str, Any]:
    """A municipality's foreign-language residents against the threshold."""
    values = {"municipality": municipality}

    def text(name: str) -> str:
        return wording.part(f"utter_picture__{name}", language, moment, values)

    return {
        "kind": "residents",
        "residents": municipality.residents_high
        if municipality.residents is None
        else municipality.residents,
        "threshold": wording.call.threshold.residents,
        "residents_text": text("residents_beside"),
        "threshold_text": text("threshold"),
        "alternative": text("residents"),
    }
