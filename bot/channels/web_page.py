"""The page's addresses: what it shows, and its plain form for people without JavaScript."""

import gzip
import hashlib
import logging
from collections.abc import Callable, Coroutine, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from sanic import Blueprint
from sanic import response as answer
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.call.clock import now
from bot.channels.turn import Asked, Stream
from bot.channels.web_conversation import LONGEST, Gone
from bot.channels.web_settings import TooMany
from bot.language import Language, known
from bot.language.calendar import KIND, NAME, deadline_file
from bot.web.page import HEADERS, PATHS, STATEMENTS, STATIC, calendar_path, page, statement, texts

if TYPE_CHECKING:
    from bot.channels.web import Server

logger = logging.getLogger(__name__)
Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


class Mistake(Exception):
    """What a person has to mend, in the person's language."""


class PlainPage:
    """Serves the page, and answers its form with the page again."""

    def __init__(self, server: "Server") -> None:
        self.server = server

    def add_to(self, blueprint: Blueprint) -> None:
        routes: list[tuple[str, Handler]] = [("/chat.js", self.chat), ("/page.css", self.style)]
        for language, path in PATHS.items():
            routes.append((calendar_path(language), self.calendar))
            routes += [(path, self.show), (STATEMENTS[language], self.state)]
            ask = f"{path.rstrip('/')}/ask"
            blueprint.add_route(partial(self.ask), ask, methods=["POST"], name=ask)
        for path, handler in routes:
            if path != "/":  # which Rasa has taken: see Server.stand_in_front
                blueprint.add_route(partial(handler), path, name=path)

    async def show(self, request: Request) -> HTTPResponse:
        return self._page(_language(request))

    async def state(self, request: Request) -> HTTPResponse:
        return answer.html(statement(_language(request)), headers=HEADERS)

    async def calendar(self, request: Request) -> HTTPResponse:
        """For channels in which a file cannot be handed over, only linked to."""
        language = known(request.path.rpartition("/")[2].removesuffix(".ics"))
        file = deadline_file(self.server.agent.nlg.wording, language, now())
        headers = {"Content-Disposition": f'attachment; filename="{NAME}"'}
        return answer.raw(file, headers=headers, content_type=f"{KIND}; charset=utf-8")

    async def chat(self, request: Request) -> HTTPResponse:
        """Any page may load it, and pin it by its hash, which takes CORS."""
        return _file(request, "chat.js", "text/javascript", {"Access-Control-Allow-Origin": "*"})

    async def style(self, request: Request) -> HTTPResponse:
        return _file(request, "page.css", "text/css")

    async def ask(self, request: Request) -> HTTPResponse:
        language = _language(request)
        words = texts(language)["page"]
        token, question = _form(request, "token"), _form(request, "question")
        values: dict[str, Any] = {"token": token, "question": question}
        try:
            self.server.limits.spend_address(self.server.address(request))
            if _form(request, "end"):
                await self.server.conversations.end(token)
                return self._page(language, note=words["ended"])
            token = await self._answer(request, language, token, question)
            said = await self.server.conversations.said(token)
            return self._page(language, token=token, said=said)
        except Mistake as mistake:
            values["mistake"] = str(mistake)
        except TooMany as limit:
            values["mistake"] = words["too_many"].replace("{seconds}", str(limit.seconds))
        except Exception:
            logger.exception("The plain form failed")
            values["mistake"] = words["failed"]
        return self._page(language, **values)

    async def _answer(self, request: Request, language: Language, token: str, question: str) -> str:
        words = texts(language)["page"]
        payload, _, title = _form(request, "reply").partition(" ")
        if not (payload or question.strip()):
            raise Mistake(words["no_question"])
        if len(question) > LONGEST:
            raise Mistake(words["too_long"].replace("{most}", str(LONGEST)))
        conversations = self.server.conversations
        try:
            await conversations.require(token)
        except Gone:
            self.server.limits.spend_beginning(self.server.address(request))
            token = await conversations.begin(language, Stream(lambda _: None))
        self.server.limits.spend_conversation(token)
        asked = Asked(_form(request, "id")[:64] or "form", payload or question, title[:200] or None)
        await conversations.ask(token, asked, Stream(lambda _: None))
        return token

    def _page(self, language: Language, **values: Any) -> HTTPResponse:
        settings = self.server.settings
        content = page(
            language,
            self.server.agent.nlg.wording,
            now(),
            stored_days=settings.stored_days,
            kept_hours=settings.kept_hours,
            **values,
        )
        return answer.html(content, headers=HEADERS)


@cache
def _content(name: str) -> tuple[bytes, bytes, str]:
    """A file of the page's own as it is, compressed, and the tag of this version of it."""
    content = (STATIC / name).read_bytes()
    return content, gzip.compress(content), f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def _file(
    request: Request, name: str, kind: str, more: Mapping[str, str] | None = None
) -> HTTPResponse:
    """A file that browsers keep, and ask after an hour whether it has changed."""
    content, compressed, tag = _content(name)
    headers = {
        "Cache-Control": "public, max-age=3600",
        "ETag": tag,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        **(more or {}),
    }
    if request.headers.get("if-none-match") == tag:
        return answer.empty(304, headers)
    if "gzip" in (request.headers.get("accept-encoding") or ""):
        content, headers = compressed, headers | {"Content-Encoding": "gzip"}
    return answer.raw(content, headers=headers, content_type=f"{kind}; charset=utf-8")


def _form(request: Request, name: str) -> str:
    value: str = request.form.get(name) or ""
    return value.strip()


def _language(request: Request) -> Language:
    return known(request.path.split("/")[1])
