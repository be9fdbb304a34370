"""Rasa's response generator of this assistant: see `nlg` in endpoints.yml."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.call.announcement import announcement
from bot.call.clock import now
from bot.call.municipality import municipalities
from bot.language import known
from bot.language.pictures import pictures
from bot.language.wording import APPLYING, Responses, Wording
from bot.turn import questions, since_message

# Actions hand over values as JSON; these names stand for more than text or a number.
DECODERS: dict[str, Callable[[Any], Any]] = {
    "municipality": lambda name: municipalities().get(name),
    "place": lambda name: municipalities().place(name),
    "municipalities": lambda names: [municipalities().get(name) for name in names],
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "left": lambda seconds: timedelta(seconds=seconds),
}


RASAS_OWN = "domain_responses"  # all responses, handed over with each answer


def decode(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that an action passed, also those of responses within it, as what they mean."""
    return {name: _decode(name, value) for name, value in values.items() if name != RASAS_OWN}


def _decode(name: str, value: Any) -> Any:
    if name in DECODERS:
        return DECODERS[name](value)
    if isinstance(value, list):
        return [_decode("", each) for each in value]
    return decode(value) if isinstance(value, dict) else value


class ResponseGenerator(TemplatedNaturalLanguageGenerator):
    """Words an answer in the person's language, at the moment at which the bot stands.

    Raises WordingError when the domain's responses are not whole: the server does not start.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)
        now()  # a moment that is none stops the start, not the first answer

    @property
    def responses(self) -> Responses:
        """Rasa sets these again when it has loaded the model, and with it the domain."""
        return self.wording.responses

    @responses.setter
    def responses(self, responses: Responses) -> None:
        self.wording = Wording(responses, announcement())

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """The message of a response: text, quick replies, and the facts behind it.

        An action may pass `language` and `next` (intents of quick replies) beside values.
        """
        if utter_action not in self.responses:
            return None
        about = self.wording.about(utter_action)
        language = known(kwargs.get("language") or tracker.get_slot("language"))
        moment = self.wording.moment(now())
        said = [event for event in since_message(tracker) if isinstance(event, BotUttered)]
        led = any(self._leads(event.metadata.get("utter_action")) for event in said)
        asked = questions(tracker)
        replies = kwargs.get("next") or about.get("next", ())
        if len(asked) > 1:
            replies = [each for each in replies if each not in asked]
        values = decode(kwargs)
        return {
            "text": self.wording.text(utter_action, language, moment, values, lead=not led),
            # What to ask next comes below the last answer.
            "buttons": self.wording.quick_replies(replies, language, moment)
            if len(said) >= len(asked) - 1
            else [],
            "pictures": pictures(utter_action, self.wording, language, moment, values),
            "language": language,
            "source": list(about.get("source", ())),
            "figures": bool(about.get("figures")),
        }

    def _leads(self, response: str | None) -> bool:
        """Whether an answer has already said where the call stands."""
        if response not in self.responses:
            return False
        return self.wording.about(str(response)).get("about") == APPLYING
