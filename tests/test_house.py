"""The house rule: arrows only point down, from actions, NLU, channels to language to the call."""

import re

import pytest

from bot.serve import ROOT
from bot.version import BOT


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [("bot/call", r"bot\.call"), ("bot/language", r"bot\.(call|language)")],
)
def test_a_room_imports_only_what_lies_below_it(folder: str, allowed: str) -> None:
    files = list((ROOT / folder).glob("*.py"))
    assert len(files) > 4
    for file in files:
        code = file.read_text(encoding="utf-8")
        for module in re.findall(
            r"^\s*(?:from|import) ((?:bot|actions|rasa\w*|sanic)\b\S*)", code, re.M
        ):
            assert re.fullmatch(rf"{allowed}(\..*)?", module), f"{file}: {module}"


def test_every_module_says_in_its_first_line_what_it_is() -> None:
    for file in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("actions/*.py")]:
        assert file.read_text(encoding="utf-8").startswith('"""'), file


def test_the_bots_version_is_the_projects() -> None:
    assert f'\nversion = "{BOT}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
