"""`python -m bookforge`."""

from __future__ import annotations

from bookforge.cli.main import run

if __name__ == "__main__":
    run()
