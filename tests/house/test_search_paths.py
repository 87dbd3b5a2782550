"""What is shipped for Linux does not look for libraries in folders of the machine it was built on."""

from __future__ import annotations

import struct
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
NEEDED, STRINGS, RPATH, RUNPATH, END = 1, 5, 15, 29, 0
BASE = 0x1000
"""Where the file's first byte lies in memory."""


@pytest.fixture
def search_paths(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import search_paths

    return search_paths


def library(path: bytes, tag: int) -> bytes:
    """Return a library that needs another one and looks for it in `path`."""
    words = b"\0libm.so.6\0" + path + b"\0"
    entries = [(NEEDED, 1), (tag, 11), (STRINGS, BASE + 176 + 80), (6, 7), (END, 0)]
    dynamic = b"".join(struct.pack("<qQ", *entry) for entry in entries)
    size = 176 + len(dynamic) + len(words)
    head = struct.pack(
        "<16sHHIQQQIHHHHHH", b"\x7fELF\x02\x01\x01", 3, 62, 1, 0, 64, 0, 0, 64, 56, 2, 64, 0, 0
    )
    loaded = struct.pack("<IIQQQQQQ", 1, 5, 0, BASE, BASE, size, size, 4096)
    told = struct.pack("<IIQQQQQQ", 2, 6, 176, BASE + 176, BASE + 176, len(dynamic), len(dynamic), 8)
    return head + loaded + told + dynamic + words


def entries_of(content: bytes) -> list[tuple[int, int]]:
    return [struct.unpack_from("<qQ", content, 176 + 16 * number) for number in range(5)]


@pytest.mark.parametrize("tag", [RPATH, RUNPATH])
def test_a_folder_of_the_builder_is_forgotten(search_paths: ModuleType, tmp_path: Path, tag: int) -> None:
    file = tmp_path / "one.so"
    before = library(b"/home/builder/lib", tag)
    file.write_bytes(before)
    assert search_paths.forget_foreign_paths(file)
    after = file.read_bytes()
    assert entries_of(after) == [(NEEDED, 1), (STRINGS, BASE + 256), (6, 7), (END, 0), (END, 0)]
    assert (after[:176], after[256:]) == (before[:176], before[256:])
    assert not search_paths.forget_foreign_paths(file)


@pytest.mark.parametrize("content", [library(b"$ORIGIN/../lib", RUNPATH), b"MZ not of this system", b""])
def test_everything_else_stays(search_paths: ModuleType, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "one.so"
    file.write_bytes(content)
    assert not search_paths.forget_foreign_paths(file)
    assert file.read_bytes() == content
