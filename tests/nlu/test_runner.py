"""The model's graph, run node after node, gives what Rasa's own runner gives."""

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker

from bot.runner import SequentialRunner
from bot.serve import MODEL


@pytest.fixture(scope="module")
def agent() -> Agent:
    return Agent.load(str(MODEL))


@pytest.mark.parametrize(
    "text", ["voiko Lahti hakea?", "Who can apply and where do I send it?", "/ask_deadline", ""]
)
def test_results_are_those_of_dask(agent: Agent, text: str) -> None:
    processor = agent.processor
    tracker = DialogueStateTracker.from_events("person", [])
    inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: tracker}
    targets = [processor.model_metadata.nlu_target]
    theirs = processor.graph_runner.run(inputs, targets)
    ours = SequentialRunner.of(processor.graph_runner).run(inputs, targets)
    assert [each.as_dict() for each in ours[targets[0]]] == [
        each.as_dict() for each in theirs[targets[0]]
    ]
