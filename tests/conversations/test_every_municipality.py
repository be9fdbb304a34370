"""The verdict for every one of the 309 municipalities, asked of the real servers."""

from collections.abc import Callable

from bot.call.municipality import municipalities
from tests.call.test_eligibility import SEVEN
from tests.conftest import MOMENTS
from tests.conversations.talk import Talk

QUESTIONS = [
    ("Voiko {fi} hakea avustusta?", "Kyllä, {fi} voi hakea", "Ei, {fi} ei voi hakea"),
    ("Kan {sv} söka understödet?", "Ja, {sv} kan söka", "Nej, {sv} kan inte söka"),
    ("is {fi} eligible?", "Yes, {fi} can apply", "No, {fi} cannot apply"),
]


def test_every_municipality_gets_its_verdict(talk_at: Callable[[str], Talk]) -> None:
    wrong = []
    for number, municipality in enumerate(municipalities().all()):
        names = {"fi": municipality.name_fi, "sv": municipality.name_sv}
        question, yes, no = (each.format(**names) for each in QUESTIONS[number % len(QUESTIONS)])
        verdict = yes if municipality.name_fi in SEVEN else no
        reply = talk_at(MOMENTS["open"]).say(question)
        if verdict not in reply.text:
            wrong.append((question, reply.text))
    assert not wrong


def test_the_seven_in_every_language(talk_at: Callable[[str], Talk]) -> None:
    for name in SEVEN:
        municipality = municipalities().get(name)
        assert municipality is not None
        names = {"fi": municipality.name_fi, "sv": municipality.name_sv}
        for question, yes, _ in QUESTIONS:
            reply = talk_at(MOMENTS["open"]).say(question.format(**names))
            assert yes.format(**names) in reply.text
