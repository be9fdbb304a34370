"""`make run`: starts the server and says where to chat."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml import YAML

from bot.call.announcement import AnnouncementError, announcement
from bot.call.clock import ClockError, now
from bot.channels.platform_settings import PlatformSettings, SettingsError
from bot.channels.slack_settings import SlackSettings
from bot.channels.teams_settings import TeamsSettings
from bot.channels.web_settings import Settings
from bot.language.wording import Wording, WordingError

ROOT = Path(__file__).resolve().parents[1]
LOG = ROOT / "hakuneuvoja.log"
MODEL = ROOT / "models" / "hakuneuvoja.tar.gz"
CREDENTIALS = ROOT / "credentials.yml"
LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 5005
PLATFORMS: dict[str, type[PlatformSettings]] = {
    "bot.channels.teams.Teams": TeamsSettings,
    "bot.channels.slack.Slack": SlackSettings,
}
PATIENCE = 180  # seconds that a slow machine may take to load the model
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
}


class StartError(Exception):
    """Why the assistant cannot start, for the person at the terminal."""


@contextmanager
def serving(
    port: int,
    *,
    host: str = LOOPBACK,
    database: Path | None = None,
    environment: Mapping[str, str] | None = None,
    log: int | None = None,
    actions_apart: bool = False,
    model: Path = MODEL,
    credentials: Path = CREDENTIALS,
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The server's process, answering when the block begins, ended with it.

    `actions_apart` runs the custom actions in an action server, which is the second process and
    listens on loopback only. Raises StartError when a server does not start.
    """
    _require_free(host, port)
    action_port = free_port() if actions_apart else None
    settings = {**os.environ, **QUIET, **(environment or {})}

    with tempfile.TemporaryDirectory() as folder:
        endpoints = _endpoints(Path(folder), action_port, database)
        rasa = [sys.executable, "-m", "bot.server", "run", "--model", str(model), "-p", str(port)]
        rasa += ["-i", host, "--endpoints", str(endpoints), "--credentials", str(credentials)]
        probe = LOOPBACK if host in ("0.0.0.0", "::") else host
        commands = {f"http://{probe}:{port}/webhooks/rest/": rasa}
        if actions_apart:
            actions = [sys.executable, "-m", "rasa_sdk", "--actions", "actions"]
            commands[f"http://{LOOPBACK}:{action_port}/health"] = [*actions, "-p", str(action_port)]
        processes = [
            subprocess.Popen(
                command, cwd=ROOT, env=settings | {"SANIC_HOST": LOOPBACK}, stdout=log, stderr=log
            )
            for command in commands.values()
        ]
        try:
            for address in commands:
                _wait_for(address, processes)
            yield processes
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(10)
                process.kill()
                process.wait()


def free_port() -> int:
    """A port on loopback that nothing uses at the moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StartError(
                f"port {port} on {host} cannot be used ({error.strerror}): "
                f"choose another one, for example PORT={port + 1} make run"
            ) from error


def _endpoints(folder: Path, action_port: int | None, database: Path | None) -> Path:
    """endpoints.yml with the database, and the port of an action server, of this start."""
    yaml = YAML()
    content = yaml.load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    if action_port is not None:
        del content["action_endpoint"]["in_process"]
        content["action_endpoint"]["url"] = f"http://{LOOPBACK}:{action_port}/webhook"
    if database is not None:
        content["tracker_store"]["db"] = str(database)
    file = folder / "endpoints.yml"
    yaml.dump(content, file)
    return file


def _wait_for(address: str, processes: list[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if any(process.poll() is not None for process in processes):
            raise StartError(f"a server stopped while starting; {LOG.name} says why")
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(address, timeout=2).close()
            return
        time.sleep(0.1)
    raise StartError(f"no answer from {address} within {PATIENCE} seconds")


def check() -> None:
    """Load what the server would stumble over: clock, the call's data, responses, settings."""
    now()
    yaml = YAML(typ="safe")
    domain = yaml.load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    Wording(domain["responses"], announcement())
    channels = yaml.load(CREDENTIALS.read_text(encoding="utf-8"))
    try:
        Settings.parse_obj(channels.get("bot.channels.web.Web") or {})
    except ValidationError as error:
        raise StartError(f"{CREDENTIALS.name}, bot.channels.web.Web: {error}") from error
    for name, settings in PLATFORMS.items():
        try:
            settings.load(channels.get(name))
        except SettingsError as error:
            raise StartError(f"{name}: {error}") from error


def _port() -> int:
    port = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not port.isdigit() or not 1024 <= int(port) <= 65535:
        raise StartError(f"PORT={port!r} is no port between 1024 and 65535")
    return int(port)


def _moved(port: int) -> str:
    return "" if port == DEFAULT_PORT else f"PORT={port} "


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        check()
        port, host = _port(), os.environ.get("HOST") or LOOPBACK
        print("Starting the assistant (some 10 seconds) ...", flush=True)
        with LOG.open("wb") as log, serving(port, host=host, log=log.fileno()) as processes:
            print(
                f"\nChat with Hakuneuvoja at http://{host}:{port}/\n"
                f"Or in another terminal: {_moved(port)}make chat\n"
                f"The assistant's clock: {now():%d.%m.%Y %H:%M} (HAKUNEUVOJA_NOW sets it)\n"
                f"What the servers say goes to {LOG.name}. Stop with Ctrl-C.",
                flush=True,
            )
            while all(process.poll() is None for process in processes):
                time.sleep(1)
        raise StartError(f"a server stopped; {LOG.name} says why")
    except (AnnouncementError, ClockError, WordingError, StartError) as error:
        sys.exit(f"The assistant cannot run: {error}")
    except KeyboardInterrupt:
        print("\nStopped.")


if __name__ == "__main__":
    main()
