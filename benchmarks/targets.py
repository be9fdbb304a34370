"""The targets, and whether the figures of a run meet them: computed, never written by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.language import LANGUAGES

OURS, DEFAULT = "hakuneuvoja", "rasa_default"

Figures = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """What was wanted and what came out, in words; `met` is None where a figure is missing."""

    what: str
    wanted: str
    measured: str
    met: bool | None


def get(figures: Any, *path: str) -> Any:
    """The figure at a path, or None where the run did not measure it."""
    for step in path:
        if not isinstance(figures, dict) or step not in figures:
            return None
        figures = figures[step]
    return figures


def targets(results: Figures) -> list[Target]:
    """All targets, in the order in which they were set."""
    return [*_answers(results), *_municipalities(results), *_ratios(results)]


def _answers(results: Figures) -> Iterator[Target]:
    answers = get(results, "contenders", OURS, "answers")
    for language in LANGUAGES:
        share = get(answers, "by_language", language, "right")
        yield _at_least(f"held-out questions answered right, {language}", share, 0.99)
    count = get(answers, "verdicts", "false")
    yield _counted("false verdicts on eligibility", count, "none", lambda each: each == 0)


def _municipalities(results: Figures) -> Iterator[Target]:
    yield _at_least("municipality found in every form", get(results, "forms", "found"), 0.995)
    for name in ("development", "former", "held_out"):
        own = get(results, "forms", "none", name)
        rate = 1000 * own["false_finds"] / own["sentences"] if own else None
        what = f"false finds in 1,000 sentences that name none ({name.replace('_', '-')} set)"
        yield _counted(what, rate, "fewer than 1", lambda each: each < 1)


def _ratios(results: Figures) -> Iterator[Target]:
    for what, path, most in (
        ("plain answer p50", ("speed", "fresh", "plain", "1", "p50_ms"), 1 / 8),
        ("action's answer p50", ("speed", "fresh", "action", "1", "p50_ms"), 1 / 15),
    ):
        yield _ratio(results, what, path, most=most)
    busiest = ("speed", "fresh", "plain", "16", "per_second")
    yield _ratio(results, "messages a second, 16 at once", busiest, least=10)
    for kind in ("plain", "action"):
        yield _late_turn(results, kind)
    yield _ratio(results, "training time", ("training", "seconds"), most=1 / 6)
    yield _ratio(results, "start to first answer", ("speed", "first_answer_s"), most=1 / 4)
    yield _ratio(results, "memory at rest", ("speed", "memory_bytes"), most=0.45)


def _late_turn(results: Figures, kind: str) -> Target:
    speed = get(results, "contenders", OURS, "speed")
    first = get(speed, "fresh", kind, "1", "p50_ms")
    late = get(speed, "turns", kind, "200")
    what, wanted = f"turn 200 against turn 1 ({kind})", "at most 2 times"
    if not first or late is None:
        return Target(what, wanted, "not measured", None)
    return Target(what, wanted, f"{late / first:.2f} times", late / first <= 2)


def _ratio(
    results: Figures,
    what: str,
    path: tuple[str, ...],
    most: float | None = None,
    least: float | None = None,
) -> Target:
    """Ours by the default's figure, at most or at least so much."""
    wanted = f"at least {least:g} times" if least else f"at most {_fraction(most or 0)}"
    ours = get(results, "contenders", OURS, *path)
    other = get(results, "contenders", DEFAULT, *path)
    if ours is None or not other:
        return Target(what, wanted, "not measured", None)
    ratio = ours / other
    measured = f"{ratio:.1f} times" if least else _fraction(ratio)
    return Target(what, wanted, measured, ratio >= least if least else ratio <= (most or 0))


def _at_least(what: str, share: float | None, least: float) -> Target:
    if share is None:
        return Target(what, f"{least:.1%}", "not measured", None)
    return Target(what, f"{least:.1%}", f"{share:.2%}", share >= least)


def _counted(what: str, count: float | None, wanted: str, fits: Any) -> Target:
    if count is None:
        return Target(what, wanted, "not measured", None)
    return Target(what, wanted, f"{count:.3g}", bool(fits(count)))


def _fraction(ratio: float) -> str:
    return f"1/{1 / ratio:.3g}" if 0 < ratio <= 0.3 else f"{ratio:.3g}"
