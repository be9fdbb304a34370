"""Conversations in the browser, by keyboard alone where it says so."""

import re
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Locator, expect
from vobject import readOne

from bot.language import Language
from tests.channels.serving import Server
from tests.web.browser import Person
from tests.web.conftest import Somebody

SNAPSHOT = Path(__file__).with_name("conversation.aria.yml")
TALKS: list[tuple[Language, str, str, str, str]] = [
    ("fi", "voiko Lahti hakea?", "Kyllä, Lahti voi hakea", "Määräaika", "20.4.2021 klo 16.15"),
    ("sv", "kan Lahtis söka?", "Ja, Lahtis kan söka", "Sista", "20.4.2021 kl. 16.15"),
    ("en", "can Lahti apply?", "Yes, Lahti can apply", "Deadline", "20 April 2021"),
]


def tab_to(person: Person, target: Locator) -> None:
    """By keyboard alone; each stop on the way has to be visible."""
    for _ in range(60):
        person.page.keyboard.press("Tab")
        focused = person.page.locator(":focus").last
        if focused.count():
            expect(focused).to_be_in_viewport()
        if target.evaluate("each => each.getRootNode().activeElement === each"):
            outline = target.evaluate("each => getComputedStyle(each).outlineWidth")
            assert outline == "3px", f"the focus on {target} cannot be seen"
            return
    pytest.fail(f"the keyboard does not reach {target}")


@pytest.mark.parametrize(("language", "question", "answer", "topic", "deadline"), TALKS)
def test_a_whole_conversation_by_keyboard(
    somebody: Somebody,
    tmp_path: Path,
    language: Language,
    question: str,
    answer: str,
    topic: str,
    deadline: str,
) -> None:
    person = somebody(language).open()
    keyboard = person.page.keyboard
    tab_to(person, person.reply(topic))
    keyboard.press("Enter")
    expect(person.answers).to_have_count(2)
    assert deadline in person.answer()
    expect(person.field).to_be_focused()

    keyboard.type(question)
    keyboard.press("Enter")
    expect(person.answers).to_have_count(3)
    assert answer in person.answer()
    expect(person.field).to_have_value("")

    keyboard.press("Tab")  # to the button that sends, and once more to that which saves
    keyboard.press("Tab")
    with person.page.expect_download() as download:
        keyboard.press("Enter")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert question in text
    assert answer in text

    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(person.button("end_yes")).to_be_focused()
    keyboard.press("Enter")
    expect(person.log).to_contain_text(person.says("ended"))
    expect(person.button("begin")).to_be_focused()
    keyboard.press("Enter")
    expect(person.answers).to_have_count(1)
    expect(person.field).to_be_focused()


def test_the_log_tells_screen_readers_who_says_what(somebody: Somebody) -> None:
    person = somebody("fi").open()
    person.ask("voiko Lahti hakea?")
    person.ask("Vad är sista ansökningsdagen?")
    assert person.log.aria_snapshot() + "\n" == SNAPSHOT.read_text(encoding="utf-8")
    spoken = person.answers.last.locator(".said")
    expect(spoken).to_have_attribute("lang", "sv")


def test_several_answers_each_have_their_speaker(somebody: Somebody) -> None:
    person = somebody("fi").open()
    person.ask("kuka voi hakea ja mikä on määräaika?")
    expect(person.answers).to_have_count(3)


def test_the_conversation_is_there_after_a_reload_and_on_another_page(
    somebody: Somebody, server: Server
) -> None:
    person = somebody("fi").open()
    said = person.ask("voiko Kuopio hakea?")
    person.page.reload()
    expect(person.questions).to_have_text(re.compile("voiko Kuopio hakea"))
    expect(person.log).to_have_attribute("aria-live", "off")  # it was announced before
    assert person.answer() == said
    person.page.goto(f"{server.home}/en")
    expect(person.answers).to_have_count(2)
    person.language = "en"
    person.field.fill("what is the deadline?")
    person.field.press("Enter")
    expect(person.log).to_have_attribute("aria-live", "polite")
    expect(person.answers).to_have_count(3)


def test_two_tabs_hold_one_conversation(somebody: Somebody) -> None:
    person = somebody("fi").open()
    other = Person(person.page.context, person.home).open()
    person.ask("voiko Kuopio hakea?")
    expect(other.answers).to_have_count(2)
    other.ask("entä Lahti?")
    expect(person.answers).to_have_count(3)
    assert person.answer() == other.answer()
    assert "Lahti" in person.answer()
    person.button("end").click()
    person.button("end_yes").click()
    expect(other.log).to_contain_text(other.says("ended"))
    other.button("begin").click()
    expect(person.answers).to_have_count(1)
    expect(person.field).to_be_visible()


def test_ending_deletes_on_the_server(somebody: Somebody, server: Server) -> None:
    person = somebody("fi").open()
    person.ask("onko Iitti mukana?")
    assert any("Iitti" in data for _, data in server.stored())
    person.button("end").click()
    person.button("end_no").click()
    expect(person.answers).to_have_count(2)
    person.button("end").click()
    person.button("end_yes").click()
    expect(person.answers).to_have_count(0)
    assert not any("Iitti" in data for _, data in server.stored())


def test_a_rating_is_stored_and_taken_back(somebody: Somebody) -> None:
    person = somebody("fi").open()
    person.ask("mikä on määräaika?")
    thumb = person.button("helpful")
    thumb.click()
    expect(thumb).to_have_attribute("aria-pressed", "true")
    person.page.reload()
    expect(thumb).to_have_attribute("aria-pressed", "true")
    thumb.click()
    expect(thumb).to_have_attribute("aria-pressed", "false")


def test_the_source_is_quoted(somebody: Somebody) -> None:
    person = somebody("sv").open()
    person.ask("när är sista ansökningsdagen?")
    person.button("source").click()
    quote = person.answers.last.locator("blockquote")
    expect(quote.first).to_contain_text("Hakemukset toimitetaan 20.4.2021 klo 16.15 mennessä")
    expect(quote.first).to_have_attribute("lang", "fi")


def test_the_calendar_file_is_a_download(somebody: Somebody) -> None:
    person = somebody("fi").open()
    person.ask("määräaika kalenteriin")
    with person.page.expect_download() as download:
        person.button("download").click()
    assert download.value.suggested_filename.endswith(".ics")
    event = readOne(Path(download.value.path()).read_text(encoding="utf-8")).vevent
    assert event.dtend.value.isoformat().startswith("2021-04-20T")


def test_the_saved_conversation_names_times_and_versions(
    somebody: Somebody, server: Server
) -> None:
    person = somebody("fi").open()
    person.ask("mikä on määräaika?")
    with person.page.expect_download() as download:
        person.button("save").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    begun = httpx.post(f"{server.address}/conversation", json={"language": "fi"}).json()["about"]
    assert begun["bot_version"] in text
    assert begun["data_version"] in text
    assert re.search(r"Sinä, \d{1,2}\.\d{1,2}\.\d{4} klo \d{1,2}\.\d{2}\n", text)


def test_the_readiness_check_ends_with_a_summary_to_copy_and_print(somebody: Somebody) -> None:
    person = somebody("fi").open()
    person.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    person.ask("tarkista hakemuksen valmius")
    person.ask("Lahti")
    while not person.page.get_by_role("button", name=person.says("copy")).count():
        before = person.answers.count()
        assert before < 20
        person.log.get_by_role("group").get_by_role("button").first.click()
        expect(person.answers).not_to_have_count(before)
        expect(person.page.locator(".typing")).to_have_count(0)
    summary = person.answer()
    person.button("copy").click()
    expect(person.button("copied")).to_be_visible()
    copied = person.page.evaluate("navigator.clipboard.readText()")
    assert copied.split() == summary.split()
    with person.page.expect_popup() as popup:
        person.button("print").click()
    expect(popup.value.locator("pre")).to_have_text(copied)


def test_pictures_are_drawn_from_the_answers_data(somebody: Somebody) -> None:
    person = somebody("fi").open()
    person.ask("voiko Lahti hakea?")
    bar = person.page.get_by_role("img", name="Pylväs: Lahti, 9 012 vieraskielistä asukasta")
    expect(bar).to_be_visible()
    wide, most = (
        bar.locator(f"rect.{each}").evaluate("each => each.getBBox().width")
        for each in ("gone", "rest")
    )
    limit = bar.locator("line.limit").evaluate("each => each.x1.baseVal.value")
    assert wide / limit == pytest.approx(9012 / 8000, rel=0.005)
    assert wide < most
    person.ask("paljonko aikaa on jäljellä?")
    line = person.page.get_by_role("img", name=re.compile("Aikajana: hakuaika 17.3.2021"))
    start, here, end = (
        line.locator("line.rest").evaluate("each => each.x1.baseVal.value"),
        line.locator("circle").evaluate("each => each.cx.baseVal.value"),
        line.locator("line.rest").evaluate("each => each.x2.baseVal.value"),
    )
    days = 15 + 12.25 / 24 - 1 / 24  # 17 March 0:00 to 1 April 12:15, the clock one hour on
    assert (here - start) / (end - start) == pytest.approx(days / (34 + 15.25 / 24), abs=0.005)
