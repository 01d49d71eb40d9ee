"""Costs of building again after a one-word edit, in programs that stay up."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import Cost

HERE = Path(__file__).resolve().parent
# A new one for each edit: Typst keeps what it made of the latest texts, and would find it again.
_WORDS = (
    *("Evidently", "Plainly", "Clearly", "Certainly", "Surely", "Naturally", "Truly", "Indeed"),
    *("Perhaps", "Doubtless", "Possibly", "Seemingly", "Apparently", "Undoubtedly", "Likely"),
)


@dataclass(frozen=True, slots=True)
class Stayer:
    """A program that stays up: its name, its Python, the text it builds, and a folder it needs."""

    name: str
    python: Sequence[str]
    text: Path
    folder: Path


def edit(whole: str, number: int, target: Path) -> None:
    """Write the text with another word in its middle."""
    middle = whole.find("\n\n", len(whole) // 2) + 2
    word = _WORDS[number % len(_WORDS)]
    target.write_text(f"{whole[:middle]}{word} {whole[middle:]}", encoding="utf-8")


def rebuild(stayers: Sequence[Stayer], runs: int) -> Mapping[str, list[Cost]]:
    """Costs by name of `runs` builds after an edit each, in turns; the first two do not count."""
    texts = [stayer.text.read_text(encoding="utf-8") for stayer in stayers]
    costs: dict[str, list[Cost]] = {stayer.name: [] for stayer in stayers}
    programs = [_start(stayer) for stayer in stayers]
    for number in range(runs + 2):
        for stayer, text, program in zip(stayers, texts, programs, strict=True):
            edit(text, number, stayer.text)
            cost = _ask(program)
            if number > 1:
                costs[stayer.name].append(cost)
    for program in programs:
        program.communicate()
    return costs


def _start(stayer: Stayer) -> subprocess.Popen[str]:
    call = [*stayer.python, str(HERE / "stay.py"), stayer.name, str(stayer.text)]
    pipe = subprocess.PIPE
    return subprocess.Popen([*call, str(stayer.folder)], stdin=pipe, stdout=pipe, text=True)


def _ask(program: subprocess.Popen[str]) -> Cost:
    assert program.stdin is not None and program.stdout is not None
    begun = time.perf_counter()
    program.stdin.write("\n")
    program.stdin.flush()
    cpu = float(program.stdout.readline())
    # What a program that stays up holds is no figure of a build.
    return Cost(cpu, time.perf_counter() - begun, 1.0)
