"""Score the quotation reader on books it has not seen: train without one book, test on it.

    leave.py --truth DIR --kit DIR [--epochs N] [--json FILE] [--keep DIR] [--strict] [--show]

The costs are learnt anew for each fold. The word lists (data/english.txt, data/words.txt) stay as
they are, but with --strict every elision is taken out of them that no other book of the set has.
Figures are errors per 10,000 marks, as the scoring kit counts them; `caught` is the share of wrong
marks in paragraphs that stand in the list of doubts, at one place per 1,000 words.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from train import Trainer, load_examples

from bookforge.languages.base import load_language
from bookforge.passes.typography import customs
from bookforge.passes.typography import find as finding
from bookforge.passes.typography.apply import apply_edits
from bookforge.passes.typography.quotes import read
from bookforge.passes.typography.quotes.costs import Costs
from bookforge.passes.typography.quotes.lexicon import Lexicon, load_lexicon
from bookforge.passes.typography.report import choose_doubts
from bookforge.passes.typography.settings import Settings

STYLES = ("us", "uk")
# The least doubt that counts as listed; the list's length is what limits it.
LEAST = 0.01
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
CLASSES = ("double", "single", "apos-lead", "apos-mid", "apos-trail")


def learn(examples: list[Any], epochs: int, kept: Path | None) -> Costs:
    """Costs learnt from examples, or those kept from another run."""
    if kept and kept.is_file():
        return Costs(json.loads(kept.read_text(encoding="utf-8")))
    weights = Trainer(examples, epochs).run()
    weights = {name: round(value, 2) for name, value in weights.items() if abs(value) >= 0.02}
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(weights, sort_keys=True), encoding="utf-8")
    return Costs(weights)


def score(path: Path, style: str, costs: Costs, kit: Any, show: bool) -> dict[str, Any]:
    """Marks and errors of a book by class, and how many of the errors were listed as doubts."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
    truth, flat = kit.prepare(lines, style)
    typed = flat.rstrip("\n").split("\n\n")
    read.load_costs = lambda: costs
    found = finding.find_all(typed, load_language("en-US"), Settings())
    listed = {index for index, _ in choose_doubts(found, typed, LEAST)}
    marks, wrong, bad, caught = Counter[str](), Counter[str](), 0, 0
    for index, (text, kinds) in enumerate(truth):
        marks.update(kit.GROUP.get(kind, kind) for kind in kinds.values())
        out = kit.tidy(apply_edits(typed[index], found.edits[index]))
        faults = kit.judge(text, kinds, out)
        wrong.update(fault[0] for fault in faults)
        lapses = sum(fault[0] in CLASSES for fault in faults)
        if show:
            for kind, meant, made, at in faults:
                around = f"{text[max(0, at - 50) : at]}[{meant}]{text[at + len(meant) : at + 50]}"
                print(f"    {kind} {meant}>{made} {'listed' if index in listed else ''}  {around}")
        bad += lapses > 0
        caught += lapses if index in listed else 0
    return {
        "marks": marks, "wrong": wrong, "paragraphs": len(truth), "bad": bad,
        "caught": caught, "chars": len(flat),
    }  # fmt: skip


def elisions(path: Path, kit: Any) -> set[str]:
    """The words of a book that begin with an apostrophe, in lower case."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
    return {
        found.group().lower().replace("’", "'")
        for text, kinds in kit.prepare(lines, "us")[0]
        for at, kind in kinds.items()
        if kind == "apos-lead" and (found := WORD.match(text, at + 1))
    }


def forget(own: set[str]) -> None:
    """Take words out of the lexicon that the reader uses."""
    whole = load_lexicon()
    stems = own | {word.split("'")[0] for word in own}
    customs.load_lexicon = lambda: Lexicon(whole.sure - stems, whole.both - stems, whole.ends)


def add(rows: list[dict[str, Any]]) -> dict[str, Any]:
    whole = dict(rows[0])
    for row in rows[1:]:
        whole = {name: whole[name] + value for name, value in row.items()}
    return whole


def describe(name: str, row: dict[str, Any]) -> str:
    marks, wrong = row["marks"], row["wrong"]
    every, lapses = sum(marks[c] for c in CLASSES), sum(wrong[c] for c in CLASSES)
    cells = [1e4 * lapses / max(1, every)]
    cells += [1e4 * wrong[c] / max(1, marks[c]) for c in (*CLASSES, "prime", "range", "dash")]
    cells += [1e4 * wrong["other"] / row["chars"], 100 * row["bad"] / row["paragraphs"]]
    cells += [100 * row["caught"] / max(1, lapses)]
    return f"{name[:34]:34}" + "".join(f"{cell:8.2f}" for cell in cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--kit", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, help="folder for the costs of each fold")
    parser.add_argument("--strict", action="store_true", help="forget the book's own elisions")
    parser.add_argument("--show", action="store_true", help="print the wrong marks")
    args = parser.parse_args()
    sys.path.insert(0, str(args.kit))
    import score as kit  # type: ignore[import-not-found]

    paths = sorted(args.truth.glob("*.truth.txt"))
    examples = {
        (path, style): load_examples(path, style, kit.prepare) for path in paths for style in STYLES
    }
    heads = "quotes double single a-lead a-mid a-trail prime range dash other bad% caught%"
    print(" " * 34 + "".join(f"{head:>8}" for head in heads.split()))
    rows: dict[str, list[dict[str, Any]]] = {style: [] for style in STYLES}
    words = {path: elisions(path, kit) for path in paths}
    for path in paths:
        if args.strict:
            others = set().union(*(found for left, found in words.items() if left != path))
            forget(words[path] - others)
        own = [one for (left, _), found in examples.items() if left != path for one in found]
        kept = args.keep / f"{path.name}.json" if args.keep else None
        costs = learn(own, args.epochs, kept)
        for style in STYLES:
            rows[style].append(score(path, style, costs, kit, args.show))
            print(describe(f"{style} {path.name}", rows[style][-1]), flush=True)
    for style in STYLES:
        print(describe(f"{style} ALL", add(rows[style])))
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
