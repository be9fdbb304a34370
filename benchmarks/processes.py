"""Processes that are measured: the memory of a tree of them, and the time one takes."""

import os
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot.serve import QUIET

SAMPLED = 0.2  # seconds between two looks at the memory
TOLD = 30.0  # seconds between two lines that say that something still runs


@dataclass(frozen=True)
class Cost:
    """What a process took: seconds by the clock, and the most bytes that its tree held."""

    seconds: float
    peak_bytes: int


class ProcessFailed(Exception):
    """A measured process ended with an error; the text names its log."""


def resident(pids: Iterable[int]) -> int:
    """Bytes of memory that these processes and all their children hold (RSS, summed)."""
    total = 0
    for pid in pids:
        try:
            process = psutil.Process(pid)
            family = [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            continue
        for each in family:
            try:
                total += each.memory_info().rss
            except psutil.NoSuchProcess:
                continue
    return total


def measured(
    command: list[str],
    cwd: Path,
    log: Path,
    what: str,
    environment: Mapping[str, str] | None = None,
) -> Cost:
    """Run to the end; raises ProcessFailed."""
    with log.open("wb") as output:
        begun = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **QUIET, **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        peak = _watched(process, what, log)
        seconds = time.monotonic() - begun
    if process.returncode != 0:
        raise ProcessFailed(f"{what} failed (code {process.returncode}); see {log}")
    return Cost(seconds, peak)


def _watched(process: subprocess.Popen[bytes], what: str, log: Path) -> int:
    peak = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        begun = told = time.monotonic()
        while not ended.wait(SAMPLED):
            peak = max(peak, resident([process.pid]))
            if time.monotonic() - told > TOLD:
                told = time.monotonic()
                since = told - begun
                print(f"  {what}: {since:.0f} s, {peak / 1e6:.0f} MB; {last(log)}", flush=True)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        ended.set()
        watcher.join()
    return peak


def last(log: Path) -> str:
    """The end of a log, on one line: a progress bar writes over itself."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 300))
        text = file.read().decode("utf-8", errors="replace")
    lines = [line.strip() for line in text.replace("\r", "\n").splitlines() if line.strip()]
    return lines[-1][-150:] if lines else ""
