"""`python -m bookforge`."""

from __future__ import annotations

from bookforge.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
