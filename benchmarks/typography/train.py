"""Learn the costs of the quotation reader from proofread books.

    train.py --truth DIR --kit DIR [--out quotes.json] [--leave-out WORD ...] [--epochs N]

DIR of --truth holds `*.truth.txt`, one paragraph a line with typographic marks; the kit is the
folder of the scoring kit, whose `flatten.prepare` makes straight input in two styles (outer
double, outer single) and tells the kind of every mark. The model is a conditional random field
over nesting states, trained by AdaGrad with an L2 penalty on the paragraphs that the reader does
not settle at sight. Deterministic: no shuffling but a fixed stride.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bookforge.passes.typography.quotes import costs as model
from bookforge.passes.typography.quotes.clues import gather_clues, weigh_clues
from bookforge.passes.typography.quotes.marks import FIXED, KINDS, Mark, find_marks
from bookforge.passes.typography.quotes.path import Frame, _beginnings
from bookforge.passes.typography.quotes.read import ENGLISH, Reader, _local
from bookforge.passes.typography.quotes.states import step
from bookforge.passes.typography.quotes.units import Stretch, join, split_units

READING = {"open": "o", "close": "c", "mid": "a", "lead": "a", "trail": "a"}
BATCH = 400
RATE = 0.3
PENALTY = 1e-4
# Where the weights begin, and what the penalty pulls them back to: what every typesetter knows.
# (Names: see `costs.mark_features`; 5 is kind, left and right side by what they allow.)
PRIOR = {
    **{f"5D{sides}=o": 1.5 for sides in ("ow",)},
    **{f"5D{sides}=c": -1.5 for sides in ("ow",)},
    **{f"5D{sides}=c": 1.5 for sides in ("ps", "ws", "wp", "pp")},
    **{f"5D{sides}=o": -1.5 for sides in ("ps", "ws", "wp", "pp")},
    **{f"5S{sides}=o": -1.5 for sides in ("ps", "ws", "wp")},
    "5Sow=c": -1.5,
    "5Sps=c": 0.5,
    # An opening mark behind which nothing can close is an apostrophe.
    "ND=a": 1.0,
    "ND<=a": 1.0,
    "NS=a": 0.5,
    "ND=o": -1.0,
    "ND<=o": -1.0,
    "LsS=a": 1.5,
    "LsS=o": -0.5,
}


@dataclass
class Example:
    """A paragraph: its marks, what surrounds it, and the true readings."""

    marks: list[Mark]
    frame: Frame
    truth: list[str]
    initial: str


def load_examples(path: Path, style: str, prepare: Any) -> list[Example]:
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
    truth, flat = prepare(lines, style)
    paragraphs = flat.rstrip("\n").split("\n\n")
    text, starts = join(paragraphs)
    stretch = Stretch(text, split_units(text, starts))
    evidence = weigh_clues([gather_clues(stretch)], [text], FIXED)
    units = stretch.units
    reader = Reader(stretch, evidence, ENGLISH, model.Costs({}))
    found = []
    for index, unit in enumerate(units):
        kinds = truth[index][1]
        labels = [
            READING.get(kinds[key].split("-")[-1], "p")
            for key in sorted(kinds)
            if truth[index][0][key] in "“”‘’′″"
        ]
        if len(labels) != len(unit.marks):
            reader.carried = ""
            continue
        example = make_example(reader, index, labels)
        if example:
            found.append(example)
    return found


def make_example(reader: Reader, index: int, labels: list[str]) -> Example | None:
    unit, text = reader.units[index], reader.text
    if not unit.marks:
        reader.patience -= 1
        if reader.patience < 0:
            reader.carried = ""
        return None
    codes = [_local[text[at - 1 : at + 2]] for at in unit.marks]
    rows = [
        (at, label)
        for at, label, code in zip(unit.marks, labels, codes, strict=True)
        if code != "m"
    ]
    marks = find_marks(text, [at for at, _ in rows], reader.lexicon, reader.evidence)
    frame = reader.frame(index, unit)
    truth = [label for _, label in rows]
    initial = choose_initial(marks, truth, frame)
    stack = initial
    for mark, label in zip(marks, truth, strict=True):
        stack = step(stack, mark.kind, label)[0]
    settled = "?" not in codes and (not frame.carried or text[unit.start] in KINDS)
    reader.carried, reader.patience = stack, 40
    return None if settled or not marks else Example(marks, frame, truth, initial)


def choose_initial(marks: list[Mark], truth: list[str], frame: Frame) -> str:
    """The carried quotation if the true readings close more than they open."""
    stack, faults = "", 0
    for mark, label in zip(marks, truth, strict=True):
        stack, fault = step(stack, mark.kind, label)
        faults += fault == "unopened"
    return frame.carried if faults and frame.carried else ""


class Trainer:
    def __init__(self, examples: list[Example], epochs: int) -> None:
        self.examples, self.epochs = examples, epochs
        self.weights = dict(PRIOR)
        self.squares: dict[str, float] = defaultdict(float)

    def run(self) -> dict[str, float]:
        for epoch in range(self.epochs):
            loss = 0.0
            count = (len(self.examples) + BATCH - 1) // BATCH
            for batch in range(count):
                loss += self.learn(self.examples[batch::count])
            print(epoch, round(loss, 1), len(self.weights), file=sys.stderr, flush=True)
        return self.weights

    def learn(self, batch: list[Example]) -> float:
        costs = model.Costs(self.weights)
        slope: dict[tuple[Any, ...], float] = defaultdict(float)
        loss = sum(gradient(example, costs, slope) for example in batch)
        by_feature: dict[str, float] = defaultdict(float)
        for where, value in slope.items():
            if abs(value) > 1e-6:
                for feature in expand(where):
                    by_feature[feature] += value
        for feature, value in by_feature.items():
            old = self.weights.get(feature, 0.0)
            value += PENALTY * (old - PRIOR.get(feature, 0.0)) * len(batch)
            self.squares[feature] += value * value
            self.weights[feature] = old - RATE * value / (1e-3 + math.sqrt(self.squares[feature]))
        return loss


def expand(where: tuple[Any, ...]) -> list[str]:
    if where[0] == "mark":
        _, key, words, reading = where
        return [f"{feature}={reading}" for feature in model.mark_features(key, words)]
    if where[0] == "move":
        return model.move_features(*where[1:])
    if where[0] == "end":
        return model.end_features(*where[1:])
    return model.start_features(*where[1:])


def log_add(a: float, b: float) -> float:
    if a < b:
        a, b = b, a
    return a + math.log1p(math.exp(b - a)) if b > -1e8 else a


def gradient(example: Example, costs: model.Costs, slope: dict[tuple[Any, ...], float]) -> float:
    """Adds expected minus true feature counts; returns the negative log-likelihood."""
    frame, marks = example.frame, example.marks
    outer = frame.outer
    layers = []
    totals = [{state: -cost for state, cost in _beginnings(frame, costs).items()}]
    for index, mark in enumerate(marks):
        tied = index + 1 < len(marks) and marks[index + 1].touches
        own = list(zip(mark.readings, costs.mark(mark), strict=True))
        arcs, after = [], {}
        for before, total in totals[-1].items():
            stack = before[0]
            for reading, cost in own:
                then = (step(stack, mark.kind, reading)[0], reading if tied else "")
                weight = -cost - costs.move(outer, mark, before, reading)
                arcs.append((before, then, reading, weight))
                after[then] = log_add(after.get(then, -1e9), total + weight)
        if len(after) > 24:
            after = {state: after[state] for state in sorted(after, key=lambda s: -after[s])[:24]}
        layers.append(arcs)
        totals.append(after)
    back = {state: -costs.end(outer, state[0], frame.follow) for state in totals[-1]}
    whole = -1e9
    for state, total in totals[-1].items():
        whole = log_add(whole, total + back[state])
    for state in totals[-1]:
        slope["end", outer, state[0], frame.follow] += math.exp(
            min(0.0, totals[-1][state] + back[state] - whole)
        )
    for index in range(len(marks) - 1, -1, -1):
        mark, earlier = marks[index], {}
        key = mark.key
        for before, then, reading, weight in layers[index]:
            rest = back.get(then)
            if rest is None:
                continue
            share = math.exp(min(0.0, totals[index][before] + weight + rest - whole))
            earlier[before] = log_add(earlier.get(before, -1e9), weight + rest)
            if share > 1e-7:
                slope["mark", key, mark.words, reading] += share
                slope["move", outer, key, mark.touches, before, reading] += share
        back = earlier
    if frame.carried:
        for state in totals[0]:
            share = math.exp(min(0.0, totals[0][state] + back.get(state, -1e9) - whole))
            slope["start", outer, state[0], frame.begins] += share
    return whole - true_score(example, costs, slope)


def true_score(example: Example, costs: model.Costs, slope: dict[tuple[Any, ...], float]) -> float:
    frame, stack, last, score = example.frame, example.initial, "", 0.0
    outer = frame.outer
    if frame.carried:
        slope["start", outer, stack, frame.begins] -= 1
        score -= costs.start(outer, stack, frame.begins)
    for index, (mark, reading) in enumerate(zip(example.marks, example.truth, strict=True)):
        tied = index + 1 < len(example.marks) and example.marks[index + 1].touches
        score -= costs.mark(mark)[mark.readings.index(reading)]
        score -= costs.move(outer, mark, (stack, last), reading)
        slope["mark", mark.key, mark.words, reading] -= 1
        slope["move", outer, mark.key, mark.touches, (stack, last), reading] -= 1
        stack, last = step(stack, mark.kind, reading)[0], reading if tied else ""
    slope["end", outer, stack, frame.follow] -= 1
    return score - costs.end(outer, stack, frame.follow)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--kit", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--leave-out", nargs="*", default=[])
    parser.add_argument("--epochs", type=int, default=12)
    args = parser.parse_args()
    sys.path.insert(0, str(args.kit))
    from flatten import prepare  # type: ignore[import-not-found]

    examples = []
    for path in sorted(args.truth.glob("*.truth.txt")):
        if any(word in path.name for word in args.leave_out):
            continue
        for style in ("us", "uk"):
            found = load_examples(path, style, prepare)
            examples += found
            print(path.name[:30], style, len(found), file=sys.stderr)
    weights = Trainer(examples, args.epochs).run()
    kept = {name: round(value, 2) for name, value in sorted(weights.items()) if abs(value) >= 0.02}
    args.out.write_text(json.dumps(kept, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
