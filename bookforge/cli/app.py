"""The commands, gathered. Their modules import nothing heavy: bodies import what they need."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

import typer

from bookforge.cli.options import Command

_HELP = """From a plain manuscript to an e-book and a print-ready PDF.

\b
  bookforge build                  the book of the folder you stand in
  bookforge build novel.txt        any text file, no configuration needed
  bookforge init novel.txt         write a commented book.toml for it
  bookforge outline novel.txt      the chapters as found, and why
  bookforge send                   put it on the e-reader that is plugged in
  bookforge COMMAND --help         more about a command, with examples
"""

# The commands in the order of --help, with the module that declares each.
_MODULES = {
    "build": "commands",
    "init": "commands",
    "outline": "commands",
    "typogrify": "commands",
    "check": "commands",
    "explain": "commands",
    "fonts": "commands",
    "stats": "commands",
    "clean": "commands",
    "devices": "sideload",
    "send": "sideload",
    "serve": "sideload",
}
COMMANDS = tuple(_MODULES)


def make_app(names: Sequence[str] = COMMANDS) -> typer.Typer:
    """The program with these commands."""
    app = typer.Typer(
        name="bookforge",
        help=_HELP,
        # rich's help costs as much again as everything else a --help does.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=False,
        invoke_without_command=True,
        suggest_commands=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
        epilog="bookforge --version tells the version.",
    )
    app.callback()(_start)
    for name in names:
        app.command()(_find(name).make())
    return app


def _start(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


def _find(name: str) -> Command:
    """The declaration of a command."""
    module = import_module(f"bookforge.cli.{_MODULES[name]}")
    return cast(Command, getattr(module, name))


def run_app(arguments: list[str]) -> int:
    """Run a command line; gives the exit code."""
    # Making a command of its declaration costs 2 ms: only the one asked for, or all for --help.
    named = arguments[:1] if arguments and arguments[0] in COMMANDS else COMMANDS
    group = cast(typer.core.TyperGroup, typer.main.get_command(make_app(named)))
    if _shows_help(group, arguments):
        return 0
    try:
        result = group.main(arguments, prog_name="bookforge", standalone_mode=False)
    except SystemExit as left:
        # The parser makes 1 of a reader that went away (`| head`), which is no failure.
        if isinstance(left.__context__, BrokenPipeError):
            raise left.__context__ from None
        raise
    except Exception as error:
        # The parser's own complaints know how to be told; typer keeps their class to itself.
        if not hasattr(error, "format_message"):
            raise
        return _complain(error.format_message(), arguments)
    return cast(int, result or 0)


def _shows_help(group: typer.core.TyperGroup, arguments: list[str]) -> bool:
    """`COMMAND --help` without parsing the rest, which is for nothing."""
    words = arguments[: arguments.index("--")] if "--" in arguments else arguments
    command = group.commands.get(words[0]) if words else None
    if command is None or not {"-h", "--help"} & set(words):
        return False
    outer = typer.Context(group, info_name="bookforge", **group.context_settings)
    inner = typer.Context(command, info_name=words[0], parent=outer, **command.context_settings)
    print(command.get_help(inner))
    return True


def _complain(message: str, arguments: list[str]) -> int:
    message, _, near = message.rstrip(".").partition(" (Possible options: ")
    hint = f"the nearest option is {near.rstrip(')').split(', ')[0]}" if near else _hint(arguments)
    print(f"error: {message[:1].lower()}{message[1:]}", file=sys.stderr)
    print(f"  = hint: {hint}", file=sys.stderr)
    return 2


def _hint(arguments: list[str]) -> str:
    from difflib import get_close_matches

    word = next((word for word in arguments if not word.startswith("-")), "")
    if word in COMMANDS:
        return f"bookforge {word} --help"
    if close := get_close_matches(word, COMMANDS, n=1):
        return f"the nearest command is {close[0]}"
    if word and Path(word).exists():
        return f"to make a book of it: bookforge build {word}"
    return "bookforge --help lists the commands"
