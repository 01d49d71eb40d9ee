"""The entry point: answers --version at once, runs a command, turns what happens into exit codes.

In: the arguments. Out: 0 good, 1 findings or a book that cannot be built, 2 a wrong command line
or book.toml, 70 a fault of bookforge itself, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from bookforge import __version__

INTERRUPTED = 130
# What `bookforge stats > file` meets on a full disk, and `bookforge stats >&-`.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
# Options that may also stand before the command and take a value.
_WITH_VALUE = {"-c", "--config", "-o", "--output", "-e", "--edition", "--set", "--format"}
_OF_THE_APP = {"-h", "--help", "--install-completion", "--show-completion"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run bookforge with these arguments (those of the process when left out)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _answer(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _close_quietly()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:
        return _tell_of_stream(error) or _confess()
    if code == INTERRUPTED:  # The parser, too, turns Ctrl-C into this code.
        _say("interrupted")
    return code


def run() -> NoReturn:
    """The command itself: run, then leave at once.

    Taking a book's hundred thousand nodes apart one by one costs a tenth of a build, and the
    system takes the memory back anyway.
    """
    _fill_streams()
    try:
        code = main()
    except KeyboardInterrupt:  # A second Ctrl-C, while the first is being answered.
        code = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(code)


def _answer(arguments: list[str]) -> int:
    if arguments[:1] == ["--version"] or arguments[1:] == ["--version"]:
        print(f"bookforge {__version__}")
        return 0
    return _run(arrange(arguments))


def _fill_streams() -> None:
    """Put something in the place of streams that the shell has closed (`>&-`).

    The next file opened would get their number, and words for the reader would go into a book.
    Output that nothing can take is a fault (`_tell_of_stream`); messages may go nowhere.
    """
    for number, flags in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is the one that was closed.
            os.open(os.devnull, flags)
    sys.stdin = sys.stdin or open(0, encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8")  # noqa: SIM115


def arrange(arguments: Sequence[str]) -> list[str]:
    """Put options that stand before the command behind it, where they are declared.

    A bare `--report` of `build` gets its value here: the parser knows no optional ones.
    """
    rest = list(arguments)
    leading: list[str] = []
    while rest and rest[0].startswith("-") and rest[0] not in _OF_THE_APP:
        takes = 2 if rest[0] in _WITH_VALUE else 1
        leading += rest[:takes]
        rest = rest[takes:]
    if not rest or rest[0] in _OF_THE_APP:
        return [*rest, *leading] if rest else leading
    if rest[0] == "build":
        rest = ["--report=-" if word == "--report" else word for word in rest]
    return [rest[0], *leading, *rest[1:]]


def _run(arguments: list[str]) -> int:
    # One book, then the end: looking for cycles costs 20 ms and finds next to nothing.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # What we write is UTF-8, whatever the terminal is set to.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    from bookforge.cli.app import run_app

    return run_app(arguments)


def _close_quietly() -> int:
    """The reader of our output went away (`| head`): nothing to say, and nothing more to write."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _tell_of_stream(error: Exception) -> int:
    """1 when the fault is that the output is full or closed, else 0.

    Faults of files have a name, and those of the writer's files never come this far.
    """
    if not isinstance(error, OSError) or error.filename is not None or error.errno not in _FULL:
        return 0
    reason = "it is closed" if error.errno == errno.EBADF else error.strerror
    _say(f"error: the output cannot be written: {reason}")
    _close_quietly()
    return 1


def _confess() -> int:
    """A fault of ours: everything that helps to find it, and where to send it."""
    import platform
    import traceback

    _say(traceback.format_exc())
    _say(
        "This is a fault of bookforge itself, not of your book. Please report it with the lines\n"
        f"above and: bookforge {__version__}, Python {platform.python_version()}, "
        f"{platform.platform()}"
    )
    return 70


def _say(text: str) -> None:
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr)


if __name__ == "__main__":
    run()
