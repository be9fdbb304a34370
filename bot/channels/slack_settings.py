"""What a Slack app needs: its token and signing secret, and the platform's addresses."""

from pydantic import Extra, SecretStr

from bot.channels.platform_settings import PlatformSettings


class SlackSettings(PlatformSettings):
    """SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET; see docs/slack.md."""

    class Config:
        env_prefix = "SLACK_"
        extra = Extra.forbid

    bot_token: SecretStr
    signing_secret: SecretStr

    api: str = "https://slack.com/api/"
    hooks: str = "https://hooks.slack.com/"  # where answers to commands may be posted
