"""Start, memory and latency of each contender, in rounds that go round all of them in turn."""

import statistics
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import asking, load
from benchmarks.contenders import Contender, Server
from benchmarks.processes import resident
from benchmarks.questions import ACTION, PLAIN
from tests.conversations.talk import Talk

KINDS = {"plain": PLAIN, "action": ACTION}
TURNS = (50, 200)
AROUND = 10  # turns before and after the one that is told
WARM_UP = 10
REST = 2.0  # seconds before the memory is read


@dataclass(frozen=True)
class Size:
    """How much is measured: rounds, and messages of a series by how many are on the way at once."""

    rounds: int = 3
    messages: tuple[tuple[int, int], ...] = ((1, 200), (4, 400), (16, 800))


QUICK = Size(rounds=1, messages=((1, 20), (4, 20), (16, 48)))


def once(contender: Contender, size: Size, questions: bool) -> dict[str, Any]:
    """One round: start, first answer, memory, series; with `questions`, all of them asked."""
    begun = time.monotonic()
    with contender.start() as server:
        right = {"plain": _answers(server, "plain", contender)}
        figures: dict[str, Any] = {"first_answer_s": time.monotonic() - begun}
        kinds = list(KINDS) if contender.bot else ["plain"]
        right |= {kind: _answers(server, kind, contender) for kind in kinds[1:]}
        for kind in kinds:
            load.fresh(server.address, KINDS[kind].text, WARM_UP, 1)
        time.sleep(REST)
        figures["memory_bytes"] = resident(server.pids)
        figures["answered_right"] = right
        figures["fresh"] = {kind: _series(server, kind, size) for kind in kinds}
        if contender.bot:
            figures["turns"] = _turns(server)
            if questions:
                knows = contender.name.startswith("hakuneuvoja")
                figures["answers"] = asking.ask_all(server.address, knows)
    return figures


def _answers(server: Server, kind: str, contender: Contender) -> bool:
    """Whether what is clocked is answered right: a wrong answer may be a faster one."""
    reply = Talk(server.address, uuid.uuid4().hex).say(KINDS[kind].text)
    return contender.bot and asking.judge(KINDS[kind], reply) == asking.RIGHT


def _series(server: Server, kind: str, size: Size) -> dict[str, dict[str, float]]:
    """Figures by how many messages are on the way at once."""
    text = KINDS[kind].text
    return {
        str(at_once): load.fresh(server.address, text, messages, at_once).figures
        for at_once, messages in size.messages
    }


def _turns(server: Server) -> dict[str, dict[str, float]]:
    """Median milliseconds around a turn of one conversation, in which the two kinds alternate."""
    texts = tuple(question.text for question in KINDS.values())
    latencies = load.conversation(server.address, texts, max(TURNS) + AROUND)
    figures: dict[str, dict[str, float]] = {kind: {} for kind in KINDS}
    for turn in TURNS:
        for place, kind in enumerate(KINDS):
            window = range(turn - AROUND, turn + AROUND)
            own = [latencies[each] for each in window if each % len(texts) == place]
            figures[kind][str(turn)] = statistics.median(own) * 1000
    return figures


def medians(rounds: Sequence[Any]) -> Any:
    """The same tree of figures, each the median of all rounds."""
    first = rounds[0]
    if isinstance(first, dict):
        return {key: medians([each[key] for each in rounds if key in each]) for key in first}
    if isinstance(first, bool):
        return all(rounds)
    return statistics.median(rounds) if isinstance(first, int | float) else first
