"""Every held-out question asked of a running contender: answered right, asked back, or wrong."""

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import httpx
from ruamel.yaml import YAML

from benchmarks.questions import Question, Several, gold_municipalities, held_out, several
from bot.call.announcement import announcement
from bot.call.eligibility import eligible
from bot.call.municipality import municipalities
from bot.language import LANGUAGES, known
from bot.serve import ROOT
from tests.conversations.talk import Reply
from tests.conversations.test_held_out_answers import FACTS, VERDICT, is_right

ASKS_BACK = "utter_clarify"
LONG = 160  # characters; a longer message is a letter rather than a question
RIGHT, ASKED_BACK, WRONG = "right", "asked_back", "wrong"


def ask_all(address: str, knows_languages: bool) -> dict[str, Any]:
    """Shares by language, and verdicts on municipalities that are not so.

    A contender that knows no language is right in whichever language it answers.
    """
    outcomes: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    verdicts = Verdicts()
    questions = held_out()
    with httpx.Client(timeout=60) as client:
        for number, question in enumerate(questions, 1):
            reply = say(client, address, question.text)
            outcome = judge(question, reply, knows_languages)
            outcomes[question.language][outcome] += 1
            verdicts.add(question.text, reply)
            if number % 200 == 0 or number == len(questions):
                print(f"    {number}/{len(questions)} questions asked", flush=True)
        mixed = _several(client, address, knows_languages, verdicts)
    return {
        "by_language": {language: _shares(counts) for language, counts in outcomes.items()},
        "several": mixed,
        "verdicts": verdicts.figures,
    }


def without_topic() -> set[str]:
    """Intents asked for which tests/conversations/topics.yml does not say what is right."""
    asked = {each.intent for each in held_out()} | {
        intent for each in several() for intent in each.intents
    }
    return asked - {intent for intent, _ in FACTS} - {"check_eligibility"}


def say(client: httpx.Client, address: str, text: str) -> Reply:
    """The reply to the first message of a new conversation."""
    response = client.post(address, json={"sender": uuid.uuid4().hex, "message": text})
    response.raise_for_status()
    return Reply(response.json())


def judge(question: Question, reply: Reply, knows_languages: bool = True) -> str:
    """Whether the facts that a right answer holds are in the reply."""
    languages = [question.language] if knows_languages else LANGUAGES
    if any(is_right(question._replace(language=language), reply) for language in languages):
        return RIGHT
    return ASKED_BACK if any(each.search(reply.text) for each in _asking_back()) else WRONG


class Verdicts:
    """What a contender said on municipalities, held against the table and against the question."""

    def __init__(self) -> None:
        self.false = 0  # not so, for whichever municipality it names
        self.misplaced = 0  # on a municipality that the question does not name
        self.asked = self.given = 0  # municipalities that questions name; those with a verdict
        self._named, self._asked = gold_municipalities(), gold_municipalities("asked")
        reaching = eligible(municipalities().all(), announcement().threshold.residents)
        self._reaching = {each.code for each in reaching}

    def add(self, text: str, reply: Reply) -> None:
        named = set()
        for verdict in VERDICT.finditer(reply.text):
            municipality = municipalities().get(verdict["name"])
            code = municipality.code if municipality else None
            if (code in self._reaching) != bool(verdict["yes"]):
                self.false += 1
            named.add(municipality.name_fi if municipality else verdict["name"])
        if text in self._named:
            self.asked += len(self._asked[text])
            self.given += len(named.intersection(self._asked[text]))
            self.misplaced += len(named.difference(self._named[text]))

    @property
    def figures(self) -> dict[str, Any]:
        return {
            "false": self.false,
            "misplaced": self.misplaced,
            "asked": self.asked,
            "given": self.given,
        }


def _several(
    client: httpx.Client, address: str, knows_languages: bool, verdicts: Verdicts
) -> dict[str, dict[str, float]]:
    """By kind of message: the share with every answer in the reply, and in the order asked."""
    counts: dict[str, Counter[str]] = {}
    for item in several():
        reply = say(client, address, item.text)
        verdicts.add(item.text, reply)
        languages = [item.language] if knows_languages else list(LANGUAGES)
        places = [_place(item.text, intent, languages, reply) for intent in item.intents]
        found = [place for place in places if place is not None]
        whole = len(found) == len(places)
        own = counts.setdefault(_kind(item), Counter())
        own.update(messages=1, whole=int(whole), ordered=int(whole and found == sorted(found)))
    return {
        kind: {"messages": own["messages"]}
        | {each: own[each] / own["messages"] for each in ("whole", "ordered")}
        for kind, own in counts.items()
    }


def _kind(item: Several) -> str:
    length = "long" if len(item.text) > LONG else "short"
    return f"{length}, {'several questions' if len(item.intents) > 1 else 'one question'}"


def _place(text: str, intent: str, languages: Iterable[str], reply: Reply) -> int | None:
    """Where in the reply the answer begins; None where its facts are not all there."""
    for language in languages:
        if is_right(Question(text, intent, language), reply):
            facts: Sequence[str] = FACTS.get((intent, known(language)), ())
            return min((reply.text.find(fact) for fact in facts if fact in reply.text), default=0)
    return None


def _shares(counts: Counter[str]) -> dict[str, float]:
    total = max(sum(counts.values()), 1)
    return {
        "questions": sum(counts.values()),
        **{each: counts[each] / total for each in (RIGHT, ASKED_BACK, WRONG)},
    }


@cache
def _asking_back() -> list[re.Pattern[str]]:
    """The wordings by which the assistant asks back, with anything for their placeholders."""
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    texts = [
        wording["text"]
        for name, wordings in domain["responses"].items()
        if name.startswith(ASKS_BACK)
        for wording in wordings
    ]
    return [
        re.compile(".*".join(map(re.escape, re.split(r"\{[^}]*\}", text))), re.DOTALL)
        for text in texts
    ]
