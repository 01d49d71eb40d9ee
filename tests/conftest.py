"""What several suites use: the corpus, a fresh map of sources, the installed command."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bookforge.source import SourceMap
from tests.readers import golden

# Slow machines are no fault; and what CI tried once it tries again.
settings.register_profile("steady", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write derived and golden files anew"
    )


def pytest_configure(config: pytest.Config) -> None:
    golden.UPDATE = config.getoption("--update-golden")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What builds leave for later ones stays out of the user's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


def shared_folder() -> Path:
    """Where corpus and benches should be: BOOKFORGE_SHARED, by default ../shared."""
    root = Path(__file__).parent.parent
    return Path(os.environ.get("BOOKFORGE_SHARED", root.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with corpus and benches."""
    folder = shared_folder()
    if not (folder / "corpus").is_dir():
        pytest.skip(f"no corpus in {folder} (set BOOKFORGE_SHARED to its folder)")
    return folder


@pytest.fixture
def sources() -> SourceMap:
    return SourceMap()
