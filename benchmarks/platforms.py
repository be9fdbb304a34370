"""What a platform's channel adds to an answer: `python -m benchmarks.platforms`.

Milliseconds from a message's arrival to the answer's, the platform being a stand-in on loopback
with real tokens, signatures and TLS; beside them the REST channel, which adds nothing.
"""

import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.channels import slack_platform, teams_platform
from tests.channels.serving import serving_channels
from tests.channels.test_slack import IDENTITY as SLACK_IDENTITY
from tests.channels.test_slack import SLACK
from tests.channels.test_teams import IDENTITY as TEAMS_IDENTITY
from tests.channels.test_teams import TEAMS

ROUNDS = 100
WARM = 5
QUESTION = "mikä on määräaika?"


def median(ask: Callable[[], object]) -> float:
    """Of a message in a conversation that goes on."""
    taken = []
    for _ in range(WARM + ROUNDS):
        begun = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[WARM:])


def main() -> None:
    sys.setswitchinterval(1e-4)  # seconds; the stand-ins share this process with who asks
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "teams").mkdir()
        (folder / "slack").mkdir()
        teams = teams_platform.TeamsPlatform(folder / "teams")
        slack = slack_platform.SlackPlatform(folder / "slack")
        both = folder / "authorities.pem"
        both.write_bytes(teams.ca.read_bytes() + slack.ca.read_bytes())
        trusting = {"SSL_CERT_FILE": str(both), "REQUESTS_CA_BUNDLE": str(both)}
        with teams.running(), slack.running():
            settings = {TEAMS: teams.settings, SLACK: slack.settings}
            environment = {**TEAMS_IDENTITY, **SLACK_IDENTITY, **trusting}
            with (
                serving_channels(folder, settings, environment) as server,
                httpx.Client() as client,
            ):
                in_teams = teams_platform.Colleague(teams, server.home, http=client)
                in_slack = slack_platform.Colleague(slack, server.home, http=client)
                said = {"sender": uuid.uuid4().hex, "message": QUESTION}
                rest = f"{server.home}/webhooks/rest/webhook"
                print(f"REST   {median(lambda: client.post(rest, json=said)):6.1f} ms")
                print(f"Teams  {median(lambda: in_teams.ask(QUESTION)):6.1f} ms")
                print(f"Slack  {median(lambda: in_slack.ask(QUESTION)):6.1f} ms")


if __name__ == "__main__":
    main()
