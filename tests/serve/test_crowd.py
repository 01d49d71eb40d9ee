"""Two hundred readers at once: every book arrives whole, and memory stays small."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serve.books import metadata, write_epub

_READERS = 200
# A long novel with pictures; in memory the crowd's copies would be 1.6 GB.
_SIZE = 8_000_000


async def _take(port: int, path: str) -> tuple[int, str]:
    """Length announced, and hash of what came."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    assert head.startswith(b"http/1.1 200"), head
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    digest = hashlib.sha256()
    while part := await reader.read(65_536):
        digest.update(part)
    writer.close()
    return length, digest.hexdigest()


async def _take_all(port: int, path: str) -> list[tuple[int, str]]:
    return await asyncio.gather(*(_take(port, path) for _ in range(_READERS)))


def _memory(process: int) -> int:
    """The most memory a process has had, in bytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@pytest.mark.slow
def test_two_hundred_readers(tmp_path: Path) -> None:
    noise = hashlib.shake_256(b"noise").digest(_SIZE)
    book = write_epub(tmp_path / "L.epub", metadata("L"), extra={"noise.bin": noise})
    expected = (book.stat().st_size, hashlib.sha256(book.read_bytes()).hexdigest())
    command = [sys.executable, "-m", "bookforge", "serve", ".", "--port", "0", "--json"]
    variables = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        command, cwd=tmp_path, env=variables, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, "}\n")
            said = json.loads("".join((*lines, "}")))
            port = int(said["urls"][0].rpartition(":")[2].strip("/"))
            before = _memory(process.pid) if sys.platform == "linux" else 0
            taken = asyncio.run(_take_all(port, f"/books/{said['books'][0]['id']}/L.epub"))
            after = _memory(process.pid) if sys.platform == "linux" else 0
        finally:
            process.kill()
    assert taken == [expected] * _READERS
    assert after - before < 60_000_000
