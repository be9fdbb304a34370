import re
from pathlib import Path

import pytest

from bot.call.announcement import CALL_FILE, Announcement, AnnouncementError, load

PUBLISHED = Path(__file__).parent / "announcement-2021-03-17.fi.txt"


def squeezed(text: str) -> str:
    """Without white space and hyphens: the published text breaks words at the line's end."""
    return re.sub(r"[\s-]", "", text)


def written(file: Path, old: str, new: str) -> Path:
    content = CALL_FILE.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")
    return file


def test_every_source_sentence_stands_in_the_published_announcement(call: Announcement) -> None:
    published = squeezed(PUBLISHED.read_text(encoding="utf-8"))
    facts = list(call.facts())
    assert len(facts) > 20
    for name, fact in facts:
        assert squeezed(fact.source) in published, f"{name}: {fact.source}"


@pytest.mark.parametrize(
    ("value", "sentence_of", "as_written"),
    [
        ("closes.moment", "closes", "20.4.2021 klo 16.15"),
        ("opens.date", "opens", "17.3.2021"),
        ("amount.total", "amount", "3 miljoonaa"),
        ("additional_amount.about", "additional_amount", "1 066 000"),
        ("additional_amount.budget_year", "additional_amount", "2020"),
        ("threshold.residents", "threshold", "8 000"),
        ("grant_period.starts", "grant_period", "1.7.2021"),
        ("grant_period.ends", "grant_period", "30.6.2022"),
        ("cooperation.pilot_began", "cooperation", "1.3. 2021"),
        ("previous_call.work_began", "previous_call", "2016"),
        ("parallel_call.opens", "parallel_call", "17.3."),
        ("parallel_call.closes", "parallel_call", "20.4.2021"),
        ("published.moment", "published", "17.3.2021 11.14"),
    ],
)
def test_each_value_is_what_its_sentence_says(
    call: Announcement, value: str, sentence_of: str, as_written: str
) -> None:
    assert as_written in call.sources(sentence_of)[0]
    fact, field = value.split(".")
    written_out = {
        "closes.moment": "{:%-d.%-m.%Y klo %H.%M}",
        "published.moment": "{:%-d.%-m.%Y %H.%M}",
        "cooperation.pilot_began": "{:%-d.%-m. %Y}",
        "parallel_call.opens": "{:%-d.%-m.}",
        "amount.total": "{:,}",
        "additional_amount.about": "{:,}",
        "threshold.residents": "{:,}",
        "additional_amount.budget_year": "{}",
        "previous_call.work_began": "{}",
    }.get(value, "{:%-d.%-m.%Y}")
    shown = written_out.format(getattr(getattr(call, fact), field)).replace(",", " ")
    assert shown.replace("3 000 000", "3 miljoonaa") == as_written


def test_contacts_are_given_as_published(call: Announcement) -> None:
    for contact in call.contacts:
        assert contact.name in contact.source
        assert contact.phone in contact.source
        assert contact.title.fi in contact.source
    assert [contact.phone_doubtful for contact in call.contacts] == [False, True]


def test_an_application_has_six_points_with_a_source_each(call: Announcement) -> None:
    assert len(call.application_points) == 6
    assert len(call.sources("application_points")) == 6
    assert call.sources("application_points.role")[0].startswith(
        "Määritellä osaamiskeskuksen rooli"
    )


def test_an_unknown_fact_has_no_source(call: Announcement) -> None:
    with pytest.raises(KeyError):
        call.sources("application_points.nothing")
    with pytest.raises(KeyError):
        call.sources("calendar")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "residents: 8000",
            "residents: eight thousand",
            "threshold.residents: value is not a valid integer",
        ),
        (
            "residents: 8000",
            "residents: -1",
            "threshold.residents: ensure this value is greater than 0",
        ),
        ("residents: 8000", "resident: 8000", "threshold.resident: extra fields not permitted"),
        ("moment: 2021-04-20T16:15:00", "moment: soon", "closes.moment: invalid datetime format"),
        (
            "moment: 2021-04-20T16:15:00",
            "moment: 2021-03-01T00:00:00",
            "closes: the moment is before opens",
        ),
        ("ends: 2022-06-30", "ends: 2021-06-30", "grant_period.ends: is before starts"),
        ("Europe/Helsinki", "Europe/Helsingfors", "no time zone is called 'Europe/Helsingfors'"),
        ("extensions: closes", "extensions: closing", "there is no fact 'closing'"),
        ("name: Susanna Piepponen", "name: [", "while parsing"),
        ("last_hours: 48", "", "last_hours: field required"),
    ],
)
def test_a_mistake_is_named_with_file_field_and_reason(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    file = written(tmp_path / "call.yml", old, new)
    with pytest.raises(AnnouncementError) as error:
        load(file)
    assert str(file) in str(error.value)
    assert complaint in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnouncementError, match=r"nowhere\.yml: there is no such file"):
        load(tmp_path / "nowhere.yml")
