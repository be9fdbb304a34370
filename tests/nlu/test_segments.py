"""Where messages may be parted, before anybody knows what the parts mean."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.segments import Tokens, cuts, sentences
from bot.nlu.tokenizer import SpacyTokenizer


def tokens(text: str, language: str = "fi") -> Tokens:
    message = Message(data={"text": text, "language": language})
    return SpacyTokenizer(SpacyTokenizer.get_default_config()).tokenize(message, "text")


def written(part: Tokens, text: str) -> str:
    return text[part[0].start : part[-1].end]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hei! Kuka voi hakea?", ["Hei!", "Kuka voi hakea?"]),
        ("Haku päättyy 20.4.2021 klo 16.15, eikö niin?", ["Haku päättyy 20.4.2021 klo 16.15, eikö niin?"]),
        ("Hei\n\nkuka voi hakea\nMaija", ["Hei", "kuka voi hakea", "Maija"]),
        ("Miten?! Milloin...", ["Miten?!", "Milloin..."]),
        ("...", []),
    ],
)  # fmt: skip
def test_sentences(text: str, parts: list[str]) -> None:
    assert [written(part, text) for part in sentences(text, tokens(text))] == parts


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        ("Mikä on hakuaika ja kuka voi hakea?", "fi", ("Mikä on hakuaika", "kuka voi hakea?")),
        ("Vem kan söka och vart skickas den?", "sv", ("Vem kan söka", "vart skickas den?")),
        ("Who can apply, and where is it sent?", "en", ("Who can apply", "where is it sent?")),
        ("voiko Lahti hakea ja paljonko rahaa on", "fi", ("voiko Lahti hakea", "paljonko rahaa on")),
        ("määräaika ja yhteyshenkilöt", "fi", ("määräaika", "yhteyshenkilöt")),
        ("kan borgå söka å när e sista dan", "sv", ("kan borgå söka", "när e sista dan")),
        ("Kerro määräaika ja näytä lomake", "fi", ("Kerro määräaika", "näytä lomake")),
    ],
)  # fmt: skip
def test_a_sentence_with_two_questions_can_be_cut(
    text: str, language: str, parts: tuple[str, str]
) -> None:
    found = [
        (written(left, text), written(right, text)) for left, right in cuts(tokens(text, language))
    ]
    assert parts in found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("voivatko Lahti ja Kuopio hakea", "fi"),
        ("Mitä liitteitä ja lomakkeita tarvitaan?", "fi"),
        ("vi är en förening, kan vi söka", "sv"),
        ("What must the service include and offer?", "en"),
        ("kuka voi hakea", "fi"),
        ("kompetenscenter, va e de", "sv"),
    ],
)
def test_a_sentence_with_one_question_cannot(text: str, language: str) -> None:
    assert cuts(tokens(text, language)) == []
