"""The day or moment that a person names: "15.4.", "huomenna", "next Friday", "den 10 april"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from babel.dates import get_day_names, get_month_names
from dateutil.relativedelta import relativedelta

from bot.language import LANGUAGES, formats

# Days from today, by what the three languages call them (Finnish stems take endings).
RELATIVE = {
    r"toissapäivä\w*|i förrgår|day before yesterday": -2,
    r"eilen|eili\w*|igår|i går|yesterday": -1,
    r"tänään|täst[äa] päivästä|tämä päivä|idag|i dag|today": 0,
    r"ylihuomen\w*|ylihuomis\w*|i övermorgon|övermorgon|day after tomorrow": 2,
    r"huomenna|huomise\w*|huomenis\w*|i morgon|imorgon|morgondagen\w*|tomorrow": 1,
}
AHEAD = r"(?P<ahead>\d{1,3})\s*(?:päivän (?:päästä|kuluttua)|dagar framåt|days from now)"
AHEAD_BEFORE = r"(?:om|in) (?P<ahead2>\d{1,3}) (?:dagar|days)"
NEXT_WEEK = r"(?P<next_week>ensi viikon\s+|next week'?s?\s+|nästa veckas?\s+)?"
TIME = (
    r"(?:[,]?\s*(?:(?:klo\.?|kl\.?|kello|klockan|at)\s*(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?"
    r"|(?P<hour2>\d{1,2}):(?P<minute2>\d{2}))(?:\s*(?P<half>[ap]m))?)?"
)


def _names(names: Callable[..., Any], *widths: str) -> dict[str, int]:
    """Names of months or weekdays in all three languages, with their number."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        for width in widths:
            for context in ("format", "stand-alone"):
                named = names(width, context, formats.LOCALES[language])
                for number, name in named.items():
                    found[name.lower().rstrip(".")] = number
    return found


# CLDR has the Finnish names in the case of running text; people write every other case, too.
MONTHS = {
    re.sub(r"(kuu)ta$", r"\1", name): number
    for name, number in _names(get_month_names, "abbreviated", "wide").items()
}
WEEKDAYS = {
    re.sub(r"(tai|viikko)na$", r"\1", name): number
    for name, number in _names(get_day_names, "wide").items()
}


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))


MONTH = rf"(?:{_any(MONTHS)})(?<=\w)"
PATTERN = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(
        (
            r"(?P<iso>\d{4}-\d{2}-\d{2})",
            r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})(?:\.\s?(?P<year>\d{4})|\.(?!\d)|(?![\d.]))",
            r"(?P<day_slash>\d{1,2})/(?P<month_slash>\d{1,2})(?:/(?P<year_slash>\d{4}))?(?!\d)",
            rf"(?P<day_name>\d{{1,2}})(?:\.|st|nd|rd|th|:e)?\s+(?:of\s+)?(?P<month_name>{MONTH})\w*\.?"
            r"(?:\s+(?P<year_name>\d{4}))?",
            rf"(?P<month_first>{MONTH})\w*\.?\s+(?P<day_second>\d{{1,2}})(?:\.|st|nd|rd|th|:e)?(?![\d:])"
            r"(?:,?\s+(?P<year_second>\d{4}))?",
            *(rf"(?P<relative{n}>{words})(?!\w)" for n, words in enumerate(RELATIVE)),
            AHEAD,
            AHEAD_BEFORE,
            rf"{NEXT_WEEK}(?P<weekday>{_any(WEEKDAYS)})(?:na|sta|hin|n|s|en|ens)?(?!\w)",
        )
    )
    + r")"
    + TIME,
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DateMention:
    """A day (date) or moment (datetime in the zone of `now`) and its place in the text."""

    start: int
    end: int
    value: date


def find_dates(text: str, now: datetime, year: int) -> list[DateMention]:
    """The days and moments named in a text, in order.

    Words like "tomorrow" count from `now`; a day without a year is in `year`. What is no day
    of the calendar (31.4.) is not found.
    """
    return list(_find(text, now, year))


def _find(text: str, now: datetime, year: int) -> Iterator[DateMention]:
    for match in PATTERN.finditer(text):
        named = {name: value for name, value in match.groupdict().items() if value is not None}
        try:
            day = _day(named, now, year)
            yield DateMention(match.start(), match.end(), _with_time(day, named, now))
        except ValueError:
            continue


def _day(named: dict[str, str], now: datetime, year: int) -> date:
    if "iso" in named:
        return date.fromisoformat(named["iso"])
    if "day" in named:
        return date(int(named.get("year", year)), int(named["month"]), int(named["day"]))
    if "day_slash" in named:
        month = int(named["month_slash"])
        return date(int(named.get("year_slash", year)), month, int(named["day_slash"]))
    if "day_name" in named:
        month = MONTHS[named["month_name"].lower()]
        return date(int(named.get("year_name", year)), month, int(named["day_name"]))
    if "day_second" in named:
        month = MONTHS[named["month_first"].lower()]
        return date(int(named.get("year_second", year)), month, int(named["day_second"]))
    today = now.date()
    if "weekday" in named:
        weekday = WEEKDAYS[named["weekday"].lower()]
        if "next_week" in named:
            today += relativedelta(days=7 - today.weekday() - 1)
        return today + relativedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    for number, days in enumerate(RELATIVE.values()):
        if f"relative{number}" in named:
            return today + relativedelta(days=days)
    return today + relativedelta(days=int(named.get("ahead") or named["ahead2"]))


def _with_time(day: date, named: dict[str, str], now: datetime) -> date:
    hour = named.get("hour") or named.get("hour2")
    if hour is None:
        return day
    minute = int(named.get("minute") or named.get("minute2") or 0)
    half = {"am": int(hour) % 12, "pm": int(hour) % 12 + 12}
    hours = half.get(named.get("half", "").lower(), int(hour))
    return datetime.combine(day, time(hours, minute), now.tzinfo)
