"""`make run` when something is wrong: a plain message, not a traceback."""

import os
import socket
import subprocess
import sys

import pytest

from bot.serve import LOOPBACK, ROOT


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.serve"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"HAKUNEUVOJA_NOW": "tomorrow"}, "HAKUNEUVOJA_NOW='tomorrow' is no moment"),
        ({"HAKUNEUVOJA_NOW": "2021-04-01T12:15:00"}, "write ISO 8601 with an offset"),
        ({"PORT": "http"}, "PORT='http' is no port"),
        ({"PORT": "80"}, "PORT='80' is no port"),
    ],
)
def test_a_wrong_setting_is_named(environment: dict[str, str], complaint: str) -> None:
    stopped = start(**environment)
    assert stopped.returncode == 1
    assert complaint in stopped.stderr
    assert "Traceback" not in stopped.stderr


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        port = other.getsockname()[1]
        stopped = start(PORT=str(port))
    assert stopped.returncode == 1
    assert f"port {port} on {LOOPBACK} cannot be used" in stopped.stderr
