"""Whether a request really comes from Teams: its token, checked against the published keys."""

import asyncio
import time
from typing import Any

import aiohttp
import jwt

ISSUER = "https://api.botframework.com"
ALGORITHM = "RS256"  # ours to say, not the token's
LEEWAY = 60  # seconds between our clock and theirs
FRESH = 24 * 3600  # seconds after which keys are fetched anew
PAUSE = 60  # seconds between fetches for keys that are not known
PATIENCE = aiohttp.ClientTimeout(total=10)


class NotTeams(Exception):
    """The request is refused; the text is for the log, and holds nothing of its content."""

    def __init__(self, reason: str, status: int = 401) -> None:
        super().__init__(reason)
        self.status = status


class Tokens:
    """Checks tokens; fetches the keys when the first one comes, and anew for an unknown key."""

    def __init__(self, app_id: str, metadata: str, session: aiohttp.ClientSession) -> None:
        self.app_id = app_id
        self.metadata = metadata
        self.session = session
        self._keys: dict[
            str, tuple[jwt.PyJWK, list[str]]
        ] = {}  # with the channels they may sign for
        self._fetched = -float("inf")
        self._fetching = asyncio.Lock()

    async def check(self, header: str | None, activity: dict[str, Any]) -> None:
        """Raises NotTeams unless the header's token was made for this bot and this activity."""
        kind, _, token = (header or "").partition(" ")
        if kind != "Bearer" or not token:
            raise NotTeams("no token")
        try:
            key_id = str(jwt.get_unverified_header(token).get("kid"))
            key, channels = await self._key(key_id)
            claims = jwt.decode(
                token,
                key.key,
                algorithms=[ALGORITHM],
                audience=self.app_id,
                issuer=ISSUER,
                leeway=LEEWAY,
                options={"require": ["exp", "iss", "aud"]},
            )
        except jwt.PyJWTError as error:
            raise NotTeams(type(error).__name__) from None
        if activity.get("channelId") not in channels:
            raise NotTeams("its key is not for this channel", 403)
        service = activity.get("serviceUrl")
        if not service or claims.get("serviceurl", claims.get("serviceUrl")) != service:
            raise NotTeams("its serviceUrl is not the activity's", 403)

    async def _key(self, key_id: str) -> tuple[jwt.PyJWK, list[str]]:
        async with self._fetching:
            age = time.monotonic() - self._fetched
            if age > FRESH or (key_id not in self._keys and age > PAUSE):
                await self._fetch()
        if key_id not in self._keys:
            raise NotTeams("its key is not published")
        return self._keys[key_id]

    async def _fetch(self) -> None:
        """Known keys stay when the new ones cannot be had."""
        self._fetched = time.monotonic()
        try:
            found = await self._get((await self._get(self.metadata))["jwks_uri"])
            self._keys = {
                each["kid"]: (jwt.PyJWK(each, ALGORITHM), each.get("endorsements", []))
                for each in found["keys"]
                if each.get("kty") == "RSA" and each.get("kid")
            }
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, LookupError, jwt.PyJWTError):
            if not self._keys:
                self._fetched = -float("inf")  # the next request tries again
                raise NotTeams("the keys cannot be fetched", 503) from None

    async def _get(self, address: str) -> dict[str, Any]:
        async with self.session.get(address, timeout=PATIENCE) as response:
            response.raise_for_status()
            content: dict[str, Any] = await response.json(content_type=None)
            return content
