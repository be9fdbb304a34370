"""Which answer follows: each question by its rule, in order and once; and never silence."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_ACTION_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.turn import questions, since_message

UNAVAILABLE = "utter_unavailable"
DEFAULT_ACTIONS = set(DEFAULT_ACTION_NAMES) - {ACTION_LISTEN_NAME}


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class QuestionPolicy(RulePolicy):
    """Rasa's RulePolicy, which it asks only where the answer hangs on more than the question.

    RulePolicy matches every rule against every turn of the conversation (12 ms at turn 100) and
    knows one intent a message. Here a question is looked up; the readiness form, conditions and
    all that is learned in training stay with RulePolicy. An action that failed leaves no event,
    and Rasa would wait for the person in silence: that is answered with an apology.
    """

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        action = self._action(tracker, domain)
        if action is None:
            return super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)
        probabilities = [0.0] * domain.num_actions
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities)

    @cached_property
    def answers(self) -> dict[str, str]:
        """The action that answers an intent, wherever it comes up: the rules of one step."""
        answers = {}
        for key, action in self.lookup[RULES].items():
            match self._rule_key_to_state(key):
                case [{"user": {"intent": intent, **other}, **more}] if not other and not (
                    more.keys() - {"prev_action"}
                ):
                    answers[intent] = action
        return answers

    def _action(self, tracker: DialogueStateTracker, domain: Domain) -> str | None:
        last, loop = tracker.latest_action_name, tracker.active_loop_name
        if last is None or last in DEFAULT_ACTIONS:
            return None
        if last not in (ACTION_LISTEN_NAME, UNAVAILABLE) and not _spoke(tracker):
            return UNAVAILABLE
        if loop is not None and not tracker.is_active_loop_rejected:
            return None  # the form's own turn
        if (answer := next(self._left_to_answer(tracker, domain), None)) is not None:
            return answer
        if last == ACTION_LISTEN_NAME or last in domain.form_names:
            return None
        if loop is not None:
            return str(loop)
        answered = last == UNAVAILABLE or last in self.answers.values()
        return str(ACTION_LISTEN_NAME) if answered else None

    def _left_to_answer(self, tracker: DialogueStateTracker, domain: Domain) -> Iterator[str]:
        """The answers to this message that were not given yet; a form begins after them."""
        asked = [self.answers[each] for each in questions(tracker) if each in self.answers]
        given = {
            event.action_name
            for event in since_message(tracker)
            if isinstance(event, ActionExecuted)
        }
        in_order = sorted(dict.fromkeys(asked), key=lambda action: action in domain.form_names)
        return (action for action in in_order if action not in given)


def _spoke(tracker: DialogueStateTracker) -> bool:
    """Whether the latest action said something, or a form came to its end.

    A form that is complete says nothing itself: the action after it does.
    """
    for event in since_message(tracker):
        if isinstance(event, BotUttered) or (isinstance(event, ActiveLoop) and event.name is None):
            return True
        if isinstance(event, ActionExecuted):
            return False
    return False
