"""What a conversation must never do, whatever rule applies: fall silent, or forget a form."""

from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_ACTION_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, BotUttered, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

UNAVAILABLE = "utter_unavailable"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class CarePolicy(Policy):
    """Apologises when an action said nothing, and goes on with a form after an interruption.

    An action that fails or times out leaves no event, and Rasa would wait for the person.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"priority": 7}  # above RulePolicy's 6

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)

    def train(
        self,
        training_trackers: list[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        action = self._action(tracker)
        probabilities = self._default_predictions(domain)
        if action is not None:
            probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities)

    def _action(self, tracker: DialogueStateTracker) -> str | None:
        last = tracker.latest_action_name
        if last is None or last == ACTION_LISTEN_NAME:
            return None
        if last == UNAVAILABLE:
            return str(ACTION_LISTEN_NAME)
        if last in DEFAULT_ACTION_NAMES:
            return None
        if not _answered(tracker):
            return UNAVAILABLE
        loop: str | None = tracker.active_loop_name
        if loop is None or last == loop or not tracker.is_active_loop_rejected:
            return None
        return loop


def _answered(tracker: DialogueStateTracker) -> bool:
    """Whether something was said since the person's last message, or a form came to its end.

    A form that is complete says nothing itself: the action after it does.
    """
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered) or (isinstance(event, ActiveLoop) and event.name is None):
            return True
        if isinstance(event, UserUttered):
            return False
    return True
