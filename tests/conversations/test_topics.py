"""Every topic in every language at every moment, asked of the real servers."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.language import LANGUAGES, Language
from tests.conftest import MOMENTS
from tests.conversations.talk import Talk

FOLDER = Path(__file__).parent
YAML_READER = YAML(typ="safe")
TOPICS: list[dict[str, Any]] = YAML_READER.load((FOLDER / "topics.yml").read_text(encoding="utf-8"))
DOMAIN = YAML_READER.load((FOLDER.parents[1] / "domain.yml").read_text(encoding="utf-8"))

APPLYING = [
    "ask_deadline", "ask_eligibility_criteria", "check_eligibility", "list_eligible_municipalities",
    "ask_eligibility_organisation", "ask_attachments", "ask_application_form",
    "ask_application_contents", "ask_service_contents", "ask_partners", "ask_how_to_submit",
]  # fmt: skip
# What would raise hope after the close.
HOPEFUL: dict[Language, str] = {
    "fi": r"on jäljellä|voi hakea|voivat hakea|voi vielä|haku on auki|on oltava perillä",
    "sv": r"återstår|kan söka|kan sökas|ansökningstiden pågår\.|ska vara framme",
    "en": r"(?<!no )time left:|can apply|call is open|must have arrived|are \S+ left",
}
LEADS: dict[str, dict[Language, str]] = {
    "before": {
        "fi": "Haku ei ole vielä auki: se avautuu 17.3.2021.",
        "sv": "Ansökningstiden har inte börjat ännu: den börjar 17.3.2021.",
        "en": "The call is not open yet: it opens on 17 March 2021.",
    },
    "last_hours": {
        "fi": "Aikaa on jäljellä 1 päivä 3 tuntia 12 minuuttia: haku päättyy 20.4.2021 klo 16.15.",
        "sv": "Det återstår 1 dag, 3 timmar och 12 minuter: "
        "ansökningstiden går ut 20.4.2021 kl. 16.15.",
        "en": "Time left: 1 day 3 hours 12 minutes. The call closes on 20 April 2021 at 16:15.",
    },
    "closed": {
        "fi": "Haku päättyi 20.4.2021 klo 16.15.",
        "sv": "Ansökningstiden gick ut 20.4.2021 kl. 16.15.",
        "en": "The call closed on 20 April 2021 at 16:15.",
    },
}
LEADS["years_later"] = LEADS["closed"]


def test_every_intent_has_a_question_in_every_language() -> None:
    assert [topic["intent"] for topic in TOPICS] != []
    assert {topic["intent"] for topic in TOPICS} == set(DOMAIN["intents"])
    assert all(language in topic for topic in TOPICS for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic["intent"])
def test_the_answer_says_what_it_has_to(
    talk_at: Callable[[str], Talk], topic: dict[str, Any], language: Language
) -> None:
    reply = talk_at(MOMENTS["open"]).say(topic[language]["ask"])
    for needed in topic[language]["say"]:
        assert needed in reply.text, f"{topic[language]['ask']}: {reply.text}"
    assert sum("text" in message for message in reply.messages) == 1
    assert len(set(reply.titles)) == len(reply.titles)


@pytest.mark.parametrize("moment", LEADS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_about_applying_lead_with_where_the_call_stands(
    talk_at: Callable[[str], Talk], moment: str, language: Language
) -> None:
    for topic in TOPICS:
        reply = talk_at(MOMENTS[moment]).say(topic[language]["ask"])
        assert reply.text, topic
        leads = reply.text.startswith(LEADS[moment][language])
        if topic["intent"] in APPLYING:
            assert leads, reply.text
        if topic["intent"] in ("greet", "thank", "ask_purpose", "out_of_scope"):
            assert not leads, reply.text


@pytest.mark.parametrize("moment", ["closed", "years_later"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_close_nothing_raises_hope(
    talk_at: Callable[[str], Talk], moment: str, language: Language
) -> None:
    for topic in TOPICS:
        reply = talk_at(MOMENTS[moment]).say(topic[language]["ask"])
        assert not re.search(HOPEFUL[language], reply.text, re.IGNORECASE), reply.text
        offered = set(reply.payloads)
        assert not offered & {"/ask_time_left", "/ask_calendar", "/start_readiness_check"}, topic


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quick_reply_is_answered(talk_at: Callable[[str], Talk], language: Language) -> None:
    talk = talk_at(MOMENTS["open"])
    talk.say(
        {"fi": "puhutaan suomea", "sv": "på svenska tack", "en": "in English please"}[language]
    )
    for intent in DOMAIN["intents"]:
        title = f"utter_title__{intent}"
        if title in DOMAIN["responses"]:
            reply = talk.say(f"/{intent}")
            assert reply.text, intent
            assert "utter_" not in str(reply.messages), intent
