"""Makes the app package that a Teams administrator uploads:

python -m deploy.teams.package --app-id <TEAMS_APP_ID> --address https://bot.example
"""

import argparse
import io
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from bot.call.clock import now
from bot.language import DEFAULT, LANGUAGES, Language
from bot.version import BOT
from bot.web.page import STATEMENTS, texts
from deploy.wording import TOPICS, address, wording

VERSION = "1.25"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"
LOCALIZATION = SCHEMA.replace("MicrosoftTeams", "MicrosoftTeams.Localization")
BLUE, WHITE, CLEAR = (0, 71, 143, 255), (255, 255, 255, 255), (0, 0, 0, 0)
NAME = "Hakuneuvoja"
FOLDER = Path(__file__).parent


def manifest(app_id: str, home: str, developer: str) -> dict[str, Any]:
    """The app in Finnish; `localization` has what differs in the other languages."""
    words = texts(DEFAULT)["page"]
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": BOT,
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{home}/{app_id}")),
        "developer": {
            "name": developer,
            "websiteUrl": home,
            "privacyUrl": home,
            "termsOfUseUrl": home + STATEMENTS[DEFAULT],
        },
        "name": {"short": NAME, "full": words["title"]},
        "description": {"short": words["heading"], "full": words["lead"]},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#00478F",
        "localizationInfo": {
            "defaultLanguageTag": DEFAULT,
            "defaultLanguageFile": f"{DEFAULT}.json",
            "additionalLanguages": [
                {"languageTag": each, "file": f"{each}.json"}
                for each in LANGUAGES
                if each != DEFAULT
            ],
        },
        "bots": [
            {
                "botId": app_id,
                "scopes": ["personal", "team", "groupChat"],
                "isNotificationOnly": False,
                "supportsFiles": False,
                "commandLists": [
                    {
                        "scopes": ["personal", "team", "groupChat"],
                        "commands": [
                            {"title": title, "description": title} for title in _topics(DEFAULT)
                        ],
                    }
                ],
            }
        ],
        "validDomains": [home.removeprefix("https://")],
    }


def localization(language: Language) -> dict[str, str]:
    words = texts(language)["page"]
    commands = "bots[0].commandLists[0].commands"
    return {
        "$schema": LOCALIZATION,
        "name.short": NAME,
        "name.full": words["title"],
        "description.short": words["heading"],
        "description.full": words["lead"],
        **{
            f"{commands}[{place}].{part}": title
            for place, title in enumerate(_topics(language))
            for part in ("title", "description")
        },
    }


def _topics(language: Language) -> list[str]:
    """As they are while the call is open: a package outlives the day on which it is made."""
    words = wording()
    moment = words.moment(min(now(), words.call.closes.moment))
    return [words.text(f"utter_title__{topic}", language, moment)[:32] for topic in TOPICS]


def icon(size: int, ground: tuple[int, ...], ink: tuple[int, ...]) -> bytes:
    """A speech bubble; drawn four times as large, for smooth edges."""
    large = size * 4
    image = Image.new("RGBA", (large, large), ground)
    draw = ImageDraw.Draw(image)
    margin = large // 6
    bottom = large * 2 // 3
    draw.rounded_rectangle((margin, margin, large - margin, bottom), large // 8, fill=ink)
    tail = [(large // 3, bottom - 1), (large // 2, bottom - 1), (large // 3, large - margin)]
    draw.polygon(tail, fill=ink)
    content = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(content, "PNG", optimize=True)
    return content.getvalue()


def package(app_id: str, home: str, developer: str) -> bytes:
    """The zip file, the same for the same input."""
    files = {
        "manifest.json": _json(manifest(app_id, home, developer)),
        **{f"{each}.json": _json(localization(each)) for each in LANGUAGES},
        "color.png": icon(192, BLUE, WHITE),
        "outline.png": icon(32, CLEAR, WHITE),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(zipfile.ZipInfo(name), file)
    return content.getvalue()


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.teams.package", description=__doc__)
    parser.add_argument("--app-id", required=True, type=uuid.UUID, help="as in TEAMS_APP_ID")
    parser.add_argument("--address", required=True, type=address, help="where the bot answers")
    ministry = wording().call.ministry.name.fi
    parser.add_argument("--developer", default=ministry, help="who publishes the app")
    asked = parser.parse_args()
    file = FOLDER / "hakuneuvoja-teams.zip"
    file.write_bytes(package(str(asked.app_id), asked.address, asked.developer[:32]))
    print(f"{file}: upload it in the Teams admin centre (docs/teams.md)")


if __name__ == "__main__":
    main()
