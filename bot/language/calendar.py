"""The deadline's calendar file in a person's language."""

from datetime import datetime

from bot.call.calendar import calendar_file
from bot.language import Language
from bot.language.wording import Wording

NAME = "hakuaika.ics"
KIND = "text/calendar"


def deadline_file(wording: Wording, language: Language, here: datetime) -> bytes:
    """RFC 5545, UTF-8; made at the moment `here`."""
    moment = wording.moment(here)
    return calendar_file(
        wording.call,
        summary=wording.text("utter_calendar__summary", language, moment),
        description=wording.text("utter_calendar__description", language, moment),
        language=language,
        made=here,
    )
