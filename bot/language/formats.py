"""Dates, moments, durations, numbers and lists as each language writes them (CLDR, by Babel)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal
from babel.units import format_unit

from bot.language import Language

# Sweden's Swedish writes dates year first, Finland's day first: CLDR's sv_FI has that only in part.
LOCALES: dict[Language, str] = {"fi": "fi", "sv": "sv_FI", "en": "en_GB"}
DATE_PATTERNS: dict[Language, str] = {"fi": "d.M.y", "sv": "d.M.y", "en": "d MMMM y"}
MOMENT_PATTERNS: dict[Language, str] = {
    "fi": "d.M.y 'klo' H.mm",
    "sv": "d.M.y 'kl.' H.mm",
    "en": "d MMMM y 'at' HH:mm",
}
WEEKDAY_PATTERNS: dict[Language, str] = {"fi": "EEEE", "sv": "EEEE", "en": "EEEE"}


def day(value: date, language: Language) -> str:
    """6.12.2023; 6 December 2023."""
    return format_date(value, DATE_PATTERNS[language], LOCALES[language])


def weekday(value: date, language: Language) -> str:
    """tiistaina; tisdag; Tuesday: as it stands in running text."""
    return format_date(value, WEEKDAY_PATTERNS[language], LOCALES[language])


def moment(value: datetime, language: Language) -> str:
    """6.12.2023 klo 9.05, in the moment's own time zone."""
    return format_datetime(
        value, MOMENT_PATTERNS[language], tzinfo=value.tzinfo, locale=LOCALES[language]
    )


def number(value: int, language: Language) -> str:
    """9 012 with a space that does not break; 9,012 in English."""
    return format_decimal(value, locale=LOCALES[language])


def compact(value: int, language: Language) -> str:
    """3 miljoonaa; 3 miljoner; 3 million: for round sums."""
    return format_compact_decimal(
        value, format_type="long", locale=LOCALES[language], fraction_digits=3
    )


def duration(value: timedelta, language: Language) -> str:
    """19 päivää 4 tuntia; 19 dagar och 4 timmar; 19 days 4 hours. Whole minutes, rounded down;
    seconds when less than a minute is left."""
    seconds = max(0, int(value.total_seconds()))
    minutes = seconds // 60
    amounts = {"day": minutes // (24 * 60), "hour": minutes // 60 % 24, "minute": minutes % 60}
    named = {unit: amount for unit, amount in amounts.items() if amount} or {"second": seconds}
    parts = [
        format_unit(amount, unit, locale=LOCALES[language]).replace("dygn", _dagar(amount))
        for unit, amount in named.items()
    ]
    return listing(parts, language) if language == "sv" else " ".join(parts)


def _dagar(amount: int) -> str:
    """CLDR's Swedish day is "dygn"; people who count days to a deadline say "dagar"."""
    return "dag" if amount == 1 else "dagar"


def listing(items: Sequence[str], language: Language) -> str:
    """a, b ja c; a, b och c; a, b and c."""
    return format_list(list(items), locale=LOCALES[language])
