"""The page as a person without JavaScript gets it."""

import re

import httpx
import pytest

from tests.channels.serving import Server

PATHS = {"fi": "/", "sv": "/sv", "en": "/en"}


class Form:
    """The page's plain form, filled in and sent as a browser sends it."""

    def __init__(self, server: Server, language: str = "fi") -> None:
        self.http = server.client()
        self.html = self.http.get(PATHS[language]).text

    def send(self, **values: str) -> str:
        action = re.search(r'action="([^"#]+)', self.html)
        assert action
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.html))
        response = self.http.post(action[1], data=hidden | values)
        assert response.status_code == 200
        self.html = response.text
        return self.html


@pytest.mark.parametrize(
    ("language", "facts", "question", "answer"),
    [
        ("fi", ["8\xa0000", "20.4.2021 klo 16.15", "029 504 7990"], "voiko Lahti hakea?", "Kyllä, Lahti voi hakea"),
        ("sv", ["8\xa0000", "20.4.2021 kl. 16.15", "029 504 7990"], "kan Lahtis söka?", "Ja, Lahtis kan söka"),
        ("en", ["8,000", "20 April 2021", "029 504 7990"], "can Lahti apply?", "Yes, Lahti can apply"),
    ],
)  # fmt: skip
def test_facts_and_answers_without_javascript(
    server: Server, language: str, facts: list[str], question: str, answer: str
) -> None:
    form = Form(server, language)
    assert f'<html lang="{language}">' in form.html
    for fact in facts:
        assert fact in form.html
    assert answer in form.send(question=question)


def test_the_conversation_goes_on_and_quick_replies_work(server: Server) -> None:
    form = Form(server)
    form.send(question="mikä on määräaika?")
    reply = re.search(r'<button name="reply" value="([^"]+)">', form.html)
    assert reply
    html = form.send(reply=reply[1])
    assert "mikä on määräaika?" in html
    assert reply[1].partition(" ")[2] in html
    assert html.count('<article class="bot"') == 3  # with the greeting


def test_the_same_form_sent_again_is_asked_once(server: Server) -> None:
    form = Form(server)
    form.send(question="hei")
    before = form.html
    form.send(question="mikä on määräaika?")
    form.html = before
    assert form.send(question="mikä on määräaika?").count("mikä on määräaika?") == 1


def test_ending_deletes(server: Server) -> None:
    form = Form(server)
    form.send(question="Onko Hämeenkyrö mukana?")
    assert any("Hämeenkyrö" in data or "H\\u00e4meenkyr" in data for _, data in server.stored())
    assert "Keskustelu on poistettu." in form.send(end="yes")
    assert not any("H\\u00e4meenkyr" in data for _, data in server.stored())


@pytest.mark.parametrize(
    ("question", "note"),
    [("", "Kirjoita ensin kysymys."), ("x" * 2001, "enintään 2000 merkkiä")],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    server: Server, question: str, note: str
) -> None:
    html = Form(server).send(question=question)
    assert note in html
    assert 'aria-invalid="true"' in html
    assert question in html


def test_nothing_that_people_write_becomes_markup(server: Server) -> None:
    html = Form(server).send(question='<script>alert(1)</script> "><img src=x onerror=alert(1)>')
    assert "<script>alert" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "path", ["/", "/sv", "/en", "/saavutettavuus", "/sv/tillganglighet", "/en/accessibility"]
)
def test_every_page_allows_nothing_but_its_own(server: Server, path: str) -> None:
    response = httpx.get(server.home + path)
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on\w+=", response.text)
    assert not re.search(r'(?:src|href)="https?:', response.text)


def test_any_page_may_load_the_chat_and_keep_it(server: Server) -> None:
    first = httpx.get(f"{server.home}/chat.js")
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["access-control-allow-origin"] == "*"
    assert "hakuneuvoja-chat" in first.text
    again = httpx.get(f"{server.home}/chat.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_chat_is_small(server: Server) -> None:
    response = httpx.get(f"{server.home}/chat.js")
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) <= 30_000
    plain = httpx.get(f"{server.home}/chat.js", headers={"Accept-Encoding": "identity"})
    assert plain.content == response.content
