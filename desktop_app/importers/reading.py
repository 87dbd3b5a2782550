"""From a file or pasted text to a statement: the door of this floor."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.domain.statement import Statement

from .engine import read_grids
from .errors import EmptyFileError, MissingFileError, NotAStatementError, TooLargeError
from .grid import Grid
from .kinds import foreign_kind, is_ole, is_zip
from .textgrid import decode, text_grid

_LARGEST = 200_000_000
_LONG = 1_000_000


def read_statement(path: Path, password: str | None = None) -> Statement:
    """Read one file that a provider lets people download; `password` opens a protected workbook.

    Raises `MissingFileError` (wrong path) or a subclass of `UnreadableFileError` that says what the
    file is instead; problems in single rows stand in the statement's issues.
    """
    data = _load(path)
    digest = hashlib.sha256(data).hexdigest()
    with _fewer_collections(len(data)):
        return read_grids(_grids(data, path.name, password), path.name, digest)


def read_table_text(text: str, name: str) -> Statement:
    """Read a pasted table (tabs, commas, or columns kept apart by spaces); `name` stands for the file.

    Raises the same errors as `read_statement`.
    """
    if not text.strip():
        raise EmptyFileError(name)
    digest = hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()
    return read_grids((text_grid(text.lstrip("\ufeff")),), name, digest)


@contextmanager
def _fewer_collections(size: int) -> Iterator[None]:
    """Hold garbage collection back for a long file: the reader makes many objects and no cycles."""
    if size < _LONG or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise MissingFileError(str(path), is_folder=True)
        if path.exists() and not path.is_file():
            raise MissingFileError(str(path), why="it is not an ordinary file")
        size = path.stat().st_size
        if size > _LARGEST:
            raise TooLargeError(path.name, f"{size // 1_000_000} MB", "200 MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise MissingFileError(str(path)) from None
    except (OSError, ValueError) as error:
        raise MissingFileError(str(path), why=getattr(error, "strerror", None) or str(error)) from error


def _grids(data: bytes, name: str, password: str | None) -> tuple[Grid, ...]:
    if not data:
        raise EmptyFileError(name)
    if is_zip(data) or is_ole(data):
        from .workbook import workbook_grids  # brings zip and Excel readers, which text files never need

        grids = workbook_grids(data, name, password)
        if not grids:
            raise EmptyFileError(name)
        return grids
    foreign = foreign_kind(data)
    if foreign is not None:
        raise NotAStatementError(name, *foreign)
    return (text_grid(decode(data, name)),)
