"""What `explain` and `fonts` do."""

from __future__ import annotations

from difflib import get_close_matches

from bookforge.cli import show
from bookforge.cli.options import Run
from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity


def explain(run: Run, code: str) -> int:
    """Tell what a code means."""
    from textwrap import fill

    from bookforge.codes import CODES

    entry = CODES.get(code.upper())
    if entry is None:
        close = get_close_matches(code.upper(), CODES, n=1)
        hint = f"the nearest is {close[0]}" if close else "codes stand in brackets in each message"
        fault = Diagnostic("C035", Severity.ERROR, f"there is no code {code}", hints=(Hint(hint),))
        raise ConfigError(fault)
    if run.json:
        show.write_json({"code": entry.code, "title": entry.title, "text": entry.explanation})
    else:
        print(f"{entry.code}: {entry.title}\n\n{fill(entry.explanation, 80)}")
    return 0


def list_fonts(run: Run) -> int:
    """List the families of this machine."""
    from bookforge.cli import faces

    found = faces.list_families()
    if run.json:
        show.write_json({"families": [faces.as_json(one) for one in found]})
    else:
        print("\n".join(faces.as_text(one) for one in found))
    return 0
