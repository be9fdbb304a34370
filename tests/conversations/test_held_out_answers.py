"""The held-out questions asked of the real servers: right facts, right language, no false verdict."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.call.eligibility import eligible
from bot.call.municipality import municipalities
from bot.language import LANGUAGES
from tests.conftest import MOMENTS
from tests.conversations.talk import Reply, Talk
from tests.nlu.questions import HELD_OUT, Question, read
from tests.nlu.test_understanding import REPORTS, share

TOPICS: list[dict[str, Any]] = YAML(typ="safe").load(
    (Path(__file__).parent / "topics.yml").read_text(encoding="utf-8")
)
FACTS = {
    (topic["intent"], language): topic[language]["say"]
    for topic in TOPICS
    for language in LANGUAGES
}
VERDICT = re.compile(
    r"(?P<yes>Kyllä|Ja|Yes)?(?:Ei|Nej|No)?, (?P<name>[A-ZÅÄÖ][\w: -]*?) "
    r"(?:voi hakea|ei voi hakea|kan söka|kan inte söka|can apply|cannot apply|täytti|ei täyttänyt"
    r"|uppfyllde|uppfyllde inte|met|did not meet)"
)
LEAST_RIGHT = 0.95


def is_right(question: Question, reply: Reply) -> bool:
    """Whether the answer holds the facts of the intent's topic, in the question's language."""
    _, intent, language = question
    if intent == "check_eligibility":
        # A name alone tells no language.
        return bool(
            re.search(
                r"^(Kyllä|Ei|Ja|Nej|Yes|No), |Suomen kunta|Minkä kunnan|finländsk kommun|Vilken kommun"
                r"|Finnish municipality|Which municipality",
                reply.text,
                re.MULTILINE,
            )
        )
    if intent == "change_language":  # who asks for another language may do so in any
        return any(FACTS[intent, each][0] in reply.text for each in LANGUAGES)
    facts = FACTS[intent, language]
    # Counted from another day, the time left is another one.
    return all(fact in reply.text for fact in (facts[-1:] if intent == "ask_time_left" else facts))


@pytest.fixture(scope="module")
def asked(address_at: Callable[[str], str]) -> list[tuple[Question, Reply]]:
    """Every question as the first of a conversation, while the call is open."""
    address = address_at(MOMENTS["open"])
    return [
        (question, Talk(address, f"held-out-{number}").say(question[0]))
        for number, question in enumerate(read(HELD_OUT.glob("*.yml")))
    ]


def test_questions_are_answered_right(asked: list[tuple[Question, Reply]]) -> None:
    """Writes reports/held_out_answers.md with the share by language and by intent."""
    right = Counter(question[2] for question, reply in asked if is_right(question, reply))
    total = Counter(question[2] for question, _ in asked)
    lines = ["# Held-out questions answered right", "", "| | |", "|---|---|"]
    lines += [f"| {each} | {share(right[each], total[each])} |" for each in LANGUAGES]
    misses = Counter(question.intent for question, reply in asked if not is_right(question, reply))
    lines += [f"| misses of {intent} | {count} |" for intent, count in misses.most_common()]
    report = REPORTS / "held_out_answers.md"
    report.parent.mkdir(exist_ok=True)
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert min(right[each] / total[each] for each in LANGUAGES) >= LEAST_RIGHT, report


def test_no_verdict_is_false(asked: list[tuple[Question, Reply]]) -> None:
    reaching = {each.code for each in eligible(municipalities().all(), 8000)}
    verdicts = [match for _, reply in asked for match in VERDICT.finditer(reply.text)]
    assert len(verdicts) > 20
    for verdict in verdicts:
        municipality = municipalities().get(verdict["name"])
        assert municipality is not None, verdict[0]
        assert (municipality.code in reaching) == bool(verdict["yes"]), verdict[0]


def test_every_message_is_answered_and_hardly_any_twice(
    asked: list[tuple[Question, Reply]],
) -> None:
    answers = [sum("text" in each for each in reply.messages) for _, reply in asked]
    assert min(answers) == 1
    assert sum(count > 1 for count in answers) <= 0.01 * len(answers)
