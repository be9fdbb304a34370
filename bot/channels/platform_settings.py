"""Settings of platforms: from the environment or a folder of secrets, never from the project."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseSettings, Field, ValidationError, validator

SECRETS = "HAKUNEUVOJA_SECRETS"  # a folder with a file for each, as containers mount secrets
Settings = TypeVar("Settings", bound="PlatformSettings")


class SettingsError(ValueError):
    """A platform is configured by half; the text names what is missing."""


class PlatformSettings(BaseSettings):
    """Where nothing is set the platform is off. A secret is never shown: use SecretStr."""

    address: str  # where people reach the assistant, as https://bot.example: for links to files
    stored_days: float = Field(30, gt=0)  # after its last word a conversation is deleted

    @validator("address")
    def is_an_address(cls, address: str) -> str:
        scheme, _, host = address.partition("://")
        if scheme != "https" or not host or "/" in host.rstrip("/"):
            raise ValueError(f"{address!r} is no address like https://bot.example")
        return address.rstrip("/")

    @property
    def stored(self) -> timedelta:
        return timedelta(days=self.stored_days)

    @classmethod
    def load(cls: type[Settings], addresses: dict[str, Any] | None = None) -> Settings | None:
        """What is set, with addresses from credentials.yml; None when nothing is.

        Raises SettingsError, which names the variables, when some are missing or wrong.
        """
        prefix = cls.Config.env_prefix
        folder = os.environ.get(SECRETS)
        if folder and not Path(folder).is_dir():
            raise SettingsError(f"{SECRETS}={folder!r} is no folder")
        files = [file.name for file in Path(folder).iterdir()] if folder else []
        known = {f"{prefix}{field}".upper() for field in cls.__fields__}
        if known.isdisjoint(name.upper() for name in [*os.environ, *files]):
            return None
        try:
            return cls(_secrets_dir=folder, **(addresses or {}))
        except ValidationError as error:
            raise SettingsError(
                "; ".join(
                    f"{prefix}{str(each['loc'][0]).upper()}: {each['msg']}"
                    if each["loc"][0] != "__root__"
                    else each["msg"]
                    for each in error.errors()
                )
            ) from None  # pydantic's own text might show a secret
