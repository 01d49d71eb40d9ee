"""A program that stays up and builds again: after each line on its standard input, the cpu seconds.

stay.py ours TEXT.md FOLDER        stay.py typst TEXT.typ FONTS
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Build once for every line."""
    kind, text, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    build = {"ours": _ours, "typst": _typst}[kind](text, folder)
    for _ in sys.stdin:
        begun = time.process_time()
        build()
        print(time.process_time() - begun, flush=True)


def _ours(text: Path, folder: Path) -> Callable[[], object]:
    from bookforge.locate import Request, find_book
    from bookforge.pipeline import build

    def run() -> object:
        book = find_book(Request(text, out=folder), lambda _: None)
        return build(book, ["print"], lambda _: None, inspect=False)

    return run


def _typst(text: Path, folder: Path) -> Callable[[], object]:
    import typst

    compiler = typst.Compiler(str(text), font_paths=[str(folder)], ignore_system_fonts=True)
    return lambda: compiler.compile(str(text), output=str(text.with_suffix(".pdf")))


if __name__ == "__main__":
    main()
