"""Posts answers to Teams: with a token of the app's own, and again when the service asks for it."""

import asyncio
import random
import time
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import aiohttp
import msal

from bot.channels.teams_settings import TeamsSettings

SCOPE = "https://api.botframework.com/.default"
TRIES = 5
PATIENCE = aiohttp.ClientTimeout(total=15)
LONGEST_WAIT = 60.0  # seconds that the service may ask for


class Connector:
    """To one service; MSAL keeps the token and renews it before it ends."""

    def __init__(self, settings: TeamsSettings, session: aiohttp.ClientSession) -> None:
        self.settings = settings
        self.session = session
        self._app: msal.ConfidentialClientApplication | None = None
        self._asking = asyncio.Lock()

    async def post(
        self, activity: dict[str, Any], answer: dict[str, Any], tries: int = TRIES
    ) -> None:
        """Answer an activity, in its thread. Raises aiohttp.ClientError when it cannot be done.

        Posted again only where the service says that it did not take it: never the same twice.
        """
        service = activity["serviceUrl"]
        conversation = quote(activity["conversation"]["id"], safe="")
        path = f"v3/conversations/{conversation}/activities"
        if activity.get("type") == "message":
            path += f"/{quote(activity['id'], safe='')}"
        body = answer | {
            "from": activity["recipient"],
            "recipient": activity["from"],
            "conversation": activity["conversation"],
            "replyToId": activity.get("id"),
        }
        for again in range(tries):
            headers = {"Authorization": f"Bearer {await self._token()}"}
            try:
                async with self.session.post(
                    f"{service.rstrip('/')}/{path}", json=body, headers=headers, timeout=PATIENCE
                ) as response:
                    if response.status < 400:
                        return
                    if again == tries - 1 or (response.status != 429 and response.status < 500):
                        # Not raise_for_status: its text names the conversation, for the log.
                        raise aiohttp.ClientError(f"Teams answered {response.status}")
                    seconds = _asked_to_wait(response.headers.get("Retry-After"))
            except aiohttp.ClientConnectorError:
                if again == tries - 1:
                    raise
                seconds = None
            await asyncio.sleep(
                min(seconds, LONGEST_WAIT) if seconds is not None else _pause(again)
            )

    async def _token(self) -> str:
        async with self._asking:
            result = await asyncio.to_thread(self._acquire)
        if "access_token" not in result:
            raise aiohttp.ClientError(f"no token for Teams: {result.get('error')}")
        token: str = result["access_token"]
        return token

    def _acquire(self) -> dict[str, Any]:
        try:
            if (
                self._app is None
            ):  # which asks the platform: not at the start, that needs no network
                self._app = msal.ConfidentialClientApplication(
                    self.settings.app_id,
                    authority=self.settings.authority,
                    client_credential=self.settings.credential(),
                    instance_discovery=False,
                    timeout=15,
                )
            result: dict[str, Any] = self._app.acquire_token_for_client([SCOPE])
            return result
        except (OSError, ValueError) as error:  # requests' errors are OSErrors
            raise aiohttp.ClientError(f"no token for Teams: {type(error).__name__}") from None


def _pause(again: int) -> float:
    """Longer each time, and not the same for everybody."""
    return float(2**again * 0.5 * random.uniform(0.5, 1.5))  # noqa: S311


def _asked_to_wait(header: str | None) -> float | None:
    """Seconds, given as such or as a moment."""
    if header is None:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None
