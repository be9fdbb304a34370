"""results.md and its pictures from results.json: `python -m benchmarks.report` renders again."""

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks import plots, tables
from benchmarks.contenders import MOMENT, TITLES
from benchmarks.paths import FOLDER
from benchmarks.questions import ACTION, PLAIN
from benchmarks.rasa_bots import LIGHT
from benchmarks.targets import OURS, get, targets
from bot.language import LANGUAGES
from bot.serve import ROOT

Figures = dict[str, Any]

HOW = f"""\
All contenders ran on this machine in one run, one at a time, with the same held-out questions, at
the moment {MOMENT}. Latency: the median of the
rounds' figures, from one client process, with its own time in it, which the floor shows. Every
message of a series begins a conversation of its own; the turns are those of one conversation in
which the two questions alternate. Plain answer: “{PLAIN.text}”; action's answer:
“{ACTION.text}”.

The Rasa contenders are whole bots: this project's domain, rules, words and actions (over HTTP, by
the ordinary action server), with conversations in memory as `rasa init` leaves it; Hakuneuvoja
writes each to its database before it answers. Names, dates and bodies in their examples were
marked up by Hakuneuvoja's own finders: a gift to them. Rasa light looks up every municipality's
Finnish and Swedish name, and every form that the examples hold. They know no language: an answer
counts as right in whichever language it comes. Memory is the resident memory of all processes.
A trained contender is kept: what training cost is from the first run with the same inputs.
"""


def write(results: Figures, folder: Path) -> None:
    """Write results.md and the pictures beside it."""
    contenders = {
        name: results["contenders"][name] for name in TITLES if name in results["contenders"]
    }
    lines = [*_head(results), HOW, *_targets(results)]
    lines += ["## Questions answered", "", *tables.answered(contenders), ""]
    if pairs := tables.several(contenders):
        lines += [
            "Messages with several questions, with one that looks like several, and letters:",
            "",
            *pairs,
            "",
        ]
    lines += ["## Understanding", "", *tables.understood(contenders), ""]
    if found := tables.found(contenders):
        lines += ["Search in the announcement, of the questions that a sentence of it answers:", ""]
        lines += [*found, ""]
    lines += _municipality_forms(results)
    lines += ["## Speed", "", "A plain answer:", "", *tables.latencies(contenders, "plain"), ""]
    lines += ["An action's answer:", "", *tables.latencies(contenders, "action"), ""]
    lines += _answered_otherwise(contenders)
    lines += ["![Accuracy against latency](latency_accuracy.png)", ""]
    lines += ["## Costs", "", *tables.costs(contenders), ""]
    lines += [*_calibration(contenders), *_confusion(contenders, folder)]
    (folder / "results.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    plots.latency_accuracy(
        folder / "latency_accuracy.png", _points(contenders), _plain(contenders, "floor")
    )
    plots.calibration(folder / "calibration.png", contenders, _thresholds())


def _head(results: Figures) -> list[str]:
    machine, data = results["machine"], results["data"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    changed = " with changes" if machine["changed"] else ""
    lines = [
        "# Hakuneuvoja measured against what a user would pick instead",
        "",
        f"{results['date']}, commit {machine['commit']}{changed}. "
        f"{machine['cores']} cores ({machine['processor']}), "
        f"{machine['memory_bytes'] / 2**30:.0f} GiB, "
        f"{machine['system']}, Python {machine['python']}; {versions}. "
        f"{data['held_out']:,} held-out questions.",
        "",
        f"Hakuneuvoja as it ships learned {data['examples']:,} examples. "
        "Search looks through all of them. "
        f"All the others who learn, and “{TITLES['hakuneuvoja_same']}”, learned "
        f"the same {data['examples_of_all']:,} of them"
        + (
            "."
            if data["examples"] == data["examples_of_all"]
            else ": Rasa's default would need some five hours for all (`make bench BENCH=--full`)."
        ),
        "",
    ]
    if results["partial"]:
        lines += ["**Some of the figures are those of an earlier run, not of this one.**", ""]
    if results["quick"]:
        lines += [
            "**A quick run: the contenders learned from "
            f"{data['examples_of_all']:,} examples in two epochs. "
            "Its figures say nothing of the contenders.**",
            "",
        ]
    return lines


def _targets(results: Figures) -> list[str]:
    words = {True: "**met**", False: "**not met**", None: "–"}
    rows = [[each.what, each.wanted, each.measured, words[each.met]] for each in targets(results)]
    head = ["target (ratios: against Rasa's default)", "wanted", "measured", ""]
    return ["## Targets", "", *tables.table(head, rows), ""]


def _municipality_forms(results: Figures) -> list[str]:
    own = results.get("forms")
    if not own:
        return []
    lines = ["### Municipalities in every form", "", own["table"], ""]
    rows = [
        [name, tables.number(each["sentences"]), str(each["false_finds"])]
        for name, each in own["none"].items()
    ]
    lines += ["Sentences that name no municipality, many of them traps:", ""]
    return [*lines, *tables.table(["set", "sentences", "false finds"], rows), ""]


def _answered_otherwise(contenders: Figures) -> list[str]:
    lines = []
    for name, figures in contenders.items():
        right = get(figures, "speed", "answered_right") or {}
        wrong = [kind for kind in ("plain", "action") if right.get(kind) is False]
        if get(figures, "answers") and wrong:
            lines.append(f"{TITLES[name]} answered wrongly what was clocked: {', '.join(wrong)}.")
    return [*lines, ""] if lines else []


def _calibration(contenders: Figures) -> list[str]:
    own = get(contenders, OURS, "understanding", "calibration")
    if own is None:
        return []
    used = _thresholds()[OURS]
    rows = []
    for each in own["thresholds"]:
        mark = "**" if abs(each["threshold"] - used) < 0.001 else ""
        shares = [tables.percent(each[key]) for key in ("answered", "right", "wrong")]
        rows.append([f"{mark}{each['threshold']:.2f}{mark}", *shares])
    return [
        "## Confidence",
        "",
        "Hakuneuvoja's fallback threshold and what it brings, in shares of all held-out questions; "
        f"config.yml says {used:g}. The expected calibration error is {own['error']:.3f}.",
        "",
        *tables.table(["threshold", "answered", "right", "wrongly"], rows),
        "",
        "![Calibration](calibration.png)",
        "",
    ]


def _confusion(contenders: Figures, folder: Path) -> list[str]:
    lines: list[str] = []
    for language in LANGUAGES:
        pairs = get(contenders, OURS, "understanding", "matrix", language)
        if not pairs:
            continue
        picture = f"confusion_{language}.png"
        plots.confusion(folder / picture, pairs, f"Hakuneuvoja, held-out questions, {language}")
        wrong = [[a, b, str(count)] for a, b, count in pairs if a != b]
        lines += [f"### {language}", ""]
        lines += tables.table(["asked", "understood as", "times"], wrong) if wrong else ["None."]
        lines += ["", f"![Confusion, {language}]({picture})", ""]
    return ["## Confused intents of Hakuneuvoja", "", *lines] if lines else []


def _points(contenders: Figures) -> list[tuple[str, float, float]]:
    """Contenders with milliseconds and share right, each the mean of the languages."""
    points = []
    for name, figures in contenders.items():
        latency = _plain(contenders, name)
        for *path, key in (
            ("answers", "by_language", "right"),
            ("found", "first"),
            ("understanding", "by_language", "accuracy"),
        ):
            own = get(figures, *path)
            if own and latency:
                share = statistics.mean(own[language][key] for language in LANGUAGES)
                points.append((name, latency, share))
                break
    return points


def _plain(contenders: Figures, name: str) -> float | None:
    figure: float | None = get(contenders, name, "speed", "fresh", "plain", "1", "p50_ms")
    return figure


def _thresholds() -> dict[str, float]:
    """The fallback thresholds that are in use."""
    ours = YAML(typ="safe").load((ROOT / "config.yml").read_text(encoding="utf-8"))
    light = _fallback(LIGHT["pipeline"])
    return {OURS: _fallback(ours["pipeline"]), "rasa_default": light, "rasa_light": light}


def _fallback(pipeline: list[Figures]) -> float:
    return next(float(each["threshold"]) for each in pipeline if "threshold" in each)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    write(json.loads((target / "results.json").read_text(encoding="utf-8")), target)
