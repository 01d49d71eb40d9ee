"""The benchmark's own arithmetic and its honesty about programs that fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from measure import Contender, Cost, divide, median, run_in_turns


def test_medians_are_taken_figure_by_figure() -> None:
    costs = [Cost(1, 9, 5), Cost(2, 7, 6), Cost(9, 8, 4)]
    assert median(costs) == Cost(2, 8, 5)


def test_ratios_are_taken_pair_by_pair() -> None:
    ours = [Cost(1, 1, 1), Cost(4, 4, 4), Cost(9, 9, 9)]
    theirs = [Cost(2, 1, 1), Cost(4, 1, 2), Cost(10, 1, 3)]
    assert divide(ours, theirs) == Cost(0.9, 4, 2)


def test_programs_run_in_turns(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = "import sys; open(sys.argv[1], 'a').write(sys.argv[2])"
    contenders = [Contender(name, [sys.executable, "-c", code, str(log), name]) for name in "ab"]
    costs = run_in_turns(contenders, 2)
    assert log.read_text() == "ababab"
    assert [len(measured) for measured in costs.values()] == [2, 2]
    assert all(cost.cpu > 0 and cost.peak > 1 for cost in costs["a"])


@pytest.mark.parametrize("code", ["raise SystemExit('no')", "pass"])
def test_a_program_that_fails_or_writes_nothing_is_an_error(tmp_path: Path, code: str) -> None:
    contender = Contender("it", [sys.executable, "-c", code], tmp_path / "never")
    with pytest.raises(RuntimeError, match="it failed"):
        run_in_turns([contender], 1)
