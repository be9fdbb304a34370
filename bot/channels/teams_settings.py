"""What a Teams app needs: its identity in Entra, and the platform's addresses."""

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate
from pydantic import Extra, SecretStr, root_validator

from bot.channels.platform_settings import PlatformSettings

PREFIX = "TEAMS_"


class TeamsSettings(PlatformSettings):
    """TEAMS_APP_ID with TEAMS_SECRET or TEAMS_CERTIFICATE; see docs/teams.md."""

    class Config:
        env_prefix = PREFIX
        extra = Extra.forbid

    app_id: str
    tenant: str | None = None  # of a single-tenant app; none: multi-tenant
    secret: SecretStr | None = None
    certificate: Path | None = None  # a PEM file: private key and certificate

    login: str = "https://login.microsoftonline.com"
    keys: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    services: tuple[str, ...] = ("https://smba.trafficmanager.net/",)  # where answers may go

    @root_validator(skip_on_failure=True)
    def has_one_credential(cls, values: dict[str, Any]) -> dict[str, Any]:
        secret, certificate = values["secret"], values["certificate"]
        if (secret is None) == (certificate is None):
            raise ValueError(f"either {PREFIX}SECRET or {PREFIX}CERTIFICATE has to be set")
        if certificate is not None and not _holds_key_and_certificate(certificate):
            raise ValueError(
                f"{PREFIX}CERTIFICATE={str(certificate)!r} has to be a PEM file with an RSA "
                "private key and its certificate"
            )
        return values

    def credential(self) -> str | dict[str, str]:
        """As MSAL takes it; a certificate's file is read anew each time, as it may be renewed."""
        if self.certificate is not None:
            pem = self.certificate.read_text(encoding="ascii")
            return {"private_key": pem, "public_certificate": pem}
        return self.secret.get_secret_value() if self.secret else ""

    @property
    def authority(self) -> str:
        return f"{self.login}/{self.tenant or 'botframework.com'}"


def _holds_key_and_certificate(file: Path) -> bool:
    try:
        content = file.read_bytes()
        load_pem_x509_certificate(content)
        return isinstance(load_pem_private_key(content, None), RSAPrivateKey)
    except (OSError, ValueError, TypeError):
        return False
