"""Quote-nesting states: a string of the marks that are open, outermost first ("", "D", "DS" …)."""

from __future__ import annotations

from functools import cache

# Deeper nesting than a quotation in a quotation in a quotation in one is a slip of the pen.
DEEPEST = 4


@cache
def step(stack: str, kind: str, reading: str) -> tuple[str, str]:
    """The state after a mark, and the name of what went wrong there ("" for nothing)."""
    if reading == "o":
        if len(stack) >= DEEPEST:
            return stack, "deep"
        return stack + kind, ""
    if reading != "c":
        return stack, ""
    if stack[-1:] == kind:
        return stack[:-1], ""
    at = stack.rfind(kind)
    if at < 0:
        return stack, "unopened"
    return stack[:at], f"past{len(stack) - 1 - at}"
