"""What the assistant says: the responses of domain.yml in a language, filled with facts."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.call.announcement import Announcement, Contact, Localised
from bot.call.deadline import Phase, phase, time_left
from bot.call.municipality import Municipality, Place
from bot.language import LANGUAGES, Language, formats

Response = Mapping[str, Any]
Responses = Mapping[str, Sequence[Response]]

# Placeholders that are no facts: what the moment gives, and what actions or other parts hand over.
GIVEN = frozenset(
    [
        "time_left",
        "alarms",
        "left",
        "day",
        "moment",
        "municipality",
        "municipalities",
        "place",
        "former",
        "answers",
        "quotes",
        "points",
        "point",
        "submission",
        "contact",
        "amount",
    ]
)


APPLYING = "applying"  # `about` of answers that lead with where the call stands


class WordingError(ValueError):
    """A mistake in the responses; the text names each response and what is wrong with it."""


@dataclass(frozen=True)
class Residents:
    """A municipality's foreign-language residents, written as exactly as they are known."""

    municipality: Municipality


@dataclass(frozen=True)
class Moment:
    """When the answer is given: decides tense, lead and time left."""

    now: datetime
    phase: Phase


class Wording:
    """The responses of a domain, checked once; raises WordingError where one is not whole."""

    def __init__(self, responses: Responses, call: Announcement) -> None:
        self.responses = responses
        self.call = call
        self._check()

    def moment(self, now: datetime) -> Moment:
        """`now` with where it stands against the call."""
        return Moment(now, phase(now, self.call))

    def text(
        self,
        name: str,
        language: Language,
        moment: Moment,
        values: Mapping[str, Any] | None = None,
        *,
        lead: bool = True,
    ) -> str:
        """The response's text in that language, with the `lead` that its subject asks for."""
        text = self.part(name, language, moment, values)
        where_it_stands = f"utter_lead__{moment.phase.value}"
        applies = self.about(name).get("about") == APPLYING and where_it_stands in self.responses
        if lead and applies:
            return f"{self.part(where_it_stands, language, moment)} {text}"
        return text

    def part(
        self, name: str, language: Language, moment: Moment, values: Mapping[str, Any] | None = None
    ) -> str:
        """The response's text without a lead, as a part of another one."""
        template: str = self._variation(name, language, moment)["text"]
        if "{" not in template:
            return template
        return _Filler(self, language, moment).vformat(template, (), self._values(moment, values))

    def about(self, name: str) -> Mapping[str, Any]:
        """The keys of a response that hold for all languages."""
        metadata: Mapping[str, Any] = self.responses[name][0].get("metadata") or {}
        return metadata

    def quick_replies(
        self, intents: Sequence[str], language: Language, moment: Moment
    ) -> list[dict[str, str]]:
        """Buttons for intents; after the close without those marked `only: open`."""
        return [
            {"title": self.text(title, language, moment), "payload": f"/{intent}"}
            for intent in intents
            if (title := f"utter_title__{intent}") in self.responses
            if moment.phase is not Phase.CLOSED or self.about(title).get("only") != "open"
        ]

    def _variation(self, name: str, language: Language, moment: Moment) -> Response:
        """Language first and strictly; then the wording for after the close, where there is one."""
        own = [each for each in self.responses[name] if _metadata(each)["language"] == language]
        closed = [each for each in own if _metadata(each).get("when") == Phase.CLOSED.value]
        if moment.phase is Phase.CLOSED and closed:
            return closed[0]
        return next(each for each in own if each not in closed)

    def _values(self, moment: Moment, values: Mapping[str, Any] | None) -> dict[str, Any]:
        facts = {name: getattr(self.call, name) for name in self.call.__fields__}
        computed = {
            "time_left": time_left(moment.now, self.call),
            "alarms": [timedelta(hours=each) for each in self.call.calendar.alarms_hours_before],
        }
        return {**facts, **computed, **(values or {})}

    def _check(self) -> None:
        mistakes = [
            f"{name}: {mistake}"
            for name, variations in self.responses.items()
            for mistake in self._mistakes(variations)
        ]
        if mistakes:
            raise WordingError("responses in domain.yml: " + "; ".join(mistakes))

    def _mistakes(self, variations: Sequence[Response]) -> list[str]:
        mistakes = []
        whens = {_metadata(each).get("when") for each in variations} | {None}
        for when in whens:
            present = [
                _metadata(each).get("language")
                for each in variations
                if _metadata(each).get("when") == when
            ]
            for language in LANGUAGES:
                if present.count(language) != 1:
                    moment = f" for when: {when}" if when else ""
                    count = present.count(language)
                    mistakes.append(f"{count} texts in {language!r}{moment}, one is needed")
        for each in variations:
            text = each.get("text") or ""
            if not text.strip():
                mistakes.append("a text is empty")
            mistakes += [
                f"there is no fact {placeholder!r} in the call's data"
                for _, placeholder, _, _ in string.Formatter().parse(text)
                if placeholder is not None and not self._exists(placeholder)
            ]
            if "\n\n" in text:
                mistakes.append("a blank line would split the answer into two messages")
        for key in _metadata(variations[0]).get("source", ()):
            try:
                self.call.sources(key)
            except KeyError:
                mistakes.append(f"there is no fact {key!r} in the call's data")
        return mistakes

    def _exists(self, placeholder: str) -> bool:
        """Whether a path such as closes.moment leads to a value."""
        name, *path = placeholder.split(".")
        if name in GIVEN and not (path and name in self.call.__fields__):
            return True
        value: Any = self.call
        for step in (name, *path):
            value = getattr(value, step, None)
        return value is not None


def _metadata(response: Response) -> Mapping[str, Any]:
    return response.get("metadata") or {}


class _Filler(string.Formatter):
    """Writes facts and values as the language does: {closes.moment}, {contacts:lines}."""

    def __init__(self, wording: Wording, language: Language, moment: Moment) -> None:
        self.wording = wording
        self.language = language
        self.moment = moment

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        if field_name.endswith(".residents") and isinstance(
            municipality := kwargs.get(field_name.removesuffix(".residents")), Municipality
        ):
            return Residents(municipality), field_name
        return super().get_field(field_name, args, kwargs)

    def format_field(self, value: Any, spec: str) -> str:
        match value:
            case list() | tuple():
                return self._list(value, spec)
            case Mapping():  # a response within a response: {"response": name, **values}
                return self._part(**value)
            case Localised():
                return str(getattr(value, self.language))
            case Place():
                return str(getattr(value, f"name_{self.language}"))
            case Contact():
                doubt = "_doubtful" if value.phone_doubtful else ""
                return self._part(f"utter_part__contact{doubt}", contact=value)
            case Municipality():
                return self._municipality(value, spec)
            case Residents():
                return self._residents(value.municipality)
            case date() if spec == "weekday":
                return formats.weekday(value, self.language)
            case datetime() if spec != "date":
                return formats.moment(value, self.language)
            case date():
                return formats.day(value, self.language)
            case timedelta():
                return formats.duration(value, self.language)
            case int() if spec == "compact":
                return formats.compact(value, self.language)
            case int() if spec != "plain":
                return formats.number(value, self.language)
        return str(value)

    def _list(self, values: Sequence[Any], spec: str) -> str:
        if spec == "lines":
            return "\n".join(f"- {self._line(each)}" for each in values)
        if spec == "paragraphs":
            return "\n".join(self.format_field(each, "") for each in values)
        if spec == "quotes":
            return "\n".join(f"”{each}”" for each in values)
        return formats.listing([self.format_field(each, "") for each in values], self.language)

    def _line(self, value: Any) -> str:
        if isinstance(value, Municipality):
            return self._part("utter_part__municipality", municipality=value)
        return self.format_field(value, "")

    def _part(self, response: str, **values: Any) -> str:
        return self.wording.part(response, self.language, self.moment, values)

    def _municipality(self, municipality: Municipality, spec: str) -> str:
        name = municipality.name_sv if self.language == "sv" else municipality.name_fi
        return municipality.locative_in if spec == "in" and self.language == "fi" else name

    def _residents(self, municipality: Municipality) -> str:
        residents = municipality.residents
        if residents is None:
            return self._part("utter_part__at_most", amount=municipality.residents_high)
        if municipality.exact:
            return formats.number(residents, self.language)
        # A figure computed from a share of one decimal is not known to the last digit.
        return self._part(
            "utter_part__about", amount=residents if residents < 100 else round(residents, -1)
        )
