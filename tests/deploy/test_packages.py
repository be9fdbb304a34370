"""App packages, against the schemas that the platforms publish."""

import io
import json
import subprocess
import sys
import zipfile

import pytest
from jsonschema import Draft7Validator
from PIL import Image

from bot.serve import ROOT
from deploy.slack.manifest import manifest as slack_manifest
from deploy.teams.package import VERSION, package

SCHEMAS = (
    ROOT / "tests/node_modules/@microsoft/app-manifest/build/json-schemas/teams" / f"v{VERSION}"
)
APP, HOME = "11111111-aaaa-bbbb-cccc-000000000001", "https://bot.example"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package(APP, HOME, "A ministry"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def mistakes(content: bytes, schema: str) -> list[str]:
    rules = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    found = Draft7Validator(rules).iter_errors(json.loads(content))
    return [f"{list(each.absolute_path)}: {each.message}" for each in found]


def test_the_manifest_keeps_to_the_schema(files: dict[str, bytes]) -> None:
    assert mistakes(files["manifest.json"], "MicrosoftTeams.schema.json") == []
    wrong = files["manifest.json"].replace(b'"personal"', b'"nowhere"')
    assert mistakes(wrong, "MicrosoftTeams.schema.json")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_translations_keep_to_the_schema(files: dict[str, bytes], language: str) -> None:
    assert mistakes(files[f"{language}.json"], "MicrosoftTeams.Localization.schema.json") == []


def test_the_icons_are_as_teams_wants_them(files: dict[str, bytes]) -> None:
    for name, size in (("color.png", 192), ("outline.png", 32)):
        image = Image.open(io.BytesIO(files[name]))
        assert (image.size, image.mode) == ((size, size), "RGBA")
    pixels = set(Image.open(io.BytesIO(files["outline.png"])).getdata())
    assert all(each[3] == 0 or each[:3] == (255, 255, 255) for each in pixels)


def test_the_same_input_gives_the_same_package() -> None:
    assert package(APP, HOME, "A ministry") == package(APP, HOME, "A ministry")


def test_the_slack_manifest_keeps_to_the_limits() -> None:
    content = slack_manifest(HOME)
    shown = content["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    (command,) = content["features"]["slash_commands"]
    assert len(command["description"]) <= 2000
    addresses = [
        command["url"],
        content["settings"]["event_subscriptions"]["request_url"],
        content["settings"]["interactivity"]["request_url"],
    ]
    assert all(each.startswith(f"{HOME}/webhooks/slack/") for each in addresses)


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (["deploy.teams.package", "--app-id", "x", "--address", HOME], "--app-id"),
        (["deploy.teams.package", "--app-id", APP, "--address", "http://bot"], "no address like"),
        (["deploy.slack.manifest", "--address", "https://bot.example/x"], "no address like"),
    ],
)
def test_wrong_input_is_named(command: list[str], complaint: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert complaint in ended.stderr
