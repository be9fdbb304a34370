import pytest

from actions.change_language import ChangeLanguage
from tests.actions.talk import run, tracker


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("vaihda ruotsiksi", "sv"),
        ("voiko tätä suomeksi", "fi"),
        ("på engelska, tack", "en"),
        ("in Finnish please", "fi"),
        ("not Finnish but Swedish", "sv"),
        ('/change_language{"language":"en"}', "en"),
        ("toinen kieli", "sv"),
    ],
)
def test_the_language_named_last(text: str, language: str) -> None:
    (message,), (event,) = run(ChangeLanguage(), tracker(text=text, slots={"language": "sv"}))
    assert message["response"] == "utter_change_language"
    assert message["language"] == language
    assert (event["name"], event["value"]) == ("language", language)
