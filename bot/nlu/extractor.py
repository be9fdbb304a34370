"""What the extractors of names, dates and kinds of body share: entities, and masks for learning."""

from abc import ABC, abstractmethod
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

MASKS = "masks"  # [(start, end, label)]: what the classifier sees as a label, not as words

Entity = dict[str, Any]


class Extractor(GraphComponent, ABC):
    """Finds entities in a text.

    Registered as a featurizer as well, since Rasa runs only those over the training examples: the
    classifier learns "can MUNICIPALITY apply" and not the names of municipalities.
    """

    mask: bool = True

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Extractor":
        return cls()

    @abstractmethod
    def entities(self, text: str) -> list[Entity]:
        """Entities with start, end, entity and value."""

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            self._extract(message, entities_wanted=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        for message in training_data.training_examples:
            self._extract(message, entities_wanted=False)
        return training_data

    def _extract(self, message: Message, entities_wanted: bool) -> None:
        found = self.entities(message.get(TEXT) or "")
        if self.mask:
            masks = [(each["start"], each["end"], each["entity"]) for each in found]
            message.set(MASKS, (message.get(MASKS) or []) + masks)
        if entities_wanted:
            extracted = [{**each, "extractor": type(self).__name__} for each in found]
            entities = (message.get(ENTITIES) or []) + extracted
            message.set(ENTITIES, entities, add_to_output=True)
