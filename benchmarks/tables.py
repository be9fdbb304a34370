"""The tables of the report, in Markdown."""

from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.contenders import TITLES
from benchmarks.targets import get
from bot.language import LANGUAGES

Figures = dict[str, Any]
NONE = "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table; cells that hold a pipe do not break it."""
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines]


def percent(share: float | None) -> str:
    return NONE if share is None else f"{share:.1%}"


def milliseconds(figure: float | None) -> str:
    return NONE if figure is None else f"{figure:.2g}" if figure < 10 else f"{figure:.0f}"


def seconds(figure: float | None) -> str:
    return NONE if figure is None else f"{figure:.1f} s" if figure < 100 else f"{figure:,.0f} s"


def megabytes(size: float | None) -> str:
    return (
        NONE if size is None else f"{size / 1e6:.1f} MB" if size < 1e7 else f"{size / 1e6:.0f} MB"
    )


def number(figure: float | None) -> str:
    return NONE if figure is None else f"{figure:,.0f}"


def answered(contenders: Figures) -> list[str]:
    """Questions asked over the webhook: answered right, asked back, answered wrongly."""
    rows = []
    for name, figures in contenders.items():
        by_language = get(figures, "answers", "by_language")
        if by_language is None:
            continue
        cells = [TITLES[name]]
        for language in LANGUAGES:
            own = by_language[language]
            cells.append(
                f"**{percent(own['right'])}** / {percent(own['asked_back'])}"
                f" / {percent(own['wrong'])}"
            )
        verdicts = get(figures, "answers", "verdicts")
        given = f"{verdicts['given']} of {verdicts['asked']}" if verdicts["asked"] else NONE
        cells += [str(verdicts["false"]), str(verdicts["misplaced"]), given]
        rows.append(cells)
    head = ["right / asked back / wrong", *LANGUAGES]
    return table(
        [*head, "false verdicts", "on another municipality", "verdicts wanted and given"], rows
    )


def several(contenders: Figures) -> list[str]:
    """Messages with several questions in them."""
    rows = []
    for name, figures in contenders.items():
        for kind, own in (get(figures, "answers", "several") or {}).items():
            count = str(own["messages"])
            rows.append([TITLES[name], kind, count, percent(own["whole"]), percent(own["ordered"])])
    head = ["", "", "messages", "every question answered", "and in order"]
    return table(head, rows) if rows else []


def understood(contenders: Figures) -> list[str]:
    """Intents by language, and municipalities."""
    rows = []
    for name, figures in contenders.items():
        own = get(figures, "understanding", "by_language")
        if own is None:
            continue
        cells = [TITLES[name]]
        cells += [
            f"{percent(own[each]['accuracy'])} / {own[each]['macro_f1']:.3f}" for each in LANGUAGES
        ]
        names = get(figures, "understanding", "municipality")
        if names and names["questions"]:
            cells.append(f"{names['f1']:.3f} ({names['precision']:.3f} / {names['recall']:.3f})")
        else:
            cells.append(NONE)
        rows.append(cells)
    head = [f"{language}: accuracy / macro F1" for language in LANGUAGES]
    return table(["", *head, "municipality F1 (precision / recall)"], rows)


def found(contenders: Figures) -> list[str]:
    """Search in the announcement."""
    own = get(contenders, "search_announcement", "found")
    if own is None:
        return []
    shown = next(iter(own.values()))["shown"]
    rows = [
        [language, number(own[language]["questions"]), percent(own[language]["first"]),
         percent(own[language]["among"])]
        for language in LANGUAGES
    ]  # fmt: skip
    return table(["", "questions", "sentence is the first", f"among the first {shown}"], rows)


def latencies(contenders: Figures, kind: str) -> list[str]:
    """p50 / p95 / p99 in milliseconds of one kind of answer."""
    rows = []
    for name, figures in contenders.items():
        fresh = get(figures, "speed", "fresh", kind)
        if fresh is None:
            continue
        cells = [TITLES[name]]
        for at_once in ("1", "4", "16"):
            own = fresh[at_once]
            cells.append(" / ".join(milliseconds(own[f"p{each}_ms"]) for each in (50, 95, 99)))
        cells.append(number(fresh["16"]["per_second"]))
        turns = get(figures, "speed", "turns", kind)
        cells += [milliseconds(get(turns, each)) for each in ("50", "200")]
        rows.append(cells)
    head = ["p50 / p95 / p99, ms", "1 at once", "4 at once", "16 at once"]
    return table([*head, "messages/s, 16 at once", "turn 50", "turn 200"], rows)


def costs(contenders: Figures) -> list[str]:
    """Training, model, start and memory."""
    columns: list[tuple[str, Callable[[Any], str], tuple[str, ...]]] = [
        ("training", seconds, ("training", "seconds")),
        ("peak memory of training", megabytes, ("training", "peak_bytes")),
        ("model", megabytes, ("model_bytes",)),
        ("start to first answer", seconds, ("speed", "first_answer_s")),
        ("memory at rest", megabytes, ("speed", "memory_bytes")),
    ]
    rows = [
        [TITLES[name], *(words(get(figures, *path)) for _, words, path in columns)]
        for name, figures in contenders.items()
    ]
    return table(["", *(title for title, _, _ in columns)], rows)
