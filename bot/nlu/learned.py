"""What the components that learn in training share: keeping it with the model, and loading it."""

from typing import Any, Generic, TypeVar

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

Knowledge = TypeVar("Knowledge")
Self = TypeVar("Self", bound="Learned[Any]")
FILE = "knowledge.joblib"


class Learned(GraphComponent, Generic[Knowledge]):
    """A component with `knowledge`: None until it is trained or loaded."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        knowledge: Knowledge | None = None,
    ) -> None:
        self.config = config
        self.storage = storage
        self.resource = resource
        self.knowledge = knowledge

    @property
    def learned(self) -> Knowledge:
        """The knowledge; RuntimeError where there is none yet."""
        if self.knowledge is None:
            raise RuntimeError(f"{type(self).__name__} has not been trained")
        return self.knowledge

    @classmethod
    def create(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[Self],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / FILE))

    def keep(self, knowledge: Knowledge) -> Resource:
        """Take up what was learned and store it with the model."""
        self.knowledge = knowledge
        with self.storage.write_to(self.resource) as folder:
            joblib.dump(knowledge, folder / FILE)
        return self.resource
