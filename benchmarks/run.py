"""bookforge against Typst and pandoc on the same books: ratios of cpu, wall and peak memory.

See README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from measure import Contender, Cost, divide, median, run_in_turns
from rebuild import Stayer, edit, rebuild

HERE = Path(__file__).resolve().parent
TITLES = {
    "S": ("The Strange Case of Dr. Jekyll and Mr. Hyde", "Robert Louis Stevenson"),
    "M": ("Pride and Prejudice", "Jane Austen"),
    "L": ("War and Peace", "Leo Tolstoy"),
}
TASKS = ("print", "screen", "both", "books", "edit", "again", "epub", "help")


@dataclass(frozen=True, slots=True)
class Bench:
    """Where things are: the Python that has the peers, the text, a folder for outputs."""

    peers: str
    text: Path
    size: str
    folder: Path

    @property
    def pandoc(self) -> list[str]:
        """pandoc reading the text, with its metadata."""
        title, author = TITLES[self.size]
        described = {"title": title, "author": author, "lang": "en-GB"}
        options = (f"--metadata={key}={value}" for key, value in described.items())
        reader = "markdown-yaml_metadata_block"
        return [_find_pandoc(self.peers), "-f", reader, str(self.text), *options]

    def bookforge(self, targets: Sequence[str], ending: str) -> Contender:
        """A cold build of some targets."""
        title, author = TITLES[self.size]
        (self.folder / "book.toml").write_text(
            f'[book]\ntitle = "{title}"\nauthor = "{author}"\nlanguage = "en-GB"\n'
            f'[manuscript]\nfiles = "{self.text}"\n[build]\nfilename = "ours"\n'
            "[output.epub]\npage-list = false\n",
            encoding="utf-8",
        )
        command = [*_bookforge(), "build", "-c", str(self.folder / "book.toml"), *targets]
        command += ["--no-cache", "-q", "-o", str(self.folder)]
        return Contender("bookforge", command, self.folder / f"ours{ending}")


def main() -> None:
    """Measure what was asked for and print a table."""
    options = _read_options()
    sizes = options.size.split(",")
    print(f"{'task':14}{'program':12}{'cpu s':>8}{'wall s':>8}{'peak MB':>9}", end="")
    print(f"{'ratio: cpu':>14}{'wall':>7}{'peak':>7}")
    for task in options.task.split(","):
        for size in sizes if task != "help" else sizes[:1]:
            with tempfile.TemporaryDirectory() as folder:
                text = options.corpus / f"{size}.md"
                bench = Bench(options.peers, text, size, Path(folder).resolve())
                costs = _measure(task, bench, options.runs)
            _show(f"{task} {size}" if task != "help" else task, costs)


def _measure(task: str, bench: Bench, runs: int) -> Mapping[str, list[Cost]]:
    if task == "edit":
        _typst(bench)
        peer = Stayer("typst", [bench.peers], bench.folder / "book.typ", _fonts())
        copy = shutil.copy(bench.text, bench.folder / "book.md")
        return rebuild([Stayer("ours", [sys.executable], Path(copy), bench.folder), peer], runs)
    if task == "again":
        whole = bench.text.read_text(encoding="utf-8")
        bench = replace(bench, text=bench.folder / "book.md")
        cold = replace(bench.bookforge(["print"], "-print.pdf"), name="cold")
        words = [word for word in cold.command if word != "--no-cache"]
        kept = Contender("bookforge", words, cold.output)
        return run_in_turns([kept, cold], runs, lambda number: edit(whole, number, bench.text))
    return run_in_turns(list(_contenders(task, bench)), runs)


def _contenders(task: str, bench: Bench) -> Iterator[Contender]:
    """Ours first, then the peer."""
    if task == "help":
        yield Contender("bookforge", [*_bookforge(), "--help"])
        yield Contender("python", [sys.executable, "-c", "pass"])
    elif task == "epub":
        target = bench.folder / "pandoc.epub"
        yield bench.bookforge(["epub"], ".epub")
        yield Contender("pandoc", [*bench.pandoc, "--split-level=1", "-o", str(target)], target)
    elif task == "screen":
        # The tagged file beside the untagged one, both ours.
        yield bench.bookforge(["screen"], "-screen.pdf")
        yield replace(bench.bookforge(["print"], "-print.pdf"), name="print")
    elif task == "books":
        ours = bench.bookforge(["epub", "print"], ".epub")
        paged = [*ours.command, "--set", "output.epub.page-list=true"]
        yield replace(ours, command=paged)
        yield _typst(bench)
    else:
        targets = ["print", "screen"] if task == "both" else ["print"]
        yield bench.bookforge(targets, f"-{targets[-1]}.pdf")
        yield _typst(bench)


def _typst(bench: Bench) -> Contender:
    """Typst from a ready .typ file: what pandoc costs to make it is not counted."""
    source, target = bench.folder / "book.typ", bench.folder / "typst.pdf"
    template = f"--template={HERE / 'book.typst'}"
    made = [*bench.pandoc, "-t", "typst", "--wrap=none", template, "-o", str(source)]
    subprocess.run(made, check=True)
    call = [str(HERE / "compile_typst.py"), str(source), str(target), str(_fonts())]
    return Contender("typst", [bench.peers, *call], target)


def _show(task: str, costs: Mapping[str, list[Cost]]) -> None:
    for name, measured in costs.items():
        cost = median(measured)
        print(f"{task:14}{name:12}{cost.cpu:8.3f}{cost.wall:8.3f}{cost.peak:9.1f}", end="")
        ours = next(iter(costs.values()))
        if measured is not ours:
            ratio = divide(ours, measured)
            print(f"{ratio.cpu:14.2f}{ratio.wall:7.2f}{ratio.peak:7.2f}", end="")
        print(flush=True)


def _bookforge() -> Sequence[str]:
    """The command beside this Python, as a user would call it."""
    installed = Path(sys.executable).with_name("bookforge")
    return [str(installed)] if installed.is_file() else [sys.executable, "-m", "bookforge"]


def _find_pandoc(peers: str) -> str:
    """pandoc as pypandoc_binary ships it, else that of the system."""
    code = "import pypandoc; print(pypandoc.get_pandoc_path())"
    done = subprocess.run([peers, "-c", code], capture_output=True, text=True, check=False)
    found = done.stdout.strip() or shutil.which("pandoc")
    if not found:
        raise SystemExit("pandoc is missing: pip install -r benchmarks/requirements.txt")
    return found


def _fonts() -> Path:
    """The folder of the default family, so that both set the same type."""
    spec = find_spec("fontpkg_eb_garamond")
    if spec is None or spec.origin is None:
        raise SystemExit("bookforge is not installed in this Python")
    return Path(spec.origin).parent / "files"


def _read_options() -> argparse.Namespace:
    shared = Path(os.environ.get("BOOKFORGE_SHARED", HERE.parent.parent / "shared"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--task", default=",".join(TASKS), help=f"{', '.join(TASKS)}; comma-separated"
    )
    parser.add_argument("--size", default="M", help="S, M, L; comma-separated")
    parser.add_argument("--runs", type=int, default=5, help="runs that count")
    parser.add_argument("--corpus", type=Path, default=(shared / "corpus/perf").resolve())
    parser.add_argument("--peers", default=sys.executable, help="Python with typst and pypandoc")
    return parser.parse_args()


if __name__ == "__main__":
    main()
