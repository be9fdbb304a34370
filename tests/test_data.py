"""Rasa's own validation of domain and data."""

import os
import re
import subprocess
import sys

from bot.serve import QUIET, ROOT


def test_rasa_data_validate_is_clean() -> None:
    """Rasa warns of every response that a custom action names; of nothing else may it warn."""
    validation = subprocess.run(
        [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings"],
        cwd=ROOT,
        env=os.environ | QUIET,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    output = validation.stdout + validation.stderr
    assert validation.returncode == 0, output
    assert "No story structure conflicts found" in output
    warnings = set(re.findall(r"UserWarning: (.*)", output))
    assert warnings
    rules = (ROOT / "data" / "rules.yml").read_text(encoding="utf-8")
    for warning in warnings:
        unused = re.fullmatch(r"The utterance '(\w+)' is not used in any story or rule\.", warning)
        assert unused, warning
        assert f"action: {unused[1]}\n" not in rules
