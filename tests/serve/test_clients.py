"""Client libraries not written here read both feeds: Readium's, and that of Foliate.

To have them: npm install --ignore-scripts --prefix tests/serve/clients
"""

from __future__ import annotations

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.serve.asking import KOREADER, Asked

_CLIENTS = Path(__file__).parent / "clients"
_ATOM = {"Accept": "application/atom+xml"}
_TITLES = ["A lone leaf", "Bare", "Żółw & <Kettle>"]


def _require(program: str, package: str) -> str:
    found = which(program)
    if found is None:
        pytest.skip(f"no {program}")
    if not (_CLIENTS / "node_modules" / package).is_dir():
        pytest.skip(f"no {package} in {_CLIENTS}")
    return found


def _read_with_readium(body: bytes) -> Any:
    node = _require("node", "r2-opds-js")
    command = [node, str(_CLIENTS / "readium.cjs")]
    done = subprocess.run(command, input=body, capture_output=True, check=True, timeout=60)
    assert done.stderr == b""
    return json.loads(done.stdout)


def _ways(book: dict[str, Any]) -> list[str]:
    return [link["type"] for link in book["links"] if "acquisition" in str(link["rel"])]


@pytest.mark.parametrize("headers", [KOREADER, _ATOM], ids=["2.0", "1.2"])
def test_readium_reads_it(served: Asked, headers: dict[str, str]) -> None:
    feed = _read_with_readium(served.ask("/opds", headers).body)
    assert [book["metadata"]["title"] for book in feed["publications"]] == _TITLES
    book = feed["publications"][2]
    authors = [one if isinstance(one, str) else one["name"] for one in book["metadata"]["author"]]
    assert authors == ["A. Writer", "Élise Ünal"]
    assert _ways(book) == ["application/epub+zip", "application/pdf"]
    assert len(book["images"]) == 2


def test_readium_reads_a_book_alone(served: Asked) -> None:
    entry = served.shelf.entries()[2]
    alone = served.ask(f"/books/{entry.id}", KOREADER).body
    feed = b'{"metadata": {"title": "x"}, "links": [], "publications": [%s]}' % alone
    assert _read_with_readium(feed)["publications"][0]["metadata"]["title"] == _TITLES[2]


def test_foliate_reads_it(served: Asked, tmp_path: Path) -> None:
    chromium = _require("chromium", "foliate-js")
    page = (_CLIENTS / "foliate.html").read_text(encoding="utf-8")
    made = tmp_path / "foliate.html"
    feed = served.ask("/opds", _ATOM).text
    made.write_text(page.replace("./node", f"{_CLIENTS.as_uri()}/node").replace("FEED", feed))
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files")
    command = [chromium, *options, f"--user-data-dir={tmp_path}/user", "--virtual-time-budget=5000"]
    done = subprocess.run(
        [*command, "--dump-dom", made.as_uri()], capture_output=True, timeout=60, check=True
    )
    found = re.search(r"<body>(.*)</body>", done.stdout.decode(), re.S)
    assert found
    read = json.loads(unescape(found[1]))
    assert [book["metadata"]["title"] for book in read["publications"]] == _TITLES
    assert [len(book["images"]) for book in read["publications"]] == [2, 2, 2]
