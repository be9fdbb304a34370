import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.call.announcement import Announcement
from bot.language import LANGUAGES, Language
from bot.language.wording import Responses, Wording, WordingError
from tests.conftest import MOMENTS

ROOT = Path(__file__).resolve().parents[2]
DOMAIN: dict[str, Any] = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RESPONSES: Responses = DOMAIN["responses"]


def all_texts() -> Iterator[tuple[str, Language, str]]:
    for name, variations in RESPONSES.items():
        for each in variations:
            yield name, each["metadata"]["language"], each["text"]


def response(**texts: str) -> list[dict[str, Any]]:
    return [{"text": text, "metadata": {"language": language}} for language, text in texts.items()]


def test_the_domains_responses_are_whole(call: Announcement) -> None:
    assert len(Wording(RESPONSES, call).responses) > 100


@pytest.mark.parametrize(
    ("variations", "complaint"),
    [
        (response(fi="a", sv="b"), "utter_x: 0 texts in 'en', one is needed"),
        (response(fi="a", sv="b", en=" "), "utter_x: a text is empty"),
        (response(fi="a", sv="b", en="c") + response(fi="d"), "utter_x: 2 texts in 'fi'"),
        (response(fi="{closes.momnt}", sv="b", en="c"), "utter_x: there is no fact 'closes.momnt'"),
        (response(fi="{amount.totl}", sv="b", en="c"), "utter_x: there is no fact 'amount.totl'"),
        (response(fi="{deadline}", sv="b", en="c"), "utter_x: there is no fact 'deadline'"),
        (response(fi="a\n\nb", sv="b", en="c"), "utter_x: a blank line would split"),
        ([{"text": "a"}, *response(sv="b", en="c")], "utter_x: 0 texts in 'fi'"),
        (
            [
                *response(fi="a", sv="b", en="c"),
                {"text": "d", "metadata": {"language": "fi", "when": "closed"}},
            ],
            "0 texts in 'sv' for when: closed",
        ),
        (
            [
                {"text": "a", "metadata": {"language": "fi", "source": ["moon"]}},
                *response(sv="b", en="c"),
            ],
            "there is no fact 'moon'",
        ),
    ],
)
def test_a_response_that_is_not_whole_is_refused(
    call: Announcement, variations: list[dict[str, Any]], complaint: str
) -> None:
    with pytest.raises(WordingError, match=re.escape(complaint)):
        Wording({"utter_x": variations}, call)


def test_no_date_number_or_name_of_the_call_stands_in_a_response() -> None:
    for name, language, text in all_texts():
        words = re.sub(r"\{[^}]*\}", "", text)
        words = re.sub(r"^\d\. ", "", words, flags=re.MULTILINE)  # the numbers of a list
        assert not re.search(r"\d", words), f"{name} in {language}: {text}"
        for fact in (
            "Piepponen",
            "Karjalainen",
            "elinkeinoministeri",
            "näringsminist",
            "Ministry of",
        ):
            assert fact not in words, f"{name} in {language}: {text}"


def test_no_date_or_number_of_the_call_stands_in_python() -> None:
    files = [*ROOT.glob("bot/**/*.py"), *ROOT.glob("actions/**/*.py")]
    assert len(files) > 20
    facts = re.compile(
        r"\b(20\.4\.?|17\.3\.?|16[.:]15|8[ ,_]?000|1[ ,_]?066|3[ ,_]?000[ ,_]?000|029|31\.12)"
    )
    for file in files:
        code = re.sub(r'"""[\s\S]*?"""|#.*', "", file.read_text(encoding="utf-8"))
        assert not facts.search(code), file


def test_no_exclamation_mark_emoji_or_filler() -> None:
    for name, language, text in all_texts():
        assert not re.search("[!\U0001f300-\U0001faff]", text), f"{name} in {language}"


def test_finnish_speaks_to_one_person_politely_and_without_anglicisms() -> None:
    for name, language, text in all_texts():
        if language == "fi":
            assert not re.search(r"\b(deadline|linkki tästä|klikkaa)\b", text, re.IGNORECASE), name


def test_every_topic_has_a_response_and_a_rule() -> None:
    rules = YAML(typ="safe").load((ROOT / "data/rules.yml").read_text(encoding="utf-8"))["rules"]
    answered = {step["intent"] for rule in rules for step in rule["steps"] if "intent" in step}
    assert set(DOMAIN["intents"]) <= answered
    for rule in rules:
        for step in rule["steps"]:
            action = step.get("action", "")
            if action.startswith("utter_"):
                assert action in RESPONSES, action


def test_every_quick_reply_has_a_title_and_is_an_intent() -> None:
    offered = {
        intent
        for variations in RESPONSES.values()
        for intent in variations[0]["metadata"].get("next", ())
    }
    assert offered <= set(DOMAIN["intents"])
    assert {f"utter_title__{intent}" for intent in offered} <= set(RESPONSES)


def test_titles_are_short_enough_for_a_button() -> None:
    for name, language, text in all_texts():
        if name.startswith("utter_title__"):
            assert len(text) <= 75, f"{name} in {language}"  # the least that a channel allows


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_leads_follow_the_moment(
    call: Announcement, moments: dict[str, Any], moment: str, language: Language
) -> None:
    wording = Wording(RESPONSES, call)
    stands = wording.moment(moments[moment])
    text = wording.text("utter_ask_how_to_submit", language, stands)
    leads = {
        name: wording.part(f"utter_lead__{name}", language, stands)
        for name in ("before", "last_hours", "closed")
    }
    expected = {"years_later": "closed"}.get(moment, moment)
    for name, lead in leads.items():
        assert text.startswith(lead) == (name == expected)
    assert not wording.text("utter_thank", language, stands).startswith(tuple(leads.values()))


def test_a_change_of_the_data_is_a_change_of_every_answer(
    call: Announcement, moments: dict[str, Any]
) -> None:
    later = call.closes.moment.replace(day=21, hour=12, minute=0)
    changed = call.copy(
        update={
            "closes": call.closes.copy(update={"moment": later}),
            "threshold": call.threshold.copy(update={"residents": 5000}),
        }
    )
    wording = Wording(RESPONSES, changed)
    stands = wording.moment(moments["open"])
    for name in ("utter_ask_deadline", "utter_ask_how_to_submit", "utter_calendar__description"):
        for language in LANGUAGES:
            text = wording.text(name, language, stands)
            assert re.search(r"21\.4\.2021|21 April 2021", text), text
            assert re.search(r"12[.:]00", text), text
            assert not re.search(r"16[.:]15", text), text
    criteria = wording.text("utter_ask_eligibility_criteria", "en", stands)
    assert "5,000" in criteria and "8,000" not in criteria
