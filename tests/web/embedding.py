"""Somebody else's page, on an origin of its own, that embeds the chat under a strict policy."""

import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from bot.serve import LOOPBACK
from bot.web.page import STATIC


class Embedding:
    """Where that page is: its address by what its line in the docs says."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.bot = ""

    def page(self, **attributes: str) -> str:
        query = "&".join(f"{name}={value}" for name, value in attributes.items())
        return f"{self.home}/?{query}"

    def content(self, lang: str = "fi", page: str = "fi", inline: str = "") -> tuple[str, str]:
        """The page, and the policy that docs/web.md says it needs."""
        digest = base64.b64encode(hashlib.sha384((STATIC / "chat.js").read_bytes()).digest())
        pinned = f'integrity="sha384-{digest.decode()}" crossorigin'
        where = "" if inline else f'data-lang="{lang}"'
        element = f'<hakuneuvoja-chat language="{lang}"></hakuneuvoja-chat>' if inline else ""
        html = f"""<!doctype html><html lang="{page}"><title>Another page</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="stylesheet" href="/style.css">
            <main><h1>Another page</h1><p>Its own text.</p>{element}</main>
            <script type="module" src="{self.bot}/chat.js" {where} {pinned} async></script></html>"""
        policy = (
            f"default-src 'none'; style-src 'self'; script-src {self.bot}; connect-src {self.bot}"
        )
        return html, policy


STYLE = """
* { font: 40px/1 serif !important; color: #c00 !important; letter-spacing: 1em !important; }
h1, p { font: 1rem sans-serif !important; letter-spacing: 0 !important; }
p, button { text-transform: uppercase; background: #fff; }
"""


@contextmanager
def embedding_page() -> Iterator[Embedding]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            kind, policy = "text/css", "default-src 'none'"
            if address.path == "/style.css":
                content = STYLE
            elif address.path == "/":
                asked = dict(parse_qsl(address.query, keep_blank_values=True))
                kind, (content, policy) = "text/html; charset=utf-8", page.content(**asked)
            else:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    page = Embedding(f"http://localhost:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield page
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
