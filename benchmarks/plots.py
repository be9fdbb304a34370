"""The pictures: accuracy against latency, confusion by language, calibration."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.colors import LogNorm

from benchmarks.contenders import TITLES
from benchmarks.scores import FALLBACK
from benchmarks.targets import DEFAULT, OURS, get

COLOURS = {OURS: "#0b6e4f", f"{OURS}_same": "#6fbf9a", DEFAULT: "#b3541e", "rasa_light": "#c9a227"}
OTHER = "#4a5a8a"
MARKERS = {OURS: "o", f"{OURS}_same": "o", DEFAULT: "s", "rasa_light": "D"}


def latency_accuracy(
    file: Path, points: Sequence[tuple[str, float, float]], floor: float | None
) -> None:
    """Each contender's share answered right (0–1) against milliseconds for a plain answer."""
    figure, axes = plt.subplots(figsize=(8.5, 5))
    for number, (name, milliseconds, share) in enumerate(sorted(points, key=lambda each: each[1])):
        # Neighbours differ in the side of their label, so that none covers another.
        side = -1 if number % 2 else 1
        colour = COLOURS.get(name, OTHER)
        axes.scatter(
            milliseconds, share * 100, s=90, color=colour, marker=MARKERS.get(name, "^"), zorder=3
        )
        axes.annotate(
            f"{TITLES[name]}\n{share:.1%}, {milliseconds:.3g} ms",
            (milliseconds, share * 100),
            xytext=(0, 12 * side),
            textcoords="offset points",
            ha="center",
            va="bottom" if side > 0 else "top",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
            fontsize=9,
            color=colour,
        )
    if floor is not None:
        axes.axvline(floor, color="grey", linestyle=":", zorder=1)
        axes.text(floor, 50, f" Sanic alone: {floor:.2g} ms", rotation=90, fontsize=8, color="grey")
    axes.set_xscale("log")
    every = [milliseconds for _, milliseconds, _ in points] + ([floor] if floor else [])
    if every:
        axes.set_xlim(min(every) / 2.5, max(every) * 2.5)
    axes.set_ylim(-14, 118)
    axes.set_yticks(range(0, 101, 20))
    axes.xaxis.set_major_formatter(matplotlib.ticker.FormatStrFormatter("%g"))
    axes.set_xlabel("plain answer, p50, one message at a time (ms, logarithmic)")
    axes.set_ylabel("held-out questions answered right (%)")
    axes.set_title("Better is up and to the left")
    axes.grid(alpha=0.3)
    _save(figure, file)


def confusion(file: Path, pairs: Sequence[tuple[str, str, int]], title: str) -> None:
    """A heat map of the intents wanted (rows) and taken (columns), with the counts in it."""
    names = sorted({wanted for wanted, _, _ in pairs})
    columns = [
        *names,
        *sorted({found for _, found, _ in pairs} - set(names) - {FALLBACK}),
        FALLBACK,
    ]
    counts = np.zeros((len(names), len(columns)), dtype=int)
    for wanted, found, count in pairs:
        counts[names.index(wanted), columns.index(found)] += count
    figure, axes = plt.subplots(figsize=(13, 12))
    shown = np.where(counts > 0, counts, np.nan)
    most = max(int(counts.max(initial=1)), 2)
    axes.imshow(shown, cmap="YlGnBu", norm=LogNorm(vmin=0.5, vmax=most), aspect="auto")
    for row, column in zip(*counts.nonzero(), strict=True):
        wrong = columns[column] != names[row]
        axes.text(
            column,
            row,
            counts[row, column],
            ha="center",
            va="center",
            fontsize=8,
            color="#b00020" if wrong else ("white" if counts[row, column] > most / 3 else "black"),
            fontweight="bold" if wrong else "normal",
        )
    axes.set_xticks(range(len(columns)), columns, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_xticks(np.arange(-0.5, len(columns)), minor=True)
    axes.set_yticks(np.arange(-0.5, len(names)), minor=True)
    axes.grid(which="minor", color="#e8e8e8", linewidth=0.5)
    axes.tick_params(which="minor", length=0)
    axes.set_xlabel("understood as (red: confused)")
    axes.set_ylabel("asked")
    axes.set_title(title)
    _save(figure, file)


def calibration(file: Path, contenders: dict[str, Any], thresholds: dict[str, float]) -> None:
    """Left: whether confidence is what it says. Right: what each fallback threshold would bring."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 5))
    left.plot([0, 1], [0, 1], color="grey", linestyle=":", label="as it should be")
    for name in contenders:
        own = get(contenders, name, "understanding", "calibration")
        if own is None:
            continue
        colour, title = COLOURS.get(name, OTHER), TITLES[name]
        said = [each["confidence"] for each in own["bins"]]
        was = [each["right"] for each in own["bins"]]
        left.plot(said, was, "-o", color=colour, label=f"{title} (error {own['error']:.3f})")
        answered = [each["answered"] for each in own["thresholds"]]
        wrong = [each["wrong"] for each in own["thresholds"]]
        right.plot(answered, wrong, "-", color=colour, label=title)
        used = thresholds.get(name)
        if used is not None:
            row = min(own["thresholds"], key=lambda each: abs(each["threshold"] - used))
            right.scatter(row["answered"], row["wrong"], s=80, color=colour, zorder=3)
            right.annotate(
                f"threshold {used:g}",
                (row["answered"], row["wrong"]),
                xytext=(-8, 6),
                textcoords="offset points",
                ha="right",
                fontsize=9,
                color=colour,
            )
    left.set_xlabel("confidence")
    left.set_ylabel("share understood right")
    left.set_title("Calibration on the held-out questions")
    right.set_xlabel("share answered instead of asking back")
    right.set_ylabel("share answered wrongly (of all)")
    right.set_title("Risk against coverage, by fallback threshold")
    for axes in (left, right):
        axes.grid(alpha=0.3)
        if axes.get_legend_handles_labels()[0]:
            axes.legend(fontsize=9)
    _save(figure, file)


def _save(figure: Any, file: Path) -> None:
    figure.tight_layout()
    figure.savefig(file, dpi=110, metadata={"Software": None})
    plt.close(figure)
