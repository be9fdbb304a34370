"""A real server for the website's channel."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from ruamel.yaml import YAML

from bot.serve import LOOPBACK, ROOT, free_port, serving
from tests.conftest import MOMENTS

WEB = "bot.channels.web.Web"


class Server(NamedTuple):
    home: str
    database: Path
    log: Path
    clients: ExitStack

    def client(self, path: str = "") -> httpx.Client:
        return self.clients.enter_context(httpx.Client(base_url=self.home + path, timeout=30))

    @property
    def address(self) -> str:
        return f"{self.home}/webhooks/web"

    def stored(self) -> list[tuple[str, str]]:
        with sqlite3.connect(self.database) as connection:
            return connection.execute("select sender_id, data from events order by id").fetchall()


@contextmanager
def serving_web(
    folder: Path, *, moment: str = "open", port: int | None = None, **settings: Any
) -> Iterator[Server]:
    """A server whose website's channel has settings other than as delivered."""
    with serving_channels(folder, {WEB: settings}, moment=moment, port=port) as server:
        yield server


@contextmanager
def serving_channels(
    folder: Path,
    settings: Mapping[str, Mapping[str, Any]],
    environment: Mapping[str, str] | None = None,
    *,
    moment: str = "open",
    port: int | None = None,
) -> Iterator[Server]:
    """A server whose database and log are in `folder`; `settings` by the channel's class."""
    database, port = folder / "conversations.sqlite", port or free_port()
    with (
        (folder / "log.txt").open("ab") as log,
        serving(
            port,
            database=database,
            environment={"HAKUNEUVOJA_NOW": MOMENTS[moment], **(environment or {})},
            log=log.fileno(),
            credentials=_credentials(folder, settings),
        ),
        ExitStack() as clients,
    ):
        yield Server(f"http://{LOOPBACK}:{port}", database, folder / "log.txt", clients)


def _credentials(folder: Path, settings: Mapping[str, Mapping[str, Any]]) -> Path:
    yaml = YAML()
    content = yaml.load((ROOT / "credentials.yml").read_text(encoding="utf-8"))
    for channel, own in settings.items():
        content[channel] = {**(content[channel] or {}), **own}
    file = folder / "credentials.yml"
    yaml.dump(content, file)
    return file
