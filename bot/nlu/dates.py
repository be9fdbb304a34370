"""Finds the days and moments that a person names (see bot/language/dates.py)."""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.call.announcement import announcement
from bot.call.clock import now
from bot.language.dates import find_dates
from bot.nlu.extractor import Entity, Extractor


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=False,
)
class DateExtractor(Extractor):
    """Entities `date`: an ISO 8601 day, or a moment with its offset; no year means the call's."""

    def entities(self, text: str) -> list[Entity]:
        year = announcement().closes.moment.year
        return [
            {
                "entity": "date",
                "value": mention.value.isoformat(),
                "start": mention.start,
                "end": mention.end,
            }
            for mention in find_dates(text, now(), year)
        ]
