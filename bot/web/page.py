"""The assistant's own page: the call's facts, the chat, and a plain form that answers the same."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.language import LANGUAGES, Language
from bot.language.wording import Wording

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
PATHS: dict[Language, str] = {"fi": "/", "sv": "/sv", "en": "/en"}
NAMES: dict[Language, str] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
STATEMENTS: dict[Language, str] = {
    "fi": "/saavutettavuus",
    "sv": "/sv/tillganglighet",
    "en": "/en/accessibility",
}
FACTS = [  # what the page tells of the call, by the questions that ask for it
    "ask_deadline",
    "ask_eligibility_criteria",
    "ask_amount",
    "ask_attachments",
    "ask_how_to_submit",
    "ask_contacts",
]
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def calendar_path(language: Language) -> str:
    return f"/calendar/{language}.ics"


def page(
    language: Language,
    wording: Wording,
    now: datetime,
    *,
    token: str = "",
    said: Sequence[Mapping[str, Any]] = (),
    note: str = "",
    mistake: str = "",
    question: str = "",
    stored_days: float,
    kept_hours: float,
) -> str:
    """The page in a language, with what was said in the plain form's conversation, if any."""
    moment = wording.moment(now)
    facts = [
        (
            wording.text(f"utter_title__{fact}", language, moment),
            lines(wording.text(f"utter_{fact}", language, moment, lead=False)),
        )
        for fact in FACTS
    ]
    return _template("page.html").render(
        language=language,
        texts=texts(language),
        languages=[(each, PATHS[each], NAMES[each]) for each in LANGUAGES],
        statement=STATEMENTS[language],
        facts=facts,
        token=token,
        said=[{**each, "lines": lines(each["text"])} for each in said],
        note=note,
        mistake=mistake,
        question=question,
        id=secrets.token_hex(16),
        action=f"{PATHS[language].rstrip('/')}/ask",
        stored_days=f"{stored_days:g}",
        kept_hours=f"{kept_hours:g}",
    )


def statement(language: Language) -> str:
    """The accessibility statement."""
    return _template(f"statement_{language}.html").render(
        language=language, texts=texts(language), home=PATHS[language]
    )


def lines(text: str) -> list[tuple[str, list[str]]]:
    """An answer's text as paragraphs and lists: pairs of "p" or "ul" and what they hold."""
    blocks: list[tuple[str, list[str]]] = []
    for line in filter(None, text.split("\n")):
        kind, content = ("ul", line[2:]) if line.startswith("- ") else ("p", line)
        if kind == "ul" and blocks and blocks[-1][0] == "ul":
            blocks[-1][1].append(content)
        else:
            blocks.append((kind, [content]))
    return blocks


@cache
def texts(language: Language) -> dict[str, dict[str, str]]:
    """What the chat and the page themselves say."""
    content: dict[str, dict[str, str]] = json.loads(
        (FOLDER / "texts" / f"{language}.json").read_text(encoding="utf-8")
    )
    return content


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template(name)
