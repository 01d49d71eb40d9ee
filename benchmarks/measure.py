"""Costs of whole processes, start-up included, taken in turns so that a busy machine is fair."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Linux counts the largest resident set in kilobytes, macOS in bytes.
_PER_MEGABYTE = 1024 * 1024 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: user and system seconds, elapsed seconds, peak memory in MB."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, slots=True)
class Contender:
    """A program to be measured, and the file that it must write anew each time (if any)."""

    name: str
    command: Sequence[str]
    output: Path | None = None


def run_in_turns(
    contenders: Sequence[Contender],
    runs: int,
    prepare: Callable[[int], object] = lambda number: None,
) -> Mapping[str, list[Cost]]:
    """Costs by name: `runs` of each, one after the other, after a first round that is not counted.

    `prepare` is called before each round.
    Raises `RuntimeError` when a program fails or leaves its output out.
    """
    costs: dict[str, list[Cost]] = {contender.name: [] for contender in contenders}
    for number in range(runs + 1):
        prepare(number)
        for contender in contenders:
            cost = _run(contender)
            if number:
                costs[contender.name].append(cost)
    return costs


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure by itself."""
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.peak for cost in costs),
    )


def divide(ours: Sequence[Cost], theirs: Sequence[Cost]) -> Cost:
    """The medians of the ratios, pair by pair."""
    pairs = zip(ours, theirs, strict=True)
    return median(
        [Cost(a.cpu / b.cpu, a.wall / b.wall, a.peak / b.peak) for a, b in pairs],
    )


def _surroundings() -> Mapping[str, str]:
    """As a user has them: Python may keep its byte code, which an installed package has anyway."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE", "PYTHONDEVMODE"}
    return {key: value for key, value in os.environ.items() if key not in unwanted}


def _run(contender: Contender) -> Cost:
    if contender.output is not None:
        contender.output.unlink(missing_ok=True)
    begun = time.perf_counter()
    child = subprocess.Popen(
        contender.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_surroundings(),
    )
    assert child.stderr is not None
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    missing = contender.output is not None and not contender.output.is_file()
    if child.returncode or missing:
        raise RuntimeError(f"{contender.name} failed: {said.decode(errors='replace')[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / _PER_MEGABYTE)
