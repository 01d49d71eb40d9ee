"""Settings for tests: as book.toml has them, with hyphens or underscores in their keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bookforge.config.model import Config
from bookforge.config.validate import read_settings


def make_config(settings: Mapping[str, Any]) -> Config:
    """The checked settings; they must be right."""
    config, faults = read_settings(_with_hyphens(settings))
    assert config is not None, faults
    return config


def _with_hyphens(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key.replace("_", "-"): _with_hyphens(inner) for key, inner in value.items()}
    return [_with_hyphens(item) for item in value] if isinstance(value, list | tuple) else value
