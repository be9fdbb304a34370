"""Makes the manifest from which Slack creates the app:

python -m deploy.slack.manifest --address https://bot.example
"""

import argparse
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.language import DEFAULT
from bot.web.page import texts
from deploy.wording import address

FILE = Path(__file__).with_name("manifest.yml")
SCOPES = ["app_mentions:read", "chat:write", "commands", "im:history", "im:write", "users:read"]
EVENTS = ["app_home_opened", "app_mention", "message.im"]


def manifest(home: str) -> dict[str, Any]:
    words = texts(DEFAULT)["page"]
    here = f"{home}/webhooks/slack"
    return {
        "display_information": {
            "name": "Hakuneuvoja",
            "description": words["title"],
            "background_color": "#00478f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Hakuneuvoja", "always_online": True},
            "slash_commands": [
                {
                    "command": "/haku",
                    "url": f"{here}/commands",
                    "description": words["heading"],
                    "usage_hint": words["question"],
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": SCOPES}},
        "settings": {
            "event_subscriptions": {"request_url": f"{here}/events", "bot_events": EVENTS},
            "interactivity": {"is_enabled": True, "request_url": f"{here}/interactions"},
            "org_deploy_enabled": False,
            "socket_mode_enabled": False,
            "token_rotation_enabled": False,
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.slack.manifest", description=__doc__)
    parser.add_argument("--address", required=True, type=address, help="where the bot answers")
    with FILE.open("w", encoding="utf-8") as file:
        YAML().dump(manifest(parser.parse_args().address), file)
    print(f"{FILE}: paste it at https://api.slack.com/apps (docs/slack.md)")


if __name__ == "__main__":
    main()
